"""How far the folders of mailboxes were read: told to the team, and taken from who has read them for all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from deskhelp.db import intake_store
from deskhelp.domain.lease import Place

from .office import Office

_ELSEWHERE: Final = "elsewhere"


def places_of(office: Office, boxes: Iterable[str]) -> dict[str, dict[str, Place]]:
    """By mailbox and folder: UIDVALIDITY, and the highest and the lowest UID that were dealt with."""
    return {box: dict(_places(office, box)) for box in boxes}


def _places(office: Office, box: str) -> Iterable[tuple[str, Place]]:
    for cursor in intake_store.cursors(office.replica, box):
        first = intake_store.first_uid(office.replica, box, cursor.folder, cursor.uidvalidity)
        yield cursor.folder, (cursor.uidvalidity, cursor.uid, first)


def go_on_from(office: Office, places: Iterable[tuple[str, str, Place]]) -> None:
    """Read on from where somebody else has come to, who has handed everything before over to us."""
    boxes = {box.id: box for box in office.mailboxes}
    for box, folder, (uidvalidity, uid, first) in places:
        if box not in boxes:
            continue
        held = intake_store.cursor(office.replica, box, folder)
        if held is not None and (held.uidvalidity != uidvalidity or held.uid >= uid):
            continue
        with office.replica.transaction():
            if first:
                outcome = {first: _ELSEWHERE}
                intake_store.remember_uids(office.replica, box, folder, uidvalidity, outcome, only_new=True)
            since = held.since_ms if held is not None else boxes[box].since_ms
            intake_store.set_cursor(office.replica, box, folder, uidvalidity, uid, since, office.now())
