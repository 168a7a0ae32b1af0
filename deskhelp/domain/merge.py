"""Merging without a server: registers whose writes name what they replace, and add/remove sets.

Both are folds of a *set* of events: order, repetition and gaps make no difference (decision 0002). A write that was
made after seeing another always beats it, whatever the clocks say; of concurrent ones the same wins everywhere and the
others stay visible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .events import FIELD_SET, ITEM_ADDED, ITEM_REMOVED, Event

FIRST_WINS: Final = ("assignee",)
"""Fields in which of two concurrent writes the earlier one counts: who took a ticket first has it."""


@dataclass(frozen=True, slots=True)
class Write:
    """One write to a register of the thing `about`; `version` is one more than the highest version it replaces."""

    id: str
    value: Any
    version: int
    at_ms: int
    agent: str
    replaces: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    about: str = ""

    def rank(self, *, first_wins: bool = False) -> tuple[int, int, str]:
        """What decides between concurrent writes: the later one wins, or the earlier one."""
        return (self.version, -self.at_ms if first_wins else self.at_ms, self.id)


@dataclass(frozen=True, slots=True)
class Register:
    """The value of a field: the winning write, and the concurrent ones that lost."""

    winner: Write
    others: tuple[Write, ...] = ()

    @property
    def value(self) -> Any:
        return self.winner.value

    @property
    def is_contested(self) -> bool:
        """Whether two people set this field of one thing to different values without knowing of each other.

        Merged tickets do not count.
        """
        winner = self.winner
        return any(other.about == winner.about and other.value != winner.value for other in self.others)

    @property
    def head_ids(self) -> tuple[str, ...]:
        """What the next write replaces."""
        return tuple(sorted([self.winner.id, *(other.id for other in self.others)]))

    @property
    def next_version(self) -> int:
        return 1 + max(write.version for write in (self.winner, *self.others))


def fold_register(writes: Iterable[Write], *, first_wins: bool = False) -> Register | None:
    """The register that a set of writes makes; None if there are none."""
    known = {write.id: write for write in writes}
    replaced = frozenset().union(*(write.replaces for write in known.values()))
    heads = [write for write in known.values() if write.id not in replaced]
    if not heads:  # only possible with forged events that replace each other in a ring
        heads = list(known.values())
    if not heads:
        return None
    heads.sort(key=lambda write: write.rank(first_wins=first_wins), reverse=True)
    return Register(heads[0], tuple(heads[1:]))


@dataclass(frozen=True, slots=True)
class Fields:
    """What the register and set events about one thing amount to.

    `sets` maps the name of a set to its items; each item maps to the ids of the additions that hold it there.
    """

    registers: Mapping[str, Register]
    sets: Mapping[str, Mapping[str, frozenset[str]]]

    def get(self, name: str, default: Any = None) -> Any:
        register = self.registers.get(name)
        return default if register is None else register.value

    def items(self, name: str) -> tuple[str, ...]:
        return tuple(sorted(self.sets.get(name, {})))


def fold_fields(events: Iterable[Event]) -> Fields:
    """Fold ``field_set``, ``item_added`` and ``item_removed``; events of other kinds are passed over."""
    writes: dict[str, dict[str, Write]] = {}
    added: dict[tuple[str, str], set[str]] = {}
    removed: set[str] = set()
    for event in events:
        if not event.is_understood:
            continue
        if event.kind == FIELD_SET:
            writes.setdefault(str(event.body["field"]), {})[event.id] = write_of(event)
        elif event.kind == ITEM_ADDED:
            item = str(event.text.get("item", event.body.get("item", "")))
            added.setdefault((str(event.body["set"]), item), set()).add(event.id)
        elif event.kind == ITEM_REMOVED:
            removed.update(event.body["adds"])
    registers = {}
    for name, found in writes.items():
        register = fold_register(found.values(), first_wins=name in FIRST_WINS)
        if register is not None:
            registers[name] = register
    sets: dict[str, dict[str, frozenset[str]]] = {}
    for (name, item), ids in added.items():
        if held := ids - removed:
            sets.setdefault(name, {})[item] = frozenset(held)
    return Fields(registers, sets)


def write_of(event: Event) -> Write:
    """The register write that a ``field_set`` event is."""
    body = event.body
    return Write(
        id=event.id,
        value=event.text["value"] if "value" in event.text else body.get("value"),
        version=int(body.get("version", 1)),
        at_ms=event.at_ms,
        agent=event.agent,
        replaces=frozenset(body.get("replaces", ())),
        seen=frozenset(body.get("seen", ())),
        about=event.about,
    )
