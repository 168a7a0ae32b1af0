"""The packs that a replica knows to be in the hub, and which of its segments lie in them (decision 0021)."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, Final

from deskhelp.domain.packs import Piece, chain_of, span_of
from deskhelp.domain.segments import SEGMENT_VERSION

if TYPE_CHECKING:
    from .replica import Replica

_PUT_OFF: Final = "team_packs_put_off"


def known(replica: Replica) -> frozenset[str]:
    return frozenset(name for (name,) in replica.database.execute_sql("SELECT name FROM pack"))


def pieces(replica: Replica, pack: str) -> list[Piece]:
    """All segments of a pack, ascending; none if one of them is not held."""
    return chain_of(pack, rows(replica, pack).get)


def rows(replica: Replica, pack: str) -> dict[str, bytes]:
    """The segments that may be those of a pack, by their names; none if there are not enough."""
    span, database = span_of(pack), replica.database
    where, values = "FROM segment WHERE origin = ? AND seq BETWEEN ? AND ?", (span.replica, span.first, span.last)
    if database.execute_sql(f"SELECT COUNT(*) {where}", values).fetchone()[0] < span.size:
        return {}
    return {name: bytes(data) for name, data in database.execute_sql(f"SELECT name, data {where}", values)}


def know(replica: Replica, pack: str, segments: Sequence[str]) -> None:
    """Know a pack that is in the hub, with the segments that lie in it, which have been there then."""
    database = replica.database
    with replica.transaction():
        database.execute_sql("INSERT OR IGNORE INTO pack (name) VALUES (?)", (pack,))
        number = database.execute_sql("SELECT id FROM pack WHERE name = ?", (pack,)).fetchone()[0]
        if not _lies_in_wider(replica, pack):
            database.connection().executemany(
                "UPDATE segment SET pack = ?, is_pushed = 1 WHERE name = ?", [(number, name) for name in segments]
            )


def _lies_in_wider(replica: Replica, pack: str) -> bool:
    query = "SELECT pack.name FROM segment JOIN pack ON pack.id = segment.pack WHERE segment.name = ?"
    row = replica.database.execute_sql(query, (span_of(pack).last_segment,)).fetchone()
    return row is not None and span_of(row[0]).contains(span_of(pack))


def release(replica: Replica, packs: Sequence[str]) -> None:
    """Forget packs, and all that lie within them: their segments are in no known pack."""
    gone = [span_of(pack) for pack in packs]
    names = [name for name in sorted(known(replica)) if any(span.contains(span_of(name)) for span in gone)]
    with replica.transaction():
        for name in names:
            where, values = _members(name)
            replica.database.execute_sql(f"UPDATE segment SET pack = 0 {where}", values)
            replica.database.execute_sql("DELETE FROM pack WHERE name = ?", (name,))


def members(replica: Replica, pack: str) -> list[str]:
    """The segments that lie in this pack and in no wider one."""
    where, values = _members(pack)
    return [name for (name,) in replica.database.execute_sql(f"SELECT name FROM segment {where} ORDER BY seq", values)]


def _members(pack: str) -> tuple[str, tuple[Any, ...]]:
    span = span_of(pack)
    where = "WHERE origin = ? AND seq BETWEEN ? AND ? AND pack = (SELECT id FROM pack WHERE name = ?)"
    return where, (span.replica, span.first, span.last, pack)


# -- our own -------------------------------------------------------------------------------------


def own_names(replica: Replica, first: int, last: int) -> list[str]:
    """The names of this replica's own segments from one number to another, ascending."""
    query = "SELECT name FROM segment WHERE origin = ? AND seq BETWEEN ? AND ? ORDER BY seq"
    return [name for (name,) in replica.database.execute_sql(query, (replica.replica_id, first, last))]


def weight(replica: Replica, first: int, last: int) -> int:
    """How many bytes these are as they are stored, with the texts of the events in them."""
    origin, database = replica.replica_id, replica.database
    size, last_event = database.execute_sql(
        "SELECT COALESCE(SUM(LENGTH(data)), 0), COALESCE(MAX(last_event), 0) FROM segment "
        "WHERE origin = ? AND seq BETWEEN ? AND ?",
        (origin, first, last),
    ).fetchone()
    before = database.execute_sql(
        "SELECT COALESCE(MAX(last_event), 0) FROM segment WHERE origin = ? AND seq = ?", (origin, first - 1)
    ).fetchone()[0]
    texts = database.execute_sql(
        "SELECT COALESCE(SUM(LENGTH(blob.data)), 0) FROM event JOIN blob ON blob.id = event.blob "
        "WHERE event.origin = ? AND event.seq > ? AND event.seq <= ?",
        (origin, before, last_event),
    ).fetchone()[0]
    return int(size) + int(texts)


# -- what only a newer program can read ----------------------------------------------------------


def put_off(replica: Replica, packs: Collection[str]) -> None:
    """Remember packs that hold segments of a form newer than ours."""
    replica.set_meta(_PUT_OFF, json.dumps([SEGMENT_VERSION, *sorted(packs)]))


def put_off_here(replica: Replica) -> frozenset[str]:
    version, *packs = json.loads(replica.meta(_PUT_OFF, "[0]"))
    return frozenset(packs) if version == SEGMENT_VERSION else frozenset()
