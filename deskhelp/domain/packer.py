"""What an exchange does about packs: knows those that are there, puts them back, makes one, removes what it replaces.

A pack is made and its parts are removed by the owner of the segments alone; whoever holds them puts back a pack that
is gone, as it does with a segment, since all make the same bytes of it.
"""

from __future__ import annotations

import logging
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from .carrying import Carrying
from .errors import DeskTrouble
from .keeper import Held, Keeper
from .packs import Sizes, Span, next_block, pack_name, span_of, widest_first
from .segments import BrokenItem, Hub, MissingItem, Occupied, place_of, texts_name

MOST_REMOVED: Final = 1000
"""How many items an exchange removes at most for one pack."""
_log = logging.getLogger(__name__)


class Packer:
    """The packs in one exchange. `wanted` are those in the hub of which something is not held."""

    def __init__(self, keeper: Keeper, hub: Hub, carrying: Carrying, sizes: Sizes, troubles: list[DeskTrouble]) -> None:
        self._keeper, self._hub, self._carrying = keeper, hub, carrying
        self._sizes, self._troubles = sizes, troubles
        self._listed: dict[str, Span] = {}
        self.wanted: dict[str, Span] = {}

    # -- what is there -------------------------------------------------------------------------

    def look(self, here: Held) -> Held:
        """See what is there; returns what is held, without what lies in packs that are known by now."""
        self._listed = {name: span_of(name) for name in self._hub.names("pack/")}
        return self._know(here)

    def _know(self, here: Held) -> Held:
        strange = widest_first(self._listed.keys() - here.packs)
        self.wanted = {name: self._listed[name] for name in strange if not self._keeper.adopt(name)}
        return self._keeper.held() if len(self.wanted) < len(strange) else here

    def wants_of(self, replica: str) -> bool:
        """Whether something of this replica lies there that is not held."""
        return any(span.replica == replica for span in self.wanted.values())

    def may_have(self, name: str) -> bool:
        """Whether this segment may lie in a pack of which not all is known yet."""
        place = place_of(name)
        return any(span.has(*place) for span in self.wanted.values())

    def one_by_one(self, names: Iterable[str]) -> list[str]:
        """Those of these segments that are not taken with a pack: a few of one are, if they still lie there so."""
        ordered = sorted(names, key=place_of)
        places = [place_of(name) for name in ordered]
        left = set(ordered)
        for span in self.wanted.values():
            start, end = _within(places, span)
            if end - start > self._sizes.base:
                left.difference_update(ordered[start:end])
        return [name for name in ordered if name in left]

    # -- what is gone --------------------------------------------------------------------------

    def put_back(self, here: Held, there: set[str]) -> tuple[int, int, Held]:
        """Put packs again that are gone; returns how many segments that brought back, how many packs are for others to
        put, who have their raw mails, and what is held now.

        Those of which the segments all lie there, as before they were packed, are forgotten.
        """
        refilled, lacking, is_less = 0, 0, False
        for name in widest_first(here.packs - self._listed.keys()):
            lost = set(self._keeper.members(name)) - there
            if not lost:
                self._keeper.release([name])
                is_less = True
            elif any(span.contains(span_of(name)) for span in self.wanted.values()):
                continue
            elif self._carrying.lacks_raws(name):
                lacking += 1
            else:
                refilled += self._put(name, is_new=False) * len(lost)
        return refilled, lacking, self._know(self._keeper.held()) if is_less else here

    def _put(self, name: str, *, is_new: bool) -> bool:
        pieces = self._keeper.pieces(name)
        try:
            if pieces:
                self._carrying.put_pack(name, pieces, is_new=is_new)
        except Occupied as trouble:  # only by what no program of ours put there
            self._troubles.append(trouble)
            return False
        return bool(pieces)

    # -- what is to be packed ------------------------------------------------------------------

    def pack_one(self, there: set[str]) -> int:
        """Put the next pack of our own segments, if there are enough old ones; returns how many were put."""
        here = self._keeper.held()
        own = [number for replica, number in map(place_of, here.names) if replica == here.replica]
        block = next_block(own, max(own, default=0), self._keeper.weight, self._sizes)
        if block is None:
            return 0
        names = self._keeper.own_names(*block)
        if not here.names & set(names) <= there:
            return 0
        return int(self._put(pack_name(block[0], names[-1]), is_new=True))

    # -- what lies in packs --------------------------------------------------------------------

    def replaced(self, replica: str, there: set[str]) -> Mapping[str, Sequence[str]]:
        """The packs of our own whose parts still lie there too, segments and lesser packs, with these."""
        segments = sorted((place_of(name), name) for name in there if name.startswith(f"seg/{replica}/"))
        places = [place for place, _ in segments]
        found: dict[str, list[str]] = {}
        outer: list[Span] = []
        own = [name for name, span in self._listed.items() if span.replica == replica and name not in self.wanted]
        for name in widest_first(own):
            span = self._listed[name]
            if any(other.contains(span) for other in outer):
                continue
            outer.append(span)
            start, end = _within(places, span)
            lesser = [other for other in own if other != name and span.contains(self._listed[other])]
            if parts := [part for _, part in segments[start:end]] + lesser:
                found[name] = parts
        return found

    def remove(self, pack: str, parts: Sequence[str]) -> int:
        """Remove parts that lie in a pack, once that is proven; returns how many."""
        inside = {piece.name for piece in self._keeper.pieces(pack)}
        gone = [part for part in parts if _last_segment(part) in inside][:MOST_REMOVED]
        if not gone or not self._is_proven(pack):
            return 0
        self._hub.remove([texts_name(part) for part in gone])  # first: nobody would find them without the others
        self._hub.remove(gone)
        return len(gone)

    def _is_proven(self, pack: str) -> bool:
        try:
            self._carrying.prove_pack(pack)
        except (BrokenItem, MissingItem) as trouble:
            _log.warning("%s is put again: %s", pack, trouble)
            self._troubles.append(trouble)
            self._put(pack, is_new=False)
            return False
        return True


def _last_segment(part: str) -> str:
    return part if part.startswith("seg/") else span_of(part).last_segment


def _within(places: Sequence[tuple[str, int]], span: Span) -> tuple[int, int]:
    """From where to where sorted places lie in a span."""
    return bisect_left(places, (span.replica, span.first)), bisect_right(places, (span.replica, span.last))
