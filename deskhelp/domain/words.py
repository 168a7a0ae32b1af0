"""Words as search sees them: case and ё folded, Russian and English stemmed, addresses found whole and in parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import snowballstemmer

_WORD: Final = re.compile(r"[^\W_]+")
_CYRILLIC: Final = re.compile(r"[а-яё]", re.IGNORECASE)
_RUSSIAN, _ENGLISH = snowballstemmer.stemmer("russian"), snowballstemmer.stemmer("english")
_SHORTEST_STEM: Final = 4
_LONGEST_WORD: Final = 64

_LATIN_KEYS: Final = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
_RUSSIAN_KEYS: Final = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TO_RUSSIAN: Final = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_TO_LATIN: Final = str.maketrans(_RUSSIAN_KEYS, _LATIN_KEYS)


def fold(text: str) -> str:
    """The text with case and ё folded away."""
    return text.casefold().replace("ё", "е")


def words(text: str) -> Iterator[str]:
    """The folded words of a text: runs of letters and digits, bounded in length."""
    for match in _WORD.finditer(fold(text)):
        yield match.group()[:_LONGEST_WORD]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem under which a folded word is indexed.

    Snowball leaves the Russian genitive plural apart (``заявк`` of *заявка*, ``заявок``): the fleeting vowel before a final
    к is taken out, so that both meet. A word with a digit in it is a number or a code and stays whole.
    """
    if any(sign.isdigit() for sign in word):
        return word
    if not _CYRILLIC.search(word):
        return str(_ENGLISH.stemWord(word)) if word.isascii() else word
    found = str(_RUSSIAN.stemWord(word))
    if len(found) > _SHORTEST_STEM and found[-2:] in ("ок", "ек"):
        found = found[:-2] + "к"
    return found


def shadow(text: str) -> str:
    """The text as the index keeps it: stems separated by blanks."""
    return " ".join([stem(word) for word in words(text)])


def other_layout(text: str) -> str:
    """What the same keys give under the other of the Russian and the English keyboard: ``ghbynth`` is принтер."""
    is_russian = bool(_CYRILLIC.search(text))
    return text.translate(_TO_LATIN if is_russian else _TO_RUSSIAN)
