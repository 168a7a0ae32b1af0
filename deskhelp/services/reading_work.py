"""What a worker process does; of the program it loads no more than that, as starting it is waited for."""

from __future__ import annotations

from collections.abc import Sequence

from deskhelp.db.packing import PackedBlob, light, pack
from deskhelp.mail.reader import ReadMail, read_mail

Prepared = tuple[ReadMail | None, PackedBlob]


def prepare(raws: Sequence[bytes]) -> list[Prepared]:
    """What costs most of an import, away from the process that writes: understanding and packing; blobs come light.

    The HTML does not travel: it is taken from the raw mail when it is shown, never before.
    """
    return [(read_or_none(raw, keeps_html=False), light(pack(raw))) for raw in raws]


def read_or_none(raw: bytes, *, keeps_html: bool = True) -> ReadMail | None:
    try:
        return read_mail(raw, keeps_html=keeps_html)
    except Exception:  # the taker tries again and puts it into quarantine with what went wrong
        return None
