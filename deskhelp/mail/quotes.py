"""What the author of a mail wrote: without quoted history below and without signature; when in doubt, show more."""

from __future__ import annotations

import re
from typing import Final

from .quote_marks import (
    AUTHOR,
    FORWARD,
    MESSAGE_LINE,
    ONLY_MAIL,
    QUOTED,
    RULER,
    STARTS,
    TITLE,
    field_of,
    is_attribution,
    is_dated,
    names_author,
)
from .signatures import is_all_sent_from, signature_at

_LINES_SEARCHED: Final = 4_000
_LINES_OF_FORWARD: Final = 60
_LINES_OF_TITLE: Final = 8
_LONGEST_TITLE: Final = 200
_WRAPPED_AT: Final = 55
_BLANKS: Final = re.compile(r"\n{3,}")
# Anything but rulers, quote signs and what cannot be seen: "+" and a thumb are answers too.
_LETTER: Final = re.compile(r"[^\W_]")
_SAID: Final = re.compile(r"[^\s\-–—_=*>|.,:;~#\u200b-\u200f\u2060\ufeff\ufffc\xad]")
_MAY_END: Final = (":", "：", "-", "wrote")


def reply_text(text: str, *, is_forward: bool = False) -> str:
    """The text without quoted history and signature; all of it where nothing new would be left.

    `is_forward` tells that the mail's subject says so: what it forwards is no history.
    """
    lines = (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).split("\n")
    return joined(lines[own_lines(lines, is_forward=is_forward)])


def joined(lines: list[str]) -> str:
    """Lines as a text without spaces at their ends, and with one empty line where there were more."""
    text = "\n".join(map(str.rstrip, lines)).strip()
    return _BLANKS.sub("\n\n", text) if "\n\n\n" in text else text


def own_lines(lines: list[str], marked: int | None = None, *, is_forward: bool = False) -> slice:
    """Which lines the author wrote; all of them where nothing new would be left.

    `marked` is the line at which markup says that the history begins.
    """
    whole = slice(0, len(lines))
    cut = _cut(lines, marked)
    if (is_forward and not _is_answered(lines, cut)) or _is_forwarded(lines, cut):
        return whole
    start, end = _without_history(lines, cut)
    own = lines[start:end]
    signature = signature_at(own)
    if signature is not None and _LETTER.search("\n".join(own[:signature])):
        own = own[:signature]
    if len(own) == len(lines) or not _SAID.search("\n".join(own)) or is_all_sent_from(own):
        return whole
    return slice(start, start + len(own))


def _cut(lines: list[str], marked: int | None) -> int | None:
    told = cut_at(lines)
    return min((at for at in (told, marked) if at is not None), default=None)


def _is_answered(lines: list[str], cut: int | None) -> bool:
    """Whether somebody answers there, and only the subject of what was forwarded once has stayed."""
    return cut is not None and _next_is_quoted(lines, cut + 1) and not (_is_title(lines, cut) or _is_head(lines, cut))


def _is_forwarded(lines: list[str], cut: int | None) -> bool:
    """Whether a mail is forwarded, that is: none is quoted above it."""
    end = _LINES_OF_FORWARD if cut is None else min(_LINES_OF_FORWARD, cut + 2)
    words = [line.strip() for line in lines[:end]]
    return any(FORWARD.match(line) for line in words if line and (line[0] in "-=" or line[-1] in ":："))


def history_at(lines: list[str], marked: int | None = None) -> int | None:
    """The line at which the history begins that can be folded; `marked` is where markup says so. None if there is none.

    Nothing is folded of a forwarded mail, of one that is written between quoted lines, nor where nothing stands above.
    """
    cut = _cut(lines, marked)
    if cut is None or _is_forwarded(lines, cut):
        return None
    if not any(line.strip() for line in lines[:cut]) or _has_own_text(lines[cut:]):
        return None
    return cut


def _without_history(lines: list[str], cut: int | None) -> tuple[int, int]:
    """The first line that the author wrote, and the one behind the last."""
    if cut is None:
        return 0, _trailing_quote_at(lines)
    if _has_own_text(lines[cut:]):
        return (0 if joined(lines[:cut]) else _below_quote(lines, cut)), len(lines)
    return 0, cut


def cut_at(lines: list[str]) -> int | None:
    """The line at which the history begins."""
    for at, line in enumerate(lines[:_LINES_SEARCHED]):
        words = line.strip()
        if not words:
            continue
        if words.endswith(_MAY_END):
            start = _attribution_at(lines, at)
            if start is not None:
                return _with_title(lines, start)
        if words[0] in "-_=>*" and _is_title(lines, at):
            return at
        if (":" in words or "：" in words) and _is_head(lines, at):
            return at
    return None


def _is_title(lines: list[str], at: int) -> bool:
    """Whether a line says that the mail answered follows: by its words, or as a line above the head of that mail."""
    line = lines[at].strip()
    if len(line) > _LONGEST_TITLE:
        return False
    if MESSAGE_LINE.match(line):
        return True
    return bool(RULER.match(line) or TITLE.match(line)) and _is_head(lines, at + 1)


def _with_title(lines: list[str], start: int) -> int:
    """Where the line and the fields begin that a program writes above the attribution; itself where there are none."""
    for at in range(start - 1, max(-1, start - _LINES_OF_TITLE), -1):
        line = lines[at]
        if 10 <= len(line.strip()) <= _LONGEST_TITLE and RULER.match(line.strip()):
            return at
        if line.strip() and not field_of(line):
            break
    return start


def _attribution_at(lines: list[str], at: int) -> int | None:
    """Where the attribution begins that ends in a line; programs break it over up to three."""
    is_quoted_next = _next_is_quoted(lines, at + 1)
    for before in (2, 1):
        start = at - before
        if start >= 0 and all(lines[start : at + 1]) and _may_start(lines, start):
            joined = " ".join(line.strip() for line in lines[start : at + 1])
            if is_attribution(joined, is_quoted_next):
                return start
    return at if is_attribution(lines[at], is_quoted_next) else None


def _may_start(lines: list[str], start: int) -> bool:
    """Whether a broken attribution may begin here: with a day or an address, as these do or on a line of its own."""
    line = lines[start].strip()
    if len(line) > _LONGEST_TITLE or not ("@" in line or is_dated(line)):
        return False
    return bool(STARTS.match(line)) or start == 0 or not lines[start - 1].strip()


def _next_is_quoted(lines: list[str], start: int) -> bool:
    return next((_is_quoted(line) for line in lines[start : start + 4] if line.strip()), False)


def _is_head(lines: list[str], start: int) -> bool:
    """Whether the fields of a quoted mail stand here: who wrote it, when or to whom, and a sign that it is a mail.

    Somebody may well begin lines with From, To and Date who asks for a flight.
    """
    first = next((line for line in lines[start : start + 12] if line.strip()), "")
    if not field_of(first):
        return False
    near = [line for line in lines[start : start + 12] if line.strip()][:7]
    fields = [field for field in map(field_of, near) if field]
    senders = sum(field in AUTHOR for field in fields)
    is_mail = any(field in ONLY_MAIL for field in fields) or any("@" in line for line in near)
    return 1 <= senders < len(fields) and len(fields) >= 3 and is_mail


def _has_own_text(history: list[str]) -> bool:
    """Whether the author wrote between or below quoted lines: then the quotation belongs to the answer."""
    quoted = next((at for at, line in enumerate(history) if _is_quoted(line)), None)
    if quoted is None or not _next_is_quoted(history, 1 if quoted < 6 else 0):
        return False
    below = history[quoted:]
    own = _own_line(below)
    if own is None or all(map(_is_of_head, below[:own])):
        return False  # some programs quote the head of the mail they answer, but not its words
    signature = signature_at(below)
    return signature is None or own < signature


def _is_of_head(line: str) -> bool:
    words = line.strip("> \t")
    return not words or bool(field_of(words)) or (len(words) <= _LONGEST_TITLE and bool(TITLE.match(words)))


def _own_line(quotation: list[str]) -> int | None:
    """The first line that is not quoted, None if there is none."""
    was_long_quote = False
    for at, line in enumerate(quotation):
        words = line.lstrip()
        is_quote = _is_quoted(line)
        if words and not is_quote and not was_long_quote:
            return at
        # A long quoted line goes on below without its sign where a program has broken it.
        was_long_quote = is_quote and len(line) > _WRAPPED_AT
    return None


def _below_quote(lines: list[str], cut: int) -> int:
    """Where an answer begins below its quotation: only one block of quoted lines on top, the text follows."""
    at = next((at for at in range(cut, min(cut + 5, len(lines))) if _is_quoted(lines[at])), len(lines))
    while at < len(lines) and (_is_quoted(lines[at]) or not lines[at].strip()):
        at += 1
    return at if at < len(lines) and not any(map(_is_quoted, lines[at:])) else 0


def _trailing_quote_at(lines: list[str]) -> int:
    """Where quoted lines begin that end the text, with the line above that names their author in its own way."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is_quoted(lines[end - 1])):
        end -= 1
    quoted = sum(map(_is_quoted, lines[end:]))
    if not end or not quoted:
        return len(lines)
    if names_author(lines[end - 1]):
        return end - 1 if any(line.strip() for line in lines[: end - 1]) else end
    return len(lines) if quoted == 1 and lines[end].strip() else end  # one line right below may be "> Settings"


def _is_quoted(line: str) -> bool:
    return ">" in line[:12] and bool(QUOTED.match(line))
