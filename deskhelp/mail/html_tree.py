"""The tree of an HTML mail: what is never shown goes, and what would freeze a window is taken apart."""

from __future__ import annotations

import re
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
# What showing costs, in microseconds of a slow office computer (measured with Qt 6.11).
CELL_COST, BLOCK_COST, INLINE_COST, LETTER_COST = 50.0, 60.0, 25.0, 1.2
TABLES_COST: Final = 200_000.0
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
_DROPPED: Final = words(
    """
    applet audio base basefont bgsound canvas datalist embed frame frameset head iframe link math meta noembed noframes
    object script style svg template title video xml
    """
)


def parsed(html: str) -> Any:
    """The tree, or None where there is nothing in it."""
    # Endless nesting must not lose the text inside: the limit of the parser is lifted, ours comes after.
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        text = html.encode("utf-8", "replace").replace(b"\x00", b"")
        return lxml_html.document_fromstring(text, parser=parser) if text.strip() else None
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def bounded_source(html: str) -> str:
    """As much of the source as is read at all: cut between two tags where it is endless."""
    html = html[:MAX_HTML]
    if html.count("<") <= MAX_TAGS:
        return html
    places = re.finditer("<", html)
    return html[: next(place.start() for count, place in enumerate(places) if count == MAX_TAGS)]


def drop_hidden(tree: Any) -> None:
    """Take out what is never shown, and what only other programs understand (its text stays where it is text)."""
    for element in list(tree.iter()):
        parent = element.getparent()
        if parent is None or not isinstance(element.tag, str):
            continue
        name = element.tag.lower()
        if name in _DROPPED or name.startswith("v:") or _is_unseen(element):
            element.drop_tree()
        elif ":" in name:
            element.drop_tag()


def _is_unseen(element: Any) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if not style:
        return False
    return is_hidden(style) or (is_tiny(style) and element.tag != "img" and not _has_sized(element))


def _has_sized(element: Any) -> bool:
    """Whether something in it has a size of its own, or is no text at all."""
    return any(
        child.tag in ("img", "font") or "font" in (child.get("style") or "") for child in element.iterdescendants()
    )


def flatten(tree: Any) -> bool:
    """Bound nesting, tables, spans and the whole; True where something had to be cut off at the end."""
    _flatten_depth(tree)
    cells = _cells(tree)
    fitting = (depth for depth in range(MAX_TABLE_DEPTH, 1, -1) if _tables_cost(cells, depth) <= TABLES_COST)
    deepest = next(fitting, 1)  # an endless plain table keeps its columns, and is cut
    for part, depth in _table_parts(tree):
        if depth > deepest:
            _unmake(part)
        elif part.tag in ("td", "th"):
            _bound_spans(part)
    return _cut(tree)


def _flatten_depth(tree: Any) -> None:
    """Nesting beyond what people write costs a stack, or leaves a column one letter wide."""
    level = indents = 0
    doomed = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        step = 1 if event == "start" else -1
        is_indent = element.tag in _INDENTS
        level += step
        indents += step * is_indent
        if event == "start" and (level > MAX_DEPTH or (is_indent and indents > MAX_INDENTS)):
            doomed.append(element)
    for element in doomed:
        if element.tag in _TABLE_PARTS:
            _unmake(element)
        if element.getparent() is not None:
            element.drop_tag()


def _table_parts(tree: Any) -> list[tuple[Any, int]]:
    """Each table and part of one, with the number of tables it stands in (itself counted)."""
    depth, found = 0, []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag == "table":
            depth += 1 if event == "start" else -1
        if event == "start" and element.tag in _TABLE_PARTS:
            found.append((element, depth))
    return found


def _cells(tree: Any) -> dict[int, int]:
    """How many cells there are at each depth."""
    counts: dict[int, int] = {}
    for part, depth in _table_parts(tree):
        if part.tag in ("td", "th", "table"):
            counts[depth] = counts.get(depth, 0) + 1
    return counts


def _tables_cost(cells: dict[int, int], deepest: int) -> float:
    """Each table lays out those in it twice: once for their widths, once for good."""
    return sum(CELL_COST * count * (1 << depth) for depth, count in cells.items() if depth <= deepest)


def _unmake(part: Any) -> None:
    """A part of a table as ordinary text: cells stand below each other."""
    if part.tag in ("col", "colgroup"):
        part.drop_tree()
        return
    part.tag = "div"
    for name in ("width", "height", "border", "cellpadding", "cellspacing", "colspan", "rowspan"):
        part.attrib.pop(name, None)


def _bound_spans(cell: Any) -> None:
    for name in ("colspan", "rowspan"):
        value = cell.get(name)
        if value is not None and not (value.strip().isdecimal() and 0 < int(value.strip()[:9]) <= MAX_SPAN):
            cell.attrib.pop(name)


def _cut(tree: Any) -> bool:
    """Cut off what stands beyond the cost that a window can bear."""
    cost, is_over, doomed = 0.0, False, []
    for element in tree.iter():
        if is_over:
            doomed.append(element)
            continue
        cost += _own_cost(element)
        room = max(0, int((WHOLE_COST - cost) / LETTER_COST))
        text, tail = element.text or "", element.tail or ""
        cost += LETTER_COST * (len(text) + len(tail))
        if cost > WHOLE_COST:
            is_over = True
            element.text = text if len(text) <= room else text[:room].rstrip() + CUT
            element.tail = tail[: room - len(text)].rstrip() + CUT if len(text) <= room else None
    for element in doomed:
        if element.getparent() is not None:
            element.getparent().remove(element)
    return is_over


def _own_cost(element: Any) -> float:
    if element.tag in ("table", "td", "th"):
        return 2 * CELL_COST
    return BLOCK_COST if element.tag in _BLOCKS else INLINE_COST
