"""Header fields as every mail program reads them: folded and encoded by rules that never touch an address or an id.

The standard library folds by encoding whatever is too long for a line, Message-IDs included, which breaks threads;
so fields are written here, and its parser only has to agree.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import quote

from .heads import Address
from .urls import ascii_domain

LINE: Final = 76
_LONGEST_WORD: Final = 60
_BYTES_IN_WORD: Final = 42  # 56 letters of base 64, and 12 of frame
_BYTES_IN_SEGMENT: Final = 16
_PLAIN: Final = re.compile(r"[!-~]+(?: [!-~]+)*")
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/?^_`{|}~-]+)*")
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*|\"[ !#-\[\]-~]*\"")
_DOMAIN: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
_ID: Final = re.compile(r"[!-;=?-~]+")
_LONGEST_ID: Final = 900
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def text_field(text: str) -> str:
    """A text as the value of a field, folded; encoded words where it is not plain ASCII."""
    clean = _one_line(text)
    if _is_plain(clean):
        return folded(clean.split(" "))
    return "\r\n ".join(encoded_words(clean))


def address_field(people: Iterable[Address]) -> str:
    """Some people as the value of a field; ValueError for an address that cannot be written."""
    return folded([f"{person}," for person in map(_mailbox, people)]).removesuffix(",")


def id_field(names: Iterable[str]) -> str:
    """Message-IDs as the value of a field, each on a line of its own: no id is ever cut or encoded."""
    return "\r\n ".join(f"<{name}>" for name in names if is_id(name))


def is_id(name: str) -> bool:
    """Whether a Message-ID can be written as it is; nobody could find one that was changed."""
    return len(name) < _LONGEST_ID and bool(_ID.fullmatch(name))


def folded(words: Sequence[str]) -> str:
    """Words with single blanks between them, in lines that are short where the words are."""
    lines = [""]
    for word in words:
        longest = max(map(len, word.split("\r\n")))
        if lines[-1] and len(lines[-1]) + 1 + longest > LINE - (20 if len(lines) == 1 else 0):
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\r\n ".join(lines)


def encoded_words(text: str) -> list[str]:
    """The encoded words (RFC 2047) of a text, none cutting a character in two."""
    return [f"=?utf-8?B?{b64encode(piece).decode()}?=" for piece in _pieces(text, _BYTES_IN_WORD)]


def _pieces(text: str, size: int) -> Iterator[bytes]:
    piece = b""
    for sign in text:
        data = sign.encode("utf-8", "replace")
        if len(piece) + len(data) > size:
            yield piece
            piece = b""
        piece += data
    if piece:
        yield piece


def _one_line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def _is_plain(text: str) -> bool:
    """Whether a text can stand as it is: what looks encoded would be decoded, a long word could not be folded."""
    is_short = all(len(word) <= _LONGEST_WORD for word in text.split(" "))
    return not text or bool(_PLAIN.fullmatch(text) and "=?" not in text and is_short)


def _mailbox(person: Address) -> str:
    address = ascii_address(person.address)
    name = _one_line(person.name)
    if not name:
        return address
    phrase = _phrase(name)
    is_long = len(phrase.rpartition("\n")[2]) + len(address) > _LONGEST_WORD
    gap = "\r\n " if is_long else " "
    return f"{phrase}{gap}<{address}>"


def _phrase(name: str) -> str:
    if "=?" not in name and len(name) <= _LONGEST_WORD:
        if _ATOMS.fullmatch(name):
            return name
        if _PLAIN.fullmatch(name):
            return _quoted(name)
    return "\r\n ".join(encoded_words(name))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def ascii_address(address: str) -> str:
    """An address with its domain in ASCII (IDNA); ValueError, said so that an agent understands it, if it is none."""
    local, at, domain = address.strip().rpartition("@")
    if not at or not local or not domain:
        raise ValueError(f"“{address}” is not a mail address")
    if not local.isascii():
        raise ValueError(f"“{address}” has letters before the @ that most mail servers cannot carry")
    try:
        domain = ascii_domain(domain)
    except ValueError as error:
        raise ValueError(f"“{domain}” is not a domain") from error
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise ValueError(f"“{address}” is not a mail address")
    return f"{local}@{domain}"


# -- names of files -----------------------------------------------------------------------------------


def content_type_field(kind: str, name: str) -> str:
    """A Content-Type with the name as Outlook wants it: an encoded word, which no standard allows there."""
    if not name:
        return kind
    if _is_plain(name):
        return f"{kind};\r\n name={_quoted(name)}"
    words = "\r\n ".join(encoded_words(name))
    return f'{kind};\r\n name="{words}"'


def disposition_field(name: str) -> str:
    """An attachment's Content-Disposition, its name as RFC 2231 says: in segments where it is long."""
    if not name:
        return "attachment"
    if _is_plain(name):
        return f"attachment;\r\n filename={_quoted(name)}"
    segments = [quote(piece, safe="") for piece in _pieces(name, _BYTES_IN_SEGMENT)]
    if len(segments) == 1:
        return f"attachment;\r\n filename*=utf-8''{segments[0]}"
    segments[0] = f"utf-8''{segments[0]}"
    numbered = [f"filename*{at}*={segment}" for at, segment in enumerate(segments)]
    return "attachment;\r\n " + ";\r\n ".join(numbered)
