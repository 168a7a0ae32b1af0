"""The parts of a mail: texts, attachments, inline pictures; bounded in depth and number, whatever was sent."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from email.parser import BytesHeaderParser
from typing import Final
from urllib.parse import quote

from .charset_names import codec_of
from .charsets import decode_as
from .encoded_words import decode_text
from .message import Mail
from .names import safe_name
from .nesting import MAX_DEPTH, MESSAGES, content_bytes, embedded_mail, inner_parts, is_encrypted, is_smime
from .params import content_type, file_name, given_name, parameters, raw_field
from .shown import Passage, preferred
from .text_forms import MAX_TEXT, unenriched, unflowed
from .transfer import begun_name, leaf_bytes, without_uuencoded

MAX_PARTS: Final = 2_000
# Two bytes for a letter: guessing the charset of more would take too long, and nobody reads the end of a longer text.
_MAX_TEXT_BYTES: Final = 2 * MAX_TEXT
# The files inside of a part (winmail.dat, uuencoded in a text) are numbered INNER * 1, INNER * 2, ... plus its index.
INNER: Final = 10_000
_TNEF: Final = ("application/ms-tnef", "application/vnd.ms-tnef")
# What a bounce encloses instead of the whole mail (RFC 6522, RFC 6533).
_HEADS: Final = ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers", "message/global")
_REPORT: Final = b"reporting-mta:"
_TEXTS: Final = (
    "text/plain",
    "text/html",
    "text/enriched",
    "text/richtext",
    "text/calendar",
    "text/markdown",
    "text/x-markdown",
    "text/x-web-markdown",
)
# What Gmail and watches show in place of the HTML.
_SAME_AGAIN: Final = ("text/x-amp-html", "text/watch-html")
# Beside a file that a Mac has sent, what only a Mac knows of it.
_APPLE_DOUBLE: Final = ("multipart/appledouble", "application/applefile")
_TNEF_MARK: Final = b"\x78\x9f\x3e\x22"
_PGP: Final = "-----BEGIN PGP MESSAGE-----"
_META: Final = re.compile(rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
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
    """What a walk through a mail has found.

    `texts` are what is read as text, `pages` as HTML; `charset` is the first that a text is written in, `hidden_*` the
    message as a winmail.dat has it, `named` texts that have a name and are no attachments all the same.
    """

    texts: list[Passage] = field(default_factory=list)
    pages: list[Passage] = field(default_factory=list)
    attachments: list[Part] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    embedded: list[Mail] = field(default_factory=list)
    calendars: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    named: list[Passage] = field(default_factory=list)
    count: int = 0
    charset: str = ""
    hidden_html: str = ""
    hidden_text: str = ""
    is_rtf_read: bool = False


def walk(mail: Mail) -> Contents:
    """All contents of a mail in their order."""
    found = Contents()
    _walk(mail, found, 0, "")
    if all(passage.is_blank for passage in found.texts):
        found.texts += found.named
        found.pages += found.named
    found.attachments = [_tied(part, found.pages) for part in found.attachments]
    if found.count > MAX_PARTS:
        found.problems.append(f"{found.count} parts, only the first {MAX_PARTS} are shown")
    return found


def _walk(part: Mail, found: Contents, depth: int, parent: str) -> None:
    found.count += 1
    if found.count > MAX_PARTS:
        return
    if depth > MAX_DEPTH:
        found.problems.append(f"nested deeper than {MAX_DEPTH}, the rest is left out")
        found.count = MAX_PARTS + 1
        return
    if part.is_cut:
        found.problems.append("so many fields, parts or lines that its end was not read")
    index, kind = found.count - 1, content_type(part)
    payload = vars(part).get("_payload")
    inner = inner_parts(part)
    if kind.startswith("multipart/"):
        if kind == "multipart/encrypted":
            found.problems.append(f"encrypted, it can only be read with a key: {kind}")
        if not isinstance(payload, list):
            found.problems.append(f"{kind} whose boundary is not the one its head names")
        _walk_inner(inner, found, depth, kind)
        if not inner and isinstance(payload, str) and payload.strip():
            _take_text(part, found, index, "text/html" if _TAG.search(payload[:4000]) else "text/plain")
    elif inner:
        _note_piece(part, found, kind)
        _walk_inner(inner, found, depth, kind)
    elif isinstance(payload, list) or kind in MESSAGES:
        _take_message(part, found, index, kind)
    else:
        _take_leaf(part, found, index, kind, parent)


def _walk_inner(inner: list[Mail], found: Contents, depth: int, kind: str) -> None:
    if kind != "multipart/alternative":
        for child in inner:
            _walk(child, found, depth + 1, kind)
        return
    texts, pages = found.texts, found.pages
    choices: list[tuple[list[Passage], list[Passage]]] = []
    for child in inner:
        found.texts, found.pages = [], []
        _walk(child, found, depth + 1, kind)
        choices.append((found.texts, found.pages))
    found.texts = texts + preferred([choice[0] for choice in choices], html=False)
    found.pages = pages + preferred([choice[1] for choice in choices], html=True)


def _note_piece(part: Mail, found: Contents, kind: str) -> None:
    if kind == "message/partial":
        said = parameters(raw_field(part, "content-type"))
        found.problems.append(f"part {said.get('number')} of {said.get('total', '?')} of a mail that was cut in pieces")


def _note_place(part: Mail, found: Contents) -> None:
    """Say where a file lies that is not in the mail (RFC 2046, 5.2.3)."""
    said = parameters(raw_field(part, "content-type"))
    place = said.get("url") or "/".join(said[name] for name in ("site", "directory", "name") if said.get(name))
    found.problems.append(f"a file is not in the mail but elsewhere: {' '.join(place.split())[:500]}")


def _take_message(part: Mail, found: Contents, index: int, kind: str) -> None:
    if kind == "message/external-body":
        _note_place(part, found)
        return
    _note_piece(part, found, kind)
    inner = embedded_mail(part)
    data = content_bytes(part)
    if kind.endswith(("/delivery-status", "/global-delivery-status")):
        found.reports.append(data.decode("utf-8", "replace"))
    elif inner is not None:
        found.embedded.append(inner)
    name = file_name(part, found.charset)
    if not name and inner is not None and kind in MESSAGES:
        subject = decode_text(raw_field(inner, "subject"), found.charset)
        name = re.sub(r"[\\/]", "_", subject) + ".eml" if subject.strip(" .") else ""
    _attach(part, found, index, kind, data, name)


def _take_leaf(part: Mail, found: Contents, index: int, kind: str, parent: str) -> None:
    disposition = raw_field(part, "content-disposition").partition(";")[0].strip().lower()
    is_file = disposition == "attachment" or bool(given_name(part, found.charset))
    if kind in _TEXTS and (not is_file or (kind == "text/calendar" and _is_invitation(part))):
        _take_text(part, found, index, kind)
        return
    name = file_name(part, found.charset) or begun_name(part)
    if (parent == "multipart/alternative" and kind in _SAME_AGAIN and not name) or (parent, kind) == _APPLE_DOUBLE:
        return
    data, problem = leaf_bytes(part)
    if problem:
        found.problems.append(problem)
    is_tnef = kind in _TNEF or name.lower() == "winmail.dat" or data.startswith(_TNEF_MARK)
    if is_tnef and _take_tnef(part, found, index, data):
        return
    if is_smime(part, kind) and is_encrypted(part):
        found.problems.append("encrypted, it can only be read with a key: S/MIME")
    if kind in ("text/plain", "text/html") and disposition != "attachment":
        found.named.append(_passage(part, found, kind, data)[0])
    if data or name:
        if kind.endswith("delivery-status") or data[: len(_REPORT)].lower() == _REPORT:
            found.reports.append(data.decode("utf-8", "replace"))
        elif kind in _HEADS or name.lower() == "message-header.txt" or name.lower().endswith(".eml"):
            found.embedded.append(BytesHeaderParser(Mail).parsebytes(data))
        _attach(part, found, index, kind, data, name)


def _is_invitation(part: Mail) -> bool:
    """Whether a calendar is a message to somebody (RFC 6047 section 2.4), which programs may give a name, too."""
    return bool(parameters(raw_field(part, "content-type")).get("method"))


def _beginning(data: bytes, label: str) -> bytes:
    """As much of a text as is read of it, up to the end of a line, where no letter is cut in two."""
    if len(data) <= _MAX_TEXT_BYTES or label.lower().startswith(("utf-16", "utf-32")):
        return data
    line_end = data.rfind(b"\n", 0, _MAX_TEXT_BYTES)
    return data[: line_end + 1 if line_end > _MAX_TEXT_BYTES // 2 else _MAX_TEXT_BYTES]


def _passage(part: Mail, found: Contents, kind: str, data: bytes) -> tuple[Passage, str]:
    """A text as it is read, and the problem met."""
    said = parameters(raw_field(part, "content-type"))
    label = said.get("charset", "")
    if kind == "text/html" and codec_of(label) in (None, "cp1252") and (meta := _META.search(data[:4_000])):
        label = meta[1].decode("ascii", "replace")
    text, codec, problem = decode_as(_beginning(data, label), label)
    found.charset = found.charset or ("" if codec in ("ascii", "cp1252") else codec)
    if kind in ("text/enriched", "text/richtext"):
        text = unenriched(text, kind)
    return Passage(text if kind == "text/html" else unflowed(said, text), kind == "text/html"), problem


def _take_text(part: Mail, found: Contents, index: int, kind: str) -> None:
    data, problem = leaf_bytes(part)
    passage, other = _passage(part, found, kind, data)
    found.problems += [line for line in (problem, other) if line]
    if kind == "text/calendar":
        found.calendars.append(passage.text)
        _attach(part, found, index, kind, data, file_name(part, found.charset))
        return
    if not passage.is_html:
        text, files, cut = without_uuencoded(passage.text)
        if files:
            passage = Passage(text, is_html=False)
        if cut or _PGP in text:
            found.problems.append(cut or "encrypted, it can only be read with a key: PGP")
        for number, (name, content) in enumerate(files, 1):
            _attach_inner(found, index + INNER * number, name, content, "")
    found.texts.append(passage)
    found.pages.append(passage)


def _take_tnef(part: Mail, found: Contents, index: int, data: bytes) -> bool:
    """Take in what a winmail.dat hides; False where it cannot be read as one."""
    from .tnef import unpack

    unpacked = unpack(data)
    if not (unpacked.files or unpacked.html or unpacked.text or unpacked.rtf):
        return False
    if unpacked.rtf and not found.is_rtf_read:  # one is enough: each may take a second
        found.is_rtf_read = True
        unpacked.take_rtf()
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
        passage, _ = _passage(part, Contents(), content_type(part), data)
        files = [content for _, content in without_uuencoded(passage.text)[1]]
    return files[number - 1] if number <= len(files) else b""


_INNER_KINDS: Final = {ending[1:]: kind for kind, ending in _ENDINGS.items() if kind.startswith(("image", "app"))}


def _tied(part: Part, pages: list[Passage]) -> Part:
    """A picture that is sent as an attachment is inline all the same if the page shows it."""
    if part.inline or not part.content_id or not part.content_type.startswith("image/"):
        return part
    names = (f"cid:{part.content_id}", f"cid:{quote(part.content_id)}")
    return replace(part, inline=any(name in one.text for one in pages if one.is_html for name in names))


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
