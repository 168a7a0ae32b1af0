"""What a window or a command shows of the desk: frozen values, made by `db.queries`, never database rows.

Times are UTC milliseconds (0 for never); ids are 32 hexadecimal digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .ticket import Channel, Delivery, Direction, Escalation, Priority, Status

if TYPE_CHECKING:
    from .threads import Reason


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
class AttachmentView:
    """An attachment of a message; `name` is safe to write to disk, `part` finds its bytes."""

    message: str
    part: int
    name: str
    content_type: str
    size: int
    inline: bool
    content_id: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """One card of a conversation. `text` is without quoted history; `full_text` and HTML are asked for apart."""

    id: str
    ticket: str
    direction: Direction
    kind: str
    channel: Channel
    at_ms: int
    sent_at_ms: int
    sender: Person
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    bcc: tuple[Person, ...]
    reply_to: tuple[Person, ...]
    agent: str
    subject: str
    text: str
    header_id: str
    references: tuple[str, ...]
    reason: Reason
    attachments: tuple[AttachmentView, ...]
    delivery: Delivery
    delivery_text: str
    is_automatic: bool
    is_hidden: bool
    language: str
    has_raw: bool
    problems: tuple[str, ...]
    forwarded_by: tuple[Person, ...] = ()
    """The colleague who sent a customer's mail on to the desk."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Something that happened to a ticket: `what` names it (``field_set``, ``tag_added``, ``reopened``, ...)."""

    at_ms: int
    agent: str
    what: str
    values: Mapping[str, Any] = field(default_factory=dict)
    event: str = ""


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """One ticket with its messages (oldest first) and history; `aliases` are codes that also lead here."""

    summary: TicketSummary
    messages: tuple[MessageView, ...]
    history: tuple[HistoryEntry, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageBody:
    """The whole of a message for showing: full text with quoted history, and the raw HTML if the mail has any."""

    id: str
    full_text: str
    html: str | None


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
