"""Where the signature begins below what somebody wrote: a closing, dashes, a telephone's line, a disclaimer."""

from __future__ import annotations

from collections.abc import Sequence
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
)

LINES_OF_FOOTER: Final = 25
_LINES_UNDER_SIGNATURE: Final = 12
_LINES_UNDER_CLOSING: Final = 8
_LINES_IN_BOX: Final = 10
_LONGEST_NAME: Final = 40
_LONGEST_CLOSING: Final = 100
_LONGEST_SHORT: Final = 24
_LONGEST_LINE: Final = 160
_LONGEST_PARAGRAPH: Final = 2_000
_SHORTEST_RULE: Final = 8
_ASKS: Final = ("?", "？")


def signature_at(lines: Sequence[str]) -> int | None:
    """The line at which the signature begins, None if there is none; never the first of the text."""
    filled = [at for at, line in enumerate(lines) if line and not line.isspace()]
    text = _Text(lines, filled)
    for place in range(max(1, len(filled) - 3 * LINES_OF_FOOTER - 1), len(filled)):
        if text.is_signed(place):
            return filled[place]
    return None


def is_all_sent_from(lines: Sequence[str]) -> bool:
    """Whether nothing is said but what a telephone adds to an empty mail."""
    filled = [line for line in lines if line and not line.isspace()]
    return len(filled) == 1 and is_sent_from(filled[0])


def _is_closing(line: str) -> bool:
    return bool(CLOSING.match(line) or (len(line) <= _LONGEST_SHORT and SHORT_CLOSING.match(line)))


class _Text:
    """A text with its lines of words, `filled` being their numbers; what is asked is asked of the last of these."""

    def __init__(self, lines: Sequence[str], filled: Sequence[int]) -> None:
        self._lines = lines
        self._filled = filled
        self._may_disclaim = may_disclaim("\n".join([lines[at] for at in filled[-LINES_OF_FOOTER - 1 :]]))

    def is_signed(self, place: int) -> bool:
        """Whether from a line on all is a signature, a footer or a disclaimer."""
        line, under = self._lines[self._filled[place]], len(self._filled) - place - 1
        if len(line) > _LONGEST_PARAGRAPH:
            return False
        if not line[0].isalnum():
            if SIGNATURE.match(line):
                return self._is_under_dashes(line, place)
            if under <= LINES_OF_FOOTER and RULE.match(line) and self._is_footer(line, place):
                return True
        if under > LINES_OF_FOOTER:
            return False
        if under <= _LINES_UNDER_SIGNATURE and is_sent_from(line):
            is_apart = not under or self._filled[place] - self._filled[place - 1] > 1
            return is_apart and not self._goes_on(place + 1)
        if under <= _LINES_UNDER_CLOSING and len(line) <= _LONGEST_CLOSING and _is_closing(line):
            return not self._goes_on(place + 1)
        return self._disclaims(place)

    def _rest(self, place: int) -> list[str]:
        return [self._lines[at] for at in self._filled[place:]]

    def _disclaims(self, place: int) -> bool:
        if not self._may_disclaim or place >= len(self._filled):
            return False
        line, *below = (self._lines[at] for at in self._filled[place : place + 4])
        return is_disclaimer(line, " ".join(below))

    def _goes_on(self, place: int) -> bool:
        """Whether somebody still writes there: asks, adds a postscript, or tells at length (and no lawyer does)."""
        for at, line in enumerate(self._rest(place), place):
            if self._disclaims(at):
                return False
            if len(line) > _LONGEST_LINE or line.rstrip().endswith(_ASKS) or POSTSCRIPT.match(line):
                return True
        return False

    def _is_under_dashes(self, line: str, place: int) -> bool:
        """The sign of RFC 3676, the space behind which is often lost, is believed, others with few lines below."""
        rest = self._rest(place + 1)
        if len(rest) <= _LINES_UNDER_SIGNATURE:
            return True
        is_sure = line.rstrip() == "--" and len(rest) <= 3 * LINES_OF_FOOTER
        return is_sure and not any(text.rstrip().endswith(_ASKS) for text in rest)

    def _is_footer(self, line: str, place: int) -> bool:
        """Whether a mailing list's footer, a disclaimer or a box with somebody's address stands below a rule."""
        rest = self._rest(place + 1)
        if not rest:
            return False
        if self._disclaims(place + 1):
            return True
        if len(rest) <= _LINES_UNDER_SIGNATURE and any(LIST_FOOTER.search(text) for text in rest):
            return True
        is_box = len(line.strip()) >= _SHORTEST_RULE and len(rest) <= _LINES_IN_BOX and len(rest[0]) <= _LONGEST_NAME
        has_person = is_box and any(CONTACT.search(text) for text in rest[1:])
        return has_person and "@" not in rest[0] and not self._goes_on(place + 1)
