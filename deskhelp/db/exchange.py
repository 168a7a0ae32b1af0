"""One exchange between a replica and a hub: put what the hub lacks, take what the replica lacks.

Names say all: each side's names are compared, so a hub that was lost or put back from an old backup is filled again by
the same step that pushes new changes, and an exchange that was cut off goes on where it stopped.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.identity import blob_id
from deskhelp.domain.segments import (
    BrokenItem,
    Hub,
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

from . import erasing, segments
from .hub_erasing import ERASED_ITEM, is_due, sweep
from .packing import PackedBlob, unpacked

Call = Callable[..., Any]
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Exchanged:
    """What an exchange came to, in segments. `refilled` had been in the hub before and were missing there.

    `is_swept` says that the hub was cleaned of what was erased.
    """

    pushed: int = 0
    pulled: int = 0
    refilled: int = 0
    has_forked: bool = False
    is_swept: bool = False
    troubles: list[DeskTrouble] = field(default_factory=list)

    def __add__(self, other: Exchanged) -> Exchanged:
        return Exchanged(
            self.pushed + other.pushed,
            self.pulled + other.pulled,
            self.refilled + other.refilled,
            self.has_forked or other.has_forked,
            self.is_swept or other.is_swept,
            self.troubles + other.troubles,
        )


def exchange(call: Call, hub: Hub) -> Exchanged:
    """Exchange once. ``call(fn, *args)`` runs ``fn(replica, *args)`` where the replica is written, and only that.

    Raises HubTrouble if the hub cannot be used; a damaged item is a trouble in the result and stops nothing else.
    """
    return _Exchange(call, hub).run()


class _Exchange:
    def __init__(self, call: Call, hub: Hub) -> None:
        self._call, self._hub = call, hub
        self._done = Exchanged()

    def run(self) -> Exchanged:
        self._call(segments.cut)
        there = set(self._hub.names("seg/"))
        here = self._own_under_a_free_id(there)
        self._push(here, there)
        self._pull(sorted(there - here.names))
        self._erase()
        return self._done

    # -- clones and restored backups -----------------------------------------------------------

    def _own_under_a_free_id(self, there: set[str]) -> segments.Held:
        """What we hold, after a new id was taken if somebody else, or we before a restore, wrote under ours."""
        here: segments.Held = self._call(segments.held)
        own = f"seg/{here.replica}/"
        is_strange = any(name.startswith(own) and name not in here.names for name in there)
        if is_strange or any(self._is_anothers(name) for name in here.unpushed & there if name.startswith(own)):
            self._call(segments.fork)
            self._done.has_forked = True
            self._call(segments.cut)
            here = self._call(segments.held)
        return here

    def _is_anothers(self, name: str) -> bool:
        """Whether the hub holds other bytes under the name of a segment of ours."""
        try:
            return bool(self._hub.get(name) != self._call(segments.segment_bytes, name))
        except (BrokenItem, MissingItem):
            return False

    # -- what was erased -----------------------------------------------------------------------

    def _erase(self) -> None:
        """Take out of the hub what was erased, after it can be known there that it was."""
        if self._done.refilled:  # by a place that was lost or is an old one again: it may be back
            self._call(erasing.want_sweep)
        if not self._call(is_due):
            return
        self._call(segments.cut)
        self._push(self._call(segments.held), set(self._hub.names("seg/")))
        sweep(self._call, self._hub)
        self._done.is_swept = True

    # -- push ----------------------------------------------------------------------------------

    def _push(self, here: segments.Held, there: set[str]) -> None:
        for name in sorted(here.names - there, key=place_of):
            try:
                self._push_one(name)
            except Occupied as trouble:
                # A clone came in between: the next exchange sees its segment and takes a new id.
                self._done.troubles.append(trouble)
                return
            self._done.pushed += name in here.unpushed
            self._done.refilled += name in here.pushed
        known = sorted(here.unpushed & there)
        if known:
            self._call(segments.mark_pushed, known)

    def _push_one(self, name: str) -> None:
        """A segment after all that it names, so that whoever sees it finds the rest."""
        data = self._call(segments.segment_bytes, name)
        segment = decode(data, name)
        erased = self._call(segments.erased_blobs, segment)[1]
        for blob in segment.raw_blobs:
            for digest, stored in self._call(segments.stored_blobs, [blob]).items():
                self._hub.put(blob_name(digest), seal(stored))
            if blob in erased:
                self._hub.replace(blob_name(blob), ERASED_ITEM)
        if segment.text_blobs:
            self._put_texts(segment)
        self._hub.put(name, data)
        self._call(segments.mark_pushed, [name])

    def _put_texts(self, segment: Segment) -> None:
        name, data = texts_name(segment.name), encode_texts(self._call(segments.texts_of, segment))
        try:
            self._hub.put(name, data)
        except Occupied:
            # Sound texts, perhaps deflated by another zlib, or fewer as somebody erased some; or else those of a clone.
            found = decode_texts(self._hub.get(name), name)
            if not set(found) <= set(segment.text_blobs):
                raise

    # -- pull ----------------------------------------------------------------------------------

    def _pull(self, names: list[str]) -> None:
        for name in names:
            try:
                self._pull_one(name)
                self._done.pulled += 1
            except NewerItem as trouble:
                self._done.troubles.append(trouble)
            except (BrokenItem, MissingItem) as trouble:
                _log.warning("%s was set aside: %s", name, trouble)
                self._done.troubles.append(trouble)
                self._hub.withdraw(name)  # its holders see that it is missing and put it again, with what it names

    def _pull_one(self, name: str) -> None:
        data = self._hub.get(name)
        segment = decode(data, name)
        texts = decode_texts(self._whole(texts_name(name)), texts_name(name)) if segment.text_blobs else {}
        wanted = self._call(segments.wanted_blobs, data, name)
        raws = [raw for digest in wanted if (raw := self._raw(digest)) is not None]
        self._call(segments.take, data, name, texts, raws)

    def _raw(self, digest: str) -> PackedBlob | None:
        """A raw mail as it is stored, None if it was erased."""
        name = blob_name(digest)
        data = self._whole(name)
        if data == ERASED_ITEM:
            return None
        stored = unseal(data, name)
        try:
            content = unpacked(stored)
        except zlib.error:
            content = b""
        if blob_id(content) != digest:
            self._hub.withdraw(name)
            raise BrokenItem("{name} in the team's place is damaged.", name=name)
        return PackedBlob(digest, len(content), stored)

    def _whole(self, name: str) -> bytes:
        """An item that a segment names; a broken one is set aside before that is told."""
        try:
            return self._hub.get(name)
        except BrokenItem:
            self._hub.withdraw(name)
            raise
