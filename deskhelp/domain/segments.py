"""Segments: the pieces of a replica's log as they travel, and what a hub is (decision 0015).

A hub is a store of named items that are written once: ``about`` (whose team it is), ``seg/REPLICA/NUMBER-DIGEST`` (a
piece of a log), ``txt/REPLICA/NUMBER-DIGEST`` (the erasable texts of that piece), ``blob/DIGEST`` (a raw mail), the
packs of `packs` and the copies of all of `snapshots`. Every item ends in the SHA-256 of what stands before, so that
half an item is known as such. A segment's name says its content, so that two of one number, by clones that have not
met, are two items.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from .errors import DeskTrouble
from .events import Event, canonical_json
from .identity import blob_id

ABOUT: Final = "about"
SEGMENT_VERSION: Final = 1
LONGEST_BYTES: Final = 256 * 1024 * 1024
_MAGIC: Final = b"DeskHelp item\n"
_TRAILER: Final = 32
_NAME: Final = re.compile(
    r"about|(?:seg|txt)/[0-9a-f]{16}/[0-9]{10}-[0-9a-f]{32}|blob/[0-9a-f]{32}"
    r"|(?:pack|ptxt)/[0-9a-f]{16}/[0-9]{10}-[0-9]{10}-[0-9a-f]{32}"
    r"|snap/[0-9a-f]{16}/[0-9]{10}-[0-9a-f]{32}/(?:[0-9]{4}|list)"
)
_REPLICA: Final = re.compile(r"[0-9a-f]{16}")
_TYPES: Final = {"id": str, "kind": str, "about": str, "at_ms": int, "agent": str, "body": dict, "version": int}


class HubTrouble(DeskTrouble):
    """The hub cannot be reached, read or written."""


class PasswordWanted(HubTrouble):
    """The place wants a password that is not known here, or refuses the one that is."""


class HubBusy(HubTrouble):
    """The hub has too much to do just now, or too many connections: come back in a moment."""


class BrokenItem(HubTrouble):
    """An item is not what its author wrote."""


class MissingItem(HubTrouble):
    """There is no such item."""


class NewerItem(HubTrouble):
    """A segment in a form that a newer program writes: it waits for the upgrade."""


class Occupied(HubTrouble):
    """Another, sound item has this name already."""


class Hub(Protocol):
    """A store that decides nothing. Every method raises HubTrouble where the world is in the way."""

    def put(self, name: str, data: bytes) -> None:
        """Store a sealed item, whole or not at all. The same again is nothing; Occupied if another stands there."""

    def get(self, name: str) -> bytes:
        """A sealed item, proven whole; MissingItem or BrokenItem."""

    def expect(self, names: Sequence[str]) -> None:
        """These will be asked for next, about in this order: one question to the place may bring several of them."""

    def names(self, prefix: str) -> list[str]:
        """The names that begin so, sorted; what is not ours is passed over."""

    def withdraw(self, name: str) -> None:
        """Set a broken item aside, so that whoever holds it sees it missing and puts it again."""

    def replace(self, name: str, data: bytes) -> None:
        """Put a sealed item in the place of whatever lies there, of which nothing stays, nor of what was set aside."""

    def remove(self, names: Collection[str]) -> None:
        """Delete items, with what was set aside of them; those that are not there are passed over."""

    def say(self, replica: str, note: bytes) -> None:
        """Keep this note of a replica in place of its last; nothing is lost with it."""

    def heard(self) -> dict[str, bytes]:
        """The last note of each replica, as it stands."""

    def close(self) -> None:
        """Let go of connections."""


# -- items ---------------------------------------------------------------------------------------


def is_item_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def is_replica_id(text: str) -> bool:
    return _REPLICA.fullmatch(text) is not None


def segment_name(replica: str, seq: int, data: bytes) -> str:
    """The name of the segment whose sealed bytes are `data`."""
    return f"seg/{replica}/{seq:010d}-{hash_of(data)[:32]}"


def texts_name(name: str) -> str:
    """The item with the texts of a segment, or of a pack."""
    return f"{'ptxt' if name.startswith('pack/') else 'txt'}/{name.partition('/')[2]}"


def named_by(texts: str) -> str:
    """The segment, or the pack, whose texts lie in this item."""
    return f"{'pack' if texts.startswith('ptxt/') else 'seg'}/{texts.partition('/')[2]}"


def blob_name(digest: str) -> str:
    return f"blob/{digest}"


def place_of(segment: str) -> tuple[str, int]:
    """The replica and the number that a segment's name says."""
    _, replica, seq = segment.split("/")
    return replica, int(seq.partition("-")[0])


def seal(content: bytes) -> bytes:
    """A content with our mark before and its SHA-256 behind."""
    data = _MAGIC + content
    return data + hashlib.sha256(data).digest()


def unseal(data: bytes, name: str = "") -> bytes:
    """The content of a sealed item; BrokenItem if a byte differs."""
    body, trailer = data[:-_TRAILER], data[-_TRAILER:]
    if not body.startswith(_MAGIC) or hashlib.sha256(body).digest() != trailer:
        raise broken(name)
    return body[len(_MAGIC) :]


ERASED_ITEM: Final = seal(b"")
"""What lies under the name of a raw mail that was erased."""


def hash_of(sealed: bytes) -> str:
    """What the next segment of the chain calls this one: its trailer."""
    return sealed[-_TRAILER:].hex()


def may_stay(name: str, found: bytes, wanted: bytes) -> bool:
    """Whether a put has nothing to do as the item is there; False if it is broken. Raises Occupied."""
    if found == wanted:
        return True
    try:
        unseal(found, name)
    except BrokenItem:
        return False
    if name.startswith("blob/"):  # named by its content; programs may differ in how they deflate it
        return True
    raise Occupied("The team's place holds something else under the name {name}.", name=name)


def broken(name: str) -> BrokenItem:
    """What to raise where an item is not what its name says."""
    return BrokenItem(
        "{name} in the team's place is damaged.", advice="It is fetched anew from whoever has it.", name=name
    )


# -- segments ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in a segment, with the name of its text in place of the text."""

    event: Event
    blob: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the log of `replica`: its number `seq` from 1 on, the hash of the piece `before` it, its events."""

    replica: str
    seq: int
    before: str
    entries: tuple[Entry, ...]
    version: int = SEGMENT_VERSION

    @property
    def raw_blobs(self) -> tuple[str, ...]:
        """The raw mails that the events name."""
        found = (entry.event.body.get("raw") for entry in self.entries)
        return tuple(sorted({name for name in found if isinstance(name, str) and is_item_name(blob_name(name))}))

    @property
    def text_blobs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.blob for entry in self.entries if entry.blob))


def encode(segment: Segment) -> bytes:
    """The sealed bytes of a segment; equal segments have equal bytes within one version of zlib."""
    value = {
        "version": segment.version,
        "replica": segment.replica,
        "seq": segment.seq,
        "before": segment.before,
        "events": [_entry_values(entry) for entry in segment.entries],
    }
    return seal(zlib.compress(canonical_json(value).encode("utf-8", "surrogatepass"), 6))


def _entry_values(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry.event, name) for name in _TYPES} | {"blob": entry.blob}


def decode(data: bytes, name: str) -> Segment:
    """The segment that lies under `name`; BrokenItem if the bytes are damaged or belong elsewhere."""
    try:
        value = json.loads(_inflated(unseal(data, name), name).decode("utf-8", "surrogatepass"))
        _refuse_newer(int(value["version"]))
        segment = Segment(
            value["replica"],
            value["seq"],
            value["before"],
            tuple(_entry(one) for one in value["events"]),
            value["version"],
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise broken(name) from error
    if segment_name(segment.replica, segment.seq, data) != name:
        raise broken(name)
    return segment


def newer() -> NewerItem:
    return NewerItem(
        "A colleague's DeskHelp is newer, and some of its changes cannot be read here yet.",
        advice="Install the newer version on this computer too; they are taken in then.",
    )


def _refuse_newer(version: int) -> None:
    if version > SEGMENT_VERSION:
        raise newer()


def _entry(value: Mapping[str, Any]) -> Entry:
    known = {name: value[name] for name in _TYPES}
    if any(type(known[name]) is not kind for name, kind in _TYPES.items()) or not isinstance(value["blob"], str):
        raise TypeError("not an event")
    return Entry(Event(**known), value["blob"])


def encode_texts(texts: Iterable[bytes]) -> bytes:
    """The sealed texts of a segment; each is named by its content, so that erasing one leaves the others provable."""
    return seal(zlib.compress(joined(texts), 6))


def decode_texts(data: bytes, name: str) -> dict[str, bytes]:
    """Texts by their digest; BrokenItem."""
    return {blob_id(text): text for text in parted(_inflated(unseal(data, name), name), name)}


def joined(contents: Iterable[bytes]) -> bytes:
    """Contents one after the other, each with its length before it."""
    return b"".join(len(content).to_bytes(4, "big") + content for content in contents)


def parted(data: bytes, name: str) -> Iterator[bytes]:
    """What was `joined`; BrokenItem."""
    place = 0
    while place < len(data):
        start = place + 4
        place = start + int.from_bytes(data[place:start], "big")
        if place > len(data):
            raise broken(name)
        yield data[start:place]


def _inflated(data: bytes, name: str) -> bytes:
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(data, LONGEST_BYTES)
    except zlib.error as error:
        raise broken(name) from error
    if not inflater.eof:
        raise broken(name)
    return content


def with_texts(entries: Sequence[Entry], texts: Mapping[str, bytes]) -> list[Event]:
    """The events of a segment with their texts; one whose text is no JSON object keeps none."""
    return [_with_text(entry, texts) for entry in entries]


def _with_text(entry: Entry, texts: Mapping[str, bytes]) -> Event:
    event, content = entry.event, texts.get(entry.blob, b"")
    try:
        text = json.loads(content.decode("utf-8", "surrogatepass")) if content else {}
    except ValueError:
        text = {}
    text = text if isinstance(text, dict) else {}
    return Event(event.id, event.kind, event.about, event.at_ms, event.agent, event.body, text, event.version)
