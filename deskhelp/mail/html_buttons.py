"""Links that are drawn as buttons: a text browser gives a line no room, a cell has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from .html_looks import ground, has_words, replace, row_of, set_style, style_of, take_over

GAP: Final = "margin-top: 12px"
TALL_LINE: Final = 28
LINE: Final = 18
LONGEST: Final = 200
_HOLDERS: Final = frozenset({"td", "th", "p", "div", "center", "li", "body"})
_DRESSES: Final = frozenset({"span", "font", "b", "strong", "i", "em"})


def free_anchors(tree: Any) -> None:
    """Links around tables hold them again: the parser has closed each before its table."""
    for anchor in list(tree.iter("a")):
        table = anchor.getnext()
        if table is None or table.tag != "table" or not anchor.get("href") or has_words(anchor.tail):
            continue
        if not len(anchor) and not has_words(anchor.text) and table.find(".//a") is None:
            _hold(anchor, table)


def _hold(anchor: Any, table: Any) -> None:
    if "padding" in (anchor.get("style") or "") and len(words := " ".join(table.text_content().split())) <= LONGEST:
        anchor.text, anchor.tail = words, table.tail
        table.getparent().remove(table)
        return
    for cell in [cell for cell in table.iter("td", "th") if cell.find(".//table") is None]:
        link = cell.makeelement("a", {"href": anchor.get("href")})
        take_over(link, cell)
        cell.text = None
        cell.append(link)
    anchor.getparent().remove(anchor)


def shape_button(anchor: Any) -> None:
    """A link drawn as a button, alone in its cell or line, gives its colour and room to a cell."""
    style = style_of(anchor)
    room = _room(style)
    if not room:
        return
    outermost = _outermost(anchor)
    parent = outermost.getparent()
    if parent is None or not _is_alone(outermost, parent):
        return
    color = style.get("background-color") or ground(outermost)
    behind = ground(parent) if parent.tag in ("td", "th") else ""
    look = _look(style, color, room)
    if not look or not (color or behind or "border" in look):
        return
    kept = {name: value for name, value in style.items() if name not in look and "background" not in name}
    set_style(anchor, {name: value for name, value in kept.items() if name != "line-height"})
    if outermost is not anchor:
        anchor.tail = None
        replace(outermost, anchor)
    if behind and color.lower() in ("", behind.lower()):
        rest = {name: value for name, value in style_of(parent).items() if not name.startswith("padding")}
        set_style(parent, {**rest, **room})
    else:
        _wrap(anchor, parent, look)


def _room(style: Mapping[str, str]) -> dict[str, str]:
    """The padding of a button; some programs make a tall line instead."""
    room = {name: value for name, value in style.items() if name.startswith("padding")}
    if any(value.strip("0px %;") for value in room.values()):
        return room
    found = re.fullmatch(r"(\d{1,3})px", style.get("line-height", ""))
    is_tall = found is not None and int(found[1]) >= TALL_LINE and "block" in style.get("display", "")
    return {"padding": f"{(int(found[1]) - LINE) // 2}px 24px"} if found and is_tall else {}


def _look(style: Mapping[str, str], color: str, room: Mapping[str, str]) -> dict[str, str]:
    """What the cell of a button looks like."""
    look = {"background-color": color} if color else {}
    border = style.get("border", "")
    if border and border.strip()[0] not in "0n" and not color:
        look["border"] = border
    return {**look, **room}


def _outermost(anchor: Any) -> Any:
    """The last of the elements around a link that hold nothing but it, and only say how letters look."""
    while True:
        parent = anchor.getparent()
        if parent is None or parent.tag not in _DRESSES or not _is_only(anchor, parent):
            return anchor
        anchor = parent


def _is_alone(anchor: Any, parent: Any) -> bool:
    return parent.tag in _HOLDERS and _is_only(anchor, parent)


def _is_only(child: Any, parent: Any) -> bool:
    return len(parent) == 1 and not has_words(parent.text) and not has_words(child.tail)


def _wrap(anchor: Any, parent: Any, look: Mapping[str, str]) -> None:
    table, (cell,) = row_of(1)
    set_style(cell, look)
    align = parent.get("align") or style_of(parent).get("text-align", "")
    if align in ("center", "right"):
        table.set("align", align)
    anchor.tail = None
    parent.replace(anchor, table)
    cell.append(anchor)
    if parent.tag == "p":
        table.set("style", GAP)
        parent.tag = "div"  # a table does not stand in a paragraph: the next reader would close it first
