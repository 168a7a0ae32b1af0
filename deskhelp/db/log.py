"""The append-only log: events as rows, their erasable text as blobs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from peewee import SqliteDatabase

from deskhelp.domain.errors import NotFound
from deskhelp.domain.events import REGISTER_KINDS, Event, canonical_json
from deskhelp.domain.payloads import Rank, best_payloads, payload_rank

from .asking import chunks, marks
from .erasing import covering
from .packing import PackedBlob, pack, unpacked
from .prepared import NO_TEXT, Preparations

_COLUMNS: Final = "id, origin, seq, kind, version, about, at_ms, agent, body, blob"


# -- blobs ---------------------------------------------------------------------------------------


def put_packed(database: SqliteDatabase, blobs: Iterable[PackedBlob]) -> None:
    """Store what was packed; what is there already stays."""
    # executemany of the driver: peewee builds a statement per row, which halves the rate of an import.
    database.connection().executemany("INSERT OR IGNORE INTO blob (id, size, data) VALUES (?, ?, ?)", blobs)


def put_blobs(database: SqliteDatabase, contents: Iterable[bytes]) -> list[str]:
    """Store contents under their digests; returns the names in order."""
    blobs = [pack(content) for content in contents]
    put_packed(database, blobs)
    return [blob.name for blob in blobs]


def get_blob(database: SqliteDatabase, name: str) -> bytes:
    """The content of a blob; NotFound if it was erased or has not come yet."""
    row = database.execute_sql("SELECT data FROM blob WHERE id = ?", (name,)).fetchone()
    if row is None:
        raise NotFound("This text is not here any more, or not here yet.", detail=f"blob {name}")
    return unpacked(bytes(row[0]))


# -- events --------------------------------------------------------------------------------------


def next_seq(database: SqliteDatabase, origin: str) -> int:
    """The place of the next event; one that a segment covers is never used again."""
    row = database.execute_sql(
        "SELECT MAX(COALESCE((SELECT MAX(seq) FROM event WHERE origin = :origin), 0), "
        "COALESCE((SELECT MAX(last_event) FROM segment WHERE origin = :origin), 0))",
        {"origin": origin},
    ).fetchone()
    return int(row[0]) + 1


def store_events(
    database: SqliteDatabase, events: Sequence[Event], origin: str, first_seq: int, ready: Preparations | None = None
) -> list[Event]:
    """Append events; returns those that are new or whose payload replaces a lesser one."""
    ready = ready or Preparations()
    best = best_payloads(events)
    known = _known_ranks(database, [event.id for event in best])
    erased = covering(database, events)
    fresh: list[Event] = []
    blobs: list[PackedBlob] = []
    rows: list[tuple[Any, ...]] = []
    for event in best:
        text = NO_TEXT if event.about in erased else ready.text_of(event)
        place = (origin, first_seq + len(fresh))
        if event.id not in known:
            rows.append((event.id, *place, *_payload(event, text.name)))
        elif payload_rank(event, text.name) > known[event.id]:
            _replace_payload(database, event, text.name, place)
        else:
            continue
        if text.name:
            blobs.append(text)
        fresh.append(event)
    put_packed(database, blobs)
    database.connection().executemany(f"INSERT INTO event ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
    return fresh


def _known_ranks(database: SqliteDatabase, ids: Sequence[str]) -> dict[str, Rank]:
    found = {}
    for part in chunks(ids):
        query = f"SELECT id, kind, about, at_ms, agent, body, version, blob FROM event WHERE id IN ({marks(part)})"
        for event_id, kind, about, at_ms, agent, body, version, blob in database.execute_sql(query, part):
            known = Event(event_id, kind, about, at_ms, agent, json.loads(body), {}, version)
            found[event_id] = payload_rank(known, blob)
    return found


def _payload(event: Event, blob: str) -> tuple[Any, ...]:
    body = canonical_json(event.body)
    return event.kind, event.version, event.about, event.at_ms, event.agent, body, blob


def _replace_payload(database: SqliteDatabase, event: Event, blob: str, place: tuple[str, int]) -> None:
    """The better payload takes a new place in the log, so that it travels though the lesser one has done so."""
    database.execute_sql(
        "UPDATE event SET kind = ?, version = ?, about = ?, at_ms = ?, agent = ?, body = ?, blob = ?, "
        "origin = ?, seq = ? WHERE id = ?",
        (*_payload(event, blob), *place, event.id),
    )


def read_events(
    database: SqliteDatabase, where: str = "1", values: Sequence[Any] = (), *, tail: str = ""
) -> list[Event]:
    """Events that fit a condition, with their texts; an erased text reads as empty."""
    query = (
        "SELECT event.id, kind, about, at_ms, agent, body, version, blob.data FROM event "
        f"LEFT JOIN blob ON blob.id = event.blob AND event.blob != '' WHERE {where} ORDER BY n {tail}"
    )
    return [_event(row) for row in database.execute_sql(query, values)]


def _event(row: Sequence[Any]) -> Event:
    event_id, kind, about, at_ms, agent, body, version, data = row
    text = json.loads(unpacked(bytes(data)).decode("utf-8", "surrogatepass")) if data is not None else {}
    return Event(event_id, kind, about, at_ms, agent, json.loads(body), text, version)


def register_events(database: SqliteDatabase, abouts: Iterable[str]) -> dict[str, list[Event]]:
    """The field and set events of many things at once, by thing."""
    found: dict[str, list[Event]] = {}
    for part in chunks(sorted(set(abouts))):
        where = f"about IN ({marks(part)}) AND kind IN ({marks(REGISTER_KINDS)})"
        for event in read_events(database, where, [*part, *REGISTER_KINDS]):
            found.setdefault(event.about, []).append(event)
    return found
