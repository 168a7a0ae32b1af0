"""Where the signature begins below what somebody wrote: a closing, dashes, a telephone's line, a disclaimer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .signature_marks import (
    CLOSING,
    CONTACT,
    LIST_FOOTER,
    POSTSCRIPT,
    RULE,
    SHORT_CLOSING,
    SIGNATURE,
    is_disclaimer,
    is_sent_from,
    may_disclaim,
    names_program,
)

LINES_OF_FOOTER: Final = 25
_LINES_UNDER_SIGNATURE: Final = 12
_LINES_UNDER_CLOSING: Final = 8
_LINES_WITH_CONTACT: Final = 15
_LINES_IN_BOX: Final = 10
_LONGEST_NAME: Final = 40
_LONGEST_CLOSING: Final = 100
_LONGEST_SHORT: Final = 24
_LONGEST_TITLE: Final = 60
_LONGEST_LINE: Final = 160
_LONGEST_READ: Final = 1_000
_SHORTEST_RULE: Final = 8
_STOPS: Final = (".", "!", "。", "！")
_WORDS_OF_SENTENCE: Final = 5
_ASKS: Final = ("?", "？")


def signature_at(lines: Sequence[str]) -> int | None:
    """The line at which the signature begins, None if there is none; never the first of the text."""
    filled = [at for at, line in enumerate(lines) if line and not line.isspace()]
    first = max(1, len(filled) - 3 * LINES_OF_FOOTER - 1)
    foot = _Foot(lines, filled[first:])
    return next((filled[first + place] for place in foot.candidates() if foot.is_signed(place)), None)


def is_all_sent_from(lines: Sequence[str]) -> bool:
    """Whether nothing is said but what a telephone adds to an empty mail."""
    filled = [line for line in lines if line and not line.isspace()]
    return len(filled) == 1 and is_sent_from(filled[0])


def _is_closing(line: str) -> bool:
    """Whether a line takes leave: "Respectfully, I disagree with that." does not."""
    if not (CLOSING.match(line) or (len(line) <= _LONGEST_SHORT and SHORT_CLOSING.match(line))):
        return False
    return not (line.rstrip().endswith((*_STOPS, *_ASKS)) and len(line.split()) >= _WORDS_OF_SENTENCE)


class _Foot:
    """The last lines of a text that have words in them; `filled` are their numbers."""

    def __init__(self, lines: Sequence[str], filled: Sequence[int]) -> None:
        self._lines = [lines[at][:_LONGEST_READ] for at in filled]
        self._is_apart = [at == 0 or not lines[at - 1].strip() for at in filled]
        foot = "\n".join(self._lines[-LINES_OF_FOOTER - 1 :])
        self._may_disclaim = may_disclaim(foot)
        self._names_program = names_program(foot)

    def candidates(self) -> Iterator[int]:
        """The lines worth a look: all of the last, and above them those that do not begin with a word."""
        near = len(self._lines) - (LINES_OF_FOOTER if self._may_disclaim else _LINES_WITH_CONTACT) - 1
        return (place for place, line in enumerate(self._lines) if place >= near or not line[0].isalnum())

    def is_signed(self, place: int) -> bool:
        """Whether from a line on all is a signature, a footer or a disclaimer."""
        line, under = self._lines[place], len(self._lines) - place - 1
        if not line[0].isalnum():
            if SIGNATURE.match(line):
                return self._is_under_dashes(line, place)
            if under <= LINES_OF_FOOTER and RULE.match(line) and self._is_footer(line, place):
                return True
        if under > LINES_OF_FOOTER:
            return False
        if under <= _LINES_UNDER_SIGNATURE and is_sent_from(line, may_name=self._names_program):
            return (not under or self._is_apart[place]) and not self._goes_on(place + 1)
        if len(line) <= _LONGEST_CLOSING and _is_closing(line):
            return self._is_named(place + 1)
        return self._disclaims(place) and not any(text.rstrip().endswith(_ASKS) for text in self._lines[place + 1 :])

    def _disclaims(self, place: int) -> bool:
        if not self._may_disclaim or place >= len(self._lines):
            return False
        line, *below = self._lines[place : place + 4]
        return is_disclaimer(line, " ".join(below))

    def _goes_on(self, place: int, longest_sentence: int = _LONGEST_LINE) -> bool:
        """Whether somebody still writes there: asks, adds a postscript, or tells at length (and no lawyer does)."""
        for at, line in enumerate(self._lines[place:], place):
            if self._disclaims(at):
                return False
            words = line.rstrip()
            is_told = len(line) > longest_sentence and words.endswith(_STOPS)
            if len(line) > _LONGEST_LINE or is_told or words.endswith(_ASKS) or POSTSCRIPT.match(line):
                return True
        return False

    def _is_named(self, place: int) -> bool:
        """Whether a name stands there, with what a company wants below it, and nobody writes on."""
        end = next((at for at in range(place, len(self._lines)) if self._disclaims(at)), len(self._lines))
        has_contact = any(CONTACT.search(line) for line in self._lines[place:end])
        is_short = end - place <= (_LINES_WITH_CONTACT if has_contact else _LINES_UNDER_CLOSING)
        return is_short and not self._goes_on(place, _LONGEST_TITLE)

    def _is_under_dashes(self, line: str, place: int) -> bool:
        """The sign of RFC 3676, the space behind which is often lost, is believed, others with few lines below."""
        rest = self._lines[place + 1 :]
        if len(rest) <= _LINES_UNDER_SIGNATURE:
            return True
        is_sure = line.rstrip() == "--" and len(rest) <= 3 * LINES_OF_FOOTER
        return is_sure and not any(text.rstrip().endswith(_ASKS) for text in rest)

    def _is_footer(self, line: str, place: int) -> bool:
        """Whether a mailing list's footer, a disclaimer or a box with somebody's address stands below a rule."""
        rest = self._lines[place + 1 :]
        if not rest:
            return False
        if self._disclaims(place + 1):
            return True
        if len(rest) <= _LINES_UNDER_SIGNATURE and any(LIST_FOOTER.search(text) for text in rest):
            return True
        is_box = len(line.strip()) >= _SHORTEST_RULE and len(rest) <= _LINES_IN_BOX and len(rest[0]) <= _LONGEST_NAME
        has_person = is_box and any(CONTACT.search(text) for text in rest[1:])
        return has_person and "@" not in rest[0] and not self._goes_on(place + 1)
