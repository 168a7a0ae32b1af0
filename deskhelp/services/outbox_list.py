"""The outbox as agents look at it: what has not left yet, and why."""

from __future__ import annotations

from dataclasses import dataclass

from deskhelp.db import details
from deskhelp.domain.status import Delivery
from deskhelp.domain.views import Person

from . import outbox
from .office import Office


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """An outbox row as it is listed."""

    message: str
    ticket: str
    subject: str
    to: tuple[Person, ...]
    state: Delivery
    queued_at_ms: int
    not_before_ms: int
    attempts: int
    last_error: str


def listed(office: Office) -> tuple[OutboxEntry, ...]:
    """Everything that has not left for good."""
    return tuple(_entry(office, row) for row in outbox.not_gone(office))


def _entry(office: Office, row: outbox.Outgoing) -> OutboxEntry:
    message = details.message(office.replica, row.message)
    return OutboxEntry(
        row.message,
        message.ticket,
        message.subject,
        message.to,
        row.state,
        row.queued_at_ms,
        row.not_before_ms,
        row.attempts,
        row.last_error,
    )
