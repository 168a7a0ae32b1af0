"""What the styles of elements say, and the pieces from which pages are shaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from lxml import html as lxml_html

from .html_css import ground_of


@lru_cache(maxsize=4_000)
def declared(style: str) -> dict[str, str]:
    """The declarations of a style by name; ``background`` counts as its colour, a gradient as its first one."""
    found = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip()
    if "background" in found:
        found.setdefault("background-color", ground_of(found["background"]))
    if "background-image" in found and (color := ground_of(found["background-image"])):
        found["background-color"] = color
    return found


def style_of(element: Any) -> dict[str, str]:
    """The declarations of an element; not to be changed."""
    return declared(element.get("style") or "")


def set_style(element: Any, style: Mapping[str, str]) -> None:
    """Write a style back; the colour that was found in its ``background`` stands for that."""
    kept = (f"{name}: {value}" for name, value in style.items() if name != "background")
    element.set("style", "; ".join(kept))


def ground(element: Any) -> str:
    """The colour behind an element, "" for none."""
    return style_of(element).get("background-color", "") or element.get("bgcolor") or ""


def has_words(text: str | None) -> bool:
    """Whether a text says anything that is seen."""
    return bool(text and text.strip(" \t\r\n\xa0\u200b\ufeff"))


def says(element: Any) -> bool:
    """Whether something is seen of an element or behind it."""
    return has_words(element.text_content()) or has_words(element.tail) or element.find(".//img") is not None


def row_of(count: int) -> tuple[Any, list[Any]]:
    """A table of one row without lines, and its cells."""
    table, row = lxml_html.Element("table"), lxml_html.Element("tr")
    table.attrib.update({"cellspacing": "0", "cellpadding": "0"})
    table.append(row)
    cells = [lxml_html.Element("td") for _ in range(count)]
    row.extend(cells)
    return table, cells


def take_over(holder: Any, old: Any) -> None:
    """Move what stands in one element to the end of another, empty one."""
    holder.text = old.text
    holder.extend(list(old))


def replace(old: Any, new: Any) -> None:
    """Put an element in the place of another; what stands behind stays."""
    new.tail, old.tail = old.tail, None
    old.getparent().replace(old, new)
