"""Which of a mail's texts are read: all of them in their order, of alternatives one, as text and as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import Final

_MOST_COMPARED: Final = 100_000
_MOST_PIECES: Final = 2_000
_ROOM_FOR_HTML: Final = 1_000_000
_EACH_HTML: Final = 3_000  # so many letters take as long as beginning


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a mail, or its HTML."""

    text: str
    is_html: bool

    @property
    def is_blank(self) -> bool:
        return not self.text or self.text.isspace()


def preferred(alternatives: list[list[Passage]], html: bool) -> list[Passage]:
    """What is read of the parts of a multipart/alternative.

    As HTML the last of those that have some. As text all that are text, as some programs say alternative and mean
    mixed, but none that says again what another one says; the HTML only where no text says anything.
    """
    with_html = [passages for passages in alternatives if any(one.is_html and not one.is_blank for one in passages)]
    texts = [passages for passages in alternatives if any(not one.is_html and not one.is_blank for one in passages)]
    if with_html and (html or not texts):
        return with_html[-1]
    found: list[Passage] = []
    said = ""
    for one in (one for passages in texts for one in passages if not one.is_html):
        words = " ".join(one.text.split()) if len(said) < _MOST_COMPARED else one.text
        if words and words not in said:
            found.append(one)
            said += f"\n{words}" if len(said) < _MOST_COMPARED else ""
    return found


def only_page(passages: list[Passage]) -> str:
    """The HTML of passages that are nothing else, "" where there is a text beside it."""
    if any(not one.is_html and not one.is_blank for one in passages):
        return ""
    return "\n".join(one.text for one in passages if not one.is_blank)


def as_text(passages: list[Passage], limit: int) -> str:
    """The passages below each other, HTML among them as the words that it shows."""
    pieces = (piece for piece in _pieces(passages) if piece and not piece.isspace())
    return "\n\n".join(islice(pieces, _MOST_PIECES))[:limit]


def _pieces(passages: list[Passage]) -> Iterator[str]:
    """The words of each passage, of HTML as much as can be turned into words soon."""
    room = _ROOM_FOR_HTML
    for one in passages:
        if not one.is_html:
            yield one.text
        elif room > 0 and not one.is_blank:
            from .html import html_to_text  # imported here: nearly all mails have a text and no HTML beside it

            room -= len(one.text) + _EACH_HTML
            yield html_to_text(one.text)


def as_html(passages: list[Passage]) -> str | None:
    """The passages as one page, None where none of them is HTML."""
    if not any(one.is_html for one in passages):
        return None
    pieces = [one.text if one.is_html else _paragraph(one.text) for one in passages if not one.is_blank]
    return "\n".join(pieces) or None


def _paragraph(text: str) -> str:
    return "<p>" + escape(text.strip()).replace("\r\n", "\n").replace("\n", "<br>\n") + "</p>"
