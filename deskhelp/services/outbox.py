"""The outbox: what is on its way, one state machine (DESIGN section 6), never a second send by itself.

A row is ``queued`` until its time, ``sending`` while it is handed over (the phase is committed before the payload),
then gone from the outbox or in a state that an agent has to look at. Only the replica that queued a message sends it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from deskhelp.db import details
from deskhelp.domain.conversation import MessageView
from deskhelp.domain.errors import NotFound, Refused
from deskhelp.domain.events import about_message
from deskhelp.domain.status import Delivery, Direction, Status
from deskhelp.domain.views import Change
from deskhelp.mail.smtp import Outcome, Phase, SendResult

from .desk import Done
from .office import Office
from .taken_back import bring_back

RETRY_AFTER_S: Final = (60, 300, 900, 3600)
GIVE_UP_AFTER_S: Final = 48 * 3600
PAYLOAD: Final = Phase.PAYLOAD.value
NEWS: Final = "Something arrived that its author had not seen."
MAY_HAVE_LEFT: Final = "It may have left already: this desk is a copy, or was put back from a backup."
_FAILED: Final = (Delivery.UNCERTAIN, Delivery.REFUSED, Delivery.HELD, Delivery.PARTLY)
_OPEN: Final = (Delivery.QUEUED, Delivery.DEFERRED, Delivery.SENDING)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message in the outbox. `seen` are the correspondence its author had before them."""

    message: str
    mailbox: str
    state: Delivery
    raw_blob: str
    header_id: str
    envelope_from: str
    recipients: tuple[str, ...]
    queued_at_ms: int
    not_before_ms: int
    attempts: int
    phase: str
    last_error: str
    attempted_at_ms: int
    is_filed: bool
    seen: frozenset[str]


_COLUMNS: Final = (
    "message, mailbox, state, raw_blob, header_id, envelope_from, recipients, queued_at_ms, not_before_ms, attempts, "
    "phase, last_error, attempted_at_ms, is_filed, seen"
)


def _rows(office: Office, where: str, values: Sequence[Any] = ()) -> list[Outgoing]:
    query = f"SELECT {_COLUMNS} FROM outbox WHERE {where} ORDER BY queued_at_ms, message"
    return [_outgoing(row) for row in office.replica.database.execute_sql(query, values)]


def _outgoing(row: tuple[Any, ...]) -> Outgoing:
    return Outgoing(
        row[0],
        row[1],
        Delivery(row[2]),
        row[3],
        row[4],
        row[5],
        tuple(json.loads(row[6])),
        row[7],
        row[8],
        row[9],
        row[10],
        row[11],
        row[12],
        bool(row[13]),
        frozenset(json.loads(row[14])),
    )


def find(office: Office, message_id: str) -> Outgoing:
    """The outbox row of a message; NotFound if it has left or never was there."""
    found = _rows(office, "message = ?", (message_id,))
    if not found:
        raise NotFound("This message is not in the outbox any more.")
    return found[0]


def not_gone(office: Office) -> list[Outgoing]:
    """Everything that has not left for good."""
    return _rows(office, "state NOT IN ('sent', 'dropped')")


def count_waiting(office: Office) -> int:
    """How many messages have not left yet."""
    query = "SELECT COUNT(*) FROM outbox WHERE state NOT IN ('sent', 'dropped')"
    return int(office.replica.database.execute_sql(query).fetchone()[0])


def due(office: Office) -> list[Outgoing]:
    """What may be handed over now."""
    return _rows(office, "state IN ('queued', 'deferred') AND not_before_ms <= ?", (office.now(),))


def queued(office: Office) -> list[Outgoing]:
    """What will be handed over, now or later."""
    return _rows(office, "state IN ('queued', 'deferred')", ())


def due_of(office: Office, mailbox: str) -> frozenset[str]:
    """The messages of a mailbox that may be handed over now."""
    return frozenset(row.message for row in due(office) if row.mailbox == mailbox)


def next_due_ms(office: Office) -> int | None:
    """When the next message may leave, UTC ms; None if nothing waits."""
    query = "SELECT MIN(not_before_ms) FROM outbox WHERE state IN ('queued', 'deferred')"
    row = office.replica.database.execute_sql(query).fetchone()
    return None if row[0] is None else int(row[0])


def to_file(office: Office) -> list[Outgoing]:
    """What was sent and has no copy in a Sent folder yet."""
    return _rows(office, "state IN ('sent', 'partly') AND is_filed = 0")


def doubtful(office: Office) -> list[Outgoing]:
    return _rows(office, "state = 'uncertain'")


# -- sending -----------------------------------------------------------------------------------------


def recover(office: Office) -> Change:
    """After a crash: what was being handed over is sent again if its payload had not begun, else it is uncertain.

    After a backup was put back what waits is held: it may have left since the backup was made.
    """
    change = Change()
    for row in _rows(office, "state = 'sending'"):
        if row.phase == PAYLOAD:
            is_automatic = details.message(office.replica, row.message).is_automatic
            state = Delivery.DROPPED if is_automatic else Delivery.UNCERTAIN
            change |= _settle(office, row, state, "DeskHelp was stopped while this was being sent.")
        else:
            change |= _settle(office, row, Delivery.QUEUED, "", phase="")
    office.announce(change)
    mark = office.profile.restored_mark
    if mark.exists():
        change |= hold_all(office)
        mark.unlink()
    return change


def hold_all(office: Office) -> Change:
    """Hold all that waits, as another copy of this database may have sent it."""
    change = Change()
    with office.replica.transaction():
        for row in queued(office):
            change |= _settle(office, row, Delivery.HELD, MAY_HAVE_LEFT)
    return office.announce(change)


def news_since(office: Office, row: Outgoing) -> tuple[MessageView, ...]:
    """What came into the ticket that the author had not seen: a customer's mail, a colleague's answer."""
    message = details.message(office.replica, row.message)
    own = {other.message for other in _rows(office, "1")}
    return tuple(
        other
        for other in details.messages_of(office.replica, message.ticket)
        if other.id not in row.seen
        and other.id not in own
        and other.id != row.message
        and other.direction is not Direction.NOTE
        and not other.is_automatic
    )


def with_news(office: Office, message_id: str) -> tuple[MessageView, tuple[MessageView, ...]]:
    """A message that has not left, and what its author had not seen when it was written."""
    return details.message(office.replica, message_id), news_since(office, find(office, message_id))


def begin(office: Office, message_id: str) -> Outgoing | None:
    """Claim a message for sending; None if it was taken back, or is held because the ticket has news."""
    row = find(office, message_id)
    if row.state not in (Delivery.QUEUED, Delivery.DEFERRED) or row.not_before_ms > office.now():
        return None
    message = details.message(office.replica, message_id)
    if message.is_automatic:
        if not _is_still_wanted(office, message):
            drop(office, message_id)
            return None
    elif news_since(office, row):
        office.announce(_settle(office, row, Delivery.HELD, NEWS))
        return None
    with office.replica.transaction():
        office.replica.database.execute_sql(
            "UPDATE outbox SET state = 'sending', phase = '', attempts = attempts + 1, attempted_at_ms = ? "
            "WHERE message = ?",
            (office.now(), message_id),
        )
        change = _say(office, message_id, Delivery.SENDING, "")
    office.announce(change)
    return find(office, message_id)


def _is_still_wanted(office: Office, message: MessageView) -> bool:
    """Whether what the desk says by itself is worth saying: not once one of us has answered, nor to spam."""
    ticket = details.ticket_detail(office.replica, message.ticket)
    answers = (m for m in ticket.messages if m.direction is Direction.OUT and not (m.is_automatic or m.is_hidden))
    return ticket.summary.status is not Status.SPAM and not any(answers)


def mark_phase(office: Office, message_id: str, phase: str) -> None:
    """Commit how far the handing over has come, before the step begins."""
    with office.replica.transaction():
        office.replica.database.execute_sql("UPDATE outbox SET phase = ? WHERE message = ?", (phase, message_id))


def finish(office: Office, message_id: str, result: SendResult) -> Delivery:
    """Write what became of a message; a refused one comes back as a draft."""
    row = find(office, message_id)
    text = str(result.reply or result.trouble or "")
    if result.outcome is Outcome.ACCEPTED:
        state = Delivery.SENT
    elif result.outcome is Outcome.PARTLY:
        state = Delivery.PARTLY
        text = "; ".join(f"{address}: {reply}" for address, reply in result.refused.items())
    elif result.outcome is Outcome.UNCERTAIN:
        state = Delivery.UNCERTAIN
    elif result.outcome is Outcome.REFUSED:
        state = Delivery.REFUSED
    else:
        state = _after_failure(office, row, result)
    if state in _FAILED and details.message(office.replica, message_id).is_automatic:
        # Nobody wrote it, so nobody is asked about it; and it is never tried again where it may have left.
        office.announce(_settle(office, row, Delivery.DROPPED, text, phase=""))
        return Delivery.DROPPED
    delay_s = _delay_s(row.attempts) if state is Delivery.DEFERRED else 0
    with office.replica.transaction():  # a refused message whose draft was not restored would be forgotten
        change = _settle(office, row, state, text, phase="", not_before_ms=office.now() + 1000 * delay_s)
        if state is Delivery.PARTLY:
            _keep_recipients(office, message_id, tuple(result.refused))
        if state is Delivery.REFUSED:
            bring_back(office, message_id)
    office.announce(change)
    return state


def _after_failure(office: Office, row: Outgoing, result: SendResult) -> Delivery:
    """Nothing left the house: try again later, unless trying does not help or it has been two days."""
    helps = result.outcome is Outcome.DEFERRED or result.trouble is None or result.trouble.retry_helps
    too_old = office.now() - row.queued_at_ms > 1000 * GIVE_UP_AFTER_S
    return Delivery.DEFERRED if not too_old and (helps or row.attempts < len(RETRY_AFTER_S)) else Delivery.HELD


def _delay_s(attempts: int) -> int:
    return RETRY_AFTER_S[min(max(attempts, 1), len(RETRY_AFTER_S)) - 1]


def _keep_recipients(office: Office, message_id: str, addresses: Sequence[str]) -> None:
    with office.replica.transaction():
        office.replica.database.execute_sql(
            "UPDATE outbox SET recipients = ? WHERE message = ?", (json.dumps(list(addresses)), message_id)
        )


def set_filed(office: Office, message_id: str) -> None:
    with office.replica.transaction():
        office.replica.database.execute_sql("UPDATE outbox SET is_filed = 1 WHERE message = ?", (message_id,))


def _settle(
    office: Office,
    row: Outgoing,
    state: Delivery,
    text: str,
    *,
    phase: str | None = None,
    not_before_ms: int | None = None,
) -> Change:
    with office.replica.transaction():
        office.replica.database.execute_sql(
            "UPDATE outbox SET state = ?, last_error = ?, phase = COALESCE(?, phase), "
            "not_before_ms = COALESCE(?, not_before_ms) WHERE message = ?",
            (str(state), text, phase, not_before_ms, row.message),
        )
        return _say(office, row.message, state, text)


def _say(office: Office, message_id: str, state: Delivery, text: str) -> Change:
    about = about_message(message_id)
    value = {"state": str(state), "text": text}
    change = office.replica.append([office.replica.field_draft(about, "delivery", value, at_ms=office.now())])
    return change | Change(kinds=frozenset({"outbox"}))


# -- what an agent decides ----------------------------------------------------------------------------


def take_back(office: Office, message_id: str) -> Done:
    """Undo a sending: the message leaves the outbox and comes back as a draft. Refused once it is under way."""
    row = find(office, message_id)
    if row.state in (Delivery.SENDING, Delivery.SENT, Delivery.PARTLY, Delivery.UNCERTAIN):
        raise Refused("It is too late: this message is on its way.")
    return _drop(office, row, as_draft=True)


def drop(office: Office, message_id: str) -> Done:
    """Throw a message away that has not left."""
    row = find(office, message_id)
    if row.state in (Delivery.SENDING, Delivery.SENT):
        raise Refused("It is too late: this message is on its way.")
    return _drop(office, row, as_draft=False)


def _drop(office: Office, row: Outgoing, *, as_draft: bool) -> Done:
    message = details.message(office.replica, row.message)
    with office.replica.transaction():
        if as_draft:
            bring_back(office, row.message)
        change = _settle(office, row, Delivery.DROPPED, "")
        about, now = about_message(row.message), office.now()
        change |= office.replica.append(
            [office.replica.field_draft(about, "hidden", True, at_ms=now, agent=office.agent_id)]
        )
    office.announce(change)
    return Done(change, "taken_back" if as_draft else "dropped", (message.ticket,), None, row.message)


def hold(office: Office, message_id: str) -> Done:
    """Keep a message in the house until somebody sends it."""
    row = find(office, message_id)
    if row.state not in (Delivery.QUEUED, Delivery.DEFERRED):
        raise Refused("Only a message that is waiting can be held.")
    change = office.announce(_settle(office, row, Delivery.HELD, "Held by an agent."))
    return Done(change, "held", (), None, message_id)


def send_again(office: Office, message_id: str) -> Done:
    """Send a held, deferred, uncertain or partly refused message now: its author has seen what came meanwhile."""
    row = find(office, message_id)
    if row.state in (Delivery.SENDING, Delivery.SENT, Delivery.DROPPED):
        raise Refused("This message is on its way or has left.")
    seen = sorted(row.seen | {message.id for message in news_since(office, row)})
    with office.replica.transaction():
        office.replica.database.execute_sql(
            "UPDATE outbox SET seen = ? WHERE message = ?", (json.dumps(seen), message_id)
        )
        change = _settle(office, row, Delivery.QUEUED, "", phase="", not_before_ms=office.now())
    office.announce(change)
    return Done(change, "sent", (), None, message_id)


def mark_sent(office: Office, message_id: str) -> Done:
    """An uncertain message was seen to have arrived."""
    row = find(office, message_id)
    if row.state is not Delivery.UNCERTAIN:
        raise Refused("Only an uncertain message can be marked as sent.")
    change = office.announce(_settle(office, row, Delivery.SENT, ""))
    return Done(change, "marked_sent", (), None, message_id)


Sender = Callable[[Outgoing, bytes, Callable[[str], None]], SendResult]


def deliver(office_call: Callable[..., Any], row: Outgoing, sender: Sender) -> Delivery:
    """Hand one claimed message over. `office_call` runs a function in the replica's thread and waits for it."""
    raw = office_call(raw_of_blob, row.raw_blob)
    result = sender(row, raw, lambda phase: office_call(mark_phase, row.message, phase))
    state: Delivery = office_call(finish, row.message, result)
    return state


def raw_of_blob(office: Office, name: str) -> bytes:
    """The final bytes of an outgoing mail."""
    return office.replica.blob(name)
