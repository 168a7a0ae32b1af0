"""Beginning with a snapshot, where this installation is new to its team (decision 0022)."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from deskhelp.db import adopting, snapshots
from deskhelp.db.file import SCHEMA_VERSION
from deskhelp.db.room import has_room
from deskhelp.db.troubles import ReplicaTrouble
from deskhelp.domain.segments import BrokenItem, Hub, MissingItem, NewerItem, hash_of
from deskhelp.domain.snapshots import PREFIX, Contents, Snapshot, by_snapshot, decode_list, items_of, whole_ones
from deskhelp.settings import Profile

from . import erasing
from .office import Office
from .team_snapshots import remove

_COME: Final = 90
"""Per cent of the way when all parts are here: they are still to be taken."""
_GOT: Final = "got"
_log = logging.getLogger(__name__)
Call = Callable[..., Any]
Tell = Callable[[int], None]


def is_wanted(office: Office) -> bool:
    """Whether this installation is new to its team, or has something of a snapshot that it does not need any more."""
    return _is_new(office) or (office.profile.snapshot_dir / _GOT).exists()


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
            remove(hub, items_of(there, [snapshot]))
        except (MissingItem, NewerItem, ReplicaTrouble) as trouble:
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
    if contents.schema > SCHEMA_VERSION:
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
