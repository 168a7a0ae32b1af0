"""Where the quoted history begins in an HTML mail: by the marks that programs leave, or by what its lines say."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree
from lxml import html as lxml_html

from .quotes import history_at

MAX_LINES: Final = 5_000
_MARKS: Final = (
    "gmail_quote",
    "yahoo_quoted",
    "yahoo-quoted",
    "moz-cite-prefix",
    "divRplyFwdMsg",
    "appendonsend",
    "mail-quote-collapse",
    "OLK_SRC_BODY_SECTION",
    "OutlookMessageHeader",
    "stopSpelling",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "reply-intro",
    "ms-outlook-mobile-reference-message",
    "mail-app-auto-quote",
    "replySplit",
)
_SIGNED: Final = re.compile(r"signature(?!s|[ _-]?(?:request|line))", re.IGNORECASE)
_BLOCKS: Final = frozenset(
    {"address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)
Place = tuple[Any, bool]
"""An element, and whether the text meant is the one behind it."""


def is_history(element: Any) -> bool:
    """Whether a program has marked an element as the beginning of what is quoted."""
    if not element.attrib:
        return False
    marks = f"{element.get('class', '')} {element.get('id', '')}"
    return any(mark in marks for mark in _MARKS)


def is_signature(element: Any) -> bool:
    """Whether a program has marked an element as a signature, or a break as its beginning."""
    if not isinstance(element.tag, str) or not element.attrib:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('name', '')}"
    return bool(_SIGNED.search(names)) or element.get("data-signature-widget") == "container"


class _Lines:
    """The lines of a page as they are shown, each with the place where it begins; quoted ones led by ``>``."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.places: list[Place] = []
        self.marked: int | None = None
        self._pieces: list[str] = []
        self._place: Place | None = None
        self._depth = 0

    def read(self, tree: Any) -> None:
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            if not isinstance(element.tag, str) or len(self.texts) > MAX_LINES:
                continue
            if event == "start":
                self._open(element)
            else:
                self._close(element)
        self._end_line()

    def _open(self, element: Any) -> None:
        if element.tag in _BLOCKS or element.tag == "br":
            self._end_line()
        if self.marked is None and is_history(element):
            self._end_line()
            self.marked = len(self.texts)
        if is_signature(element):
            self._end_line()
            self.texts.append("--")
            self.places.append((element, False))
        self._depth += element.tag == "blockquote"
        self._add(element.text, (element, False))

    def _close(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self._end_line()
        self._depth -= element.tag == "blockquote"
        self._add(element.tail, (element, True))

    def _add(self, text: str | None, place: Place) -> None:
        if text and not text.isspace() and self._place is None:
            self._place = place
        self._pieces.append(text or "")

    def _end_line(self) -> None:
        if self._place is not None:
            self.texts.append(">" * self._depth + " ".join("".join(self._pieces).split()))
            self.places.append(self._place)
        self._pieces, self._place = [], None


def take_history(tree: Any) -> Any | None:
    """Cut the quoted history off a page and return it as a ``div``; None, and nothing cut, if it has none to fold."""
    lines = _Lines()
    lines.read(tree)
    cut = history_at(lines.texts, lines.marked)
    if cut is None or cut >= len(lines.places):
        return None
    quote = lxml_html.Element("div")
    element, is_behind = lines.places[cut]
    if is_behind:
        _move_tail(element, quote)
    else:
        before, parent = element.getprevious(), element.getparent()
        if parent is None:
            return None
        _move(list(element.itersiblings()), quote, first=element)
        element = parent if before is None else before
        if before is None:
            _climb(element, tree, quote)
            return quote
    _move(list(element.itersiblings()), quote)
    _climb(element.getparent(), tree, quote)
    return quote


def _climb(element: Any, tree: Any, quote: Any) -> None:
    """Move what stands behind an element, and behind all that it stands in; what is left empty goes."""
    while element is not None and element is not tree and element.tag != "body":
        parent = element.getparent()
        _move_tail(element, quote)
        _move(list(element.itersiblings()), quote)
        if parent is not None and not element.text_content().strip() and element.find(".//img") is None:
            parent.remove(element)
        element = parent


def _move(siblings: list[Any], quote: Any, first: Any | None = None) -> None:
    for element in siblings if first is None else [first, *siblings]:
        quote.append(element)


def _move_tail(element: Any, quote: Any) -> None:
    text, element.tail = element.tail, None
    if not text:
        return
    if len(quote):
        quote[-1].tail = (quote[-1].tail or "") + text
    else:
        quote.text = (quote.text or "") + text
