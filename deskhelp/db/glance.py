"""A look at a replica by SQLite alone, before the ORM is loaded: for the first rows of the window."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .file import APPLICATION_ID, SCHEMA_VERSION, readonly_handle, versions


class GlanceDatabase:
    """As much of a database as lists need."""

    def __init__(self, handle: sqlite3.Connection) -> None:
        self._handle = handle

    def connection(self) -> sqlite3.Connection:
        return self._handle

    def execute_sql(self, sql: str, params: Any = None) -> sqlite3.Cursor:
        return self._handle.execute(sql, params or ())


class Glance:
    """An `asking.Readable`."""

    def __init__(self, handle: sqlite3.Connection) -> None:
        self.database = GlanceDatabase(handle)

    def meta(self, name: str) -> str:
        """What the replica says of itself; "" where it says nothing."""
        row = self.database.execute_sql("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return "" if row is None else str(row[0])


@contextlib.contextmanager
def glance(path: Path) -> Iterator[Glance | None]:
    """The replica at `path`, for looking only; None where it is not there, not ours, or of another version than ours.

    Raises sqlite3.Error where it cannot be read.
    """
    if not path.exists():
        yield None
        return
    with readonly_handle(path) as handle:
        yield Glance(handle) if versions(handle) == (APPLICATION_ID, SCHEMA_VERSION) else None
