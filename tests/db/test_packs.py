"""Packs of a replica in a file: what it notes of them, how large they get, and a program that is killed meanwhile."""

from __future__ import annotations

import itertools
import multiprocessing
import random
import sys
from collections.abc import Collection
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from deskhelp.db import packs, segments
from deskhelp.db.check import check, state_hash
from deskhelp.db.exchange import exchange
from deskhelp.db.hub_folder import FolderHub
from deskhelp.db.replica import Replica
from deskhelp.domain import segments as forms
from deskhelp.domain.events import ERASED, ITEM_ADDED, EventDraft
from deskhelp.domain.exchange import Exchanged
from deskhelp.domain.keeper import PATIENCE_MS
from deskhelp.domain.packs import Sizes, span_of
from deskhelp.domain.segments import Hub

SOON = Sizes(newest=1, base=2, levels=3)
if sys.platform != "win32":
    _FORKS = multiprocessing.get_context("forkserver")  # a fork of this process would inherit its threads' locks
    _FORKS.set_forkserver_preload([Replica.__module__])


class Desk:
    """A replica and its clock."""

    def __init__(self, path: Path) -> None:
        self.replica = Replica.open(path)
        self._now = itertools.count(0, PATIENCE_MS)

    def meet(self, hub: Hub, sizes: Sizes = SOON) -> Exchanged:
        """Exchange once, ten minutes after the last time."""
        return exchange(lambda fn, *args: fn(self.replica, *args), hub, lambda: next(self._now), sizes)

    def write(self, hub: Hub, items: Collection[str]) -> None:
        """A segment for each."""
        for item in items:
            self.replica.append([EventDraft(ITEM_ADDED, "ticket:one", 1, body={"set": "tags"}, text={"item": item})])
            self.meet(hub, Sizes(newest=1000))

    def pack(self, hub: Hub, sizes: Sizes = SOON) -> list[tuple[int, int]]:
        """Exchange until all is packed; what of the numbers lies in which pack."""
        quiet = 0
        while quiet < 2:
            done = self.meet(hub, sizes)
            quiet = 0 if done.packed or done.removed else quiet + 1
        return [span_of(name)[1:3] for name in hub.names("pack/")]


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    (tmp_path / "team").mkdir()
    return FolderHub(tmp_path / "team")


@pytest.fixture
def desk(tmp_path: Path, hub: Hub) -> Desk:
    made = Desk(tmp_path / "desk.sqlite")
    made.write(hub, [f"item {number}" for number in range(20)])
    return made


def test_what_lies_in_packs_is_not_read_at_each_exchange_and_counts_as_held(desk: Desk, hub: Hub) -> None:
    before = segments.count(desk.replica)

    assert desk.pack(hub) == [(1, 8), (9, 16), (17, 18)]

    held = segments.held(desk.replica)
    assert sorted(held.names) == hub.names("seg/")
    assert (len(held.names), held.packs, held.unpushed) == (2, set(hub.names("pack/")), frozenset())
    assert segments.count(desk.replica) == before == segments.Count(20, 0, frozenset({desk.replica.replica_id}))
    plan = "EXPLAIN QUERY PLAN SELECT name, is_pushed FROM segment WHERE pack = 0"
    assert "segment_loose" in str(desk.replica.database.execute_sql(plan).fetchall())


def test_packs_are_halved_until_they_are_small_with_their_texts(desk: Desk, hub: Hub) -> None:
    desk.write(hub, [random.Random(7).randbytes(6000).hex(), *"abcdefg"])

    found = desk.pack(hub, Sizes(newest=0, base=2, levels=3, most_bytes=5000))

    assert found == [(1, 8), (9, 16), (17, 20), (21, 21), (22, 22), (23, 24), (25, 28)]


def test_another_place_is_taken_for_one_of_which_nothing_is_known(desk: Desk, hub: Hub, tmp_path: Path) -> None:
    desk.pack(hub)
    segments.forget_pushed(desk.replica)
    (tmp_path / "other").mkdir()
    other = FolderHub(tmp_path / "other")

    done = desk.meet(other)

    assert (done.pushed, done.refilled) == (20, 0)
    assert len(other.names("seg/")) == 20


def test_a_pack_that_was_put_off_is_looked_at_again_by_a_newer_program(
    desk: Desk, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs.put_off(desk.replica, ["pack/one"])
    assert segments.held(desk.replica).put_off == {"pack/one"}

    monkeypatch.setattr(packs, "SEGMENT_VERSION", forms.SEGMENT_VERSION + 1)
    assert segments.held(desk.replica).put_off == frozenset()


def test_a_lesser_pack_that_comes_back_hides_nothing_of_the_greater_one(desk: Desk, hub: Hub) -> None:
    wide, *_ = desk.pack(hub) and hub.names("pack/")
    replica, members = desk.replica, packs.members(desk.replica, wide)
    lesser = f"pack/{replica.replica_id}/0000000001-{members[1].rpartition('/')[2]}"

    packs.know(replica, lesser, members[:2])
    assert (packs.members(replica, wide), packs.members(replica, lesser)) == (members, [])
    packs.release(replica, [wide])
    assert packs.known(replica).isdisjoint({wide, lesser})
    assert segments.held(replica).pushed >= set(members)


def test_of_two_that_wrote_the_same_only_one_is_erased_from_a_pack(desk: Desk, hub: Hub, tmp_path: Path) -> None:
    """Seed 7013 of the carriers: the pack has the text once, and it went with the first of them."""
    for about in ("ticket:two", "ticket:three"):
        desk.replica.append([EventDraft(ITEM_ADDED, about, 1, body={"set": "tags"}, text={"item": "the same"})])
        desk.meet(hub, Sizes(newest=1000))
    desk.pack(hub, Sizes(newest=0, base=2, levels=3))

    desk.replica.append([EventDraft(ERASED, "ticket:two", 1)])
    desk.meet(hub)
    newcomer = Desk(tmp_path / "newcomer.sqlite")
    newcomer.meet(hub)

    assert newcomer.replica.fields("ticket:three").sets["tags"].keys() == {"the same"}
    assert sorted(map(str, newcomer.replica.events())) == sorted(map(str, desk.replica.events()))


# -- killed at any moment --------------------------------------------------------------------------


def _work(folder: Path, done: Connection) -> None:
    """Write and exchange for ever; each event is told once it is in the hub."""
    desk, hub = Desk(folder / "desk.sqlite"), FolderHub(folder / "team")
    while True:
        number = len(desk.replica.events())
        desk.replica.append([EventDraft(ITEM_ADDED, "ticket:one", 1, body={"set": "tags"}, text={"item": str(number)})])
        desk.meet(hub)
        done.send(number + 1)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_an_owner_that_is_killed_while_it_packs_loses_nothing_in_the_place(tmp_path: Path, hub: Hub) -> None:
    chance, told = random.Random(11), 0
    for round_ in range(8):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        child = _FORKS.Process(target=_work, args=(tmp_path, sender))
        child.start()
        sender.close()
        for _ in range(4):
            told = receiver.recv()
        child.join(chance.random() * 0.05)
        child.kill()
        child.join()
        newcomer = Desk(tmp_path / f"newcomer{round_}.sqlite")
        done = newcomer.meet(hub)
        assert done.troubles == []
        assert len(newcomer.replica.events()) >= told

    desk, newcomer = Desk(tmp_path / "desk.sqlite"), Desk(tmp_path / "last.sqlite")
    desk.pack(hub)
    newcomer.meet(hub)
    assert state_hash(newcomer.replica) == state_hash(desk.replica)
    assert check(newcomer.replica).problems == ()
    assert len(hub.names("")) < 24 < told
