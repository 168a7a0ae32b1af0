"""Starting a message: to whom, with which subject and quotation, and what placeholders mean in this ticket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from deskhelp.db import details
from deskhelp.db.entities import all_entities
from deskhelp.domain.conversation import MessageView, TicketDetail
from deskhelp.domain.entities import Agent, EntityKind, Mailbox
from deskhelp.domain.errors import DeskTrouble, NotFound
from deskhelp.domain.placeholders import Filled, fill, first_name
from deskhelp.domain.status import Direction
from deskhelp.domain.views import Person
from deskhelp.mail.compose import forward_text, quote_reply
from deskhelp.mail.reader import part_bytes

from .drafts import Draft
from .office import Office

CORRESPONDENCE = (Direction.IN, Direction.OUT, Direction.CALL)
MAX_QUOTED = 100_000


def mailbox_of(office: Office, detail: TicketDetail) -> Mailbox:
    """The mailbox that answers this ticket: its own, else the first; DeskTrouble if there is none."""
    boxes = {box.id: box for box in office.mailboxes}
    found = boxes.get(detail.summary.mailbox) or next(iter(boxes.values()), None)
    if found is None:
        raise DeskTrouble("No mailbox is connected yet, so nothing can be sent.", advice="Connect one in the settings.")
    return found


def start(office: Office, ticket_id: str, mode: str) -> Draft:
    """A fresh message of a kind for a ticket, addressed and with the quotation it needs."""
    detail = details.ticket_detail(office.replica, ticket_id)
    if mode == "note":
        return Draft(ticket_id, mode)
    based_on = _based_on(detail)
    signature = signature_of(office, detail)
    if mode == "forward":
        return Draft(
            ticket_id,
            mode,
            subject=prefixed("Fwd", detail.summary.subject),
            quoted=_forwarded(office, based_on) if based_on else "",
            signature=signature,
        )
    to, cc = _addressees(office, detail, based_on, to_all=mode == "reply_all")
    return Draft(
        ticket_id,
        mode,
        to=to,
        cc=cc,
        subject=prefixed("Re", detail.summary.subject),
        quoted=_quoted(office, based_on) if based_on else "",
        signature=signature,
    )


def _based_on(detail: TicketDetail) -> MessageView | None:
    """The message that is answered or passed on: the last one from outside, else the last of all."""
    shown = [m for m in detail.messages if m.direction in CORRESPONDENCE and not m.is_hidden]
    last_in = next((m for m in reversed(shown) if m.direction is not Direction.OUT and not m.is_automatic), None)
    return last_in or (shown[-1] if shown else None)


def forwarded_files(office: Office, ticket_id: str) -> list[tuple[str, str, bytes]]:
    """Name, type and bytes of what goes along when a ticket is forwarded: the files of the message passed on."""
    based_on = _based_on(details.ticket_detail(office.replica, ticket_id))
    if based_on is None or not based_on.has_raw:
        return []
    try:
        raw = details.raw_of(office.replica, based_on.id)
    except NotFound:  # erased, or not here yet: its text is forwarded all the same
        return []
    files = [file for file in based_on.attachments if not file.inline]
    return [(file.name, file.content_type, part_bytes(raw, file.part)) for file in files]


def _addressees(
    office: Office, detail: TicketDetail, based_on: MessageView | None, *, to_all: bool
) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    own = office.own_addresses
    if based_on is None or based_on.direction is Direction.OUT:
        summary = detail.summary
        first: tuple[Person, ...] = ()
        if summary.requester_address:
            first = (Person(summary.requester_name, summary.requester_address),)
    else:
        first = based_on.reply_to or (based_on.sender,)
    to = _without(first, own)
    if not to_all or based_on is None:
        return to, ()
    known = own | {person.address.casefold() for person in to}
    return to, _without((*based_on.to, *based_on.cc), known)


def _without(people: Iterable[Person], addresses: frozenset[str]) -> tuple[Person, ...]:
    found = {person.address.casefold(): person for person in people if person.address}
    return tuple(person for address, person in found.items() if address not in addresses)


def prefixed(prefix: str, subject: str) -> str:
    """The subject with "Re" or "Fwd" in front, once."""
    return subject if subject.casefold().startswith(prefix.casefold() + ":") else f"{prefix}: {subject}"


def _quoted(office: Office, message: MessageView) -> str:
    """What is answered; of a text as long as a book the beginning, as its author has the rest."""
    text = message.text
    text = text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED].rstrip()}\n[…]"
    return quote_reply(message.sender.shown, _when(message), text, message.language)


def _forwarded(office: Office, message: MessageView) -> str:
    text = details.full_text(office.replica, message.id)
    to = ", ".join(person.address for person in message.to)
    return forward_text(_shown(message.sender), _when(message), to, message.subject, text, message.language)


def _shown(person: Person) -> str:
    return f"{person.name} <{person.address}>" if person.name else person.address


def _when(message: MessageView) -> str:
    return datetime.fromtimestamp(message.at_ms / 1000).astimezone().strftime("%d.%m.%Y %H:%M")


def signature_of(office: Office, detail: TicketDetail | None) -> str:
    """The agent's signature, else the mailbox's, with its placeholders filled."""
    text = office.agent.signature
    if not text and detail is not None and office.mailboxes:
        text = mailbox_of(office, detail).signature
    return fill(text, values_for(office, detail)).text if text else ""


def fill_for(office: Office, ticket_id: str, text: str, answers: Sequence[tuple[str, str]] = ()) -> Filled:
    """A canned text with its placeholders filled for a ticket; `answers` to its questions, by question."""
    detail = details.ticket_detail(office.replica, ticket_id)
    values = values_for(office, detail) | {f"?{question}": answer for question, answer in answers}
    values["agent.signature"] = signature_of(office, detail)
    return fill(text, values)


def values_for(office: Office, detail: TicketDetail | None) -> dict[str, str]:
    """What the placeholders stand for; empty where nothing is known, which takes the fallback."""
    agent = office.agent
    now = datetime.fromtimestamp(office.now() / 1000).astimezone()
    values = {
        "agent.name": agent.name,
        "agent.first_name": first_name(agent.name),
        "date": now.strftime("%d.%m.%Y"),
        "greeting": _greeting(now.hour, "en"),
    }
    if detail is None:
        return values
    summary = detail.summary
    language = next((m.language for m in reversed(detail.messages) if m.language), "")
    departments = {e.id: e.name for e in all_entities(office.replica, EntityKind.DEPARTMENT)}
    box = mailbox_of(office, detail) if office.mailboxes else Mailbox("")
    return values | {
        "customer.name": summary.requester_name,
        "customer.first_name": first_name(summary.requester_name),
        "customer.address": summary.requester_address,
        "ticket.code": summary.code,
        "ticket.subject": summary.subject,
        "ticket.created": datetime.fromtimestamp(summary.created_at_ms / 1000).strftime("%d.%m.%Y"),
        "mailbox.name": box.name,
        "mailbox.address": box.address,
        "department.name": departments.get(summary.department, ""),
        "greeting": _greeting(now.hour, language),
    }


def _greeting(hour: int, language: str) -> str:
    if language == "ru":
        return "Доброе утро" if hour < 12 else "Добрый день" if hour < 18 else "Добрый вечер"
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"


def sender_of(box: Mailbox, agent: Agent) -> Person:
    """How a mail of ours is signed in its From: the mailbox's name, or the agent's at the mailbox's address."""
    return Person(box.name or agent.name, box.address)


def apply_tags(office: Office, ticket_id: str, names: str) -> None:
    """Add the tags that a canned reply names, separated by commas."""
    from . import catalog, desk

    ids = [catalog.tag_named(office, name).id for name in names.split(",") if name.strip()]
    if ids:
        desk.tag(office, [ticket_id], add=ids)


def placeholder_values(office: Office, ticket_id: str) -> dict[str, str]:
    """What placeholders stand for in a ticket."""
    detail = details.ticket_detail(office.replica, ticket_id)
    return values_for(office, detail) | {"agent.signature": signature_of(office, detail)}


def people(office: Office, prefix: str) -> tuple[Person, ...]:
    """Whom somebody may mean who types the beginning of a name or address."""
    return details.people_suggestions(office.replica, prefix)
