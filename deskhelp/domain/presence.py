"""Who is at which ticket just now: notes that installations keep of themselves in the hub, and that expire.

No clock is asked: a note counts for as long as it goes on changing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .events import canonical_json
from .segments import BrokenItem, seal, unseal

_VERSION: Final = 1
LONGEST_NOTE: Final = 4_096


@dataclass(frozen=True, slots=True)
class Presence:
    """An agent by id, the ticket that is looked at and the one that is being answered, "" for none."""

    agent: str = ""
    looks_at: str = ""
    answers: str = ""

    def __bool__(self) -> bool:
        return bool(self.looks_at or self.answers)


NOWHERE: Final = Presence()


def note_of(presence: Presence, turn: int) -> bytes:
    """What is put into the hub; `turn` makes the same presence another note."""
    value = {
        "version": _VERSION,
        "agent": presence.agent,
        "looks_at": presence.looks_at,
        "answers": presence.answers,
        "turn": turn,
    }
    return seal(canonical_json(value).encode())


def presence_of(note: bytes) -> Presence:
    """What a note says; nowhere for one that is damaged, foreign or newer."""
    try:
        value = json.loads(unseal(note)) if len(note) <= LONGEST_NOTE else None
    except (BrokenItem, ValueError, RecursionError):
        return NOWHERE
    if not isinstance(value, dict) or value.get("version") != _VERSION:
        return NOWHERE
    fields = [value.get(name) for name in ("agent", "looks_at", "answers")]
    return Presence(*(field if isinstance(field, str) else "" for field in fields))


class Hearing:
    """What the others' notes say, as they are read again and again; `lives_s` is how long one counts unchanged."""

    def __init__(self, lives_s: float) -> None:
        self._lives_s = lives_s
        self._notes: dict[str, bytes] = {}
        self._changed_s: dict[str, float] = {}
        self._is_first = True

    def hear(self, notes: Mapping[str, bytes], now_s: float) -> tuple[Presence, ...]:
        """Who is where, of notes by replica. At first nobody is believed: an old note may lie there for ever."""
        for replica, note in notes.items():
            if self._notes.get(replica) != note:
                self._notes[replica] = note
                if not self._is_first:
                    self._changed_s[replica] = now_s
        self._is_first = False
        alive = [replica for replica in sorted(notes) if now_s - self._changed_s.get(replica, -1e9) <= self._lives_s]
        return tuple(found for replica in alive if (found := presence_of(notes[replica])))
