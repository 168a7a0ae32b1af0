"""The computers of a team by name: what each calls itself, and when it was last heard of here (decision 0026)."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from deskhelp.db import segments
from deskhelp.db.entities import all_entities
from deskhelp.domain.entities import Computer, EntityKind
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.views import Change

from . import catalog
from .office import Office

LONGEST_NAME: Final = 60
_CHOSEN: Final = "computer_name"
_CHOSEN_AT: Final = "computer_host"
_HEARD: Final = "team_heard"
_OFTEN_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class ComputerState:
    """An installation of the team; `name` is its id where it has told none, `heard_at_ms` by our clock, 0 for never."""

    replica: str
    name: str
    is_self: bool
    heard_at_ms: int


def listed(office: Office) -> tuple[ComputerState, ...]:
    """All installations whose changes are here, this one first, then by name."""
    own = office.replica.replica_id
    replicas = segments.origins(office.replica) | {own}
    names = {computer.id: computer.name for computer in _named(office)} | {own: own_name(office)}
    heard = _heard(office)
    found = [ComputerState(one, names.get(one) or one, one == own, heard.get(one, 0)) for one in replicas]
    return tuple(sorted(found, key=lambda one: (not one.is_self, one.name.casefold(), one.replica)))


def _named(office: Office) -> list[Computer]:
    found = all_entities(office.replica, EntityKind.COMPUTER)
    return [computer for computer in found if isinstance(computer, Computer)]


# -- our own name --------------------------------------------------------------------------------


def own_name(office: Office) -> str:
    """What this computer calls itself: what was chosen on it, else the name it has in the network.

    A name that was chosen elsewhere came with a copy of the profile and is that of the other computer.
    """
    host, meta = _host(), office.replica.meta
    return (meta(_CHOSEN) if meta(_CHOSEN_AT) == host else "") or host


def _host() -> str:
    return platform.node().partition(".")[0][:LONGEST_NAME] or "?"


def rename(office: Office, name: str) -> Change:
    """Call this computer something else from now on; the team is told with the next exchange."""
    wanted = " ".join(name.split())
    if not 0 < len(wanted) <= LONGEST_NAME:
        raise DeskTrouble("A computer's name has 1 to {count} characters.", count=LONGEST_NAME)
    with office.replica.transaction():
        office.replica.set_meta(_CHOSEN, wanted)
        office.replica.set_meta(_CHOSEN_AT, _host())
        return _tell(office) if office.replica.meta("team_url") else Change()


def is_introduced(office: Office) -> bool:
    """Whether our name was told under our id."""
    own = office.replica.replica_id
    return any(computer.id == own for computer in _named(office))


def introduce(office: Office) -> Change:
    """Tell the team our name if we have told none under our id, as after joining and after a copy got one of its own.

    A name that was told stays: a copy must not rename the other computer before it knows that it is one.
    """
    return Change() if is_introduced(office) else _tell(office)


def _tell(office: Office) -> Change:
    return catalog.save(office, Computer(office.replica.replica_id, own_name(office)))


# -- when the others were heard ------------------------------------------------------------------


def note_heard(office: Office, replicas: Iterable[str]) -> None:
    """These have told something just now; it is written down once a minute at most."""
    if fresh := unheard(office, replicas):
        office.replica.set_meta(_HEARD, json.dumps(_heard(office) | dict.fromkeys(fresh, office.now())))


def unheard(office: Office, replicas: Iterable[str]) -> list[str]:
    """Those of whom it was not written down within the last minute that they were heard."""
    now, heard = office.now(), _heard(office)
    return [one for one in replicas if not 0 <= now - heard.get(one, 0) < _OFTEN_MS]


def _heard(office: Office) -> dict[str, int]:
    found: dict[str, int] = json.loads(office.replica.meta(_HEARD, "{}"))
    return found
