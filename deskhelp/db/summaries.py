"""Rows of the table ticket as the values that lists show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from deskhelp.domain.codes import ticket_code
from deskhelp.domain.status import Channel, Escalation, Priority, Status
from deskhelp.domain.views import TicketSummary

from .asking import Readable, chunks, marks
from .conditions import HAS_DRAFT, UNREAD

_PLAIN: Final = (
    *("id", "subject", "assignee", "department", "mailbox", "requester_name", "requester_address", "created_at_ms"),
    *("updated_at_ms", "last_in_ms", "waiting_since_ms", "due_ms", "snoozed_until_ms", "snippet", "last_author"),
    *("message_count", "attachment_count"),
)
_MADE: Final = (
    *("status", "priority", "channel", "tags", "conflicts", "has_failed_delivery", "is_quarantined"),
    *("escalation_level", "escalation_to", "escalation_reason", "escalation_agent", "escalation_at_ms"),
)
_COLUMNS: Final = (*_PLAIN, *_MADE, "is_unread", "has_draft")
_SELECT: Final = f"SELECT {', '.join((*_PLAIN, *_MADE))}, {UNREAD}, {HAS_DRAFT} FROM ticket"


def summaries(replica: Readable, ticket_ids: Sequence[str]) -> list[TicketSummary]:
    """The summaries of tickets by canonical id, in this order; those that are not there are left out."""
    found: dict[str, TicketSummary] = {}
    connection = replica.database.connection()
    for part in chunks(ticket_ids):
        for row in connection.execute(f"{_SELECT} WHERE ticket.id IN ({marks(part)})", part):
            found[row[0]] = _summary(dict(zip(_COLUMNS, row, strict=True)))
    return [found[ticket] for ticket in ticket_ids if ticket in found]


def summary_of(replica: Readable, ticket_id: str) -> TicketSummary | None:
    """The summary of one ticket by its canonical id."""
    return next(iter(summaries(replica, [ticket_id])), None)


def _summary(row: Mapping[str, Any]) -> TicketSummary:
    return TicketSummary(
        **{name: row[name] for name in _PLAIN},
        code=ticket_code(row["id"]),
        status=Status(row["status"]),
        priority=Priority(row["priority"]),
        channel=Channel(row["channel"]),
        tags=tuple(row["tags"].split()),
        conflicts=tuple(row["conflicts"].split()),
        escalation=_escalation(row),
        has_failed_delivery=bool(row["has_failed_delivery"]),
        is_quarantined=bool(row["is_quarantined"]),
        is_unread=bool(row["is_unread"]),
        has_draft=bool(row["has_draft"]),
    )


def _escalation(row: Mapping[str, Any]) -> Escalation | None:
    if not row["escalation_level"]:
        return None
    return Escalation(*(row[f"escalation_{name}"] for name in ("level", "to", "reason", "agent", "at_ms")))
