"""What was erased stays away: from the log, the tables, the index and the local notes of a replica.

The events stay as structure, without text; their messages are in no table any more. What is to go from the team's
place: `hub_erasing`.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from peewee import SqliteDatabase

from deskhelp.domain.erasure import KIND, covered, home_by, home_of, person_hash
from deskhelp.domain.events import ERASED, FACT_KINDS, Event, about_ticket
from deskhelp.domain.identity import derived_event_id

from .asking import chunks, marks

if TYPE_CHECKING:
    from .replica import Replica

DUE: Final = "erasure_due"
"""The meta fact that something was erased and the file has not been cleaned since."""
SWEEP: Final = "erasure_sweep"
"""The meta fact that the team's place may hold what was erased."""
_SENDING: Final = "sending"
_FACTS: Final = "(" + ", ".join(f"'{kind}'" for kind in sorted(FACT_KINDS)) + ")"


# -- what is erased ------------------------------------------------------------------------------


def has_any(database: SqliteDatabase) -> bool:
    query = "SELECT EXISTS (SELECT 1 FROM erased) OR EXISTS (SELECT 1 FROM erased_person)"
    return bool(database.execute_sql(query).fetchone()[0])


def erased_of(database: SqliteDatabase, abouts: Iterable[str]) -> set[str]:
    """Those of these things that were erased."""
    return {row[0] for row in _in(database, "SELECT about FROM erased WHERE about IN ({})", abouts)}


def covering(database: SqliteDatabase, events: Sequence[Event]) -> set[str]:
    """What of these events' things is erased, by itself, by its ticket or by whose it is."""
    if not has_any(database):
        return set()
    facts = [event for event in events if event.kind in FACT_KINDS]
    homes = erased_of(database, {about_ticket(home_of(fact)) for fact in facts})
    persons = dict(database.execute_sql("SELECT person, until_ms FROM erased_person").fetchall())
    by_rule = covered(facts, frozenset(homes), persons, _key(database))
    return by_rule | erased_of(database, {event.about for event in events})


def _key(database: SqliteDatabase) -> bytes:
    row = database.execute_sql("SELECT value FROM meta WHERE name = 'team_key'").fetchone()
    return bytes.fromhex(row[0]) if row else b""


# -- erasing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gone:
    """What has just been erased: things, and the blobs that they named.

    `found` are those that nobody has named: who meets them without their texts could not know that they are erased.
    """

    abouts: frozenset[str] = frozenset()
    blobs: frozenset[str] = frozenset()
    found: frozenset[str] = frozenset()

    def ids(self, kind: str) -> list[str]:
        """The ids of the tickets or messages among them."""
        return sorted(about.partition(":")[2] for about in self.abouts if about.startswith(f"{kind}:"))


NOTHING: Final = Gone()


def note(database: SqliteDatabase, fresh: Sequence[Event]) -> Gone:
    """Write down what events that were just stored erase, and which of them are erased; they lose their texts."""
    orders = [event for event in fresh if event.kind == ERASED and event.is_understood]
    named = {event.about for event in orders if not event.about.startswith(f"entity:{KIND}:")}
    gone = set(named)
    for event in orders:
        gone |= _note_persons(database, event)
    gone |= _written_into(database, gone) | covering(database, fresh)
    known = erased_of(database, gone)
    rows = [(about,) for about in sorted(gone)]
    database.connection().executemany("INSERT OR IGNORE INTO erased (about) VALUES (?)", rows)
    if not gone:
        return NOTHING
    for name in (DUE, SWEEP):
        database.execute_sql("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, secrets.token_hex(4)))
    blobs = frozenset(_blobs_of_events(database, gone))
    for part in chunks(sorted(gone)):
        database.execute_sql(f"UPDATE event SET blob = '' WHERE about IN ({marks(part)})", part)
    return Gone(frozenset(gone), blobs, frozenset(gone - named - known))


def orders_for(found: Iterable[str]) -> list[Event]:
    """The events that name what was found, the same whoever found it."""
    return [Event(derived_event_id(ERASED, about), ERASED, about, 0) for about in sorted(found)]


def _note_persons(database: SqliteDatabase, order: Event) -> set[str]:
    """Remember whose data goes; returns their messages that are here, also those that the author of this had not."""
    found = {str(person): order.at_ms for person in order.body.get("persons", ()) if isinstance(person, str)}
    database.connection().executemany(
        "INSERT INTO erased_person (person, until_ms) VALUES (?, ?) "
        "ON CONFLICT (person) DO UPDATE SET until_ms = MAX(until_ms, excluded.until_ms)",
        list(found.items()),
    )
    return {f"message:{name}" for name in _messages_of(database, found)} if found else set()


def _messages_of(database: SqliteDatabase, persons: dict[str, int]) -> Iterator[str]:
    """The messages from or to persons of whom only a hash is known; as `domain.erasure.is_theirs` says."""
    key = _key(database)
    known: dict[str, int] = {}
    query = (
        "SELECT message.id, event.at_ms, direction, sender_address, people "
        "FROM message JOIN event ON event.id = source_event"
    )
    for message, at_ms, direction, sender, people in database.execute_sql(query):
        addresses = [sender] if direction != "out" else [one[1] for one in json.loads(people).get("to", ())]
        for address in addresses:
            if address not in known:
                known[address] = persons.get(person_hash(address, key), -1) if address else -1
            if at_ms <= known[address]:
                yield message


def _written_into(database: SqliteDatabase, abouts: Iterable[str]) -> set[str]:
    """The messages that belong to one of these tickets by themselves, as `covering` says of those that arrive later."""
    tickets = {about.partition(":")[2] for about in abouts if about.startswith("ticket:")}
    if not tickets:
        return set()
    rows = _in(database, "SELECT id FROM message WHERE home IN ({})", tickets)
    rows += database.execute_sql("SELECT id FROM message WHERE placed_in != ''").fetchall()  # by somebody, elsewhere
    messages = {f"message:{row[0]}" for row in rows}
    facts = _in(database, f"SELECT about, body FROM event WHERE kind IN {_FACTS} AND about IN ({{}})", messages)
    return {about for about, body in facts if home_by(about, json.loads(body)) in tickets}


def drop(database: SqliteDatabase, gone: Gone) -> None:
    """Delete the texts, raw mails, drafts and outbox rows of what is in no table of the tickets any more."""
    messages, tickets, blobs = gone.ids("message"), gone.ids("ticket"), set(gone.blobs)
    blobs |= {row[0] for row in _in(database, "SELECT raw_blob FROM outbox WHERE message IN ({})", messages)}
    for (data,) in _in(database, "SELECT data FROM draft WHERE ticket IN ({})", tickets):
        blobs |= {file["blob"] for file in json.loads(data).get("files", ())}
    for query, values in (
        # One that is being handed over is not taken away under it; its row goes when it has left.
        (f"DELETE FROM outbox WHERE state != '{_SENDING}' AND message IN ({{}})", messages),
        ("DELETE FROM draft WHERE ticket IN ({})", tickets),
        ("DELETE FROM ticket_read WHERE ticket IN ({})", tickets),
    ):
        for part in chunks(values):
            database.execute_sql(query.format(marks(part)), part)
    _delete_blobs(database, blobs)


def _blobs_of_events(database: SqliteDatabase, abouts: Collection[str]) -> Iterator[str]:
    for blob, body in _in(database, "SELECT blob, body FROM event WHERE about IN ({})", abouts):
        value = json.loads(body)
        yield from (name for name in (blob, value.get("raw"), value.get("carrier")) if isinstance(name, str) and name)


def _delete_blobs(database: SqliteDatabase, blobs: Collection[str]) -> None:
    """Those that nothing else names: two people may have written the same words."""
    kept: set[str] = set()
    for table, column in (("event", "blob"), ("message", "raw_blob"), ("outbox", "raw_blob")):
        kept |= {row[0] for row in _in(database, f"SELECT {column} FROM {table} WHERE {column} IN ({{}})", blobs)}
    for (data,) in database.execute_sql("SELECT data FROM draft"):
        kept |= {file["blob"] for file in json.loads(data).get("files", ())}
    for part in chunks(sorted(set(blobs) - kept)):
        database.execute_sql(f"DELETE FROM blob WHERE id IN ({marks(part)})", part)


def want_sweep(replica: Replica) -> None:
    """Have the team's place looked through for what was erased, if anything was."""
    if has_any(replica.database):
        replica.set_meta(SWEEP, secrets.token_hex(4))


def clean(database: SqliteDatabase) -> None:
    """Write the file anew, so that nothing of what was deleted stands in its free places; outside a transaction."""
    database.execute_sql("INSERT INTO message_fts (message_fts) VALUES ('optimize')")
    database.execute_sql("VACUUM")
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _in(database: SqliteDatabase, query: str, values: Iterable[str]) -> list[Any]:
    found: list[Any] = []
    for part in chunks(sorted(values)):
        found += database.execute_sql(query.format(marks(part)), part).fetchall()
    return found
