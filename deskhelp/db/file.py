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
_HEAD, _APPLICATION = 100, 68


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


def file_application(path: Path) -> int:
    """Whose file it is by its bytes alone (https://www.sqlite.org/fileformat.html, 1.3), 0 if it is no database."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return 0
    is_database = len(head) == _HEAD and head.startswith(b"SQLite format 3\0")
    return int.from_bytes(head[_APPLICATION : _APPLICATION + 4], "big") if is_database else 0


def versions(handle: sqlite3.Connection) -> tuple[int, int]:
    """Whose file it is (`APPLICATION_ID` is ours), and its schema."""
    application = int(handle.execute("PRAGMA application_id").fetchone()[0])
    return application, int(handle.execute("PRAGMA user_version").fetchone()[0])
