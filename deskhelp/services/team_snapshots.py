"""Keeping snapshots of a team in its place: one of those who have all makes them (decision 0022)."""

from __future__ import annotations

import json
import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from deskhelp.db import segments, snapshots
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.segments import Hub, HubTrouble
from deskhelp.domain.snapshots import (
    PREFIX,
    Snapshot,
    by_snapshot,
    chance,
    is_wanted,
    items_of,
    outdated,
    snapshot_of,
    superfluous,
    whole_ones,
)
from deskhelp.settings import Profile

from .locks import Busy, exclusive
from .office import Office

PUT_S: Final = 1.5
"""How long an exchange goes on putting parts."""
_EVENT_BYTES: Final = 1700
"""What a change comes to in a snapshot, with its text and its words in the index."""
_TRIES: Final = 3
_DOUBTED: Final = "snapshots_doubted"
_log = logging.getLogger(__name__)
Call = Callable[..., Any]
There = dict[Snapshot, set[str]]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What this installation knows: how much there is, the mark of what was erased, how many are in the team."""

    profile: Profile
    events: int
    erased: str
    replicas: int


class Snapshots:
    """Makes snapshots and puts them, after exchanges: `at_once`, or beside other work and bit by bit."""

    def __init__(self, *, at_once: bool) -> None:
        self._at_once = at_once
        self._stopped = threading.Event()
        self._maker: threading.Thread | None = None
        self._failures = 0

    @property
    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def stop(self, patience_s: float) -> None:
        """Leave what is being made."""
        self._stopped.set()
        if self._maker is not None:
            self._maker.join(patience_s)

    def tend(self, call: Call, hub: Hub, most_bytes: int | None = None, *, ask: Call | None = None) -> bool:
        """See to the snapshots of a team after an exchange that brought all; True if there is more to put soon.

        None is made of more than `most_bytes`. Nothing of it is a trouble for anybody. `call` and `ask` as of
        `team_exchange`.
        """
        facts: _Facts = (ask or call)(_facts)
        if not is_wanted(facts.events, ()) or self._failures >= _TRIES or self.is_stopped:
            return False
        if most_bytes is not None and facts.events * _EVENT_BYTES > most_bytes:
            return False
        try:
            return self._tend(call, hub, facts)
        except (DeskTrouble, OSError) as trouble:
            _log.info("the snapshot of the team waits: %s", trouble)
            self._failures += 1
            if self._failures >= _TRIES:
                self._give_up(hub, facts)
            return False

    def _tend(self, call: Call, hub: Hub, facts: _Facts) -> bool:
        there = by_snapshot(hub.names(PREFIX))
        there = _without(hub, there, call(_doubt, outdated(there, facts.erased)))
        folder = facts.profile.snapshot_dir
        if self._is_making():
            return False
        if made := snapshots.made(folder):
            return self._put(hub, there, made, facts)
        snapshots.discard(folder)  # what was cut off
        whole = [one for one in whole_ones(there) if one.erased == facts.erased]
        if is_wanted(facts.events, whole) and random.random() < chance(facts.replicas):
            self._make(facts.profile)
            if self._at_once and (made := snapshots.made(folder)):
                return self._put(hub, there, made, facts)
        return False

    # -- making ------------------------------------------------------------------------------

    def _is_making(self) -> bool:
        return self._maker is not None and self._maker.is_alive()

    def _make(self, profile: Profile) -> None:
        if self._at_once:
            self._made(profile)
        else:
            self._maker = threading.Thread(target=self._made, args=(profile,), name="snapshot", daemon=True)
            self._maker.start()

    def _made(self, profile: Profile) -> None:
        try:
            with exclusive(profile.snapshot_lock):
                snapshots.make(profile.database, profile.snapshot_dir, self._stopped.is_set)
        except (snapshots.Unsettled, Busy):
            pass  # another time
        except (DeskTrouble, OSError) as trouble:
            _log.info("no snapshot of the team was made: %s", trouble)
            self._failures += 1

    # -- putting -----------------------------------------------------------------------------

    def _put(self, hub: Hub, there: There, made: dict[str, Path], facts: _Facts) -> bool:
        snapshot = snapshot_of(next(iter(made)))
        others = [one for one in whole_ones(there) if one.erased == facts.erased and one != snapshot]
        if snapshot.erased != facts.erased or not is_wanted(snapshot.events, others):
            self._take_back(hub, there, snapshot, facts)
            return False
        if not self._put_some(hub, sorted(made.keys() - there.get(snapshot, set())), made):
            return True
        snapshots.discard(facts.profile.snapshot_dir)
        _log.info("put a snapshot of %d changes", snapshot.events)
        remove(hub, superfluous(there | {snapshot: set(made)}, facts.erased))
        return False

    def _put_some(self, hub: Hub, names: list[str], made: dict[str, Path]) -> bool:
        """Put what is missing, the list after all others; whether that is done."""
        end = time.monotonic() + PUT_S
        for name in names:
            hub.put(name, made[name].read_bytes())
            if (not self._at_once and time.monotonic() > end) or self.is_stopped:
                break
        self._failures = 0
        return not names or name == names[-1]

    def _take_back(self, hub: Hub, there: There, snapshot: Snapshot, facts: _Facts) -> None:
        """Let go of what was made here and is not wanted any more."""
        snapshots.discard(facts.profile.snapshot_dir)
        _without(hub, there, [snapshot])

    def _give_up(self, hub: Hub, facts: _Facts) -> None:
        """Do not fill up a place that does not take all of it."""
        made = snapshots.made(facts.profile.snapshot_dir)
        snapshots.discard(facts.profile.snapshot_dir)
        try:
            remove(hub, sorted(set(made) & set(hub.names(PREFIX)), reverse=True))
        except HubTrouble as trouble:
            _log.info("parts of a snapshot stay in the team's place: %s", trouble)


def _facts(office: Office) -> _Facts:
    replica = office.replica
    replicas = len(segments.origins(replica))
    return _Facts(office.profile, snapshots.size_of(replica), snapshots.erased_mark_of(replica), replicas)


def _doubt(office: Office, found: list[Snapshot]) -> list[Snapshot]:
    """Those that stood here at the last exchange already, as made without knowing of an erasure.

    Whoever made one had put what he knew of before. So, had he known of more than we do, we knew it by now.
    """
    before = set(json.loads(office.replica.meta(_DOUBTED, "[]")))
    doubted = sorted(one.id for one in found)
    if doubted or before:
        office.replica.set_meta(_DOUBTED, json.dumps(doubted))
    return [one for one in found if one.id in before]


def _without(hub: Hub, there: There, gone: list[Snapshot]) -> There:
    """Remove these; what is there then."""
    known = [one for one in gone if one in there]
    remove(hub, items_of(there, known))
    return {one: names for one, names in there.items() if one not in known}


def remove(hub: Hub, names: list[str]) -> None:
    """Take these items away."""
    if names:
        hub.remove(names)
