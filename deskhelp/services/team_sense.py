"""Who is where and who fetches what, told and heard whenever the team is met."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Final

from deskhelp.domain.lease import Claims, Fetching, Other, Place, held_by
from deskhelp.domain.presence import NOWHERE, Hearing, Presence, note_of
from deskhelp.domain.segments import Hub

from .team_places import beat_s, missed_after_s, note_s, pause_s

NOTES_COUNT_FOR: Final = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """Which mailboxes could be fetched here and whether nothing new lies there, and how far their folders were read."""

    mailboxes: Mapping[str, bool] = field(default_factory=dict)
    places: Mapping[str, Mapping[str, Place]] = field(default_factory=dict)

    def only(self, boxes: Collection[str]) -> Reading:
        """The same of these mailboxes alone."""
        return replace(self, mailboxes={box: said for box, said in self.mailboxes.items() if box in boxes})


class Sense:
    """What this installation says of itself and hears of the others. Read by several threads, moved on by one."""

    def __init__(self) -> None:
        self.present: tuple[Presence, ...] = ()
        self.held: frozenset[str] = frozenset()
        self._mine = NOWHERE
        self._said: tuple[Presence, Claims] | None = None
        self._turn = secrets.randbits(32)
        self._said_at_s = self._first_said_s = 0.0
        self._url = ""
        self._hearing = Hearing(0)
        self._others: Mapping[str, Other] = {}

    def be_at(self, presence: Presence) -> bool:
        """True if that is somewhere else."""
        is_other, self._mine = presence != self._mine, presence
        return is_other

    def leave(self) -> bool:
        """Be nowhere and fetch nothing from now on; True if that has to be told."""
        has_held, self.held = bool(self.held), frozenset()
        return self.be_at(NOWHERE) or has_held

    def meet(self, hub: Hub, replica: str, url: str, reading: Reading, *, is_only: bool) -> None:
        """Tell and hear. `reading` is as it was before what is here was handed over, `is_only` says that nobody else
        has ever been in this team.
        """
        now_s = monotonic()
        if url != self._url:
            self._url, self._hearing = url, Hearing(NOTES_COUNT_FOR * note_s(url), missed_after_s(url))
            self._said, self.held = None, frozenset()
        self._say(hub, replica, reading, now_s)
        notes = {name: note for name, note in hub.heard().items() if name != replica}
        self.present = self._hearing.hear(notes, now_s)
        self._others = self._hearing.others(notes, now_s)
        if now_s - self._first_said_s >= pause_s(url) or (is_only and not notes):
            self.held = held_by(replica, reading.mailboxes, self.held, self._others)
            self._say(hub, replica, reading, now_s)

    def _say(self, hub: Hub, replica: str, reading: Reading, now_s: float) -> None:
        """Put our note where it says something new, or has stood for long."""
        claims = {
            box: Fetching(box in self.held, is_current, reading.places.get(box, {}) if box in self.held else {})
            for box, is_current in reading.mailboxes.items()
        }
        mine = self._mine
        says_something = bool(mine) or bool(claims)
        is_new = (mine, claims) != (self._said or (NOWHERE, {}))
        again_s = beat_s(self._url) if self.held else note_s(self._url)
        if is_new or (says_something and now_s - self._said_at_s >= again_s):
            self._put(hub, replica, mine, claims, now_s)

    def beat(self, hub: Hub, replica: str) -> None:
        """While an exchange takes long: say once more what was said last, if somebody else would fetch without that."""
        now_s = monotonic()
        if self._said is not None and self.held and now_s - self._said_at_s >= beat_s(self._url):
            self._put(hub, replica, *self._said, now_s)

    def _put(self, hub: Hub, replica: str, mine: Presence, claims: Claims, now_s: float) -> None:
        self._turn += 1
        hub.say(replica, note_of(mine, self._turn, claims))
        if self._said is None:
            self._first_said_s = now_s
        self._said, self._said_at_s = (mine, claims), now_s

    # -- the others ----------------------------------------------------------------------------

    @property
    def alive(self) -> list[str]:
        """The replicas whose notes go on changing."""
        return [replica for replica, other in self._others.items() if other.is_alive]

    def is_current(self, box: str) -> bool:
        """Whether somebody who is there fetches a mailbox and has told that nothing new lies in it."""
        return any(other.is_alive and self._is_current(other.claims.get(box)) for other in self._others.values())

    @staticmethod
    def _is_current(fetching: Fetching | None) -> bool:
        return fetching is not None and fetching.holds and fetching.is_current

    def places(self) -> list[tuple[str, str, Place]]:
        """How far others have read, by mailbox and folder: what is up to there has been handed over."""
        return [
            (box, folder, place)
            for other in self._others.values()
            for box, fetching in other.claims.items()
            for folder, place in fetching.places.items()
        ]
