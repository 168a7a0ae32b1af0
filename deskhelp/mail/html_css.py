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
    "margin-left": 240,
    "padding": 80,
    "border": 20,
}
_LEFT: Final = re.compile(r"(?:margin|padding)(?:-left: (\d+)(?:\.\d+)?px|: \S+ \S+ \S+ (\d+)(?:\.\d+)?px)")
_HANGS: Final = re.compile(r"(?:; )?text-indent: -(\d+)(?:\.\d+)?\w*")
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
_HEX: Final = re.compile(r"#[0-9a-f]{3,8}\b", re.IGNORECASE)
_RGB: Final = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})[^()]*\)", re.IGNORECASE)
_KEYWORDS: Final = words("inherit initial unset revert revert-layer currentcolor")
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
_FOLDED: Final = re.compile(r"(?:^|;)\s*height\s*:\s*0+(?:px|em|pt)?\s*(?:!|;|$)", re.IGNORECASE)
_AWAY: Final = re.compile(
    r"(?:^|;)\s*(?:text-indent|(?:margin-)?left|top)\s*:\s*-(?:999\d*|\d{4,6})(?:\.\d+)?(?:px|em|pt)", re.IGNORECASE
)
_CLIPPED: Final = re.compile(r"(?:^|;)\s*overflow(?:-y)?\s*:\s*hidden", re.IGNORECASE)
_TINY: Final = re.compile(r"(?:^|;)\s*font(?:-size)?\s*:\s*[01](?:\.\d+)?(?:px|pt|em|%)?\s*(?:!|;|$|/)", re.IGNORECASE)


def is_hidden(style: str) -> bool:
    """Whether an element of this style is never shown: the preview lines of newsletters, words for spam filters.

    What only Outlook is not to show (``mso-hide``) is shown by everybody else.
    """
    if _HIDDEN.search(style) or ("-" in style and _AWAY.search(style)):
        return True
    return bool("overflow" in style and _FOLDED.search(style) and _CLIPPED.search(style))


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
    cleaned = "; ".join(part for part in kept if part)
    return _within_page(cleaned) if "text-indent: -" in cleaned else cleaned


def _within_page(style: str) -> str:
    """A style whose first line hangs out no farther than there is room: the numbers of lists would be cut off."""
    room = max((int(found[1] or found[2] or 0) for found in _LEFT.finditer(style)), default=0)
    hangs = _HANGS.search(style)
    return style if hangs is None or int(hangs[1]) <= room else _HANGS.sub("", style).strip("; ")


def _declaration(name: str, value: str) -> str:
    name, value = name.strip().lower(), value.replace("!important", "").strip()
    if name in ("background", "background-image"):
        name, value = "background-color", ground_of(value)
    if name not in PROPERTIES or not value or _LOADS.search(value) or not value.isprintable():
        return ""
    value = value.replace("windowtext", "#000").replace("WindowText", "#000")
    if name == "font-size" and _TINY.search(f"font-size:{value}"):
        return ""
    if name.startswith(("margin", "padding")):
        value = _held_in(name, value)
    if "color" in name and value.lower() in _KEYWORDS:
        return ""  # the text browser takes these words for black
    if name == "white-space" and value == "pre":
        value = "pre-wrap"  # lines of a log are longer than any pane
    if name in _BORDERS:
        value = _border(value)
    if not value or not _is_bounded(name, value.lower()):
        return ""
    return f"{name}: {value if 'font' in name or 'color' in name else _in_pixels(value)}"


def _held_in(name: str, value: str) -> str:
    """Room around a block, no more of it than a page has; ``auto`` is none, as the text browser makes some of it."""

    def held(found: re.Match[str]) -> str:
        size = float(found[1]) * _PIXELS.get(found[2] or "", 0.0)
        largest = _LARGEST.get(name, _LARGEST["margin"])
        return f"{largest}px" if len(found[1]) <= 8 and size > largest else found[0]

    value = re.sub(r"\bauto\b", "0", value.lower())
    return _LENGTH.sub(held, value)


def _in_pixels(value: str) -> str:
    """Lengths of paper as pixels, which is what is understood; a thin line stays a line."""
    return _PAPER_LENGTH.sub(lambda found: f"{_rounded(float(found[1]) * _PIXELS[found[2].lower()])}px", value)


def _rounded(size: float) -> int:
    return max(1, round(size)) if size > 0 else round(size)


def _border(value: str) -> str:
    """Width, style, colour: the only order in which all three are understood."""
    words_of = _BORDER_WORD.findall(_RGB.sub(_as_number, value))
    width = next((word for word in words_of if word[0].isdigit() or word[0] == "."), "")
    style = next((word for word in words_of if word.lower() in _BORDER_STYLES), "")
    colors = [word for word in words_of if word not in (width, style) and word.lower() not in _BORDER_WIDTHS]
    return " ".join(
        part for part in (width or ("1px" if style not in ("", "none") else ""), style, *colors[:1]) if part
    )


def _as_number(found: re.Match[str]) -> str:
    return "#" + "".join(f"{min(255, int(part)):02x}" for part in found.groups())


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
    value = _HEX.sub("", value)  # the digits of a colour are no lengths
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
