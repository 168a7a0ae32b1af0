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
_POLICY: Final = email.policy.compat32
_BARE_RETURN: Final = re.compile(rb"\r(?!\n)")
_FIELD: Final = re.compile(r"([!-9;-~]+):[ \t]*(.*(?:\n[ \t].*)*)(?:\n|\Z)")


class _Unsound(Exception):
    """The mail is not as mails should be: the standard library knows what to make of it."""


def parse(raw: bytes) -> Mail:
    """The mail as ``email.message_from_bytes`` with compat32 parses it; raises what that raises."""
    text = raw.decode("ascii", "surrogateescape")
    if _BARE_RETURN.search(raw) is None:
        try:
            return _parse(text, 0, len(text), 0)
        except _Unsound:
            pass
    return long_payloads.parse(raw)


def _parse(text: str, start: int, end: int, depth: int) -> Mail:
    """The mail or part that stands in a range of the text."""
    if depth > MAX_NESTED:
        raise _Unsound
    mail = Mail()
    body = _read_head(mail, text, start, end)
    kind = mail.get_content_type()
    if kind.startswith("multipart/"):
        _read_parts(mail, kind, text, body, end, depth)
    elif not kind.startswith("message/"):
        mail.set_payload(text[body:end])
    elif kind == "message/delivery-status":
        raise _Unsound
    else:
        mail.attach(_parse(text, body, end, depth + 1))
    return mail


def _read_head(mail: Mail, text: str, start: int, end: int) -> int:
    """Take the fields in; where the body begins."""
    at = start
    while at < end:
        field = _FIELD.match(text, at, end)
        if field is None:
            if text.startswith("\n", at):
                return at + 1
            if text.startswith("\r\n", at):
                return at + 2
            raise _Unsound
        name, value = field.groups()
        mail.set_raw(name, value.rstrip("\r\n"))
        at = field.end()
    return at


def _read_parts(mail: Mail, kind: str, text: str, start: int, end: int, depth: int) -> None:
    boundary = mail.get_boundary()
    encoding = str(mail.get("Content-Transfer-Encoding", "8bit")).lower()
    if not boundary or kind == "multipart/digest" or encoding not in ("7bit", "8bit", "binary"):
        raise _Unsound
    opened = -1  # where the part begins that is open, -1 in the preamble
    for line, after, is_close in _separators(text, start, end, f"--{boundary}"):
        if opened < 0:
            if is_close:
                raise _Unsound
            if line > start:
                mail.preamble = text[start : _line_end(text, line)]
        elif opened == line:
            raise _Unsound
        else:
            mail.attach(_parse(text, opened, _line_end(text, line), depth + 1))
        opened = after
        if is_close:
            # Without even a line end of its own: that one belongs to the boundary of what it stands in.
            is_bare = after == end < len(text) and text[after - 1] != "\n"
            mail.epilogue = None if is_bare else text[after:end]
            return
    raise _Unsound


def _separators(text: str, start: int, end: int, mark: str) -> Iterator[tuple[int, int, bool]]:
    """The boundary lines in a range: where each begins, where the next line begins, whether it is the closing one."""
    at = text.find(mark, start, end)
    while at >= 0:
        line_end = text.find("\n", at, end)
        after = end if line_end < 0 else line_end + 1
        rest = text[at + len(mark) : after].rstrip(" \t\r\n")
        if rest in ("", "--") and (at == start or text[at - 1] == "\n"):
            yield at, after, bool(rest)
        at = text.find(mark, after, end)


def _line_end(text: str, line: int) -> int:
    """Where the line end begins before a boundary's line: it belongs to the boundary (RFC 2046, 5.1.1)."""
    return line - 2 if text.startswith("\r\n", line - 2) else line - 1
