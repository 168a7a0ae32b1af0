"""What a worker process does; of the program it loads no more than that, as starting it is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deskhelp.db.packing import PackedBlob, light, pack, whole

from .incoming import Inbox, Incoming, Understood, understand

Ahead = tuple[PackedBlob, Understood | None]


def work_ahead(mails: Sequence[Incoming], inbox: Inbox) -> list[Ahead]:
    """What costs most of an import, away from the process that writes: packing and understanding; blobs come light."""
    return [_one(mail, inbox) for mail in mails]


def _one(mail: Incoming, inbox: Inbox) -> Ahead:
    blob = pack(mail.raw or b"")
    try:
        return light(blob), understand(mail, blob.name, inbox)
    except Exception:  # the taker tries again and puts it into quarantine with what went wrong
        return light(blob), None


def with_ahead(mails: Sequence[Incoming], found: Sequence[Ahead]) -> list[Incoming]:
    """The mails, with what `work_ahead` found of them."""
    return [
        mail if mail.raw is None else replace(mail, packed=whole(blob, mail.raw), understood=understood)
        for mail, (blob, understood) in zip(mails, found, strict=True)
    ]
