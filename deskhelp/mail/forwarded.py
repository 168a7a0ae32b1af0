"""The mail inside a mail: what a colleague forwarded, who wrote it, and what the colleague says of it.

A mail counts as forwarded if a line says so above the original's head, or if its own subject does; the same head also
stands above the history of an ordinary answer. Outlook, Gmail, Apple Mail, Thunderbird, Yandex and Mail.ru write that
head each in its own way and in the language of whoever forwards; a mail may also be attached as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from deskhelp.domain.subjects import is_passed_on, of_passed_on

from .heads import Address, addresses, is_address
from .quote_marks import FORWARD, MESSAGE_LINE, RULER
from .quotes import reply_text
from .reader import ReadMail, part_bytes, read_mail

ATTACHED: Final = ("message/rfc822", "message/global")
_LINES_SEARCHED: Final = 400
_LINES_OF_HEAD: Final = 40
_LONGEST_FIELD: Final = 8_000
_NAMES: Final = {
    "from": "from|от|от кого|від|від кого|von|de|da|van|od|från|gönderen|kimden|发件人|寄件者|寄件人|差出人|送信者",
    "date": "sent|date|отправлено|дата|надіслано|gesendet|datum|envoyé|envoyé le|date d'envoi|enviado|enviado el"
    "|enviado em|enviada em|fecha|data|inviato|verzonden|wysłano|skickat|odesláno|gönderme tarihi|gönderilen|gönderildi"
    "|tarih|发送时间|发送日期|日期|时间|寄件日期|送信日時|送信日|日時|日付",
    "to": "to|кому|an|à|a|para|aan|do|till|komu|kime|alıcı|收件人|收件者|宛先",
    "cc": "cc|копия|копія|kopie|kopie \\(cc\\)|copie à|dw|kopia|kopi|bilgi|抄送|副本",
    "subject": "subject|тема|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|temat|ämne|předmět|konu|主题|主旨"
    "|主題|件名",
    "other": "reply-to|ответить|antwort an|répondre à|responder a|rispondi a|antwoord aan|odpowiedz do"
    "|svara till|odpovědět|yanıtla|importance|attachments|organization|важность|вложения|message-id",
}
_FIELD: Final = re.compile(
    r"^[\s*_]*(?:"
    + "|".join(rf"(?P<{kind}>{names})" for kind, names in _NAMES.items())
    + r")\s?[*_]*\s?[:：][*_]*(?P<value>.*)$",
    re.IGNORECASE,
)
_UNKNOWN_FIELD: Final = re.compile(r"^[\s*]*[^\W\d_][^:：@]{1,30}[:：]")
_MARKER: Final = re.compile(r"^\s*[-–—_=*]{3,}\s*[^\W\d_][^@]{2,60}?[-–—_=*]{3,}\s*$")
# Yandex: "23.11.2026, 12:30, "Anna Ivanova" <anna@customer.example>:"
_DATED_AUTHOR: Final = re.compile(
    r"^\s*(?P<date>\S.{0,40}?\d{1,2}[:.]\d{2}[^\"<]{0,20}?)[,\s]\s*(?P<author>[^,]*<[^<>\s]+@[^<>\s]+>)\s*:\s*$"
)
_MAILTO: Final = re.compile(r"[<\[(]\s*mailto:\s*([^<>\[\]()\s]+?)\s*[>\])]", re.IGNORECASE)
_DOUBLED: Final = re.compile(r"<([^<>\s]+)>\s*<\1>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A mail that came inside another one.

    `read` is the original as far as it is known: the whole of an attached one; of a quoted one author, recipients,
    subject and text. `note` is what the colleague wrote above. `inner` are the bytes of an attached original.
    """

    read: ReadMail
    note: str
    inner: bytes | None = None


def forwarded(read: ReadMail, raw: bytes, insiders: Collection[str]) -> Forwarded | None:
    """The mail of somebody outside that a colleague's mail forwards; None if it forwards none.

    `insiders` are the casefolded addresses of the desk and of those who work there.
    """
    attached = _attached(read, raw, insiders)
    if attached is not None:
        return attached
    says_so = is_passed_on(read.subject)
    lines = read.text.replace("\r\n", "\n").split("\n")
    for head in _heads(lines):
        if (head.is_marked or says_so) and is_address(head.sender.address):
            if head.sender.address.casefold() in insiders:
                continue  # our own answer lies above the customer's mail
            return _quoted(read, lines, head)
    return None


def _attached(read: ReadMail, raw: bytes, insiders: Collection[str]) -> Forwarded | None:
    """The one mail that is attached, from somebody outside, to a mail that answers nothing itself."""
    found = [part for part in read.attachments if part.content_type in ATTACHED]
    if len(found) != 1 or (read.in_reply_to and not is_passed_on(read.subject)):
        return None
    data = part_bytes(raw, found[0].index)
    inner = read_mail(data)
    if not is_address(inner.sender.address) or inner.sender.address.casefold() in insiders:
        return None
    return Forwarded(inner, reply_text(read.text), data)


# -- quoted below -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a quoted mail: lines `start` to `end`, the latter the first of its text."""

    start: int
    end: int
    sender: Address
    fields: dict[str, str]
    is_marked: bool


def _quoted(read: ReadMail, lines: Sequence[str], head: _Head) -> Forwarded:
    text = _without_ruler("\n".join(_unquoted(lines[head.end :])))
    subject = head.fields.get("subject", "") or of_passed_on(read.subject)
    original = replace(
        read,
        sender=head.sender,
        reply_to=(),
        to=addresses([_mended(head.fields.get("to", ""))]),
        cc=addresses([_mended(head.fields.get("cc", ""))]),
        subject=subject,
        text=text,
        reply_text=reply_text(text),
        may_auto_reply=False,
    )
    return Forwarded(original, _without_ruler(reply_text("\n".join(lines[: head.start]))))


def _without_ruler(text: str) -> str:
    """A text without the line that a program draws under it, or above what follows."""
    above, _, last = text.strip().rpartition("\n")
    return above.rstrip() if RULER.match(last) or _MARKER.match(last) else text.strip()


def _heads(lines: Sequence[str]) -> Iterator[_Head]:
    """The heads of quoted mails, from the top."""
    at = 0
    while at < min(len(lines), _LINES_SEARCHED):
        head = _head_at(lines, at)
        if head is not None:
            yield head
        at = head.end if head is not None else at + 1


def _head_at(lines: Sequence[str], at: int) -> _Head | None:
    """The head that begins with this line: the marker, or without one the first field."""
    line = _bare(lines[at])
    says_forward = bool(FORWARD.match(line))
    if says_forward or _MARKER.match(line):
        is_marked = says_forward or not MESSAGE_LINE.match(line)
        below = next((n for n in range(at + 1, min(at + 6, len(lines))) if _bare(lines[n]).strip()), None)
        return None if below is None else _fields_at(lines, at, below, is_marked=is_marked)
    return _fields_at(lines, at, at, is_marked=False) if _FIELD.match(line) else None


def _fields_at(lines: Sequence[str], start: int, at: int, *, is_marked: bool) -> _Head | None:
    if author := _DATED_AUTHOR.match(_bare(lines[at])):
        (sender, *_) = addresses([_mended(author["author"])])
        return _Head(start, at + 1, sender, {"date": author["date"]}, is_marked)
    fields, end = _fields(lines, at)
    people = addresses([_mended(fields.get("from", ""))])
    is_whole = bool(people) and ("subject" in fields or "date" in fields)
    return _Head(start, end, people[0], fields, is_marked) if is_whole else None


def _fields(lines: Sequence[str], at: int) -> tuple[dict[str, str], int]:
    """The fields of a head and the line after them; a blank line or an unknown field may stand between two of them."""
    found: dict[str, str] = {}
    last, end = "", at
    for place in range(at, min(at + _LINES_OF_HEAD, len(lines))):
        line = _bare(lines[place])
        match = _FIELD.match(line)
        if match is not None:
            last = next(kind for kind in _NAMES if match[kind] is not None)
            if last in found and last != "other":
                break
            found[last], end = match["value"].strip(), place + 1
        elif not line.strip() or _UNKNOWN_FIELD.match(line):
            if place + 1 >= len(lines) or not _FIELD.match(_bare(lines[place + 1])):
                break
        elif last and place == end and _goes_on(found[last], line, last):
            found[last], end = f"{found[last]} {line.strip()}".strip(), place + 1
        else:
            break
    return found, end


def _goes_on(value: str, line: str, kind: str) -> bool:
    """Whether a line carries a field on: indented, or behind a field that ends with its name or with a comma."""
    return line[:1] in " \t" or not value or (kind in ("to", "cc") and value.rstrip().endswith((",", ";")))


def _bare(line: str) -> str:
    """A line without the signs by which a program has quoted the forwarded mail."""
    return line.lstrip("> ") if line.startswith(">") else line


def _unquoted(lines: Sequence[str]) -> list[str]:
    """The text below a head; Apple Mail quotes the whole of it."""
    filled = [line for line in lines if line.strip()]
    if filled and all(line.startswith(">") for line in filled):
        return [line[1:].removeprefix(" ") for line in lines]
    return list(lines)


def _mended(value: str) -> str:
    """An address field as a mail would have it: ``Anna <anna@x>`` of ``Anna [mailto:anna@x]`` and its like."""
    text = _MAILTO.sub(r"<\1>", value[:_LONGEST_FIELD].replace("*", ""))
    return _DOUBLED.sub(r"<\1>", text).replace(";", ",").strip(" ,")
