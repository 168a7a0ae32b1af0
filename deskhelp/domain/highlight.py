"""Where searched words stand in a text: for marking them, and for showing the place around the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from .query import Words
from .words import fold, stem, word_pattern, words

SNIPPET_LENGTH: Final = 160
_BLANK: Final = re.compile(r"\s+")
_MAX_LENGTH: Final = 100_000


def hits_in(text: str, searched: Sequence[Words]) -> tuple[tuple[int, int], ...]:
    """Start and end of every word of the text that a search for these words finds, in their order."""
    return tuple(_hits(text, searched))


def _hits(text: str, searched: Sequence[Words]) -> Iterator[tuple[int, int]]:
    wanted = {stem(word) for item in searched if not item.is_negated for word in words(item.text)}
    beginning = _beginning(searched)
    return (match.span() for match in _words_of(text) if _fits(fold(match.group()), wanted, beginning))


def snippet_around(text: str, searched: Sequence[Words], length: int = SNIPPET_LENGTH) -> str:
    """About `length` signs of the text on one line around the first hit; "" if nothing is hit in it."""
    hit = next(_hits(text, searched), None)
    if hit is None:
        return ""
    start = max(0, hit[0] - length // 3)
    if start:
        blank = _BLANK.search(text, start, hit[0])
        start = blank.end() if blank else start
    shown = " ".join(text[start : start + 2 * length].split())[:length].rstrip()
    return f"…{shown}" if start else shown


def _words_of(text: str) -> Iterator[re.Match[str]]:
    return word_pattern().finditer(text[:_MAX_LENGTH])


def _beginning(searched: Sequence[Words]) -> str:
    """The last bare word, which counts as a beginning."""
    plain = [item for item in searched if not item.is_negated]
    if not plain or plain[-1].is_exact:
        return ""
    return (list(words(plain[-1].text)) or [""])[-1]


def _fits(word: str, wanted: set[str], beginning: str) -> bool:
    return stem(word) in wanted or bool(beginning and word.startswith(beginning))
