"""The replica's side of the exchange: cutting its log into segments, keeping others' word for word, taking them in."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from peewee import SqliteDatabase

from deskhelp.domain.events import MAIL_RECEIVED, Event
from deskhelp.domain.keeper import Held, Parcel, overdue_of, still_missed
from deskhelp.domain.packs import Span
from deskhelp.domain.segments import Entry, Segment, decode, encode, hash_of, segment_name, with_texts
from deskhelp.domain.views import Change

from . import erasing, packs
from .asking import chunks, marks
from .log import next_seq
from .packing import PackedBlob, unpacked
from .replica import Replica

PORTION_BYTES: Final = 4 * 1024 * 1024
_EVENTS: Final = 500
_MAILS: Final = 50
"""So many mails are in a segment at most: whoever takes it does nothing else until they are all taken in."""
_MISSED: Final = "team_missed"
_COLUMNS: Final = "id, kind, about, at_ms, agent, body, version, blob, seq"


def held(replica: Replica) -> Held:
    rows = replica.database.execute_sql("SELECT name, is_pushed FROM segment WHERE pack = 0").fetchall()
    pushed = frozenset(name for name, is_pushed in rows if is_pushed)
    unpushed = frozenset(name for name, is_pushed in rows if not is_pushed)
    return Held(replica.replica_id, pushed, unpushed, packs.known(replica), packs.put_off_here(replica))


def holding(replica: Replica, names: Collection[str]) -> list[str]:
    """Those of these segments that are held."""
    found: list[str] = []
    for part in chunks(sorted(names)):
        rows = replica.database.execute_sql(f"SELECT name FROM segment WHERE name IN ({marks(part)})", part)
        found += [name for (name,) in rows]
    return found


@dataclass(frozen=True, slots=True)
class Count:
    """How many segments are held, how many of them nobody else has yet, and whose they are."""

    all: int
    unpushed: int
    replicas: frozenset[str]


def count(replica: Replica) -> Count:
    database = replica.database
    total = database.execute_sql("SELECT COUNT(*) FROM segment").fetchone()[0]
    unpushed = database.execute_sql("SELECT COUNT(*) FROM segment WHERE pack = 0 AND NOT is_pushed").fetchone()[0]
    return Count(total, unpushed, origins(replica))


def origins(replica: Replica) -> frozenset[str]:
    """The replicas of which segments are held."""
    return frozenset(_origins(replica.database))


def _origins(database: SqliteDatabase) -> Iterator[str]:
    """By the index from one to the next: there may be a million segments of a few replicas."""
    last = ""
    while row := database.execute_sql("SELECT MIN(origin) FROM segment WHERE origin > ?", (last,)).fetchone():
        if row[0] is None:
            return
        last = row[0]
        yield last


def segment_bytes(replica: Replica, name: str) -> bytes:
    return bytes(replica.database.execute_sql("SELECT data FROM segment WHERE name = ?", (name,)).fetchone()[0])


def mark_pushed(replica: Replica, names: Sequence[str]) -> None:
    with replica.transaction():
        replica.database.connection().executemany(
            "UPDATE segment SET is_pushed = 1 WHERE name = ?", [(name,) for name in names]
        )


def forget_pushed(replica: Replica) -> None:
    """Another hub, or none: what lies there is not known any more."""
    with replica.transaction():
        replica.database.execute_sql("UPDATE segment SET is_pushed = 0, pack = 0")
        replica.database.execute_sql("DELETE FROM pack")


# -- our own log ---------------------------------------------------------------------------------


def has_uncut(replica: Replica) -> bool:
    """Whether this replica has events that are in no segment yet."""
    origin = replica.replica_id
    query = (
        "SELECT EXISTS (SELECT 1 FROM event WHERE origin = :origin AND seq > "
        "COALESCE((SELECT MAX(last_event) FROM segment WHERE origin = :origin), 0))"
    )
    return bool(replica.database.execute_sql(query, {"origin": origin}).fetchone()[0])


def cut(replica: Replica) -> None:
    """Make segments of the events of this replica that are in none yet."""
    with replica.transaction():
        while _cut_one(replica):
            pass


def _cut_one(replica: Replica) -> bool:
    origin, database = replica.replica_id, replica.database
    last = database.execute_sql(
        "SELECT seq, last_event, data FROM segment WHERE origin = ? ORDER BY seq DESC LIMIT 1", (origin,)
    ).fetchone()
    seq, covered, before = (last[0], last[1], hash_of(bytes(last[2]))) if last else (0, 0, "")
    rows = database.execute_sql(
        f"SELECT {_COLUMNS} FROM event WHERE origin = ? AND seq > ? ORDER BY seq LIMIT ?", (origin, covered, _EVENTS)
    ).fetchall()
    if not rows:
        return False
    rows = _with_few_mails(rows)
    segment = Segment(origin, seq + 1, before, tuple(_entry(row) for row in rows))
    _keep(database, segment, encode(segment), rows[-1][-1], is_pushed=False)
    return True


def _with_few_mails(rows: Sequence[Any]) -> Sequence[Any]:
    """The first of these rows of events, up to the last mail that a segment may have."""
    mails = [number for number, row in enumerate(rows, start=1) if row[1] == MAIL_RECEIVED]
    return rows[: mails[_MAILS - 1]] if len(mails) > _MAILS else rows


def _keep(database: SqliteDatabase, segment: Segment, data: bytes, last_event: int, *, is_pushed: bool) -> None:
    name = segment_name(segment.replica, segment.seq, data)
    database.execute_sql(
        "INSERT OR IGNORE INTO segment (name, origin, seq, last_event, is_pushed, data) VALUES (?, ?, ?, ?, ?, ?)",
        (name, segment.replica, segment.seq, last_event, is_pushed, data),
    )


def _entry(row: Sequence[Any]) -> Entry:
    event_id, kind, about, at_ms, agent, body, version, blob, _ = row
    return Entry(Event(event_id, kind, about, at_ms, agent, json.loads(body), {}, version), blob)


def fork(replica: Replica) -> str:
    """Go on under a new id, as another replica has ours: what came after all that was shared moves to it.

    What is older than that stays under the old one, shared or not, as the newest is shared first. Returns the new id.
    """
    old, new, database = replica.replica_id, secrets.token_hex(8), replica.database
    with replica.transaction():
        last, shared = database.execute_sql(
            "SELECT MAX(seq), MAX(last_event) FROM segment WHERE origin = ? AND is_pushed", (old,)
        ).fetchone()
        database.execute_sql("DELETE FROM segment WHERE origin = ? AND seq > ?", (old, last or 0))
        database.execute_sql("UPDATE event SET origin = ? WHERE origin = ? AND seq > ?", (new, old, shared or 0))
        replica.set_meta("replica", new)
    return new


# -- what is erased ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Erased:
    """What of a segment must not lie in a hub: texts and raw mails by their digests."""

    segment: str
    texts: frozenset[str]
    raws: frozenset[str]


def erased_blobs(replica: Replica, segment: Segment) -> tuple[frozenset[str], frozenset[str]]:
    """The texts and the raw mails that only erased events of a segment name."""
    gone = erasing.erased_of(replica.database, {entry.event.about for entry in segment.entries})
    if not gone:
        return frozenset(), frozenset()
    lost = replace(segment, entries=tuple(entry for entry in segment.entries if entry.event.about in gone))
    stays = replace(segment, entries=tuple(entry for entry in segment.entries if entry.event.about not in gone))
    return frozenset(lost.text_blobs) - set(stays.text_blobs), frozenset(lost.raw_blobs) - set(stays.raw_blobs)


def texts_needed(replica: Replica, span: Span, others: Sequence[Segment] = ()) -> frozenset[str]:
    """The texts that are named by what is not erased in segments of these numbers: two may write the same.

    `others` are segments of these numbers that may not be held here.
    """
    rows = replica.database.execute_sql(
        "SELECT name, data FROM segment WHERE origin = ? AND seq BETWEEN ? AND ?", (span.replica, span.first, span.last)
    )
    found = [*(decode(bytes(data), name) for name, data in rows), *others]
    entries = [entry for segment in found for entry in segment.entries if entry.blob]
    gone = erasing.erased_of(replica.database, {entry.event.about for entry in entries})
    return frozenset(entry.blob for entry in entries if entry.event.about not in gone)


def to_sweep(replica: Replica, after: str, count: int) -> tuple[list[Erased], str]:
    """What is to go from the hub of the next `count` segments after this one, and the last of them, "" at the end."""
    rows = replica.database.execute_sql(
        "SELECT name, data FROM segment WHERE name > ? ORDER BY name LIMIT ?", (after, count)
    ).fetchall()
    found = []
    for name, data in rows:
        texts, raws = erased_blobs(replica, decode(bytes(data), name))
        if texts or raws:
            found.append(Erased(name, texts, raws))
    return found, rows[-1][0] if len(rows) == count else ""


# -- what segments name --------------------------------------------------------------------------


def in_portions(replica: Replica, names: Sequence[str]) -> list[list[str]]:
    """Those of these blobs that are here, in their order, cut where one more would be too much for the memory."""
    sizes: dict[str, int] = {}
    for part in chunks(names):
        query = f"SELECT id, LENGTH(data) FROM blob WHERE id IN ({marks(part)})"
        sizes.update(replica.database.execute_sql(query, part).fetchall())
    portions: list[list[str]] = []
    room = 0
    for name in names:
        if name not in sizes:
            continue
        if sizes[name] > room or not portions:
            portions.append([])
            room = PORTION_BYTES
        portions[-1].append(name)
        room -= sizes[name]
    return portions


def stored_blobs(replica: Replica, names: Collection[str]) -> dict[str, bytes]:
    """Those blobs that are here, as they are stored."""
    found: dict[str, bytes] = {}
    for part in chunks(names):
        rows = replica.database.execute_sql(f"SELECT id, data FROM blob WHERE id IN ({marks(part)})", part)
        found.update((name, bytes(data)) for name, data in rows)
    return found


def texts_of(replica: Replica, segment: Segment) -> list[bytes]:
    """The texts of a segment that are here, in its order."""
    stored = stored_blobs(replica, segment.text_blobs)
    return [unpacked(stored[name]) for name in segment.text_blobs if name in stored]


def overdue(replica: Replica, awaited: Collection[str], now_ms: int) -> list[str]:
    """Remember which items are awaited; returns those that have been for too long."""
    before: dict[str, int] = json.loads(replica.meta(_MISSED, "{}"))
    since = still_missed(before, awaited, now_ms)
    if since != before:
        replica.set_meta(_MISSED, json.dumps(since))
    return overdue_of(since, now_ms)


def texts_held(replica: Replica, name: str) -> list[bytes] | None:
    """The texts of the segment, or of the pack, of this name that are here; None if not all of a pack is held."""
    if name.startswith("seg/"):
        return texts_of(replica, decode(segment_bytes(replica, name), name))
    pieces = packs.pieces(replica, name)
    texts = (text for piece in pieces for text in texts_of(replica, piece.segment))
    return list(dict.fromkeys(texts)) if pieces else None


def wanted_blobs(replica: Replica, segment: Segment) -> list[str]:
    """The raw mails that a segment names and that are neither here nor erased."""
    names = sorted(set(segment.raw_blobs) - erased_blobs(replica, segment)[1])
    here: set[str] = set()
    for part in chunks(names):
        rows = replica.database.execute_sql(f"SELECT id FROM blob WHERE id IN ({marks(part)})", part)
        here.update(name for (name,) in rows)
    return [name for name in names if name not in here]


def take(replica: Replica, parcels: Sequence[Parcel]) -> Change:
    """Take in segments of other replicas with what they name, and keep their bytes, in one transaction.

    What is erased is taken in without its text and raw mail.
    """
    change = Change()
    with replica.transaction():
        for parcel in parcels:
            change |= _take(replica, parcel)
    return change


def _take(replica: Replica, parcel: Parcel) -> Change:
    segment, texts = parcel.segment, parcel.texts
    events = with_texts(segment.entries, texts)
    erased = erasing.covering(replica.database, events)
    stays = replace(segment, entries=tuple(entry for entry in segment.entries if entry.event.about not in erased))
    raws = frozenset(stays.raw_blobs)
    replica.put_packed(PackedBlob(*raw) for raw in parcel.raws if raw[0] in raws)
    # Named as they were: an event that this program cannot read keeps its text for a newer one.
    replica.put_blobs([texts[blob] for blob in stays.text_blobs if blob in texts])
    change = replica.apply(events, segment.replica)
    last_event = next_seq(replica.database, segment.replica) - 1
    _keep(replica.database, segment, parcel.data, last_event, is_pushed=True)
    return change
