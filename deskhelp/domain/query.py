"""The search language: ``status:open tag:printer from:ivanova "exact words" -vpn принтер``.

Words must all occur (the last one as a beginning, while somebody types), quoted words in that order, fields narrow.
What is no known field is words. Nothing that can be typed is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from .codes import normalise_code
from .status import Channel, Priority, Status
from .words import fold

IS_WORDS: Final = frozenset((
    "active", "open", "mine", "unassigned", "escalated", "overdue", "snoozed",
    "waiting", "unread", "failed", "quarantined", "list", "done", "draft", "automatic", "mentioned",
))  # fmt: skip
"""What ``is:`` knows. ``active`` waits for us now: new or open and not snoozed; ``open`` counts the snoozed too.

``mentioned`` is where a colleague named me in a note and I have not written since."""
FIELDS: Final = frozenset((
    "status", "is", "tag", "from", "to", "subject", "assignee", "department",
    "mailbox", "priority", "channel", "has", "before", "after", "code",
))  # fmt: skip
_CHOICES: Final = {
    "is": IS_WORDS,
    "status": frozenset(map(str, Status)),
    "priority": frozenset(map(str, Priority)),
    "channel": frozenset(map(str, Channel)),
    "has": frozenset(["attachment", "attachments", "вложение", "вложения"]),
}
_ALIASES: Final = {
    "статус": "status",
    "метка": "tag",
    "от": "from",
    "кому": "to",
    "тема": "subject",
    "ответственный": "assignee",
    "отдел": "department",
    "ящик": "mailbox",
    "приоритет": "priority",
    "канал": "channel",
    "есть": "has",
    "до": "before",
    "после": "after",
    "код": "code",
}
_TOKEN: Final = re.compile(r'(?P<minus>-?)(?:(?P<field>[^\W\d_]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Filter:
    """One narrowing: `field` is one of FIELDS, `value` what was typed, folded; negated by a minus."""

    field: str
    value: str
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Something to find: what stood between blanks, or an exact sequence that stood in quotation marks."""

    text: str
    is_exact: bool = False
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; empty means every ticket."""

    words: tuple[Words, ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.filters)

    def with_filter(self, field: str, value: str) -> Query:
        return Query(self.words, (*self.filters, Filter(field, value)))


def parse_query(text: str) -> Query:
    """The query that a text means; never raises."""
    words: list[Words] = []
    filters: list[Filter] = []
    for match in _TOKEN.finditer(text):
        negated = bool(match["minus"])
        quoted, bare = match["quoted"], match["bare"]
        value = quoted if quoted is not None else bare
        name = _field(match["field"])
        if name and _is_value(name, value):
            filters.append(Filter(name, fold(value).strip(), negated))
        else:
            words += _words_of(match, value, negated)
    return Query(tuple(words), tuple(filters))


def _field(name: str | None) -> str:
    folded = (name or "").casefold()
    known = _ALIASES.get(folded, folded)
    return known if known in FIELDS else ""


def _words_of(match: re.Match[str], value: str, negated: bool) -> Iterator[Words]:
    """What is no field is words: ``http://a`` one, ``note:"two words"`` a word and an exact sequence."""
    is_exact = match["quoted"] is not None
    if match["field"] and not is_exact:
        value = f"{match['field']}:{value}"
    elif match["field"]:
        yield Words(match["field"], False, negated)
    if re.search(r"\w", value):
        yield Words(value, is_exact, negated)


def _is_value(field: str, value: str) -> bool:
    """Whether a field can take this value; if not, the token is words."""
    folded = fold(value).strip()
    if not re.search(r"\w", folded):
        return False
    if field in _CHOICES:
        return folded in _CHOICES[field]
    if field in ("before", "after"):
        return day_of(folded) is not None
    if field == "code":
        return normalise_code(folded) is not None
    return True


def day_of(text: str) -> date | None:
    """The day that ``2026-03-01`` or ``01.03.2026`` names."""
    for pattern, order in ((r"(\d{4})-(\d{1,2})-(\d{1,2})", (1, 2, 3)), (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", (3, 2, 1))):
        if match := re.fullmatch(pattern, text):
            try:
                day = date(*(int(match[place]) for place in order))
            except ValueError:
                return None
            return day if day.year > 1970 else None
    return None


def format_query(query: Query) -> str:
    """A text that parses to this query again."""
    parts = []
    for item in query.filters:
        value = f'"{item.value}"' if re.search(r"\s", item.value) else item.value
        parts.append(f"{'-' * item.is_negated}{item.field}:{value}")
    for words in query.words:
        parts.append(f"{'-' * words.is_negated}" + (f'"{words.text}"' if words.is_exact else words.text))
    return " ".join(parts)
