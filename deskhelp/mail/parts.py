"""The parts of a mail: texts, attachments, inline pictures; bounded in depth and number, whatever was sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.parser import BytesHeaderParser
from typing import Final

from .charsets import decode
from .encoded_words import decode_text, raw_text
from .message import Mail
from .names import safe_name
from .params import file_name, parameters, raw_field
from .transfer import leaf_bytes, without_uuencoded

MAX_DEPTH: Final = 50
MAX_PARTS: Final = 2_000
# The files inside of a part (winmail.dat, uuencoded in a text) are numbered INNER * 1, INNER * 2, ... plus its index.
INNER: Final = 10_000
_TNEF: Final = ("application/ms-tnef", "application/vnd.ms-tnef")
_BOUNDARY_LINE: Final = re.compile(r"^--(\S[^\r\n]{0,200}?)[ \t]*\r?\n(?=[!-9;-~]+:|\r?\n)", re.MULTILINE)
# What a bounce encloses instead of the whole mail (RFC 6522, RFC 6533).
_HEADS: Final = ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers", "message/global")
_TAG: Final = re.compile(r"<(?:html|body|div|p|br|table)\b", re.IGNORECASE)
_ENDINGS: Final = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "message/global-delivery-status": ".txt",
    "message/global-headers": ".txt",
    "message/disposition-notification": ".txt",
    "message/feedback-report": ".txt",
    "text/rfc822-headers": ".txt",
    "text/csv": ".csv",
    "image/webp": ".webp",
    "application/zip": ".zip",
    "application/pgp-signature": ".asc",
    "application/pkcs7-mime": ".p7m",
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
    """What a walk through a mail has found; `charset` is the first that a text is
    labelled with, `hidden_*` the message as a winmail.dat has it.
    """

    texts: list[str] = field(default_factory=list)
    htmls: list[str] = field(default_factory=list)
    attachments: list[Part] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    embedded: list[Mail] = field(default_factory=list)
    calendars: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    count: int = 0
    charset: str = ""
    hidden_html: str = ""
    hidden_text: str = ""


def walk(mail: Mail) -> Contents:
    """All contents of a mail in their order."""
    found = Contents()
    _walk(mail, found, 0, "")
    if found.count > MAX_PARTS:
        found.problems.append(f"{found.count} parts, only the first {MAX_PARTS} are shown")
    return found


def in_order(part: Mail, depth: int = 0) -> Iterator[Mail]:
    """The parts as `walk` counts them."""
    yield part
    if content_type(part).startswith("multipart/") and depth <= MAX_DEPTH:
        for child in children(part):
            yield from in_order(child, depth + 1)


def children(part: Mail) -> list[Mail]:
    """The parts of a multipart; those between boundaries that its head does not name (or names wrongly) too."""
    payload = vars(part).get("_payload")
    if isinstance(payload, list):
        return [child for child in payload if isinstance(child, Mail)]
    boundary = _BOUNDARY_LINE.search(payload) if isinstance(payload, str) else None
    if boundary is None or not isinstance(payload, str):
        return []
    from .mime import parse

    head = f'Content-Type: {content_type(part)}; boundary="{boundary[1]}"\n\n'
    try:
        opened = vars(parse((head + payload).encode("utf-8", "surrogateescape")))["_payload"]
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError):
        return []
    found = [child for child in opened if isinstance(child, Mail)] if isinstance(opened, list) else []
    if found:
        vars(part)["_payload"] = found
    return found


def _walk(part: Mail, found: Contents, depth: int, parent: str) -> None:
    found.count += 1
    if found.count > MAX_PARTS:
        return
    if depth > MAX_DEPTH:
        found.problems.append(f"nested deeper than {MAX_DEPTH}, the rest is left out")
        found.count = MAX_PARTS + 1
        return
    index, kind = found.count - 1, content_type(part)
    payload = vars(part).get("_payload")
    if kind.startswith("multipart/"):
        inner = children(part)
        if not isinstance(payload, list):
            found.problems.append(f"{kind} whose boundary is not the one its head names")
        for child in inner:
            _walk(child, found, depth + 1, kind)
        if not inner and isinstance(payload, str) and payload.strip():
            _take_text(part, found, index, "text/html" if _TAG.search(payload[:4000]) else "text/plain")
    elif isinstance(payload, list) or kind == "message/rfc822":
        _take_message(part, found, index, kind)
    else:
        _take_leaf(part, found, index, kind)


def _take_message(part: Mail, found: Contents, index: int, kind: str) -> None:
    payload = vars(part).get("_payload")
    inner = payload[0] if isinstance(payload, list) and payload else None
    data = content_bytes(part)
    if kind == "message/delivery-status":
        found.reports.append(data.decode("utf-8", "replace"))
    elif isinstance(inner, Mail):
        found.embedded.append(inner)
    name = file_name(part)
    if not name and isinstance(inner, Mail) and kind in ("message/rfc822", "message/global"):
        subject = decode_text(raw_field(inner, "subject"))
        name = re.sub(r"[\\/]", "_", subject) + ".eml" if subject.strip(" .") else ""
    _attach(part, found, index, kind, data, name)


def content_bytes(part: Mail) -> bytes:
    """What is saved when a part is saved: its decoded content, or the attached mail as it stands."""
    payload = vars(part).get("_payload")
    if not isinstance(payload, list):
        return leaf_bytes(part)[0]
    blocks = [child for child in payload if isinstance(child, Mail)]
    if content_type(part) != "message/delivery-status":
        return _flat(blocks[0]) if blocks else b""
    return b"\n".join(_flat(block) for block in blocks)


def _take_leaf(part: Mail, found: Contents, index: int, kind: str) -> None:
    disposition = raw_field(part, "content-disposition").partition(";")[0].strip().lower()
    name = file_name(part)
    if kind in ("text/plain", "text/html", "text/enriched", "text/calendar") and not (
        disposition == "attachment" or name
    ):
        _take_text(part, found, index, kind)
        return
    data, problem = leaf_bytes(part)
    if problem:
        found.problems.append(problem)
    if (kind in _TNEF or name.lower() == "winmail.dat") and _take_tnef(part, found, index, data):
        return
    if data or name:
        if kind.endswith("delivery-status"):
            found.reports.append(data.decode("utf-8", "replace"))
        elif kind in _HEADS or name.lower() == "message-header.txt":
            found.embedded.append(BytesHeaderParser(Mail).parsebytes(data))
        _attach(part, found, index, kind, data, name)


def _take_text(part: Mail, found: Contents, index: int, kind: str) -> None:
    data, problem = leaf_bytes(part)
    said = parameters(raw_field(part, "content-type"))
    label = said.get("charset", "")
    found.charset = found.charset or label
    text, other = decode(data, label)
    found.problems += [line for line in (problem, other) if line]
    if kind == "text/calendar":
        found.calendars.append(text)
        _attach(part, found, index, kind, data, "")
    elif kind == "text/html":
        found.htmls.append(text)
    else:
        text, files = without_uuencoded(text)
        found.texts.append(_unflowed(said, text))
        for number, (name, content) in enumerate(files, 1):
            _attach_inner(found, index + INNER * number, name, content, "")


def _take_tnef(part: Mail, found: Contents, index: int, data: bytes) -> bool:
    """Take in what a winmail.dat hides; False where it cannot be read as one."""
    from .tnef import unpack

    unpacked = unpack(data)
    if not (unpacked.files or unpacked.html or unpacked.text):
        return False
    found.hidden_html = found.hidden_html or unpacked.html
    found.hidden_text = found.hidden_text or unpacked.text
    for number, file in enumerate(unpacked.files, 1):
        _attach_inner(found, index + INNER * number, file.name, file.data, file.content_id)
    return True


def inner_bytes(part: Mail, number: int) -> bytes:
    """The content of the file of that number (from 1) inside of a part."""
    from .tnef import unpack

    data, _ = leaf_bytes(part)
    files = [file.data for file in unpack(data).files]
    if not files:
        text, _ = decode(data, parameters(raw_field(part, "content-type")).get("charset", ""))
        files = [content for _, content in without_uuencoded(text)[1]]
    return files[number - 1] if number <= len(files) else b""


_INNER_KINDS: Final = {ending[1:]: kind for kind, ending in _ENDINGS.items() if kind.startswith(("image", "app"))}


def _attach_inner(found: Contents, index: int, name: str, data: bytes, content_id: str) -> None:
    kind = _INNER_KINDS.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    digest = hashlib.sha256(data).hexdigest()
    is_inline = bool(content_id) and kind.startswith("image/")
    found.attachments.append(
        Part(index, safe_name(name, f"part-{index}"), kind, len(data), digest, is_inline, content_id)
    )


def _attach(part: Mail, found: Contents, index: int, kind: str, data: bytes, name: str) -> None:
    content_id = raw_field(part, "content-id").strip().strip("<>") or raw_field(part, "content-location")
    disposition = raw_field(part, "content-disposition").strip().lower()
    is_inline = bool(content_id) and kind.startswith("image/") and not disposition.startswith("attachment")
    fallback = f"part-{index}{_ENDINGS.get(kind, '')}"
    digest = hashlib.sha256(data).hexdigest()
    found.attachments.append(
        Part(index, safe_name(name, fallback), kind, len(data), digest, is_inline, content_id.strip())
    )


def content_type(part: Mail) -> str:
    try:
        return part.get_content_type()
    except (TypeError, ValueError, AttributeError, IndexError):
        return "application/octet-stream"


def _flat(message: Mail) -> bytes:
    """An embedded mail as bytes; one that the standard library refuses to write, as it stands."""
    try:
        return message.as_bytes()
    except (MessageError, UnicodeError, KeyError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return _as_it_stands(message).encode("utf-8", "surrogateescape")


def _as_it_stands(message: Mail, depth: int = 0) -> str:
    """Heads and bodies without a look at what is wrong with them."""
    head = "".join(f"{name}: {raw_text(value)}\r\n" for name, value in message.raw_items())
    payload = vars(message).get("_payload")
    if not isinstance(payload, list) or depth > MAX_DEPTH:
        return f"{head}\r\n{payload if isinstance(payload, str) else ''}"
    limit = parameters(raw_field(message, "content-type")).get("boundary") or f"part-of-{depth}"
    parts = [_as_it_stands(child, depth + 1) for child in payload if isinstance(child, Mail)]
    if content_type(message).startswith("message/"):
        return head + "\r\n" + "\r\n".join(parts)
    return head + "\r\n" + "".join(f"--{limit}\r\n{part}\r\n" for part in parts) + f"--{limit}--\r\n"


def _unflowed(said: Mapping[str, str], text: str) -> str:
    """Join the lines of format=flowed (RFC 3676)."""
    if said.get("format", "").lower() != "flowed":
        return text
    drops_space = said.get("delsp", "").lower() == "yes"
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
