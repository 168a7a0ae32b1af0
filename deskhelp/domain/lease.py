"""Which one of a team's installations fetches the mail of a mailbox, so that its bodies come over the line once.

No lock is there to be had: each says in its note which mailboxes it could fetch, which it does, and how far it is. Two
may fetch for a moment (intake does not mind); none for longer than a note counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

NEAR: Final = 200


class Place(NamedTuple):
    """How far a folder was read: UIDVALIDITY, the highest UID that was dealt with, and the lowest.

    `near` tells which of the `NEAR` numbers up to `uid` were: bit n stands for ``uid - n``. Mail that becomes visible
    late is looked for among the others.
    """

    uidvalidity: int
    uid: int
    first: int
    near: int = 0

    @classmethod
    def of(cls, uidvalidity: int, uid: int, first: int, dealt_with: Iterable[int]) -> Place:
        near = sum(1 << uid - one for one in set(dealt_with) if 0 <= uid - one < NEAR)
        return cls(uidvalidity, uid, first, near)

    def dealt_with(self) -> list[int]:
        """The UIDs that `near` and `first` tell of, ascending."""
        near = {self.uid - n for n in range(min(NEAR, self.uid)) if self.near >> n & 1}
        return sorted(near | ({self.first} - {0}))


@dataclass(frozen=True, slots=True)
class Fetching:
    """One mailbox in an installation's note. `holds`: it is the one that fetches; `is_current`: nothing new lies there.

    What is up to `places` (by folder) was handed over to the team before the note was put.
    """

    holds: bool = False
    is_current: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)

    def as_value(self) -> dict[str, Any]:
        return {
            "holds": self.holds,
            "current": self.is_current,
            "places": {name: list(at) for name, at in self.places.items()},
        }


Claims = Mapping[str, Fetching]
"""By mailbox."""


def claims_from(value: Any) -> dict[str, Fetching]:
    """What a note says of mailboxes; nothing where it is damaged or made by somebody else."""
    if not isinstance(value, dict):
        return {}
    return {str(box): _fetching(one) for box, one in value.items() if isinstance(one, dict)}


def _fetching(value: Mapping[str, Any]) -> Fetching:
    places = value.get("places")
    found = {
        str(folder): Place(*at)
        for folder, at in (places if isinstance(places, dict) else {}).items()
        if isinstance(at, list) and len(at) in (3, 4) and all(type(number) is int and number >= 0 for number in at)
    }
    return Fetching(value.get("holds") is True, value.get("current") is True, found)


@dataclass(frozen=True, slots=True)
class Other:
    """Another installation's claims. `is_alive` None: its note lay there from before, and it may have gone since."""

    claims: Claims
    is_alive: bool | None


def held_by(me: str, wanted: Iterable[str], held: frozenset[str], others: Mapping[str, Other]) -> frozenset[str]:
    """Which of the mailboxes that I could fetch I fetch from now on; `others` by their replica's id."""
    return frozenset(box for box in wanted if _is_mine(me, box, is_held=box in held, others=others))


def _is_mine(me: str, box: str, *, is_held: bool, others: Mapping[str, Other]) -> bool:
    """Who fetches goes on; of two the one with the lower id. If nobody does, the lowest of those who could begins.

    One that may be there is waited for: where all are switched on at the same time, each finds the notes of some.
    """
    rivals = {name: other for name, other in others.items() if box in other.claims}
    holders = [name for name, other in rivals.items() if other.claims[box].holds]
    if is_held:
        return not any(name < me and rivals[name].is_alive for name in holders)
    if holders:
        return False
    return not any(name < me and other.is_alive is not False for name, other in rivals.items())
