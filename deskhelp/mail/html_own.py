"""What the author wrote of an HTML mail: markup knows quotations and signatures which words alone do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from .html_quotes import is_history, is_signature
from .quotes import cut_at, joined, own_lines
from .signatures import LINES_OF_FOOTER

# Signs that no text may hold (noncharacters of Unicode, taken out by `parsed`) stand for markup while it becomes text.
_QUOTE, _INDENT, _QUOTE_END, _HISTORY, _SIGNATURE, _SIGNATURE_END = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5"
_SIGNS: Final = re.compile("[\ufdd0-\ufdd5]")
_LETTER: Final = re.compile(r"[^\W_]")
_LINES_BEHIND_BREAK: Final = 8
_SIGNATURES_READ: Final = 50


def mark(tree: Any) -> None:
    """Write into the text where quotations, the history and signatures begin and end."""
    is_told = False
    for element in list(tree.iter()):
        if element.tag == "blockquote":
            _enclose(element, _QUOTE if _is_quotation(element) else _INDENT, _QUOTE_END)
        if not is_told and is_history(element):
            is_told = True
            _begin(element, _HISTORY)
        elif is_signature(element):
            if element.tag == "br":
                element.tail = _SIGNATURE + (element.tail or "")
            else:
                _enclose(element, _SIGNATURE, _SIGNATURE_END)


def texts(marked: str, *, is_forward: bool) -> tuple[str, str]:
    """The whole text without its signs, and what its author wrote; `marked` is the text of a tree that was marked."""
    page = _Page(marked)
    own = page.own(is_forward=is_forward)
    whole = joined(page.lines)
    return whole, joined(page.lines[own]) if own != slice(0, len(page.lines)) else whole


def _begin(element: Any, sign: str) -> None:
    if element.tag in ("hr", "br", "img"):
        element.tail = sign + (element.tail or "")
    else:
        element.text = sign + (element.text or "")


def _enclose(element: Any, sign: str, end: str) -> None:
    element.text = sign + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + end
    else:
        element.text += end


def _is_quotation(quote: Any) -> bool:
    """Whether a block is surely somebody else's words; people and programs indent their own with the same element."""
    if quote.get("type") == "cite" or quote.get("cite"):
        return True
    names = f"{quote.get('class', '')} {quote.get('id', '')}".lower()
    return "quote" in names or "border-left" in (quote.get("style") or "").lower()


class _Page:
    """The lines of a marked text: as they are shown, and with quoted ones led by ``>``."""

    def __init__(self, marked: str) -> None:
        self.lines: list[str] = []
        self._quoted: list[str] = []
        self._surely_quoted: list[str] = []
        self._history: int | None = None
        self._signatures: list[list[int]] = []
        self._blocks: list[str] = []
        for line in marked.splitlines():
            self._read(line.rstrip())

    def own(self, *, is_forward: bool) -> slice:
        is_answer = self._history is not None or cut_at(self._quoted) is not None
        lines = self._quoted if is_answer else self._surely_quoted
        own = own_lines(lines, self._history, is_forward=is_forward)
        return own if is_forward else slice(own.start, self._without_signature(own.start, own.stop))

    def _read(self, line: str) -> None:
        if not _SIGNS.search(line):
            self._add(line, self._blocks)
            return
        blocks, said = list(self._blocks), ""
        for piece in self._pieces(line):
            if _SIGNS.match(piece):
                self._turn(piece, len(self.lines) + bool(said.strip()))
            elif piece.strip() and not said.strip():
                blocks = list(self._blocks)
            said += "" if _SIGNS.match(piece) else piece
        if said.strip():
            self._add(said.rstrip(), blocks)

    @staticmethod
    def _pieces(line: str) -> Iterator[str]:
        at = 0
        for sign in _SIGNS.finditer(line):
            yield line[at : sign.start()]
            yield sign[0]
            at = sign.end()
        yield line[at:]

    def _turn(self, sign: str, at: int) -> None:
        if sign in (_QUOTE, _INDENT):
            self._blocks.append(sign)
        elif sign == _QUOTE_END:
            del self._blocks[-1:]
        elif sign == _HISTORY:
            self._history = at
        elif sign == _SIGNATURE:
            self._signatures.append([at])
        elif self._signatures:
            self._signatures[-1].append(at)

    def _add(self, line: str, blocks: list[str]) -> None:
        is_filled = bool(line.strip())
        self.lines.append(line)
        self._quoted.append(">" * len(blocks) + line if is_filled else line)
        self._surely_quoted.append(">" * blocks.count(_QUOTE) + line if is_filled else line)

    def _without_signature(self, first: int, last: int) -> int:
        """The line behind the last that the author wrote: where a signature begins which nothing follows."""
        for start, *ends in self._signatures[:_SIGNATURES_READ]:
            end = ends[-1] if ends else start + _LINES_BEHIND_BREAK
            rest = [line for line in self.lines[start:last] if line.strip()]
            is_last = not _LETTER.search("".join(self.lines[end:last]))
            is_short = len(rest) <= LINES_OF_FOOTER and not any(line.endswith(("?", "？")) for line in rest)
            if is_last and is_short and _LETTER.search("".join(self.lines[first:start])):
                return min(start, last)
        return last
