"""The tables as a fold of the log: what new events touch is folded again, whole, by the domain's pure functions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from peewee import SqliteDatabase

from deskhelp.domain.events import FACT_KINDS, Event
from deskhelp.domain.merge import Fields, fold_fields
from deskhelp.domain.ticket import fold_message, fold_ticket
from deskhelp.domain.views import Change

from . import erasing, search
from .asking import chunks, marks
from .erasing import NOTHING, Gone
from .log import read_events, register_events
from .prepared import Preparations
from .rows import (
    MESSAGE_COLUMNS,
    TICKET_COLUMNS,
    entity_of,
    facts_of,
    message_id_of,
    node_of,
    ticket_values,
    with_state,
)
from .threading_store import ThreadingStore

_FACT_COLUMNS = (
    "ticket, id, at_ms, direction, kind, sender_name, sender_address, subject, snippet, mailbox, channel, delivery, "
    "attachments, agent, is_hidden, is_history, is_automatic, home"
)


def project(
    database: SqliteDatabase, events: Sequence[Event], gone: Gone = NOTHING, ready: Preparations | None = None
) -> Change:
    """Bring the tables up to date with events that are in the log, and things that are erased; returns what changed."""
    return Projection(database, ready).apply([event for event in events if event.is_understood], gone)


class Projection:
    """One application of a batch of events."""

    def __init__(self, database: SqliteDatabase, ready: Preparations | None = None) -> None:
        self._database = database
        self._ready = ready or Preparations()
        self._threading = ThreadingStore(database)

    def apply(self, events: Sequence[Event], gone: Gone = NOTHING) -> Change:
        facts = [event for event in events if event.kind in FACT_KINDS]
        changed = {event.about for event in events if event.kind not in FACT_KINDS}
        touched = self._take_out(gone.ids("message"))
        touched |= self._add_messages(self._not_erased(facts))
        touched |= self._change_messages({about for about in changed if about.startswith("message:")}, facts)
        tickets = {about.partition(":")[2] for about in changed if about.startswith("ticket:")}
        touched |= self._merge(tickets)
        touched |= self._threading.canonical(tickets)
        self._refold(touched)
        entities = self._fold_entities({about for about in changed if about.startswith("entity:")})
        return Change(frozenset(touched), frozenset(entities))

    # -- messages ----------------------------------------------------------------------------

    def _add_messages(self, facts: Sequence[Event]) -> set[str]:
        """Fold messages that are new, or whose fact or place has changed; returns the tickets touched."""
        if not facts:
            return set()
        by_message = {message_id_of(event.about): event for event in facts}
        left = self._remove_messages(list(by_message))
        for event in sorted(self._facts_of(left), key=lambda event: event.id):  # one fact a message, unless forged
            by_message[message_id_of(event.about)] = event
        fields = self._fields([event.about for event in by_message.values()])
        rows = []
        for event in by_message.values():
            state = fold_message(fields.get(event.about, fold_fields(())))
            rows.append(with_state(self._ready.row_of(event), state))
        self._insert_messages(rows)
        self._insert_attachments(by_message.values())
        self._index(rows, by_message)
        nodes = [node_of(row) for row in rows]
        self._threading.remember(nodes)
        return self._threading.settle(nodes, also=left.values())

    def _take_out(self, ids: Sequence[str]) -> set[str]:
        """Let messages be in no ticket; returns the tickets they were in."""
        left = set(self._remove_messages(ids).values())
        return left | self._threading.settle((), also=left) if left else set()

    def _not_erased(self, facts: Sequence[Event]) -> list[Event]:
        gone = erasing.erased_of(self._database, {event.about for event in facts})
        return [event for event in facts if event.about not in gone]

    def _insert_messages(self, rows: Sequence[dict[str, Any]]) -> None:
        # The driver's executemany: peewee's insert_many spends more on building the statement than SQLite on it.
        columns = ", ".join(MESSAGE_COLUMNS)
        self._database.connection().executemany(
            f"INSERT INTO message ({columns}) VALUES ({marks(MESSAGE_COLUMNS)})",
            [tuple(row[name] for name in MESSAGE_COLUMNS) for row in rows],
        )

    def _insert_attachments(self, facts: Iterable[Event]) -> None:
        rows = [(message_id_of(event.about), *part) for event in facts for part in event.text.get("attachments", ())]
        self._database.connection().executemany(
            "INSERT OR REPLACE INTO attachment (message, part, name, content_type, size, sha256, inline, content_id) "
            "VALUES (?,?,?,?,?,?,?,?)",
            rows,
        )

    def _index(self, rows: Sequence[dict[str, Any]], facts: dict[str, Event]) -> None:
        numbers = dict(self._in("SELECT id, n FROM message WHERE id IN ({})", [row["id"] for row in rows]))
        words = [(numbers[row["id"]], *self._ready.words_of(facts[row["id"]], row)) for row in rows]
        search.index_messages(self._database, words)

    def _remove_messages(self, ids: Sequence[str]) -> dict[str, str]:
        """Take out those rows that are there, index and evidence with them; returns the tickets they were in."""
        found = self._in("SELECT id, n, ticket FROM message WHERE id IN ({})", ids)
        known = {message_id: ticket for message_id, _, ticket in found}
        search.forget_messages(self._database, [number for _, number, _ in found])
        self._threading.forget(list(known))
        for part in chunks(known):
            self._database.execute_sql(f"DELETE FROM attachment WHERE message IN ({marks(part)})", part)
            self._database.execute_sql(f"DELETE FROM message WHERE id IN ({marks(part)})", part)
        return known

    def _change_messages(self, abouts: set[str], facts: Sequence[Event]) -> set[str]:
        """Fold delivery, hiding and placement of messages that were there before this batch."""
        wanted = abouts - {event.about for event in facts}
        query = "SELECT id, ticket, placed_in FROM message WHERE id IN ({})"
        known = {row[0]: row[1:] for row in self._in(query, [message_id_of(about) for about in wanted])}
        moved: list[str] = []
        for about, fields in self._fields(wanted).items():
            message_id = message_id_of(about)
            if message_id not in known:  # its fact has not come yet; it will be folded with it
                continue
            state = fold_message(fields)
            self._database.execute_sql(
                "UPDATE message SET delivery = ?, delivery_text = ?, is_hidden = ? WHERE id = ?",
                (str(state.delivery), state.delivery_text, state.is_hidden, message_id),
            )
            if state.placed_in != known[message_id][1]:
                moved.append(message_id)
        return {ticket for ticket, _ in known.values()} | self._add_messages(self._facts_of(moved))

    def _facts_of(self, message_ids: Iterable[str]) -> list[Event]:
        found: list[Event] = []
        for part in chunks(message_ids):
            where = f"about IN ({marks(part)}) AND kind IN ({marks(FACT_KINDS)})"
            found += read_events(self._database, where, [*(f"message:{name}" for name in part), *FACT_KINDS])
        return self._not_erased([event for event in found if event.is_understood])

    # -- tickets -----------------------------------------------------------------------------

    def _merge(self, tickets: set[str]) -> set[str]:
        """Write which tickets are merged into which; a change of that is settled anew."""
        changed: set[str] = set()
        for about, fields in self._fields(f"ticket:{ticket}" for ticket in tickets).items():
            ticket = about.partition(":")[2]
            into = str(fields.get("merged_into") or "")
            row = self._database.execute_sql("SELECT `into` FROM `merge` WHERE ticket = ?", (ticket,)).fetchone()
            before = row[0] if row else ""
            if into == before:
                continue
            self._database.execute_sql("DELETE FROM `merge` WHERE ticket = ?", (ticket,))
            if into:
                self._database.execute_sql("INSERT INTO `merge` (ticket, `into`) VALUES (?, ?)", (ticket, into))
            changed |= {ticket, into, before}
        return self._threading.settle((), also=changed - {""}) if changed else set()

    def _refold(self, tickets: set[str]) -> None:
        for part in chunks(sorted(tickets), 200):
            self._refold_some(part)

    def _refold_some(self, tickets: list[str]) -> None:
        names = [name.strip() for name in _FACT_COLUMNS.split(",")]
        messages: dict[str, list[dict[str, Any]]] = {}
        for row in self._in(f"SELECT {_FACT_COLUMNS} FROM message WHERE ticket IN ({{}})", tickets):
            values = dict(zip(names, row, strict=True))
            messages.setdefault(values["ticket"], []).append(values)
        ids = {ticket: {ticket} for ticket in messages}
        for alias, ticket in self._in("SELECT id, ticket FROM alias WHERE ticket IN ({})", tickets):
            ids.setdefault(ticket, {ticket}).add(alias)
        abouts = [f"ticket:{name}" for names_ in ids.values() for name in names_]
        events = register_events(self._database, abouts)
        rows, tags = [], []
        for ticket, found in messages.items():
            changes = [event for name in sorted(ids[ticket]) for event in events.get(f"ticket:{name}", ())]
            state = fold_ticket(ticket, [facts_of(row) for row in found], fold_fields(changes))
            values = ticket_values(state)
            rows.append(tuple(values[name] for name in TICKET_COLUMNS))
            tags += [(tag, ticket) for tag in state.tags]
        self._write_tickets(tickets, rows, tags)

    def _write_tickets(self, tickets: list[str], rows: list[Any], tags: list[tuple[str, str]]) -> None:
        connection = self._database.connection()
        self._database.execute_sql(f"DELETE FROM ticket_tag WHERE ticket IN ({marks(tickets)})", tickets)
        kept = {row[0] for row in rows}
        connection.executemany(
            "DELETE FROM ticket WHERE id = ?", [(ticket,) for ticket in tickets if ticket not in kept]
        )
        connection.executemany(
            f"INSERT OR REPLACE INTO ticket ({', '.join(TICKET_COLUMNS)}) VALUES ({marks(TICKET_COLUMNS)})", rows
        )
        connection.executemany("INSERT INTO ticket_tag (tag, ticket) VALUES (?, ?)", tags)

    # -- entities ----------------------------------------------------------------------------

    def _fold_entities(self, abouts: set[str]) -> set[str]:
        changed = set()
        gone = erasing.erased_of(self._database, abouts)
        for about, fields in self._fields(abouts).items():
            kind, entity_id = entity_of(about)
            if kind is None:
                continue
            if about in gone:
                self._database.execute_sql("DELETE FROM entity WHERE kind = ? AND id = ?", (str(kind), entity_id))
                changed.add(entity_id)
                continue
            data = {name: register.value for name, register in sorted(fields.registers.items()) if name != "deleted"}
            self._database.execute_sql(
                "INSERT OR REPLACE INTO entity (kind, id, data, is_deleted) VALUES (?, ?, ?, ?)",
                (
                    str(kind),
                    entity_id,
                    json.dumps(data, ensure_ascii=False, sort_keys=True),
                    bool(fields.get("deleted")),
                ),
            )
            changed.add(entity_id)
        return changed

    def _fields(self, abouts: Iterable[str]) -> dict[str, Fields]:
        return {about: fold_fields(events) for about, events in register_events(self._database, abouts).items()}

    def _in(self, query: str, values: Iterable[str]) -> list[Any]:
        found: list[Any] = []
        for part in chunks(values):
            found += self._database.execute_sql(query.format(marks(part)), part).fetchall()
        return found
