"""Parsing mails quickly: the standard library's parser looks at each line, and nine in ten are base64 of attachments.

Long runs of base64 lines are taken out before the parser sees the mail and put back into the payloads it has made, so
the parsed mail is the same as without (a property test says so), at less than half the time.
"""

from __future__ import annotations

import email.policy
import re
from email.feedparser import FeedParser
from typing import Any, Final, cast

from .message import Mail

# Whole lines only, at least thirty of them; anchored, so that a line without end is looked at once.
_RUN: Final = re.compile(rb"^(?:[A-Za-z0-9+/]{60,998}\r?\n){30,}", re.MULTILINE)
_WORTHWHILE: Final = 4_000
_CHUNK: Final = 8_192
MAX_PARTS: Final = 10_000
MAX_LINES: Final = 3_000_000
_STAND_IN: Final = "DeskHelpStandsHereForBase64Number"


def parse(raw: bytes) -> Mail:
    """The mail as ``email.message_from_bytes`` with compat32 parses it; raises what that raises.

    What stands behind ten thousand parts or three million lines is left out, and `Mail.is_cut` says so.
    """
    runs: list[bytes] = []
    if len(raw) > _WORTHWHILE and _STAND_IN.encode() not in raw:

        def stand_in(match: re.Match[bytes]) -> bytes:
            runs.append(match[0])
            end = b"\r\n" if match[0].endswith(b"\r\n") else b"\n"
            return f"{_STAND_IN}{len(runs) - 1:08}x".encode() + end

        raw = _RUN.sub(stand_in, raw)
    mail = _bounded(raw.decode("ascii", "surrogateescape"))
    if runs:
        _put_back(mail, [run.decode("ascii") for run in runs])
    return mail


def _bounded(text: str) -> Mail:
    """As ``BytesParser.parsebytes``, up to where it would take too long."""
    parts: list[Mail] = []

    def new_part(policy: Any) -> Mail:
        parts.append(Mail(policy))
        return parts[-1]

    parser: Any = FeedParser(cast(Any, new_part), policy=cast(Any, email.policy.compat32))
    lines = at = 0
    while at < len(text) and len(parts) <= MAX_PARTS and lines <= MAX_LINES:
        chunk = text[at : at + _CHUNK]
        parser.feed(chunk)
        lines += chunk.count("\n")
        at += len(chunk)
    mail = cast(Mail, parser.close())
    mail.is_cut = at < len(text)
    return mail


_FOUND: Final = re.compile(_STAND_IN + r"(\d{8})x(?:\r\n|\n)?")


def _put_back(mail: Mail, runs: list[str]) -> None:
    """Restore the runs in all payloads, preambles and epilogues."""
    pending = [mail]
    while pending:
        part = pending.pop()
        payload = vars(part)["_payload"]  # get_payload() would decode 8-bit text by its label
        if isinstance(payload, list):
            pending += [child for child in payload if isinstance(child, Mail)]
        elif isinstance(payload, str) and _STAND_IN in payload:
            part.set_payload(_FOUND.sub(lambda match: _run(match, runs), payload))
        for name in ("preamble", "epilogue"):
            text = getattr(part, name)
            if text and _STAND_IN in text:
                setattr(part, name, _FOUND.sub(lambda match: _run(match, runs), text))


def _run(match: re.Match[str], runs: list[str]) -> str:
    """The lines that a stand-in stands for; the parser has taken its last line end where a boundary follows."""
    run = runs[int(match[1])]
    return run if match[0].endswith("\n") else run.rstrip("\r\n")
