"""Parsing mails quickly: what is sound is cut by its boundaries, all else is left to the standard library's parser.

That one looks at every line of a mail through several layers, which is half the time of reading it. Most mails need no
such care: their heads are fields and their boundaries open and close as they should. Both ways make the same tree
(a property test says so), decision 0009.
"""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from typing import Final

from . import long_payloads
from .message import Mail

MAX_NESTED: Final = 20
MAX_FIELDS: Final = 10_000
_POLICY: Final = email.policy.compat32
# A carriage return stands before a line feed only: alone it would end the line for the standard library.
_FIELD: Final = re.compile(rb"([!-9;-~]+):[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)(?:\r?\n|\Z)")
_BLANK_LINE: Final = re.compile(rb"\n\r?\n")


class _Unsound(Exception):
    """The mail is not as mails should be: the standard library knows what to make of it."""


class _Room:
    """For how many parts there is room."""

    left = long_payloads.MAX_PARTS

    def take_one(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise _Unsound  # bounded there too


def parse(raw: bytes) -> Mail:
    """The mail as ``email.message_from_bytes`` with compat32 parses it; raises what that raises.

    Of many thousand fields of a head, or parts, only the first are taken in (`Mail.is_cut`): whatever is sent, reading
    it ends soon.
    """
    try:
        return _parse(raw, 0, len(raw), 0, _Room())
    except _Unsound:
        return long_payloads.parse(raw)


def _text(raw: bytes) -> str:
    """Bytes as the tree has them: those above 127 as surrogates."""
    return raw.decode("ascii", "surrogateescape")


def _parse(raw: bytes, start: int, end: int, depth: int, room: _Room) -> Mail:
    """The mail or part that stands in a range of a mail."""
    if depth > MAX_NESTED:
        raise _Unsound
    room.take_one()
    mail = Mail()
    body = _read_head(mail, raw, start, end)
    kind = mail.get_content_type()
    if kind.startswith("multipart/"):
        _read_parts(mail, kind, raw, body, end, depth, room)
    elif not kind.startswith("message/"):
        mail.set_payload(str(memoryview(raw)[body:end], "ascii", "surrogateescape"))  # `_text` without copying it first
    elif kind == "message/delivery-status":
        raise _Unsound
    else:
        mail.attach(_parse(raw, body, end, depth + 1, room))
    return mail


def _read_head(mail: Mail, raw: bytes, start: int, end: int) -> int:
    """Take the fields in; where the body begins."""
    at = start
    for _ in range(MAX_FIELDS):
        if at >= end:
            return at
        field = _FIELD.match(raw, at, end)
        if field is None:
            if raw.startswith(b"\n", at):
                return at + 1
            if raw.startswith(b"\r\n", at):
                return at + 2
            raise _Unsound
        name, value = field.groups()
        mail.set_raw(name.decode(), _text(value))
        at = field.end()
    mail.is_cut = True
    blank = _BLANK_LINE.search(raw, at - 1, end)
    return blank.end() if blank else end


def _read_parts(mail: Mail, kind: str, raw: bytes, start: int, end: int, depth: int, room: _Room) -> None:
    boundary = mail.get_boundary()
    encoding = str(mail.get("Content-Transfer-Encoding", "8bit")).lower()
    if kind == "multipart/digest" or encoding not in ("7bit", "8bit", "binary"):
        raise _Unsound
    if not boundary or not boundary.isascii():
        raise _Unsound
    opened = -1  # where the part begins that is open, -1 in the preamble
    for line, after, is_close in _separators(raw, start, end, b"--" + boundary.encode()):
        if opened < 0:
            if is_close:
                raise _Unsound
            if line > start:
                mail.preamble = _text(raw[start : _line_end(raw, line)])
        elif opened == line:
            raise _Unsound
        else:
            mail.attach(_parse(raw, opened, _line_end(raw, line), depth + 1, room))
        opened = after
        if is_close:
            # Without even a line end of its own: that one belongs to the boundary of what it stands in.
            is_bare = after == end < len(raw) and raw[after - 1 : after] != b"\n"
            mail.epilogue = None if is_bare else _text(raw[after:end])
            return
    raise _Unsound


def _separators(raw: bytes, start: int, end: int, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """The boundary lines in a range: where each begins, where the next line begins, whether it is the closing one."""
    at = raw.find(mark, start, end)
    while at >= 0:
        line_end = raw.find(b"\n", at, end)
        after = end if line_end < 0 else line_end + 1
        before, rest = raw[at - 1 : at], raw[at + len(mark) : after].removesuffix(b"\r\n").removesuffix(b"\n")
        if before == b"\r" or b"\r" in rest:
            raise _Unsound
        rest = rest.rstrip(b" \t")
        if rest in (b"", b"--") and (at == start or before == b"\n"):
            yield at, after, bool(rest)
        at = raw.find(mark, after, end)


def _line_end(raw: bytes, line: int) -> int:
    """Where the line end begins before a boundary's line: it belongs to the boundary (RFC 2046, 5.1.1)."""
    return line - 2 if raw.startswith(b"\r\n", line - 2) else line - 1
