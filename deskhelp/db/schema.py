"""Bringing a database to today's schema: a copy first, then all frozen steps in one transaction."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Final

from peewee import SqliteDatabase

from .connection import make_private
from .file import SCHEMA_VERSION, readonly_handle
from .troubles import translated

MIGRATIONS: Final = Path(__file__).with_name("migrations")
_PAGES: Final = 4096


def migrate(
    database: SqliteDatabase, path: Path, found: int | None, *, target: int = SCHEMA_VERSION, steps: Path = MIGRATIONS
) -> Path | None:
    """Apply what is missing; returns the copy that was made of an older file first.

    `found` is the version before, None for a new file. Either all steps are applied or none. The migrations are files
    that are run by their path, so that a checkout, a wheel and a frozen folder find the same ones.
    """
    if found == target:
        return None
    from playhouse.migrations import Runner  # here: it loads the drivers of every database that peewee knows

    copy = None
    if found:
        copy = path.with_name(f"{path.name}.before-{target}")
        copy_database(path, copy)
    with database.atomic():
        if _version(database) < target:  # another process may have been first
            Runner(database, str(steps)).up()
            database.execute_sql(f"PRAGMA user_version = {target}")
    return copy


def _version(database: SqliteDatabase) -> int:
    return int(database.execute_sql("PRAGMA user_version").fetchone()[0])


def copy_database(path: Path, target: Path) -> None:
    """A consistent copy of a database that may be in use, for this user only; `target` is whole or what it was."""
    growing = target.with_name(f"{target.name}.part")
    growing.unlink(missing_ok=True)
    with translated(target), readonly_handle(path) as source:
        copy_open(source, growing)
    growing.replace(target)


def copy_open(source: sqlite3.Connection, target: Path) -> None:
    """Copy what an open database holds, as of its transaction if it is in one, into a new file for this user only."""
    make_private(target)
    with translated(target), contextlib.closing(sqlite3.connect(target)) as copy:
        source.backup(copy, pages=_PAGES)
        copy.execute("PRAGMA journal_mode = DELETE")
