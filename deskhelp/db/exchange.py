"""The exchange of `domain.exchange` for a replica in a database, which is spoken to in the thread that owns it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from deskhelp.domain import exchange as pure
from deskhelp.domain.segments import Hub, Segment

from . import erasing, hub_erasing, packing, segments

Call = Callable[..., Any]


def _wall_ms() -> int:
    return int(time.time() * 1000)


def exchange(
    call: Call,
    hub: Hub,
    now_ms: Callable[[], int] = _wall_ms,
    came: Callable[[int, int], None] = lambda _number, _count: None,
) -> pure.Exchanged:
    """Exchange once. ``call(fn, *args)`` runs ``fn(replica, *args)`` where the replica is written, and only that.

    `came` as of `domain.exchange`. Raises HubTrouble if the hub cannot be used; a damaged item is a trouble in the
    result and stops nothing else.
    """
    return pure.exchange(_Keeper(call, now_ms), hub, came)


class _Keeper:
    """A replica as the exchange sees it."""

    def __init__(self, call: Call, now_ms: Callable[[], int]) -> None:
        self._call, self._now_ms = call, now_ms

    def cut(self) -> None:
        self._call(segments.cut)

    def held(self) -> pure.Held:
        found: pure.Held = self._call(segments.held)
        return found

    def fork(self) -> None:
        self._call(segments.fork)

    def mark_pushed(self, names: Sequence[str]) -> None:
        self._call(segments.mark_pushed, names)

    def segment_bytes(self, name: str) -> bytes:
        return bytes(self._call(segments.segment_bytes, name))

    def texts_of(self, segment: Segment) -> list[bytes]:
        return list(self._call(segments.texts_of, segment))

    def stored_blobs(self, names: Collection[str]) -> Mapping[str, bytes]:
        return dict(self._call(segments.stored_blobs, names))

    def wanted_blobs(self, segment: Segment) -> list[str]:
        return list(self._call(segments.wanted_blobs, segment))

    def erased_raws(self, segment: Segment) -> Collection[str]:
        return frozenset(self._call(segments.erased_blobs, segment)[1])

    def unpacked(self, stored: bytes) -> bytes:
        return packing.unpacked(stored)

    def take(self, segment: Segment, data: bytes, texts: Mapping[str, bytes], blobs: Sequence[pure.Blob]) -> None:
        self._call(segments.take, segment, data, texts, [packing.PackedBlob(*blob) for blob in blobs])

    def overdue(self, missed: Collection[str]) -> Collection[str]:
        return list(self._call(segments.overdue, missed, self._now_ms()))

    def want_sweep(self) -> None:
        self._call(erasing.want_sweep)

    def is_sweep_due(self) -> bool:
        return bool(self._call(hub_erasing.is_due))

    def sweep(self, hub: Hub) -> None:
        hub_erasing.sweep(self._call, hub)
