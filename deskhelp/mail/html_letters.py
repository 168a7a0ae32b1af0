"""Letters that cannot be seen on their ground: white ones of a dark window, those over pictures that are not shown."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from .html_looks import ground, has_words, set_style, style_of

SEEN: Final = 1.3
"""The contrast (WCAG 2.2) below which letters are as good as their ground; what is only pale is the sender's choice."""
PAGE, INK, LINK, MIDDLE = 1.0, 0.0, 0.1, 0.18
_HEX: Final = re.compile(r"#([0-9a-f]{3,8})", re.IGNORECASE)
_PARTS: Final = re.compile(
    r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*([\d.]{1,6})(%?)\s*)?\)", re.IGNORECASE
)
_NAMES: Final = {
    "white": "#ffffff", "black": "#000000", "snow": "#fffafa", "ivory": "#fffff0", "whitesmoke": "#f5f5f5",
    "ghostwhite": "#f8f8ff", "floralwhite": "#fffaf0", "azure": "#f0ffff", "mintcream": "#f5fffa", "navy": "#000080",
    "windowtext": "#000000", "window": "#ffffff", "transparent": "#0000",
}  # fmt: skip
_SAME: Final = frozenset({"inherit", "initial", "unset", "currentcolor"})
Light = float | None
"""How light a colour is, from 0 to 1 (relative luminance); None where it is not known."""


def show_letters(tree: Any) -> None:
    """Give letters that nobody could see a colour against their ground; those that are also kept from who hears the
    page read out, like the marks of ticket systems, are left out."""
    grounds: list[Light] = [PAGE]
    letters: list[Light] = [INK]
    doomed = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            grounds.pop()
            letters.pop()
            continue
        behind = _ground(element, grounds[-1])
        on = _letters(element, letters[-1], behind)
        if behind is not None and on is not None and _contrast(behind, on) < SEEN and _is_said(element):
            if element.get("aria-hidden") == "true":
                doomed.append(element)
            on = INK if behind > MIDDLE else PAGE
            _write(element, on)
        grounds.append(behind)
        letters.append(on)
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()


def _is_said(element: Any) -> bool:
    """Whether words stand in the element itself."""
    return has_words(element.text) or any(has_words(child.tail) for child in element)


def _ground(element: Any, inherited: Light) -> Light:
    color = ground(element)
    if not color:
        return inherited
    light, alpha = _read(color)
    return light if alpha >= 0.5 else inherited


def _letters(element: Any, inherited: Light, behind: Light) -> Light:
    color = style_of(element).get("color") or element.get("color") or ""
    if not color and element.tag == "body":
        color = element.get("text") or ""
    if not color or color.lower() in _SAME:
        return LINK if element.tag == "a" and element.get("href") else inherited
    light, alpha = _read(color)
    return light if alpha >= 0.1 else behind


def _write(element: Any, light: float) -> None:
    element.attrib.pop("color", None)
    set_style(element, {**style_of(element), "color": "#000000" if light == INK else "#ffffff"})


def _contrast(one: float, other: float) -> float:
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=2_000)
def _read(color: str) -> tuple[Light, float]:
    """How light a colour is and how much of it there is; one that is not known counts as there."""
    color = color.strip().lower()
    color = _NAMES.get(color, color)
    alpha = 1.0
    if found := _HEX.fullmatch(color):
        digits = found[1] if len(found[1]) > 4 else "".join(2 * digit for digit in found[1])
        if len(digits) not in (6, 8):
            return None, 1.0
        parts = [int(digits[at : at + 2], 16) for at in range(0, len(digits), 2)]
        alpha = parts[3] / 255 if len(parts) > 3 else 1.0
    elif found := _PARTS.fullmatch(color):
        parts = [min(255, int(part)) for part in found.groups()[:3]]
        alpha = _share(found[4], found[5])
    else:
        return None, 1.0
    red, green, blue = (_linear(part / 255) for part in parts[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue, alpha


def _share(number: str | None, percent: str | None) -> float:
    try:
        return float(number or "1") / (100 if percent else 1)
    except ValueError:
        return 1.0


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
