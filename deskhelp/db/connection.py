"""Opening the file of a replica: what it is, whether this program may touch it, and how it is locked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from peewee import DatabaseError, SqliteDatabase

from deskhelp.domain.errors import DeskTrouble

APPLICATION_ID: Final = 0x4453_4B48  # "DSKH"
SCHEMA_VERSION: Final = 1
BUSY_TIMEOUT_S: Final = 10


class ReplicaTrouble(DeskTrouble):
    """The replica's file cannot be opened, read or written."""


class ReadOnly(ReplicaTrouble):
    """The replica can be looked at but not changed."""


def inspect(path: Path) -> int | None:
    """The schema version of the file at `path`, None if there is none yet; refuses what is not ours or too new.

    Read through a read-only handle before any pragma, so that a foreign file is left exactly as it was.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with translated(path):
        handle = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_TIMEOUT_S)
        try:
            application = int(handle.execute("PRAGMA application_id").fetchone()[0])
            version = int(handle.execute("PRAGMA user_version").fetchone()[0])
        finally:
            handle.close()
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


def connect(path: Path, *, readonly: bool) -> SqliteDatabase:
    """A connection with our settings: WAL, every commit on the disk, waiting for locks, foreign files refused."""
    if not readonly:
        make_private(path)
    name = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rw'}"
    database = SqliteDatabase(
        name,
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        pragmas=[("temp_store", "memory"), ("cache_size", -65536), ("mmap_size", 0)],
        lock_type="IMMEDIATE",
    )
    with translated(path):
        database.connect()
        if not readonly:
            database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            database.execute_sql("PRAGMA journal_mode = WAL")
            database.execute_sql("PRAGMA synchronous = FULL")
    return database


def make_private(path: Path) -> None:
    """Create the file for this user only, before SQLite would create it for more."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.close(handle)
    except OSError as error:
        if isinstance(error, PermissionError) or error.errno == 30:
            raise ReadOnly(
                "The database {path} cannot be written.",
                advice="It can be looked at; changes and sending wait until it can be written again.",
                path=path,
                detail=error.strerror or "",
            ) from error
        raise ReplicaTrouble(
            "The database {path} cannot be opened: {why}.", path=path, why=error.strerror or str(error)
        ) from error


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the world (full, read-only, damaged, busy) into a sentence."""
    try:
        yield
    except (sqlite3.DatabaseError, DatabaseError) as error:
        trouble = _trouble(path, str(error))
        if trouble is None:
            raise
        raise trouble from error


def _trouble(path: Path, said: str) -> ReplicaTrouble | None:
    text = said.lower()
    if "full" in text or "disk i/o error" in text:
        return ReplicaTrouble(
            "The disk is full or does not answer; the last change was not saved.",
            advice="Make room on it and try again; nothing that was saved before is lost.",
            detail=f"{path}: {said}",
        )
    if "readonly" in text or "read-only" in text:
        return ReadOnly(
            "The database cannot be written.",
            advice="It can be looked at; changes and sending wait until it can be written again.",
            detail=f"{path}: {said}",
        )
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return ReplicaTrouble(
            "The database is damaged.",
            advice="Run “deskhelp check”, or restore a backup; the damaged file is kept.",
            detail=f"{path}: {said}",
        )
    if "locked" in text or "busy" in text:
        return ReplicaTrouble(
            "Another program holds the database.", advice="Try again in a moment.", detail=f"{path}: {said}"
        )
    if "unable to open" in text:
        return ReplicaTrouble("The database {path} cannot be opened.", path=path, detail=said)
    return None
