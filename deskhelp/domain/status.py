"""The words that a ticket's state is told in; apart from its fold, as every list needs them at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    ON_HOLD = "on_hold"
    SOLVED = "solved"
    CLOSED = "closed"
    SPAM = "spam"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"
    NOTE = "note"
    CALL = "call"


class Channel(StrEnum):
    MAIL = "mail"
    PHONE = "phone"
    CHAT = "chat"
    VISIT = "visit"


class Delivery(StrEnum):
    """How far an outgoing message has come (DESIGN section 6); NONE for what does not travel."""

    NONE = ""
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEFERRED = "deferred"
    REFUSED = "refused"
    PARTLY = "partly"
    UNCERTAIN = "uncertain"
    HELD = "held"
    DROPPED = "dropped"
    BOUNCED = "bounced"


ACTIVE_STATUSES: Final = (Status.NEW, Status.OPEN)
WAITING_STATUSES: Final = (Status.PENDING, Status.ON_HOLD)
DONE_STATUSES: Final = (Status.SOLVED, Status.CLOSED)
FAILED_DELIVERIES: Final = frozenset(
    {
        Delivery.REFUSED,
        Delivery.PARTLY,
        Delivery.UNCERTAIN,
        Delivery.HELD,
        Delivery.BOUNCED,
    }
)


@dataclass(frozen=True, slots=True)
class Escalation:
    """An escalation in force: `level` from 1, to a person or department, with a reason, by whom and when."""

    level: int
    to: str
    reason: str
    agent: str = ""
    at_ms: int = 0
