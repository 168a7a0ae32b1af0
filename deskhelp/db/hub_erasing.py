"""What was erased goes from the team's place too: texts out of the items they lie in, raw mails by an empty item,
snapshots that were made before.

The empty item stays, so that a replica which has not heard of the erasure cannot put the mail there again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from deskhelp.domain.packs import decode_pack, span_of
from deskhelp.domain.segments import (
    ERASED_ITEM,
    BrokenItem,
    Hub,
    MissingItem,
    NewerItem,
    Segment,
    blob_name,
    decode_texts,
    encode_texts,
    named_by,
    place_of,
    texts_name,
)
from deskhelp.domain.snapshots import PREFIX, by_snapshot, items_of, outdated

from . import erasing, segments, snapshots

_AT_ONCE: Final = 20
Call = Callable[..., Any]


def is_due(replica: Any) -> bool:
    """Whether the hub may hold what was erased."""
    return bool(_mark(replica))


def sweep(call: Call, ask: Call, hub: Hub) -> None:
    """Take what was erased out of the hub. Goes on from the start if it is cut off.

    `call` runs a function where the replica is written, `ask` one that only looks.
    """
    mark = ask(_mark)
    there = by_snapshot(hub.names(PREFIX))
    hub.remove(items_of(there, outdated(there, ask(snapshots.erased_mark_of))))
    sweeper = _Sweeper(ask, hub)
    last = ""
    while True:
        found, last = ask(segments.to_sweep, last, _AT_ONCE)
        sweeper.sweep(found)
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


class _Sweeper:
    """Texts lie beside the segment, beside packs that have it, or beside what is there no more; in all at worst."""

    def __init__(self, ask: Call, hub: Hub) -> None:
        self._ask, self._hub = ask, hub
        packs = hub.names("pack/")
        self._named = {*hub.names("seg/"), *packs}
        packed = {*hub.names("ptxt/"), *map(texts_name, packs)}
        self._packed = {name: span_of(name) for name in packed}

    def sweep(self, found: Sequence[segments.Erased]) -> None:
        lost: dict[str, set[str]] = {}
        for erased in found:
            for digest in erased.raws:
                if self._stored(blob_name(digest)) != ERASED_ITEM:
                    self._hub.replace(blob_name(digest), ERASED_ITEM)
            place = place_of(erased.segment)
            for name in (texts_name(erased.segment), *(one for one, span in self._packed.items() if span.has(*place))):
                lost.setdefault(name, set()).update(erased.texts)
        gone = [name for name, texts in lost.items() if texts and not self._leave_out(name, texts)]
        if gone:
            self._hub.remove(gone)

    def _leave_out(self, name: str, texts: Collection[str]) -> bool:
        """Put an item anew without these texts, or whole if it is damaged; False if there is to be none."""
        if named_by(name) not in self._named:  # whoever puts that again puts its texts anew
            return False
        data = self._stored(name)
        if data is None:  # damaged, or set aside as such: what is put in its place clears that away
            held: list[bytes] | None = self._ask(segments.texts_held, named_by(name))
            if held is not None:
                self._hub.replace(name, encode_texts(held))
            return held is not None
        there = decode_texts(data, name)
        if name in self._packed:
            texts = set(texts) - self._ask(segments.texts_needed, self._packed[name], self._segments_of(named_by(name)))
        if not there.keys().isdisjoint(texts):
            self._hub.replace(name, encode_texts(text for digest, text in there.items() if digest not in texts))
        return True

    def _segments_of(self, pack: str) -> list[Segment]:
        """What a pack holds: not all of it may have been taken in here. None of one that cannot be read."""
        try:
            return [piece.segment for piece in decode_pack(self._hub.get(pack), pack)]
        except (BrokenItem, MissingItem, NewerItem):
            return []

    def _stored(self, name: str) -> bytes | None:
        try:
            return self._hub.get(name)
        except (BrokenItem, MissingItem):
            return None
