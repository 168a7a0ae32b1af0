"""The parts of a mail: texts, attachments, inline pictures; bounded in depth and number, whatever was sent."""

from __future__ import annotations

import base64
import binascii
import hashlib
import quopri
import re
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import collapse_rfc2231_value
from typing import Final

from .charsets import decode
from .heads import decode_text, raw_text
from .names import safe_name

MAX_DEPTH: Final = 50
MAX_PARTS: Final = 2_000
_ENDINGS: Final = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "message/delivery-status": ".txt",
    "application/ms-tnef": ".dat",
    "application/pkcs7-signature": ".p7s",
}


@dataclass(frozen=True, slots=True)
class Part:
    """An attachment: `index` finds its bytes again (`part_bytes`); `name` is safe for a disk."""

    index: int
    name: str
    content_type: str
    size: int
    sha256: str
    inline: bool
    content_id: str


@dataclass(slots=True)
class Contents:
    """What a walk through a mail has found."""

    texts: list[str] = field(default_factory=list)
    htmls: list[str] = field(default_factory=list)
    attachments: list[Part] = field(default_factory=list)
    reports: list[Message] = field(default_factory=list)
    embedded: list[Message] = field(default_factory=list)
    calendars: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    count: int = 0


def walk(mail: Message) -> Contents:
    """All contents of a mail in their order."""
    found = Contents()
    _walk(mail, found, 0, "")
    if found.count > MAX_PARTS:
        found.problems.append(f"{found.count} parts, only the first {MAX_PARTS} are shown")
    return found


def _walk(part: Message, found: Contents, depth: int, parent: str) -> None:
    found.count += 1
    if found.count > MAX_PARTS:
        return
    if depth > MAX_DEPTH:
        found.problems.append(f"nested deeper than {MAX_DEPTH}, the rest is left out")
        found.count = MAX_PARTS + 1
        return
    index, kind = found.count - 1, content_type(part)
    payload = part.get_payload()
    if isinstance(payload, list) and kind.startswith("multipart/"):
        for child in payload:
            if not isinstance(child, Message):
                continue
            _walk(child, found, depth + 1, kind)
    elif isinstance(payload, list) or kind == "message/rfc822":
        _take_message(part, found, index, kind)
    else:
        _take_leaf(part, found, index, kind, parent)


def _take_message(part: Message, found: Contents, index: int, kind: str) -> None:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if kind == "message/delivery-status":
        found.reports.append(part)
        data = (
            b"\n".join(_flat(block) for block in payload if isinstance(block, Message))
            if isinstance(payload, list)
            else b""
        )
    else:
        if isinstance(inner, Message):
            found.embedded.append(inner)
        data = _flat(inner) if isinstance(inner, Message) else leaf_bytes(part)[0]
    subject = decode_text(inner.get("Subject", "")) if isinstance(inner, Message) else ""
    _attach(part, found, index, kind, data, subject + ".eml" if subject and kind == "message/rfc822" else "")


def _take_leaf(part: Message, found: Contents, index: int, kind: str, parent: str) -> None:
    data, problem = leaf_bytes(part)
    if problem:
        found.problems.append(problem)
    disposition = raw_text(part.get("Content-Disposition", "")).split(";")[0].strip().lower()
    name = file_name(part)
    is_file = disposition == "attachment" or bool(name)
    if kind in ("text/plain", "text/html", "text/enriched", "text/calendar") and not is_file:
        text, problem = decode(data, charset_of(part))
        if problem:
            found.problems.append(problem)
        if kind == "text/calendar":
            found.calendars.append(text)
            _attach(part, found, index, kind, data, "")
        elif kind == "text/html":
            found.htmls.append(text)
        else:
            found.texts.append(_unflowed(part, text))
    elif data or name:
        if kind == "text/rfc822-headers":  # what a bounce encloses instead of the whole mail (RFC 6522)
            found.embedded.append(BytesHeaderParser().parsebytes(data))
        _attach(part, found, index, kind, data, name)


def _attach(part: Message, found: Contents, index: int, kind: str, data: bytes, name: str) -> None:
    content_id = raw_text(part.get("Content-ID", "")).strip().strip("<>") or raw_text(part.get("Content-Location", ""))
    disposition = raw_text(part.get("Content-Disposition", "")).strip().lower()
    is_inline = bool(content_id) and kind.startswith("image/") and not disposition.startswith("attachment")
    fallback = f"part-{index}{_ENDINGS.get(kind, '')}"
    found.attachments.append(
        Part(
            index,
            safe_name(name, fallback),
            kind,
            len(data),
            hashlib.sha256(data).hexdigest(),
            is_inline,
            content_id.strip(),
        )
    )


def content_type(part: Message) -> str:
    try:
        return part.get_content_type()
    except (TypeError, ValueError, AttributeError, IndexError):
        return "application/octet-stream"


def charset_of(part: Message) -> str:
    try:
        value = part.get_param("charset")
        return str(collapse_rfc2231_value(value)) if value else ""
    except (TypeError, ValueError, LookupError, IndexError):
        return ""


def file_name(part: Message) -> str:
    """The name a part was given, in RFC 2231, RFC 2047 or raw bytes; "" if it has none."""
    for header, param in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        try:
            value = part.get_param(param, header=header)
        except (TypeError, ValueError, LookupError, IndexError):
            continue
        if isinstance(value, tuple):
            charset, _, text = value
            data = str(text or "").encode("latin-1", "surrogateescape") if _is_latin(text) else b""
            return decode(data, charset)[0] if data else decode_text(text or "")
        if value:
            return decode_text(value)
    return ""


def _is_latin(text: object) -> bool:
    return all(ord(sign) < 256 or "\udc80" <= sign <= "\udcff" for sign in str(text or ""))


def leaf_bytes(part: Message) -> tuple[bytes, str]:
    """The decoded content of a part, and the problem met on the way ("" if none)."""
    # get_payload() would decode 8-bit text by its label, and lose it where there is none.
    payload = vars(part).get("_payload")
    if not isinstance(payload, str):
        return b"", ""
    data = payload.encode("utf-8", "surrogateescape") if not payload.isascii() else payload.encode("ascii")
    encoding = raw_text(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(data), ""
    if encoding == "base64":
        return _from_base64(data)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _from_uuencode(data)
    return data, ""


def _from_base64(data: bytes) -> tuple[bytes, str]:
    try:
        return binascii.a2b_base64(data), ""
    except binascii.Error:
        clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        clean = clean[: len(clean) - (1 if len(clean) % 4 == 1 else 0)]
        return base64.b64decode(clean + b"=" * (-len(clean) % 4)), "base64 of a wrong length, read as far as it goes"


def _from_uuencode(data: bytes) -> tuple[bytes, str]:
    out, inside = [], False
    for line in data.splitlines():
        if line.startswith(b"begin "):
            inside = True
        elif line.strip() == b"end":
            break
        elif inside and line:
            try:
                out.append(binascii.a2b_uu(line))
            except binascii.Error:
                size = (((line[0] - 32) & 63) * 4 + 5) // 3
                try:
                    out.append(binascii.a2b_uu(line[:size]))
                except binascii.Error:
                    return b"".join(out), "uuencoded part is damaged, read as far as it goes"
    return b"".join(out), ""


def _flat(message: Message) -> bytes:
    """An embedded mail as bytes, without re-serialising what may be malformed: heads and body as they stand."""
    try:
        return message.as_bytes()
    except (UnicodeError, KeyError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        head = "".join(f"{name}: {raw_text(value)}\r\n" for name, value in message.raw_items())
        body = message.get_payload()
        return (head + "\r\n" + (body if isinstance(body, str) else "")).encode("utf-8", "surrogateescape")


def _unflowed(part: Message, text: str) -> str:
    """Join the lines of format=flowed (RFC 3676)."""
    try:
        is_flowed = str(part.get_param("format", "")).lower() == "flowed"
        drops_space = str(part.get_param("delsp", "")).lower() == "yes"
    except (TypeError, ValueError, LookupError):
        return text
    if not is_flowed:
        return text
    lines: list[str] = []
    open_depth: int | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        rest = line[depth:].removeprefix(" ")
        flows = rest.endswith(" ") and rest != "-- "
        piece = rest[:-1] if flows and drops_space else rest
        if open_depth == depth and lines and rest != "-- ":
            lines[-1] += piece
        else:
            lines.append((">" * depth + " " if depth else "") + piece)
        open_depth = depth if flows else None
    return "\n".join(lines)
