"""What stands side by side without being a table, and how wide the columns of tables are."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, Final

from .html_looks import has_words, replace, row_of, style_of

MOST_ROWS: Final = 1_000
MOST_BESIDE: Final = 6
WIDEST_ROW: Final = 1_000
MOST_COLUMNS: Final = 40
_WIDTH: Final = re.compile(r"\s*(\d{1,4}(?:\.\d+)?)(px|pt|%)?\s*")


def shape_rows(tree: Any) -> None:
    """Floating tables and flexible boxes become rows; columns get the widths that are given apart from their cells."""
    floating = (table for table in tree.iter("table") if _side(table))
    for table in list(islice(floating, MOST_ROWS)):
        if _side(table):  # it still floats, so it stands in no row yet
            _set_beside(table)
    boxes = tree.iter("div", "td", "p", "section", "header", "footer", "li")
    for box in list(islice((box for box in boxes if "flex" in (box.get("style") or "")), MOST_ROWS)):
        _flex(box)
    for table in tree.iter("table"):
        _set_columns(table)


def width_of(element: Any) -> tuple[int, str]:
    """The width of an element and its unit, "px" or "%"; (0, "") where it says none."""
    for text in (element.get("width"), style_of(element).get("width")):
        if text and (found := _WIDTH.fullmatch(text)):
            size = float(found[1]) * (4 / 3 if found[2] == "pt" else 1)
            return round(size), "%" if found[2] == "%" else "px"
    return 0, ""


def _side(table: Any) -> str:
    """On which side a table floats, "" if it does not."""
    side = style_of(table).get("float") or table.get("align") or ""
    return side.lower() if side.lower() in ("left", "right") else ""


def _set_beside(first: Any) -> None:
    """A row in place of tables that float beside each other."""
    run = [first]
    while (after := run[-1].getnext()) is not None and len(run) < MOST_BESIDE:
        if after.tag != "table" or not _side(after) or has_words(run[-1].tail):
            break
        run.append(after)
    widths = [width_of(table) for table in run]
    if len(run) < 2 or sum(size if unit == "px" else 10 * size for size, unit in widths) > WIDEST_ROW:
        return
    row, cells = row_of(len(run))
    row.set("width", "100%")
    row.tail, run[-1].tail = run[-1].tail, None
    first.addprevious(row)
    for cell, table, (size, unit) in zip(cells, run, widths, strict=True):
        cell.set("valign", "top")
        cell.set("align", _side(table))
        if size:
            cell.set("width", f"{size}{unit.replace('px', '')}")
        table.attrib.pop("align", None)
        table.tail = None
        cell.append(table)


def _flex(box: Any) -> None:
    """A row in place of a flexible box whose parts would run into each other or stand below each other."""
    style = style_of(box)
    is_row = style.get("display", "").endswith("flex") and not style.get("flex-direction", "").startswith("column")
    parts = list(box)
    said = [box.text, *(part.tail for part in parts)]
    if not is_row or not 1 < len(parts) <= MOST_BESIDE or any(map(has_words, said)) or style.get("flex-wrap") == "wrap":
        return
    row, cells = row_of(len(parts))
    for cell, part in zip(cells, parts, strict=True):
        part.tail = None
        cell.append(part)
        cell.set("style", "padding-right: 8px")
    if "space-between" in style.get("justify-content", ""):
        row.set("width", "100%")
        cells[-1].set("align", "right")
        cells[-1].attrib.pop("style")
    if box.tag in ("td", "li"):
        box.text = None
        box.append(row)
        return
    if box.tag == "p":
        box.tag = "div"
    holder = box.makeelement(box.tag, dict(box.attrib))
    holder.append(row)
    replace(box, holder)


def _set_columns(table: Any) -> None:
    """The widths of ``col`` in the cells of the first row that has one for each."""
    columns = list(islice(table.iter("col"), MOST_COLUMNS))
    if not columns or not any(width_of(column)[0] for column in columns):
        return
    for row in islice(table.iter("tr"), 20):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) == len(columns):
            for cell, column in zip(cells, columns, strict=True):
                size, unit = width_of(column)
                if size and cell.get("width") is None:
                    cell.set("width", f"{size}{unit.replace('px', '')}")
            return
