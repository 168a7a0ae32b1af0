"""What random schedules have found, each as the few steps that made it so."""

from __future__ import annotations

import itertools

import pytest

from deskhelp.db.log import EventDraft
from deskhelp.domain.events import ITEM_ADDED

from .pure import MemoryHub, MemoryReplica

_numbers = itertools.count(1)


@pytest.fixture
def hub() -> MemoryHub:
    return MemoryHub()


def replica() -> MemoryReplica:
    return MemoryReplica(lambda: f"{next(_numbers):016x}")


def tag(desk: MemoryReplica, item: str) -> None:
    desk.append([EventDraft(ITEM_ADDED, "ticket:one", 1, body={"set": "tags", "item": item})])


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
