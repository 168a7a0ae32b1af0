"""Opening a mail: the tree of its parts, whatever stands before and in its head."""

from __future__ import annotations

import email.policy
import re
from email.errors import (
    FirstHeaderLineIsContinuationDefect,
    MisplacedEnvelopeHeaderDefect,
    MissingHeaderBodySeparatorDefect,
)
from email.parser import BytesParser
from typing import Final, cast

from .message import Mail
from .mime import parse

MAX_MENDED: Final = 64_000
_HEAD_DEFECTS: Final = (
    MissingHeaderBodySeparatorDefect,
    FirstHeaderLineIsContinuationDefect,
    MisplacedEnvelopeHeaderDefect,
)
_BLANK_LINE: Final = re.compile(rb"^\r?\n", re.MULTILINE)
_FIELD_LINE: Final = re.compile(rb"[!-9;-~]+:")
_LOOSE_FIELD: Final = re.compile(rb"^([!-9;-~]+)[ \t]+:", re.MULTILINE)
_KNOWN_FIELD: Final = re.compile(
    rb"^(?:from|to|cc|subject|date|message-id|received|return-path|reply-to|mime-version|content-[a-z-]+|delivered-to"
    rb"|x-[a-z-]+|references|in-reply-to|sender|list-[a-z-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD_START: Final = re.compile(rb"^[!-9;-~]+[ \t]*:", re.MULTILINE)
_BARE_RETURN: Final = re.compile(rb"\r(?!\n)")
_TOLD_OF_SOMEBODY: Final = ("from", "subject", "to", "content-type")


def parse_mail(raw: bytes) -> Mail:
    """The parts of a mail as the standard library's parser sees them."""
    return parse_with_problems(raw)[0]


def parse_with_problems(raw: bytes) -> tuple[Mail, list[str]]:
    """The parts of a mail, and what was wrong with its head."""
    problems = []
    raw = _in_lines(raw)
    start = _HEAD_START.search(raw[:4096])
    if start and start.start() > 0 and not raw.startswith(b"From "):
        problems.append("something stood before the head")
        raw = raw[start.start() :]
    try:
        # compat32: policy.default raises on a fifth of damaged mails (measured), this one hardly ever.
        mail = parse(raw)
        mended = _mended(mail, raw)
        if mended is not None:
            problems.append("lines that are no fields stood in the head, left out")
            mail = parse(mended)
        return mail, problems
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError, IndexError) as error:
        problems.append(f"only the head could be read: {type(error).__name__}")
        return parse_head(raw), problems


def parse_head(raw: bytes) -> Mail:
    """The mail as if it had no body."""
    head = raw.partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
    head = re.sub(rb"^Content-[^\n]*\n(?:[ \t][^\n]*\n)*", b"", head + b"\n", flags=re.MULTILINE | re.IGNORECASE)
    return cast(Mail, BytesParser(Mail, policy=email.policy.compat32).parsebytes(head + b"\n"))


def _in_lines(raw: bytes) -> bytes:
    """The mail in lines as others have them: not in UTF-16, nor with line ends that were converted twice."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in raw[:64]:
        raw = raw.decode("utf-16", "replace").encode()
    if raw.startswith(b"From :"):  # else it would be taken for the line that a mailbox file has above each mail
        raw = b"From:" + raw[6:]
    return re.sub(rb"\r+\n", b"\r\n", raw) if b"\r\r\n" in raw[:4096] else raw


def _mended(mail: Mail, raw: bytes) -> bytes | None:
    """The mail with a head that can be read; None where it has one."""
    if mail.defects and any(isinstance(defect, _HEAD_DEFECTS) for defect in mail.defects):
        return _without_odd_lines(raw)
    return None if any(name in mail.fields for name in _TOLD_OF_SOMEBODY) else _with_second_head(raw)


def _without_odd_lines(raw: bytes) -> bytes | None:
    """The mail with the fields that stand below a line which is none; None if there are no such fields."""
    blank = _BLANK_LINE.search(raw[:MAX_MENDED])
    if blank is None:
        return None
    head = _LOOSE_FIELD.sub(rb"\1:", raw[: blank.start()])
    joined = _BARE_RETURN.sub(b" ", head) if b"\n" in head else head
    lines = joined.splitlines(keepends=True)
    kept: list[bytes] = []
    is_odd, at = joined != raw[: blank.start()], 0
    last = max((field.start() for field in _KNOWN_FIELD.finditer(joined)), default=0)
    for line in lines:
        at += len(line)
        is_folded = line[:1] in (b" ", b"\t") and bool(kept)
        if is_folded or _FIELD_LINE.match(line) or (not kept and line.startswith(b"From ")):
            kept.append(line)
        else:
            is_odd = is_odd or at <= last
    mended = b"".join(kept)
    known = _KNOWN_FIELD.findall(mended)
    return mended + raw[blank.start() :] if is_odd and len(known) >= 2 and len(known) * 3 >= len(lines) else None


def _with_second_head(raw: bytes) -> bytes | None:
    """The mail without the blank line in its head, where one parts what a gateway wrote from what the sender did."""
    blank = _BLANK_LINE.search(raw[:MAX_MENDED])
    rest = raw[blank.end() :].lstrip(b"\r\n") if blank else b""
    if blank is None or not _FIELD_LINE.match(rest):
        return None
    end = _BLANK_LINE.search(rest[:MAX_MENDED])
    known = {name.lower() for name in _KNOWN_FIELD.findall(rest[: end.start()] if end else b"")}
    return raw[: blank.start()] + rest if {b"from:", b"subject:"} <= known else None
