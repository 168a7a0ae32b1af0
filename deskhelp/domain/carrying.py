"""Carrying segments and packs between a replica and a hub, each after, or with, all that it names."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping

from .identity import blob_id
from .keeper import Blob, Keeper, Parcel
from .packs import Piece, decode_pack, encode_pack
from .segments import (
    ERASED_ITEM,
    BrokenItem,
    Hub,
    HubTrouble,
    MissingItem,
    Occupied,
    Segment,
    blob_name,
    broken,
    decode,
    decode_texts,
    encode_texts,
    seal,
    texts_name,
    unseal,
)

Texts = Mapping[str, bytes]


class Carrying:
    """What is carried is decided elsewhere. All methods raise what the hub does."""

    def __init__(self, keeper: Keeper, hub: Hub) -> None:
        self._keeper, self._hub = keeper, hub

    # -- to the hub ----------------------------------------------------------------------------

    def lacks_raws(self, name: str) -> bool:
        """Whether raw mails of a segment or a pack have not come here: it is for those who have them to put it again.

        Without them nobody could take it, and who has them would not see that they are missing.
        """
        if name.startswith("pack/"):
            segments = [piece.segment for piece in self._keeper.pieces(name)]
        else:
            segments = [decode(self._keeper.segment_bytes(name), name)]
        return any(self._keeper.wanted_blobs(segment) for segment in segments)

    def put_segment(self, name: str) -> None:
        data = self._keeper.segment_bytes(name)
        segment = decode(data, name)
        self._put_raws(segment)
        self._put_texts(name, [segment])
        self._hub.put(name, data)

    def put_pack(self, name: str, pieces: list[Piece], *, is_new: bool = True) -> None:
        """A pack with its texts; with its raw mails too if it is not `is_new`, and nobody knows what became of them."""
        if not is_new:
            for piece in pieces:
                self._put_raws(piece.segment)
        self._put_texts(name, [piece.segment for piece in pieces])
        self._hub.put(name, encode_pack([piece.data for piece in pieces]))

    def _put_raws(self, segment: Segment) -> None:
        erased = self._keeper.erased_raws(segment)
        for digest, stored in self._keeper.stored_blobs(segment.raw_blobs):
            self._hub.put(blob_name(digest), seal(stored))
        for blob in segment.raw_blobs:
            if blob in erased:
                self._hub.replace(blob_name(blob), ERASED_ITEM)

    def _put_texts(self, name: str, segments: list[Segment]) -> None:
        named = {blob for segment in segments for blob in segment.text_blobs}
        if not named:
            return
        there, texts = texts_name(name), self._texts_of(segments)
        try:
            self._hub.put(there, encode_texts(texts))
        except Occupied:
            # Sound texts, perhaps deflated by another zlib, or fewer as somebody erased some.
            if not set(decode_texts(self._hub.get(there), there)) <= named:
                raise

    def _texts_of(self, segments: Iterable[Segment]) -> Iterable[bytes]:
        texts = (text for segment in segments for text in self._keeper.texts_of(segment))
        return list(dict.fromkeys(texts))

    # -- from the hub --------------------------------------------------------------------------

    def parcel(self, name: str) -> Parcel:
        """A segment that lies there, with what is not held of what it names."""
        data = self._hub.get(name)
        segment = decode(data, name)
        return self._parcel(Piece(name, data, segment), self._texts(name, [segment]))

    def take_pack(self, name: str) -> Iterator[str]:
        """Take in what is not held of a pack, and tell each segment; what stands in the way of one comes at the end."""
        pieces = decode_pack(self._hub.get(name), name)
        held = set(self._keeper.holding([piece.name for piece in pieces]))
        lacking = [piece for piece in pieces if piece.name not in held]
        texts: Texts = {}
        trouble: HubTrouble | None = None
        try:
            texts = self._texts(name, [piece.segment for piece in lacking])
        except (BrokenItem, MissingItem) as error:
            trouble = error
            lacking = [piece for piece in lacking if not piece.segment.text_blobs]
        for piece in lacking:
            try:
                self._keeper.take([self._parcel(piece, texts)])
                yield piece.name
            except (BrokenItem, MissingItem) as error:
                trouble = trouble or error
        if trouble is not None:
            raise trouble

    def prove_pack(self, name: str) -> None:
        """Raise BrokenItem or MissingItem if somebody who takes this pack would not find it whole."""
        pieces = decode_pack(self._hub.get(name), name)
        self._texts(name, [piece.segment for piece in pieces])

    def _texts(self, name: str, segments: Iterable[Segment]) -> Texts:
        """The texts that lie beside a segment or a pack."""
        if not any(segment.text_blobs for segment in segments):
            return {}
        there = texts_name(name)
        try:
            return decode_texts(self._hub.get(there), there)
        except BrokenItem:
            self._hub.withdraw(there)
            raise

    def _parcel(self, piece: Piece, texts: Texts) -> Parcel:
        wanted = self._keeper.wanted_blobs(piece.segment)
        if wanted:
            self._hub.expect([blob_name(digest) for digest in wanted])
        raws = [raw for digest in wanted if (raw := self._raw(digest)) is not None]
        return Parcel(piece.segment, piece.data, texts, raws)

    def _raw(self, digest: str) -> Blob | None:
        return raw_mail(self._hub, digest, self._keeper.unpacked)


def raw_mail(hub: Hub, digest: str, unpacked: Callable[[bytes], bytes]) -> Blob | None:
    """A raw mail as it is stored, None if it was erased; a broken one is set aside. `unpacked` as a `Keeper`'s.

    Raises MissingItem, BrokenItem.
    """
    name = blob_name(digest)
    try:
        return _sound_raw(hub.get(name), digest, unpacked)
    except BrokenItem:
        hub.withdraw(name)
        raise


def _sound_raw(data: bytes, digest: str, unpacked: Callable[[bytes], bytes]) -> Blob | None:
    if data == ERASED_ITEM:
        return None
    stored = unseal(data, blob_name(digest))
    try:
        content = unpacked(stored)
    except zlib.error:
        content = b""
    if blob_id(content) != digest:
        raise broken(blob_name(digest))
    return digest, len(content), stored
