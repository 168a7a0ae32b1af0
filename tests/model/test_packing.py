"""Packs: what an owner makes of its old segments, and what everybody does when they are gone, broken or new."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from unittest.mock import patch

import pytest

from deskhelp.domain import segments
from deskhelp.domain.events import ITEM_ADDED, MAIL_RECEIVED, EventDraft
from deskhelp.domain.exchange import Exchanged
from deskhelp.domain.identity import blob_id
from deskhelp.domain.keeper import PATIENCE_MS
from deskhelp.domain.packs import Sizes, span_of
from deskhelp.domain.segments import HubTrouble

from .pure import MemoryHub, MemoryReplica

SIZES = Sizes(newest=1, base=2, levels=2)
WRITTEN = 9
ITEMS = [f"item {number}" for number in range(WRITTEN)]
_numbers = itertools.count(1)


class Watched(MemoryHub):
    """Remembers what was got and put, and dies at a call if it is told so."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[str] = []
        self.written: list[str] = []
        self.calls_left = -1

    def _call(self) -> None:
        self.calls_left -= 1
        if self.calls_left == 0:
            raise HubTrouble("The line is dead.")

    def put(self, name: str, data: bytes) -> None:
        self._call()
        self.written.append(name)
        super().put(name, data)

    def get(self, name: str) -> bytes:
        self._call()
        self.got.append(name)
        return super().get(name)

    def remove(self, names: Collection[str]) -> None:
        self._call()
        for name in names:
            self._call()
            super().remove([name])


class Desks:
    """Makes replicas of one clock."""

    def __init__(self) -> None:
        self.now_ms = 0

    def new(self) -> MemoryReplica:
        return MemoryReplica(lambda: f"{next(_numbers):016x}", lambda: self.now_ms, SIZES)


@pytest.fixture
def desks() -> Desks:
    return Desks()


@pytest.fixture
def hub() -> Watched:
    return Watched()


def write(desk: MemoryReplica, hub: MemoryHub, items: Collection[str]) -> None:
    """A segment for each, the first one with a raw mail."""
    for item in items:
        raw = f"raw {item}".encode()
        draft = EventDraft(ITEM_ADDED, "ticket:one", 1, body={"set": "tags"}, text={"item": item})
        body = {"raw": blob_id(raw), "mailbox": "box"}
        mail = EventDraft(MAIL_RECEIVED, f"message:{blob_id(raw)}", 1, body=body, text={"subject": item})
        desk.append([draft, mail] if item.endswith("0") else [draft], [raw])
        desk.exchange(hub)


def items_of(desk: MemoryReplica) -> list[str]:
    return sorted(desk.adds("ticket:one", "tags"))


def settle(desks: Desks, hub: MemoryHub, *members: MemoryReplica) -> Exchanged:
    """Exchange until nothing moves; what it came to."""
    total, quiet = Exchanged(), 0
    for _ in range(30):
        done = Exchanged()
        for desk in members:
            done += desk.exchange(hub)
        total += done
        moved = done.pushed, done.pulled, done.refilled, done.packed, done.removed, done.awaited
        quiet = 0 if any(moved) else quiet + 1
        if quiet == 2:
            return total
        desks.now_ms += PATIENCE_MS
    raise AssertionError("it does not come to rest")


def with_the_first(count: int, hub: MemoryHub) -> MemoryHub:
    """What the hub was when it had so many segments and no pack."""
    before = MemoryHub()
    before.items = dict(hub.items)
    before.remove([*hub.names("seg/")[count:], *hub.names("pack/"), *hub.names("ptxt/")])
    return before


@pytest.fixture
def owner(desks: Desks, hub: Watched) -> MemoryReplica:
    desk = desks.new()
    write(desk, hub, ITEMS)
    return desk


@pytest.fixture
def reader(desks: Desks, hub: Watched, owner: MemoryReplica) -> MemoryReplica:
    """Somebody who has all of it, before anything is removed."""
    desk = desks.new()
    desk.exchange(hub)
    return desk


@pytest.fixture
def packed(desks: Desks, hub: Watched, owner: MemoryReplica, reader: MemoryReplica) -> Watched:
    """The hub when all that is old is packed and nothing else of it is left."""
    settle(desks, hub, owner, reader)
    return hub


def kinds(hub: MemoryHub) -> dict[str, int]:
    return {kind: len(hub.names(f"{kind}/")) for kind in ("seg", "txt", "pack", "ptxt", "blob")}


def test_old_segments_become_few_items_and_who_joins_finds_everything(packed: Watched, desks: Desks) -> None:
    newcomer = desks.new()

    done = newcomer.exchange(packed)

    assert kinds(packed) == {"seg": 1, "txt": 1, "pack": 2, "ptxt": 2, "blob": 1}
    assert [span_of(name)[1:3] for name in packed.names("pack/")] == [(1, 4), (5, 8)]
    assert (done.pulled, done.troubles, done.awaited) == (WRITTEN, [], 0)
    assert items_of(newcomer) == ITEMS


def test_each_exchange_makes_one_pack_at_most_and_nothing_goes_before_the_others_could_see_it(
    desks: Desks, hub: Watched
) -> None:
    desk = desks.new()
    for item in ITEMS:
        done = desk.exchange(hub)
        assert done.packed <= 1
        write(desk, hub, [item])

    assert kinds(hub)["seg"] == WRITTEN
    assert kinds(hub)["pack"] >= 2
    desks.now_ms += PATIENCE_MS - 1
    assert desk.exchange(hub).removed == 0
    desks.now_ms += 1
    assert desk.exchange(hub).removed > 0


def test_who_holds_the_segments_gets_nothing_and_puts_nothing_again(
    packed: Watched, desks: Desks, reader: MemoryReplica, owner: MemoryReplica
) -> None:
    assert not any(name.startswith("pack/") for name in packed.got if packed.got.count(name) > 2)
    packed.got.clear()
    packed.written.clear()

    done = settle(desks, packed, reader, owner, reader)

    assert (packed.got, packed.written, done.refilled) == ([], [], 0)


def test_a_pack_that_is_gone_is_put_again_by_whoever_holds_it_with_all_that_it_names(
    packed: Watched, desks: Desks, reader: MemoryReplica
) -> None:
    before = dict(packed.items)
    for kind in ("pack/", "ptxt/", "blob/"):
        packed.remove(packed.names(kind))

    done = reader.exchange(packed)

    assert packed.items == before
    assert done.refilled == 8


def test_a_place_from_before_the_packing_is_packed_again_and_nothing_hides_behind_what_is_gone(
    desks: Desks, hub: Watched, owner: MemoryReplica, reader: MemoryReplica
) -> None:
    old = with_the_first(WRITTEN, hub).items
    settle(desks, hub, owner, reader)
    packed = dict(hub.items)

    hub.items = old
    assert reader.exchange(hub).refilled == 0
    hub.items = {}
    reader.exchange(hub)

    newcomer = desks.new()
    newcomer.exchange(hub)
    assert items_of(newcomer) == ITEMS
    settle(desks, hub, owner, reader, newcomer)
    assert hub.items.keys() == packed.keys()


def test_a_broken_pack_is_set_aside_by_who_needs_it_and_put_again(
    packed: Watched, desks: Desks, owner: MemoryReplica
) -> None:
    for number, name in enumerate([*packed.names("pack/"), *packed.names("ptxt/")]):
        packed.items[name] = packed.items[name][: -1 - number]
        newcomer = desks.new()
        newcomer.exchange(packed)
        owner.exchange(packed)
        newcomer.exchange(packed)
        assert items_of(newcomer) == ITEMS


def test_parts_are_removed_only_when_their_pack_is_there_whole(
    desks: Desks, hub: Watched, owner: MemoryReplica
) -> None:
    while owner.exchange(hub).packed:
        pass
    for name in hub.names("pack/"):
        hub.items[name] = hub.items[name][:-1]
    desks.now_ms += PATIENCE_MS

    owner.exchange(hub)

    newcomer = desks.new()
    newcomer.exchange(hub)
    assert items_of(newcomer) == ITEMS


def test_segments_that_go_while_somebody_looks_are_no_trouble(
    desks: Desks, hub: Watched, owner: MemoryReplica, reader: MemoryReplica
) -> None:
    newcomer = desks.new()
    before = hub.names("seg/")
    packs: list[str] = []
    settle(desks, hub, owner, reader)
    whole = dict(hub.items)
    with patch.object(hub, "names", side_effect=lambda prefix: before if prefix == "seg/" else packs):
        done = newcomer.exchange(hub)
        done += reader.exchange(hub)

    assert done.troubles == []
    assert hub.items.keys() >= whole.keys()
    assert newcomer.exchange(hub).awaited == 0
    assert items_of(newcomer) == ITEMS


def test_a_copy_that_finds_more_of_its_own_in_a_pack_takes_another_id(desks: Desks, hub: Watched) -> None:
    desk = desks.new()
    write(desk, hub, ITEMS[:2])
    copy = desk.copied()
    write(desk, hub, ITEMS[2:])
    settle(desks, hub, desk)
    hub.remove(hub.names("seg/"))

    done = copy.exchange(hub)

    assert done.has_forked
    assert copy.id != desk.id
    assert items_of(copy) == ITEMS[:8]


def test_copies_that_pack_the_same_put_the_same(desks: Desks, hub: Watched, owner: MemoryReplica) -> None:
    copy = owner.copied()
    other = Watched()
    other.items = dict(hub.items)

    settle(desks, hub, owner)
    settle(desks, other, copy)

    assert hub.items == other.items


def test_a_pack_that_only_a_newer_program_can_read_is_got_once_and_hides_nothing(
    packed: Watched, desks: Desks, owner: MemoryReplica, reader: MemoryReplica
) -> None:
    newcomer = desks.new()
    packed.got.clear()
    with patch.object(segments, "SEGMENT_VERSION", 0):
        first = newcomer.exchange(packed)
        second = newcomer.exchange(packed)
        packs = [name for name in packed.got if name.startswith("pack/")]

    assert (len(packs), len(set(packs))) == (2, 2)
    assert len(first.troubles) == len(second.troubles) == 3, "two packs and a segment wait for the upgrade"


def test_what_may_lie_in_a_pack_that_cannot_be_read_yet_is_not_put_again(
    desks: Desks, hub: Watched, owner: MemoryReplica
) -> None:
    half = desks.new()
    half.exchange(with_the_first(6, hub))
    settle(desks, hub, owner)
    late = {name: hub.items.pop(name) for name in hub.names("ptxt/")}
    hub.written.clear()

    done = half.exchange(hub)

    assert (hub.written, done.awaited) == ([], 1)
    hub.items |= late
    half.exchange(hub)
    assert (items_of(half), hub.written) == (ITEMS, [])


def test_who_lacks_much_of_a_pack_takes_it_and_who_lacks_little_takes_that(
    desks: Desks, hub: Watched, owner: MemoryReplica
) -> None:
    late, newcomer = desks.new(), desks.new()
    late.exchange(with_the_first(7, hub))
    while owner.exchange(hub).packed:
        pass
    got = []
    for desk in (late, newcomer):
        hub.got.clear()
        desk.exchange(hub)
        got.append({kind: sum(name.startswith(kind) for name in hub.got) for kind in ("seg/", "pack/")})

    assert got == [{"seg/": 2, "pack/": 0}, {"seg/": 1, "pack/": 2}], "nothing is got twice"


def test_killed_at_any_call_it_goes_on_the_next_time(desks: Desks) -> None:
    for calls in range(1, 200):
        hub = Watched()
        desk = desks.new()
        write(desk, hub, ITEMS)
        hub.calls_left = calls
        was_killed = False
        for _ in range(40):
            try:
                desk.exchange(hub)
            except HubTrouble:
                was_killed = True
                newcomer = desks.new()
                newcomer.exchange(hub)
                assert items_of(newcomer) == ITEMS, "everything is there at each moment"
            desks.now_ms += PATIENCE_MS
        assert kinds(hub) == {"seg": 1, "txt": 1, "pack": 2, "ptxt": 2, "blob": 1}
        if not was_killed:
            assert calls > 25
            return
    raise AssertionError("it never ends")
