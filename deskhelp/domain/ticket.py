"""A ticket: its words, and its state as a fold of its messages and the changes that agents made.

A status covers only the messages that its author had seen: mail of a person that a status write did not see reopens the
ticket, which is both "a customer's answer reopens" and "closing offline loses nothing" (DESIGN 4.4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar

from .status import ACTIVE_STATUSES, FAILED_DELIVERIES, Channel, Delivery, Direction, Escalation, Priority, Status

if TYPE_CHECKING:
    from .merge import Fields

_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """What a ticket's state depends on, of one of its messages.

    `kind` is the mail's kind (``person``, ``auto_reply``, ...; "" for what we wrote). `at_ms` is arrival or writing,
    UTC. `is_history` marks mail that came in as closed history.
    """

    id: str
    at_ms: int
    direction: Direction
    kind: str = ""
    sender_name: str = ""
    sender_address: str = ""
    subject: str = ""
    snippet: str = ""
    mailbox: str = ""
    channel: Channel = Channel.MAIL
    delivery: Delivery = Delivery.NONE
    attachments: int = 0
    agent: str = ""
    is_hidden: bool = False
    is_history: bool = False
    is_automatic: bool = False

    @property
    def is_from_outside(self) -> bool:
        return self.direction in (Direction.IN, Direction.CALL)

    @property
    def is_answer(self) -> bool:
        """Whether it went out from one of us; what the desk sent by itself answers nothing."""
        return self.direction is Direction.OUT and not self.is_automatic

    @property
    def asks_for_attention(self) -> bool:
        """Whether it may reopen a ticket: written by a person outside, not by a machine and not by us."""
        return self.is_from_outside and not (self.is_automatic or self.is_history or self.is_hidden)


@dataclass(frozen=True, slots=True)
class TicketState:
    """All that a list, a count or a report asks of a ticket; times are UTC milliseconds, 0 for never.

    `assignee`, `department` and `mailbox` are entity ids, "" for none. `waiting_since_ms` is the arrival of the oldest
    message of a customer that nobody has answered. `is_list` marks a mailing list's mail, which is no work until
    somebody takes it up. `conflicts` names fields with concurrent writes that lost.
    """

    id: str
    subject: str = ""
    status: Status = Status.NEW
    priority: Priority = Priority.NORMAL
    assignee: str = ""
    department: str = ""
    mailbox: str = ""
    channel: Channel = Channel.MAIL
    requester_name: str = ""
    requester_address: str = ""
    tags: tuple[str, ...] = ()
    escalation: Escalation | None = None
    created_at_ms: int = 0
    updated_at_ms: int = 0
    last_in_ms: int = 0
    last_out_ms: int = 0
    waiting_since_ms: int = 0
    due_ms: int = 0
    snoozed_until_ms: int = 0
    snippet: str = ""
    last_author: str = ""
    message_count: int = 0
    attachment_count: int = 0
    has_failed_delivery: bool = False
    is_quarantined: bool = False
    is_list: bool = False
    conflicts: tuple[str, ...] = ()


QUARANTINE_KIND: Final = "quarantine"
LIST_KIND: Final = "mailing_list"


def seen_mark(message_id: str) -> str:
    """The short name by which a status write says that its author had seen a message."""
    return message_id[:12]


def fold_ticket(ticket_id: str, messages: Sequence[MessageFacts], fields: Fields) -> TicketState:
    """The state of a ticket with these messages (any order) and changes; at least one message."""
    ordered = sorted(messages, key=lambda message: (message.at_ms, not message.is_from_outside, message.id))
    shown = [message for message in ordered if not message.is_hidden] or ordered
    first = shown[0]
    last = next((m for m in reversed(shown) if m.is_from_outside or m.is_answer), shown[-1])
    requester = fields.get("requester") or _requester(shown)
    changed_at = max((reg.winner.at_ms for reg in fields.registers.values()), default=0)
    arrivals = [m.at_ms for m in shown if m.direction in (Direction.IN, Direction.CALL)]
    departures = [m.at_ms for m in shown if m.is_answer]
    status = effective_status(ordered, fields)
    return TicketState(
        id=ticket_id,
        subject=fields.get("subject") or next((m.subject for m in shown if m.subject), ""),
        status=status,
        priority=_member(Priority, fields.get("priority"), Priority.NORMAL),
        assignee=fields.get("assignee") or "",
        department=fields.get("department") or "",
        mailbox=next((m.mailbox for m in shown if m.mailbox), ""),
        channel=first.channel,
        requester_name=requester[0],
        requester_address=requester[1],
        tags=fields.items("tags"),
        escalation=escalation_of(fields),
        created_at_ms=first.at_ms,
        updated_at_ms=max(shown[-1].at_ms, 0 if all(m.is_history for m in shown) else changed_at),
        last_in_ms=max(arrivals, default=0),
        last_out_ms=max(departures, default=0),
        waiting_since_ms=waiting_since(shown) if status in ACTIVE_STATUSES else 0,
        due_ms=int(fields.get("due_ms") or 0),
        snoozed_until_ms=_snoozed_until(ordered, fields),
        snippet=last.snippet,
        last_author=last.sender_name or last.sender_address or last.agent,
        message_count=len(shown),
        attachment_count=sum(m.attachments for m in shown),
        has_failed_delivery=any(m.delivery in FAILED_DELIVERIES for m in shown),
        is_quarantined=any(m.kind == QUARANTINE_KIND for m in shown),
        is_list=_is_list(shown, fields),
        conflicts=tuple(sorted(name for name, reg in fields.registers.items() if reg.is_contested)),
    )


def _is_list(messages: Sequence[MessageFacts], fields: Fields) -> bool:
    """Whether this is nothing but a mailing list's mail that nobody here has taken up."""
    is_taken_up = any(fields.get(name) for name in ("status", "assignee"))
    return not is_taken_up and all(m.direction is Direction.IN and m.kind == LIST_KIND for m in messages)


def effective_status(messages: Sequence[MessageFacts], fields: Fields) -> Status:
    """The status that the ticket really has: a write covers only what its author had seen."""
    register = fields.registers.get("status")
    if register is None:
        return _status_of_messages(messages)
    status = _member(Status, register.value, Status.OPEN)
    if status in ACTIVE_STATUSES or status is Status.SPAM:
        return status
    seen = register.winner.seen
    has_unseen = any(m.asks_for_attention and seen_mark(m.id) not in seen for m in messages)
    return Status.OPEN if has_unseen else status


def _status_of_messages(messages: Sequence[MessageFacts]) -> Status:
    if all(message.is_history for message in messages):
        return Status.CLOSED
    if any(message.is_answer and not message.is_hidden for message in messages):
        return Status.OPEN
    return Status.NEW


def _snoozed_until(messages: Sequence[MessageFacts], fields: Fields) -> int:
    """A snooze ends with a customer's message that its author had not seen."""
    register = fields.registers.get("snoozed_until_ms")
    if register is None:
        return 0
    seen = register.winner.seen
    if any(m.asks_for_attention and seen_mark(m.id) not in seen for m in messages):
        return 0
    return int(register.value or 0)


def escalation_of(fields: Fields) -> Escalation | None:
    register = fields.registers.get("escalation")
    if register is None or not isinstance(register.value, Mapping) or not register.value.get("level"):
        return None
    value: Mapping[str, Any] = register.value
    return Escalation(
        level=int(value["level"]),
        to=str(value.get("to", "")),
        reason=str(value.get("reason", "")),
        agent=register.winner.agent,
        at_ms=register.winner.at_ms,
    )


def waiting_since(messages: Sequence[MessageFacts]) -> int:
    """When the oldest message of a customer came in that no answer has followed; 0 if all are answered."""
    since = 0
    for message in messages:
        if message.is_answer and message.delivery is not Delivery.DROPPED:
            since = 0
        elif message.asks_for_attention and not since:
            since = message.at_ms
    return since


def _requester(messages: Sequence[MessageFacts]) -> tuple[str, str]:
    """The first person from outside; a machine or ourselves only if there is nobody else."""
    outside = [m for m in messages if m.direction in (Direction.IN, Direction.CALL)]
    people = [m for m in outside if not m.is_automatic]
    for message in (*people, *outside, *messages):
        if message.sender_address or message.sender_name:
            return message.sender_name, message.sender_address
    return "", ""


def _member(kind: type[_E], value: object, default: _E) -> _E:
    try:
        return kind(str(value))
    except ValueError:
        return default


@dataclass(frozen=True, slots=True)
class MessageState:
    """What changes about a message after it was written: delivery, hiding, placement."""

    delivery: Delivery = Delivery.NONE
    delivery_text: str = ""
    is_hidden: bool = False
    placed_in: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


def fold_message(fields: Fields) -> MessageState:
    delivery = fields.get("delivery") or {}
    value = delivery if isinstance(delivery, Mapping) else {}
    return MessageState(
        delivery=_member(Delivery, value.get("state", ""), Delivery.NONE),
        delivery_text=str(value.get("text", "")),
        is_hidden=bool(fields.get("hidden")),
        placed_in=str(fields.get("placed_in") or ""),
        extra=value,
    )
