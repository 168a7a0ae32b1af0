"""Placeholders in canned replies: ``{customer.first_name|colleague}``; fixed names, one pass, never evaluated.

Office people write them, so the form is plain: a name in braces, a fallback behind a bar, ``{?Which order number}`` to
be asked on insertion, ``{cursor}`` for where to go on, ``{{`` for a brace. Values are never scanned again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
_FAMILIES: Final = frozenset(name.partition(".")[0] for name in KNOWN_NAMES if "." in name)
_PLACEHOLDER: Final = re.compile(
    r"\{\{|\}\}|\{(?P<name>\?[^{}|\n]{1,120}|[a-zа-яё_]+(?:\.[a-zа-яё_]+)?)(?:\|(?P<fallback>[^{}\n]*))?\}",
    re.IGNORECASE,
)
_PATRONYMIC: Final = re.compile(r"(вич|вна|ична|инична|оглы|кызы)$", re.IGNORECASE)
_SURNAME: Final = re.compile(
    r"(ов|ова|ев|ева|ёв|ёва|ин|ина|ын|ына|ский|ская|цкий|цкая|енко|ук|юк|ко|вич)$", re.IGNORECASE
)


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


def fill(text: str, values: Mapping[str, str], *, ask: Callable[[str], str | None] | None = None) -> Filled:
    """Fill what is known; an empty value takes its fallback, without one it stays open.

    `values` are by name, answers to questions under ``?question``. `ask` is called with a question that has no answer
    there; None leaves it open. A value is never looked through again, whatever braces it has.
    """
    out = _Writer()
    asked = dict(values)
    at = 0
    for match in _PLACEHOLDER.finditer(text):
        out.add(text[at : match.start()])
        at = match.end()
        name = _key(match)
        if ask is not None and name.startswith("?") and name not in asked:
            asked[name] = ask(name[1:]) or ""
        if name == "cursor":
            out.cursor = out.length
        else:
            out.place(match, name, asked.get(name, ""))
    out.add(text[at:])
    return Filled("".join(out.pieces), tuple(out.unresolved), out.cursor)


class _Writer:
    """The text while it grows, and where in it things stand."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.unresolved: list[Placeholder] = []
        self.length = 0
        self.cursor: int | None = None

    def add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def place(self, match: re.Match[str], name: str, value: str) -> None:
        """Write a value, its fallback, or the placeholder itself, which then stays open."""
        if not name:
            self.add(match[0][0])
        elif value or match["fallback"] is not None:
            self.add(value or match["fallback"])
        else:
            start = self.length
            self.add(match[0])
            if _is_ours(name):
                self.unresolved.append(Placeholder(name, start, self.length))


def _key(match: re.Match[str]) -> str:
    """The name under which a value is given; "" for doubled braces."""
    name = match["name"] or ""
    return f"?{name[1:].strip()}" if name.startswith("?") else name.casefold()


def unresolved_in(text: str) -> tuple[Placeholder, ...]:
    """Placeholders left in a text: known names and questions; braces of program code are no placeholders."""
    matches = _PLACEHOLDER.finditer(text)
    return tuple(Placeholder(name, m.start(), m.end()) for m in matches if _is_ours(name := _key(m)))


def _is_ours(name: str) -> bool:
    """Known names and questions; a mistyped name of ours (``{customer.nmae}``) must not leave either."""
    family, dot, _ = name.partition(".")
    return name.startswith("?") or name in KNOWN_NAMES or (bool(dot) and family in _FAMILIES)


def questions_in(text: str) -> tuple[str, ...]:
    """What has to be asked on insertion, each once, in order; without the question mark in front."""
    names = (_key(match) for match in _PLACEHOLDER.finditer(text))
    return tuple(dict.fromkeys(name[1:] for name in names if name.startswith("?")))


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
