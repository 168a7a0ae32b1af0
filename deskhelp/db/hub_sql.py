"""A hub that is one table of items, by peewee: a shared SQLite file.

The file lies on a share, so nothing here trusts it with more than a short transaction: a rollback journal, never WAL,
and a damaged file is set aside, since every replica holds what was in it.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from peewee import BlobField, CharField, Database, DatabaseError, Model, SqliteDatabase

from deskhelp.domain.segments import HubTrouble, MissingItem, is_item_name, may_stay, unseal

_BUSY_TIMEOUT_S: Final = 20
_NO_DATABASE: Final = ("not a database", "malformed", "quick_check")


def _tables_of(database: Database) -> tuple[Any, Any]:
    """The tables of a hub, bound to its database for good: several hubs may be open in one thread."""

    class Item(Model):  # type: ignore[misc, unused-ignore]
        name = CharField(primary_key=True)
        data = BlobField()

        class Meta:
            table_name = "deskhelp_item"

    class Note(Model):  # type: ignore[misc, unused-ignore]
        replica = CharField(primary_key=True)
        data = BlobField()

        class Meta:
            table_name = "deskhelp_note"

    for model in (Item, Note):
        model.bind(database)
    return Item, Note


class SqlHub:
    """Items as rows. A connection is held for the time of one transaction only."""

    def __init__(self, database: Database, where: str) -> None:
        self._database = database
        self._where = where
        self._items, self._notes = _tables_of(database)
        with self._transaction():
            database.create_tables([self._items, self._notes])

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Any]:
        try:
            with self._database.connection_context(), self._database.atomic():
                yield self._items
        except DatabaseError as error:
            raise HubTrouble(
                "The team's database cannot be used: {reason}.",
                advice="Nothing is lost; DeskHelp tries again.",
                detail=self._where,
                reason=error,
            ) from error

    def put(self, name: str, data: bytes) -> None:
        with self._transaction() as items:
            found = items.get_or_none(items.name == name)
            if found is None:
                items.insert(name=name, data=data).execute()
            elif not may_stay(name, bytes(found.data), data):
                items.update(data=data).where(items.name == name).execute()

    def get(self, name: str) -> bytes:
        with self._transaction() as items:
            found = items.get_or_none(items.name == name)
        if found is None:
            raise MissingItem("{name} is not in the team's place.", name=name)
        data = bytes(found.data)
        unseal(data, name)
        return data

    def names(self, prefix: str) -> list[str]:
        end = prefix + "\x7f"  # names are ASCII
        with self._transaction() as items:
            rows = items.select(items.name).where(items.name >= prefix, items.name < end).tuples()
            return sorted(name for (name,) in rows if is_item_name(name))

    def withdraw(self, name: str) -> None:
        with self._transaction() as items:
            items.update(name=f"broken/{name}/{secrets.token_hex(4)}").where(items.name == name).execute()

    def say(self, replica: str, note: bytes) -> None:
        with self._transaction():
            if not self._notes.update(data=note).where(self._notes.replica == replica).execute():
                self._notes.insert(replica=replica, data=note).execute()

    def heard(self) -> dict[str, bytes]:
        with self._transaction():
            rows = list(self._notes.select(self._notes.replica, self._notes.data).tuples())
        return {replica: bytes(data) for replica, data in rows}

    def close(self) -> None:
        """Nothing is held open."""


def sqlite_hub(path: Path) -> SqlHub:
    """The hub in a file, made if its folder is there; a damaged file is moved aside first, never deleted."""
    if not path.parent.is_dir():
        raise HubTrouble(
            "The team's folder {path} cannot be reached.",
            advice="DeskHelp goes on without it and exchanges changes when it is back.",
            path=path.parent,
        )
    if path.exists() and _is_damaged(path):
        _set_aside(path)
    return SqlHub(_database(path), str(path))


def _database(path: Path) -> SqliteDatabase:
    pragmas = [("journal_mode", "delete"), ("synchronous", "FULL")]
    return SqliteDatabase(str(path), timeout=_BUSY_TIMEOUT_S, pragmas=pragmas, lock_type="IMMEDIATE")


def _is_damaged(path: Path) -> bool:
    database = _database(path)
    try:
        with database.connection_context():
            return bool(database.execute_sql("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except DatabaseError as error:
        if any(words in str(error) for words in _NO_DATABASE):
            return True
        raise HubTrouble("The team's database cannot be used: {reason}.", detail=str(path), reason=error) from error


def _set_aside(path: Path) -> None:
    """Out of the way with its journal, which belongs to it."""
    aside = path.with_name(f"{path.name}.broken-{secrets.token_hex(4)}")
    try:
        path.rename(aside)
        journal = path.with_name(f"{path.name}-journal")
        if journal.exists():
            journal.rename(aside.with_name(f"{aside.name}-journal"))
    except OSError as error:
        raise HubTrouble(
            "The team's database {path} is damaged and cannot be moved aside.",
            advice="Somebody with the rights to its folder must rename it; DeskHelp then makes it anew.",
            path=path,
            detail=str(error),
        ) from error
