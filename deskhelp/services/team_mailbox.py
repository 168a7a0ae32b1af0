"""A team's place in a mailbox that is connected here: finding the mailbox, opening the hub in it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import NotFound, Refused
from deskhelp.mail.hub_imap import ImapHub
from deskhelp.mail.hub_items import Index
from deskhelp.mail.imap_store import StoringSession
from deskhelp.mail.tls import client_context
from deskhelp.mail.urls import parse_endpoint

from . import accounts
from .office import Office

_indexes: Final[dict[str, Index]] = {}
_lock = threading.Lock()


class _KnowingHub(ImapHub):
    """Leaves what it knows of the folder to the next one, which would list all of it else."""

    def __init__(self, box: Mailbox, password: str) -> None:
        endpoint = parse_endpoint(box.imap)
        context = client_context(Path(box.ca_file) if box.ca_file else None)
        self._key = box.imap
        with _lock:
            index = _indexes.pop(self._key, None)  # taken out: two hubs must not share one
        super().__init__(lambda: StoringSession.connect(endpoint, password, context), index)

    def close(self) -> None:
        super().close()
        with _lock:
            _indexes[self._key] = self._index


def mailbox_named(office: Office, name: str) -> Mailbox:
    """The mailbox by its name or address; Refused if none is connected here, or it has no server."""
    try:
        box = accounts.find(office, name)
    except NotFound as error:
        raise Refused(
            "The mailbox “{name}”, in which the team meets, is not connected on this computer.",
            advice="Connect it first: in the settings of the mailboxes, or with deskhelp account add.",
            name=name,
        ) from error
    if box.is_local or not box.imap:
        raise Refused("The mailbox “{name}” has no server, so no team can meet there.", name=name)
    return box


def open_mailbox(box: Mailbox, password: str | None) -> ImapHub:
    """The hub in a mailbox, with the password of the mailbox if none is given; HubTrouble, or DeskTrouble without."""
    return _KnowingHub(box, password or accounts.password_of(box))
