"""Writing a mail: final bytes from plain text, once, before the first attempt to send them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from deskhelp.domain.errors import DeskTrouble

from .compose_heads import address_field, content_type_field, disposition_field, id_field, is_id, text_field
from .compose_page import page
from .heads import Address

MAX_REFERENCES: Final = 1500
LONGEST_LINE: Final = 900
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HEADER_NAME: Final = re.compile(r"[!-9;-~]+")
# Our fields are folded already; the library folds by encoding, ids included.
_POLICY: Final = SMTP.clone(refold_source="none", cte_type="7bit")


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
    """The final bytes, ASCII, lines ended by CRLF. Raises DeskTrouble for an address or header that cannot be sent."""
    text = whole_text(mail)
    message = _text_part("plain", text)
    other = _text_part("html", page(sound(mail.text), sound(mail.signature), sound(mail.quoted)))
    message.make_alternative()
    message.attach(other)
    if mail.files:
        message.make_mixed()
        for file in mail.files:
            message.attach(_file_part(file))
    try:
        heads = list(_heads(mail))
    except ValueError as error:
        raise DeskTrouble(
            "This mail cannot be written: {why}.", advice="Check its addresses and subject.", why=str(error)
        ) from error
    structure = message.items()
    for name, _ in structure:
        del message[name]
    for name, value in (*heads, ("MIME-Version", "1.0"), *((n, v) for n, v in structure if n != "MIME-Version")):
        message.set_raw(name, value)
    return message.as_bytes()


def whole_text(mail: OutgoingMail) -> str:
    """The text as its reader sees it: what was written, signature, quotation."""
    parts = [sound(mail.text).rstrip()]
    if mail.signature.strip():
        parts.append(f"-- \n{sound(mail.signature).strip()}")
    if mail.quoted.strip():
        parts.append(sound(mail.quoted).rstrip())
    return "\n\n".join(part for part in parts if part) + "\n"


def sound(text: str) -> str:
    """A text that every charset and program can carry: one kind of line end, no control characters, whole letters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", lines).encode("utf-8", "replace").decode("utf-8")


def _heads(mail: OutgoingMail) -> Sequence[tuple[str, str]]:
    """The fields of a mail, folded; ValueError says in words what cannot be written."""
    found = [("From", address_field([mail.sender])), ("To", address_field(mail.to))]
    if mail.cc:
        found.append(("Cc", address_field(mail.cc)))
    if mail.reply_to:
        found.append(("Reply-To", address_field(mail.reply_to)))
    if "\n" in mail.subject.strip() or "\r" in mail.subject.strip():
        raise ValueError("a subject must be one line")
    found += [("Subject", text_field(sound(mail.subject))), ("Date", format_datetime(mail.date))]
    found.append(("Message-ID", id_field([mail.message_id])))
    if mail.in_reply_to:
        found.append(("In-Reply-To", id_field([mail.in_reply_to])))
    if references := bounded_references(mail.references):
        found.append(("References", id_field(references)))
    for name, value in mail.headers.items():
        if not _HEADER_NAME.fullmatch(name):
            raise ValueError(f"“{name}” is no name of a field")
        found.append((name, text_field(value)))
    return [(name, value) for name, value in found if value]


def bounded_references(references: Sequence[str]) -> list[str]:
    """At most about 1,500 characters of References: the first, which names the thread, and the newest."""
    names = [name for name in dict.fromkeys(references) if is_id(name)]
    while len(names) > 2 and sum(len(name) + 3 for name in names) > MAX_REFERENCES:
        del names[1]
    return names


def _text_part(subtype: str, text: str) -> EmailMessage:
    part = EmailMessage(policy=_POLICY)
    part.set_content(text, subtype=subtype, charset="utf-8", cte=_encoding(text))
    return part


def _encoding(text: str) -> str:
    """The encoding that keeps a text readable and small: base 64 for one that is mostly not Latin."""
    if text.isascii() and all(len(line) < LONGEST_LINE for line in text.split("\n")):
        return "7bit"
    data = text.encode()
    return "base64" if sum(byte > 127 for byte in data) * 6 > len(data) else "quoted-printable"


def _file_part(file: OutgoingFile) -> EmailMessage:
    part = EmailMessage(policy=_POLICY)
    part.set_content(file.data, maintype="application", subtype="octet-stream")
    for name in ("Content-Type", "Content-Disposition", "MIME-Version"):
        del part[name]
    kind, _, subtype = file.content_type.partition("/")
    is_sound = re.fullmatch(r"[\w.+-]+/[\w.+-]+", file.content_type, re.ASCII)
    known = file.content_type if is_sound and kind not in ("multipart", "message") and subtype else ""
    name = sound(file.name).replace("\n", " ")
    part.set_raw("Content-Type", content_type_field(known or "application/octet-stream", name))
    part.set_raw("Content-Disposition", disposition_field(name))
    return part


def quote_reply(author: str, when: str, text: str, language: str) -> str:
    """The quotation under an answer: who wrote when, then the text with ``>`` before each line."""
    lead = f"{when}, {author} пишет:" if language == "ru" else f"On {when}, {author} wrote:"
    return lead + "\n" + "\n".join(_quoted_line(line) for line in text.strip().splitlines())


def _quoted_line(line: str) -> str:
    """A line one level deeper; the signs stand together, as programs that fold quotations expect (RFC 3676)."""
    return f">{line}" if line.startswith(">") else f"> {line}".rstrip()


def forward_text(author: str, when: str, to: str, subject: str, text: str, language: str) -> str:
    """A forwarded mail as text, with its head."""
    if language == "ru":
        head = ("---------- Пересылаемое сообщение ----------", "От", "Дата", "Тема", "Кому")
    else:
        head = ("---------- Forwarded message ----------", "From", "Date", "Subject", "To")
    fields = zip(head[1:], (author, when, subject, to), strict=True)
    return "\n".join([head[0], *(f"{name}: {value}" for name, value in fields), "", text.strip()])
