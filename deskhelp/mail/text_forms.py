"""Texts that are written in a form of their own, as the plain text that their readers see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Final

MAX_TEXT: Final = 2_000_000
MAX_FORMED: Final = 300_000
_PARAM: Final = re.compile(r"<param>.{0,1000}?</param>", re.DOTALL | re.IGNORECASE)
_COMMENT: Final = re.compile(r"<comment>.{0,1000}?</comment>", re.DOTALL | re.IGNORECASE)
_COMMAND: Final = re.compile(r"</?[a-z][a-z0-9-]{0,60}>", re.IGNORECASE)
_LINE_ENDS: Final = re.compile(r"\n+")
_FOLDED: Final = re.compile(r"\r?\n[ \t]")
_ESCAPE: Final = re.compile(r"\\([\\;,nN])")
_EVENT: Final = re.compile(r"^BEGIN:(VEVENT|VTODO)\b(.*?)(?:^(?:END:\1|BEGIN:VALARM)|\Z)", re.M | re.S | re.I)
_FACT: Final = re.compile(
    r'^(SUMMARY|LOCATION|DTSTART|DTEND|ORGANIZER)(?:;(?:"[^"\n]*"|[^":\n])*)?:(.*)$', re.MULTILINE | re.IGNORECASE
)


def unflowed(said: Mapping[str, str], text: str) -> str:
    """Join the lines of format=flowed (RFC 3676)."""
    charset = said.get("charset", "").lower()  # of some programs all parameters stand in the quotes of the first
    if said.get("format", "").lower() != "flowed" and "format=flowed" not in charset:
        return text
    drops_space = said.get("delsp", "").lower() == "yes" or "delsp=yes" in charset
    lines: list[list[str]] = []
    open_depth: int | None = None
    for line in text[:MAX_TEXT].replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        rest = line[depth:].removeprefix(" ")
        flows = rest.endswith(" ") and rest != "-- "
        piece = rest[:-1] if flows and drops_space else rest
        if open_depth == depth and lines and rest != "-- ":
            lines[-1].append(piece)
        else:
            lines.append([">" * depth + " " if depth else "", piece])
        open_depth = depth if flows else None
    return "\n".join(map("".join, lines))


def unenriched(text: str, kind: str) -> str:
    """The words of text/enriched (RFC 1896) or text/richtext (RFC 1341), without its commands."""
    if len(text) > MAX_FORMED:
        return text
    if kind == "text/richtext":
        words = _COMMENT.sub("", " ".join(text.split())).replace("<nl>", "\n").replace("<lt>", "&lt;")
        return unescape(_COMMAND.sub("", words))
    marked = _PARAM.sub("", text.replace("\r\n", "\n")).replace("<<", "\0")
    flowing = _LINE_ENDS.sub(lambda ends: "\n" * (len(ends[0]) - 1) or " ", marked)
    return _COMMAND.sub("", flowing).replace("\0", "<")


def calendar_summary(text: str) -> str:
    """What an invitation is about: when, where, and whose it is; only of the events, not of the zones of time."""
    lines = _FOLDED.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    events = [found[2] for found in _EVENT.finditer(lines)] or [lines]
    facts = (fact for event in events for fact in _FACT.findall(event))
    return "\n".join(f"{name.capitalize()}: {_ESCAPE.sub(_unescaped, value.strip())}" for name, value in facts)


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]
