"""The team in the background: a thread that exchanges soon after a change here, and again and again for the others'."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from deskhelp.db import segments
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.exchange import Exchanged, Pace
from deskhelp.domain.presence import Presence
from deskhelp.domain.segments import Hub, HubBusy, HubTrouble

from . import computers
from .office import Office
from .reading_places import go_on_from, places_of
from .team import TeamStatus, team_of
from .team import status as team_status
from .team_about import Team
from .team_exchange import exchange_with_team
from .team_line import Line
from .team_places import pause_s, stretch_s, try_again
from .team_sense import Reading, Sense
from .team_snapshots import Snapshots
from .team_waker import TeamWaker

BUNDLE_S: Final = 0.5
FIRST_BACKOFF_S: Final = 4.0
LONGEST_BACKOFF_S: Final = 60.0
BUSY_BACKOFF_S: Final = 2.0
BUSY_FOR_S: Final = 180.0
FETCH_ALONE_S: Final = 30.0
PATIENCE_S: Final = 20.0
_log = logging.getLogger(__name__)
Call = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class TeamHealth:
    """How the exchange stands; `exchanged_at_ms` is the last that went well, 0 for none, at `place`, an address.

    `trouble` is what stands in the way, or what the last exchange had to say (damaged items, a lost place). `present`
    are the others that are at a ticket just now. `pushed` and `pulled` are the parcels of changes of that exchange.
    `getting` is how much of the team's data has come to a new installation, in per cent, None where nothing is on its
    way.
    """

    is_reached: bool
    exchanged_at_ms: int = 0
    trouble: DeskTrouble | None = None
    present: tuple[Presence, ...] = ()
    place: str = ""
    pushed: int = 0
    pulled: int = 0
    getting: int | None = None


class Stretch:
    """Whether an exchange has gone on for long enough each way: `least_s` seconds, and as long as it took to find what
    there is, which would else be most of what is done.
    """

    def __init__(self, least_s: float) -> None:
        self._length_s = least_s
        self._begun_s = time.monotonic()
        self._ends_s: dict[str, float] = {}

    def found(self) -> None:
        self._length_s = max(self._length_s, time.monotonic() - self._begun_s)

    def gave_enough(self) -> bool:
        return self._is_over("giving")

    def took_enough(self) -> bool:
        return self._is_over("taking")

    def _is_over(self, way: str) -> bool:
        """Each way begins when this is asked first."""
        now_s = time.monotonic()
        return now_s > self._ends_s.setdefault(way, now_s + self._length_s)


class TeamLink:
    """Exchanges until stopped. `told` is called in its thread after each exchange, with None where there is no team.

    `call` and `ask` as of `team_exchange`. `wanted` tells which mailboxes could be fetched here, and whether nothing
    new lies in them.
    """

    def __init__(
        self,
        call: Call,
        told: Callable[[TeamHealth | None], None],
        wanted: Callable[[], Mapping[str, bool]] = dict,
        ask: Call | None = None,
    ) -> None:
        self._office_call, self._office_ask, self._told = call, ask or call, told
        self._stopped = threading.Event()
        self._kick = threading.Event()
        self._is_exchanging = False
        self._is_alone = False
        self._health: TeamHealth | None = None
        self._getting: int | None = None
        self._moved_at = 0.0
        self._heard_at = self._failed_at = self._begun_before = -1.0
        self._busy_since = 0.0
        self._url = self._replica = ""
        self._taken = 0
        self._delay_s = FIRST_BACKOFF_S
        self._wanted = wanted
        self._sense = Sense()
        self._reading = Reading()
        self._told_places = self._reading.places
        self._line = Line()
        self._unreached_since = 0.0
        self._waker = TeamWaker(self._kick.set)
        self._snapshots = Snapshots(at_once=False)
        self._thread = threading.Thread(target=self._run, name="team", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def nudge(self) -> None:
        """Something changed here: tell the others soon. What an exchange itself takes in is no reason for another."""
        if not self._is_exchanging:
            self._kick.set()

    def exchange_now(self) -> None:
        """Look at once, whatever stood in the way before."""
        try_again()
        self._delay_s = FIRST_BACKOFF_S
        self._kick.set()

    def hurry(self) -> None:
        """Look at once, for somebody who waits for it."""
        self._kick.set()

    def be_at(self, presence: Presence) -> None:
        """Where the agent of this installation is from now on; the others are told soon."""
        if self._sense.be_at(presence):
            self.nudge()

    def fetches(self, box: str) -> bool:
        """Whether a mailbox is to be fetched here: there is no team, we are the one, or it is long out of reach."""
        if self._is_alone or box in self._sense.held:
            return True
        return self._unreached_since > 0 and time.monotonic() - self._unreached_since > FETCH_ALONE_S

    def is_current(self, box: str) -> bool:
        """Whether the one who fetches a mailbox says that nothing new lies in it."""
        return self._sense.is_current(box)

    def is_settled(self, since_s: float) -> bool:
        """Whether what was to leave at `since_s`, by the monotonic clock, may: what is here had been handed over before
        all was heard. Also where there is no team, and where it cannot be reached or hangs.

        Of two that answer at the same time so at least one hears the other in time.
        """
        hangs = self._is_exchanging and time.monotonic() - self._moved_at > PATIENCE_S
        return self._is_alone or hangs or max(self._heard_at, self._failed_at) >= since_s

    def stop(self, patience_s: float) -> None:
        """End, with a last exchange if one is due: the others shall not wait until tomorrow for what was done today."""
        self._stopped.set()
        self._kick.set()
        self._waker.stop()
        self._snapshots.stop(patience_s)
        if self._thread.is_alive():
            self._thread.join(patience_s)

    # -- the thread --------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._kick.clear()
            self._wait(self._step())
        has_left = self._sense.leave()
        if (self._health is None or self._health.is_reached) and (has_left or self._is_untold()):
            self._step()
        self._line.close()

    def _meet(self, hub: Hub, done: Exchanged) -> None:
        """Say where we are, hear where the others are; that this fails is no trouble for anybody."""
        try:
            status: TeamStatus = self._ask(team_status)
            self._replica = status.replica
            is_only = len(status.replicas) == 1
            # Who begins to fetch must not be behind: what lies in the place would come over the line once more.
            reading = self._reading.only(self._sense.held) if done.waiting else self._reading
            if done.untold:  # what lies before the new places was not handed over
                reading = replace(reading, places=self._told_places)
            self._told_places = reading.places
            self._sense.meet(hub, status.replica, status.url, reading, is_only=is_only)
            if self._ask(computers.unheard, self._sense.alive):
                self._call(computers.note_heard, self._sense.alive)
        except HubTrouble as trouble:
            _log.info("who is where was not exchanged: %s", trouble)

    def _step(self) -> float:
        """Exchange once if there is a team; how long to rest then, in seconds."""
        try:
            begun = self._moved_at = time.monotonic()
            self._is_exchanging = True
            self._reading = self._reading_now()
            heard = self._sense.places()
            done = exchange_with_team(
                self._call,
                self._meet,
                self._beat,
                ask=self._ask,
                line=self._line,
                snapshots=self._snapshots,
                tell=self._tell_getting,
                pace=self._pace(),
                before=self._taken,
            )
            if heard and (done is None or not done.waiting):
                self._call(go_on_from, heard)
            team, now_ms, has_news = self._ask(_afterwards)
            self._is_alone = done is None or team is None
            self._waker.listen_at(team.url if team is not None and not self._stopped.is_set() else "")
            if done is None or team is None:
                self._tell(None)
                return LONGEST_BACKOFF_S
            self._url = team.url
            # What was here when an exchange began, that one has handed over at the latest, if it came to its end.
            if not done.is_cut_short:
                self._heard_at = self._begun_before if done.pushed else begun
            self._taken = self._taken + done.pulled if done.waiting else 0
            if not done.untold:
                self._begun_before = begun
            self._went_well(done, now_ms)
            if done.is_cut_short:
                return 0.0
            return BUNDLE_S if done.has_more or has_news else pause_s(team.url)
        except HubBusy as trouble:
            self._was_busy(trouble)
        except DeskTrouble as trouble:
            self._went_wrong(trouble)
        except Exception:
            if not self._stopped.is_set():  # else the office was closed over it
                _log.exception("the thread of the team failed")
        finally:
            self._is_exchanging = False
        rest_s, self._delay_s = self._delay_s, min(LONGEST_BACKOFF_S, self._delay_s * 2)
        return rest_s * random.uniform(0.8, 1.3)

    def _pace(self) -> Pace:
        """At the end all is handed over, and nothing more taken."""
        stretch, is_over = Stretch(stretch_s(self._url)), self._stopped.is_set
        return Pace(stretch.found, lambda: not is_over() and stretch.gave_enough(), stretch.took_enough, is_over)

    def _beat(self, hub: Hub) -> None:
        """Say that we go on fetching, while an exchange takes long."""
        try:
            self._sense.beat(hub, self._replica)
        except HubTrouble as trouble:
            _log.info("that mail is fetched here was not told: %s", trouble)

    def _reading_now(self) -> Reading:
        if self._stopped.is_set():
            return Reading()
        mailboxes = dict(self._wanted())  # first: what is current now is up to the places
        return Reading(mailboxes, self._ask(places_of, self._sense.held))

    def _call(self, fn: Callable[..., Any], *args: Any) -> Any:
        self._moved_at = time.monotonic()
        return self._office_call(fn, *args)

    def _ask(self, fn: Callable[..., Any], *args: Any) -> Any:
        self._moved_at = time.monotonic()
        return self._office_ask(fn, *args)

    def _wait(self, seconds: float) -> None:
        if seconds and self._kick.wait(seconds) and not self._stopped.is_set():
            self._stopped.wait(BUNDLE_S)  # an agent's click is several changes, and the next click is near

    def _is_untold(self) -> bool:
        try:
            return bool(self._ask(_is_untold))
        except DeskTrouble:
            return False

    # -- telling -----------------------------------------------------------------------------

    def _went_well(self, done: Exchanged, now_ms: int) -> None:
        self._delay_s = FIRST_BACKOFF_S
        self._unreached_since = self._busy_since = 0.0
        trouble = done.troubles[0] if done.troubles else None
        pushed = done.pushed + done.refilled
        getting = self._getting if done.waiting else None
        self._tell(TeamHealth(True, now_ms, trouble, self._sense.present, self._url, pushed, done.pulled, getting))

    def _was_busy(self, trouble: HubBusy) -> None:
        """Too many at once is no trouble for anybody, unless it stays so: come back soon."""
        now = time.monotonic()
        self._busy_since = self._busy_since or now
        if now - self._busy_since > BUSY_FOR_S:
            self._went_wrong(trouble)
            return
        _log.info("the team's place is busy: %s", trouble)
        self._delay_s = BUSY_BACKOFF_S

    def _went_wrong(self, trouble: DeskTrouble) -> None:
        self._failed_at = time.monotonic()
        self._unreached_since = self._unreached_since or self._failed_at - (0 if self._health else FETCH_ALONE_S)
        before = self._health.exchanged_at_ms if self._health is not None else self._ask(_exchanged_at_ms)
        self._tell(TeamHealth(False, before, trouble, place=self._url))

    def _tell_getting(self, percent: int) -> None:
        self._moved_at = time.monotonic()
        if percent != self._getting:
            self._getting = percent
            self._told(replace(self._health or TeamHealth(True), getting=percent))

    def _tell(self, health: TeamHealth | None) -> None:
        self._health, self._getting = health, None if health is None else health.getting
        self._told(health)


def _afterwards(office: Office) -> tuple[Team | None, int, bool]:
    """The team that is left or joined now, the time, and whether something was done here that nobody has yet."""
    return team_of(office), office.now(), segments.has_uncut(office.replica)


def _is_untold(office: Office) -> bool:
    return segments.has_uncut(office.replica) or segments.count(office.replica).unpushed > 0


def _exchanged_at_ms(office: Office) -> int:
    return int(office.replica.meta("team_exchanged_at_ms") or 0)
