"""What the author of a mail wrote: without quoted history below and without signature; when in doubt, show more."""

from __future__ import annotations

import re
from typing import Final

from .quote_marks import (
    CLOSING,
    DISCLAIMER,
    FORWARD,
    HEAD_FROM,
    HEAD_MAIL,
    HEAD_REST,
    LIST_FOOTER,
    MESSAGE_LINE,
    RULER,
    SIGNATURE,
    STARTS,
    is_attribution,
    is_sent_from,
)

_LINES_UNDER_SIGNATURE: Final = 12
_LINES_UNDER_CLOSING: Final = 8
_LINES_OF_FOOTER: Final = 25
_LINES_SEARCHED: Final = 4_000
_WRAPPED_AT: Final = 55
_BLANKS: Final = re.compile(r"\n{3,}")
_LETTER: Final = re.compile(r"[^\W_]")
_FOOTER: Final = re.compile(r"https?://|mailing list|список рассылки|unsubscribe|отписаться", re.IGNORECASE)
_MAY_END: Final = (":", "：", "-", "wrote")


def reply_text(text: str) -> str:
    """The text without quoted history and signature; all of it where nothing new would be left."""
    lines = (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).split("\n")
    if any(map(FORWARD.match, lines[:60])):
        return _joined(lines)
    short = _joined(_without_signature(_without_history(lines)))
    return short if _LETTER.search(short) else _joined(lines)


def _joined(lines: list[str]) -> str:
    text = "\n".join(map(str.rstrip, lines)).strip()
    return _BLANKS.sub("\n\n", text) if "\n\n\n" in text else text


def history_at(lines: list[str], marked: int | None = None) -> int | None:
    """The line at which the history begins that can be folded; `marked` is where markup says so. None if there is none.

    Nothing is folded of a forwarded mail, of one that is written between quoted lines, nor where nothing stands above.
    """
    if any(map(FORWARD.match, lines[:60])):
        return None
    told = _cut_at(lines)
    cut = min((at for at in (told, marked) if at is not None), default=None)
    if cut is None or not any(line.strip() for line in lines[:cut]) or _has_own_text(lines[cut:]):
        return None
    return cut


def _without_history(lines: list[str]) -> list[str]:
    cut = _cut_at(lines)
    if cut is None:
        return _without_trailing_quote(lines)
    if _has_own_text(lines[cut:]):
        return lines if _joined(lines[:cut]) else _below_quote(lines, cut)
    return lines[:cut]


def _cut_at(lines: list[str]) -> int | None:
    """The line at which the history begins."""
    for at, line in enumerate(lines[:_LINES_SEARCHED]):
        words = line.strip()
        if not words:
            continue
        if words.endswith(_MAY_END):
            start = _attribution_at(lines, at)
            if start is not None:
                return start
        if words[0] in "-_=>*" and (MESSAGE_LINE.match(line) or (RULER.match(line) and _is_head(lines, at + 1))):
            return at
        if (":" in words or "：" in words) and _is_head(lines, at):
            return at
    return None


def _attribution_at(lines: list[str], at: int) -> int | None:
    """Where the attribution begins that ends in a line; programs break it over up to three."""
    is_quoted_next = _next_is_quoted(lines, at + 1)
    for before in (2, 1):
        start = at - before
        if start >= 0 and STARTS.match(lines[start]) and all(lines[start : at + 1]):
            joined = " ".join(line.strip() for line in lines[start : at + 1])
            if is_attribution(joined, is_quoted_next):
                return start
    return at if is_attribution(lines[at], is_quoted_next) else None


def _next_is_quoted(lines: list[str], start: int) -> bool:
    return next((line.lstrip().startswith(">") for line in lines[start : start + 4] if line.strip()), False)


def _is_head(lines: list[str], start: int) -> bool:
    """Whether the fields of a quoted mail stand here: who wrote it, when or to whom, and a sign that it is a mail.

    Somebody may well begin lines with From, To and Date who asks for a flight.
    """
    first = next((line for line in lines[start : start + 12] if line.strip()), "")
    if not (HEAD_FROM.match(first) or HEAD_REST.match(first)):
        return False
    near = [line for line in lines[start : start + 12] if line.strip()][:7]
    senders = sum(bool(HEAD_FROM.match(line)) for line in near)
    others = sum(bool(HEAD_REST.match(line)) for line in near)
    is_mail = any("@" in line or HEAD_MAIL.match(line) for line in near)
    return senders >= 1 and others >= 1 and senders + others >= 3 and is_mail


def _has_own_text(history: list[str]) -> bool:
    """Whether the author wrote between or below quoted lines: then the quotation belongs to the answer."""
    quoted = next((at for at, line in enumerate(history) if line.lstrip().startswith(">")), None)
    if quoted is None or not _next_is_quoted(history, 1 if quoted < 6 else 0):
        return False
    below = history[quoted:]
    own = _own_line(below)
    return own is not None and own < len(_without_signature(below))


def _own_line(quotation: list[str]) -> int | None:
    """The first line that is not quoted, None if there is none."""
    was_long_quote = False
    for at, line in enumerate(quotation):
        words = line.lstrip()
        is_quote = words.startswith(">")
        if words and not is_quote and not was_long_quote:
            return at
        # A long quoted line goes on below without its sign where a program has broken it.
        was_long_quote = is_quote and len(line) > _WRAPPED_AT
    return None


def _below_quote(lines: list[str], cut: int) -> list[str]:
    """An answer below its quotation: only one block of quoted lines on top, the text follows."""
    rest = lines[cut + 1 :]
    at = 0
    while at < len(rest) and (not rest[at].strip() or rest[at].lstrip().startswith(">")):
        at += 1
    below = rest[at:]
    if at and not any(line.lstrip().startswith(">") for line in below):
        return below
    return lines


def _without_trailing_quote(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith(">")):
        end -= 1
    return lines[:end] if end and any(line.lstrip().startswith(">") for line in lines[end:]) else lines


def _without_signature(lines: list[str]) -> list[str]:
    filled = [at for at, line in enumerate(lines) if line and not line.isspace()]
    for place in range(max(1, len(filled) - 3 * _LINES_OF_FOOTER - 1), len(filled)):
        if _begins_signature(lines, filled[place:]):
            return lines[: filled[place]]
    return lines


def _begins_signature(lines: list[str], filled: list[int]) -> bool:
    """Whether the rest of the text, its filled lines given, is a signature, a footer or a disclaimer."""
    line, under = lines[filled[0]], len(filled) - 1
    if len(line) > 400:
        return False
    if not line[0].isalnum():
        if SIGNATURE.match(line):
            is_sure = line.startswith("--") and line.rstrip() == "--"
            return under <= (3 * _LINES_OF_FOOTER if is_sure else _LINES_UNDER_SIGNATURE)
        if LIST_FOOTER.match(line):
            return 0 < under <= _LINES_UNDER_SIGNATURE and any(_FOOTER.search(lines[at]) for at in filled[1:])
    if under > _LINES_OF_FOOTER:
        return False
    if under <= _LINES_UNDER_SIGNATURE and is_sent_from(line):
        return True
    if under <= _LINES_UNDER_CLOSING and CLOSING.match(line):
        return not any(len(lines[at]) > 160 for at in filled[1:])
    return bool(DISCLAIMER.match(line))
