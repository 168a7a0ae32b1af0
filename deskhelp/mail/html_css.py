"""Style attributes as they may be shown: known properties, bounded lengths, nothing that loads."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final


def words(text: str) -> frozenset[str]:
    """The words of a text, for lists of names."""
    return frozenset(text.split())


MAX_STYLE: Final = 4_000
MAX_SHEET: Final = 120_000
MAX_SPREAD: Final = 4_000_000
PROPERTIES: Final = words(
    """
    background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width border-collapse
    border-color border-left border-left-color border-left-style border-left-width border-right border-right-color
    border-right-style border-right-width border-style border-top border-top-color border-top-style border-top-width
    border-width color font-family font-size font-style font-weight letter-spacing line-height list-style-type margin
    margin-bottom margin-left margin-right margin-top padding padding-bottom padding-left padding-right padding-top
    text-align text-decoration text-indent text-transform vertical-align white-space width
    """
)
# The largest of each, in pixels; more is no look but a way to make a page of nothing.
_LARGEST: Final = {
    "font-size": 72,
    "letter-spacing": 20,
    "line-height": 100,
    "text-indent": 100,
    "width": 2_000,
    "margin": 80,
    "padding": 80,
    "border": 20,
}
_BORDERS: Final = frozenset({"border", "border-top", "border-right", "border-bottom", "border-left"})
_BORDER_WORD: Final = re.compile(r"(?:rgb|hsl)a?\([^()]*\)|[^\s()]+", re.IGNORECASE)
_BORDER_STYLES: Final = words("none hidden dotted dashed solid double groove ridge inset outset")
_BORDER_WIDTHS: Final = words("thin medium thick initial inherit")
_LEAST: Final = {"letter-spacing": -3, "text-indent": -60}
_PIXELS: Final = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "em": 16.0, "rem": 16.0, "ex": 8.0, "in": 96.0, "cm": 37.8,
                  "mm": 3.78, "vw": 10.0, "vh": 10.0, "%": 0.0, "": 1.0}  # fmt: skip
_LENGTH: Final = re.compile(r"(-?\d*\.?\d+)([a-z]+|%)?(?![\w#.])")
_WHOLE_LENGTH: Final = re.compile(r"-?\d*\.?\d+(?:[a-z]+|%)?")
_PAPER_LENGTH: Final = re.compile(r"(-?\d*\.?\d+)(pt|pc|in|cm|mm)\b", re.IGNORECASE)
_LOADS: Final = re.compile(r"url\s*\(|image|expression|@|\\|/\*|behaviou?r|binding|javascript|var\s*\(", re.IGNORECASE)
_COLOR: Final = re.compile(r"#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^()]*\)|(?<![\w(#-])[a-z]{3,20}(?![\w(-])", re.IGNORECASE)
_NO_COLORS: Final = words(
    """
    none repeat scroll fixed top bottom left right center inherit initial unset auto cover contain local transparent
    no-repeat repeat-x repeat-y important url border-box padding-box content-box linear-gradient to deg revert
    """
)
_HIDDEN: Final = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0?\.?0+\s*(?:!|;|$)"
    r"|max-height\s*:\s*0+(?:px|em|pt)?\s*(?:!|;|$))",
    re.IGNORECASE,
)
_TINY: Final = re.compile(r"(?:^|;)\s*font(?:-size)?\s*:\s*[01](?:\.\d+)?(?:px|pt|em|%)?\s*(?:!|;|$|/)", re.IGNORECASE)


def is_hidden(style: str) -> bool:
    """Whether an element of this style is never shown: the preview lines of newsletters, words for spam filters.

    What only Outlook is not to show (``mso-hide``) is shown by everybody else.
    """
    return bool(_HIDDEN.search(style))


def is_tiny(style: str) -> bool:
    """Whether its own text cannot be seen; what stands in it may have a size (layouts set 0 against gaps)."""
    return bool(_TINY.search(style))


def is_bearable(sheet: str, elements: int) -> bool:
    """Whether writing a style sheet into the elements of a page costs a bounded time and space."""
    longest = max((len(block) for block in re.split(r"[{}]", sheet)), default=0)
    return len(sheet) <= MAX_SHEET and longest * elements <= MAX_SPREAD


@lru_cache(maxsize=4_000)
def cleaned_style(style: str) -> str:
    """The declarations that may stay, each by its own line of the rules above; "" if none may."""
    kept = [_declaration(*part.split(":", 1)) for part in style[:MAX_STYLE].split(";") if ":" in part]
    return "; ".join(part for part in kept if part)


def _declaration(name: str, value: str) -> str:
    name, value = name.strip().lower(), value.replace("!important", "").strip()
    if name == "background":
        name, value = "background-color", ground_of(value)
    if name not in PROPERTIES or not value or _LOADS.search(value) or not value.isprintable():
        return ""
    value = value.replace("windowtext", "#000").replace("WindowText", "#000")
    if name == "font-size" and _TINY.search(f"font-size:{value}"):
        return ""
    if name == "white-space" and value == "pre":
        value = "pre-wrap"  # lines of a log are longer than any pane
    if name in _BORDERS:
        value = _border(value)
    if not value or not _is_bounded(name, value.lower()):
        return ""
    return f"{name}: {value if 'font' in name or 'color' in name else _in_pixels(value)}"


def _in_pixels(value: str) -> str:
    """Lengths of paper as pixels, which is what is understood; a thin line stays a line."""
    return _PAPER_LENGTH.sub(lambda found: f"{_rounded(float(found[1]) * _PIXELS[found[2].lower()])}px", value)


def _rounded(size: float) -> int:
    return max(1, round(size)) if size > 0 else round(size)


def _border(value: str) -> str:
    """Width, style, colour: the only order in which all three are understood."""
    words_of = _BORDER_WORD.findall(value)
    width = next((word for word in words_of if word[0].isdigit() or word[0] == "."), "")
    style = next((word for word in words_of if word.lower() in _BORDER_STYLES), "")
    colors = [word for word in words_of if word not in (width, style) and word.lower() not in _BORDER_WIDTHS]
    return " ".join(
        part for part in (width or ("1px" if style not in ("", "none") else ""), style, *colors[:1]) if part
    )


def ground_of(value: str) -> str:
    """The colour in a ``background``, "" if it has none; of a gradient the first."""
    plain = re.sub(r"url\s*\([^)]*\)?", " ", value, flags=re.IGNORECASE)
    for found in _COLOR.finditer(plain):
        if found[0].lower() not in _NO_COLORS:
            return found[0]
    return ""


def _is_bounded(name: str, value: str) -> bool:
    largest = _LARGEST.get(name) or next((most for key, most in _LARGEST.items() if name.startswith(key)), None)
    if largest is None or "color" in name:
        return len(value) <= 200
    if name == "line-height" and re.fullmatch(r"\d*\.?\d+", value):
        return float(value) <= 4
    if any(not _WHOLE_LENGTH.fullmatch(word) for word in value.split() if word[0] in "+-.0123456789"):
        return False
    return (
        all(_is_length(name, number, unit or "", largest) for number, unit in _LENGTH.findall(value))
        and "calc" not in value
    )


def _is_length(name: str, number: str, unit: str, largest: int) -> bool:
    if len(number) > 8:
        return False
    size = float(number)
    if unit == "%":
        return 0 <= size <= (300 if name in ("font-size", "line-height") else 100)
    return unit in _PIXELS and _LEAST.get(name, 0) <= size * _PIXELS[unit] <= largest
