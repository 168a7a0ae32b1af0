"""Scoring what somebody types against names: letters in order, word starts and runs count more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

_T = TypeVar("_T")
_START, _RUN, _HIT, _GAP = 8, 5, 1, 1
_ENOUGH = 4  # for each letter: letters scattered over the name by chance score less


def fuzzy_score(typed: str, name: str) -> int | None:
    """How well `typed` fits `name` (higher is better), or None if its letters do not occur in order.

    Case does not count, ё is е. Blanks in `typed` separate words that must each occur, in any order.
    """
    words = _folded(typed).split()
    target = _folded(name)
    total = 0
    for word in words:
        score = _word_score(word, target)
        if score is None:
            return None
        total += score
    return total - len(target) // 16


def best_matches(typed: str, things: Iterable[_T], name: Callable[[_T], str], limit: int = 50) -> list[_T]:
    """The things whose names fit, best first; equal ones keep their order."""
    scored = [(score, thing) for thing in things if (score := fuzzy_score(typed, name(thing))) is not None]
    scored.sort(key=lambda pair: -pair[0])
    return [thing for _, thing in scored[:limit]]


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _word_score(word: str, target: str) -> int | None:
    whole = target.find(word)
    if whole >= 0:
        is_start = whole == 0 or not target[whole - 1].isalnum()
        return len(word) * (_HIT + _RUN) + (_START if is_start else 0)
    score, at = 0, -1
    for letter in word:
        found = target.find(letter, at + 1)
        if found < 0:
            return None
        score += _HIT
        if found == at + 1 and at >= 0:
            score += _RUN
        elif found == 0 or not target[found - 1].isalnum():
            score += _START
        else:
            score -= _GAP
        at = found
    return score if score >= _ENOUGH * len(word) else None
