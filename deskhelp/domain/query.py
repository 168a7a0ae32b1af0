"""The search language: ``status:open tag:printer from:ivanova "exact words" -vpn принтер``.

Words must all occur (the last one as a beginning, while somebody types), quoted words in that order, fields narrow. What is
no known field is words. Nothing that can be typed is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from .identity import normalise_code
from .ticket import Priority, Status

IS_WORDS: Final = frozenset(
    ["active", "mine", "unassigned", "escalated", "overdue", "snoozed", "waiting", "unread", "failed", "quarantined", "done", "draft", "automatic"]
)
FIELDS: Final = frozenset(
    ["status", "is", "tag", "from", "to", "subject", "assignee", "department", "mailbox", "priority", "channel", "has", "before", "after", "code"]
)
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
    """One narrowing: `field` is one of FIELDS, `value` as typed (folded); negated by a minus."""

    field: str
    value: str
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Words to find: an exact sequence if quoted."""

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
            filters.append(Filter(name, value.casefold().replace("ё", "е").strip(), negated))
        else:
            _add_words(words, match, value, negated)
    return Query(tuple(words), tuple(filters))


def _field(name: str | None) -> str:
    folded = (name or "").casefold()
    known = _ALIASES.get(folded, folded)
    return known if known in FIELDS else ""


def _add_words(words: list[Words], match: re.Match[str], value: str, negated: bool) -> None:
    typed = f"{match['field']}:{value}" if match["field"] else value
    if re.search(r"\w", typed):
        words.append(Words(typed, match["quoted"] is not None and not match["field"], negated))


def _is_value(field: str, value: str) -> bool:
    """Whether a field can take this value; if not, the token is words."""
    folded = value.casefold().strip()
    if not folded:
        return False
    if field == "is":
        return folded in IS_WORDS
    if field == "status":
        return folded in {str(status) for status in Status}
    if field == "priority":
        return folded in {str(priority) for priority in Priority}
    if field in ("before", "after"):
        return day_of(folded) is not None
    if field == "has":
        return folded in ("attachment", "attachments", "вложение", "вложения")
    if field == "code":
        return normalise_code(folded) is not None
    return True


def day_of(text: str) -> date | None:
    """The day that ``2026-03-01`` or ``01.03.2026`` names."""
    for pattern, order in ((r"(\d{4})-(\d{1,2})-(\d{1,2})", (1, 2, 3)), (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", (3, 2, 1))):
        if match := re.fullmatch(pattern, text):
            try:
                return date(*(int(match[place]) for place in order))
            except ValueError:
                return None
    return None


def format_query(query: Query) -> str:
    """A text that parses to this query again."""
    parts = []
    for item in query.filters:
        value = f'"{item.value}"' if re.search(r"[\s]", item.value) else item.value
        parts.append(f"{'-' * item.is_negated}{item.field}:{value}")
    for words in query.words:
        parts.append(f"{'-' * words.is_negated}" + (f'"{words.text}"' if words.is_exact else words.text))
    return " ".join(parts)
