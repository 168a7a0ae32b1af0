"""Snapshots of a team in its place: made by one of those who have all, taken by who comes new (decision 0022)."""

from __future__ import annotations

import json
import logging
import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from deskhelp.db import adopting, snapshots
from deskhelp.db.file import SCHEMA_VERSION
from deskhelp.db.room import has_room
from deskhelp.db.troubles import ReplicaTrouble
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.segments import BrokenItem, Hub, HubTrouble, MissingItem, hash_of
from deskhelp.domain.snapshots import (
    PREFIX,
    VERSION,
    Contents,
    Snapshot,
    by_snapshot,
    chance,
    decode_list,
    is_wanted,
    items_of,
    outdated,
    snapshot_of,
    superfluous,
    whole_ones,
)
from deskhelp.settings import Profile

from . import erasing
from .locks import Busy, exclusive
from .office import Office

PUT_S: Final = 1.5
"""How long an exchange goes on putting parts."""
_EVENT_BYTES: Final = 1700
"""What a change comes to in a snapshot, with its text and its words in the index."""
_COME: Final = 90
"""Per cent of the way when all parts are here: they are still to be taken."""
_TRIES: Final = 3
_DOUBTED: Final = "snapshots_doubted"
_GOT: Final = "got"
_log = logging.getLogger(__name__)
Call = Callable[..., Any]
Tell = Callable[[int], None]
There = dict[Snapshot, set[str]]


# -- taking one ----------------------------------------------------------------------------------


def take(call: Call, hub: Hub, tell: Tell) -> None:
    """Begin with the newest snapshot that can be read here, if this installation is new to its team.

    Whatever is wrong with all of them leaves the ordinary way: every change, one by one. `tell` gets how much has come,
    in per cent. Goes on where it was cut off. Raises HubTrouble if the place cannot be reached any more.
    """
    profile: Profile = call(_profile)
    got = profile.snapshot_dir / _GOT
    if not call(_is_new):
        shutil.rmtree(got, ignore_errors=True)
        return
    there = by_snapshot(hub.names(PREFIX))
    if not there:
        return
    for snapshot in whole_ones(there):
        try:
            _take_one(call, hub, snapshot, profile, tell)
            break
        except BrokenItem as trouble:
            _log.warning("a snapshot is damaged and was removed: %s", trouble)
            _remove(hub, items_of(there, [snapshot]))
        except (MissingItem, ReplicaTrouble) as trouble:
            _log.info("a snapshot was not taken: %s", trouble)
        except OSError as error:
            _log.info("a snapshot was not taken: %s", error)
    shutil.rmtree(got, ignore_errors=True)


def _take_one(call: Call, hub: Hub, snapshot: Snapshot, profile: Profile, tell: Tell) -> None:
    contents = decode_list(hub.get(snapshot.list_name), snapshot.list_name)
    _refuse(contents, profile)
    folder = profile.snapshot_dir / _GOT / snapshot.id
    file = folder / profile.database.name
    tell(0)
    adopting.join_parts(_parts(hub, snapshot, contents, folder, tell), contents, file)
    try:
        adopting.make_ready(file)
    finally:
        call(_bind)
    call(_adopt, file)
    tell(100)
    _log.info("began with a snapshot of %d changes", snapshot.events)


def _refuse(contents: Contents, profile: Profile) -> None:
    """ReplicaTrouble for what cannot be taken here."""
    if contents.version > VERSION or contents.schema > SCHEMA_VERSION:
        raise ReplicaTrouble("The snapshot was made by a newer DeskHelp.")
    if not has_room(profile.database, 4 * contents.size):
        raise ReplicaTrouble("There is not enough room on the disk for a snapshot.")


def _parts(hub: Hub, snapshot: Snapshot, contents: Contents, folder: Path, tell: Tell) -> Iterator[tuple[str, bytes]]:
    """The parts in their order, of which those are not fetched again that had come before."""
    for number, wanted in enumerate(contents.parts, start=1):
        name = snapshot.part_name(number)
        path = folder / f"{number:04d}"
        data = path.read_bytes() if path.exists() else b""
        if hash_of(data) != wanted:
            data = hub.get(name)
            if hash_of(data) != wanted:
                raise BrokenItem("{name} in the team's place is damaged.", name=name)
            snapshots.write(path, data)
        yield name, data
        tell(_COME * number // len(contents.parts))


def forget(profile: Profile) -> None:
    """Let go of what is on its way to a team's place, or from there."""
    shutil.rmtree(profile.snapshot_dir, ignore_errors=True)


def _is_new(office: Office) -> bool:
    return adopting.is_new(office.replica)


def _profile(office: Office) -> Profile:
    return office.profile


def _bind(office: Office) -> None:
    office.replica.bind()


def _adopt(office: Office, file: Path) -> None:
    office.announce(adopting.adopt(office.replica, file))
    erasing.nothing_was_here(office)


# -- keeping them --------------------------------------------------------------------------------


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

    def tend(self, call: Call, hub: Hub, most_bytes: int | None = None) -> bool:
        """See to the snapshots of a team after an exchange that brought all; True if there is more to put soon.

        None is made of more than `most_bytes`. Nothing of it is a trouble for anybody.
        """
        facts: _Facts = call(_facts)
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
        made = {} if self._is_making() else snapshots.made(folder)
        if made:
            return self._put(hub, there, made, facts)
        whole = [one for one in whole_ones(there) if one.erased == facts.erased]
        if not self._is_making() and is_wanted(facts.events, whole) and random.random() < chance(facts.replicas):
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
        _remove(hub, superfluous(there | {snapshot: set(made)}, facts.erased))
        return False

    def _put_some(self, hub: Hub, names: list[str], made: dict[str, Path]) -> bool:
        """Put what is missing, the list after all others; whether that is done."""
        end = time.monotonic() + PUT_S
        for name in names:
            hub.put(name, made[name].read_bytes())
            if (not self._at_once and time.monotonic() > end) or self.is_stopped:
                return name == names[-1]
        return True

    def _take_back(self, hub: Hub, there: There, snapshot: Snapshot, facts: _Facts) -> None:
        """Let go of what was made here and is not wanted any more."""
        snapshots.discard(facts.profile.snapshot_dir)
        _without(hub, there, [snapshot])

    def _give_up(self, hub: Hub, facts: _Facts) -> None:
        """Do not fill up a place that does not take all of it."""
        made = snapshots.made(facts.profile.snapshot_dir)
        snapshots.discard(facts.profile.snapshot_dir)
        try:
            _remove(hub, sorted(set(made) & set(hub.names(PREFIX)), reverse=True))
        except HubTrouble as trouble:
            _log.info("parts of a snapshot stay in the team's place: %s", trouble)


def _facts(office: Office) -> _Facts:
    replica = office.replica
    query = "SELECT COUNT(DISTINCT origin) FROM segment"
    replicas = int(replica.database.execute_sql(query).fetchone()[0])
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
    _remove(hub, items_of(there, known))
    return {one: names for one, names in there.items() if one not in known}


def _remove(hub: Hub, names: list[str]) -> None:
    if names:
        hub.remove(names)
