"""Threading in the database: find what new messages may tie to, partition those tickets, write the outcome.

Only tickets that share evidence with a new or moved message are loaded; `domain.threads.partition` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import SqliteDatabase

from deskhelp.domain.identity import code_prefix_range
from deskhelp.domain.threads import WEAK_WINDOW_MS, Node, Partition, partition, short_code

from .log import chunks, marks
from .rows import node_of

_NODE_COLUMNS = (
    "id, home, at_ms, header_id, header_refs, sender_address, direction, participants, codes, base_subject, is_reply, "
    "signed_ticket, coarse_key, placed_in, ticket, reason"
)


class ThreadingStore:
    """The evidence tables of one database."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def remember(self, nodes: Iterable[Node]) -> None:
        """Write the evidence that new nodes bring."""
        references, codes = [], []
        for node in nodes:
            references += [
                (header_id, node.message_id) for header_id in {node.header_id, *node.references} if header_id
            ]
            codes += [(code[:7], node.message_id) for code in node.codes]
        connection = self._database.connection()
        connection.executemany("INSERT OR IGNORE INTO reference (header_id, message) VALUES (?, ?)", references)
        connection.executemany("INSERT OR IGNORE INTO code (code, message) VALUES (?, ?)", codes)

    def forget(self, message_ids: Sequence[str]) -> None:
        for part in chunks(message_ids):
            self._run(f"DELETE FROM reference WHERE message IN ({marks(part)})", part)
            self._run(f"DELETE FROM code WHERE message IN ({marks(part)})", part)

    def settle(self, nodes: Sequence[Node], also: Iterable[str] = ()) -> set[str]:
        """Thread these nodes and all tickets they may tie to (and those in `also`); returns every ticket touched."""
        touched = self.canonical([*also, *(node.home for node in nodes), *(n.signed_ticket for n in nodes)])
        touched |= self._tickets_of_messages(self._kin(nodes))
        touched |= self._tickets_by_code(nodes) | self._tickets_by_subject(nodes)
        rows = self._rows_of(touched | {node.home for node in nodes})
        outcome = partition((node_of(row) for row in rows), self._merges(rows, touched))
        self._write(rows, outcome)
        return touched | {row["ticket"] for row in rows} | {outcome.canonical[row["home"]] for row in rows}

    # -- finding kin -------------------------------------------------------------------------

    def canonical(self, tickets: Iterable[str]) -> set[str]:
        """The tickets that these ids lead to now."""
        wanted = {ticket for ticket in tickets if ticket}
        found = dict(self._in("SELECT id, ticket FROM alias WHERE id IN ({})", wanted))
        return {found.get(ticket, ticket) for ticket in wanted}

    def _kin(self, nodes: Sequence[Node]) -> set[str]:
        header_ids = {header_id for node in nodes for header_id in node.header_ids}
        found = {row[0] for row in self._in("SELECT message FROM reference WHERE header_id IN ({})", header_ids)}
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

    def _tickets_by_subject(self, nodes: Sequence[Node]) -> set[str]:
        """Where a same subject may tie: an answer without other evidence looks back, any other mail looks forward."""
        found: set[str] = set()
        for node in nodes:
            if node.may_join_weakly:
                query = "SELECT DISTINCT ticket FROM message WHERE base_subject = ? AND at_ms BETWEEN ? AND ?"
                span = (node.base_subject, node.at_ms - WEAK_WINDOW_MS, node.at_ms)
                found |= {row[0] for row in self._run(query, span)}
        subjects = {node.base_subject for node in nodes if node.base_subject and node.participants}
        query = (
            "SELECT DISTINCT ticket FROM message WHERE base_subject IN ({}) AND is_reply AND header_refs = '' "
            "AND codes = '' AND signed_ticket = ''"
        )
        return found | {row[0] for row in self._in(query, subjects)}

    def _merges(self, rows: Sequence[dict[str, Any]], touched: set[str]) -> list[tuple[str, str]]:
        known = {row["home"] for row in rows} | touched
        known |= {row[0] for row in self._in("SELECT id FROM alias WHERE ticket IN ({})", known)}
        return [
            (ticket, into)
            for ticket, into in self._run("SELECT ticket, `into` FROM `merge`", ())
            if ticket in known or into in known
        ]

    def _rows_of(self, tickets: set[str]) -> list[dict[str, Any]]:
        names = [name.strip() for name in _NODE_COLUMNS.split(",")]
        found = self._in(f"SELECT {_NODE_COLUMNS} FROM message WHERE ticket IN ({{}})", tickets)
        return [dict(zip(names, row, strict=True)) for row in found]

    # -- writing -----------------------------------------------------------------------------

    def _write(self, rows: Sequence[dict[str, Any]], outcome: Partition) -> None:
        moved = []
        for row in rows:
            ticket, reason = outcome.canonical[row["home"]], outcome.reasons[row["id"]]
            if (ticket, reason) != (row["ticket"], row["reason"]):
                moved.append((ticket, str(reason), row["id"]))
        connection = self._database.connection()
        connection.executemany("UPDATE message SET ticket = ?, reason = ? WHERE id = ?", moved)
        aliases = [(ticket, into) for ticket, into in outcome.canonical.items() if ticket != into]
        own = [(ticket,) for ticket, into in outcome.canonical.items() if ticket == into]
        connection.executemany("INSERT OR REPLACE INTO alias (id, ticket) VALUES (?, ?)", aliases)
        connection.executemany("DELETE FROM alias WHERE id = ?", own)

    def _in(self, query: str, values: Iterable[str]) -> list[Any]:
        found: list[Any] = []
        for part in chunks(sorted(values)):
            found += self._run(query.format(marks(part)), part)
        return found

    def _run(self, query: str, values: Sequence[Any]) -> list[Any]:
        return self._database.execute_sql(query, values).fetchall()
