"""Words as search sees them: case and ё folded, Russian and English stemmed, addresses found whole and in parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final

_CYRILLIC: Final = re.compile(r"[а-яё]", re.IGNORECASE)
_FLEETING: Final = re.compile(r"(?<=..)(?:[ое]|[йь])(?=[кц]$)")
_SHORTEST_FLEETING: Final = 4
_LONGEST_WORD: Final = 64
_MOST_STEMS: Final = 100_000

_SAME_WORD: Final = {
    form: stem_word
    for stem_word, forms in {
        "ден": "день дня дню днем дне дни дней дням днями днях",
        "денег": "деньги денег деньгам деньгами деньгах",
        "письм": "писем",
        "окн": "окон",
        "числ": "чисел",
        "кресл": "кресел",
        "стекл": "стекол",
        "ядр": "ядер",
        "им": "имя имени именем имена имен именам именами именах",
        "врем": "время времени временем времена времен временам временах",
        "пришл": "пришел",
        "ушл": "ушел",
        "вышл": "вышел",
        "нашл": "нашел",
        "зашл": "зашел",
        "прошл": "прошел",
        "перешл": "перешел",
        "подошл": "подошел",
    }.items()
    for form in forms.split()
}
"""Forms that Snowball leaves apart although an office writes them daily; ё is е here."""

_LATIN_KEYS: Final = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
_RUSSIAN_KEYS: Final = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TO_RUSSIAN: Final = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_BLANKS: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
_TO_LATIN: Final = str.maketrans(_RUSSIAN_KEYS, _LATIN_KEYS)


@cache
def word_pattern() -> re.Pattern[str]:
    """Runs of letters and digits; Chinese and kana have no blanks between words: each sign is a word, a word a phrase.

    Made when first asked for: it takes longer than to read a page of tickets.
    """
    return re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")


@lru_cache(maxsize=2)
def _stemmer(language: str) -> Any:
    import snowballstemmer  # here, as it loads thirty languages and a list of tickets needs none of them

    return snowballstemmer.stemmer(language)


def fold(text: str) -> str:
    """The text with case, ё and the two ways to write й folded away."""
    return unicodedata.normalize("NFC", text).casefold().replace("ё", "е")


def words(text: str) -> Iterator[str]:
    """The folded words of a text: runs of letters and digits, bounded in length."""
    for word in _whole_words(text):
        yield word[:_LONGEST_WORD]


def _whole_words(text: str) -> list[str]:
    if text.isascii():  # in less than half the time
        return text.lower().translate(_BLANKS).split()
    return word_pattern().findall(fold(text))


def stem(word: str) -> str:
    """The stem under which a folded word is indexed; a word with a digit in it is a number or a code and stays whole.

    Snowball keeps the fleeting vowel of Russian (*заявок*, *отец*, *настроек*) and so parts it from *заявка*, *отца*,
    *настройка*: vowel, й and ь before a last к or ц are taken out, and all meet.
    """
    return _STEMS[word]


class _Stems(dict[str, str]):
    """The stems of words met so far: an import asks for a hundred and forty with each mail."""

    def __missing__(self, word: str) -> str:
        found = _stem_of(word[:_LONGEST_WORD])
        if len(word) <= _LONGEST_WORD:
            if len(self) >= _MOST_STEMS:
                self.clear()
            self[word] = found
        return found


_STEMS: Final = _Stems()


def _stem_of(word: str) -> str:
    if not word.isalpha():
        return word
    if not _CYRILLIC.search(word):
        return str(_stemmer("english").stemWord(word)) if word.isascii() else word
    if word in _SAME_WORD:
        return _SAME_WORD[word]
    found = str(_stemmer("russian").stemWord(word))
    return _FLEETING.sub("", found) if len(found) >= _SHORTEST_FLEETING else found


def shadow(text: str) -> str:
    """The text as the index keeps it: stems separated by blanks."""
    return " ".join(map(_STEMS.__getitem__, _whole_words(text)))


def other_layout(text: str) -> str:
    """What the same keys give under the other of the Russian and the English keyboard: ``ghbynth`` is принтер."""
    is_russian = bool(_CYRILLIC.search(text))
    return text.translate(_TO_LATIN if is_russian else _TO_RUSSIAN)
