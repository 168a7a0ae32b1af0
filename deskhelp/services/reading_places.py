"""How far the folders of mailboxes were read: told to the team, and taken from who has read them for all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from deskhelp.db import intake_store
from deskhelp.domain.lease import NEAR, Place

from .office import Office

_ELSEWHERE: Final = "elsewhere"


def places_of(office: Office, boxes: Iterable[str]) -> dict[str, dict[str, Place]]:
    """By mailbox and folder, how far it was read."""
    return {box: dict(_places(office, box)) for box in boxes}


def _places(office: Office, box: str) -> Iterable[tuple[str, Place]]:
    for cursor in intake_store.cursors(office.replica, box):
        folder = (office.replica, box, cursor.folder, cursor.uidvalidity)
        near = intake_store.known_uids(*folder, range(max(1, cursor.uid - NEAR + 1), cursor.uid + 1))
        yield cursor.folder, Place.of(cursor.uidvalidity, cursor.uid, intake_store.first_uid(*folder), near)


def go_on_from(office: Office, places: Iterable[tuple[str, str, Place]]) -> None:
    """Read on from where somebody else has come to, who has handed everything before over to us."""
    boxes = {box.id: box for box in office.mailboxes}
    for box, folder, place in places:
        if box not in boxes:
            continue
        held = intake_store.cursor(office.replica, box, folder)
        if held is not None and (held.uidvalidity != place.uidvalidity or held.uid >= place.uid):
            continue
        with office.replica.transaction():
            outcomes = dict.fromkeys(place.dealt_with(), _ELSEWHERE)
            intake_store.remember_uids(office.replica, box, folder, place.uidvalidity, outcomes, only_new=True)
            since = held.since_ms if held is not None else boxes[box].since_ms
            intake_store.set_cursor(office.replica, box, folder, place.uidvalidity, place.uid, since, office.now())
