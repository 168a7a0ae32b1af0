"""What an exchange with nothing new costs after long, with all its segments in the hub one by one and in packs."""

from __future__ import annotations

import contextlib
import itertools
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

from deskhelp.db import segments
from deskhelp.db.asking import chunks
from deskhelp.db.exchange import exchange
from deskhelp.db.hub_folder import FolderHub
from deskhelp.db.hub_sql import sqlite_hub, tables_of
from deskhelp.db.replica import Replica
from deskhelp.domain.events import ITEM_ADDED, EventDraft
from deskhelp.domain.exchange import Exchanged
from deskhelp.domain.keeper import PATIENCE_MS
from deskhelp.domain.packs import USUAL, Sizes
from deskhelp.domain.segments import Hub, decode, encode_texts, texts_name
from deskhelp.mail.hub_items import Index, Label, written
from deskhelp.mail.imap_folders import TEAM_FOLDER
from tests.bench.report import Result, median
from tests.support.dovecot import Dovecot
from tests.support.hubs import imap_hub
from tests.support.servers import ImapUser

USUAL_COUNT, QUICK_COUNT, ROUNDS = 20_000, 600, 7
NEVER = Sizes(newest=1 << 40)
GOAL_MS, GOAL_NAMES, GOAL_S = 150, 300, 20
Items = dict[str, bytes]
Opened = Callable[[], contextlib.AbstractContextManager[Hub]]
Carrier = Callable[[Items], contextlib.AbstractContextManager[Opened]]


def measure(*, quick: bool = False, count: int = 0, first: int = 0) -> list[Result]:
    """Of a replica with `count` segments over a folder, an SQLite file and a folder of a mailbox."""
    count = count or (QUICK_COUNT if quick else USUAL_COUNT)
    with tempfile.TemporaryDirectory() as root:
        made = Path(root, "made.sqlite")
        items = _make(made, count)
        return [
            result
            for name, carrier in (("a folder", _folder), ("an SQLite file", _sqlite), ("a mailbox", _mailbox))
            for result in _measured(name, carrier, made, items)
        ]


def _make(path: Path, count: int) -> Items:
    """A replica with so many segments of one event each, as if all lay in the hub, and what lies there then."""
    with Replica.open(path) as replica, patch.object(segments, "_EVENTS", 1):
        replica.append([_draft(number) for number in range(count)])
        segments.cut(replica)
        names = sorted(segments.held(replica).names)
        segments.mark_pushed(replica, names)
        return dict(_items_of(replica, names))


def _draft(number: int) -> EventDraft:
    text = {"item": f"a tag that somebody gave as number {number}"}
    return EventDraft(ITEM_ADDED, f"ticket:{number % 4000:032x}", number, "a" * 32, {"set": "tags"}, text)


def _items_of(replica: Replica, names: list[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        data = segments.segment_bytes(replica, name)
        yield texts_name(name), encode_texts(segments.texts_of(replica, decode(data, name)))
        yield name, data


# -- carriers, filled in a way that takes no minutes ------------------------------------------------


@contextlib.contextmanager
def _folder(items: Items) -> Iterator[Opened]:
    with tempfile.TemporaryDirectory() as root:
        for name, data in items.items():
            path = Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield lambda: contextlib.closing(FolderHub(Path(root)))


@contextlib.contextmanager
def _sqlite(items: Items) -> Iterator[Opened]:
    with tempfile.TemporaryDirectory() as root:
        path = Path(root, "team.sqlite")
        database = sqlite_hub(path)._database
        table, _ = tables_of(database)
        with database.connection_context(), database.atomic():
            for part in chunks(items.items()):
                table.insert_many(part, fields=[table.name, table.data]).execute()
        yield lambda: contextlib.closing(sqlite_hub(path))


@contextlib.contextmanager
def _mailbox(items: Items) -> Iterator[Opened]:
    with Dovecot() as server:
        user, index = ImapUser(server, "support", server.add_user("support")), Index()
        imap_hub(user).close()
        messages = (written(Label(name), data, name.replace("/", ".")) for name, data in items.items())
        server.drop_in("support", *messages, folder=TEAM_FOLDER)
        yield lambda: contextlib.closing(imap_hub(user, index=index))


# -- measuring -------------------------------------------------------------------------------------


class _Desk:
    """A replica that meets a hub, each time some minutes later by its clock."""

    def __init__(self, replica: Replica, opened: Opened) -> None:
        self._replica, self._opened = replica, opened
        self._now = itertools.count(0, PATIENCE_MS)

    def meet(self, sizes: Sizes) -> tuple[float, Exchanged]:
        """The milliseconds that an exchange took, and what it came to."""
        begun = time.perf_counter()
        with self._opened() as hub:
            done = exchange(lambda fn, *args: fn(self._replica, *args), hub, lambda: next(self._now), sizes)
        assert not (done.troubles or done.pushed or done.pulled or done.refilled)
        return 1000 * (time.perf_counter() - begun), done

    def idle(self, sizes: Sizes) -> list[float]:
        """How long exchanges took in which nothing was to be done; the first one may learn something."""
        return [self.meet(sizes)[0] for _ in range(ROUNDS + 1)][1:]

    def pack(self) -> list[float]:
        """How long those took that packed all there was."""
        taken, quiet = [], 0
        while quiet < 2:
            ms, done = self.meet(USUAL)
            quiet = 0 if done.packed or done.removed else quiet + 1
            taken.append(ms)
        return taken

    def names(self) -> int:
        with self._opened() as hub:
            return len(hub.names("seg/")) + len(hub.names("pack/"))


def _measured(what: str, carrier: Carrier, made: Path, items: Items) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as root, carrier(items) as opened:
        path = Path(root, "desk.sqlite")
        with Replica.open(made) as source:
            source.backup(path)
        with Replica.open(path) as replica:
            desk = _Desk(replica, opened)
            before, names_before = desk.idle(NEVER), desk.names()
            packing = desk.pack()
            after, names_after = desk.idle(USUAL), desk.names()
    against = f"{median(before):.0f} ms before, of {names_before:,} segments"
    yield Result(f"idle exchange over {what}, packed", median(after), "ms", GOAL_MS, False, against, tuple(after))
    yield Result(f"names over {what}, packed", names_after, "names", GOAL_NAMES, False, f"{names_before:,} before")
    against = f"{len(packing)} of them"
    yield Result(f"longest exchange that packs over {what}", max(packing) / 1000, "s", GOAL_S, False, against)
