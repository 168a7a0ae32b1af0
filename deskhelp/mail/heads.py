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
from functools import lru_cache
from typing import Final

from .charsets import decode, guess

MAX_HEAD: Final = 300_000
_MAX_ODD: Final = 16_000
"""What the standard library's parser of addresses gets of a field at most: it reads a letter at a time."""
MAX_ADDRESSES: Final = 5_000
_MAX_PERSON: Final = 2_000
_MAX_COMMON: Final = 200
_WORD: Final = re.compile(r"=\?([^?\s]+)\?([bqBQ])\?((?:[^?]|\?(?!=))*)\?=")
_BETWEEN: Final = re.compile(r"\?=\s+=\?")
_SURROGATE: Final = re.compile("[\udc80-\udcff]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ADDRESS: Final = re.compile(r'^(?:"(?:[^"\\]|\\.)+"|[^\s@<>,;:"()\[\]]+)@[^\s@<>,;:"()]+$')
_BARE: Final = re.compile(r'(?:"(?:[^"\\]|\\.)+"|[^\s@<>,;:"()\[\]]+)@[^\s@<>,;:"()]+')
_ANGLED: Final = re.compile(r"([^<>]*@[^<>]*)<\s*([^<>\s@]+@[^<>\s@]+)\s*>\s*")
_ANGLES: Final = re.compile(r"<[^<>]*>")
_COMMENT: Final = re.compile(r"\((?:[^()\\]|\\.)*\)")
_IDS: Final = re.compile(r"<([^<>\s]+)>")
_FOLD: Final = re.compile(r"\r?\n[ \t]*|\r")
_NOT_BASE64: Final = re.compile(r"[^A-Za-z0-9+/]")
# Nine in ten address fields name people so.
_SOUND: Final = r"[\w+=-]+(?:\.[\w+=-]+)*@[\w-]+(?:\.[\w-]+)+"
_SIMPLE: Final = re.compile(rf'\s*+(?:"([^"\\\r\n]*)"|([^",<>()@:;.\\\[\]]{{0,500}}?))\s{{0,80}}<({_SOUND})>\s*+')
_LISTED: Final = re.compile(rf"(?:{_SIMPLE.pattern}|\s*+({_SOUND})\s*+)(?:,|$)")
_IN_PASSING: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,250}\w")


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody on a mail; `address` may be empty where a sender wrote none."""

    name: str
    address: str


def raw_text(value: object) -> str:
    """A header value of the parser as a string in which stray bytes are surrogates, unfolded and bounded."""
    text = str(value)[:MAX_HEAD]
    return _FOLD.sub(" ", text) if "\n" in text or "\r" in text else text


def decode_text(value: object, hint: str = "") -> str:
    """A header as people read it: encoded words joined and decoded, raw 8-bit bytes recovered.

    `hint` is the charset that raw bytes are likely to stand in: the one that the mail's text is labelled with.
    """
    text = _recovered(raw_text(value), hint)
    if "=?" in text:
        text = _decode_words(text)
    return _CONTROL.sub("", text).strip()


def _recovered(text: str, hint: str = "") -> str:
    """Raw bytes above 127 stand in the parser's text as surrogates; read them as what they are."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return guess(text.encode("utf-8", "surrogateescape"), hint)[0]


def _decode_words(text: str) -> str:
    text = _BETWEEN.sub("?==?", text)
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


def addresses(values: Iterable[object], hint: str = "") -> tuple[Address, ...]:
    """Everybody that some address headers name, in order, groups opened, without empty ones."""
    found: list[Address] = []
    odd = _MAX_ODD
    for value in values:
        text = _recovered(raw_text(value), hint)
        pairs = _lenient(text) if len(text) <= _MAX_PERSON else []
        if not pairs:
            pairs, used = _pairs(text, odd)
            odd -= used
        for name, address in pairs:
            person = _person(name, address.strip())
            if person.address or person.name:
                found.append(person)
            if len(found) >= MAX_ADDRESSES:
                return tuple(found)
    return tuple(found)


def _person(name: str, address: str) -> Address:
    return _read_person(name, address) if len(name) + len(address) > _MAX_COMMON else _known_person(name, address)


@lru_cache(maxsize=1_000)
def _known_person(name: str, address: str) -> Address:
    """As `_read_person`: nearly all mails are to the desk, and most people write more than one."""
    return _read_person(name, address)


def _read_person(name: str, address: str) -> Address:
    clean = address.strip("<>")
    if clean[:1] in "'\"" and clean[:1] == clean[-1:]:
        clean = clean[1:-1]
    if " " in clean and not is_address(clean):  # a name and an address, or two addresses, without any mark
        bare = _BARE.search(clean[:_MAX_PERSON])
        if bare:
            return Address(_name(name or clean[: bare.start()], bare[0]), bare[0])
    return Address(_name(name, clean), clean)


def _lenient(text: str) -> list[tuple[str, str]]:
    """A single person whose name is written in a way that the standard library takes for other people."""
    if "(" in text and text.count("<") == 1 and text.count(",") == 0:
        comments = _COMMENT.findall(text)
        bare = _ANGLES.sub(lambda inside: "".join(inside[0].split()), _COMMENT.sub("", text)).strip()
        if comments and "(" not in bare and _SIMPLE.fullmatch(bare):
            return [(name or comments[-1][1:-1], address) for name, address in _pairs(bare)[0]]
    if text.count("@") > 1 and not re.search('[<,;:"]', text):  # several addresses with nothing between
        return [("", address) for address in _BARE.findall(text)]
    angled = _ANGLED.fullmatch(text) if "@" in text.partition("<")[0] else None
    return [(angled[1].strip(), angled[2])] if angled and "," not in angled[1] else []


def _pairs(text: str, odd: int = _MAX_ODD) -> tuple[list[tuple[str, str]], int]:
    """Names and addresses, and how much of the field was so odd that it was read a letter at a time, `odd` at most."""
    found, at = [], 0
    while at < len(text) and (person := _LISTED.match(text, at)):
        found.append((person[1] or " ".join((person[2] or "").split()), person[3] or person[4]))
        at = person.end()
    rest = text[at : at + odd]
    if not rest.strip():
        return found, 0
    try:
        return found + getaddresses([rest]), len(rest)
    except RecursionError:  # comments nested a thousand deep
        return found + [("", match) for match in _IN_PASSING.findall(rest)], len(rest)


def _name(name: str, address: str) -> str:
    shown = " ".join(decode_text(name).split())
    while len(shown) > 1 and shown[0] in "\"'" and (shown[-1] == shown[0] or shown[0] not in shown[1:]):
        shown = shown[1:].removesuffix(shown[0]).strip()
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


def conversation_of(value: object) -> str:
    """What Outlook calls the conversation of a mail, of its Thread-Index; "" if that is none.

    Six bytes of time, sixteen that name the conversation, five more for each answer ([MS-OXOMSG] 2.2.1.3).
    """
    try:
        index = base64.b64decode("".join(raw_text(value).split()), validate=True)
    except (ValueError, binascii.Error):
        return ""
    return index[6:22].hex() if len(index) >= 22 and any(index[6:22]) else ""


def date_of(value: object) -> datetime | None:
    """The moment that a Date header means, with its offset; None if it means none."""
    try:
        found = parsedate_to_datetime(raw_text(value).strip())
        found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
