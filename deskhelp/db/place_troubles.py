"""What the file system under a team's folder or database file says, as sentences."""

from __future__ import annotations

import errno
from typing import Final

from deskhelp.domain.segments import HubTrouble

WAITS: Final = "Nothing is lost; DeskHelp tries again."
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_SHUT: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


class PlaceFull(HubTrouble):
    """There is no room left where the team meets."""


class PlaceShut(HubTrouble):
    """The place can be read at most."""


def folder_trouble(error: OSError, where: str) -> HubTrouble:
    """Why the folder could not be used."""
    why = error.strerror or str(error)
    if error.errno in _FULL:
        return _full(where, why)
    if error.errno in _SHUT:
        return _shut(where, why)
    return HubTrouble("The team's folder cannot be used: {reason}.", advice=WAITS, detail=where, reason=why)


def database_trouble(error: Exception, where: str) -> HubTrouble:
    """Why the database file could not be used, by what SQLite says."""
    said = str(error).lower()
    if "is full" in said:
        return _full(where, str(error))
    if "readonly" in said or "read-only" in said:
        return _shut(where, str(error))
    return HubTrouble("The team's database cannot be used: {reason}.", advice=WAITS, detail=where, reason=error)


def _full(where: str, why: str) -> PlaceFull:
    return PlaceFull(
        "The disk on which the team meets is full.",
        advice="Make room there. Nothing is lost: your changes are handed over then.",
        detail=f"{where}: {why}",
    )


def _shut(where: str, why: str) -> PlaceShut:
    return PlaceShut(
        "The team's place cannot be written from this computer.",
        advice="Ask whoever runs it for the right to write there. Nothing is lost: changes are handed over then.",
        detail=f"{where}: {why}",
    )
