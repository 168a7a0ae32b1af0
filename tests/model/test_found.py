"""What random schedules have found, each as the few steps that made it so."""

from __future__ import annotations

import itertools

import pytest

from deskhelp.domain.events import ITEM_ADDED, EventDraft
from deskhelp.domain.keeper import PATIENCE_MS
from deskhelp.domain.packs import USUAL, Sizes

from .pure import Clock, MemoryHub, MemoryReplica

_numbers = itertools.count(1)


@pytest.fixture
def hub() -> MemoryHub:
    return MemoryHub()


def replica(clock: Clock = lambda: 0, sizes: Sizes = USUAL) -> MemoryReplica:
    return MemoryReplica(lambda: f"{next(_numbers):016x}", clock, sizes)


def tag(desk: MemoryReplica, item: str) -> None:
    desk.append([EventDraft(ITEM_ADDED, "ticket:one", 1, body={"set": "tags"}, text={"item": item})])


def items(desk: MemoryReplica) -> list[str]:
    return sorted(desk.adds("ticket:one", "tags"))


def test_clones_that_used_one_number_while_the_place_lost_an_item_come_together(hub: MemoryHub) -> None:
    """Seed 142: the name of a segment said its number alone, so each took the other's for its own and forgot it."""
    first = replica()
    clone = first.copied()
    tag(first, "a")
    first.exchange(hub)
    hub.withdraw(hub.names("seg/")[0])
    tag(clone, "b")
    clone.exchange(hub)

    for desk in (first, clone, first, clone):
        desk.exchange(hub)

    assert items(first) == items(clone) == ["a", "b"]
    assert first.id != clone.id


def test_a_segment_that_came_before_its_texts_is_not_set_aside_at_once(hub: MemoryHub) -> None:
    """Seed 466: its author was gone before it saw that, and what had been whole in the place was lost."""
    now = [0]
    author, reader = replica(), replica(lambda: now[0])
    tag(author, "a")
    author.exchange(hub)
    texts = hub.names("txt/")[0]
    late = hub.items.pop(texts)

    assert reader.exchange(hub).awaited == 1
    hub.items[texts] = late
    reader.exchange(hub)

    assert items(reader) == ["a"]


def test_a_segment_whose_texts_do_not_come_is_put_again_by_its_author(hub: MemoryHub) -> None:
    now = [0]
    author, reader = replica(), replica(lambda: now[0])
    tag(author, "a")
    author.exchange(hub)
    hub.withdraw(hub.names("txt/")[0])
    reader.exchange(hub)
    now[0] += PATIENCE_MS

    for desk in (reader, author, reader):
        desk.exchange(hub)

    assert items(reader) == ["a"]


def test_what_needs_no_text_is_taken_from_a_pack_that_has_lost_them(hub: MemoryHub) -> None:
    """Seed 312884: the pack was set aside as a whole, and nobody had it any more."""
    now = [0]
    author, reader = (replica(lambda: now[0], Sizes(newest=0, base=2)) for _ in range(2))
    for text in ({"item": "a"}, {}):
        author.append([EventDraft(ITEM_ADDED, "ticket:one", 1, body={"set": "tags", "item": "b"}, text=text)])
        author.exchange(hub)
    author.exchange(hub)
    hub.remove([*hub.names("ptxt/"), *hub.names("seg/"), *hub.names("txt/")])

    assert reader.exchange(hub).awaited == 1
    assert items(reader) == ["b"]

    now[0] += PATIENCE_MS
    reader.exchange(hub)  # sets the pack aside; seed 408620: and was then put back from a backup itself
    newcomer = replica()
    newcomer.exchange(hub)
    assert (hub.names("pack/"), items(newcomer)) == ([], ["b"])
