"""Waiting for mail with IDLE (RFC 2177)."""

from __future__ import annotations

import threading
import time
from enum import Enum

from .wire import Wire


class Wake(Enum):
    """Why waiting ended."""

    MAIL = "mail"
    TIME_OVER = "time over"
    STOPPED = "stopped"


def idle(wire: Wire, stop: threading.Event, max_s: float) -> Wake:
    """IDLE until the server reports mail, `max_s` seconds are over, or `stop` is set and `wire` woken.

    Whatever ended it, the server then has to confirm within the socket's timeout: so a link that died
    silently is noticed at the end of the wait at the latest. Raises imaplib's errors.
    """
    # A count from before IDLE tells nothing new.
    wire.untagged_responses.pop("EXISTS", None)
    tag = wire._command("IDLE")
    while wire._get_response() is not None:  # None: "+ idling"
        if wire.tagged_commands.get(tag):
            raise wire.error(f"IDLE: {wire.tagged_commands.pop(tag)}")
    woke = _wait(wire, stop, time.monotonic() + max_s)
    wire.send(b"DONE\r\n")
    wire._command_complete("IDLE", tag)
    return Wake.MAIL if woke is not Wake.STOPPED and "EXISTS" in wire.untagged_responses else woke


def _wait(wire: Wire, stop: threading.Event, end: float) -> Wake:
    while not stop.is_set():
        if "EXISTS" in wire.untagged_responses:
            return Wake.MAIL
        left_s = end - time.monotonic()
        if left_s <= 0:
            return Wake.TIME_OVER
        if wire.wait(left_s):
            wire._get_response()
            wire._check_bye()
    return Wake.STOPPED
