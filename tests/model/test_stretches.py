"""Taking in much a stretch at a time: what is done here meanwhile is handed over, and people come before floods."""

from __future__ import annotations

import itertools
from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.events import ITEM_ADDED, EventDraft
from deskhelp.domain.exchange import Exchanged, Pace
from deskhelp.domain.packs import USUAL
from deskhelp.domain.segments import HubTrouble

from .pure import MemoryHub, MemoryReplica
from .test_packing import SIZES, Watched, items_of, write
from .world import hurried

FLOOD = [f"mail {number:02}" for number in range(30)]
_numbers = itertools.count(1)


def new_desk() -> MemoryReplica:
    return MemoryReplica(lambda: f"{next(_numbers):016x}", lambda: 0, USUAL)


@pytest.fixture
def hub() -> MemoryHub:
    return MemoryHub()


def cut(desk: MemoryReplica, items: Collection[str]) -> None:
    """A segment for each that nobody has yet."""
    for item in items:
        desk.append([EventDraft(ITEM_ADDED, "ticket:one", 1, body={"set": "tags"}, text={"item": item})])
        desk.cut()


def taken_one_at_a_time(desk: MemoryReplica, hub: MemoryHub) -> Exchanged:
    return desk.exchange(hub, hurried(0))


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

    assert items_of(late) == [FLOOD[-1], "of a colleague"]


def test_nothing_is_packed_or_removed_before_all_was_taken(hub: MemoryHub) -> None:
    author, late = new_desk(), new_desk()
    write(late, hub, FLOOD)
    late._sizes = SIZES  # from now on there is something to pack
    write(author, hub, FLOOD[:8])

    done = taken_one_at_a_time(late, hub)
    assert (done.waiting, done.packed, done.removed) == (7, 0, 0)

    assert late.exchange(hub).packed


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30))
def test_however_short_the_stretches_all_is_there_in_the_end(lengths: list[int]) -> None:
    hub = MemoryHub()
    author, late = new_desk(), new_desk()
    write(author, hub, FLOOD)

    for length in itertools.chain(lengths, itertools.repeat(0, len(FLOOD))):
        done = late.exchange(hub, hurried(length))

    assert not done.waiting
    assert items_of(late) == FLOOD


def test_what_cannot_be_taken_does_not_stop_what_can(hub: MemoryHub) -> None:
    author, colleague, late = new_desk(), new_desk(), new_desk()
    write(author, hub, FLOOD[:8])
    write(colleague, hub, ["of a colleague"])
    for name in hub.names("txt/"):
        if author.id not in name:
            hub.withdraw(name)

    taken_one_at_a_time(late, hub)

    assert items_of(late) == [FLOOD[7]]


def test_what_is_new_is_handed_over_before_what_is_older(hub: MemoryHub) -> None:
    fetcher, other = new_desk(), new_desk()
    cut(fetcher, [*FLOOD, "done just now"])

    first = fetcher.exchange(hub, hurried(0))
    other.exchange(hub)

    assert (first.pushed, first.untold, first.has_more) == (1, 30, True)
    assert items_of(other) == ["done just now"]


def test_what_is_new_of_who_wrote_much_is_taken_first(hub: MemoryHub) -> None:
    fetcher, late = new_desk(), new_desk()
    write(fetcher, hub, [*FLOOD, "done just now"])

    taken_one_at_a_time(late, hub)

    assert items_of(late) == ["done just now"]


def test_a_flood_goes_on_however_much_others_do(hub: MemoryHub) -> None:
    fetcher, late = new_desk(), new_desk()
    colleagues = [new_desk() for _ in range(5)]
    write(fetcher, hub, FLOOD)

    for number in range(len(FLOOD)):
        for colleague in colleagues:
            write(colleague, hub, [f"change {number} of {colleague.id}"])
        taken_one_at_a_time(late, hub)

    assert set(FLOOD) <= set(items_of(late))


def test_who_ends_takes_nothing_more_but_hands_over_all(hub: MemoryHub) -> None:
    author, ending = new_desk(), new_desk()
    write(author, hub, FLOOD)
    cut(ending, ["one", "two", "three"])

    done = ending.exchange(hub, Pace(is_over=lambda: True))

    assert (done.pushed, done.untold, done.pulled, done.waiting) == (3, 0, 0, len(FLOOD))


def test_what_came_before_the_line_broke_need_not_come_again() -> None:
    watched = Watched()
    author, late = new_desk(), new_desk()
    write(author, watched, ["one", "two", "three"])

    watched.calls_left = 4  # the newest with its text, and the next one without
    with pytest.raises(HubTrouble):
        late.exchange(watched)

    assert items_of(late) == ["three"]
