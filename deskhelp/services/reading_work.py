"""What a worker process does; of the program it loads no more than that, as starting it is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deskhelp.db.packing import PackedBlob, light, pack
from deskhelp.mail.reader import ReadMail, read_mail

Prepared = tuple[ReadMail | None, PackedBlob]


def prepare(raws: Sequence[bytes]) -> list[Prepared]:
    """What costs most of an import, away from the process that writes: understanding and packing; blobs come light."""
    return [(_without_html(read_or_none(raw)), light(pack(raw))) for raw in raws]


def _without_html(read: ReadMail | None) -> ReadMail | None:
    """A read mail for the way between processes: its HTML is taken from the raw mail when it is shown, never before."""
    return read if read is None or read.html is None else replace(read, html=None)


def read_or_none(raw: bytes) -> ReadMail | None:
    try:
        return read_mail(raw)
    except Exception:  # the taker tries again and puts it into quarantine with what went wrong
        return None
