"""The tree of an HTML mail: what is never shown goes, and what would freeze a window is taken apart."""

from __future__ import annotations

import re
import sys
from html import unescape
from itertools import islice
from typing import Any, Final

from lxml import etree
from lxml import html as lxml_html

from .html_css import is_hidden, is_tiny, words

MAX_HTML: Final = 1_000_000
MAX_TAGS: Final = 40_000
MAX_TABLE_DEPTH: Final = 6
MAX_DEPTH: Final = 64
MAX_INDENTS: Final = 10
MAX_SPAN: Final = 60
MAX_SPANNED: Final = 1_500
MAX_FILLED: Final = 2_000
COLUMNS: Final = 50.0
# What showing costs, in microseconds of a slow office computer (measured with Qt 6.11).
CELL_COST, BLOCK_COST, INLINE_COST, LETTER_COST, LOOK_COST = 80.0, 60.0, 25.0, 1.2, 150.0
BLOCK_AGAIN, INLINE_AGAIN, LETTER_AGAIN = 30.0, 10.0, 0.3
TABLES_COST: Final = 400_000.0
WHOLE_COST: Final = 350_000.0
CUT: Final = " […]"
_TABLE_PARTS: Final = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"})
_INDENTS: Final = frozenset({"blockquote", "ul", "ol", "dl", "dd"})
_BLOCKS: Final = words(
    """
    address article aside blockquote br caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header
    hr li main nav ol p pre section table td th tr ul
    """
)
_ENDLESS_TAG: Final = re.compile(r"<([a-zA-Z][\w:]{0,20})[^<>]{10000,}>")
_UNFIT: Final = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0)]
)
_UNFIT_SIGN: Final = re.compile("[" + "".join(re.escape(chr(sign)) for sign in _UNFIT) + "]")
_FILLERS: Final = re.compile(
    r"(?:[\s\xa0]{0,9}[\u034f\u00ad\u2007\u200b-\u200f\u2060-\u2064\ufeff\u180e\u115f]){5,}[\s\xa0]{0,9}"
)
_NUMBER: Final = re.compile(r"&#([xX][0-9a-fA-F]{1,60}|[0-9]{1,60});?")
_DROPPED: Final = words(
    """
    applet audio base basefont bgsound canvas datalist embed frame frameset head iframe image link math meta noembed
    noframes object script style svg template title video xml
    """
)


def parsed(html: str) -> Any:
    """The tree, or None where there is nothing in it."""
    # Endless nesting must not lose the text inside: the limit of the parser is raised, ours comes after.
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        text = _fit(html).encode("utf-8", "replace")
        tree = lxml_html.document_fromstring(text, parser=parser) if text.strip() else None
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    is_torn = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return _text_alone(html) if is_torn else tree


def _fit(html: str) -> str:
    """The source without the signs that a tree cannot hold, written plainly or as numbers."""
    fit = html.translate(_UNFIT) if _UNFIT_SIGN.search(html) else html
    return _NUMBER.sub(_fit_number, fit) if "&#" in fit else fit


def _fit_number(found: re.Match[str]) -> str:
    digits = found[1]
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return " " if number in _UNFIT or number == 0 or number > sys.maxunicode else found[0]


def _text_alone(html: str) -> Any:
    """What is said between the tags, where these stand in each other without end."""
    page = lxml_html.Element("div")
    page.text = unescape(re.sub(r"<[^<>]*>", " ", html)).translate(_UNFIT)
    return page


def bounded_source(html: str) -> str:
    """As much of the source as is read at all: cut between two tags where it is endless, endless tags bared."""
    html = _ENDLESS_TAG.sub(r"<\1>", html[:MAX_HTML])
    if html.count("<") <= MAX_TAGS:
        return html
    places = re.finditer("<", html)
    return html[: next(place.start() for count, place in enumerate(places) if count == MAX_TAGS)]


def drop_fillers(tree: Any) -> None:
    """Take out rows of signs that nobody sees: they keep the list of a mail program from showing what comes next."""
    for element in tree.iter():
        if element.text and not element.text.isascii():
            element.text = _FILLERS.sub(" ", element.text)
        if element.tail and not element.tail.isascii():
            element.tail = _FILLERS.sub(" ", element.tail)


def drop_hidden(tree: Any) -> None:
    """Take out what is never shown, and what only other programs understand (its text stays where it is text)."""
    for element in list(tree.iter()):
        parent = element.getparent()
        if parent is None or not isinstance(element.tag, str):
            continue
        name = element.tag.lower()
        if name == "input":
            _as_sign(element)
        if name in _DROPPED or name.startswith("v:") or _is_unseen(element):
            element.drop_tree()
        elif ":" in name:
            element.tag = "span"


def _as_words(element: Any) -> None:
    """What another program would do with an element is not known: its words stay."""
    if len(element) or element.text or element.tail:
        element.tag = "span"
        element.attrib.clear()
    else:
        element.getparent().remove(element)


def _as_sign(box: Any) -> None:
    """A box to be ticked as the sign that it is; other fields of forms are nothing without their form."""
    if (box.get("type") or "").lower() in ("checkbox", "radio"):
        box.tag, box.text = "span", "\u2611" if box.get("checked") is not None else "\u2610"


def _is_unseen(element: Any) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if not style:
        return False
    if is_hidden(style):
        return True
    is_rule = "border-" in style and not element.text_content().strip()
    return is_tiny(style) and element.tag != "img" and not is_rule and not _has_sized(element)


def _has_sized(element: Any) -> bool:
    """Whether something in it has a size of its own, or is no text at all."""
    return any(
        child.tag in ("img", "font") or "font" in (child.get("style") or "") for child in element.iterdescendants()
    )


def flatten(tree: Any) -> bool:
    """Bound nesting, tables, spans and the whole; True where something had to be cut off at the end."""
    flatten_depth(tree)
    return fit(tree)


def fit(tree: Any) -> bool:
    """Bound the tables, spans and the whole of a tree whose nesting is bounded; what comes back is as of `flatten`."""
    parts, costs = _measured(tree)
    fitting = (depth for depth in range(MAX_TABLE_DEPTH, 1, -1) if _layout_cost(costs, depth) <= TABLES_COST)
    deepest = next(fitting, 1)  # an endless plain table keeps its columns, and is cut
    for part, depth in parts:
        if depth > deepest:
            _unmake(part)
    _bound_spans(tree)
    _bound_grids(tree)
    return _cut(tree)


def flatten_depth(tree: Any) -> None:
    """Nesting beyond what people write costs a stack, or leaves a column one letter wide."""
    level = indents = 0
    deepest = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        step = 1 if event == "start" else -1
        is_indent = element.tag in _INDENTS
        level += step
        indents += step * is_indent
        if event == "start" and is_indent and indents > MAX_INDENTS:
            element.tag = "div"
            indents -= 1  # its end is that of a div
        if event == "start" and level == MAX_DEPTH and len(element):
            deepest.append(element)
    for element in deepest:
        for code in element.iter("script", "style"):
            code.text = None
        element.text = "".join(element.itertext())
        del element[:]


def _measured(tree: Any) -> tuple[list[tuple[Any, int]], list[float]]:
    """Each table and part of one with the number of tables it stands in (itself counted), and what a layout of the
    elements at each such depth costs."""
    depth, parts, costs = 0, [], [0.0]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag == "table":
            depth += 1 if event == "start" else -1
        if event == "end":
            continue
        if element.tag in _TABLE_PARTS:
            parts.append((element, depth))
        while len(costs) <= depth:
            costs.append(0.0)
        costs[depth] += _relayout_cost(element)
    return parts, costs


def _relayout_cost(element: Any) -> float:
    letters = len(element.text or "") + len(element.tail or "")
    return (BLOCK_AGAIN if element.tag in _BLOCKS else INLINE_AGAIN) + LETTER_AGAIN * letters


def _layout_cost(costs: list[float], deepest: int) -> float:
    """Each table lays out what stands in it twice: once for the widths, once for good."""
    return sum(cost * (1 << min(depth, deepest)) for depth, cost in enumerate(costs))


def _unmake(part: Any) -> None:
    """A part of a table as ordinary text: cells stand below each other."""
    if part.tag in ("col", "colgroup"):
        part.drop_tree()
        return
    part.tag = "div"
    for name in ("width", "height", "border", "cellpadding", "cellspacing", "colspan", "rowspan"):
        part.attrib.pop(name, None)


def _bound_spans(tree: Any) -> None:
    """Cells over many rows and columns are laid out once for each place they cover."""
    covered = 0
    for cell in tree.iter("td", "th"):
        if "colspan" in cell.attrib or "rowspan" in cell.attrib:
            area = _span(cell, "colspan") * _span(cell, "rowspan")
            covered += area
            if not 0 < area <= MAX_SPANNED or covered > MAX_SPANNED:
                cell.attrib.pop("colspan", None)
                cell.attrib.pop("rowspan", None)


def _bound_grids(tree: Any) -> None:
    """Short rows are filled up with cells to the width of the widest: tables made of such are taken apart."""
    grids: list[_Grid] = []
    filled, doomed = 0, []
    for event, element in etree.iterwalk(tree, events=("start", "end"), tag=("table", "tr", "td", "th")):
        if event == "start" and element.tag == "table":
            grids.append(_Grid())
        elif event == "start" and grids:
            grids[-1].take(element)
        elif event == "end" and element.tag == "table":
            filled += (missing := grids.pop().missing)
            if filled > MAX_FILLED:
                doomed.append(element)
                filled -= missing
    for table in doomed:
        for part in list(table.iter(*_TABLE_PARTS)):
            _unmake(part)


class _Grid:
    """The rows of a table, its places that are taken, and how wide it is."""

    def __init__(self) -> None:
        self.rows = self.taken = self.widest = self._in_row = 0

    def take(self, part: Any) -> None:
        if part.tag == "tr":
            self.rows, self._in_row = self.rows + 1, 0
            return
        wide = _span(part, "colspan") or 1
        self._in_row += wide
        self.taken += wide * (_span(part, "rowspan") or 1)
        self.widest = max(self.widest, self._in_row)

    @property
    def missing(self) -> int:
        """How many places are filled up with empty cells."""
        return max(0, self.rows * self.widest - self.taken)


def _span(cell: Any, name: str) -> int:
    """A span as a number, 0 for one that is none or absurd."""
    value = (cell.get(name) or "1").strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 4 and int(value) <= MAX_SPAN else 0


def _cut(tree: Any) -> bool:
    """Cut off what stands beyond the cost that a window can bear."""
    cost, is_over, doomed = 0.0, False, []
    looks: set[tuple[str | None, ...]] = set()
    for element in tree.iter():
        if is_over:
            doomed.append(element)
            continue
        cost += _own_cost(element)
        look = (element.get("style"), element.get("color"), element.get("bgcolor"), element.get("face"))
        if look not in looks:
            looks.add(look)
            cost += LOOK_COST
        text, tail = element.text or "", element.tail or ""
        letters = len(text) + len(tail)
        weight = letters + 2 * (_entities(text) + _entities(tail))  # each is written and read as a name
        room = max(0, int((WHOLE_COST - cost) / LETTER_COST * letters / max(1, weight)))
        cost += LETTER_COST * weight
        if cost > WHOLE_COST:
            is_over = True
            element.text = text if len(text) <= room else text[:room].rstrip() + CUT
            element.tail = tail[: room - len(text)].rstrip() + CUT if len(text) <= room else None
    for element in doomed:
        if element.getparent() is not None:
            element.getparent().remove(element)
    return is_over


def _entities(text: str) -> int:
    return text.count("&") + text.count("\xa0")


def _own_cost(element: Any) -> float:
    if element.tag in ("td", "th"):  # each column more makes its whole row dearer
        return 2 * CELL_COST * (1 + _places_before(element) / COLUMNS)
    if element.tag == "table":
        return 2 * CELL_COST
    return BLOCK_COST if element.tag in _BLOCKS else INLINE_COST


def _places_before(cell: Any) -> int:
    """How many cells stand before one in its row; as far as it matters."""
    return sum(1 for _ in islice(cell.itersiblings(preceding=True), 500))
