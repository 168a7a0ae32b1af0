"""Packs: old segments of one replica in one item, so that a hub holds few names (decision 0021).

``pack/REPLICA/FIRST-LAST-DIGEST`` holds the sealed segments of these numbers word for word; DIGEST is that of the last
one's name. As every segment names the hash of the one before it, the name of a pack says all that is in it: whoever
holds the segments knows so without getting the pack, and whoever puts it puts the same bytes. Their texts lie in
``ptxt/REPLICA/FIRST-LAST-DIGEST``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from .segments import BrokenItem, Segment, broken, decode, hash_of, joined, parted, seal, segment_name, unseal


@dataclass(frozen=True, slots=True)
class Sizes:
    """The `newest` segments of a replica are in no pack, the others by `base`, by its square, and so on `levels` times.

    Packs that would be of more than `most_bytes` with their texts, as they are stored, are halved.
    """

    newest: int = 200
    base: int = 16
    levels: int = 3
    most_bytes: int = 8 * 1024 * 1024


USUAL: Final = Sizes()


class Span(NamedTuple):
    """What the name of a pack says."""

    replica: str
    first: int
    last: int
    digest: str

    @property
    def size(self) -> int:
        return self.last - self.first + 1

    @property
    def last_segment(self) -> str:
        """The name of the last segment."""
        return f"seg/{self.replica}/{self.last:010d}-{self.digest}"

    def has(self, replica: str, number: int) -> bool:
        return replica == self.replica and self.first <= number <= self.last

    def contains(self, other: Span) -> bool:
        return self.has(other.replica, other.first) and self.has(other.replica, other.last)


class Piece(NamedTuple):
    """A segment in a pack."""

    name: str
    data: bytes
    segment: Segment


def pack_name(first: int, last_segment: str) -> str:
    """The name of the pack from this number on to this segment."""
    _, replica, last = last_segment.split("/")
    return f"pack/{replica}/{first:010d}-{last}"


def span_of(name: str) -> Span:
    """What the name of a pack, or of its texts, says."""
    _, replica, rest = name.split("/")
    first, last, digest = rest.split("-")
    return Span(replica, int(first), int(last), digest)


def widest_first(names: Collection[str]) -> list[str]:
    return sorted(names, key=lambda name: (-span_of(name).size, name))


def encode_pack(segments: Sequence[bytes]) -> bytes:
    """The sealed bytes of a pack of these sealed segments, which are small already."""
    return seal(joined(segments))


def decode_pack(data: bytes, name: str) -> list[Piece]:
    """The segments in the pack `name`, ascending; BrokenItem, or NewerItem if one of them is of a newer form."""
    span = span_of(name)
    found = list(parted(unseal(data, name), name))
    if len(found) != span.size:
        raise broken(name)
    try:
        pieces = [_piece(span.replica, number, one) for number, one in enumerate(found, start=span.first)]
    except BrokenItem as error:
        raise broken(name) from error
    if not pieces or pieces[-1].name != span.last_segment or not _is_chain(pieces):
        raise broken(name)
    return pieces


def _piece(replica: str, number: int, data: bytes) -> Piece:
    name = segment_name(replica, number, data)
    return Piece(name, data, decode(data, name))


def _is_chain(pieces: Sequence[Piece]) -> bool:
    return all(one.segment.before == hash_of(before.data) for before, one in pairwise(pieces))


def chain_of(name: str, held: Callable[[str], bytes | None]) -> list[Piece]:
    """The segments of the pack `name` by what is held, ascending; none if one of them is not."""
    span = span_of(name)
    found: list[Piece] = []
    wanted = span.last_segment
    for number in range(span.last, span.first - 1, -1):
        data = held(wanted)
        if data is None:
            return []
        segment = decode(data, wanted)
        found.append(Piece(wanted, data, segment))
        wanted = f"seg/{span.replica}/{number - 1:010d}-{segment.before[:32]}"
    return found[::-1]


# -- what is to be packed ------------------------------------------------------------------------


def blocks(last: int, sizes: Sizes) -> Iterator[tuple[int, int]]:
    """How the numbers from 1 to `last` are packed, the largest ones first; what fills no pack is left over.

    A greater `last` changes none of them but into one that contains it whole, so that packs lie in one another.
    """
    first = 1
    for level in range(sizes.levels, 0, -1):
        size = sizes.base**level
        while first + size - 1 <= last:
            yield first, first + size - 1
            first += size


def next_block(
    loose: Collection[int], top: int, weight: Callable[[int, int], int], sizes: Sizes
) -> tuple[int, int] | None:
    """The next pack to make, by the first and the last number, of a replica that has segments up to `top`.

    `loose` are the numbers that are in no pack yet; `weight` says how many bytes the segments from one number to
    another are. None if there is nothing to do.
    """
    ordered = sorted(loose)

    def fitting(first: int, last: int) -> tuple[int, int] | None:
        if bisect_left(ordered, first) == bisect_right(ordered, last):
            return None
        if first == last or weight(first, last) <= sizes.most_bytes:
            return first, last  # one that is too large by itself too, as it would be weighed for ever else
        middle = (first + last) // 2
        return fitting(first, middle) or fitting(middle + 1, last)

    found = (fitting(*block) for block in blocks(top - sizes.newest, sizes))
    return next((block for block in found if block), None)
