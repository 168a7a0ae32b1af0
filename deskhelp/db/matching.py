"""Words of a search as expressions of FTS5 over the index of stems (https://sqlite.org/fts5.html, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from deskhelp.domain.query import Query, Words
from deskhelp.domain.words import stem, words

_SURE_STEM: Final = 4
_NO_ALPHABET: Final = 0x2E80
"""From here on Unicode has signs that are words."""
NOTHING: Final = '""'


def match_of(query: Query) -> str:
    """What one message must have for everything that is wanted of texts, names and subjects; "" if nothing is."""
    plain = [item for item in query.words if not item.is_negated]
    if plain and _says_nothing_yet(plain[-1]):
        del plain[-1]
    terms = [term(item, is_beginning=item is plain[-1]) for item in plain]
    for item in query.filters:
        if not item.is_negated and item.field in ("from", "to", "subject"):
            terms.append(field_match(item.field, item.value))
    return " AND ".join(found for found in terms if found)


def excluded_matches(query: Query) -> list[str]:
    """What no message of a ticket may have, one expression each."""
    return [found for item in query.words if item.is_negated and (found := term(item))]


def _says_nothing_yet(item: Words) -> bool:
    """A single letter at the end: somebody begins to type a word, and nearly every message has one that goes on so."""
    return len(item.text) == 1 and item.text.isalpha() and ord(item.text) < _NO_ALPHABET and not item.is_exact


def term(item: Words, *, is_beginning: bool = False) -> str:
    """The expression for one word or one sequence; "" if it has no letter or digit.

    What was typed without a blank but has several words in it (an address, an order number) is a sequence.
    """
    found = list(words(item.text))
    if not found:
        return ""
    stems = [stem(word) for word in found]
    if item.is_exact or not is_beginning:
        return _sequence(stems)
    return _beginning(stems, found[-1])


def _sequence(stems: Sequence[str]) -> str:
    return f'"{" ".join(stems)}"'


def _beginning(stems: Sequence[str], typed: str) -> str:
    """A sequence whose last word may go on: by its stem where that is long enough to mean something."""
    by_stem = f"{_sequence(stems)} *"
    if typed == stems[-1] or (len(stems[-1]) >= _SURE_STEM and typed.startswith(stems[-1])):
        return by_stem
    return f"({_sequence(stems)} OR {_sequence([*stems[:-1], typed])} *)"


def field_match(field: str, value: str) -> str:
    """The expression for ``from:``, ``to:`` and ``subject:``: every word, each may be a beginning."""
    found = list(words(value))
    column = "subject" if field == "subject" else "people"
    inside = " AND ".join(_beginning([stem(word)], word) for word in found)
    return f"{column} : ({inside or NOTHING})"
