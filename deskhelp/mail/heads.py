"""Header fields as text, lists of addresses, and dates, from whatever a sender's program has put there."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from .charsets import decode, guess

MAX_HEAD: Final = 64_000
MAX_ADDRESSES: Final = 5_000
_WORD: Final = re.compile(r"=\?([^?\s]+)\?([bqBQ])\?([^?]*)\?=")
_BETWEEN: Final = re.compile(r"(\?=)\s+(=\?)")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ADDRESS: Final = re.compile(r"^[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()]+$")
_IDS: Final = re.compile(r"<([^<>\s]+)>")
_FOLD: Final = re.compile(r"\r?\n[ \t]*|\r")
_NOT_BASE64: Final = re.compile(r"[^A-Za-z0-9+/]")
# Nine in ten address fields name one person so; the standard library's parser takes a letter at a time.
_SIMPLE: Final = re.compile(
    r'\s*(?:"([^"\\\r\n]*)"|([^",<>()@:;.\\\[\]]*?))\s*<([\w+=-]+(?:\.[\w+=-]+)*@[\w-]+(?:\.[\w-]+)+)>\s*'
)


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody on a mail; `address` may be empty where a sender wrote none."""

    name: str
    address: str


def raw_text(value: object) -> str:
    """A header value of the parser as a string in which stray bytes are surrogates, unfolded and bounded."""
    text = str(value)[:MAX_HEAD]
    return _FOLD.sub(" ", text) if "\n" in text or "\r" in text else text


def decode_text(value: object) -> str:
    """A header as people read it: encoded words joined and decoded, raw 8-bit bytes recovered."""
    text = _recovered(raw_text(value))
    if "=?" in text:
        text = _decode_words(text)
    return _CONTROL.sub("", text).strip()


def _recovered(text: str) -> str:
    """Raw bytes above 127 stand in the parser's text as surrogates; read them as what they are."""
    if text.isascii() or not any("\udc80" <= sign <= "\udcff" for sign in text):
        return text
    return guess(text.encode("utf-8", "surrogateescape"))[0]


def _decode_words(text: str) -> str:
    text = _BETWEEN.sub(r"\1\2", text)
    out, at = [], 0
    pending, charset = b"", ""
    for match in _WORD.finditer(text):
        label = match[1].split("*")[0].lower()
        if pending and (match.start() != at or label != charset):
            out.append(decode(pending, charset)[0])
            pending = b""
        out.append(text[at : match.start()])
        pending, charset, at = pending + _word_bytes(match[2], match[3]), label, match.end()
    if pending:
        out.append(decode(pending, charset)[0])
    out.append(text[at:])
    return "".join(out)


def _word_bytes(encoding: str, text: str) -> bytes:
    if encoding in "qQ":
        return quopri.decodestring(text.replace("_", " ").encode("utf-8", "surrogateescape"), header=True)
    data = _NOT_BASE64.sub("", text).encode()
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        return base64.b64decode(data[: len(data) // 4 * 4])


def addresses(values: Iterable[object]) -> tuple[Address, ...]:
    """Everybody that some address headers name, in order, groups opened, without empty ones."""
    found: list[Address] = []
    for value in values:
        text = _recovered(raw_text(value))
        for name, address in _pairs(text):
            clean = address.strip().strip("<>'\"")
            if clean or name:
                found.append(Address(_name(name, clean), clean))
            if len(found) >= MAX_ADDRESSES:
                return tuple(found)
    return tuple(found)


def _pairs(text: str) -> list[tuple[str, str]]:
    simple = _SIMPLE.fullmatch(text)
    if simple:
        return [(simple[1] or " ".join((simple[2] or "").split()), simple[3])]
    try:
        return getaddresses([text])
    except RecursionError:  # comments nested a thousand deep
        return [("", match) for match in re.findall(r"[\w.+-]+@[\w.-]+\w", text)]


def _name(name: str, address: str) -> str:
    shown = decode_text(name).strip("\"' ")
    return "" if shown.casefold() == address.casefold() else shown


def is_address(text: str) -> bool:
    return bool(_ADDRESS.match(text))


def header_ids(values: Iterable[object]) -> tuple[str, ...]:
    """Message-IDs without angle brackets, in order, each once; a bare one is taken as it stands."""
    found: dict[str, None] = {}
    for value in values:
        text = raw_text(value)
        names = _IDS.findall(text)
        if not names and text.strip() and " " not in text.strip() and "@" in text:
            names = [text.strip().strip("<>")]
        found.update(dict.fromkeys(name for name in names if len(name) <= 998))
    return tuple(found)


def date_of(value: object) -> datetime | None:
    """The moment that a Date header means, with its offset; None if it means none."""
    try:
        found = parsedate_to_datetime(raw_text(value).strip())
        found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
