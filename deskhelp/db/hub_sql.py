"""A hub that is a table of items and one of notes, by peewee: what all databases share, and the shared SQLite file.

The file lies on a share, so nothing here trusts it with more than a short transaction: a rollback journal, never WAL,
and a damaged file is set aside, since every replica holds what was in it. PostgreSQL: `hub_postgres`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final, TypeVar

from peewee import BlobField, CharField, Database, DatabaseError, Model, Node, SqliteDatabase

from deskhelp.domain.segments import HubTrouble, MissingItem, is_item_name, may_stay, unseal

from . import place_clock
from .asking import chunks
from .hub_ahead import Ahead
from .place_troubles import database_trouble

TABLES: Final = ("deskhelp_item", "deskhelp_note")
Result = TypeVar("Result")
_ASIDE: Final = "broken/"
_BUSY_TIMEOUT_S: Final = 20
_BUSY: Final = "is locked"
_NO_DATABASE: Final = ("not a database", "malformed", "quick_check")
_sound: Final[set[tuple[str, int, int]]] = set()


def tables_of(database: Database, *constraints: Node) -> tuple[Any, Any]:
    """The tables of a hub, bound to its database for good: several hubs may be open in one thread.

    `constraints` are those of the items' names, for a table that is to be made.
    """

    class Item(Model):  # type: ignore[misc, unused-ignore]
        name = CharField(primary_key=True, constraints=list(constraints))
        data = BlobField()

        class Meta:
            table_name = TABLES[0]

    class Note(Model):  # type: ignore[misc, unused-ignore]
        replica = CharField(primary_key=True)
        data = BlobField()

        class Meta:
            table_name = TABLES[1]

    for model in (Item, Note):
        model.bind(database)
    return Item, Note


class SqlHub:
    """Items as rows, by short transactions, each of which is one call of `_run`."""

    def __init__(self, database: Database, where: str) -> None:
        self._database = database
        self._where = where
        self._items, self._notes = tables_of(database)
        self._ahead = Ahead(self._of_each)
        self._begin()

    def _begin(self) -> None:
        """See that the tables are there."""
        if not self._read(lambda _items: set(TABLES) <= set(self._database.get_tables())):
            self._run(self._make_tables)

    def _run(self, work: Callable[[Any], Result]) -> Result:
        """What ``work(items)`` gives in a transaction of its own."""
        return self._within(work, self._database.atomic)

    def _within(self, work: Callable[[Any], Result], frame: Callable[[], AbstractContextManager[Any]]) -> Result:
        try:
            self._database.connect(reuse_if_open=True)
            with frame():
                return work(self._items)
        except DatabaseError as error:
            self._let_go()
            raise database_trouble(error, self._where) from error

    def _read(self, work: Callable[[Any], Result]) -> Result:
        """As `_run`, for a single statement that changes nothing: a transaction would only keep others out."""
        return self._within(work, contextlib.nullcontext)

    def _make_tables(self, items: Any) -> None:
        self._database.create_tables([items, self._notes])

    def put(self, name: str, data: bytes) -> None:
        if self._run(lambda items: self._put(items, name, data)):
            self._was_written()

    def _put(self, items: Any, name: str, data: bytes) -> bool:
        """Whether something was stored. Right with other writers too: what they stored first is locked, then read."""
        row = items.select(items.data).where(items.name == name)
        while not items.insert(name=name, data=data).on_conflict_ignore().as_rowcount().execute():
            found = (row.for_update() if self._database.for_update else row).get_or_none()
            if found is None:  # withdrawn in between
                continue
            if may_stay(name, bytes(found.data), data):
                return False
            items.update(data=data).where(items.name == name).execute()
            break
        return True

    def get(self, name: str) -> bytes:
        data = self._ahead.take(name)
        if data is None:
            found = self._of_each("data", [name])
            if name not in found:
                raise MissingItem("{name} is not in the team's place.", name=name)
            data = bytes(found[name])
        unseal(data, name)
        return data

    def expect(self, names: Sequence[str]) -> None:
        self._ahead.expect(names)

    def _of_each(self, what: str, names: Sequence[str]) -> dict[str, Any]:
        """What this expression gives of each of these items that is there."""
        # As text: it is asked for every mail, and making it of the model takes longer than the answer.
        marks = ", ".join([self._database.param] * len(names))
        query = f"SELECT name, {what} FROM {TABLES[0]} WHERE name IN ({marks})"
        return dict(self._read(lambda _items: self._database.execute_sql(query, tuple(names)).fetchall()))

    def names(self, prefix: str) -> list[str]:
        rows = self._read(lambda items: list(items.select(items.name).where(self._begins(items.name, prefix)).tuples()))
        return sorted(name for (name,) in rows if is_item_name(name))

    def _begins(self, name: Any, prefix: str) -> Any:
        return (name >= prefix) & (name < prefix + "\x7f")  # names are ASCII

    def withdraw(self, name: str) -> None:
        aside = f"{_aside(name)}{secrets.token_hex(4)}"
        self._run(lambda items: items.update(name=aside).where(items.name == name).execute())

    def replace(self, name: str, data: bytes) -> None:
        self._run(lambda items: self._replace(items, name, data))

    def _replace(self, items: Any, name: str, data: bytes) -> None:
        items.delete().where(self._begins(items.name, _aside(name))).execute()
        if not items.update(data=data).where(items.name == name).execute():
            items.insert(name=name, data=data).execute()

    def remove(self, names: Collection[str]) -> None:
        self._run(lambda items: self._remove(items, sorted(names)))

    def _remove(self, items: Any, names: Sequence[str]) -> None:
        begun = tuple(_aside(name) for name in names)
        asides = items.select(items.name).where(self._begins(items.name, _ASIDE)).tuples()
        for gone in chunks([*names, *(name for (name,) in asides if name.startswith(begun))]):
            items.delete().where(items.name.in_(gone)).execute()

    def say(self, replica: str, note: bytes) -> None:
        self._run(lambda _items: self._say(replica, note))
        self._was_written()

    def _say(self, replica: str, note: bytes) -> None:
        if not self._notes.update(data=note).where(self._notes.replica == replica).execute():
            self._notes.insert(replica=replica, data=note).execute()

    def heard(self) -> dict[str, bytes]:
        rows = self._read(lambda _items: list(self._notes.select(self._notes.replica, self._notes.data).tuples()))
        return {replica: bytes(data) for replica, data in rows}

    def _was_written(self) -> None:
        """Called after something was stored."""

    def _let_go(self) -> None:
        with contextlib.suppress(DatabaseError):
            self._database.close()

    def close(self) -> None:
        self._let_go()


def _aside(name: str) -> str:
    """How the names of what was set aside of an item begin."""
    return f"{_ASIDE}{name}/"


class _FileHub(SqlHub):
    """The hub in a file. Whatever goes wrong, the file is looked through by whoever opens it next."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.skew_ms: int | None = None
        """How far the place's clock was ahead of ours when something was put there: a share dates its files itself."""
        super().__init__(_database(path), str(path))
        _sound.add(_identity(path))

    def _within(self, work: Callable[[Any], Result], frame: Callable[[], AbstractContextManager[Any]]) -> Result:
        try:
            return super()._within(work, frame)
        except HubTrouble as trouble:
            if _BUSY not in str(trouble.__cause__):
                _sound.discard(_identity(self._path))
            raise

    def _was_written(self) -> None:
        if self.skew_ms is None:
            with contextlib.suppress(OSError):
                self.skew_ms = place_clock.ahead_ms(self._path)


def sqlite_hub(path: Path) -> SqlHub:
    """The hub in a file, made if its folder is there; a damaged file is moved aside first, never deleted.

    Reading all of a file that holds years of mail takes too long for each exchange: it is done when this program opens
    it for the first time, and after anything went wrong with it.
    """
    if not os.path.isdir(path.parent):  # noqa: PTH112  # that of pathlib raises where one may not look
        raise HubTrouble(
            "The team's folder {path} cannot be reached.",
            advice="DeskHelp goes on without it and exchanges changes when it is back.",
            path=path.parent,
        )
    if os.path.exists(path) and _identity(path) not in _sound and _is_damaged(path):  # noqa: PTH110
        _set_aside(path)
    return _FileHub(path)


def _identity(path: Path) -> tuple[str, int, int]:
    """By which a file is known again, whatever lies under its name later."""
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), found.st_dev, found.st_ino


class _File(SqliteDatabase):  # type: ignore[misc, unused-ignore]
    def rollback(self) -> None:
        """Roll back, if SQLite has not done so by itself, as on a full disk: else that would be told instead."""
        if self.connection().in_transaction:  # type: ignore[no-untyped-call, unused-ignore]
            super().rollback()  # type: ignore[no-untyped-call, unused-ignore]


def _database(path: Path) -> SqliteDatabase:
    # What is replaced is overwritten in the file, as an erasure wants.
    pragmas = [("journal_mode", "delete"), ("synchronous", "FULL"), ("secure_delete", "ON")]
    return _File(str(path), timeout=_BUSY_TIMEOUT_S, pragmas=pragmas, lock_type="IMMEDIATE")


def _is_damaged(path: Path) -> bool:
    database = _database(path)
    try:
        with database.connection_context():
            return bool(database.execute_sql("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except DatabaseError as error:
        if _says_damaged(error):
            return True
        raise database_trouble(error, str(path)) from error


def _says_damaged(error: DatabaseError) -> bool:
    return any(words in str(error) for words in _NO_DATABASE)


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
