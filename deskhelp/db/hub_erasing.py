"""What was erased goes from the team's place too: texts out of the items they lie in, raw mails by an empty item,
snapshots that were made before.

The empty item stays, so that a replica which has not heard of the erasure cannot put the mail there again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from deskhelp.domain.segments import (
    ERASED_ITEM,
    BrokenItem,
    Hub,
    MissingItem,
    blob_name,
    decode_texts,
    encode_texts,
    texts_name,
)
from deskhelp.domain.snapshots import PREFIX, by_snapshot, items_of, outdated

from . import erasing, segments, snapshots

_AT_ONCE: Final = 20
Call = Callable[..., Any]


def is_due(replica: Any) -> bool:
    """Whether the hub may hold what was erased."""
    return bool(_mark(replica))


def sweep(call: Call, hub: Hub) -> None:
    """Take what was erased out of the hub. Goes on from the start if it is cut off."""
    mark = call(_mark)
    there = by_snapshot(hub.names(PREFIX))
    for name in items_of(there, outdated(there, call(snapshots.erased_mark_of))):
        hub.remove(name)
    last = ""
    while True:
        found, last = call(segments.to_sweep, last, _AT_ONCE)
        for erased in found:
            _sweep_one(call, hub, erased)
        if not last:
            break
    call(_unmark, mark)


def _mark(replica: Any) -> str:
    return str(replica.meta(erasing.SWEEP))


def _unmark(replica: Any, mark: str) -> None:
    """Unless something was erased meanwhile."""
    with replica.transaction():
        if replica.meta(erasing.SWEEP) == mark:
            replica.set_meta(erasing.SWEEP, "")


def _sweep_one(call: Call, hub: Hub, erased: segments.Erased) -> None:
    for digest in erased.raws:
        if _stored(hub, blob_name(digest)) != ERASED_ITEM:
            hub.replace(blob_name(digest), ERASED_ITEM)
    if not erased.texts:
        return
    name = texts_name(erased.segment)
    data = _stored(hub, name)
    if data is None:  # damaged, or set aside as such: what is put in its place clears that away
        hub.replace(name, encode_texts(call(segments.texts_held, erased.segment)))
        return
    found = decode_texts(data, name)
    if erased.texts & set(found):
        hub.replace(name, encode_texts(text for digest, text in found.items() if digest not in erased.texts))


def _stored(hub: Hub, name: str) -> bytes | None:
    try:
        return hub.get(name)
    except (BrokenItem, MissingItem):
        return None
