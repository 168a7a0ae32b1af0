"""HTML as a text browser can draw it: what layouts of mail say with boxes is said with tables, which it knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import Any, Final

from lxml import html as lxml_html

from .html_buttons import GAP, shape_button
from .html_css import ground_of, words
from .html_looks import ground, has_words, replace, row_of, says, set_style, style_of, take_over
from .html_rows import shape_rows, width_of

MAX_SHELLS: Final = 12
WIDEST_COLUMN: Final = 1_000
LONGEST_KEPT: Final = 40
_PAPER: Final = frozenset({"white", "#fff", "#ffffff", "transparent", ""})
_SPACED: Final = frozenset({"p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "blockquote"})
_LINES: Final = frozenset({"div", "p", "li", "td", "th", "blockquote", "h1", "h2", "h3", "h4", "center", "body"})
_EMPTY_BLOCKS: Final = frozenset({"div", "p", "center", "span", "font", "b", "i", "u", "a", "strong", "em"})
_BLOCKS: Final = words(
    "address article aside blockquote center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre"
    " section table ul"
)
_STROKES: Final = re.compile(r"\b(?:dotted|dashed|solid|double|groove|ridge|inset|outset|hidden|thin|medium|thick)\b")
_HOLDS: Final = ("img", "hr", "table")


def shape(tree: Any) -> None:
    """Shape the whole of a page; its shells give their colour to the body."""
    shape_rows(tree)
    for rows in list(tree.iter("ul", "ol")):
        _shape_list(rows)
    for line in list(tree.iter("p", "div")):
        _shape_rule(line)
    for heading in list(tree.iter("h1", "h2", "h3", "h4", "h5", "h6")):
        _shape_heading(heading)
    for parent in list(tree.iter("body", "div", "td", "th", "center", "blockquote", "li")):
        if len(parent):
            _wrap_runs(parent)
    _shape_breaks(tree)
    body = tree if tree.tag in ("body", "div") else tree.find(".//body")
    if body is not None:
        trim_end(body)
        _unshell(body)
    for anchor in list(tree.iter("a")):
        shape_button(anchor)
    for box in list(tree.iter("div", "section", "article", "header", "footer", "main")):
        _shape_box(box)
    for cell in tree.iter("td", "th"):
        _shape_cell(cell)
    for run in tree.iter("div", "p", "span", "a", "font", "b", "strong"):
        if "nowrap" in (run.get("style") or ""):
            _shape_run(run)
    for table in list(tree.iter("table")):
        _shape_table(table)
        _shape_gap(table)
    for part in tree.iter("tr", "tbody", "thead"):
        if (color := ground(part)) and part.get("bgcolor") is None:
            part.set("bgcolor", color)


# -- lines -----------------------------------------------------------------------------------------


def _shape_breaks(tree: Any) -> None:
    """A break at the end of a block, or before one, is no line of its own; alone there it is the line."""
    for line in list(tree.iter("br")):
        block = line.getparent()
        after = line.getnext()
        is_last = block is not None and (block.tag in _LINES if after is None else after.tag in _BLOCKS)
        if not is_last or (line.tail or "").strip():
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
        if after is not None and (
            has_words(after.tail) or any(item.tag in ("br", "img") or says(item) for item in run)
        ):
            _wrap_run(after, run)
        run, after = [], child


def _wrap_run(after: Any, run: list[Any]) -> None:
    line = lxml_html.Element("div")
    line.text, after.tail = after.tail, None
    after.addnext(line)
    line.extend(run)


def trim_end(body: Any) -> None:
    """Take off the empty lines at the end, and the rule across the page, where the history was cut."""
    element = body
    while (last := next(element.iterchildren(reversed=True), None)) is not None and not has_words(last.tail):
        if last.tag in ("br", "hr") or _is_empty(last):
            element.remove(last)
        elif last.tag in _EMPTY_BLOCKS:
            element = last
        else:
            return


def _is_empty(element: Any) -> bool:
    if element.tag not in _EMPTY_BLOCKS or any(element.find(f".//{tag}") is not None for tag in _HOLDS):
        return False
    return not has_words(element.text_content())


def _shape_list(rows: Any) -> None:
    """A list inside another stands close to its line; one without signs is lines."""
    style = style_of(rows)
    if "none" in (style.get("list-style", ""), style.get("list-style-type", "")):
        for item in [item for item in rows if item.tag == "li"]:
            item.tag = "div"
        rows.tag = "div"
    elif (item := rows.getparent()) is not None and item.tag == "li":
        if "margin" not in style:
            set_style(rows, {**style, "margin-top": "0px", "margin-bottom": "0px"})
        _wrap_start(item)


def _wrap_start(item: Any) -> None:
    """What an item says before the list inside it becomes a block: else the end of the whole list is drawn there."""
    run = list(takewhile(lambda child: child.tag not in _BLOCKS, item))
    if has_words(item.text) or any(map(says, run)):
        line = lxml_html.Element("div")
        line.text, item.text = item.text, None
        line.extend(run)
        item.insert(0, line)


def _shape_rule(line: Any) -> None:
    """An empty block with a line above or below is a rule."""
    if len(line) or "border-" not in (line.get("style") or "") or has_words(line.text):
        return
    style = style_of(line)
    border = style.get("border-top") or style.get("border-bottom") or ""
    if border and (color := ground_of(_STROKES.sub(" ", border))):
        line.tag, line.text = "hr", None
        line.set("style", f"background-color: {color}")


def _shape_run(element: Any) -> None:
    """A sentence that may not be broken is broken after all where it would be wider than a pane."""
    style = style_of(element)
    if style.get("white-space") == "nowrap" and len(element.text_content()) > LONGEST_KEPT:
        set_style(element, {name: value for name, value in style.items() if name != "white-space"})


def _shape_heading(heading: Any) -> None:
    """A heading that says its own size has it only as a paragraph."""
    style = style_of(heading)
    if "font-size" in style:
        heading.tag = "p"
        set_style(heading, {"font-weight": "bold", **style})


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
    if len(body) != 1 or has_words(body.text) or has_words(body[0].tail):
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
        if len(holder) == 1 and holder[0].tag == "center" and not has_words(holder.text):
            holder = holder[0]
        body.append(holder)


def _shape_box(box: Any) -> None:
    """A box with a ground becomes a table of one cell, a column in the middle of the page one of that width."""
    color, width = ground(box), _column_width(box)
    is_middle = 0 < width <= WIDEST_COLUMN and _is_in_middle(box)
    tables = [child for child in box if child.tag == "table"]
    if tables and len(tables) == len(box) and not has_words(box.text):
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
    set_style(table, {name: value for name, value in style_of(table).items() if name not in ("width", "max-width")})


def _box_as_table(box: Any, color: str, width: int) -> None:
    table, (cell,) = row_of(1)
    table.set("width", "100%")
    kept = {name: value for name, value in style_of(box).items() if not name.startswith(("margin", "max-", "width"))}
    set_style(cell, kept)
    if color and "background-color" not in kept:
        cell.set("bgcolor", color)
    if box.get("align"):
        cell.set("align", box.get("align"))
    if width:
        _set_column(table, width)
    take_over(cell, box)
    table.tail, box.tail = box.tail, None
    box.getparent().replace(box, table)


def _shape_table(table: Any) -> None:
    """What a style says of a table counts as an attribute only; lines of its cells are not drawn twice."""
    style = style_of(table)
    if (color := style.get("background-color")) and not table.get("bgcolor"):
        table.set("bgcolor", color)
    _give_width(table)
    most = re.fullmatch(r"(\d{3,4})px", style.get("max-width", ""))
    if most and table.get("width", "100%") == "100%" and int(most[1]) <= WIDEST_COLUMN and not _is_in_table(table):
        table.set("width", most[1])
    _hold_width(table)
    if table.get("align") is None and _is_in_middle(table):
        table.set("align", "center")
    has_lines = any(
        name.startswith("border") and name != "border-collapse" for cell in _cells(table) for name in style_of(cell)
    )
    if has_lines or style.get("border", "").startswith(("none", "0")):
        table.attrib.pop("border", None)
    if (
        not has_lines
        and table.get("border") is None
        and (line := style.get("border", "")).strip()[:1] not in ("", "0", "n")
    ):
        _frame(table, line)
        return
    if has_lines and table.get("cellspacing") == "0" and not ground(table) and len(list(_cells(table))) > 1:
        style = {**style, "border-collapse": "collapse"}
        set_style(table, style)
    if "border-collapse" in style and (ground(table) or not (has_lines or table.get("border"))):
        set_style(table, {name: value for name, value in style.items() if name != "border-collapse"})


def _frame(table: Any, line: str) -> None:
    """A table with a line around it, which the text browser would draw around each of its cells."""
    holder, (cell,) = row_of(1)
    set_style(cell, {"border": line})
    for name in ("width", "align"):
        if value := table.attrib.pop(name, ""):
            holder.set(name, value)
    table.set("width", "100%")
    set_style(table, {name: value for name, value in style_of(table).items() if not name.startswith("border")})
    replace(table, holder)
    cell.append(table)


def _give_width(element: Any) -> None:
    """A width that only the style has."""
    size, unit = width_of(element)
    if size and not element.get("width"):
        element.set("width", f"{size}{unit.replace('px', '')}")


def _hold_width(table: Any) -> None:
    """Inside another table a table is as wide as its cells say; one of a single column has them say it."""
    width, unit = width_of(table)
    if unit != "px" or next(table.iterancestors("table"), None) is None:
        return
    rows = [row for part in table for row in (part if part.tag in ("tbody", "thead", "tfoot") else [part])]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows if row.tag == "tr"]
    if cells and all(len(row) < 2 for row in cells):
        for (cell,) in filter(None, cells):
            if cell.get("width", "100%") == "100%":
                cell.set("width", str(width))


def _is_in_table(element: Any) -> bool:
    return any(width_of(table)[1] == "px" for table in element.iterancestors("table"))


def _cells(table: Any) -> Iterator[Any]:
    """The first cells of a table, by which the others are judged."""
    return islice(table.iter("td", "th"), 4)


def _shape_cell(cell: Any) -> None:
    """A sentence that may not be broken makes its table wider than the pane; a number or a date does not."""
    if width_of(cell) != (100, "%"):
        _give_width(cell)
    is_kept = cell.get("nowrap") is not None or "nowrap" in (cell.get("style") or "")
    if is_kept and len(cell.text_content()) > LONGEST_KEPT:
        cell.attrib.pop("nowrap", None)
        set_style(cell, {name: value for name, value in style_of(cell).items() if name != "white-space"})


def _shape_gap(table: Any) -> None:
    """The space below a paragraph is lost before a table; so the table has it above."""
    before = table.getprevious()
    is_apart = before is not None and before.tag in _SPACED and not has_words(before.tail)
    if is_apart and style_of(before).get("margin", "")[:1] != "0" and "margin" not in (table.get("style") or ""):
        table.set("style", f"{table.get('style') or ''}; {GAP}".lstrip("; "))
