"""Hubs of tests in a mailbox of their own, by ways that a program of its own can go too."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from deskhelp.domain.segments import Hub
from deskhelp.mail.hub_imap import ImapHub
from deskhelp.mail.imap_folders import TEAM_FOLDER
from deskhelp.mail.imap_store import StoringSession
from deskhelp.mail.tls import client_context
from deskhelp.mail.urls import Endpoint
from deskhelp.services.team_places import open_hub

from .servers import ImapUser


def imap_hub(user: ImapUser, port: int = 0, **options: Any) -> ImapHub:
    """The hub in a user's mailbox, through a proxy if its port is given."""
    return _opened(port or user.server.tls_port, user.name, user.password, user.server.ca_file, **options)


def place_in(user: ImapUser) -> str:
    """A user's mailbox for `open_place`."""
    return json.dumps([user.server.tls_port, user.name, user.password, str(user.server.ca_file)])


def open_place(place: str) -> Hub:
    """The hub at an address, or in the mailbox that `place_in` wrote down."""
    if not place.startswith("["):
        return open_hub(place)
    port, name, password, ca_file = json.loads(place)
    return _opened(port, name, password, Path(ca_file))


def _opened(port: int, name: str, password: str, ca_file: Path, **options: Any) -> ImapHub:
    endpoint, context = Endpoint("imap", "tls", "127.0.0.1", port, name), client_context(ca_file)
    return ImapHub(lambda: StoringSession.connect(endpoint, password, context, 20.0), **options)


def messages(user: ImapUser, folder: str = TEAM_FOLDER) -> dict[int, bytes]:
    """What lies in a folder, by UID, as another mail program sees it; marked ones left out."""
    with user.server.client(user.name) as client:
        client.select(f'"{folder}"', readonly=True)
        uids = client.uid("SEARCH", "UNDELETED")[1][0].split()
        return {int(uid): client.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1][0][1] for uid in uids}


def damage_message(user: ImapUser, name: str) -> None:
    """Put a message in which a byte differs in the place of that of an item."""
    for uid, raw in messages(user).items():
        if f"Subject: {name}\r\n".encode() in raw:
            head, _, body = raw.partition(b"base64\r\n")
            disposition, _, coded = body.partition(b"\r\n\r\n")
            data = bytearray(base64.b64decode(coded.partition(b"--")[0]))
            data[20] ^= 1
            user.server.expunge(user.name, uid, folder=TEAM_FOLDER)
            hurt = head + b"base64\r\n" + disposition + b"\r\n\r\n" + base64.encodebytes(data)
            user.append(hurt + b"--=_deskhelp--\r\n", folder=TEAM_FOLDER)
