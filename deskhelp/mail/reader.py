"""Reading a mail: bytes in, everything the desk wants to know out; never a raise, bounded in time and memory."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Final

from deskhelp.domain.subjects import is_passed_on

from .dates import date_of
from .encoded_words import MAX_HEAD, decode_text, raw_text
from .heads import Address, addresses, conversation_of, header_ids, is_address
from .kinds import Bounced, Kind, kind_of, may_auto_reply
from .message import Mail
from .nesting import content_bytes, in_order
from .opening import parse_head, parse_with_problems
from .params import raw_field
from .parts import INNER, Contents, Part, inner_bytes, walk
from .quotes import reply_text
from .shown import as_html, as_text, only_page
from .text_forms import MAX_TEXT, calendar_summary

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_CYRILLIC: Final = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ".encode("cp1251")
_ENGLISH: Final = re.compile(r"(?<![a-z])(?:the|and|is|to|you|please|not|hello|thanks|hi)(?![a-z])")


_LIST_NAMES: Final = re.compile(r"<\s*([^<>\s?]+)[^<>]*>")
_WAY: Final = re.compile(r"^@[^:]*:")
NOBODY: Final = Address("", "")


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A mail as it is understood. Ids are without angle brackets; `date` keeps its offset, `raw_date` its spelling.

    `text` is the whole readable text, `reply_text` what its author wrote. `html` is the mail's own HTML as sent, not
    yet cleaned, or None. `lists` names the mailing list it came by. `received` is the topmost Received header.
    `return_path` is None where the mail has none.
    """

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: Address = NOBODY
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    raw_date: str = ""
    received: str = ""
    return_path: str | None = None
    text: str = ""
    reply_text: str = ""
    html: str | None = None
    attachments: tuple[Part, ...] = ()
    kind: Kind = Kind.PERSON
    may_auto_reply: bool = False
    bounced: tuple[Bounced, ...] = ()
    lists: tuple[str, ...] = ()
    language: str | None = None
    problems: tuple[str, ...] = ()
    out_id: str = ""
    conversation: str = ""
    content_digest: str = field(default="")


def read_mail(raw: bytes) -> ReadMail:
    """Understand a mail. What cannot be understood is empty, and `problems` says so."""
    mail, problems = parse_with_problems(raw)
    try:
        return _read(mail, walk(mail), problems)
    except RecursionError:
        return _read(parse_head(raw), Contents(), [*problems, "nested too deeply to be opened"])


def _read(mail: Mail, contents: Contents, problems: list[str]) -> ReadMail:
    heads = _Heads(mail, contents.charset)
    subject = heads.text("subject")
    sender = _sender(heads)
    html = as_html(contents.pages) or contents.hidden_html or None
    is_forward = is_passed_on(subject)
    text, written = _texts_of(contents, html, is_forward)
    kind, bounced = kind_of(mail, contents, sender, subject, text)
    return_path = heads.return_path()
    own = text if kind in (Kind.BOUNCE, Kind.REPORT) else written
    ids = header_ids(mail.all("message-id"))
    raw_date = raw_field(mail, "date").strip()
    return ReadMail(
        message_id=ids[0] if ids else "",
        in_reply_to=header_ids(mail.all("in-reply-to")),
        references=header_ids(mail.all("references")),
        sender=sender,
        reply_to=heads.people("reply-to"),
        to=heads.people("to"),
        cc=heads.people("cc"),
        subject=subject,
        date=date_of(raw_date, contents.charset),
        raw_date=raw_date,
        received=raw_field(mail, "received").strip(),
        return_path=return_path,
        text=text,
        reply_text=own,
        html=html,
        attachments=tuple(contents.attachments),
        kind=kind,
        may_auto_reply=may_auto_reply(mail, kind, sender, return_path),
        bounced=bounced,
        lists=heads.lists(),
        language=guess_language(own),
        problems=tuple(dict.fromkeys((*problems, *contents.problems, *heads.problems(ids, sender)))),
        out_id=heads.text("x-deskhelp-out"),
        conversation=conversation_of(raw_field(mail, "thread-index")),
        content_digest=_digest(text, contents),
    )


class _Heads:
    """What the header fields of a mail say, asked for by their small-letter names."""

    def __init__(self, mail: Mail, charset: str) -> None:
        self._mail = mail
        self._charset = charset

    def text(self, name: str) -> str:
        value = next((value for value in self._mail.all(name) if value), "")  # an empty one stands before some
        return decode_text(value, self._charset) if value else ""

    def people(self, name: str) -> tuple[Address, ...]:
        values = self._mail.all(name)
        return addresses(values, self._charset) if values else ()

    def return_path(self) -> str | None:
        value = self._mail.raw("return-path")
        return None if value is None else _WAY.sub("", raw_text(value).strip().strip("<>"))

    def envelope(self) -> str:
        """Whom the line names that a mailbox file has above a mail; "" if there is none."""
        words = str(self._mail.get_unixfrom() or "").split()
        return words[1] if len(words) > 1 else ""

    def lists(self) -> tuple[str, ...]:
        """Which mailing list it came by: the address to post to and the bare List-Id (RFC 2369, 2919), casefolded."""
        named = [raw_text(value) for field in ("list-post", "list-id") for value in self._mail.all(field)]
        found = [match for text in named for match in _LIST_NAMES.findall(text)]
        return tuple(dict.fromkeys(name.removeprefix("mailto:").casefold() for name in found))

    def problems(self, ids: tuple[str, ...], sender: Address) -> list[str]:
        found = []
        fields = self._mail.fields
        if not fields:
            found.append("the mail has no head")
        if not ids:
            found.append("no Message-ID")
        if "from" not in fields:
            found.append("no From")
        elif len(fields["from"]) > 1:
            found.append("several From headers, the first sound one counts")
        elif not sender.address:
            found.append("From names no address")
        cut = [name for name, values in fields.items() for value in values if len(value) > MAX_HEAD]
        return found + [f"the field {name} is too long, its end was not read" for name in [*dict.fromkeys(cut)][:3]]


def _sender(heads: _Heads) -> Address:
    """The first sound address of From, then Sender, Reply-To, Return-Path, envelope; a bare name if there is none."""
    named = Address("", "")
    for name in ("from", "sender", "reply-to"):
        for person in heads.people(name):
            if is_address(person.address):
                return person if person.name or not named.name else Address(named.name, person.address)
            named = named if named.name or named.address else person
    for path in (heads.return_path(), heads.envelope()):
        if path and is_address(path):
            return Address(named.name, path)
    return named


def _texts_of(contents: Contents, html: str | None, is_forward: bool) -> tuple[str, str]:
    """The whole readable text, and what its author wrote."""
    page = only_page(contents.texts)
    text = ("" if page else as_text(contents.texts, MAX_TEXT)) or contents.hidden_text[:MAX_TEXT]
    for source in dict.fromkeys((page, "" if text else html)):
        if source:
            from .html import html_to_texts

            shown, written = html_to_texts(source, is_forward=is_forward)
            if shown:
                return _sound(shown), _sound(written)
    text = _sound(text or "\n\n".join(map(calendar_summary, contents.calendars)))
    return text, reply_text(text, is_forward=is_forward)


def _sound(text: str) -> str:
    """A text of bounded length, its lines ended in one way."""
    text = text[:MAX_TEXT].replace("\r\n", "\n").replace("\x00", "")
    return text.replace("\r", "\n") if "\r" in text else text


def _digest(text: str, contents: Contents) -> str:
    """A digest of what the mail says, equal however it was carried."""
    hasher = hashlib.blake2b(" ".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=16)
    for part in contents.attachments:
        hasher.update(part.sha256.encode())
    return hasher.hexdigest()


def guess_language(text: str) -> str | None:
    """``ru`` where Cyrillic letters prevail, ``en`` for Latin text with English words, else None."""
    sample = text[:1000]
    if sample.isascii():
        return _english_or_none(sample)
    data = sample.encode("cp1251", "ignore")  # bytes are counted much sooner than letters
    cyrillic = len(data) - len(data.translate(None, _CYRILLIC))
    if cyrillic >= 3 and cyrillic * 2 > len(sample):  # so there cannot be as many others
        return "ru"
    english = _english_or_none(sample)
    if not cyrillic and english is None:
        return None
    letters = sum(map(len, _LETTERS.findall(sample)))
    if letters < 3:
        return None
    if cyrillic * 2 > letters:
        return "ru"
    return english


def _english_or_none(sample: str) -> str | None:
    return "en" if _ENGLISH.search(sample.lower()) else None


def part_bytes(raw: bytes, index: int) -> bytes:
    """The content of the attachment that `Part.index` names; empty if the mail has no such part."""
    mail, _ = parse_with_problems(raw)
    number, at = divmod(index, INNER)
    part = next(islice(in_order(mail), at, None), None)
    if part is None:
        return b""
    return inner_bytes(part, number) if number else content_bytes(part)


def to_json(read: ReadMail, file: str, html: str | None = None) -> dict[str, Any]:
    """What ``deskhelp parse`` prints of a mail; `html` is the cleaned HTML."""
    return {
        "file": file,
        "message_id": read.message_id or None,
        "in_reply_to": list(read.in_reply_to),
        "references": list(read.references),
        "from": _person(read.sender),
        "reply_to": [_person(person) for person in read.reply_to],
        "to": [_person(person) for person in read.to],
        "cc": [_person(person) for person in read.cc],
        "subject": read.subject,
        "date": read.date.isoformat() if read.date else None,
        "text": read.text,
        "reply_text": read.reply_text,
        "html": html,
        "attachments": [
            {
                "name": part.name,
                "content_type": part.content_type,
                "size": part.size,
                "sha256": part.sha256,
                "inline": part.inline,
                "content_id": part.content_id or None,
            }
            for part in read.attachments
        ],
        "kind": str(read.kind),
        "may_auto_reply": read.may_auto_reply,
        "bounced": [
            {
                "address": item.address,
                "status": item.status,
                "permanent": item.permanent,
                "original_message_id": item.original_message_id,
            }
            for item in read.bounced
        ],
        "language": read.language,
        "problems": list(read.problems),
    }


def _person(person: Address) -> dict[str, str]:
    return {"name": person.name, "address": person.address}
