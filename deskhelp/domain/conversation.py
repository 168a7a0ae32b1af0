"""What a window or a command shows of one ticket: its messages and what happened to it, as frozen values.

Times are UTC milliseconds (0 for never); ids are 32 hexadecimal digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .status import Channel, Delivery, Direction
from .threads import Reason
from .views import Person, TicketSummary


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
    """Something that happened to a ticket: `what` names it (``field_set``, ``tag_added``, ``reopened``, ...).

    `computer` is the name of the one on which it was done, "" where there is only one.
    """

    at_ms: int
    agent: str
    what: str
    values: Mapping[str, Any] = field(default_factory=dict)
    event: str = ""
    computer: str = ""


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """One ticket with its messages (oldest first) and history; `aliases` are codes that also lead here."""

    summary: TicketSummary
    messages: tuple[MessageView, ...]
    history: tuple[HistoryEntry, ...]
    aliases: tuple[str, ...] = ()
