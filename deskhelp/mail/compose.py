"""Writing a mail: final bytes from plain text, once, before the first attempt to send them."""

from __future__ import annotations

import html as html_escape
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from deskhelp.domain.errors import DeskTrouble

from .heads import Address

MAX_REFERENCES: Final = 1500
_LINK: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_POLICY: Final = SMTP.clone(max_line_length=78)


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A mail to be written. `text` is light Markdown; `quoted` follows it as it stands, the signature between them.

    `references` are Message-IDs without angle brackets, oldest first. `bcc` gets the mail but never enters its bytes.
    """

    sender: Address
    to: Sequence[Address]
    subject: str
    text: str
    message_id: str
    date: datetime
    cc: Sequence[Address] = ()
    bcc: Sequence[Address] = ()
    reply_to: Sequence[Address] = ()
    quoted: str = ""
    signature: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    files: Sequence[OutgoingFile] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def compose(mail: OutgoingMail) -> bytes:
    """The final bytes, lines ended by CRLF. Raises DeskTrouble for an address or header that cannot be sent."""
    message = EmailMessage(policy=_POLICY)
    try:
        _put_heads(message, mail)
    except (ValueError, IndexError, AttributeError) as error:
        raise DeskTrouble(
            "This mail cannot be written: {why}.", advice="Check its addresses and subject.", why=str(error)
        ) from error
    plain = whole_text(mail)
    message.set_content(plain, subtype="plain", charset="utf-8", cte=_encoding(plain))
    page = _page(mail)
    message.add_alternative(page, subtype="html", charset="utf-8", cte="quoted-printable")
    for file in mail.files:
        kind, _, subtype = file.content_type.partition("/")
        if kind in ("", "multipart", "message") or not subtype:
            kind, subtype = "application", "octet-stream"
        message.add_attachment(file.data, maintype=kind, subtype=subtype, filename=file.name)
    return message.as_bytes()


def whole_text(mail: OutgoingMail) -> str:
    """The text as its reader sees it: what was written, signature, quotation."""
    parts = [mail.text.rstrip()]
    if mail.signature.strip():
        parts.append(f"-- \n{mail.signature.strip()}")
    if mail.quoted.strip():
        parts.append(mail.quoted.rstrip())
    return "\n\n".join(part for part in parts if part) + "\n"


def _put_heads(message: EmailMessage, mail: OutgoingMail) -> None:
    message["From"] = _header_address(mail.sender)
    message["To"] = [_header_address(person) for person in mail.to]
    if mail.cc:
        message["Cc"] = [_header_address(person) for person in mail.cc]
    if mail.reply_to:
        message["Reply-To"] = [_header_address(person) for person in mail.reply_to]
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = f"<{mail.message_id}>"
    if mail.in_reply_to:
        message["In-Reply-To"] = f"<{mail.in_reply_to}>"
    if references := bounded_references(mail.references):
        message["References"] = " ".join(f"<{name}>" for name in references)
    message["MIME-Version"] = "1.0"
    for name, value in mail.headers.items():
        message[name] = value


def _one_line(text: str) -> str:
    if "\n" in text.strip() or "\r" in text.strip():
        raise ValueError("a subject must be one line")
    return text.strip()


def _header_address(person: Address) -> HeaderAddress:
    local, at, domain = person.address.rpartition("@")
    if not at or not local or not domain or re.search(r"[\s<>,;]", person.address):
        raise ValueError(f"“{person.address}” is not a mail address")
    if "\n" in person.name or "\r" in person.name:
        raise ValueError("a name must be one line")
    try:
        ascii_domain = domain.encode("idna").decode() if not domain.isascii() else domain
    except UnicodeError as error:
        raise ValueError(f"“{domain}” is not a domain") from error
    return HeaderAddress(display_name=person.name, username=local, domain=ascii_domain)


def bounded_references(references: Sequence[str]) -> list[str]:
    """At most about 1,500 characters of References: the first, which names the thread, and the newest."""
    names = list(dict.fromkeys(references))
    while len(names) > 2 and sum(len(name) + 3 for name in names) > MAX_REFERENCES:
        del names[1]
    return names


def _encoding(text: str) -> str:
    return "7bit" if text.isascii() and all(len(line) < 900 for line in text.splitlines()) else "quoted-printable"


def _page(mail: OutgoingMail) -> str:
    from markdown_it import MarkdownIt

    renderer = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False})
    body = renderer.render(_linked(mail.text))
    if mail.signature.strip():
        body += f'<p style="color:#57606a">-- <br>{_escaped(mail.signature.strip())}</p>'
    if mail.quoted.strip():
        body += _quoted_html(mail.quoted)
    return f'<html><body style="font-family:sans-serif">{body}</body></html>'


def _linked(text: str) -> str:
    return _LINK.sub(lambda match: f"<{match[0]}>", text)


def _quoted_html(quoted: str) -> str:
    lead: list[str] = []
    lines: list[str] = []
    for line in quoted.strip().splitlines():
        if line.startswith(">"):
            lines.append(line[1:].removeprefix(" "))
        else:
            (lines if lines else lead).append(line)
    return (
        f'<div class="gmail_quote">{_escaped(chr(10).join(lead))}'
        '<blockquote style="margin:0 0 0 8px;border-left:1px solid #cccccc;padding-left:8px">'
        f"{_escaped(chr(10).join(lines))}</blockquote></div>"
    )


def _escaped(text: str) -> str:
    return html_escape.escape(text, quote=False).replace("\n", "<br>")


def quote_reply(author: str, when: str, text: str, language: str) -> str:
    """The quotation under an answer: who wrote when, then the text with ``>`` before each line."""
    lead = f"{when}, {author} пишет:" if language == "ru" else f"On {when}, {author} wrote:"
    return lead + "\n" + "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def forward_text(author: str, when: str, to: str, subject: str, text: str, language: str) -> str:
    """A forwarded mail as text, with its head."""
    if language == "ru":
        head = ("---------- Пересылаемое сообщение ----------", "От", "Дата", "Тема", "Кому")
    else:
        head = ("---------- Forwarded message ----------", "From", "Date", "Subject", "To")
    fields = zip(head[1:], (author, when, subject, to), strict=True)
    return "\n".join([head[0], *(f"{name}: {value}" for name, value in fields), "", text.strip()])
