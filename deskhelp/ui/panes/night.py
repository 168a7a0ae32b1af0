"""A mail's own colours for a dark page: dark letters become light, white grounds dark, each in its own hue."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtGui import QColor

from deskhelp.ui import theme

_STYLE = re.compile(r"(?P<name>background-color|(?<![-\w])color|border(?:-\w+)*)\s*:\s*(?P<value>[^;\"]+)")
_ATTRIBUTE = re.compile(r"\b(?P<name>bgcolor|color)=\"(?P<value>[^\"]*)\"")
_TAG = re.compile(r"<[^<>]*>")
_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}|rgba?\([^()]*\)|\b[a-zA-Z]{3,20}\b")
READABLE = 4.5
PAPER = 0.985  # lightness of grounds that are the page itself


def darkened(markup: str) -> str:
    """Cleaned markup as it is shown on the dark theme's own ground."""
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(_attribute, _STYLE.sub(_declaration, tag[0])), markup)


def _declaration(found: re.Match[str]) -> str:
    name = found["name"]
    turn = _ground if name == "background-color" else _line if name.startswith("border") else _letters
    return f"{found['name']}: {_COLOR.sub(lambda color: turn(color[0]), found['value'])}"


def _attribute(found: re.Match[str]) -> str:
    turn = _ground if found["name"] == "bgcolor" else _letters
    return f'{found["name"]}="{turn(found["value"])}"'


@lru_cache(maxsize=2_000)
def _ground(text: str) -> str:
    """Light grounds are turned over; what is dark already was meant so."""
    color = _read(text)
    if color is None or color.lightnessF() < 0.35:
        return text
    if color.lightnessF() > PAPER:
        return theme.Tokens(is_dark=True).hex("surface")
    return _turned(color, 0.15 + 0.3 * (1 - color.lightnessF())).name()


@lru_cache(maxsize=2_000)
def _line(text: str) -> str:
    """Lines stay quieter than letters."""
    color = _read(text)
    return text if color is None else _turned(color, 0.25 + 0.2 * (1 - color.lightnessF())).name()


def _turned(color: QColor, lightness: float) -> QColor:
    return QColor.fromHslF(max(0.0, color.hslHueF()), color.hslSaturationF() * 0.6, lightness)


@lru_cache(maxsize=2_000)
def _letters(text: str) -> str:
    """Letters are made lighter until they are read on the darkest ground."""
    color = _read(text)
    if color is None:
        return text
    surface = theme.Tokens(is_dark=True).color("surface")
    hue, saturation, lightness = max(0.0, color.hslHueF()), color.hslSaturationF(), color.lightnessF()
    lightness = max(lightness, 0.9 - 0.7 * lightness)
    color = QColor.fromHslF(hue, saturation, lightness)
    while theme.contrast(color, surface) < READABLE and lightness < 1:
        lightness = min(1.0, lightness + 0.05)
        color = QColor.fromHslF(hue, saturation * 0.9, lightness)
    return color.name()


def _read(text: str) -> QColor | None:
    found = re.match(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)", text)
    color = QColor(*(min(255, int(part)) for part in found.groups())) if found else QColor.fromString(text)
    return color if color.isValid() else None
