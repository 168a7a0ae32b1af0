"""Threading in the database: find what new messages may tie to, partition those tickets, write the outcome.

Only tickets that share evidence with a new or moved message are loaded; `domain.threads.partition` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from peewee import SqliteDatabase

from deskhelp.domain.codes import code_prefix_range
from deskhelp.domain.identity import ticket_id_of
from deskhelp.domain.threads import WEAK_WINDOW_MS, Node, Partition, partition, short_code

from .asking import chunks, marks
from .rows import node_of

_NODE_COLUMNS: Final = (
    "id, home, at_ms, header_id, header_refs, sender_address, direction, participants, codes, base_subject, is_reply, "
    "signed_ticket, coarse_key, placed_in, ticket, reason, sent_at_ms, conversation"
)
_NODE_NAMES: Final = tuple(name.strip() for name in _NODE_COLUMNS.split(","))

# Answers that only a subject can tie; in the words of the index message_weak, so that ten thousand mails of a machine
# with one subject are not looked at for each that comes.
WEAK_QUERY: Final = (
    "SELECT base_subject, at_ms, ticket, sender_address FROM message WHERE base_subject IN ({}) "
    "AND at_ms BETWEEN ? AND ? AND is_reply AND header_refs = '' AND codes = '' AND signed_ticket = ''"
)


@dataclass(slots=True)
class _Company:
    """Tickets that are threaded together, and all their messages as rows."""

    tickets: set[str]
    rows: list[dict[str, Any]]


class ThreadingStore:
    """The evidence tables of one database."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def remember(self, nodes: Iterable[Node]) -> None:
        """Write the evidence that new nodes bring."""
        references, codes = [], []
        for node in nodes:
            references += [(name, node.message_id) for name in _names(node)]
            codes += [(code[:7], node.message_id) for code in node.codes]
        connection = self._database.connection()
        connection.executemany("INSERT OR IGNORE INTO reference (header_id, message) VALUES (?, ?)", references)
        connection.executemany("INSERT OR IGNORE INTO code (code, message) VALUES (?, ?)", codes)

    def forget(self, message_ids: Sequence[str]) -> None:
        for part in chunks(message_ids):
            self._run(f"DELETE FROM reference WHERE message IN ({marks(part)})", part)
            self._run(f"DELETE FROM code WHERE message IN ({marks(part)})", part)

    def settle(self, nodes: Sequence[Node], also: Iterable[str] = ()) -> set[str]:
        """Thread these nodes and all tickets they may tie to; returns every ticket touched.

        `also` are tickets that may fall apart: something was taken out of them, or a merge was undone.
        """
        apart = set(also)
        homes = {node.home for node in nodes}
        touched = self.canonical([*apart, *homes, *(node.signed_ticket for node in nodes)]) | apart
        touched |= self._tickets_of_messages(self._kin(nodes))
        touched |= self._tickets_by_code(nodes) | self._tickets_before(nodes) | self._tickets_after(nodes)
        company = self._company(touched | homes, falls_apart=bool(apart) or any(node.is_placed for node in nodes))
        outcome = partition(map(node_of, company.rows), self._merges(company.tickets))
        self._write(company, outcome)
        return company.tickets | {outcome.canonical[row["home"]] for row in company.rows}

    def _company(self, tickets: set[str], *, falls_apart: bool) -> _Company:
        """The messages of these tickets and of all whose fate hangs on theirs."""
        company = _Company(set(), [])
        wanted = set(tickets)
        while wanted:
            rows = self._rows_of(wanted)
            company.tickets |= wanted
            company.rows += rows
            nodes = [node_of(row) for row in rows if row["placed_in"] or falls_apart]
            wanted = self.canonical(node.origin for node in nodes)
            if falls_apart:  # an answer that was joined by its subject may have to look for another ticket
                wanted |= self._tickets_before(nodes) | self._tickets_placed_from(company.tickets)
            wanted -= company.tickets
        return company

    # -- finding kin -------------------------------------------------------------------------

    def canonical(self, tickets: Iterable[str]) -> set[str]:
        """The tickets that these ids lead to now."""
        wanted = {ticket for ticket in tickets if ticket}
        found = dict(self._in("SELECT id, ticket FROM alias WHERE id IN ({})", wanted))
        return {found.get(ticket, ticket) for ticket in wanted}

    def _kin(self, nodes: Sequence[Node]) -> set[str]:
        names = {name for node in nodes for name in _names(node)}
        found = {row[0] for row in self._in("SELECT message FROM reference WHERE header_id IN ({})", names)}
        own_codes = {short_code(node.home) for node in nodes}
        found |= {row[0] for row in self._in("SELECT message FROM code WHERE code IN ({})", own_codes)}
        keys = {node.variant_key for node in nodes if node.variant_key}
        found |= {row[0] for row in self._in("SELECT id FROM message WHERE coarse_key IN ({})", keys)}
        return found - {node.message_id for node in nodes}

    def _tickets_of_messages(self, message_ids: set[str]) -> set[str]:
        return {row[0] for row in self._in("SELECT ticket FROM message WHERE id IN ({})", message_ids)}

    def _tickets_by_code(self, nodes: Sequence[Node]) -> set[str]:
        found: set[str] = set()
        for code in {code[:7] for node in nodes for code in node.codes}:
            query = "SELECT DISTINCT ticket FROM message WHERE home BETWEEN ? AND ?"
            found |= {row[0] for row in self._run(query, code_prefix_range(code))}
        return found

    def _tickets_before(self, nodes: Iterable[Node]) -> set[str]:
        """Where answers without other evidence find the newest message of their subject that names their sender."""
        found: set[str] = set()
        query = (
            "SELECT ticket, participants FROM message WHERE base_subject = ? AND at_ms BETWEEN ? AND ? "
            "AND (at_ms, id) < (?, ?) ORDER BY at_ms DESC, id DESC"
        )
        for node in nodes:
            if node.may_join_weakly:
                span = (node.at_ms - WEAK_WINDOW_MS, node.at_ms, node.at_ms, node.message_id)
                rows = self._database.execute_sql(query, (node.base_subject, *span))
                found |= {next((ticket for ticket, names in rows if node.sender in names.split()), "")}
        return found - {""}

    def _tickets_after(self, nodes: Iterable[Node]) -> set[str]:
        """Where such an answer of one of their participants may now find these nodes."""
        asked: dict[str, list[Node]] = {}
        for node in nodes:
            if node.base_subject and node.participants:
                asked.setdefault(node.base_subject, []).append(node)
        if not asked:
            return set()
        times = [node.at_ms for alike in asked.values() for node in alike]
        found: set[str] = set()
        for part in chunks(sorted(asked)):
            rows = self._run(WEAK_QUERY.format(marks(part)), [*part, min(times), max(times) + WEAK_WINDOW_MS])
            for subject, at_ms, ticket, sender in rows:
                if any(_may_answer(sender.casefold(), at_ms, node) for node in asked[subject]):
                    found.add(ticket)
        return found

    def _tickets_placed_from(self, tickets: set[str]) -> set[str]:
        """Where those messages are now that had started one of these tickets."""
        rows = self._run("SELECT id, ticket FROM message WHERE placed_in != ''", ())
        origins = {ticket_id_of(message_id): ticket for message_id, ticket in rows}
        known = dict(self._in("SELECT id, ticket FROM alias WHERE id IN ({})", set(origins)))
        return {ticket for origin, ticket in origins.items() if known.get(origin, origin) in tickets}

    def _merges(self, tickets: set[str]) -> list[tuple[str, str]]:
        known = tickets | {row[0] for row in self._in("SELECT id FROM alias WHERE ticket IN ({})", tickets)}
        return [
            (ticket, into)
            for ticket, into in self._run("SELECT ticket, `into` FROM `merge`", ())
            if ticket in known or into in known
        ]

    def _rows_of(self, tickets: set[str]) -> list[dict[str, Any]]:
        found = self._in(f"SELECT {_NODE_COLUMNS} FROM message WHERE ticket IN ({{}})", tickets)
        return [dict(zip(_NODE_NAMES, row, strict=True)) for row in found]

    # -- writing -----------------------------------------------------------------------------

    def _write(self, company: _Company, outcome: Partition) -> None:
        moved = []
        for row in company.rows:
            ticket, reason = outcome.canonical[row["home"]], outcome.reasons[row["id"]]
            if (ticket, reason) != (row["ticket"], row["reason"]):
                moved.append((ticket, str(reason), row["id"]))
        connection = self._database.connection()
        connection.executemany("UPDATE message SET ticket = ?, reason = ? WHERE id = ?", moved)
        aliases = {name: ticket for name, ticket in outcome.canonical.items() if name != ticket}
        before = dict(self._in("SELECT id, ticket FROM alias WHERE ticket IN ({})", company.tickets))
        connection.executemany("DELETE FROM alias WHERE id = ?", [(name,) for name in before if name not in aliases])
        fresh = [(name, ticket) for name, ticket in aliases.items() if before.get(name) != ticket]
        connection.executemany("INSERT OR REPLACE INTO alias (id, ticket) VALUES (?, ?)", fresh)

    def _in(self, query: str, values: Iterable[str]) -> list[Any]:
        found: list[Any] = []
        for part in chunks(sorted(values)):
            found += self._run(query.format(marks(part)), part)
        return found

    def _run(self, query: str, values: Sequence[Any]) -> list[Any]:
        found: list[Any] = self._database.execute_sql(query, values).fetchall()
        return found


def _may_answer(sender: str, at_ms: int, node: Node) -> bool:
    return node.at_ms <= at_ms <= node.at_ms + WEAK_WINDOW_MS and sender in node.participants


def _names(node: Node) -> set[str]:
    """By what others may find a message: Message-IDs, and Outlook's conversation, which no Message-ID looks like."""
    conversation = f"conversation {node.conversation}" if node.conversation else ""
    return {node.header_id, *node.references, conversation} - {""}


def tickets_like(database: SqliteDatabase, about: str) -> list[str]:
    """This thing and, of a ticket, all others (``ticket:ID``) that are the same one now; of anything else itself."""
    place, _, name = about.partition(":")
    if place != "ticket":
        return [about]
    row = database.execute_sql("SELECT ticket FROM alias WHERE id = ?", (name,)).fetchone()
    ticket = str(row[0]) if row else name
    others = database.execute_sql("SELECT id FROM alias WHERE ticket = ?", (ticket,)).fetchall()
    return sorted({about, f"ticket:{ticket}", *(f"ticket:{other[0]}" for other in others)})
