"""Reading mbox files as they really are: mboxrd and mboxo, with unquoted ``From `` lines in texts."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_LINE_PART = 1024 * 1024
_MONTHS = {m: n for n, m in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_DATED = re.compile(
    rb"From .*?\b(?P<month>[A-Z]{3}) +(?P<day>\d{1,2}),? +"
    rb"(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?P<zone>[^\n]*?)(?<![-+\w])(?P<year>\d{4})\b",
    re.IGNORECASE,
)
_OFFSET = re.compile(rb"([+-])(\d\d)(\d\d)\b")
_UNDATED = re.compile(rb"From (?:-|\S+@\S+|MAILER-DAEMON)?\s*$", re.IGNORECASE)
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|>From ")
_QUOTED = re.compile(rb">+From ")


@dataclass(frozen=True, slots=True)
class MboxMail:
    """One mail with its quoting of ``From `` undone; `size` is its true size, where `raw` was cut at a limit."""

    raw: bytes
    arrived_at_ms: int | None
    size: int


def looks_like_mbox(path: Path) -> bool:
    """True if the file begins as an mbox does."""
    try:
        with path.open("rb") as file:
            line = file.readline(1000)
    except OSError:
        return False
    return bool(_DATED.match(line) or _UNDATED.match(line))


def read_mbox(file: BinaryIO, size_limit: int) -> Iterator[MboxMail]:
    """The mails of `file` in order; at most one, and of that at most `size_limit` bytes, is in memory.

    Where a text holds a line ``From ...`` that its writer did not quote, it begins a mail only if it follows
    an empty line and a header line follows it; without the empty line it must also carry a date.
    """
    collector: _Collector | None = None
    after_blank = at_line_start = True
    line = file.readline(_LINE_PART)
    while line:
        following = file.readline(_LINE_PART)
        if collector is None or (at_line_start and _begins_mail(line, following, after_blank)):
            if collector:
                yield collector.mail()
            collector = _Collector(_arrival_ms(line), size_limit)
            if not line.startswith(b"From "):  # no mbox after all: then one mail, rather than none
                collector.add(line)
        else:
            collector.add(line[1:] if at_line_start and _QUOTED.match(line) else line)
        after_blank = at_line_start and line in (b"\n", b"\r\n")
        at_line_start = line.endswith(b"\n")
        line = following
    if collector:
        yield collector.mail()


class _Collector:
    """One mail on its way out of the file."""

    def __init__(self, arrived_at_ms: int | None, size_limit: int) -> None:
        self._arrived_at_ms = arrived_at_ms
        self._size_limit = size_limit
        self._lines: list[bytes] = []
        self._size = 0

    def add(self, line: bytes) -> None:
        room = self._size_limit - self._size
        self._size += len(line)
        if room > 0:
            self._lines.append(line[:room])

    def mail(self) -> MboxMail:
        # The empty line before the next ``From `` belongs to the mbox.
        if len(self._lines) > 1 and self._lines[-1] in (b"\n", b"\r\n"):
            self._size -= len(self._lines.pop())
        return MboxMail(b"".join(self._lines), self._arrived_at_ms, self._size)


def _begins_mail(line: bytes, following: bytes, after_blank: bool) -> bool:
    if not line.startswith(b"From ") or not _HEADER.match(following):
        return False
    return bool(_DATED.match(line) or (after_blank and _UNDATED.match(line)))


def _arrival_ms(line: bytes) -> int | None:
    """The date in a ``From `` line in UTC; RFC 4155 says it is in UTC unless it names an offset."""
    found = _DATED.match(line)
    month = _MONTHS.get(found["month"].lower()) if found else None
    if not found or not month or found["year"] == b"0000":
        return None
    day, hour, minute = int(found["day"]), int(found["hour"]), int(found["minute"])
    seconds = timegm((int(found["year"]), month, day, hour, minute, int(found["second"] or 0)))
    offset = _OFFSET.search(found["zone"]) or _OFFSET.search(line, found.end())
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3])
        seconds -= minutes * 60 * (-1 if offset[1] == b"-" else 1)
    return seconds * 1000
