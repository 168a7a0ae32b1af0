"""A message of a conversation as the mail it would have come in: same arguments, same bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import Final

from deskhelp.domain.status import Direction
from deskhelp.mail.compose import OutgoingFile, OutgoingMail, compose, quote_reply, whole_text
from deskhelp.mail.heads import Address

from .files import content_of
from .pack import DemoConversation, DemoMailbox, DemoMessage
from .quotes import Quoted, answer_html, answer_text

_QUOTED_MAILS: Final = 3
_OFFSETS: Final = {"ru": timedelta(hours=3), "de": timedelta(hours=1)}
_BOUNDARY: Final = re.compile(rb"={15}\d+==")
_REPLY: Final = re.compile(r"^(re|fwd?|aw|отв)\s*:", re.IGNORECASE)
_PROGRAMS: Final = {
    "outlook": ("X-Mailer", "Microsoft Outlook 16.0"),
    "apple": ("X-Mailer", "Apple Mail (2.3774.600.62)"),
    "mobile": ("X-Mailer", "iPhone Mail (21F90)"),
    "thunderbird": ("User-Agent", "Mozilla Thunderbird"),
    "yandex": ("X-Mailer", "Yamail 5.0"),
    "mailru": ("X-Mailer", "Mail.Ru Mailer 1.0"),
}


def travels(message: DemoMessage) -> bool:
    """Whether the message is a mail; notes and calls are not."""
    return message.direction in (Direction.IN, Direction.OUT)


def written_at(message: DemoMessage, now: datetime) -> datetime:
    """When the message was written, in its author's time zone; `now` is aware."""
    return (now - message.age).astimezone(timezone(_OFFSETS.get(message.language, timedelta())))


def header_id(conversation: DemoConversation, index: int) -> str:
    """The Message-ID of a mail, without angle brackets; it depends on the file's name, not on the time."""
    message = conversation.messages[index]
    name = hashlib.sha256(f"{conversation.slug}/{index}".encode()).hexdigest()[:24]
    return f"{name}@{message.sender.address.rpartition('@')[2]}"


def raw_mail(conversation: DemoConversation, index: int, now: datetime, mailbox: DemoMailbox) -> bytes:
    """Message `index` as RFC 5322 bytes, lines ended by CRLF; `now` is the aware moment from which ages count.

    Outgoing ones are what the Sent folder holds. Raises ValueError for a note or a call, which nobody mailed.
    """
    message = conversation.messages[index]
    if not travels(message):
        raise ValueError(f"{conversation.slug}: message {index} is a {message.direction}, not a mail")
    if message.kind == "bounce":
        data = _bounce(conversation, index, now, mailbox)
    elif message.direction is Direction.OUT:
        data = compose(_outgoing(conversation, index, now, mailbox))
    else:
        data = _incoming(conversation, index, now, mailbox)
    return _settled(data, header_id(conversation, index))


def _settled(data: bytes, name: str) -> bytes:
    """The standard library draws boundaries at random; ours come from the Message-ID."""
    found = dict.fromkeys(_BOUNDARY.findall(data))
    for number, boundary in enumerate(found):
        data = data.replace(boundary, b"=_%s_%d" % (name[:16].encode(), number))
    return data


def _mails_before(conversation: DemoConversation, index: int) -> Iterator[tuple[DemoConversation, int]]:
    """The mails that came before, newest first, through the conversation that this one continues."""
    for place in range(index - 1, -1, -1):
        if travels(conversation.messages[place]):
            yield conversation, place
    if conversation.parent:
        yield from _mails_before(conversation.parent, len(conversation.parent.messages))


def _answered(conversation: DemoConversation, index: int) -> tuple[DemoConversation, int] | None:
    """The mail that this one answers: the newest of a person on the other side, else the newest of a person."""
    message = conversation.messages[index]
    before = [place for place in _mails_before(conversation, index) if not place[0].messages[place[1]].kind]
    others = (place for place in before if _is_other_side(message, place[0].messages[place[1]]))
    return next(others, before[0] if before else None)


def _is_other_side(message: DemoMessage, before: DemoMessage) -> bool:
    if message.direction is Direction.OUT:
        return before.direction is Direction.IN
    return before.sender != message.sender


def _references(conversation: DemoConversation, index: int) -> list[str]:
    chain = [header_id(*place) for place in _mails_before(conversation, index)]
    return chain[::-1]


def _subject(conversation: DemoConversation, index: int) -> str:
    message = conversation.messages[index]
    if message.subject is not None:
        return message.subject
    answered = _answered(conversation, index)
    if answered is None:
        return conversation.subject
    before = _subject(*answered)
    return before if _REPLY.match(before) else f"Re: {before}".strip()


def _sender(message: DemoMessage, mailbox: DemoMailbox) -> Address:
    """Agents write in the name of the shared mailbox."""
    return replace(message.sender, address=mailbox.address) if message.direction is Direction.OUT else message.sender


def _recipients(conversation: DemoConversation, index: int, mailbox: DemoMailbox) -> tuple[Address, ...]:
    message = conversation.messages[index]
    if message.to:
        return message.to
    return (conversation.customer,) if message.direction is Direction.OUT else (Address(mailbox.name, mailbox.address),)


def _quoted(
    conversation: DemoConversation, index: int, now: datetime, mailbox: DemoMailbox, depth: int
) -> Quoted | None:
    answered = _answered(conversation, index)
    if answered is None or depth <= 0 or conversation.messages[index].kind:
        return None
    owner, place = answered
    before = owner.messages[place]
    zone = written_at(conversation.messages[index], now).tzinfo
    return Quoted(
        author=_sender(before, mailbox),
        to=_recipients(owner, place, mailbox)[0],
        subject=_subject(owner, place),
        at=(now - before.age).astimezone(zone),
        text=_full_text(owner, place, now, mailbox, depth - 1).strip(),
    )


def _full_text(conversation: DemoConversation, index: int, now: datetime, mailbox: DemoMailbox, depth: int) -> str:
    """A mail's plain text with what it quotes, at most `depth` mails deep."""
    message = conversation.messages[index]
    if message.direction is Direction.OUT:
        return whole_text(_outgoing(conversation, index, now, mailbox, depth))
    quoted = _quoted(conversation, index, now, mailbox, depth)
    return answer_text(message.client, message.language, message.text, quoted)


def _outgoing(
    conversation: DemoConversation, index: int, now: datetime, mailbox: DemoMailbox, depth: int = _QUOTED_MAILS
) -> OutgoingMail:
    message = conversation.messages[index]
    quoted = _quoted(conversation, index, now, mailbox, depth)
    references = _references(conversation, index)
    answered = _answered(conversation, index)
    return OutgoingMail(
        sender=_sender(message, mailbox),
        to=_recipients(conversation, index, mailbox),
        cc=message.cc,
        subject=_subject(conversation, index) or "Re:",
        text=message.text,
        message_id=header_id(conversation, index),
        date=written_at(message, now),
        quoted=_own_quotation(quoted, message.language) if quoted else "",
        signature=message.signature or mailbox.signature,
        in_reply_to=header_id(*answered) if answered else "",
        references=references,
        files=[OutgoingFile(file.name, *content_of(file)) for file in message.files],
    )


def _own_quotation(quoted: Quoted, language: str) -> str:
    author = quoted.author.name or quoted.author.address
    when = f"{quoted.at:%d.%m.%Y, %H:%M}" if language != "en" else f"{quoted.at:%d %b %Y, %H:%M}"
    return quote_reply(author, when, quoted.text, language)


def _incoming(conversation: DemoConversation, index: int, now: datetime, mailbox: DemoMailbox) -> bytes:
    message = conversation.messages[index]
    mail = EmailMessage(policy=SMTP)
    _put_heads(mail, conversation, index, now, mailbox)
    _put_kind(mail, message)
    quoted = _quoted(conversation, index, now, mailbox, _QUOTED_MAILS)
    plain = answer_text(message.client, message.language, message.text, quoted)
    page = answer_html(message.client, message.language, message.text, message.html, quoted)
    _put_text(mail, plain, page, message)
    for file in message.files:
        content_type, data = content_of(file)
        main, _, sub = content_type.partition("/")
        mail.add_attachment(data, maintype=main, subtype=sub, filename=file.name)
    return mail.as_bytes()


def _put_heads(
    mail: EmailMessage, conversation: DemoConversation, index: int, now: datetime, mailbox: DemoMailbox
) -> None:
    message = conversation.messages[index]
    mail["From"] = _written(message.sender)
    mail["To"] = ", ".join(_written(person) for person in _recipients(conversation, index, mailbox))
    if message.cc:
        mail["Cc"] = ", ".join(_written(person) for person in message.cc)
    if subject := _subject(conversation, index):
        mail["Subject"] = subject
    mail["Date"] = format_datetime(written_at(message, now))
    mail["Message-ID"] = f"<{header_id(conversation, index)}>"
    if answered := _answered(conversation, index):
        mail["In-Reply-To"] = f"<{header_id(*answered)}>"
        mail["References"] = " ".join(f"<{name}>" for name in _references(conversation, index))
    if message.client in _PROGRAMS and not message.kind:
        name, value = _PROGRAMS[message.client]
        mail[name] = value


def _written(person: Address) -> str:
    return formataddr((person.name, person.address)) if person.name.isascii() else f'"{person.name}" <{person.address}>'


def _put_kind(mail: EmailMessage, message: DemoMessage) -> None:
    """The marks of machines: RFC 3834 section 5, RFC 2369, RFC 8058."""
    if message.kind == "auto_reply":
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
    elif message.kind == "newsletter":
        domain = message.sender.address.rpartition("@")[2]
        mail["List-Id"] = f"<news.{domain}>"
        mail["List-Unsubscribe"] = f"<https://{domain}/unsubscribe?u=2718>, <mailto:unsubscribe@{domain}>"
        mail["Precedence"] = "bulk"


def _put_text(mail: EmailMessage, plain: str, page: str, message: DemoMessage) -> None:
    charset = _charset(plain + page, message)
    coding = "base64" if message.client in ("yandex", "mailru") else "quoted-printable"
    mail.set_content(plain, charset=charset, cte=coding)
    if page:
        mail.add_alternative(page, subtype="html", charset=charset, cte=coding)


def _charset(text: str, message: DemoMessage) -> str:
    """Russian Outlooks still write KOI8-R where it suffices."""
    if message.client != "outlook" or message.language != "ru":
        return "utf-8"
    try:
        text.encode("koi8-r")
    except UnicodeEncodeError:
        return "utf-8"
    return "koi8-r"


def _bounce(conversation: DemoConversation, index: int, now: datetime, mailbox: DemoMailbox) -> bytes:
    """A delivery status notification (RFC 3464) about the mail before."""
    message = conversation.messages[index]
    host = message.sender.address.rpartition("@")[2]
    mail = EmailMessage(policy=SMTP)
    mail["Return-Path"] = "<>"
    _put_heads(mail, conversation, index, now, mailbox)
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(message.text + "\n", charset="utf-8", cte="quoted-printable")
    mail.make_mixed()
    mail.attach(_report_part("message/delivery-status", _status_fields(host, message.failed)))
    if answered := _answered(conversation, index):
        owner, place = answered
        head = f"Message-ID: <{header_id(owner, place)}>\nTo: {message.failed}\n"
        mail.attach(_report_part("text/rfc822-headers", head))
    mail.set_type("multipart/report")
    mail.set_param("report-type", "delivery-status")
    return mail.as_bytes()


def _status_fields(host: str, failed: str) -> str:
    return (
        f"Reporting-MTA: dns; {host}\n\nFinal-Recipient: rfc822; {failed}\nAction: failed\nStatus: 5.1.1\n"
        f"Diagnostic-Code: smtp; 550 5.1.1 <{failed}>: Recipient address rejected\n"
    )


def _report_part(content_type: str, text: str) -> EmailMessage:
    """Read, not put together: a delivery status is a list of head blocks to the standard library."""
    return message_from_string(f"Content-Type: {content_type}\n\n{text}", EmailMessage, policy=SMTP)
