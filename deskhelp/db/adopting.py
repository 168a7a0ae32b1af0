"""A new installation takes a snapshot as its database: all of it or nothing, and what it had itself is taken along."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from isal import isal_zlib
from peewee import SqliteDatabase

from deskhelp.domain.segments import BrokenItem, unseal
from deskhelp.domain.snapshots import Contents
from deskhelp.domain.views import Change

from . import erasing, raws
from .connection import connect, inspect, make_private
from .file import file_uri, readonly_handle
from .log import read_events
from .models import LOCAL_TABLES, BlobRow, MetaRow
from .models_local import Table
from .replica import FOLD_VERSION, Replica
from .snapshots import SLICE_BYTES
from .troubles import ReplicaTrouble, translated

MOST_CARRIED: Final = 20_000
"""So many events of its own are carried over while everything waits; who has more takes every change of the team."""
_BATCH: Final = 1000
_NOT_DEFLATED: Final[Any] = isal_zlib.error  # a class, of which its types know only that it is an exception
_EVERYTHING: Final = Change(kinds=frozenset({"tickets", "entities", "outbox", "drafts", "reads", "mailboxes"}))


def is_new(replica: Replica) -> bool:
    """Whether a replica has nothing of its team yet, and little of its own: it can begin with a snapshot."""
    query = (
        "SELECT EXISTS (SELECT 1 FROM segment WHERE is_pushed OR origin != :own) "
        "OR EXISTS (SELECT 1 FROM event WHERE origin != :own) OR (SELECT COALESCE(MAX(n), 0) > :most FROM event)"
    )
    values = {"own": replica.replica_id, "most": MOST_CARRIED}
    return not (replica.database.execute_sql(query, values).fetchone()[0] or erasing.has_any(replica.database))


# -- the file ------------------------------------------------------------------------------------


def join_parts(parts: Iterable[tuple[str, bytes]], contents: Contents, file: Path) -> None:
    """Make the file of a snapshot from its sealed parts, each with its name; BrokenItem if that is not it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for end in ("", "-wal", "-shm"):  # of an attempt that was cut off
        file.with_name(file.name + end).unlink(missing_ok=True)
    make_private(file)
    with file.open("wb") as out:
        for name, data in parts:
            out.write(_inflated(name, data))
        size = out.tell()
    if size != contents.size:
        raise _broken(file.name)


def _inflated(name: str, data: bytes) -> bytes:
    inflater = isal_zlib.decompressobj()
    try:
        piece: bytes = inflater.decompress(unseal(data, name), SLICE_BYTES)
    except _NOT_DEFLATED as error:
        raise _broken(name) from error
    if not inflater.eof:
        raise _broken(name)
    return piece


def _broken(name: str) -> BrokenItem:
    return BrokenItem("{name} in the team's place is damaged.", name=name)


def make_ready(file: Path) -> None:
    """Prove the file whole and bring it to this program's tables; ReplicaTrouble if it cannot be had so.

    Binds the tables of this thread to it: whoever has a replica here binds it again.
    """
    if inspect(file) is None:
        raise ReplicaTrouble("{path} is empty.", path=file)
    with translated(file), readonly_handle(file) as handle:
        said = handle.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        raise ReplicaTrouble("{path} is damaged.", path=file, detail=str(said))
    Replica.open(file).database.close()  # migrates, and folds anew where another version has folded


# -- taking it -----------------------------------------------------------------------------------


def adopt(replica: Replica, file: Path) -> Change:
    """Put what `file` has in the place of what is here, with what is here carried over; nothing if it is not new.

    A copy by pages in one transaction of SQLite: whoever reads meanwhile or comes after a crash sees one or the other.
    """
    if not is_new(replica):
        return Change()
    try:
        change = _dressed(replica, file)
        with translated(replica.path), contextlib.closing(sqlite3.connect(file)) as source:
            source.backup(replica.database.connection())
    finally:
        replica.bind()
    replica.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it went through the journal
    return change | _EVERYTHING


def _dressed(replica: Replica, file: Path) -> Change:
    """Make the file that of this installation."""
    database = connect(file, readonly=False)
    try:
        with translated(file), _beside(database, replica.path):
            with database.atomic():
                _copy_local(database)
                _name(database)
            fresh = Replica(database, file, readonly=False)
            with fresh.transaction():
                return _carry_over(replica, fresh)
    finally:
        database.close()


@contextlib.contextmanager
def _beside(database: SqliteDatabase, path: Path) -> Iterator[None]:
    """The replica's own file can be asked as ``own``."""
    database.execute_sql("ATTACH ? AS own", (file_uri(path, readonly=True),))
    try:
        yield
    finally:
        database.execute_sql("DETACH own")


def _copy_local(database: SqliteDatabase) -> None:
    tables: tuple[type[Table], ...] = (*LOCAL_TABLES, MetaRow, BlobRow)
    for table in tables:
        columns = ", ".join(f"`{field.column_name}`" for field in table._meta.sorted_fields)
        name = table._meta.table_name
        database.execute_sql(f"INSERT OR REPLACE INTO main.`{name}` ({columns}) SELECT {columns} FROM own.`{name}`")


def _name(database: SqliteDatabase) -> None:
    """Who this is; under a new id where another place or this team may know ours, as that of whom it is a copy."""
    facts = {"fold_version": FOLD_VERSION, **raws.begun(database)}
    query = (
        "SELECT EXISTS (SELECT 1 FROM own.segment) OR EXISTS "
        "(SELECT 1 FROM segment WHERE origin = (SELECT value FROM meta WHERE name = 'replica'))"
    )
    if database.execute_sql(query).fetchone()[0]:
        facts["replica"] = secrets.token_hex(8)
    database.connection().executemany("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", list(facts.items()))


def _carry_over(replica: Replica, fresh: Replica) -> Change:
    """Write again what was written here and nobody has seen yet."""
    change, last = Change(), 0
    while rows := replica.database.execute_sql(
        "SELECT n FROM event WHERE n > ? ORDER BY n LIMIT ?", (last, _BATCH)
    ).fetchall():
        events = read_events(replica.database, "n BETWEEN ? AND ?", (rows[0][0], rows[-1][0]))
        change, last = change | fresh.apply(events, fresh.replica_id), rows[-1][0]
    return change
