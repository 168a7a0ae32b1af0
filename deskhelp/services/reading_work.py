"""What a worker process does; of the program it loads no more than that, as starting it is waited for."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Sequence
from typing import Final

from deskhelp.db.packing import PackedBlob, light, pack
from deskhelp.mail.reader import ReadMail, read_mail

MODESTY: Final = 10
"""How much the window comes first, in steps of ``nice``: it must stay smooth while thousands of mails are read."""
Prepared = tuple[ReadMail | None, PackedBlob]


def begin() -> None:
    """In a worker process, first of all: be modest, and end with the program."""
    if hasattr(os, "nice"):
        os.nice(MODESTY)
    _end_with_parent()


def _end_with_parent() -> None:
    """Leave when the program is gone, however it went; the pool's own workers would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(0)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def prepare(raws: Sequence[bytes]) -> list[Prepared]:
    """What costs most of an import, away from the process that writes: understanding and packing; blobs come light."""
    return [(read_or_none(raw), light(pack(raw))) for raw in raws]


def read_or_none(raw: bytes) -> ReadMail | None:
    try:
        return read_mail(raw)
    except Exception:  # the taker tries again and puts it into quarantine with what went wrong
        return None
