"""The demonstration: a throw-away office filled through the same intake as a real one; mail keeps coming in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from deskhelp.db import details
from deskhelp.domain.entities import Agent, CannedReply, Department, Entity, Mailbox, Tag
from deskhelp.domain.events import MESSAGE_WRITTEN, EventDraft, about_message, about_ticket
from deskhelp.domain.identity import digest, mailbox_id
from deskhelp.domain.status import Channel, Direction, Priority, Status
from deskhelp.domain.subjects import base_subject
from deskhelp.domain.ticket import seen_mark
from deskhelp.mail.reader import read_mail
from deskhelp.settings import resource_path

from . import catalog
from .demo_content import DemoConversation, DemoMessage, DemoPack, load_demo, raw_mail, travels
from .incoming import Incoming
from .intake import take_in
from .mail_events import keys_of
from .office import Office

_OPENED_META: Final = "demo_opened_ms"
_NEXT_META: Final = "demo_next"


@lru_cache(maxsize=1)
def _pack() -> DemoPack:
    return load_demo(resource_path("demo"))


def is_filled(office: Office) -> bool:
    """Whether this profile holds the demonstration."""
    return bool(office.replica.meta(_OPENED_META))


def fill(office: Office) -> None:
    """Fill an empty office; one that was filled before is left as it is."""
    if is_filled(office):
        return
    pack = _pack()
    opened = office.now()
    with office.replica.transaction():
        office.replica.set_meta(_OPENED_META, str(opened))
        office.replica.set_meta("agent", _agent_id(pack.agents[0].key))
        catalog.save(office, *_entities(pack))
        _bring(office, pack, pack.conversations)


def next_arrival(office: Office) -> bool:
    """Let the next mail of the demonstration come in; False once all of them have."""
    pack = _pack()
    at = int(office.replica.meta(_NEXT_META, "0"))
    if not is_filled(office) or at >= len(pack.trickle):
        return False
    with office.replica.transaction():
        office.replica.set_meta(_NEXT_META, str(at + 1))
        _bring(office, pack, pack.trickle[at : at + 1], is_now=True)
    return True


# -- who and what is there -------------------------------------------------------------------------


def _agent_id(key: str) -> str:
    return digest("demo", "agent", key) if key else ""


def _department_id(key: str) -> str:
    return digest("demo", "department", key) if key else ""


def _entities(pack: DemoPack) -> list[Entity]:
    box = pack.mailbox
    agents = [
        Agent(_agent_id(one.key), one.name, one.address, one.color, one.signature_ru, one.role, one.key)
        for one in pack.agents
    ]
    departments = [Department(_department_id(one.key), one.name, one.address) for one in pack.departments]
    tags = [Tag(catalog.tag_id(one.name), one.name, one.color, one.description) for one in pack.tags]
    canned = [
        CannedReply(
            digest("demo", "canned", one.folder, one.name),
            one.name,
            one.folder,
            one.language,
            one.text,
            one.keywords,
            one.status,
            ", ".join(one.tags),
        )
        for one in pack.canned
    ]
    mailbox = Mailbox(mailbox_id(box.address), box.name, box.address, signature=box.signature.strip(), is_local=True)
    return [mailbox, *agents, *departments, *tags, *canned]


# -- conversations -----------------------------------------------------------------------------------


def _bring(office: Office, pack: DemoPack, conversations: Sequence[DemoConversation], *, is_now: bool = False) -> None:
    """Take in the mails of conversations, oldest first, then write what agents noted and decided."""
    opened = datetime.fromtimestamp((office.now() if is_now else _opened(office)) / 1000, UTC)
    box = next(box for box in office.mailboxes if box.is_local)
    mails: list[Incoming] = []
    first: dict[str, bytes] = {}
    for conversation in conversations:
        for index, message in enumerate(conversation.messages):
            if travels(message):
                raw = raw_mail(conversation, index, opened, pack.mailbox)
                first.setdefault(conversation.slug, raw)
                is_sent = message.direction is Direction.OUT
                mails.append(Incoming(raw, _at_ms(message, opened), is_sent=is_sent))
    mails.sort(key=lambda mail: mail.arrived_at_ms)
    take_in(office, box, mails)
    drafts: list[EventDraft] = []
    for conversation in conversations:
        ticket, written = _written(office, conversation, first.get(conversation.slug), opened, box)
        drafts += written
        drafts += _decisions(office, conversation, ticket, opened)
    office.announce(office.replica.append(drafts))
    if not is_now:
        _mark_seen(office, opened)


def _opened(office: Office) -> int:
    return int(office.replica.meta(_OPENED_META))


def _at_ms(message: DemoMessage, opened: datetime) -> int:
    return int((opened - message.age).timestamp() * 1000)


def _after_ms(opened: datetime, wait: timedelta) -> int:
    return int((opened + wait).timestamp() * 1000)


def _message_id(conversation: DemoConversation, index: int) -> str:
    return digest("demo", "message", conversation.slug, str(index))


def _ticket_of(office: Office, conversation: DemoConversation, first: bytes | None, box: Mailbox) -> str:
    """The ticket of a conversation: that of its first mail, else the one that its call makes."""
    if first is None:
        return digest("ticket", _message_id(conversation, 0))
    return details.message(office.replica, keys_of(read_mail(first), box.id).message_id).ticket


def _written(
    office: Office, conversation: DemoConversation, first: bytes | None, opened: datetime, box: Mailbox
) -> tuple[str, list[EventDraft]]:
    """The ticket of a conversation, and its notes and calls."""
    ticket = _ticket_of(office, conversation, first, box)
    drafts = [
        _note_or_call(conversation, index, ticket, box, _at_ms(message, opened))
        for index, message in enumerate(conversation.messages)
        if not travels(message)
    ]
    return ticket, drafts


def _note_or_call(conversation: DemoConversation, index: int, ticket: str, box: Mailbox, at_ms: int) -> EventDraft:
    message = conversation.messages[index]
    is_call = message.direction is Direction.CALL
    channel = conversation.channel if is_call else Channel.MAIL
    address = message.sender.address
    text = {"sender": [message.sender.name, address], "text": message.text}
    if is_call:
        subject = message.subject or conversation.subject
        text |= {
            "subject": subject,
            "base_subject": base_subject(subject)[0],
            "participants": [address.casefold()] if address else [],
        }
    return EventDraft(
        MESSAGE_WRITTEN,
        about_message(_message_id(conversation, index)),
        at_ms,
        "" if is_call else _agent_id(message.author),
        {
            "ticket": ticket,
            "direction": str(message.direction),
            "channel": str(channel),
            "mailbox": box.id,
            "at_ms": at_ms,
        },
        text,
    )


def _decisions(office: Office, conversation: DemoConversation, ticket: str, opened: datetime) -> list[EventDraft]:
    """What agents set, at the time of the last thing they wrote."""
    about = about_ticket(ticket)
    ours = [message for message in conversation.messages if message.author not in ("", "customer")]
    at_ms = _at_ms((ours or list(conversation.messages))[-1], opened)
    agent = _agent_id(conversation.assignee or (ours[-1].author if ours else ""))
    replica = office.replica
    drafts: list[EventDraft] = []

    def put(name: str, value: object, *, seen: Sequence[str] = (), personal: bool = False) -> None:
        drafts.append(replica.field_draft(about, name, value, at_ms=at_ms, agent=agent, seen=seen, personal=personal))

    if conversation.priority is not Priority.NORMAL:
        put("priority", str(conversation.priority))
    if conversation.assignee:
        put("assignee", _agent_id(conversation.assignee))
    if conversation.department:
        put("department", _department_id(conversation.department))
    if conversation.escalation:
        raised = conversation.escalation
        put("escalation", {"level": raised.level, "to": raised.to, "reason": raised.reason}, personal=True)
    if conversation.due is not None:
        put("due_ms", _after_ms(opened, conversation.due))
    if conversation.snoozed is not None:
        until_ms = _after_ms(opened, conversation.snoozed)
        put("snoozed_until_ms", until_ms, seen=_marks(office, conversation, ticket))
    for name in conversation.tags:
        drafts.append(replica.add_draft(about, "tags", catalog.tag_id(name), at_ms=at_ms, agent=agent))
    if conversation.status not in (None, Status.NEW):
        put("status", str(conversation.status), seen=_marks(office, conversation, ticket))
    return drafts


def _marks(office: Office, conversation: DemoConversation, ticket: str) -> list[str]:
    """Marks of everything in a conversation, its calls (which are written together with this) included."""
    calls = [_message_id(conversation, index) for index, m in enumerate(conversation.messages) if not travels(m)]
    mails = [message.id for message in details.messages_of(office.replica, ticket)]
    return [seen_mark(message) for message in (*mails, *calls)]


def _mark_seen(office: Office, opened: datetime) -> None:
    """What came before yesterday has been read here."""
    yesterday = int(opened.timestamp() * 1000) - 20 * 3_600_000
    office.replica.database.execute_sql(
        "INSERT OR REPLACE INTO ticket_read (ticket, read_at_ms) "
        "SELECT id, updated_at_ms FROM ticket WHERE last_in_ms < ?",
        (yesterday,),
    )
