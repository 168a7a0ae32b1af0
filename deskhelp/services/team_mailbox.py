"""A team's place in a mailbox that is connected here: finding the mailbox, opening the hub in it."""

from __future__ import annotations

import random
import ssl
import threading
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import NotFound, Refused
from deskhelp.mail.hub_imap import ImapHub
from deskhelp.mail.hub_items import Index
from deskhelp.mail.imap_store import StoringSession
from deskhelp.mail.tls import client_context
from deskhelp.mail.troubles import AuthTrouble, ThrottledTrouble
from deskhelp.mail.urls import parse_endpoint

from . import accounts
from .office import Office

AUTH_TRIES: Final = 2
TURN_PATIENCE_S: Final = 20.0
FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 2.0
_indexes: Final[dict[str, Index]] = {}
_refusals: Final[dict[tuple[str, str], list[AuthTrouble]]] = {}
_lock = threading.Lock()


class _KnowingHub(ImapHub):
    """Leaves what it knows of the folder to the next one, which would list all of it else."""

    def __init__(self, box: Mailbox, password: str) -> None:
        context = client_context(Path(box.ca_file) if box.ca_file else None)
        self._key = box.imap
        with _lock:
            index = _indexes.pop(self._key, None)  # taken out: two hubs must not share one
        super().__init__(lambda: _in_turn(box.imap, password, context), index)

    def close(self) -> None:
        super().close()
        with _lock:
            _indexes[self._key] = self._index


def _in_turn(url: str, password: str, context: ssl.SSLContext) -> StoringSession:
    """Log in, waiting for colleagues to leave where the server allows no more connections. Raises ThrottledTrouble."""
    over_s, pause_s = monotonic() + TURN_PATIENCE_S, FIRST_PAUSE_S
    while True:
        try:
            return _connected(url, password, context)
        except ThrottledTrouble:
            if monotonic() > over_s:
                raise
        sleep(pause_s * random.uniform(0.5, 1.5))  # or all who were refused would come again together
        pause_s = min(LONGEST_PAUSE_S, pause_s * 1.5)


def _connected(url: str, password: str, context: ssl.SSLContext) -> StoringSession:
    """Log in, but not again and again with a password that was refused: accounts get locked."""
    with _lock:
        refusals = _refusals.setdefault((url, password), [])
        if len(refusals) >= AUTH_TRIES:
            raise refusals[-1].with_traceback(None)
    try:
        session = StoringSession.connect(parse_endpoint(url), password, context)
    except AuthTrouble as trouble:
        refusals.append(trouble)
        raise
    refusals.clear()
    return session


def try_again() -> None:
    """Try passwords once more that were refused."""
    with _lock:
        _refusals.clear()


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
