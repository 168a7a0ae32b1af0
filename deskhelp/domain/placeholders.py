"""Placeholders in canned replies: ``{customer.first_name|colleague}``; fixed names, one pass, never evaluated.

Office people write them, so the form is plain: a name in braces, a fallback behind a bar, ``{?What is the order number}`` to
be asked on insertion, ``{cursor}`` for where to go on, ``{{`` for a brace. Values are never scanned again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

KNOWN_NAMES: Final = (
    "customer.name",
    "customer.first_name",
    "customer.address",
    "ticket.code",
    "ticket.subject",
    "ticket.created",
    "agent.name",
    "agent.first_name",
    "agent.signature",
    "mailbox.name",
    "mailbox.address",
    "department.name",
    "date",
    "greeting",
    "cursor",
)
_PLACEHOLDER: Final = re.compile(
    r"\{\{|\}\}|\{(?P<name>\?[^{}|\n]{1,120}|[a-zа-яё_]+(?:\.[a-zа-яё_]+)?)(?:\|(?P<fallback>[^{}\n]*))?\}",
    re.IGNORECASE,
)
_PATRONYMIC: Final = re.compile(r"(вич|вна|ична|инична|оглы|кызы)$", re.IGNORECASE)
_SURNAME: Final = re.compile(r"(ов|ова|ев|ева|ёв|ёва|ин|ина|ын|ына|ский|ская|цкий|цкая|енко|ук|юк|ко)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder that is still open, and where it stands in the text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its placeholders filled; `unresolved` stay visible in it. `cursor` is where to go on typing."""

    text: str
    unresolved: tuple[Placeholder, ...] = ()
    cursor: int | None = None


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """Fill what is known; an empty value takes its fallback, without one it stays open."""
    out: list[str] = []
    length = at = 0
    cursor: int | None = None
    for match in _PLACEHOLDER.finditer(text):
        out.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match["name"] == "cursor":
            cursor = length
            continue
        piece = _piece(match, values)
        out.append(piece)
        length += len(piece)
    out.append(text[at:])
    filled = "".join(out)
    return Filled(filled, unresolved_in(filled), cursor)


def _piece(match: re.Match[str], values: Mapping[str, str]) -> str:
    if match[0] in ("{{", "}}"):
        return match[0][0]
    name = match["name"]
    value = values.get(name if name.startswith("?") else name.casefold(), "")
    if value:
        return value
    return match["fallback"] if match["fallback"] is not None else match[0]


def unresolved_in(text: str) -> tuple[Placeholder, ...]:
    """Placeholders left in a text: known names and questions; braces of program code are no placeholders."""
    found = []
    for match in _PLACEHOLDER.finditer(text):
        name = match["name"] or ""
        if name.startswith("?") or name.casefold() in KNOWN_NAMES or _looks_like_ours(name):
            found.append(Placeholder(name, match.start(), match.end()))
    return tuple(found)


def _looks_like_ours(name: str) -> bool:
    """A mistyped name of ours (``{customer.nmae}``) must not leave either."""
    return name.casefold().partition(".")[0] in ("customer", "ticket", "agent", "mailbox", "department") and "." in name


def questions_in(text: str) -> tuple[str, ...]:
    """What has to be asked on insertion, each once, in order; without the question mark in front."""
    names = (match["name"] or "" for match in _PLACEHOLDER.finditer(text))
    return tuple(dict.fromkeys(name[1:].strip() for name in names if name.startswith("?")))


def first_name(name: str) -> str:
    """The name to address somebody by: Мария of "Иванова Мария Петровна" and of "Мария Иванова"; "" if unclear.

    With a patronymic both are used ("Мария Петровна"), as is polite.
    """
    words = [word for word in re.split(r"[\s,]+", name.strip().strip("\"'")) if word]
    if not words or "@" in name or any(any(sign.isdigit() for sign in word) for word in words):
        return ""
    if "," in name and len(words) >= 2:
        words = [*words[1:], words[0]]
    patronymic = next((at for at, word in enumerate(words) if at and _PATRONYMIC.search(word)), None)
    if patronymic is not None:
        return f"{words[patronymic - 1]} {words[patronymic]}"
    is_russian = bool(re.search(r"[а-яё]", words[0], re.IGNORECASE))
    if is_russian and len(words) == 2 and _SURNAME.search(words[0]) and not _SURNAME.search(words[1]):
        return words[1]
    return words[0]
