"""HTML as a text browser can draw it: what layouts of mail say with boxes is said with tables, which it knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from lxml import html as lxml_html

from .html_css import ground_of, words

MAX_SHELLS: Final = 12
WIDEST_COLUMN: Final = 1_000
LONGEST_KEPT: Final = 40
GAP: Final = "margin-top: 12px"
_PAPER: Final = frozenset({"white", "#fff", "#ffffff", "transparent", ""})
_SPACED: Final = frozenset({"p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "blockquote"})
_LINES: Final = frozenset({"div", "p", "li", "td", "th", "blockquote", "h1", "h2", "h3", "h4", "center", "body"})
_EMPTY_BLOCKS: Final = frozenset({"div", "p", "center", "span", "font", "b", "i", "u", "a", "strong", "em"})
_BLOCKS: Final = words(
    "address article aside blockquote center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre"
    " section table ul"
)
_HOLDS: Final = ("img", "hr", "table")


@lru_cache(maxsize=4_000)
def declared(style: str) -> dict[str, str]:
    """The declarations of a style by name; ``background`` counts as its colour."""
    found = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip()
    if "background" in found:
        found.setdefault("background-color", ground_of(found["background"]))
    return found


def style_of(element: Any) -> dict[str, str]:
    return declared(element.get("style") or "")


def ground(element: Any) -> str:
    """The colour behind an element, "" for none."""
    return style_of(element).get("background-color", "") or element.get("bgcolor") or ""


def shape(tree: Any) -> None:
    """Shape the whole of a page; its shells give their colour to the body."""
    for parent in list(tree.iter("body", "div", "td", "th", "center", "blockquote", "li")):
        if len(parent):
            _wrap_runs(parent)
    _shape_breaks(tree)
    body = tree if tree.tag in ("body", "div") else tree.find(".//body")
    if body is not None:
        trim_end(body)
        _unshell(body)
    for anchor in list(tree.iter("a")):
        _shape_button(anchor)
    for box in list(tree.iter("div", "section", "article", "header", "footer", "main")):
        _shape_box(box)
    for cell in tree.iter("td", "th"):
        _shape_cell(cell)
    for table in list(tree.iter("table")):
        _shape_table(table)
        _shape_gap(table)
    for part in tree.iter("tr", "tbody", "thead"):
        if (color := ground(part)) and part.get("bgcolor") is None:
            part.set("bgcolor", color)


# -- lines -----------------------------------------------------------------------------------------


def _shape_breaks(tree: Any) -> None:
    """A break at the end of a block is no line of its own; alone in its block it is the line."""
    for line in list(tree.iter("br")):
        block = line.getparent()
        if block is None or block.tag not in _LINES or line.getnext() is not None or (line.tail or "").strip():
            continue
        before = line.getprevious()
        said = block.text if before is None else before.tail
        if before is None and not (said or "").strip():
            block.text = "\xa0"
        elif before is not None and before.tag == "br" and not (said or "").strip():
            before.tail = "\xa0"
        line.drop_tree()


def _wrap_runs(parent: Any) -> None:
    """What follows a block in the same parent is a block too; the text browser would write it into the one before."""
    run: list[Any] = []
    after: Any = None
    for child in [*parent, None]:
        if child is not None and child.tag not in _BLOCKS:
            run.append(child)
            continue
        if after is not None and (_words(after.tail) or any(item.tag in ("br", "img") or _says(item) for item in run)):
            _wrap_run(after, run)
        run, after = [], child


def _says(element: Any) -> bool:
    return _words(element.text_content()) or _words(element.tail) or element.find(".//img") is not None


def _wrap_run(after: Any, run: list[Any]) -> None:
    line = lxml_html.Element("div")
    line.text, after.tail = after.tail, None
    after.addnext(line)
    line.extend(run)


def trim_end(body: Any) -> None:
    """Take off the empty lines at the end, where the history was cut."""
    element = body
    while len(element) and not _words(element[-1].tail):
        last = element[-1]
        if last.tag == "br" or _is_empty(last):
            element.remove(last)
        elif last.tag in _EMPTY_BLOCKS:
            element = last
        else:
            return


def _is_empty(element: Any) -> bool:
    if element.tag not in _EMPTY_BLOCKS or any(element.find(f".//{tag}") is not None for tag in _HOLDS):
        return False
    return not _words(element.text_content())


def _words(text: str | None) -> bool:
    return bool(text and text.strip(" \t\r\n\xa0\u200b\ufeff"))


# -- boxes -----------------------------------------------------------------------------------------


def _unshell(body: Any) -> None:
    """Wrappers around everything are unwrapped: each table less is laid out in half the time."""
    color = ground(body)
    letters = style_of(body).get("color") or body.get("text") or ""
    for _ in range(MAX_SHELLS):
        shell = _only_child(body)
        if shell is None:
            break
        cell = _only_cell(shell) if shell.tag == "table" else shell
        if cell is None or _is_column(shell):
            break
        color = ground(cell) or ground(shell) or color
        letters = style_of(cell).get("color") or style_of(shell).get("color") or letters
        _replace(body, cell)
    for name, value in (("data-ground", color), ("data-letters", letters)):
        if value and value.lower() not in _PAPER:
            body.set(name, value)


def _only_child(body: Any) -> Any | None:
    """The wrapper that holds all there is, None where something stands beside it."""
    if len(body) != 1 or _words(body.text) or _words(body[0].tail):
        return None
    return body[0] if body[0].tag in ("div", "center", "table", "section", "main") else None


def _only_cell(table: Any) -> Any | None:
    cells = [cell for cell in table.iter("td", "th") if _table_of(cell) is table]
    return cells[0] if len(cells) == 1 else None


def _table_of(cell: Any) -> Any | None:
    return next(cell.iterancestors("table"), None)


def _is_column(element: Any) -> bool:
    """Whether an element has a width of its own: it is the page, not what the page lies on."""
    return _column_width(element) > 0 and element.tag != "center"


def _column_width(element: Any) -> int:
    style = style_of(element)
    texts = (style.get("max-width"), style.get("width"), element.get("width"))
    sizes = [int(found[1]) for text in texts if text and (found := re.fullmatch(r"\s*(\d{1,4})(?:px)?\s*", text))]
    return min((size for size in sizes if size), default=0)


def _replace(body: Any, cell: Any) -> None:
    """Put what stands in a cell in place of the table around it, in the middle if it was there."""
    holder = body
    (old,) = body
    align = (cell.get("align") or style_of(cell).get("text-align") or "").lower()
    if cell.tag == "center" or align == "center":
        holder = lxml_html.Element("center")
    text, children = cell.text, list(cell)
    body.remove(old)
    if holder is not body:
        inner = list(holder)
        assert not inner
    holder.text = text
    for child in children:
        holder.append(child)
    if holder is not body:
        if len(holder) == 1 and holder[0].tag == "center" and not _words(holder.text):
            holder = holder[0]
        body.append(holder)


def _shape_box(box: Any) -> None:
    """A box with a ground becomes a table of one cell, a column in the middle of the page one of that width."""
    color, width = ground(box), _column_width(box)
    is_middle = 0 < width <= WIDEST_COLUMN and _is_in_middle(box)
    tables = [child for child in box if child.tag == "table"]
    if tables and len(tables) == len(box) and not _words(box.text):
        for table in tables:  # the box and its tables are one thing twice: the inner ones are drawn
            _dress(table, color, width if is_middle else 0)
        box.attrib.pop("style", None)
        return
    if (color and color.lower() not in _PAPER) or (is_middle and _next_table_depth(box) == 0):
        _box_as_table(box, color, width if is_middle else 0)


def _is_in_middle(box: Any) -> bool:
    return "auto" in style_of(box).get("margin", "") or style_of(box).get("margin-left") == "auto"


def _next_table_depth(box: Any) -> int:
    return sum(1 for _ in box.iterancestors("table"))


def _dress(table: Any, color: str, width: int) -> None:
    if color and not ground(table):
        table.set("bgcolor", color)
    if width:
        _set_column(table, width)


def _set_column(table: Any, width: int) -> None:
    table.set("width", str(width))
    table.set("align", "center")
    _set_style(table, {name: value for name, value in style_of(table).items() if name not in ("width", "max-width")})


def _box_as_table(box: Any, color: str, width: int) -> None:
    table, row, cell = (lxml_html.Element(tag) for tag in ("table", "tr", "td"))
    table.append(row)
    row.append(cell)
    table.attrib.update({"cellspacing": "0", "cellpadding": "0", "width": "100%"})
    kept = {name: value for name, value in style_of(box).items() if not name.startswith(("margin", "max-", "width"))}
    _set_style(cell, kept)
    if color and "background-color" not in kept:
        cell.set("bgcolor", color)
    if box.get("align"):
        cell.set("align", box.get("align"))
    if width:
        _set_column(table, width)
    _take_over(cell, box)
    table.tail, box.tail = box.tail, None
    box.getparent().replace(box, table)


def _take_over(holder: Any, old: Any) -> None:
    holder.text = old.text
    for child in list(old):
        holder.append(child)


def _shape_table(table: Any) -> None:
    """What a style says of a table counts as an attribute only; lines of its cells are not drawn twice."""
    style = style_of(table)
    if (color := style.get("background-color")) and not table.get("bgcolor"):
        table.set("bgcolor", color)
    if (found := re.fullmatch(r"(\d{1,4})(px|%)", style.get("width", ""))) and not table.get("width"):
        table.set("width", found[1] + found[2].replace("px", ""))
    has_lines = any(
        name.startswith("border") and name != "border-collapse" for cell in _cells(table) for name in style_of(cell)
    )
    if has_lines or style.get("border", "").startswith(("none", "0")):
        table.attrib.pop("border", None)
    if "border-collapse" in style and (ground(table) or not (has_lines or table.get("border"))):
        _set_style(table, {name: value for name, value in style.items() if name != "border-collapse"})


def _set_style(element: Any, style: Mapping[str, str]) -> None:
    element.set("style", "; ".join(f"{name}: {value}" for name, value in style.items()))


def _cells(table: Any) -> Iterator[Any]:
    """The first cells of a table, by which the others are judged."""
    return islice(table.iter("td", "th"), 4)


def _shape_cell(cell: Any) -> None:
    """A sentence that may not be broken makes its table wider than the pane; a number or a date does not."""
    is_kept = cell.get("nowrap") is not None or "nowrap" in (cell.get("style") or "")
    if is_kept and len(cell.text_content()) > LONGEST_KEPT:
        cell.attrib.pop("nowrap", None)
        _set_style(cell, {name: value for name, value in style_of(cell).items() if name != "white-space"})


def _shape_gap(table: Any) -> None:
    """The space below a paragraph is lost before a table; so the table has it above."""
    before = table.getprevious()
    is_apart = before is not None and before.tag in _SPACED and not _words(before.tail)
    if is_apart and style_of(before).get("margin", "")[:1] != "0" and "margin" not in (table.get("style") or ""):
        table.set("style", f"{table.get('style') or ''}; {GAP}".lstrip("; "))


# -- buttons ---------------------------------------------------------------------------------------


def _shape_button(anchor: Any) -> None:
    """A link drawn as a button, alone in its cell or line, gives its colour and room to a cell."""
    style = style_of(anchor)
    color = style.get("background-color", "")
    if not color or "padding" not in " ".join(style) or not _is_alone(anchor):
        return
    room = {name: value for name, value in style.items() if name.startswith("padding")}
    kept = {name: value for name, value in style.items() if name not in room and "background" not in name}
    _set_style(anchor, kept)
    parent = anchor.getparent()
    look = "; ".join(f"{name}: {value}" for name, value in {"background-color": color, **room}.items())
    if parent.tag in ("td", "th") and len(list(_cells_of_row(parent))) == 1 and ground(parent):
        parent.set("style", look)
    else:
        _wrap_button(anchor, parent, look)


def _is_alone(anchor: Any) -> bool:
    parent = anchor.getparent()
    if parent is None or parent.tag not in ("td", "th", "p", "div", "center", "li", "body"):
        return False
    return len(parent) == 1 and not _words(parent.text) and not _words(anchor.tail)


def _cells_of_row(cell: Any) -> Iterator[Any]:
    return (child for child in cell.getparent() if child.tag in ("td", "th"))


def _wrap_button(anchor: Any, parent: Any, look: str) -> None:
    table, row, cell = (lxml_html.Element(tag) for tag in ("table", "tr", "td"))
    table.append(row)
    row.append(cell)
    table.attrib.update({"cellspacing": "0", "cellpadding": "0"})
    cell.set("style", look)
    align = parent.get("align") or style_of(parent).get("text-align", "")
    if align in ("center", "right"):
        table.set("align", align)
    anchor.tail = None
    parent.replace(anchor, table)
    cell.append(anchor)
    if parent.tag == "p":
        table.set("style", GAP)
        parent.tag = "div"  # a table does not stand in a paragraph: the next reader would close it first
