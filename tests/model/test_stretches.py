"""Taking in much a stretch at a time: what is done here meanwhile is handed over, and people come before floods."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.exchange import Exchanged
from deskhelp.domain.packs import USUAL

from .pure import MemoryHub, MemoryReplica
from .test_packing import SIZES, items_of, write
from .world import enough_after

FLOOD = [f"mail {number:02}" for number in range(30)]
_numbers = itertools.count(1)


def new_desk() -> MemoryReplica:
    return MemoryReplica(lambda: f"{next(_numbers):016x}", lambda: 0, USUAL)


@pytest.fixture
def hub() -> MemoryHub:
    return MemoryHub()


def taken_one_at_a_time(desk: MemoryReplica, hub: MemoryHub) -> Exchanged:
    return desk.exchange(hub, lambda: True)


def test_what_is_done_meanwhile_is_handed_over_long_before_all_is_there(hub: MemoryHub) -> None:
    author, late, other = new_desk(), new_desk(), new_desk()
    write(author, hub, FLOOD)

    first = taken_one_at_a_time(late, hub)
    assert (first.pulled, first.waiting, first.has_more) == (1, 29, True)
    write(late, MemoryHub(), ["done meanwhile"])
    taken_one_at_a_time(late, hub)
    other.exchange(hub)

    assert "done meanwhile" in items_of(other)
    assert len(items_of(late)) == 3


def test_what_somebody_wrote_little_of_is_taken_before_a_flood(hub: MemoryHub) -> None:
    fetcher, colleague, late = new_desk(), new_desk(), new_desk()
    write(fetcher, hub, FLOOD)
    write(colleague, hub, ["of a colleague"])

    taken_one_at_a_time(late, hub)

    assert items_of(late) == ["of a colleague"]


def test_nothing_is_packed_or_removed_before_all_was_taken(hub: MemoryHub) -> None:
    author, late = new_desk(), new_desk()
    write(late, hub, FLOOD)
    late._sizes = SIZES  # from now on there is something to pack
    write(author, hub, FLOOD[:3])

    done = taken_one_at_a_time(late, hub)
    assert (done.waiting, done.packed, done.removed) == (2, 0, 0)

    assert late.exchange(hub).packed


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30))
def test_however_short_the_stretches_all_is_there_in_the_end(lengths: list[int]) -> None:
    hub = MemoryHub()
    author, late = new_desk(), new_desk()
    write(author, hub, FLOOD)

    for length in itertools.chain(lengths, itertools.repeat(0, len(FLOOD))):
        done = late.exchange(hub, enough_after(length))

    assert not done.waiting
    assert items_of(late) == FLOOD


def test_what_cannot_be_taken_does_not_stop_what_can(hub: MemoryHub) -> None:
    author, colleague, late = new_desk(), new_desk(), new_desk()
    write(author, hub, FLOOD[:3])
    write(colleague, hub, ["of a colleague"])
    for name in hub.names("txt/"):
        if author.id not in name:
            hub.withdraw(name)

    taken_one_at_a_time(late, hub)

    assert items_of(late) == FLOOD[:1]
