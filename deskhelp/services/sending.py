"""Handing a message over: final bytes and Message-ID fixed and stored, with the outbox row, in one transaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from deskhelp.db import details
from deskhelp.domain.codes import ticket_code, with_code
from deskhelp.domain.conversation import MessageView, TicketDetail
from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble, Refused
from deskhelp.domain.events import MESSAGE_WRITTEN, EventDraft, about_message, about_ticket
from deskhelp.domain.identity import blob_id, digest, own_header_id
from deskhelp.domain.mentions import mentioned
from deskhelp.domain.placeholders import unresolved_in
from deskhelp.domain.status import Channel, Delivery, Direction, Priority, Status
from deskhelp.domain.subjects import base_subject
from deskhelp.domain.views import Change, Person
from deskhelp.mail.compose import OutgoingFile, OutgoingMail, compose, whole_text
from deskhelp.mail.heads import Address
from deskhelp.mail.names import safe_name
from deskhelp.mail.opening import parse_mail
from deskhelp.mail.parts import walk

from . import catalog, desk, drafts
from .desk import Done, Undo
from .drafts import Draft
from .office import Office
from .writing import CORRESPONDENCE, mailbox_of, sender_of

OUT_HEADER = "X-DeskHelp-Out"


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket made by hand. `requester` may have no address (a caller)."""

    channel: Channel
    requester: Person
    subject: str
    text: str
    priority: Priority = Priority.NORMAL
    assignee: str = ""


def send(office: Office, draft: Draft, *, then: Status | None = None, send_now: bool = False) -> Done:
    """Queue a reply or forward; it leaves after the undo time. Refused with an open placeholder or nobody to go to."""
    detail = details.ticket_detail(office.replica, details.resolve_ticket(office.replica, draft.ticket))
    if draft.mode == "note":
        return add_note(office, detail.summary.id, draft.text)
    _check(draft)
    box = mailbox_of(office, detail)
    message_id = _fresh_message_id(office)
    raw = _compose(office, detail, draft, box, message_id)
    _check_size(office, box, raw)
    outgoing = _written(office, detail, draft, box, message_id, raw)
    delay_s = 0 if send_now else office.settings.undo_send_s
    with office.replica.transaction():
        raw_blob = office.replica.put_blob(raw)
        status = _status_step(office, detail, then)
        change = office.replica.append([outgoing, *(_status_drafts(office, status) if status else ())])
        change |= queue(
            office,
            box,
            message_id,
            header_id=str(outgoing.text["header_id"]),
            raw_blob=raw_blob,
            recipients=[person.address for person in (*draft.to, *draft.cc, *draft.bcc)],
            seen=[message.id for message in detail.messages if message.direction in CORRESPONDENCE],
            delay_s=delay_s,
        )
        drafts.drop_draft(office, detail.summary.id)
    change = office.announce(change)
    undo = Undo((status,) if status else (), queued_message=message_id)
    return Done(change, "sent", (detail.summary.id,), undo, message_id)


def add_note(office: Office, ticket_id: str, text: str) -> Done:
    """A note that only colleagues see: it is no mail and never becomes one."""
    if not text.strip():
        raise DeskTrouble("There is nothing to save yet.")
    ticket = details.resolve_ticket(office.replica, ticket_id)
    message_id = _fresh_message_id(office)
    event = EventDraft(
        MESSAGE_WRITTEN,
        about_message(message_id),
        office.now(),
        office.agent_id,
        {"ticket": ticket, "direction": str(Direction.NOTE), "at_ms": office.now(), **_mentions(office, text)},
        {"text": text.strip(), "sender": [office.agent.name, office.agent.address]},
    )
    with office.replica.transaction():
        change = office.replica.append([event])
        drafts.drop_draft(office, ticket)
    office.announce(change)
    step = desk.Step(about_message(message_id), "hidden", True, None)
    return Done(change, "note", (ticket,), Undo((step,)), message_id)


def _mentions(office: Office, text: str) -> dict[str, list[str]]:
    """Whom a note names, by their ids: names change."""
    names = {agent.id: agent.name for agent in catalog.agents(office)}
    found = mentioned(text, names)
    return {"mentions": list(found)} if found else {}


def new_ticket(office: Office, form: NewTicket) -> Done:
    """A ticket by hand: somebody called, wrote in a chat, or stood at the desk."""
    if not (form.subject.strip() or form.text.strip()):
        raise DeskTrouble("Say what it is about.")
    message_id = _fresh_message_id(office)
    ticket = digest("ticket", message_id)
    box = next(iter(office.mailboxes), Mailbox(""))
    address = form.requester.address.strip()
    event = EventDraft(
        MESSAGE_WRITTEN,
        about_message(message_id),
        office.now(),
        office.agent_id,
        {
            "ticket": ticket,
            "direction": str(Direction.CALL),
            "channel": str(form.channel),
            "mailbox": box.id,
            "at_ms": office.now(),
        },
        {
            "sender": [form.requester.name, address],
            "subject": form.subject.strip() or form.text.strip().splitlines()[0][:120],
            "text": form.text.strip(),
            "participants": [address.casefold()] if address else [],
            "base_subject": base_subject(form.subject)[0],
        },
    )
    about, now, agent = about_ticket(ticket), office.now(), office.agent_id
    extra = []
    if form.priority is not Priority.NORMAL:
        extra.append(office.replica.field_draft(about, "priority", str(form.priority), at_ms=now, agent=agent))
    if form.assignee:
        extra.append(office.replica.field_draft(about, "assignee", form.assignee, at_ms=now, agent=agent))
    change = office.announce(office.replica.append([event, *extra]))
    return Done(change, "new", (ticket,), None, message_id)


def _fresh_message_id(office: Office) -> str:
    return digest("written", office.replica.replica_id, secrets.token_hex(16))


def _check(draft: Draft) -> None:
    left = unresolved_in(draft.text) + unresolved_in(draft.subject)
    if left:
        names = ", ".join("{" + item.name + "}" for item in left)
        raise Refused("Fill in {names} first; it would go out as it stands.", names=names)
    if not draft.to and not draft.cc and not draft.bcc:
        raise DeskTrouble("Say to whom it goes.")
    if draft.is_empty and draft.mode != "forward":
        raise DeskTrouble("There is nothing to send yet.")


def learn_size_limit(office: Office, mailbox: str, limit: int) -> None:
    """Remember how many bytes the server of a mailbox takes; only this installation knows."""
    if size_limit(office, mailbox) != limit:
        office.replica.set_meta(f"size_limit:{mailbox}", str(limit))


def size_limit(office: Office, mailbox: str) -> int:
    """The most bytes that the server of a mailbox takes, 0 if it has not said so yet."""
    return int(office.replica.meta(f"size_limit:{mailbox}") or 0)


def _check_size(office: Office, box: Mailbox, raw: bytes) -> None:
    """DeskTrouble for a mail that the server would refuse: it stays a draft, and the agent can take something off."""
    limit = size_limit(office, box.id)
    if 0 < limit < len(raw):
        raise DeskTrouble(
            "This message has {size} MB with its attachments, and the server of {address} takes {limit} MB at most.",
            advice="Take a file off, or put it on a share and send the link.",
            size=f"{len(raw) / 1e6:.1f}",
            limit=f"{limit / 1e6:.1f}",
            address=box.address,
        )


def _compose(office: Office, detail: TicketDetail, draft: Draft, box: Mailbox, message_id: str) -> bytes:
    domain = box.address.rpartition("@")[2] or "localhost"
    parent = _parent(detail) if draft.mode != "forward" else None
    mail = OutgoingMail(
        sender=_address(sender_of(box, office.agent)),
        to=[_address(person) for person in draft.to],
        cc=[_address(person) for person in draft.cc],
        bcc=[_address(person) for person in draft.bcc],
        subject=with_code(draft.subject or detail.summary.subject, detail.summary.code),
        text=draft.text,
        quoted=draft.quoted,
        signature=draft.signature,
        message_id=own_header_id(detail.summary.id, message_id, office.replica.team_key, domain),
        date=datetime.fromtimestamp(office.now() / 1000, UTC).astimezone(),
        in_reply_to=parent.header_id if parent else "",
        references=(*parent.references, parent.header_id) if parent else (),
        files=[
            OutgoingFile(safe_name(file.name), file.content_type, office.replica.blob(file.blob))
            for file in draft.files
        ],
        headers={OUT_HEADER: message_id},
    )
    return compose(mail)


def _address(person: Person) -> Address:
    return Address(person.name, person.address)


def _parent(detail: TicketDetail) -> MessageView | None:
    """The message that an answer refers to: the newest mail from outside, else our own newest."""
    mails = [m for m in detail.messages if m.direction in CORRESPONDENCE and m.header_id]
    incoming = [m for m in mails if m.direction is Direction.IN and not m.is_automatic]
    found = incoming or mails
    return found[-1] if found else None


def _written(
    office: Office, detail: TicketDetail, draft: Draft, box: Mailbox, message_id: str, raw: bytes
) -> EventDraft:
    """The fact that this was written, as it will be shown and searched."""
    domain = box.address.rpartition("@")[2] or "localhost"
    parent = _parent(detail) if draft.mode != "forward" else None
    own = office.own_addresses
    everybody = [person.address.casefold() for person in (*draft.to, *draft.cc, *draft.bcc)]
    sender = sender_of(box, office.agent)
    whole = whole_text(
        OutgoingMail(
            Address("", ""), (), "", draft.text, "", datetime.now(UTC), quoted=draft.quoted, signature=draft.signature
        )
    )
    shown = draft.text.strip() or draft.quoted.strip()
    attachments = [
        [part.index, part.name, part.content_type, part.size, part.sha256, part.inline, part.content_id]
        for part in walk(parse_mail(raw)).attachments
    ]
    return EventDraft(
        MESSAGE_WRITTEN,
        about_message(message_id),
        office.now(),
        office.agent_id,
        {
            "ticket": detail.summary.id,
            "direction": str(Direction.OUT),
            "channel": str(Channel.MAIL),
            "mailbox": box.id,
            "at_ms": office.now(),
            "raw": blob_id(raw),
            "mode": draft.mode,
        },
        {
            "header_id": own_header_id(detail.summary.id, message_id, office.replica.team_key, domain),
            "references": [*parent.references, parent.header_id] if parent else [],
            "sender": [office.agent.name or sender.name, sender.address],
            "people": {
                name: [[person.name, person.address] for person in people]
                for name, people in (("to", draft.to), ("cc", draft.cc), ("bcc", draft.bcc))
                if people
            },
            "participants": [address for address in dict.fromkeys(everybody) if address not in own],
            "subject": with_code(draft.subject or detail.summary.subject, detail.summary.code),
            "base_subject": base_subject(draft.subject or detail.summary.subject)[0],
            "text": shown,
            "full_text": whole,
            "attachments": attachments,
        },
    )


def _status_step(office: Office, detail: TicketDetail, then: Status | None) -> desk.Step | None:
    """The status after sending: as asked, else as the settings say, else a new ticket becomes open."""
    wanted = then or {"solve": Status.SOLVED, "pending": Status.PENDING}.get(office.settings.send_and)
    if wanted is None:
        if detail.summary.status is not Status.NEW:
            return None
        wanted = Status.OPEN
    about = about_ticket(detail.summary.id)
    return desk.Step(about, "status", office.replica.fields(about).get("status"), str(wanted))


def _status_drafts(office: Office, step: desk.Step) -> list[EventDraft]:
    seen = desk.seen_by(office, step.about.partition(":")[2])
    now, agent = office.now(), office.agent_id
    return [office.replica.field_draft(step.about, step.field, step.after, at_ms=now, agent=agent, seen=seen)]


def queue(
    office: Office,
    box: Mailbox,
    message_id: str,
    *,
    header_id: str,
    raw_blob: str,
    recipients: Sequence[str],
    seen: Sequence[str] = (),
    delay_s: int = 0,
    envelope_from: str | None = None,
) -> Change:
    """Put a written message into the outbox; `envelope_from` is the mailbox's address unless said otherwise."""
    office.replica.database.execute_sql(
        "INSERT INTO outbox (message, mailbox, state, raw_blob, header_id, envelope_from, recipients, queued_at_ms, "
        "not_before_ms, attempts, phase, last_error, attempted_at_ms, is_filed, seen) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', '', 0, 0, ?)",
        (
            message_id,
            box.id,
            str(Delivery.QUEUED),
            raw_blob,
            header_id,
            box.address if envelope_from is None else envelope_from,
            json.dumps(list(dict.fromkeys(recipients))),
            office.now(),
            office.now() + 1000 * delay_s,
            json.dumps(list(seen)),
        ),
    )
    about = about_message(message_id)
    queued = office.replica.field_draft(about, "delivery", {"state": "queued", "text": ""}, at_ms=office.now())
    return office.replica.append([queued]) | Change(kinds=frozenset({"outbox"}))


def code_of(done: Done) -> str:
    """The code of the ticket an action was about."""
    return ticket_code(done.ids[0]) if done.ids else ""
