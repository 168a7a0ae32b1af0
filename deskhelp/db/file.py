"""The file of a replica by SQLite alone, for looking at it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

APPLICATION_ID: Final = 0x4453_4B48  # "DSKH"
SCHEMA_VERSION: Final = 5
BUSY_TIMEOUT_S: Final = 10


@contextlib.contextmanager
def readonly_handle(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection that can only look."""
    handle = sqlite3.connect(file_uri(path, readonly=True), uri=True, timeout=BUSY_TIMEOUT_S)
    try:
        yield handle
    finally:
        handle.close()


def file_uri(path: Path, *, readonly: bool) -> str:
    """What SQLite opens the file by."""
    if not readonly:
        return f"{path.absolute().as_uri()}?mode=rw"
    wal = path.with_name(f"{path.name}-wal")
    is_still = not is_folder_writable(path) and not (wal.exists() and wal.stat().st_size)
    # Where SQLite may not make its files for sharing, a database that is whole by itself is read as it is.
    return f"{path.absolute().as_uri()}?mode=ro" + ("&immutable=1" if is_still else "")


def is_folder_writable(path: Path) -> bool:
    """Whether SQLite can put its journal beside the file."""
    return os.access(path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def versions(handle: sqlite3.Connection) -> tuple[int, int]:
    """Whose file it is (`APPLICATION_ID` is ours), and its schema."""
    application = int(handle.execute("PRAGMA application_id").fetchone()[0])
    return application, int(handle.execute("PRAGMA user_version").fetchone()[0])
