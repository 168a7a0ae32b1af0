"""The replica's side of an exchange: what it must be able to tell and to keep."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from .packs import Piece
from .segments import Hub, Segment

Blob = tuple[str, int, bytes]
"""The digest of a content, its size, and its bytes as replicas store them."""
PATIENCE_MS: Final = 10 * 60_000
"""How long is waited for what a segment names to come after it, and before what a pack replaces is removed."""


class Parcel(NamedTuple):
    """A segment with its bytes, and with what it names."""

    segment: Segment
    data: bytes
    texts: Mapping[str, bytes]
    raws: Sequence[Blob] = ()

    @property
    def size(self) -> int:
        """In bytes, about."""
        return len(self.data) + sum(map(len, self.texts.values())) + sum(len(stored) for _, _, stored in self.raws)


@dataclass(frozen=True, slots=True)
class Held:
    """What a replica holds: segments in no known pack, by whether they are known to have been in the hub, and packs.

    `put_off` are packs that only a newer program can read.
    """

    replica: str
    pushed: frozenset[str]
    unpushed: frozenset[str]
    packs: frozenset[str] = frozenset()
    put_off: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        return self.pushed | self.unpushed


class Keeper(Protocol):
    """The replica's side of an exchange."""

    def cut(self) -> None:
        """Make segments of the replica's own events that are in none yet."""

    def held(self) -> Held:
        """What the replica holds."""

    def holding(self, names: Collection[str]) -> Collection[str]:
        """Those of these segments that are held, in packs too."""

    def fork(self) -> None:
        """Take a new id; what was not shared moves to it."""

    def mark_pushed(self, names: Sequence[str]) -> None:
        """Remember that these segments are in the hub."""

    def segment_bytes(self, name: str) -> bytes:
        """A segment that is held, word for word."""

    def texts_of(self, segment: Segment) -> list[bytes]:
        """The texts of a segment that are here, in its order."""

    def stored_blobs(self, names: Sequence[str]) -> Iterable[tuple[str, bytes]]:
        """Those blobs that are here, as they are stored; only some at a time are held in memory."""

    def wanted_blobs(self, segment: Segment) -> list[str]:
        """The raw mails that a segment names and that are neither here nor erased."""

    def erased_raws(self, segment: Segment) -> Collection[str]:
        """The raw mails that only erased events of a segment name."""

    def unpacked(self, stored: bytes) -> bytes:
        """The content of a stored blob; zlib.error if it is none."""

    def take(self, parcels: Sequence[Parcel]) -> None:
        """Take in segments of other replicas with what they name, and keep their bytes, all or nothing."""

    # -- packs ---------------------------------------------------------------------------------

    def adopt(self, pack: str) -> bool:
        """Know a pack that is in the hub, whose segments have been there then; False if one of them is not held."""

    def release(self, packs: Sequence[str]) -> None:
        """Forget packs that are gone, and all that lie within them: their segments are in no known pack."""

    def members(self, pack: str) -> Collection[str]:
        """The segments that `held` does not tell because of this pack."""

    def pieces(self, pack: str) -> list[Piece]:
        """All segments of a pack, ascending; none if one of them is not held."""

    def own_names(self, first: int, last: int) -> list[str]:
        """The replica's own segments from one number to another, ascending."""

    def weight(self, first: int, last: int) -> int:
        """How many bytes these are about, with their texts."""

    def put_off(self, packs: Collection[str]) -> None:
        """Remember which packs only a newer program can read."""

    # -- what goes on from one exchange to the next --------------------------------------------

    def overdue(self, awaited: Collection[str]) -> Collection[str]:
        """Those of the items awaited this time that have been for `PATIENCE_MS`; the others are forgotten."""

    def want_sweep(self) -> None:
        """Have the hub looked through for what was erased, if anything was."""

    def is_sweep_due(self) -> bool:
        """Whether the hub may hold what was erased."""

    def sweep(self, hub: Hub) -> None:
        """Take what was erased out of the hub."""


def still_missed(before: Mapping[str, int], missed: Collection[str], now_ms: int) -> dict[str, int]:
    """Since when each of these items has been missed, by what was known `before`; a clock put back begins anew."""
    return {name: min(before.get(name, now_ms), now_ms) for name in missed}


def overdue_of(since: Mapping[str, int], now_ms: int) -> list[str]:
    """The items that have been missed too long to come by themselves."""
    return sorted(name for name, at_ms in since.items() if now_ms - at_ms >= PATIENCE_MS)
