"""The line to the server for outgoing mail cut at every byte of a conversation: both ways, within TLS and of it."""

from __future__ import annotations

import logging

from tests.bench.report import Result
from tests.bench.striking import Tally, own_folder, real_servers
from tests.faults.cutting import DIRECTIONS, WAYS, line_to
from tests.support.smtp_server import SmtpServer

QUICK = 10
NAMES = {"clear": "within TLS", "tls": "of TLS", "starttls": "of STARTTLS"}


def measure(*, quick: bool = False, count: int = 0, first: int = 0) -> list[Result]:
    """All bytes of each conversation, or `count` of them from `first` on."""
    count = count or (QUICK if quick else 0)
    logging.disable()  # of the server, which each cut is told of
    with real_servers() as new:
        return [_measured(way, has_refused, new().smtp, count, first) for way in WAYS for has_refused in (False, True)]


def _measured(way: str, has_refused: bool, server: SmtpServer, count: int, first: int) -> Result:
    what = f"cuts at a byte {NAMES[way]}{' of a mail to two, one refused,' if has_refused else ''}"
    tally = Tally(what)
    with own_folder() as folder, line_to(folder, server, way, has_refused=has_refused) as line:
        for direction in DIRECTIONS:
            offsets = line.offsets(direction)
            for offset in offsets[first : first + count if count else None]:
                tally.attempt(f"{direction} {offset}", line.cut_at, direction, offset)
    return tally.result("cuts")
