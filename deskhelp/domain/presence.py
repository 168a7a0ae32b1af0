"""Who is at which ticket just now and who fetches: notes of installations in the hub, which expire.

No clock is asked: a note counts for as long as it goes on changing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from .events import canonical_json
from .lease import Claims, Other, claims_from
from .segments import BrokenItem, seal, unseal

_VERSION: Final = 1
LONGEST_NOTE: Final = 4_096
NO_CLAIMS: Final[Claims] = {}


@dataclass(frozen=True, slots=True)
class Presence:
    """An agent by id, the ticket that is looked at and the one that is being answered, "" for none."""

    agent: str = ""
    looks_at: str = ""
    answers: str = ""

    def __bool__(self) -> bool:
        return bool(self.looks_at or self.answers)


NOWHERE: Final = Presence()


def note_of(presence: Presence, turn: int, claims: Claims = NO_CLAIMS) -> bytes:
    """What is put into the hub; `turn` makes the same presence another note."""
    value = {
        "version": _VERSION,
        "agent": presence.agent,
        "looks_at": presence.looks_at,
        "answers": presence.answers,
        "turn": turn,
        "fetch": {box: fetching.as_value() for box, fetching in claims.items()},
    }
    return seal(canonical_json(value).encode())


def presence_of(note: bytes) -> Presence:
    """What a note says; nowhere for one that is damaged, foreign or newer."""
    value = _value_of(note)
    fields = [value.get(name) for name in ("agent", "looks_at", "answers")]
    return Presence(*(field if isinstance(field, str) else "" for field in fields))


def claims_of(note: bytes) -> Claims:
    """What a note says of the mailboxes that are fetched there."""
    return claims_from(_value_of(note).get("fetch"))


def _value_of(note: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(unseal(note)) if len(note) <= LONGEST_NOTE else None
    except (BrokenItem, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) and value.get("version") == _VERSION else {}


class Hearing:
    """What the others' notes say, as they are read again and again; `lives_s` is how long one counts unchanged.

    Whoever fetches mail says so more often: such a note counts for `fetcher_lives_s`, so that mail waits no longer.
    """

    def __init__(self, lives_s: float, fetcher_lives_s: float | None = None) -> None:
        self._lives_s = lives_s
        self._fetcher_lives_s = lives_s if fetcher_lives_s is None else fetcher_lives_s
        self._notes: dict[str, bytes] = {}
        self._changed_s: dict[str, float] = {}
        self._begun_s = 0.0
        self._is_first = True

    def hear(self, notes: Mapping[str, bytes], now_s: float) -> tuple[Presence, ...]:
        """Who is where, of notes by replica. At first nobody is believed: an old note may lie there for ever."""
        if self._is_first:
            self._begun_s = now_s
        for replica, note in notes.items():
            if self._notes.get(replica) != note:
                self._notes[replica] = note
                if not self._is_first:
                    self._changed_s[replica] = now_s
        self._is_first = False
        alive = [replica for replica in sorted(notes) if self._is_alive(replica, now_s, self._lives_s)]
        return tuple(found for replica in alive if (found := presence_of(notes[replica])))

    def _is_alive(self, replica: str, now_s: float, lives_s: float) -> bool | None:
        """None for one whose note has stood there since before, as long as it may change yet."""
        if replica in self._changed_s:
            return now_s - self._changed_s[replica] <= lives_s
        return None if now_s - self._begun_s <= lives_s else False

    def others(self, notes: Mapping[str, bytes], now_s: float) -> dict[str, Other]:
        """What those claim who are there, or may be; after `hear`."""
        found = {}
        for replica, note in notes.items():
            claims = claims_of(note)
            is_fetcher = any(fetching.holds for fetching in claims.values())
            state = self._is_alive(replica, now_s, self._fetcher_lives_s if is_fetcher else self._lives_s)
            if state is not False:
                found[replica] = Other(claims, state)
        return found
