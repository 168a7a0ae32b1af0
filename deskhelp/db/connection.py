"""Opening the file of a replica: what it is, whether this program may touch it, and how it is locked."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any, Final

from peewee import DatabaseError, SqliteDatabase

from .file import (
    APPLICATION_ID,
    BUSY_TIMEOUT_S,
    SCHEMA_VERSION,
    file_application,
    file_uri,
    is_folder_writable,
    readonly_handle,
    versions,
)
from .troubles import DiskFull, ReadOnly, ReplicaTrouble, not_writable, translated, trouble_of, trouble_of_file

__all__ = ["DiskFull", "ReadOnly", "ReplicaTrouble", "inspect", "translated"]

_PRAGMAS: Final = [
    ("temp_store", "memory"),
    ("cache_size", -65536),
    ("mmap_size", 0),
    ("synchronous", "FULL"),
    ("wal_autocheckpoint", 16000),  # 64 MB: a page that many batches of mails touch is copied once, not after each
    ("journal_size_limit", 67_108_864),
]


class ReplicaDatabase(SqliteDatabase):  # type: ignore[misc, unused-ignore]
    """peewee's database, with the world's troubles told as sentences wherever a statement runs."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(name, uri=True, timeout=BUSY_TIMEOUT_S, pragmas=_PRAGMAS, lock_type="IMMEDIATE")
        self.path = path

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        if sql.startswith("ROLLBACK TO") and not self._is_within():
            return None  # see rollback
        try:
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call, unused-ignore]
        except DatabaseError as error:
            trouble = None if self.in_transaction() else trouble_of(self.path, str(error))
            if trouble is None:  # inside a transaction it is told when that has been rolled back
                raise
            raise trouble from error

    def rollback(self) -> None:
        """Roll back, if SQLite has not done so by itself, as it does on a full disk."""
        if self._is_within():
            super().rollback()  # type: ignore[no-untyped-call, unused-ignore]

    def _is_within(self) -> bool:
        handle: sqlite3.Connection = self.connection()  # type: ignore[no-untyped-call, unused-ignore]
        return handle.in_transaction


def inspect(path: Path) -> int | None:
    """The schema version of the file at `path`, None if there is none yet; refuses what is not ours or too new.

    Read through a read-only handle before any pragma, so that a foreign file is left exactly as it was.
    """
    _take_back_half_done(path)
    if not path.exists() or path.stat().st_size == 0:
        return None
    with translated(path), readonly_handle(path) as handle:
        application, version = versions(handle)
    if application != APPLICATION_ID:
        raise ReplicaTrouble(
            "{path} is not a DeskHelp database.", advice="Choose another profile; the file was left alone.", path=path
        )
    if version > SCHEMA_VERSION:
        raise ReplicaTrouble(
            "This database was written by a newer DeskHelp.",
            advice="Install the newer version on this computer too; nothing was changed.",
            detail=f"{path}: schema {version}, this program knows {SCHEMA_VERSION}",
        )
    return version


def _take_back_half_done(path: Path) -> None:
    """Have SQLite take back what a killed program had begun in a file of ours before its log was there.

    Whoever can only look cannot do that, and is told that the file is read-only.
    """
    if not path.with_name(f"{path.name}-journal").exists() or file_application(path) != APPLICATION_ID:
        return
    with (
        contextlib.suppress(sqlite3.Error),  # opening it says so in words
        contextlib.closing(sqlite3.connect(file_uri(path, readonly=False), uri=True, timeout=BUSY_TIMEOUT_S)) as handle,
    ):
        versions(handle)


def connect(path: Path, *, readonly: bool) -> SqliteDatabase:
    """A connection with our settings: WAL, every commit on the disk, waiting for locks. Raises ReplicaTrouble."""
    if not readonly:
        is_new = not path.exists() or path.stat().st_size == 0
        make_private(path)
        if not is_folder_writable(path):
            raise not_writable(path.parent)
    database = ReplicaDatabase(path, file_uri(path, readonly=readonly))
    with translated(path):
        database.connect()
        if not readonly:
            if is_new:
                database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            database.execute_sql("PRAGMA journal_mode = WAL")
    return database


def make_private(path: Path) -> None:
    """Create the file for this user only, before SQLite would create it for more (its journals take the same mode)."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise trouble_of_file(path, error) from error
