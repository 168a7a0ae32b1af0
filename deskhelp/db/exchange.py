"""The exchange of `domain.exchange` for a replica in a database, which is spoken to in the thread that owns it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from deskhelp.domain import exchange as pure
from deskhelp.domain.keeper import Blob, Held
from deskhelp.domain.packs import USUAL, Piece, Sizes, chain_of
from deskhelp.domain.segments import Hub, Segment

from . import erasing, hub_erasing, packing, packs, segments

Call = Callable[..., Any]


def _wall_ms() -> int:
    return int(time.time() * 1000)


def exchange(
    call: Call,
    hub: Hub,
    now_ms: Callable[[], int] = _wall_ms,
    sizes: Sizes = USUAL,
    came: pure.Came = lambda _number, _count: None,
    is_enough: pure.IsEnough = lambda: False,
) -> pure.Exchanged:
    """Exchange once. ``call(fn, *args)`` runs ``fn(replica, *args)`` where the replica is written, and only that.

    `came` and `is_enough` as of `domain.exchange`. Raises HubTrouble if the hub cannot be used; a damaged item is a
    trouble in the result and stops nothing else.
    """
    return pure.exchange(_Keeper(call, now_ms), hub, sizes, came, is_enough)


class _Keeper:
    """A replica as the exchange sees it."""

    def __init__(self, call: Call, now_ms: Callable[[], int]) -> None:
        self._call, self._now_ms = call, now_ms

    def cut(self) -> None:
        self._call(segments.cut)

    def held(self) -> Held:
        found: Held = self._call(segments.held)
        return found

    def holding(self, names: Collection[str]) -> Collection[str]:
        return list(self._call(segments.holding, names))

    def fork(self) -> None:
        self._call(segments.fork)

    def mark_pushed(self, names: Sequence[str]) -> None:
        self._call(segments.mark_pushed, names)

    def segment_bytes(self, name: str) -> bytes:
        return bytes(self._call(segments.segment_bytes, name))

    def texts_of(self, segment: Segment) -> list[bytes]:
        return list(self._call(segments.texts_of, segment))

    def stored_blobs(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        # Not one by one: each question waits in the replica's thread behind what else is done there.
        for some in self._call(segments.in_portions, names):
            yield from self._call(segments.stored_blobs, some).items()

    def wanted_blobs(self, segment: Segment) -> list[str]:
        return list(self._call(segments.wanted_blobs, segment))

    def erased_raws(self, segment: Segment) -> Collection[str]:
        return frozenset(self._call(segments.erased_blobs, segment)[1])

    def unpacked(self, stored: bytes) -> bytes:
        return packing.unpacked(stored)

    def take(self, segment: Segment, data: bytes, texts: Mapping[str, bytes], blobs: Sequence[Blob]) -> None:
        self._call(segments.take, segment, data, texts, [packing.PackedBlob(*blob) for blob in blobs])

    def adopt(self, pack: str) -> bool:
        names = [piece.name for piece in self.pieces(pack)]
        if names:
            self._call(packs.know, pack, names)
        return bool(names)

    def release(self, names: Sequence[str]) -> None:
        self._call(packs.release, names)

    def members(self, pack: str) -> Collection[str]:
        return list(self._call(packs.members, pack))

    def pieces(self, pack: str) -> list[Piece]:
        rows: dict[str, bytes] = self._call(packs.rows, pack)
        return chain_of(pack, rows.get)  # here: reading thousands of them takes long for whoever waits for the replica

    def own_names(self, first: int, last: int) -> list[str]:
        return list(self._call(packs.own_names, first, last))

    def weight(self, first: int, last: int) -> int:
        return int(self._call(packs.weight, first, last))

    def put_off(self, names: Collection[str]) -> None:
        self._call(packs.put_off, names)

    def overdue(self, awaited: Collection[str]) -> Collection[str]:
        return list(self._call(segments.overdue, awaited, self._now_ms()))

    def want_sweep(self) -> None:
        self._call(erasing.want_sweep)

    def is_sweep_due(self) -> bool:
        return bool(self._call(hub_erasing.is_due))

    def sweep(self, hub: Hub) -> None:
        hub_erasing.sweep(self._call, hub)
