"""Raw mails come after a snapshot, the newest first: some with each exchange, until all have been asked for."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, Final

from deskhelp.db import raws
from deskhelp.db.packing import unpacked
from deskhelp.domain.carrying import raw_mail
from deskhelp.domain.keeper import Blob
from deskhelp.domain.segments import BrokenItem, Hub, MissingItem, blob_name

FETCH_S: Final = 3.0
"""How long an exchange goes on with it."""
_AT_ONCE: Final = 50
_BYTES: Final = 16 * 1024 * 1024
_log = logging.getLogger(__name__)


def fetch(on_replica: Callable[..., Any], look: Callable[..., Any], hub: Hub) -> bool:
    """Get some of the raw mails that are not here; True if there may be more.

    ``on_replica(fn, *args)`` runs ``fn(replica, *args)`` where the replica is written, `look` one that only looks.
    Raises HubTrouble.
    """
    end = time.monotonic() + FETCH_S
    while look(raws.is_looking):
        wanted, before = look(raws.wanted, _AT_ONCE)
        hub.expect([blob_name(digest) for _, digest in wanted])
        found: list[tuple[int, Blob]] = []
        for place, (number, digest) in enumerate(wanted):
            if (blob := _raw(hub, digest)) is not None:
                found.append((number, blob))
            if sum(len(one[2]) for _, one in found) > _BYTES and place + 1 < len(wanted):
                before = number
                break
        on_replica(raws.came, found, before)
        if time.monotonic() > end:
            return bool(look(raws.is_looking))
    return False


def _raw(hub: Hub, digest: str) -> Blob | None:
    """None for one that was erased, or cannot be had."""
    try:
        return raw_mail(hub, digest, unpacked)
    except (MissingItem, BrokenItem) as trouble:
        _log.info("a raw mail did not come: %s", trouble)
        return None
