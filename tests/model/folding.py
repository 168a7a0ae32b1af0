"""The whole fold of a set of events in memory: the tickets that a database's tables must show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deskhelp.db.rows import facts_of, message_id_of, message_values, node_of, with_state
from deskhelp.domain.events import FACT_KINDS, Event
from deskhelp.domain.merge import Fields, fold_fields
from deskhelp.domain.threads import partition
from deskhelp.domain.ticket import TicketState, fold_message, fold_ticket


def folded(events: Iterable[Event]) -> dict[str, TicketState]:
    """All tickets by id."""
    facts, changes = [], {}  # type: list[Event], dict[str, list[Event]]
    for event in events:
        if not event.is_understood:
            continue
        if event.kind in FACT_KINDS:
            facts.append(event)
        else:
            changes.setdefault(event.about, []).append(event)
    rows = [_row(fact, fold_fields(changes.get(fact.about, ()))) for fact in facts]
    outcome = partition(map(node_of, rows), _merges(changes))
    messages: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        messages.setdefault(outcome.canonical[row["home"]], []).append(row)
    same: dict[str, set[str]] = {ticket: {ticket} for ticket in messages}
    for name, ticket in outcome.canonical.items():
        same.setdefault(ticket, set()).add(name)
    return {
        ticket: fold_ticket(
            ticket,
            [facts_of(row) for row in found],
            fold_fields(event for name in same[ticket] for event in changes.get(f"ticket:{name}", ())),
        )
        for ticket, found in messages.items()
    }


def _row(fact: Event, fields: Fields) -> dict[str, Any]:
    return with_state(message_values(fact), fold_message(fields))


def _merges(changes: dict[str, list[Event]]) -> list[tuple[str, str]]:
    found = []
    for about, events in changes.items():
        into = str(fold_fields(events).get("merged_into") or "") if about.startswith("ticket:") else ""
        if into:
            found.append((message_id_of(about), into))
    return found
