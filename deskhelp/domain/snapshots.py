"""Snapshots: copies of all that a team has, so that a new installation need not take every change (decision 0022).

A snapshot lies in the hub as parts, ``snap/ERASED/EVENTS-ID/0001`` and so on, and a ``list`` of them that is put last.
ERASED says what had been erased when it was made: whoever knows of more takes it away. EVENTS is how much it holds, so
that names alone tell which is the newest and whether another one is worth the making.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .events import canonical_json
from .identity import digest
from .segments import BrokenItem, NewerItem, seal, unseal

PREFIX: Final = "snap/"
LIST: Final = "list"
VERSION: Final = 1
FEW_EVENTS: Final = 20_000
"""Below that, a new installation takes every change within seconds."""
KEPT: Final = 2
_COVERED: Final = 0.8


@dataclass(frozen=True, slots=True, order=True)
class Snapshot:
    """A snapshot by its name; the greater one holds more."""

    events: int
    id: str
    erased: str

    @property
    def prefix(self) -> str:
        return f"{PREFIX}{self.erased}/{self.events:010d}-{self.id}/"

    @property
    def list_name(self) -> str:
        return self.prefix + LIST

    def part_name(self, number: int) -> str:
        """The name of a part, counted from 1."""
        return f"{self.prefix}{number:04d}"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a list says: the hash of each part, how many bytes they make together, what the copy is of."""

    parts: tuple[str, ...]
    size: int
    schema: int
    version: int = VERSION


def erased_mark(erasures: Iterable[str]) -> str:
    """How a name says what had been erased, by the ids of the events that did it."""
    return digest("erased", *sorted(erasures))[:16]


def snapshot_of(name: str) -> Snapshot:
    """The snapshot that an item belongs to."""
    _, erased, what, _ = name.split("/")
    events, _, snapshot_id = what.partition("-")
    return Snapshot(int(events), snapshot_id, erased)


def by_snapshot(names: Iterable[str]) -> dict[Snapshot, set[str]]:
    """The items that are there of each."""
    found: dict[Snapshot, set[str]] = {}
    for name in names:
        found.setdefault(snapshot_of(name), set()).add(name)
    return found


def whole_ones(there: Mapping[Snapshot, set[str]]) -> list[Snapshot]:
    """Those whose list is there, and so all of them unless something was lost; the newest first."""
    return sorted((one for one, names in there.items() if one.list_name in names), reverse=True)


def is_wanted(events: int, whole: Sequence[Snapshot]) -> bool:
    """Whether so many events are worth a snapshot beside those that are there."""
    return events >= FEW_EVENTS and not any(one.events >= _COVERED * events for one in whole)


def chance(replicas: int) -> float:
    """How likely one of so many installations makes it at an exchange, so that seldom two do. Two do no harm."""
    return 1.0 if replicas <= 1 else 1 / (20 * replicas)


def superfluous(there: Mapping[Snapshot, set[str]], erased: str) -> list[str]:
    """The items that are of no use beside the newest snapshots, lists first.

    Of those that know what was erased (`erased` is its mark) alone; one that somebody is putting just now holds more
    than those that are whole, and stays.
    """
    ours = {one: names for one, names in there.items() if one.erased == erased}
    kept = whole_ones(ours)[:KEPT]
    return items_of(there, [one for one in ours if kept and one not in kept and one < kept[0]])


def outdated(there: Mapping[Snapshot, set[str]], erased: str) -> list[Snapshot]:
    """Those that were made without knowing of the same erasures."""
    return sorted(one for one in there if one.erased != erased)


def items_of(there: Mapping[Snapshot, set[str]], gone: Iterable[Snapshot]) -> list[str]:
    """The items of these, lists first, so that nobody begins to take what is being removed."""
    return sorted((name for one in gone for name in there[one]), key=lambda name: (not name.endswith(LIST), name))


def encode_list(contents: Contents) -> bytes:
    """The sealed list of a snapshot."""
    value = {
        "version": contents.version,
        "parts": list(contents.parts),
        "size": contents.size,
        "schema": contents.schema,
    }
    return seal(canonical_json(value).encode())


def decode_list(data: bytes, name: str) -> Contents:
    """What a list says; BrokenItem if it is none, NewerItem if a newer program put it."""
    try:
        value: dict[str, Any] = json.loads(unseal(data, name))
        if int(value["version"]) > VERSION:
            raise NewerItem("The snapshot was made by a newer DeskHelp.")
        return Contents(tuple(str(part) for part in value["parts"]), int(value["size"]), int(value["schema"]))
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenItem("{name} in the team's place is damaged.", name=name) from error
