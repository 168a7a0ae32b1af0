"""One exchange between a replica and a hub: put what the hub lacks, take what the replica lacks.

Names say all: each side's names are compared, so a hub that was lost or put back from an old backup is filled again by
the same step that pushes new changes, and an exchange that was cut off goes on where it stopped. What is decided here
is all there is to decide; a `Keeper` and a `Hub` only store.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from .errors import DeskTrouble
from .identity import blob_id
from .segments import (
    ERASED_ITEM,
    BrokenItem,
    Hub,
    HubTrouble,
    MissingItem,
    NewerItem,
    Occupied,
    Segment,
    blob_name,
    decode,
    decode_texts,
    encode_texts,
    place_of,
    seal,
    texts_name,
    unseal,
)

Blob = tuple[str, int, bytes]
"""The digest of a content, its size, and its bytes as replicas store them."""
PATIENCE_MS: Final = 10 * 60_000
"""How long a segment is waited for that has come before what it names."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Exchanged:
    """What an exchange came to, in segments. `refilled` had been in the hub before and were missing there.

    `awaited` are there without all that they name; `lacking` are missing there and are for others to put again, who
    have their raw mails. `is_swept` says that the hub was cleaned of what was erased, `has_more` that there is more to
    put or to get, and the next exchange should be soon.
    """

    pushed: int = 0
    pulled: int = 0
    refilled: int = 0
    awaited: int = 0
    lacking: int = 0
    has_forked: bool = False
    is_swept: bool = False
    has_more: bool = False
    troubles: list[DeskTrouble] = field(default_factory=list)

    def __add__(self, other: Exchanged) -> Exchanged:
        return Exchanged(
            self.pushed + other.pushed,
            self.pulled + other.pulled,
            self.refilled + other.refilled,
            self.awaited + other.awaited,
            other.lacking,
            self.has_forked or other.has_forked,
            self.is_swept or other.is_swept,
            other.has_more,
            self.troubles + other.troubles,
        )


@dataclass(frozen=True, slots=True)
class Held:
    """What a replica holds of segments: names, and which of them are known to have been in the hub."""

    replica: str
    pushed: frozenset[str]
    unpushed: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        return self.pushed | self.unpushed


class Keeper(Protocol):
    """The replica's side of an exchange."""

    def cut(self) -> None:
        """Make segments of the replica's own events that are in none yet."""

    def held(self) -> Held:
        """What the replica holds."""

    def fork(self) -> None:
        """Take a new id; what was not shared moves to it."""

    def mark_pushed(self, names: Sequence[str]) -> None:
        """Remember that these segments are in the hub."""

    def segment_bytes(self, name: str) -> bytes:
        """A segment that is held, word for word."""

    def texts_of(self, segment: Segment) -> list[bytes]:
        """The texts of a segment that are here, in its order."""

    def stored_blobs(self, names: Collection[str]) -> Mapping[str, bytes]:
        """Those blobs that are here, as they are stored."""

    def wanted_blobs(self, segment: Segment) -> list[str]:
        """The raw mails that a segment names and that are neither here nor erased."""

    def erased_raws(self, segment: Segment) -> Collection[str]:
        """The raw mails that only erased events of a segment name."""

    def unpacked(self, stored: bytes) -> bytes:
        """The content of a stored blob; zlib.error if it is none."""

    def take(self, segment: Segment, data: bytes, texts: Mapping[str, bytes], blobs: Sequence[Blob]) -> None:
        """Take in a segment of another replica with what it names, and keep its bytes `data`, all or nothing."""

    def overdue(self, missed: Collection[str]) -> Collection[str]:
        """Those of the segments missed this time that have been for `PATIENCE_MS`; the others are forgotten."""

    def want_sweep(self) -> None:
        """Have the hub looked through for what was erased, if anything was."""

    def is_sweep_due(self) -> bool:
        """Whether the hub may hold what was erased."""

    def sweep(self, hub: Hub) -> None:
        """Take what was erased out of the hub."""


def still_missed(before: Mapping[str, int], missed: Collection[str], now_ms: int) -> dict[str, int]:
    """Since when each of these segments has been missed, by what was known `before`; a clock put back begins anew."""
    return {name: min(before.get(name, now_ms), now_ms) for name in missed}


def overdue_of(since: Mapping[str, int], now_ms: int) -> list[str]:
    """The segments that have been missed too long to come by themselves."""
    return sorted(name for name, at_ms in since.items() if now_ms - at_ms >= PATIENCE_MS)


def exchange(keeper: Keeper, hub: Hub, came: Callable[[int, int], None] = lambda _number, _count: None) -> Exchanged:
    """Exchange once. `came` gets how many segments have been looked at, and of how many that are new here.

    Raises HubTrouble if the hub cannot be used; a damaged item is a trouble in the result and stops nothing else.
    """
    return _Exchange(keeper, hub, came).run()


class _Exchange:
    def __init__(self, keeper: Keeper, hub: Hub, came: Callable[[int, int], None]) -> None:
        self._keeper, self._hub, self._came = keeper, hub, came
        self._done = Exchanged()

    def run(self) -> Exchanged:
        self._keeper.cut()
        there = set(self._hub.names("seg/"))
        here = self._own_under_a_free_id(there)
        self._push(here, there)
        self._pull(sorted(there - here.names))
        self._erase()
        return self._done

    # -- clones and restored backups -----------------------------------------------------------

    def _own_under_a_free_id(self, there: set[str]) -> Held:
        """What we hold, after a new id was taken if somebody else, or we before a restore, wrote under ours."""
        here = self._keeper.held()
        own = f"seg/{here.replica}/"
        if any(name.startswith(own) and name not in here.names for name in there):
            self._keeper.fork()
            self._done.has_forked = True
            self._keeper.cut()
            here = self._keeper.held()
        return here

    # -- what was erased -----------------------------------------------------------------------

    def _erase(self) -> None:
        """Take out of the hub what was erased, after it can be known there that it was."""
        if self._done.refilled:  # by a place that was lost or is an old one again: it may be back
            self._keeper.want_sweep()
        if not self._keeper.is_sweep_due():
            return
        self._keeper.cut()
        self._push(self._keeper.held(), set(self._hub.names("seg/")))
        self._keeper.sweep(self._hub)
        self._done.is_swept = True

    # -- push ----------------------------------------------------------------------------------

    def _push(self, here: Held, there: set[str]) -> None:
        for name in sorted(here.names - there, key=place_of):
            if name in here.pushed and self._lacks_raws(name):
                self._done.lacking += 1
                continue
            try:
                self._push_one(name)
            except Occupied as trouble:  # only by what no program of ours put there
                self._done.troubles.append(trouble)
                continue
            self._done.pushed += name in here.unpushed
            self._done.refilled += name in here.pushed
        known = sorted(here.unpushed & there)
        if known:
            self._keeper.mark_pushed(known)

    def _lacks_raws(self, name: str) -> bool:
        """Whether raw mails of a segment have not come here: it is for those who have them to put it again.

        Without them nobody could take it, and who has them would not see that they are missing.
        """
        return bool(self._keeper.wanted_blobs(decode(self._keeper.segment_bytes(name), name)))

    def _push_one(self, name: str) -> None:
        """A segment after all that it names, so that whoever sees it finds the rest."""
        data = self._keeper.segment_bytes(name)
        segment = decode(data, name)
        erased = self._keeper.erased_raws(segment)
        for blob in segment.raw_blobs:
            for digest, stored in self._keeper.stored_blobs([blob]).items():
                self._hub.put(blob_name(digest), seal(stored))
            if blob in erased:
                self._hub.replace(blob_name(blob), ERASED_ITEM)
        if segment.text_blobs:
            self._put_texts(name, segment)
        self._hub.put(name, data)
        self._keeper.mark_pushed([name])

    def _put_texts(self, segment_name: str, segment: Segment) -> None:
        name, data = texts_name(segment_name), encode_texts(self._keeper.texts_of(segment))
        try:
            self._hub.put(name, data)
        except Occupied:
            # Sound texts, perhaps deflated by another zlib, or fewer as somebody erased some.
            found = decode_texts(self._hub.get(name), name)
            if not set(found) <= set(segment.text_blobs):
                raise

    # -- pull ----------------------------------------------------------------------------------

    def _pull(self, names: list[str]) -> None:
        missed: dict[str, MissingItem] = {}
        for number, name in enumerate(names):
            self._came(number, len(names))
            try:
                self._pull_one(name)
                self._done.pulled += 1
            except NewerItem as trouble:
                self._done.troubles.append(trouble)
            except MissingItem as trouble:
                missed[name] = trouble
            except BrokenItem as trouble:
                self._set_aside(name, trouble)
        # A folder that several computers keep alike may show a segment before what it names.
        overdue = self._keeper.overdue(list(missed))
        for name in overdue:
            self._set_aside(name, missed[name])
        self._done.awaited = len(missed) - len(overdue)

    def _set_aside(self, name: str, trouble: HubTrouble) -> None:
        """Its holders see then that it is missing and put it again, with what it names."""
        _log.warning("%s was set aside: %s", name, trouble)
        self._done.troubles.append(trouble)
        self._hub.withdraw(name)

    def _pull_one(self, name: str) -> None:
        data = self._hub.get(name)
        segment = decode(data, name)
        texts = decode_texts(self._whole(texts_name(name)), texts_name(name)) if segment.text_blobs else {}
        raws = [raw for digest in self._keeper.wanted_blobs(segment) if (raw := self._raw(digest)) is not None]
        self._keeper.take(segment, data, texts, raws)

    def _raw(self, digest: str) -> Blob | None:
        return raw_mail(self._hub, digest, self._keeper.unpacked)

    def _whole(self, name: str) -> bytes:
        return _whole(self._hub, name)


def raw_mail(hub: Hub, digest: str, unpacked: Callable[[bytes], bytes]) -> Blob | None:
    """A raw mail as it is stored, None if it was erased; MissingItem, BrokenItem. `unpacked` as a `Keeper`'s."""
    name = blob_name(digest)
    data = _whole(hub, name)
    if data == ERASED_ITEM:
        return None
    stored = unseal(data, name)
    try:
        content = unpacked(stored)
    except zlib.error:
        content = b""
    if blob_id(content) != digest:
        hub.withdraw(name)
        raise BrokenItem("{name} in the team's place is damaged.", name=name)
    return digest, len(content), stored


def _whole(hub: Hub, name: str) -> bytes:
    """An item that a segment names; a broken one is set aside before that is told."""
    try:
        return hub.get(name)
    except BrokenItem:
        hub.withdraw(name)
        raise
