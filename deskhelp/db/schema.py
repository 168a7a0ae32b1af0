"""Bringing a database to today's schema: a copy first, then each frozen step in a transaction of its own."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Final

from peewee import SqliteDatabase
from playhouse.migrations import Runner

from .connection import SCHEMA_VERSION, make_private

MIGRATIONS: Final = Path(__file__).with_name("migrations")


def migrate(database: SqliteDatabase, path: Path, found: int | None) -> None:
    """Apply what is missing. `found` is the version before, None for a new file; an older file is copied aside."""
    if found == SCHEMA_VERSION:
        return
    if found:
        copy_database(path, path.with_name(f"{path.name}.before-{SCHEMA_VERSION}"))
    Runner(database, str(MIGRATIONS)).up()
    database.execute_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def copy_database(path: Path, target: Path) -> None:
    """A consistent copy of a database that may be in use, readable by this user only (SQLite's backup interface)."""
    target.unlink(missing_ok=True)
    make_private(target)
    with (
        contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy, pages=4096)
