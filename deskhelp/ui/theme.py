"""The look: colours, spacings and the style sheet made of them. Nothing else in the program names a colour.

Every text and its ground differ by at least 4.5 : 1 (WCAG 2.2, 1.4.3); a test computes it for both themes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from deskhelp.ui.stylesheet import style_sheet

XS, S, M, L, XL = 4, 8, 12, 16, 24
"""Spacings in pixels; nothing is spaced otherwise."""
RADIUS: Final = 6
ORDINARY_LINE_PX: Final = 16
"""The height of a line for which widths in pixels are meant; with a larger font they grow (`wide`)."""

_LIGHT: Final = {
    "window": "#F6F7F9",
    "surface": "#FFFFFF",
    "sidebar": "#EEF0F3",
    "raised": "#FFFFFF",
    "hover": "#E6E9EE",
    "border": "#DDE1E6",
    "field_border": "#C3C9D1",
    "text": "#1B1F24",
    "muted": "#57606A",
    "accent": "#2457D6",
    "accent_hover": "#1D48B5",
    "on_accent": "#FFFFFF",
    "selection": "#DCE7FD",
    "note": "#FFF6DB",
    "note_border": "#E9D48A",
    "danger": "#B3261E",
    "warn": "#8A5A00",
    "good": "#1E6B34",
    "quiet": "#5F6368",
    "on_badge": "#FFFFFF",
    "toast": "#24292F",
    "on_toast": "#FFFFFF",
    "toast_link": "#A9C4FF",
    "paper": "#FFFFFF",
    "on_paper": "#1B1F24",
}
_DARK: Final = {
    "window": "#16191D",
    "surface": "#1E2227",
    "sidebar": "#1A1D21",
    "raised": "#262B32",
    "hover": "#272C33",
    "border": "#333941",
    "field_border": "#434B55",
    "text": "#E6E9ED",
    "muted": "#A1A9B3",
    "accent": "#7FA7FF",
    "accent_hover": "#9BBAFF",
    "on_accent": "#0B1220",
    "selection": "#2B3A57",
    "note": "#3A3420",
    "note_border": "#5C5230",
    "danger": "#FF8A80",
    "warn": "#F2C14E",
    "good": "#7BD88F",
    "quiet": "#A1A9B3",
    "on_badge": "#0B1220",
    "toast": "#E6E9ED",
    "on_toast": "#16191D",
    "toast_link": "#1D48B5",
    "paper": "#FFFFFF",
    "on_paper": "#1B1F24",
}
# Grounds of avatars; white stands on each with at least 4.5 : 1.
AVATARS: Final = ("#3B6FB6", "#8A4FBE", "#B0436E", "#A85212", "#3B7D4F", "#2C7A83", "#6B5FC7", "#7A6A2F")
WHITE: Final = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme by name."""

    is_dark: bool

    def hex(self, name: str) -> str:
        return (_DARK if self.is_dark else _LIGHT)[name]

    def color(self, name: str) -> QColor:
        return QColor(self.hex(name))

    def names(self) -> tuple[str, ...]:
        return tuple(_LIGHT)


class Theme(QObject):
    """The theme in force; `changed` after all windows were given it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = Tokens(is_dark=False)
        self._choice = "system"
        self._font = ""
        self._app: QApplication | None = None

    def start(self, app: QApplication, choice: str) -> None:
        """Dress `app`; `choice` is ``system``, ``light`` or ``dark``. The system's own changes are followed."""
        app.setStyle("Fusion")
        if self._app is not app:
            app.styleHints().colorSchemeChanged.connect(lambda _scheme: self._follow())
        self._app = app
        self.choose(choice)

    def choose(self, choice: str) -> None:
        self._choice = choice
        self._dress(Tokens(_wants_dark(choice)))

    def _follow(self) -> None:
        if self._choice == "system":
            self.choose("system")

    def _dress(self, tokens: Tokens) -> None:
        app = self._app
        assert app is not None
        self.tokens = tokens
        self._font = app.font().key()
        app.setPalette(_palette(tokens))
        app.setStyleSheet(style_sheet(tokens.hex, QFontMetrics(app.font()).height(), QFontInfo(app.font()).pixelSize()))
        self.changed.emit()

    def font_changed(self) -> None:
        """A larger system font changes what the style sheet measures in lines of text."""
        if self._app is not None and self._app.font().key() != self._font:
            self._dress(self.tokens)


def _wants_dark(choice: str) -> bool:
    """Bare X11 and the offscreen platform tell no scheme: light then."""
    if choice != "system":
        return choice == "dark"
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


@cache
def theme() -> Theme:
    """The one theme of the program."""
    return Theme()


def current() -> Tokens:
    """The colours in force."""
    return theme().tokens


def start(app: QApplication, choice: str) -> None:
    theme().start(app, choice)


def _palette(tokens: Tokens) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, name in (
        (roles.Window, "window"),
        (roles.Base, "surface"),
        (roles.AlternateBase, "window"),
        (roles.Button, "window"),
        (roles.ToolTipBase, "raised"),
        (roles.WindowText, "text"),
        (roles.Text, "text"),
        (roles.ButtonText, "text"),
        (roles.ToolTipText, "text"),
        (roles.BrightText, "danger"),
        (roles.PlaceholderText, "muted"),
        (roles.Highlight, "selection"),
        (roles.HighlightedText, "text"),
        (roles.Link, "accent"),
        (roles.LinkVisited, "accent"),
        (roles.Accent, "accent"),
        (roles.Light, "raised"),
        (roles.Midlight, "hover"),
        (roles.Mid, "border"),
        (roles.Dark, "field_border"),
        (roles.Shadow, "border"),
    ):
        palette.setColor(role, tokens.color(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, _mixed(tokens, "muted", "window"))
    return palette


def _mixed(tokens: Tokens, one: str, other: str) -> QColor:
    a, b = tokens.color(one), tokens.color(other)
    return QColor(
        (a.red() * 3 + b.red() * 2) // 5, (a.green() * 3 + b.green() * 2) // 5, (a.blue() * 3 + b.blue() * 2) // 5
    )


def avatar_color(address: str) -> QColor:
    """A colour of its own for each person, the same on every computer and in both themes."""
    return QColor(AVATARS[sum(address.casefold().encode()) % len(AVATARS)])


def initials(name: str, address: str) -> str:
    """One or two capitals for a person: of the name's first two words, else of the address."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()] or [address or "?"]
    return "".join(word[0] for word in words[:2]).upper()


def readable_on(ground: QColor) -> QColor:
    """Black or white, whichever is read better on `ground`."""
    dark, light = QColor(_LIGHT["text"]), QColor(WHITE)
    return light if contrast(light, ground) >= contrast(dark, ground) else dark


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2: 1 (none) to 21."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(color: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def wide(metrics: QFontMetrics, pixels: int) -> int:
    """`pixels` as they must be for a font with these `metrics`, never fewer."""
    return round(pixels * max(1.0, metrics.height() / ORDINARY_LINE_PX))


def scaled(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    """`font` in another size, and weight if one is given."""
    result = QFont(font)
    if font.pointSizeF() > 0:
        result.setPointSizeF(font.pointSizeF() * factor)
    else:
        result.setPixelSize(round(font.pixelSize() * factor))
    if weight is not None:
        result.setWeight(weight)
    return result
