"""Lists of addresses and of ids, from whatever a sender's program has put there."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.utils import getaddresses
from functools import lru_cache
from typing import Final

from .encoded_words import decode_text, raw_text, recovered

_MAX_ODD: Final = 16_000
"""What the standard library's parser of addresses gets of a field at most: it reads a letter at a time."""
_MAX_LOOSE: Final = 200_000
"""How long the fields are at most that are read with patience, all together."""
MAX_ADDRESSES: Final = 5_000
_MAX_PERSON: Final = 2_000
_MAX_COMMON: Final = 200
_ADDRESS: Final = re.compile(r'^(?:"(?:[^"\\]|\\.)+"|[^\s@<>,;:"()\[\]]+)@[^\s@<>,;:"()]+$')
_BARE: Final = re.compile(r'(?:"(?:[^"\\]|\\.)+"|[^\s@<>,;:"()\[\]]+)@[^\s@<>,;:"()]+')
_IDS: Final = re.compile(r"<([^<>\s]+)>")
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


def addresses(values: Iterable[object], hint: str = "") -> tuple[Address, ...]:
    """Everybody that some address headers name, in order, groups opened, without empty ones."""
    found: list[Address] = []
    odd, loose = _MAX_ODD, _MAX_LOOSE
    for value in values:
        text = recovered(raw_text(value), hint)
        if "=?" in text and "@" not in text:  # all of it is encoded, the address too
            text = decode_text(text)
        pairs, rest = _listed(text)
        patient = None
        if rest.strip() and len(text) <= loose:
            loose -= len(text)
            patient = _loose(text)
        if patient is not None:
            pairs = patient
        elif rest.strip():
            pairs += _odd(rest[:odd])
            odd = max(0, odd - len(rest))
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


def _listed(text: str) -> tuple[list[tuple[str, str]], str]:
    """Names and addresses of a field as far as people are written in it as they should be, and the rest."""
    found, at = [], 0
    while at < len(text) and (person := _LISTED.match(text, at)):
        found.append((person[1] or " ".join((person[2] or "").split()), person[3] or person[4]))
        at = person.end()
    return found, text[at:]


_TOKEN: Final = re.compile(
    r"""(?P<word>=\?[^?\s]{0,80}\?[bqBQ]\?(?:[^?]|\?(?!=)){0,300}+\?=)
    |(?P<quoted>"(?:[^"\\]|\\.){0,300}+")
    |(?P<comment>\((?:[^()\\]|\\.|\([^()]{0,100}+\)){0,300}+\))
    |(?P<angle><[^<>]{0,300}+(?:>|\Z))
    |(?P<end>[,;])
    |(?P<text>[^"(<,;=]++|.)""",
    re.VERBOSE | re.DOTALL,
)
_BRACKETED: Final = re.compile(r"\[(?:mailto|smtp):([^\]\s]+)\]", re.IGNORECASE)
_COMMENT: Final = re.compile(r"\([^()]*\)")
_ROUTE: Final = re.compile(r"^(?:mailto:|(?:@[^:@]*[:,])+)", re.IGNORECASE)
_LABEL: Final = re.compile(r"^[^@\"=<]{0,200}:")
_NESTED: Final = re.compile(r'"[^"]*\w? "\w.*\w""\Z|""\w.*"\Z')
_ESCAPED: Final = re.compile(r"\\(.)")


@dataclass(slots=True)
class _Piece:
    """What stands between two commas: a person mostly, or the family name of the next one."""

    texts: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    angle: str = ""
    comment: str = ""
    end: str = ""


def _loose(text: str) -> list[tuple[str, str]] | None:
    """Names and addresses, where commas, brackets and quotes may stand wherever people put them.

    None where something has no address, and may be one in itself.
    """
    found: list[tuple[str, str]] = []
    lead = ""
    in_group = ";" in text
    for piece in _pieces(text):
        name = _name_in(piece)
        if in_group and "@" not in name and (label := _LABEL.match(name)):
            name = name[label.end() :].strip()
        if "@" in piece.angle.strip("@"):
            found.append((lead + name.strip("<> ") or piece.comment, _without_route(piece.angle)))
        elif not lead and (people := _without_angles(name, piece)) is not None:
            found += people
        elif name and piece.end == "," and not piece.angle:
            lead += f"{name}, "
            continue
        elif name or piece.angle:
            return None
        lead = ""
    return found if found and not lead else None


def _pieces(text: str) -> Iterator[_Piece]:
    piece = _Piece()
    for token in _TOKEN.finditer(text):
        kind, said = token.lastgroup, token[0]
        if kind == "end":
            piece.end = said
            yield piece
            piece = _Piece()
        elif kind == "angle":
            piece.angle = piece.angle if "@" in piece.angle else said.strip("<> ")
        elif kind == "comment":
            piece.comment = said[1:-1]
        else:
            is_name = kind == "quoted" and text[token.end() : token.end() + 1] != "@"
            piece.texts.append(_ESCAPED.sub(r"\1", said[1:-1]) if is_name else said)
            piece.quoted.append(said)
    yield piece


def _name_in(piece: _Piece) -> str:
    """The words of a piece without their quotes, but with those of a name that was put into quotes as it was."""
    text = "".join(piece.quoted).strip()
    is_nested = text.count('"') > 3 and _NESTED.match(text) is not None
    return text[1:-1] if is_nested else "".join(piece.texts).strip()


def _without_route(angle: str) -> str:
    """The address in angle brackets without the way to it, and without blanks that do not stand in quotes."""
    address = _ROUTE.sub("", _COMMENT.sub("", angle) if "(" in angle else angle)
    return address if '"' in address else "".join(address.split())


def _without_angles(name: str, piece: _Piece) -> list[tuple[str, str]] | None:
    if "@" not in name or len(name) > _MAX_PERSON:
        return None
    bracketed = _BRACKETED.search(name)
    if bracketed:
        return [(name[: bracketed.start()].strip(), bracketed[1])]
    bare = _BARE.findall(name)
    rest = " ".join(_BARE.sub(" ", name).split()).strip("<> ")
    if len(bare) == 1:
        return [("" if rest.endswith(":") else rest or piece.angle or piece.comment, bare[0])]
    return None if rest else [("", address) for address in bare] or None


def _odd(text: str) -> list[tuple[str, str]]:
    """Names and addresses of a short text that is read a letter at a time."""
    try:
        return getaddresses([text]) if text.strip() else []
    except RecursionError:  # comments nested a thousand deep
        return [("", match) for match in _IN_PASSING.findall(text)]


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
