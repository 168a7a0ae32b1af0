"""The same schedules over replicas in files and a hub of each kind."""

from __future__ import annotations

import contextlib
import itertools
import secrets
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from deskhelp.db.check import check, rebuild, state_hash
from deskhelp.db.exchange import exchange
from deskhelp.db.hub_folder import FolderHub
from deskhelp.db.hub_sql import sqlite_hub
from deskhelp.db.log import read_events
from deskhelp.db.replica import Replica
from deskhelp.db.rows import TICKET_COLUMNS, ticket_values
from deskhelp.db.schema import copy_database
from deskhelp.db.segments import texts_needed, to_sweep
from deskhelp.domain.events import FACT_KINDS, Event, EventDraft
from deskhelp.domain.exchange import UNHURRIED, Exchanged, Pace
from deskhelp.domain.packs import Sizes, span_of
from deskhelp.domain.segments import ERASED_ITEM, BrokenItem, Hub, blob_name, decode_texts, place_of, texts_name
from deskhelp.services.team_places import open_hub
from tests.support.dovecot import Dovecot
from tests.support.hubs import imap_hub
from tests.support.servers import ImapUser

from .folding import folded
from .schedule import Schedule, schedule_of, with_erasures
from .world import TEAM_KEY, Failure, World

NewHub = Callable[[Path], Hub]
"""An empty hub, for a schedule that has this folder to itself."""


def stored_schedule(seed: int) -> Schedule:
    """The schedule of a seed; in every other one people are erased, which only replicas in files can do."""
    schedule = schedule_of(seed)
    return with_erasures(schedule) if seed % 2 else schedule


# -- carriers ------------------------------------------------------------------------------------


@contextlib.contextmanager
def _folder() -> Iterator[NewHub]:
    def new(folder: Path) -> Hub:
        (folder / "team").mkdir()
        return FolderHub(folder / "team")

    yield new


@contextlib.contextmanager
def _sqlite() -> Iterator[NewHub]:
    yield lambda folder: sqlite_hub(folder / "team.sqlite")


@contextlib.contextmanager
def _postgresql() -> Iterator[NewHub]:
    from tests.support.postgres import Postgres  # here: it loads the driver

    with Postgres() as server:
        server.add_user("desk")
        url = server.add_database("schedules", "desk")
        with contextlib.closing(open_hub(url, server.password("desk"))) as hub:

            def new(_: Path) -> Hub:
                server.admin("DELETE FROM deskhelp_item", "schedules")
                return hub

            yield new


@contextlib.contextmanager
def _mailbox() -> Iterator[NewHub]:
    numbers = itertools.count(1)
    with Dovecot() as server, contextlib.ExitStack() as stack:

        def new(_: Path) -> Hub:
            stack.close()
            name = f"schedule{next(numbers)}"
            hub = imap_hub(ImapUser(server, name, server.add_user(name)))
            stack.callback(hub.close)
            return hub

        yield new


CARRIERS: Mapping[str, Callable[[], AbstractContextManager[NewHub]]] = {
    "folder": _folder,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "mailbox": _mailbox,
}


# -- replicas ------------------------------------------------------------------------------------


class StoredDesk:
    """A replica in a file of its own."""

    def __init__(self, path: Path, paths: Iterator[Path], now_ms: Callable[[], int], sizes: Sizes) -> None:
        self._paths, self._now_ms, self._sizes = paths, now_ms, sizes
        self.replica = Replica.open(path)
        # What becomes of a file when the power goes is tested elsewhere.
        self.replica.database.execute_sql("PRAGMA synchronous = OFF")

    @classmethod
    def new(cls, empty: Path, paths: Iterator[Path], now_ms: Callable[[], int], sizes: Sizes) -> StoredDesk:
        """A new member of the team whose first one is in `empty`."""
        desk = cls(Path(shutil.copy(empty, next(paths))), paths, now_ms, sizes)
        desk.replica.set_meta("replica", secrets.token_hex(8))
        return desk

    def copied(self) -> StoredDesk:
        path = next(self._paths)
        copy_database(self.replica.path, path)
        return StoredDesk(path, self._paths, self._now_ms, self._sizes)

    def close(self) -> None:
        self.replica.database.close()

    def exchange(self, hub: Hub, pace: Pace = UNHURRIED) -> Exchanged:
        def call(fn: Callable[..., Any], *args: Any) -> Any:
            return fn(self.replica, *args)

        return exchange(call, hub, self._now_ms, self._sizes, pace=pace)

    def append(self, drafts: Sequence[EventDraft], raws: Sequence[bytes] = ()) -> None:
        with self.replica.transaction():
            self.replica.put_blobs(raws)
            self.replica.append(drafts)

    def field_draft(self, about: str, name: str, value: Any, *, at_ms: int, seen: Sequence[str] = ()) -> EventDraft:
        return self.replica.field_draft(about, name, value, at_ms=at_ms, seen=seen)

    def adds(self, about: str, name: str) -> Mapping[str, Collection[str]]:
        return self.replica.fields(about).sets.get(name, {})

    def facts(self) -> Sequence[Event]:
        return read_events(self.replica.database, "kind IN (?,?,?)", FACT_KINDS)

    def all_events(self) -> Collection[Event]:
        return self.replica.events()

    def count(self) -> int:
        return int(self.replica.database.execute_sql("SELECT COUNT(*) FROM event").fetchone()[0])


# -- running -------------------------------------------------------------------------------------


@contextlib.contextmanager
def runner(carrier: str) -> Iterator[Callable[[Schedule], None]]:
    """A function that runs schedules over replicas in files and this carrier; it raises as `run_in_memory` does."""
    with CARRIERS[carrier]() as new_hub, tempfile.TemporaryDirectory() as root:
        empty = Path(root, "empty.sqlite")
        with Replica.open(empty) as replica:
            replica.set_meta("team_key", TEAM_KEY.hex())

        def run(schedule: Schedule) -> None:
            with tempfile.TemporaryDirectory(dir=root) as folder, _drawn_from(schedule.seed):
                _run(schedule, empty, Path(folder), new_hub)

        yield run


@contextlib.contextmanager
def _drawn_from(seed: int) -> Iterator[None]:
    """Ids that are the same at each run of a schedule."""
    random = Random(seed)
    with patch("secrets.token_hex", lambda size=16: random.randbytes(size).hex()):
        yield


def _run(schedule: Schedule, empty: Path, folder: Path, new_hub: NewHub) -> None:
    paths = (folder / f"desk{number}.sqlite" for number in itertools.count())
    with contextlib.ExitStack() as stack:
        hub = new_hub(folder)
        world = World(schedule, lambda now_ms: StoredDesk.new(empty, paths, now_ms, schedule.sizes), hub)
        stack.callback(world.close)
        world.run()
        world.settle()
        replicas = [desk.replica for desk in world.desks if isinstance(desk, StoredDesk)]
        _check(replicas)
        _check_erased(replicas[0], hub)


def _check(replicas: Sequence[Replica]) -> None:
    hashes = {state_hash(replica) for replica in replicas}
    if len(hashes) > 1:
        raise Failure("equal events give different tables")
    for replica in replicas:
        if problems := check(replica, deep=False).problems:
            raise Failure(f"a replica is damaged: {problems[0]}")
    _check_fold(replicas[0])
    rebuild(replicas[0])
    if state_hash(replicas[0]) not in hashes:
        raise Failure("the tables made anew differ")


def _check_fold(replica: Replica) -> None:
    """The tables, which are folded again in part with each change, show what the whole fold in memory does."""
    erased = {row[0] for row in replica.database.execute_sql("SELECT about FROM erased")}
    states = folded(event for event in replica.events() if event.kind not in FACT_KINDS or event.about not in erased)
    wanted = [tuple(ticket_values(states[ticket])[name] for name in TICKET_COLUMNS) for ticket in sorted(states)]
    found = replica.database.execute_sql(f"SELECT {', '.join(TICKET_COLUMNS)} FROM ticket ORDER BY id").fetchall()
    if found != wanted:
        raise Failure("the tables differ from the fold in memory")


def _check_erased(replica: Replica, hub: Hub) -> None:
    """Nothing that was erased lies in the hub."""
    texts: dict[str, set[str]] = {}
    for name in (*hub.names("txt/"), *hub.names("ptxt/")):
        with contextlib.suppress(BrokenItem):  # that nobody has looked at since
            texts[name] = set(decode_texts(hub.get(name), name))
    spans = {name: span_of(name) for name in texts if name.startswith("ptxt/")}
    needed = {name: texts_needed(replica, span) for name, span in spans.items()}
    for erased in to_sweep(replica, "", 1_000_000)[0]:
        place = place_of(erased.segment)
        packed = [texts[name] - needed[name] for name, span in spans.items() if span.has(*place)]
        if any(erased.texts & found for found in (*packed, texts.get(texts_name(erased.segment), set()))):
            raise Failure("an erased text is in the hub")
        if any(hub.get(blob_name(raw)) != ERASED_ITEM for raw in erased.raws):
            raise Failure("an erased mail is in the hub")
