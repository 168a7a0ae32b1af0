"""Saying by itself that a mail has come: off by default, once a ticket, and never so that two machines talk.

What must not be answered is told by RFC 3834: automatic and list mail, the empty sender, ourselves. What still goes
wrong is bounded by numbers: one answer a day for each sender, five an hour for each domain, thirty an hour in all;
then it is switched off until somebody has looked. Our own bears ``Auto-Submitted`` and an empty envelope sender, so
that nothing answers it; its Message-ID is made of the mail's, so that two clients that took in one mail send copies of
one answer.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from deskhelp.db import details
from deskhelp.domain.codes import with_code
from deskhelp.domain.conversation import MessageView, TicketDetail
from deskhelp.domain.entities import CannedReply, Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.events import MESSAGE_WRITTEN, EventDraft, about_message
from deskhelp.domain.identity import blob_id, derived_event_id, digest, own_header_id
from deskhelp.domain.placeholders import fill, questions_in
from deskhelp.domain.status import Channel, Direction, Status
from deskhelp.domain.subjects import base_subject
from deskhelp.domain.views import Change, Person
from deskhelp.domain.words import fold
from deskhelp.mail.compose import OutgoingMail, compose
from deskhelp.mail.heads import Address, is_address
from deskhelp.mail.kinds import Kind, is_unanswerable

from . import catalog, sending, writing
from .mail_events import sent_ms
from .office import Office

HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS
PER_DOMAIN_AN_HOUR: Final = 5
IN_ALL_AN_HOUR: Final = 30
HEADERS: Final = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
KIND: Final = str(Kind.AUTO_REPLY)
_log = logging.getLogger(__name__)


# -- switching it on and off --------------------------------------------------------------------------


def switch_on(office: Office, box: Mailbox, canned: CannedReply) -> Change:
    """Acknowledge new tickets of a mailbox with a canned reply, also after it had stopped; DeskTrouble if it cannot."""
    check(canned)
    return catalog.save(office, replace(box, acknowledge=canned.id, acknowledging_stopped_ms=0))


def switch_off(office: Office, box: Mailbox) -> Change:
    return catalog.save(office, replace(box, acknowledge="", acknowledging_stopped_ms=0))


def check(canned: CannedReply) -> None:
    """DeskTrouble for a reply that asks somebody something: nobody is there to answer."""
    questions = questions_in(canned.text)
    if questions:
        raise DeskTrouble(
            "“{name}” asks “{question}”, which nobody can answer when it is sent by itself.",
            advice="Choose a canned reply without questions.",
            name=canned.name,
            question=questions[0],
        )


# -- answering ----------------------------------------------------------------------------------------


def acknowledge(office: Office, mails: Iterable[EventDraft]) -> Change:
    """Acknowledge those of these mails that may be; called in the transaction that takes them in."""
    boxes = {box.id: box for box in office.mailboxes if box.acknowledge and not box.acknowledging_stopped_ms}
    change = Change()
    for mail in mails if boxes else ():
        box = boxes.get(str(mail.body.get("mailbox")))
        if box is None or not _may_be_answered(office, mail):
            continue
        message_id = mail.about.partition(":")[2]
        detail = _fresh_ticket(office, message_id)
        to = _answered(office, mail)
        if detail is None or to is None:
            continue
        if _sent_since(office, office.now() - HOUR_MS) >= IN_ALL_AN_HOUR:
            _log.warning("acknowledgements of %s have stopped: too many in an hour", box.id)
            return change | catalog.save(office, replace(box, acknowledging_stopped_ms=office.now()))
        if not _is_too_much_for(office, to.address):
            change |= _send(office, box, detail, to, message_id)
    return change


def _may_be_answered(office: Office, mail: EventDraft) -> bool:
    """What the mail itself says: written by a person just now, to us, and nothing in it forbids an answer."""
    body, people = mail.body, mail.text.get("people", {})
    return bool(
        body.get("may_auto_reply")
        and body.get("direction") == Direction.IN
        and not body.get("is_automatic")
        and not body.get("is_history")
        and not body.get("signed_ticket")
        and "forwarded_by" not in people
        and sent_ms(mail) > office.now() - DAY_MS
    )


def _fresh_ticket(office: Office, message_id: str) -> TicketDetail | None:
    """The ticket that a mail has just started; None if it stands in an older one, or in spam."""
    detail = details.ticket_detail(office.replica, details.message(office.replica, message_id).ticket)
    is_first = [m.id for m in detail.messages if m.direction is not Direction.NOTE] == [message_id]
    return detail if is_first and detail.summary.status is Status.NEW else None


def _answered(office: Office, mail: EventDraft) -> Person | None:
    """To whom an answer goes: where the sender wants it, never to ourselves nor to where nobody reads."""
    wanted: Sequence[Sequence[str]] = mail.text.get("people", {}).get("reply_to") or [mail.text["sender"]]
    name, address = wanted[0]
    ours = office.own_addresses | office.agents_addresses
    if len(wanted) > 1 or not is_address(address) or is_unanswerable(address) or address.casefold() in ours:
        return None
    return Person(name, address)


def _is_too_much_for(office: Office, address: str) -> bool:
    """Whether this sender has had his answer of the day, or his domain those of the hour."""
    person, domain = address.casefold(), "@" + address.casefold().rpartition("@")[2]
    today = _recipients_since(office, office.now() - DAY_MS)
    lately = _recipients_since(office, office.now() - HOUR_MS)
    return person in today or sum(one.endswith(domain) for one in lately) >= PER_DOMAIN_AN_HOUR


def _sent_since(office: Office, since_ms: int) -> int:
    return len(_recipients_since(office, since_ms))


def _recipients_since(office: Office, since_ms: int) -> list[str]:
    """Who has been answered automatically, by any of our clients; in the words of the index message_own_automatic."""
    query = "SELECT participants FROM message WHERE direction = 'out' AND is_automatic AND at_ms > ?"
    return [row[0] for row in office.replica.database.execute_sql(query, (since_ms,)).fetchall()]


def _send(office: Office, box: Mailbox, detail: TicketDetail, to: Person, message_id: str) -> Change:
    canned = _reply_for(office, box, detail)
    if canned is None:
        return Change()
    answer = digest("acknowledged", message_id)
    ticket, mail = detail.summary, detail.messages[0]
    domain = box.address.rpartition("@")[2] or "localhost"
    outgoing = OutgoingMail(
        sender=Address(box.name, box.address),
        to=[Address(to.name, to.address)],
        subject=with_code(writing.prefixed("Re", ticket.subject), ticket.code),
        text=_text(office, box, detail, canned),
        message_id=own_header_id(ticket.id, answer, office.replica.team_key, domain),
        date=datetime.fromtimestamp(office.now() / 1000, UTC).astimezone(),
        in_reply_to=mail.header_id,
        references=(*mail.references, mail.header_id) if mail.header_id else (),
        headers={sending.OUT_HEADER: answer, **HEADERS},
    )
    raw = compose(outgoing)
    change = office.replica.append([_written(office, box, outgoing, mail, answer, raw)])
    return change | sending.queue(
        office,
        box,
        answer,
        header_id=outgoing.message_id,
        raw_blob=office.replica.put_blob(raw),
        recipients=[to.address],
        envelope_from="",
    )


def _reply_for(office: Office, box: Mailbox, detail: TicketDetail) -> CannedReply | None:
    """The chosen reply; the one of the same name in the customer's language where there is such."""
    replies = catalog.canned_replies(office)
    chosen = next((reply for reply in replies if reply.id == box.acknowledge), None)
    if chosen is None:
        return None
    language = detail.messages[0].language
    twins = [r for r in replies if fold(r.name) == fold(chosen.name) and r.language == language and language]
    found = chosen if chosen.language == language or not twins else twins[0]
    return None if questions_in(found.text) else found


def _text(office: Office, box: Mailbox, detail: TicketDetail, canned: CannedReply) -> str:
    """The reply as the mailbox says it: no agent has read anything yet; what nobody knows is left out."""
    values = writing.values_for(office, detail)
    signature = fill(box.signature, values).text
    values |= {"agent.name": box.name, "agent.first_name": box.name, "agent.signature": signature}
    filled = fill(canned.text, values)
    text = filled.text
    for gap in reversed(filled.unresolved):
        text = text[: gap.start].rstrip(" ") + text[gap.end :]
    return text.strip()


def _written(
    office: Office, box: Mailbox, outgoing: OutgoingMail, mail: MessageView, answer: str, raw: bytes
) -> EventDraft:
    """The fact that it was written; by no agent, and it answers nothing."""
    return EventDraft(
        MESSAGE_WRITTEN,
        about_message(answer),
        office.now(),
        body={
            "ticket": mail.ticket,
            "direction": str(Direction.OUT),
            "channel": str(Channel.MAIL),
            "mailbox": box.id,
            "at_ms": office.now(),
            "raw": blob_id(raw),
            "mode": "acknowledgement",
            "kind": KIND,
            "is_automatic": True,
        },
        text={
            "header_id": outgoing.message_id,
            "references": list(outgoing.references),
            "sender": [box.name, box.address],
            "people": {"to": [[person.name, person.address] for person in outgoing.to]},
            "participants": [person.address.casefold() for person in outgoing.to],
            "subject": outgoing.subject,
            "base_subject": base_subject(outgoing.subject)[0],
            "text": outgoing.text,
        },
        id=derived_event_id("acknowledged", answer),
    )
