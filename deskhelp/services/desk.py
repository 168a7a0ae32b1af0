"""What agents do with tickets: status, priority, people, tags, escalation, merging, splitting; each with a way back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from deskhelp.db import details
from deskhelp.domain.conversation import MessageView
from deskhelp.domain.errors import DeskTrouble, Refused
from deskhelp.domain.events import EventDraft, about_message, about_ticket
from deskhelp.domain.identity import digest
from deskhelp.domain.status import Direction, Priority, Status
from deskhelp.domain.ticket import seen_mark
from deskhelp.domain.views import Change

from .office import Office

SEEN_FIELDS = ("status", "snoozed_until_ms")
PERSONAL_FIELDS = ("subject", "requester", "escalation")


@dataclass(frozen=True, slots=True)
class Step:
    """One register or set change that can be taken back: `before` is what it was.

    `in_set` names the set whose item `field` is, "" for a register.
    """

    about: str
    field: str
    before: Any
    after: Any
    in_set: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """How to take an action back: its steps, or a message still waiting in the outbox."""

    steps: tuple[Step, ...] = ()
    queued_message: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """An action that was done. `what` names it for the toast (``tag``, ``sent``, ...), `ids` the tickets."""

    change: Change
    what: str
    ids: tuple[str, ...] = ()
    undo: Undo | None = None
    message: str = ""


def set_field(office: Office, ids: Sequence[str], name: str, value: Any, *, what: str = "") -> Done:
    """Set a field of some tickets; those that have the value already, and undisputed, are left alone."""
    drafts: list[EventDraft] = []
    steps: list[Step] = []
    for ticket in _canonical(office, ids):
        about = about_ticket(ticket)
        fields = office.replica.fields(about)
        before = fields.get(name)
        seen = seen_by(office, ticket) if name in SEEN_FIELDS else ()
        is_contested = name in fields.registers and fields.registers[name].is_contested
        if before == value and not seen and not is_contested:
            continue
        drafts.append(_write(office, about, name, value, seen))
        steps.append(Step(about, name, before, value))
    return _done(office, drafts, what or name, ids, steps)


def set_status(office: Office, ids: Sequence[str], status: Status) -> Done:
    return set_field(office, ids, "status", str(status), what="status")


def set_priority(office: Office, ids: Sequence[str], priority: Priority) -> Done:
    return set_field(office, ids, "priority", str(priority))


def assign(office: Office, ids: Sequence[str], agent_id: str) -> Done:
    """Give tickets to an agent, "" for nobody."""
    return set_field(office, ids, "assignee", agent_id)


def set_department(office: Office, ids: Sequence[str], department_id: str) -> Done:
    return set_field(office, ids, "department", department_id)


def set_due(office: Office, ids: Sequence[str], due_ms: int) -> Done:
    return set_field(office, ids, "due_ms", due_ms)


def snooze(office: Office, ids: Sequence[str], until_ms: int) -> Done:
    """Put tickets out of sight until a time; a customer's new message brings them back sooner. 0 wakes them."""
    return set_field(office, ids, "snoozed_until_ms", until_ms, what="snooze")


def set_subject(office: Office, ticket_id: str, subject: str) -> Done:
    return set_field(office, [ticket_id], "subject", subject)


def escalate(office: Office, ids: Sequence[str], *, level: int, to: str, reason: str) -> Done:
    """Escalate to a person or department; both `to` and `reason` are wanted."""
    if not to.strip() or not reason.strip():
        raise DeskTrouble("An escalation needs somebody to go to and a reason.")
    if not 1 <= level <= 9:
        raise DeskTrouble("The level of an escalation is a number from 1 to 9.")
    value = {"level": level, "to": to.strip(), "reason": reason.strip()}
    return set_field(office, ids, "escalation", value)


def deescalate(office: Office, ids: Sequence[str]) -> Done:
    return set_field(office, ids, "escalation", None, what="deescalate")


def tag(office: Office, ids: Sequence[str], *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Done:
    """Add and remove tags (their ids) on some tickets."""
    now, agent = office.now(), office.agent_id
    drafts: list[EventDraft] = []
    steps: list[Step] = []
    added, removed = tuple(add), tuple(remove)
    for ticket in _canonical(office, ids):
        for about in _abouts(office, ticket):
            held = office.replica.fields(about).items("tags")
            for item in removed:
                draft = office.replica.remove_draft(about, "tags", item, at_ms=now, agent=agent)
                if draft is not None:
                    drafts.append(draft)
                    steps.append(Step(about, item, True, False, in_set="tags"))
            if about == about_ticket(ticket):
                for item in added:
                    if item not in held:
                        drafts.append(office.replica.add_draft(about, "tags", item, at_ms=now, agent=agent))
                        steps.append(Step(about, item, False, True, in_set="tags"))
    return _done(office, drafts, "tag", ids, steps)


def merge(office: Office, ids: Sequence[str], into: str) -> Done:
    """Merge tickets into one; undone later, they are as they were."""
    target = _canonical(office, [into])[0]
    drafts, steps = [], []
    for ticket in _canonical(office, ids):
        if ticket == target:
            continue
        drafts.append(_write(office, about_ticket(ticket), "merged_into", target))
        steps.append(Step(about_ticket(ticket), "merged_into", "", target))
    if not drafts:
        raise DeskTrouble("A ticket cannot be merged into itself.")
    return _done(office, drafts, "merge", (target,), steps)


def split(office: Office, message_ids: Sequence[str]) -> Done:
    """Put messages into a ticket of their own; `ids` of the answer is the new ticket."""
    if not message_ids:
        raise DeskTrouble("Choose the messages that make the new ticket.")
    views = [details.message(office.replica, message_id) for message_id in message_ids]
    if len(details.messages_of(office.replica, views[0].ticket)) <= len(views):
        raise DeskTrouble("At least one message has to stay in the old ticket.")
    home = digest("ticket", "split", *sorted(message_ids), str(office.now()))
    drafts, steps = [], []
    for message_id in message_ids:
        about = about_message(message_id)
        before = office.replica.fields(about).get("placed_in") or ""
        drafts.append(_write(office, about, "placed_in", home))
        steps.append(Step(about, "placed_in", before, home))
    return _done(office, drafts, "split", (home,), steps)


def hide(office: Office, message_id: str) -> Done:
    """Take back a note."""
    message = details.message(office.replica, message_id)
    if message.direction is not Direction.NOTE:
        raise Refused("Only notes can be deleted; what was sent or came in stays.")
    draft = _write(office, about_message(message_id), "hidden", True)
    step = Step(about_message(message_id), "hidden", False, True)
    return _done(office, [draft], "hide", (message.ticket,), [step])


def undo(office: Office, done: Undo) -> Done:
    """Take an action back by new changes; Refused if a ticket moved on since or the message is on its way."""
    if done.queued_message:
        return _undo_sending(office, done)
    drafts: list[EventDraft] = []
    for step in done.steps:
        drafts += _undo_step(office, step)
    ids = tuple(step.about.partition(":")[2] for step in done.steps if step.about.startswith("ticket:"))
    return _done(office, drafts, "undo", ids, ())


def _undo_sending(office: Office, done: Undo) -> Done:
    """The message comes back as a draft; so does the status that was sent with it, unless it was changed since."""
    from . import outbox

    with office.replica.transaction():
        back = outbox.take_back(office, done.queued_message)
        with contextlib.suppress(Refused):
            undo(office, Undo(done.steps))
    return back


def _undo_step(office: Office, step: Step) -> list[EventDraft]:
    fields = office.replica.fields(step.about)
    now, agent = office.now(), office.agent_id
    if step.in_set:
        is_there = step.field in fields.items(step.in_set)
        if is_there is step.before:
            return []
        if step.before:
            return [office.replica.add_draft(step.about, step.in_set, step.field, at_ms=now, agent=agent)]
        draft = office.replica.remove_draft(step.about, step.in_set, step.field, at_ms=now, agent=agent)
        return [draft] if draft else []
    if fields.get(step.field) != step.after:
        raise Refused("This ticket has moved on since; there is nothing to take back any more.")
    seen: tuple[str, ...] = ()
    if step.field in SEEN_FIELDS:
        seen = seen_by(office, step.about.partition(":")[2])
    before = step.before
    if before is None and step.field == "status":
        before = _status_without_write(office, step.about.partition(":")[2])
    return [_write(office, step.about, step.field, before, seen)]


def _status_without_write(office: Office, ticket: str) -> str:
    """What a ticket's status was before anybody set one: open once answered, else new."""
    messages = details.messages_of(office.replica, ticket)
    has_answer = any(m.direction is Direction.OUT and not (m.is_hidden or m.is_automatic) for m in messages)
    return str(Status.OPEN if has_answer else Status.NEW)


# -- reading marks ---------------------------------------------------------------------------------


def mark_read(office: Office, ids: Sequence[str], *, is_read: bool = True) -> Done:
    """Mark tickets as read here up to now, or as unread; only this installation knows."""
    at = office.now() if is_read else 0
    with office.replica.transaction():
        for ticket in _canonical(office, ids):
            office.replica.database.execute_sql(
                "INSERT OR REPLACE INTO ticket_read (ticket, read_at_ms) VALUES (?, ?)", (ticket, at)
            )
    change = office.announce(Change(tickets=frozenset(ids), kinds=frozenset({"reads"})))
    return Done(change, "read" if is_read else "unread", tuple(ids))


# -- inside ----------------------------------------------------------------------------------------


def _canonical(office: Office, ids: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(details.resolve_ticket(office.replica, ticket) for ticket in ids))


def _abouts(office: Office, ticket: str) -> list[str]:
    """The ticket and all ids that lead to it: a merged one keeps its tags under its own id."""
    rows = office.replica.database.execute_sql("SELECT id FROM alias WHERE ticket = ?", (ticket,))
    return [about_ticket(name) for name in (ticket, *(row[0] for row in rows))]


def seen_by(office: Office, ticket: str) -> tuple[str, ...]:
    """Marks of the customers' messages that are here to be seen."""
    messages: Sequence[MessageView] = details.messages_of(office.replica, ticket)
    inside = (Direction.OUT, Direction.NOTE)
    return tuple(seen_mark(m.id) for m in messages if m.direction not in inside and not m.is_automatic)


def _write(office: Office, about: str, name: str, value: Any, seen: Sequence[str] = ()) -> EventDraft:
    return office.replica.field_draft(
        about,
        name,
        value,
        at_ms=office.now(),
        agent=office.agent_id,
        seen=seen,
        personal=name in PERSONAL_FIELDS,
    )


def _done(office: Office, drafts: Sequence[EventDraft], what: str, ids: Sequence[str], steps: Sequence[Step]) -> Done:
    change = office.announce(office.replica.append(drafts)) if drafts else Change()
    return Done(change, what, tuple(ids), Undo(tuple(steps)) if steps else None)
