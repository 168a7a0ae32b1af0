"""From a read mail to the event that says it came: pure, so that every client writes the same event."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from deskhelp.domain.codes import codes_in_subject
from deskhelp.domain.events import MAIL_QUARANTINED, MAIL_RECEIVED, MESSAGE_WRITTEN, EventDraft, about_message
from deskhelp.domain.identity import (
    MailKeys,
    derived_event_id,
    digest,
    mail_keys,
    ticket_id_of,
    ticket_of_own_references,
)
from deskhelp.domain.status import Direction
from deskhelp.domain.subjects import base_subject
from deskhelp.domain.threads import MAX_PARTICIPANTS
from deskhelp.mail.forwarded import Forwarded
from deskhelp.mail.heads import Address
from deskhelp.mail.kinds import Kind
from deskhelp.mail.reader import ReadMail

PARSER_VERSION = 2


def keys_of(read: ReadMail, mailbox: str) -> MailKeys:
    """The two keys of a mail in a mailbox."""
    return mail_keys(
        mailbox,
        header_id=read.message_id,
        raw_date=read.raw_date,
        sender=read.sender.address,
        recipients=",".join(person.address for person in read.to),
        subject=read.subject,
        received=read.received,
        content=read.content_digest,
    )


def received(
    read: ReadMail,
    *,
    mailbox: str,
    raw: str,
    arrived_at_ms: int,
    own_addresses: Collection[str],
    team_key: bytes,
    is_history: bool = False,
    is_sent: bool = False,
    forward: Forwarded | None = None,
    carrier: str = "",
) -> EventDraft:
    """The ``mail_received`` event of a mail; `is_sent` for one read from the Sent folder.

    With `forward` it is the mail of the customer that a colleague has sent on: the colleague's mail only names it.
    `own_addresses` are then also those of the colleagues; `carrier` is the blob of the colleague's mail where `raw` is
    another one.
    """
    keys = keys_of(read, mailbox)
    brought_by = read.sender
    if forward is not None:
        read = forward.read
    references = _references(read)
    answered = ticket_of_own_references(references, team_key) or ""
    if answered:
        arrived_at_ms = _after_what_it_answers(arrived_at_ms)
    body = {
        "mailbox": mailbox,
        "direction": "out" if is_sent or is_our_answer(read, own_addresses) else "in",
        "coarse": keys.coarse,
        "raw": raw,
        "at_ms": arrived_at_ms,
        "is_history": is_history,
        "signed_ticket": answered,
        **_nature(read, own_addresses),
    }
    if carrier:
        body["carrier"] = carrier
    text = _text(read, references, own_addresses)
    if forward is not None:
        text["people"]["forwarded_by"] = [_pair(brought_by)]
    return EventDraft(
        MAIL_RECEIVED,
        about_message(keys.message_id),
        arrived_at_ms,
        body=body,
        text=text,
        id=derived_event_id(MAIL_RECEIVED, keys.message_id),
    )


def _references(read: ReadMail) -> tuple[str, ...]:
    """All mails that a mail refers to, oldest first; a bounce to the one that came back."""
    originals = (item.original_message_id for item in read.bounced)
    return tuple(name for name in dict.fromkeys((*read.references, *read.in_reply_to, *originals)) if name)


def _nature(read: ReadMail, own_addresses: Collection[str]) -> dict[str, Any]:
    """Who wrote it, a person or which machine, and in which language."""
    kind = Kind.PERSON if read.kind is Kind.MAILING_LIST and _is_our_list(read, own_addresses) else read.kind
    return {
        "kind": str(kind),
        "is_automatic": kind is not Kind.PERSON and kind is not Kind.CALENDAR,
        "may_auto_reply": read.may_auto_reply,
        "language": read.language or "",
        "parser": PARSER_VERSION,
    }


def _after_what_it_answers(arrived_at_ms: int) -> int:
    """The end of its second: servers tell arrivals by the second, and what we sent within it came before."""
    return arrived_at_ms + 999 if arrived_at_ms % 1000 == 0 else arrived_at_ms


def words_above(received_mail: EventDraft, forward: Forwarded) -> EventDraft:
    """What a colleague wrote above a mail that he forwarded, as a note in its ticket.

    Nobody at this desk wrote it here, so no agent stands for it: only the name that the mail bore.
    """
    message_id = received_mail.about.partition(":")[2]
    note = digest("words above", message_id)
    return EventDraft(
        MESSAGE_WRITTEN,
        about_message(note),
        received_mail.at_ms,
        body={"ticket": ticket_id_of(message_id), "direction": str(Direction.NOTE), "at_ms": received_mail.at_ms},
        text={"text": forward.note, "sender": received_mail.text["people"]["forwarded_by"][0]},
        id=derived_event_id("words_above", message_id),
    )


def _is_our_list(read: ReadMail, own_addresses: Collection[str]) -> bool:
    """Whether it came by a group of our own address: many offices hand a shared address to a group, which is a list."""
    return any(name in own_addresses or name in _as_list_ids(own_addresses) for name in read.lists)


def _as_list_ids(addresses: Collection[str]) -> set[str]:
    return {address.replace("@", ".") for address in addresses}


def is_our_answer(read: ReadMail, own_addresses: Collection[str]) -> bool:
    """Whether a mail of the inbox that bears our own address is an answer one of us wrote elsewhere, with a copy here.

    Web forms and scanners write in our name too, and so may anybody: what answers nothing, goes to nobody outside, or
    asks for answers to somebody outside, is a request like any other and must not vanish among our own mail.
    """
    if read.sender.address.casefold() not in own_addresses:
        return False
    is_answer = bool(read.references or read.in_reply_to or codes_in_subject(read.subject))
    goes_outside = any(person.address.casefold() not in own_addresses for person in (*read.to, *read.cc))
    return is_answer and goes_outside and not _asked_by(read, own_addresses)


def _asked_by(read: ReadMail, own_addresses: Collection[str]) -> Address | None:
    """The person outside to whom answers are to go."""
    return next((one for one in read.reply_to if one.address and one.address.casefold() not in own_addresses), None)


def _author(read: ReadMail, own_addresses: Collection[str]) -> Address:
    """Who wrote a mail: behind our own address (a web form) the one to whom answers are to go."""
    if read.sender.address.casefold() not in own_addresses:
        return read.sender
    return _asked_by(read, own_addresses) or read.sender


def _text(read: ReadMail, references: tuple[str, ...], own_addresses: Collection[str]) -> dict[str, Any]:
    subject, is_reply = base_subject(read.subject)
    text: dict[str, Any] = {
        "header_id": read.message_id,
        "references": list(references),
        "sender": _pair(_author(read, own_addresses)),
        "people": {
            name: [_pair(person) for person in people]
            for name, people in (("to", read.to), ("cc", read.cc), ("reply_to", read.reply_to))
            if people
        },
        "participants": participants(read, own_addresses),
        "subject": read.subject,
        "text": read.reply_text,
        "sent_at_ms": int(read.date.timestamp() * 1000) if read.date else 0,
        "codes": list(codes_in_subject(read.subject)),
        "base_subject": subject,
        "is_reply": is_reply,
        "conversation": read.conversation,
        "attachments": [
            [part.index, part.name, part.content_type, part.size, part.sha256, part.inline, part.content_id]
            for part in read.attachments
        ],
        "problems": list(read.problems),
    }
    if read.text != read.reply_text:
        text["full_text"] = read.text
    if read.bounced:
        text["bounced"] = [
            [item.address, item.status, item.is_final, item.original_message_id] for item in read.bounced
        ]
    return text


def participants(read: ReadMail, own_addresses: Collection[str]) -> list[str]:
    """Who takes part in a mail: casefolded addresses, without the desk's own; in a bounce those it speaks of, too."""
    everybody = (*(person.address for person in (read.sender, *read.reply_to, *read.to, *read.cc)), *_missed(read))
    found = dict.fromkeys(address.casefold() for address in everybody if address)
    return [address for address in found if address not in own_addresses][:MAX_PARTICIPANTS]


def _missed(read: ReadMail) -> list[str]:
    return [item.address for item in read.bounced]


def _pair(person: Address) -> list[str]:
    return [person.name, person.address]


def quarantined(*, mailbox: str, raw: str, arrived_at_ms: int, problem: str, subject: str) -> EventDraft:
    """The event of bytes that nobody could read: a visible ticket with the raw mail."""
    message_id = digest("quarantine", mailbox, raw or subject)
    return EventDraft(
        MAIL_QUARANTINED,
        about_message(message_id),
        arrived_at_ms,
        body={"mailbox": mailbox, "raw": raw, "at_ms": arrived_at_ms, "direction": "in", "problem": problem},
        text={"subject": subject, "text": problem},
        id=derived_event_id(MAIL_QUARANTINED, message_id),
    )


def sent_ms(mail: EventDraft) -> int:
    """When a mail that has come was sent."""
    return believed_ms(int(mail.body["at_ms"]), int(mail.text.get("sent_at_ms") or 0))


def believed_ms(at_ms: int, sent_at_ms: int) -> int:
    """When a mail was sent, if it says so: not after it came, whatever its clock showed."""
    return min(at_ms, sent_at_ms) if sent_at_ms else at_ms
