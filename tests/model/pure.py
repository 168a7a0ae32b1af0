"""A replica and a hub in memory. What decides is the program's own: its exchange, its segments, its choices."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from deskhelp.db.packing import pack, unpacked
from deskhelp.domain.events import FACT_KINDS, FIELD_SET, Event, EventDraft
from deskhelp.domain.exchange import UNHURRIED, Exchanged, Pace, exchange
from deskhelp.domain.identity import human_event_id
from deskhelp.domain.keeper import Held, Parcel, overdue_of, still_missed
from deskhelp.domain.merge import fold_fields
from deskhelp.domain.packs import USUAL, Piece, Sizes, chain_of, span_of
from deskhelp.domain.payloads import best_payloads, payload_rank, text_bytes, text_name
from deskhelp.domain.segments import (
    Entry,
    Hub,
    MissingItem,
    Segment,
    encode,
    hash_of,
    may_stay,
    segment_name,
    unseal,
    with_texts,
)

_COPIED = (
    "events",
    "_text_names",
    "_places",
    "_tops",
    "_blobs",
    "_segments",
    "_pushed",
    "_missed",
    "_packs",
    "_pack_of",
)
NewId = Callable[[], str]
Clock = Callable[[], int]


class MemoryHub:
    """A hub that is a dictionary."""

    def __init__(self) -> None:
        self.items: dict[str, bytes] = {}

    def put(self, name: str, data: bytes) -> None:
        found = self.items.get(name)
        if found is None or not may_stay(name, found, data):
            self.items[name] = data

    def get(self, name: str) -> bytes:
        data = self.items.get(name)
        if data is None:
            raise MissingItem("{name} is not there.", name=name)
        unseal(data, name)
        return data

    def expect(self, names: Sequence[str]) -> None:
        """Nothing is far away."""

    def names(self, prefix: str) -> list[str]:
        return sorted(name for name in self.items if name.startswith(prefix))

    def withdraw(self, name: str) -> None:
        self.items.pop(name, None)

    def replace(self, name: str, data: bytes) -> None:
        self.items[name] = data

    def remove(self, names: Collection[str]) -> None:
        for name in names:
            self.items.pop(name, None)

    def say(self, replica: str, note: bytes) -> None:
        """Nobody listens."""

    def heard(self) -> dict[str, bytes]:
        return {}

    def close(self) -> None:
        """Nothing is held open."""


class MemoryReplica:
    """A replica as the exchange sees it (a `Keeper`), and as a desk does: a log, blobs and segments."""

    def __init__(self, new_id: NewId, now_ms: Clock, sizes: Sizes = USUAL) -> None:
        self._new_id, self._now_ms, self._sizes = new_id, now_ms, sizes
        self.id = new_id()
        self.events: dict[str, Event] = {}
        self._text_names: dict[str, str] = {}
        self._places: dict[str, tuple[str, int]] = {}
        self._tops: dict[str, int] = {}
        self._blobs: dict[str, bytes] = {}
        self._segments: dict[str, tuple[Segment, int, bytes]] = {}
        self._pushed: set[str] = set()
        self._missed: dict[str, int] = {}
        self._packs: set[str] = set()
        self._pack_of: dict[str, str] = {}
        self._put_off: frozenset[str] = frozenset()
        self._about: dict[str, list[str]] = {}

    def copied(self) -> MemoryReplica:
        """The same again, as a copy of the file is."""
        copy = MemoryReplica.__new__(MemoryReplica)
        copy._new_id, copy._now_ms, copy.id = self._new_id, self._now_ms, self.id
        copy._sizes, copy._put_off = self._sizes, self._put_off
        for name in _COPIED:
            setattr(copy, name, getattr(self, name).copy())
        copy._about = {about: list(ids) for about, ids in self._about.items()}
        return copy

    def exchange(self, hub: Hub, pace: Pace = UNHURRIED) -> Exchanged:
        return exchange(self, hub, self._sizes, pace=pace)

    def close(self) -> None:
        """Nothing is held open."""

    # -- what a desk does ------------------------------------------------------------------------

    def append(self, drafts: Sequence[EventDraft], raws: Sequence[bytes] = ()) -> None:
        for raw in raws:
            blob = pack(raw)
            self._blobs[blob.name] = blob.data
        self._store([self._event(draft) for draft in drafts], self.id)

    def _event(self, draft: EventDraft) -> Event:
        event_id = draft.id or human_event_id(self.id, self._new_id())
        return draft.event(event_id)

    def facts(self) -> Sequence[Event]:
        return [event for event in self.events.values() if event.kind in FACT_KINDS]

    def all_events(self) -> Collection[Event]:
        return self.events.values()

    def count(self) -> int:
        return len(self.events)

    def about(self, about: str) -> list[Event]:
        return [self.events[event] for event in self._about.get(about, ())]

    def field_draft(self, about: str, name: str, value: Any, *, at_ms: int, seen: Sequence[str] = ()) -> EventDraft:
        register = fold_fields(self.about(about)).registers.get(name)
        body: dict[str, Any] = {
            "field": name,
            "replaces": list(register.head_ids) if register else [],
            "version": register.next_version if register else 1,
            "value": value,
        }
        return EventDraft(FIELD_SET, about, at_ms, body=body | ({"seen": sorted(seen)} if seen else {}))

    def adds(self, about: str, name: str) -> Mapping[str, Collection[str]]:
        """The items of a set, each with the additions that hold it there."""
        return fold_fields(self.about(about)).sets.get(name, {})

    def _store(self, events: Sequence[Event], origin: str) -> None:
        """As `db.log.store_events`: what is new takes the next places, and a better payload a place of its own."""
        for event in best_payloads(events):
            content, known = text_bytes(event), self.events.get(event.id)
            name = text_name(content)
            if known is not None:
                if payload_rank(event, name) <= payload_rank(known, self._text_names[event.id]):
                    continue
            else:
                self._about.setdefault(event.about, []).append(event.id)
            self._tops[origin] = self._tops.get(origin, 0) + 1
            self._places[event.id] = (origin, self._tops[origin])
            self.events[event.id], self._text_names[event.id] = event, name
            if content:
                self._blobs[name] = pack(content).data

    # -- the Keeper --------------------------------------------------------------------------------

    def cut(self) -> None:
        own = [
            (segment.seq, last, data) for segment, last, data in self._segments.values() if segment.replica == self.id
        ]
        seq, covered, data = max(own, default=(0, 0, b""))
        uncut = sorted(
            (place, name) for name, (origin, place) in self._places.items() if origin == self.id and place > covered
        )
        if not uncut:
            return
        entries = tuple(Entry(self._bare(self.events[name]), self._text_names[name]) for _, name in uncut)
        segment = Segment(self.id, seq + 1, hash_of(data) if data else "", entries)
        data = encode(segment)
        self._segments[segment_name(self.id, segment.seq, data)] = (segment, uncut[-1][0], data)

    @staticmethod
    def _bare(event: Event) -> Event:
        return Event(event.id, event.kind, event.about, event.at_ms, event.agent, event.body, {}, event.version)

    def held(self) -> Held:
        loose = self._segments.keys() - self._pack_of.keys()
        pushed = frozenset(loose & self._pushed)
        return Held(self.id, pushed, frozenset(loose - pushed), frozenset(self._packs), self._put_off)

    def holding(self, names: Collection[str]) -> Collection[str]:
        return [name for name in names if name in self._segments]

    def fork(self) -> None:
        """As `db.segments.fork`."""
        old, self.id = self.id, self._new_id()
        own = {name: found for name, found in self._segments.items() if found[0].replica == old}
        last = max((own[name][0].seq for name in own.keys() & self._pushed), default=0)
        shared = max((own[name][1] for name in own.keys() & self._pushed), default=0)
        for name, (segment, _, _) in own.items():
            if segment.seq > last:
                del self._segments[name]
        for name, (origin, place) in self._places.items():
            if origin == old and place > shared:
                self._places[name] = (self.id, place)
                self._tops[self.id] = max(self._tops.get(self.id, 0), place)

    def mark_pushed(self, names: Sequence[str]) -> None:
        self._pushed.update(names)

    def segment_bytes(self, name: str) -> bytes:
        return self._segments[name][2]

    def texts_of(self, segment: Segment) -> list[bytes]:
        return [unpacked(self._blobs[name]) for name in segment.text_blobs if name in self._blobs]

    def stored_blobs(self, names: Sequence[str]) -> Iterable[tuple[str, bytes]]:
        return [(name, self._blobs[name]) for name in names if name in self._blobs]

    def wanted_blobs(self, segment: Segment) -> list[str]:
        return [name for name in segment.raw_blobs if name not in self._blobs]

    def erased_raws(self, segment: Segment) -> Collection[str]:
        return ()

    def unpacked(self, stored: bytes) -> bytes:
        return unpacked(stored)

    def take(self, parcels: Sequence[Parcel]) -> None:
        for segment, data, texts, raws in parcels:
            self._blobs.update((name, stored) for name, _, stored in raws)
            self._store(with_texts(segment.entries, texts), segment.replica)
            name = segment_name(segment.replica, segment.seq, data)
            self._segments[name] = (segment, self._tops.get(segment.replica, 0), data)
            self._pushed.add(name)

    def adopt(self, pack: str) -> bool:
        """As `db.packs.know`."""
        pieces, span = self.pieces(pack), span_of(pack)
        if not pieces:
            return False
        wider = self._pack_of.get(span.last_segment)
        self._packs.add(pack)
        if wider is None or not span_of(wider).contains(span):
            self._pack_of |= {piece.name: pack for piece in pieces}
            self._pushed |= {piece.name for piece in pieces}
        return True

    def release(self, packs: Sequence[str]) -> None:
        gone = {one for one in self._packs for pack in packs if span_of(pack).contains(span_of(one))}
        self._packs -= gone
        self._pack_of = {name: pack for name, pack in self._pack_of.items() if pack not in gone}

    def members(self, pack: str) -> Collection[str]:
        return [name for name, found in self._pack_of.items() if found == pack]

    def pieces(self, pack: str) -> list[Piece]:
        return chain_of(pack, lambda name: self._segments[name][2] if name in self._segments else None)

    def own_names(self, first: int, last: int) -> list[str]:
        own = [(one.seq, name) for name, (one, _, _) in self._segments.items() if one.replica == self.id]
        return [name for seq, name in sorted(own) if first <= seq <= last]

    def weight(self, first: int, last: int) -> int:
        return sum(len(self._segments[name][2]) for name in self.own_names(first, last))

    def put_off(self, packs: Collection[str]) -> None:
        self._put_off = frozenset(packs)

    def overdue(self, awaited: Collection[str]) -> Collection[str]:
        self._missed = still_missed(self._missed, awaited, self._now_ms())
        return overdue_of(self._missed, self._now_ms())

    def want_sweep(self) -> None:
        """Nothing is ever erased here."""

    def is_sweep_due(self) -> bool:
        return False

    def sweep(self, hub: Hub) -> None:
        """Nothing is ever erased here."""
