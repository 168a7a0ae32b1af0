"""Proving that a replica is whole: counts, the fold made anew, and one hash of the state."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from peewee import SqliteDatabase

from deskhelp.domain.events import MAIL_QUARANTINED, MAIL_RECEIVED, MESSAGE_WRITTEN

from . import raws
from .rebuild import rebuild_projection
from .replica import FOLD_VERSION, Replica
from .rows import MESSAGE_COLUMNS, TICKET_COLUMNS

_HASHED: Final = {
    "message": MESSAGE_COLUMNS,
    "ticket": TICKET_COLUMNS,
    "ticket_tag": ("tag", "ticket"),
    "alias": ("id", "ticket"),
    "entity": ("kind", "id", "data", "is_deleted"),
}


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`problems` are sentences; `state_hash` is equal on replicas with equal sets of events."""

    problems: tuple[str, ...]
    tickets: int
    messages: int
    events: int
    state_hash: str

    @property
    def ok(self) -> bool:
        return not self.problems


def state_hash(replica: Replica) -> str:
    """One hash of the projection; local tables and the order of arrival do not enter it."""
    return hash_by(replica.database.execute_sql)


def hash_by(ask: Callable[[str], Iterable[Any]]) -> str:
    """The same, of whatever answers queries with rows."""
    hasher = hashlib.sha256(FOLD_VERSION.encode())
    for table, columns in _HASHED.items():
        order = ", ".join(columns[:2])
        for row in ask(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"):
            hasher.update(repr(row).encode("utf-8", "surrogatepass"))
    return hasher.hexdigest()


def rebuild(replica: Replica) -> None:
    """Make the projection anew from the log, in one transaction."""
    with replica.transaction():
        rebuild_projection(replica.database)


def check(replica: Replica, *, deep: bool = True) -> CheckReport:
    """Look for damage and for anything lost or doubled. `deep` also reads every page of the file."""
    database = replica.database
    return CheckReport(
        problems=tuple(_problems(database, deep=deep)),
        tickets=_count(database, "ticket"),
        messages=_count(database, "message"),
        events=_count(database, "event"),
        state_hash=state_hash(replica),
    )


def _problems(database: SqliteDatabase, *, deep: bool) -> Iterator[str]:
    pragma = "integrity_check" if deep else "quick_check"
    for (said,) in database.execute_sql(f"PRAGMA {pragma}"):
        if said != "ok":
            yield f"The file is damaged: {said}"
    facts = (MAIL_RECEIVED, MAIL_QUARANTINED, MESSAGE_WRITTEN)
    for query, values, sentence in (
        (
            "SELECT COUNT(*) FROM event WHERE kind IN (?,?,?) AND NOT EXISTS "
            "(SELECT 1 FROM message WHERE 'message:' || message.id = event.about) "
            "AND about NOT IN (SELECT about FROM erased)",
            facts,
            "{n} messages of the log are missing from the tickets",
        ),
        (
            "SELECT COUNT(*) FROM message WHERE NOT EXISTS (SELECT 1 FROM ticket WHERE ticket.id = message.ticket)",
            (),
            "{n} messages belong to no ticket",
        ),
        (
            "SELECT COUNT(*) FROM ticket WHERE NOT EXISTS (SELECT 1 FROM message WHERE message.ticket = ticket.id)",
            (),
            "{n} tickets have no message",
        ),
        (
            # Unless they are still to come, as after a snapshot.
            "SELECT COUNT(*) FROM message WHERE raw_blob != '' AND NOT EXISTS "
            "(SELECT 1 FROM blob WHERE blob.id = message.raw_blob) "
            "AND NOT EXISTS (SELECT 1 FROM meta WHERE name = ? AND value != '')",
            (raws.BEFORE,),
            "{n} messages have lost their raw mail",
        ),
        (
            "SELECT COUNT(*) FROM event WHERE blob != '' AND NOT EXISTS "
            "(SELECT 1 FROM blob WHERE blob.id = event.blob)",
            (),
            "{n} events have lost their text",
        ),
        (
            "SELECT COUNT(*) FROM (SELECT about FROM event WHERE kind IN (?,?,?) GROUP BY about HAVING COUNT(*) > 1)",
            facts,
            "{n} messages are in the log twice",
        ),
        (
            "SELECT COUNT(*) FROM message WHERE NOT EXISTS "
            "(SELECT 1 FROM message_fts_docsize WHERE message_fts_docsize.id = message.n)",
            (),
            "{n} messages cannot be found by searching",
        ),
        (
            "SELECT COUNT(*) FROM seen_uid WHERE length(outcome) = 32 AND NOT EXISTS "
            "(SELECT 1 FROM message WHERE message.id = seen_uid.outcome) "
            "AND 'message:' || seen_uid.outcome NOT IN (SELECT about FROM erased)",
            (),
            "{n} mails that were fetched have no message",
        ),
        (
            "SELECT COUNT(*) FROM message WHERE 'message:' || id IN (SELECT about FROM erased)",
            (),
            "{n} messages were erased and are still in the tickets",
        ),
        (
            "SELECT COUNT(*) FROM event WHERE blob != '' AND about IN (SELECT about FROM erased)",
            (),
            "{n} events were erased and still have their text",
        ),
    ):
        found = _scalar(database, query, values)
        if found:
            yield sentence.replace("{n}", str(found)) + "."


def _count(database: SqliteDatabase, table: str) -> int:
    return _scalar(database, f"SELECT COUNT(*) FROM {table}", ())


def _scalar(database: SqliteDatabase, query: str, values: Any) -> int:
    return int(database.execute_sql(query, values).fetchone()[0])
