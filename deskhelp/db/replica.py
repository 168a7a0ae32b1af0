"""The local replica: one SQLite file that holds everything of an installation (DESIGN section 2)."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from peewee import SqliteDatabase

from deskhelp.domain.events import FIELD_SET, ITEM_ADDED, ITEM_REMOVED, Event, EventDraft
from deskhelp.domain.identity import digest, human_event_id
from deskhelp.domain.merge import Fields, fold_fields
from deskhelp.domain.views import Change

from . import erasing, models, room
from .connection import connect, inspect
from .file import SCHEMA_VERSION
from .log import (
    get_blob,
    next_seq,
    put_blobs,
    put_packed,
    read_events,
    register_events,
    store_events,
)
from .packing import PackedBlob
from .prepared import Preparations, Prepared
from .projection import project
from .rebuild import rebuild_projection
from .schema import copy_database, migrate
from .threading_store import tickets_like
from .troubles import ReadOnly, not_writable, translated

FOLD_VERSION = "4"
"""Rises whenever the same log is folded into other tables: an older replica is then folded anew when it is opened."""


class Replica:
    """An open replica. One object belongs to one thread at a time; see `connection` for what it refuses to open."""

    def __init__(self, database: SqliteDatabase, path: Path, *, readonly: bool) -> None:
        self.database = database
        self.path = path
        self.readonly = readonly
        self._when_written: list[Callable[[], None]] = []
        self.bind()
        self.team_key = bytes.fromhex(self.meta("team_key"))

    @classmethod
    def open(cls, path: Path, *, readonly: bool = False) -> Replica:
        """Open, creating or migrating it first; where it cannot be written, for looking only (`readonly` tells).

        Raises ReplicaTrouble; ReadOnly if there is nothing to look at, or it must be migrated and cannot.
        """
        found = inspect(path)
        if readonly:
            return cls._look(path, found)
        try:
            database = connect(path, readonly=False)
        except ReadOnly:
            if found is None:
                raise
            return cls._look(path, found)
        try:
            with translated(path):
                migrate(database, path, found)
                _introduce(database)
            return cls(database, path, readonly=False)
        except BaseException:
            database.close()
            raise

    @classmethod
    def _look(cls, path: Path, found: int | None) -> Replica:
        if found is None:
            raise ReadOnly("There is no database at {path} yet.", path=path)
        if found < SCHEMA_VERSION:
            raise ReadOnly(
                "This database was written by an older DeskHelp and must be brought up to date first.",
                advice="Open it once where it can be written; nothing was changed.",
                detail=str(path),
            )
        return cls(connect(path, readonly=True), path, readonly=True)

    def bind(self) -> None:
        """Point the models of this thread at this replica."""
        for table in models.ALL_TABLES:
            table._meta.database = self.database

    def close(self) -> None:
        self.database.close()
        if not self.readonly:
            with contextlib.suppress(OSError):
                room.keep_ballast(self.path)

    def has_room(self) -> bool:
        """False when the disk is so full that mail should wait on its server."""
        return room.has_room(self.path)

    def __enter__(self) -> Replica:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def replica_id(self) -> str:
        """The name under which this replica writes; another thread or program may have taken a new one meanwhile."""
        return self.meta("replica")

    # -- meta and blobs ------------------------------------------------------------------------

    def meta(self, name: str, default: str = "") -> str:
        row = self.database.execute_sql("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return default if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        with self.transaction():
            self.database.execute_sql("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))

    def put_blob(self, data: bytes) -> str:
        return self.put_blobs([data])[0]

    def put_blobs(self, contents: Sequence[bytes]) -> list[str]:
        with self.transaction():
            return put_blobs(self.database, contents)

    def put_packed(self, blobs: Iterable[PackedBlob]) -> None:
        with self.transaction():
            put_packed(self.database, blobs)

    def blob(self, name: str) -> bytes:
        """The bytes of a blob; NotFound if it was erased."""
        return get_blob(self.database, name)

    # -- writing -----------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, on the disk when it ends; may stand inside another. Raises ReplicaTrouble for the world's."""
        if self.readonly:
            raise not_writable(self.path)
        try:
            with translated(self.path), self.database.atomic():
                yield
        except BaseException:
            if not self.database.in_transaction():
                self._when_written.clear()
            raise
        if not self.database.in_transaction():
            done, self._when_written = self._when_written, []
            for tell in done:
                tell()

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Look at the replica as it is at one moment, whatever others write meanwhile."""
        with translated(self.path), self.database.transaction("DEFERRED"):
            yield

    def when_written(self, tell: Callable[[], None]) -> None:
        """Call `tell` once what is being written can be read by others: now, or when the transaction has ended."""
        if self.database.in_transaction():
            self._when_written.append(tell)
        else:
            tell()

    def append(self, drafts: Sequence[EventDraft], prepared: Mapping[str, Prepared] | None = None) -> Change:
        """Write events of this replica and fold what they touch, in one transaction. Known ones are skipped.

        `prepared` is what has been worked out of some of them before, by their ids.
        """
        with self.transaction():
            own = self.replica_id
            first = next_seq(self.database, own)
            events = [_event(own, draft, first + place) for place, draft in enumerate(drafts)]
            return self._store(events, own, first, Preparations(events, prepared))

    def apply(self, events: Sequence[Event], origin: str) -> Change:
        """Take in events of another replica, in any order and any number of times."""
        with self.transaction():
            return self._store(events, origin, next_seq(self.database, origin))

    def _store(self, events: Sequence[Event], origin: str, first_seq: int, ready: Preparations | None = None) -> Change:
        fresh = store_events(self.database, events, origin, first_seq, ready)
        gone = erasing.note(self.database, fresh)
        store_events(
            self.database, erasing.orders_for(gone.found), self.replica_id, next_seq(self.database, self.replica_id)
        )
        change = project(self.database, fresh, gone, ready)
        if gone.abouts:
            erasing.drop(self.database, gone)
        return change

    def next_message_id(self) -> str:
        """The id that the next ``message_written`` of this replica shall have."""
        return digest("written", self.replica_id, str(next_seq(self.database, self.replica_id)), secrets.token_hex(8))

    # -- making changes ------------------------------------------------------------------------

    def field_draft(
        self,
        about: str,
        name: str,
        value: Any,
        *,
        at_ms: int,
        agent: str = "",
        seen: Sequence[str] = (),
        personal: bool = False,
    ) -> EventDraft:
        """A write to a register that replaces all heads this replica knows."""
        register = self.fields(about).registers.get(name)
        body: dict[str, Any] = {
            "field": name,
            "replaces": list(register.head_ids) if register else [],
            "version": register.next_version if register else 1,
        }
        if seen:
            body["seen"] = sorted(seen)
        if not personal:
            body["value"] = value
        return EventDraft(FIELD_SET, about, at_ms, agent, body, {"value": value} if personal else {})

    def add_draft(self, about: str, name: str, item: str, *, at_ms: int, agent: str = "") -> EventDraft:
        return EventDraft(ITEM_ADDED, about, at_ms, agent, {"set": name, "item": item})

    def remove_draft(self, about: str, name: str, item: str, *, at_ms: int, agent: str = "") -> EventDraft | None:
        """The removal of an item as this replica sees it; None if it is not there."""
        adds = self.fields(about).sets.get(name, {}).get(item)
        if not adds:
            return None
        return EventDraft(ITEM_REMOVED, about, at_ms, agent, {"set": name, "item": item, "adds": sorted(adds)})

    # -- reading -----------------------------------------------------------------------------

    def fields(self, about: str) -> Fields:
        """The registers and sets of one thing; of a ticket, by the events about all ids that lead to the same.

        Only a merge is a fact about one id alone, so that it can be undone.
        """
        same = tickets_like(self.database, about)
        found = [event for events in register_events(self.database, same).values() for event in events]
        return fold_fields(e for e in found if e.about == about or e.body.get("field") != "merged_into")

    def events(self, about: str | None = None) -> list[Event]:
        """All events, or those about one thing, in the order they came in."""
        if about is None:
            return read_events(self.database)
        return read_events(self.database, "about = ?", (about,))

    def backup(self, target: Path) -> None:
        """Copy the whole replica while it is in use."""
        copy_database(self.path, target)


def _event(replica: str, draft: EventDraft, seq: int) -> Event:
    return draft.event() if draft.id else draft.event(human_event_id(replica, f"{seq}.{secrets.token_hex(4)}"))


def _introduce(database: SqliteDatabase) -> None:
    """Give a new replica its id and a key for signing; fold anew what an earlier version has folded otherwise."""
    known = dict(database.execute_sql("SELECT name, value FROM meta").fetchall())
    if known.get("fold_version") == FOLD_VERSION:
        return
    with database.atomic():
        if known.get("fold_version"):
            rebuild_projection(database)
        facts = {"replica": secrets.token_hex(8), "team_key": secrets.token_hex(32), **known}
        database.connection().executemany(
            "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)",
            list({**facts, "fold_version": FOLD_VERSION}.items()),
        )
