"""The exchange of `domain.exchange` for a replica in a database, which is spoken to in the thread that owns it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from deskhelp.domain import exchange as pure
from deskhelp.domain.keeper import Held, Parcel
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
    pace: pure.Pace = pure.UNHURRIED,
    ask: Call | None = None,
) -> pure.Exchanged:
    """Exchange once. ``call(fn, *args)`` runs ``fn(replica, *args)`` where the replica is written, and only that.

    `ask` does so for what only looks, where that need not wait for other changes; as `call` if it is left out.
    `came` and `pace` as of `domain.exchange`. Raises HubTrouble if the hub cannot be used; a damaged item is a
    trouble in the result and stops nothing else.
    """
    return pure.exchange(_Keeper(call, ask or call, now_ms), hub, sizes, came, pace)


class _Keeper:
    """A replica as the exchange sees it."""

    def __init__(self, call: Call, ask: Call, now_ms: Callable[[], int]) -> None:
        self._call, self._ask, self._now_ms = call, ask, now_ms

    def cut(self) -> None:
        if self._ask(segments.has_uncut):
            self._call(segments.cut)

    def held(self) -> Held:
        found: Held = self._ask(segments.held)
        return found

    def holding(self, names: Collection[str]) -> Collection[str]:
        return list(self._ask(segments.holding, names))

    def fork(self) -> None:
        self._call(segments.fork)

    def mark_pushed(self, names: Sequence[str]) -> None:
        self._call(segments.mark_pushed, names)

    def segment_bytes(self, name: str) -> bytes:
        return bytes(self._ask(segments.segment_bytes, name))

    def texts_of(self, segment: Segment) -> list[bytes]:
        return list(self._ask(segments.texts_of, segment))

    def stored_blobs(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        # Not one by one: each question may wait behind what else is done with the replica.
        for some in self._ask(segments.in_portions, names):
            yield from self._ask(segments.stored_blobs, some).items()

    def wanted_blobs(self, segment: Segment) -> list[str]:
        return list(self._ask(segments.wanted_blobs, segment))

    def erased_raws(self, segment: Segment) -> Collection[str]:
        return frozenset(self._ask(segments.erased_blobs, segment)[1])

    def unpacked(self, stored: bytes) -> bytes:
        return packing.unpacked(stored)

    def take(self, parcels: Sequence[Parcel]) -> None:
        self._call(segments.take, parcels)

    def adopt(self, pack: str) -> bool:
        names = [piece.name for piece in self.pieces(pack)]
        if names:
            self._call(packs.know, pack, names)
        return bool(names)

    def release(self, names: Sequence[str]) -> None:
        self._call(packs.release, names)

    def members(self, pack: str) -> Collection[str]:
        return list(self._ask(packs.members, pack))

    def pieces(self, pack: str) -> list[Piece]:
        rows: dict[str, bytes] = self._ask(packs.rows, pack)
        return chain_of(pack, rows.get)  # here: reading thousands of them takes long for whoever waits for the replica

    def own_names(self, first: int, last: int) -> list[str]:
        return list(self._ask(packs.own_names, first, last))

    def weight(self, first: int, last: int) -> int:
        return int(self._ask(packs.weight, first, last))

    def put_off(self, names: Collection[str]) -> None:
        self._call(packs.put_off, names)

    def overdue(self, awaited: Collection[str]) -> Collection[str]:
        return list(self._call(segments.overdue, awaited, self._now_ms()))

    def want_sweep(self) -> None:
        self._call(erasing.want_sweep)

    def is_sweep_due(self) -> bool:
        return bool(self._ask(hub_erasing.is_due))

    def sweep(self, hub: Hub) -> None:
        hub_erasing.sweep(self._call, self._ask, hub)
