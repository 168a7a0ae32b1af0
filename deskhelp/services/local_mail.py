"""Sending from a mailbox without a server (the demonstration's): the mail goes into a local Sent folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from deskhelp.domain.entities import Mailbox
from deskhelp.mail.smtp import Outcome, SendResult

from . import outbox
from .office import Office
from .outbox import Outgoing

SENT_FOLDER = "sent"


def send_local(call: Callable[..., Any], box: Mailbox) -> int:
    """Hand over what is due to the local Sent folder; returns how many. The same outbox as with a server."""
    sent = 0
    folder: Path = call(_sent_folder)
    for row in call(outbox.due):
        if row.mailbox == box.id and (claimed := call(outbox.begin, row.message)) is not None:
            outbox.deliver(call, claimed, lambda out, raw, mark: _file(folder, out, raw, mark))
            call(outbox.set_filed, claimed.message)
            sent += 1
    return sent


def _file(folder: Path, row: Outgoing, raw: bytes, mark: Callable[[str], None]) -> SendResult:
    mark(outbox.PAYLOAD)
    (folder / f"{row.message}.eml").write_bytes(raw)
    return SendResult(Outcome.ACCEPTED)


def _sent_folder(office: Office) -> Path:
    folder = office.profile.root / SENT_FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
