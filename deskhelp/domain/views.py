"""What a window or a command shows of the desk: frozen values, made by `db.queries`, never database rows.

Times are UTC milliseconds (0 for never); ids are 32 hexadecimal digits.
"""

from __future__ import annotations

from dataclasses import dataclass

from .status import Channel, Escalation, Priority, Status


@dataclass(frozen=True, slots=True)
class TicketSummary:
    """One row of a list."""

    id: str
    code: str
    subject: str
    status: Status
    priority: Priority
    assignee: str
    department: str
    mailbox: str
    channel: Channel
    requester_name: str
    requester_address: str
    tags: tuple[str, ...]
    escalation: Escalation | None
    created_at_ms: int
    updated_at_ms: int
    last_in_ms: int
    waiting_since_ms: int
    due_ms: int
    snoozed_until_ms: int
    snippet: str
    last_author: str
    message_count: int
    attachment_count: int
    has_failed_delivery: bool
    is_quarantined: bool
    is_unread: bool
    has_draft: bool
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list and the key from which the next page goes on; None after the last."""

    rows: tuple[TicketSummary, ...]
    next_key: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    address: str

    @property
    def shown(self) -> str:
        return self.name or self.address


@dataclass(frozen=True, slots=True)
class Change:
    """What a write changed, told once to all views: kinds of thing and their ids.

    Kinds: ``tickets``, ``entities``, ``outbox``, ``drafts``, ``reads``, ``mailboxes``.
    """

    tickets: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def __or__(self, other: Change) -> Change:
        return Change(
            self.tickets | other.tickets,
            self.entities | other.entities,
            self.kinds | other.kinds,
        )

    def __bool__(self) -> bool:
        return bool(self.tickets or self.entities or self.kinds)
