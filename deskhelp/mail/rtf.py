"""The words of a message that Outlook keeps as RTF only: packed ([MS-OXRTFCP]), and made of HTML ([MS-OXRTFEX])."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field, replace
from html import escape
from itertools import islice
from typing import Final

from .charsets import decode

MAX_UNPACKED: Final = 1_000_000
MAX_TOKENS: Final = 300_000
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_KNOWN: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS "
    b"Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n"
    b"\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN: Final = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]|\\", re.DOTALL
)
_UNSEEN: Final = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer headerf footerf listtable generator mmathPr".split()
)
_SIGNS: Final = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t", b"emdash": "—", b"endash": "–",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ",
}  # fmt: skip
_LITERAL: Final = {b"~": "\xa0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until a brace closes."""

    is_hidden: bool = False
    is_tag: bool = False
    """In it stands HTML."""
    is_doubled: bool = False
    """What follows is written for readers of RTF, and stands in the HTML too."""
    width: int = 1
    """How many bytes stand for a sign that is given by its number."""


@dataclass(slots=True)
class _Reading:
    codepage: str = "cp1252"
    is_html: bool = False
    group: _Group = field(default_factory=_Group)
    outer: list[_Group] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    to_skip: int = 0

    def write(self, text: str) -> None:
        self.settle()
        if not (self.group.is_hidden or self.group.is_doubled):
            self.out.append(escape(text, quote=False) if self.is_html and not self.group.is_tag else text)

    def settle(self) -> None:
        """Letters may be two bytes each: they are read when no more of them follow."""
        if self.pending:
            data, self.pending = bytes(self.pending), bytearray()
            self.write(decode(data, self.codepage)[0])


def unpacked(data: bytes) -> bytes:
    """The RTF of a PidTagRtfCompressed, as far as it goes; nothing of what is none."""
    if len(data) < 16:
        return b""
    _, size, kind = struct.unpack_from("<III", data)
    size = min(size, MAX_UNPACKED)
    if kind == _PLAIN:
        return data[16 : 16 + size]
    if kind != _PACKED:
        return b""
    found, at = bytearray(_KNOWN), 16
    while at < len(data) and len(found) < size + len(_KNOWN):
        flags = data[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                found += data[at : at + 1]
                at += 1
                continue
            if at + 2 > len(data):
                return bytes(found[len(_KNOWN) :])
            place, count = data[at] << 4 | data[at + 1] >> 4, (data[at + 1] & 15) + 2
            at += 2
            back = (len(found) - place) % 4096
            if not back:  # the place that is written next: the end
                return bytes(found[len(_KNOWN) :])
            for _ in range(count):
                found.append(found[-back] if back <= len(found) else 0x20)
    return bytes(found[len(_KNOWN) :])


def words(rtf: bytes) -> tuple[str, bool]:
    """What it says, and whether that is HTML."""
    reading = _Reading(is_html=b"\\fromhtml" in rtf[:500])
    for token in islice(_TOKEN.finditer(rtf[:MAX_UNPACKED]), MAX_TOKENS):
        _take(reading, token)
        if token[5] == b"}" and not reading.outer:
            break
    reading.settle()
    return "".join(reading.out), reading.is_html


def _take(reading: _Reading, token: re.Match[bytes]) -> None:
    if token[1] is not None:
        if reading.to_skip:
            reading.to_skip -= 1
        elif not (reading.group.is_hidden or reading.group.is_doubled):
            reading.pending.append(int(token[1], 16))
    elif token[2] is not None:
        _obey(reading, token[2], int(token[3]) if token[3] else None)
    elif token[4] == b"*":
        reading.group = replace(reading.group, is_hidden=True)
    elif token[4] is not None:
        reading.write(_LITERAL.get(token[4], ""))
    elif token[5] == b"{":
        reading.settle()
        reading.outer.append(reading.group)
    elif token[5] == b"}":
        reading.settle()
        is_doubled = reading.group.is_doubled
        if reading.outer:
            reading.group = replace(reading.outer.pop(), is_doubled=is_doubled)
    elif token[6] is not None:
        skipped, reading.to_skip = reading.to_skip, max(0, reading.to_skip - len(token[6]))
        text = token[6][skipped:]
        if text.isascii():
            reading.write(text.decode("ascii"))
        else:
            reading.pending += text


def _obey(reading: _Reading, word: bytes, number: int | None) -> None:
    group = reading.group
    if word == b"u" and number is not None:
        reading.write(chr(number & 0xFFFF) if not 0xD800 <= number & 0xFFFF < 0xE000 else "")
        reading.to_skip = group.width
    elif word == b"uc":
        reading.group = replace(group, width=min(number or 0, 4))
    elif word == b"ansicpg" and number:
        reading.codepage = f"cp{number}"
    elif word == b"htmltag":
        reading.settle()
        reading.group = replace(group, is_hidden=not reading.is_html, is_tag=True)
    elif word == b"htmlrtf" and reading.is_html:
        reading.settle()
        reading.group = replace(group, is_doubled=number != 0)
    elif word in _UNSEEN:
        reading.settle()
        reading.group = replace(group, is_hidden=True)
    elif word in _SIGNS:
        reading.write(_SIGNS[word])
