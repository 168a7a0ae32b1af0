"""Colours that can be read, in both themes; icons that can be seen."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QVBoxLayout, QWidget

from deskhelp.settings import resource_path
from deskhelp.ui import icons, theme
from deskhelp.ui.actions import menus

ROOT = Path(__file__).resolve().parents[2]
READABLE = 4.5
PAIRS = [
    *(
        (text, ground)
        for text in ("text", "muted")
        for ground in ("window", "surface", "sidebar", "raised", "selection")
    ),
    *((text, "note") for text in ("text", "muted", "danger")),
    ("text", "hover"),
    ("warn", "hover"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent", "surface"),
    ("accent", "window"),
    ("accent", "selection"),
    *(("on_badge", ground) for ground in ("danger", "warn", "good", "quiet", "accent")),
    *((text, ground) for text in ("danger", "warn", "good") for ground in ("surface", "window")),
    ("on_toast", "toast"),
    ("toast_link", "toast"),
    ("on_paper", "paper"),
]


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(is_dark: bool) -> None:
    tokens = theme.Tokens(is_dark)
    poor = {
        pair: round(ratio, 2)
        for pair in PAIRS
        if (ratio := theme.contrast(tokens.color(pair[0]), tokens.color(pair[1]))) < READABLE
    }
    assert poor == {}


def test_initials_can_be_read_on_every_avatar() -> None:
    white = QColor(theme.WHITE)
    assert all(theme.contrast(white, QColor(ground)) >= READABLE for ground in theme.AVATARS)


def test_contrast_is_that_of_the_standard() -> None:
    assert round(theme.contrast(QColor("#000000"), QColor("#FFFFFF")), 1) == 21.0
    assert round(theme.contrast(QColor("#777777"), QColor("#FFFFFF")), 2) == 4.48


def test_the_dark_theme_reaches_the_palette_and_comes_off_again(app: QApplication) -> None:
    theme.theme().choose("dark")
    assert app.palette().window().color() == theme.Tokens(is_dark=True).color("window")
    theme.theme().choose("light")
    assert app.palette().window().color() == theme.Tokens(is_dark=False).color("window")


def test_nothing_but_the_theme_names_a_colour() -> None:
    """Literals like #RRGGBB stand in theme.py alone; colours of tags and people are data."""
    found = []
    for path in (ROOT / "deskhelp" / "ui").rglob("*.py"):
        if path.name not in ("theme.py", "color_button.py"):
            found += [
                f"{path.name}:{node.lineno}"
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.fullmatch(r"#[0-9A-Fa-f]{6}", node.value)
            ]
    assert found == []


def test_the_style_sheet_knows_all_its_names(app: QApplication) -> None:
    sheet = app.styleSheet()
    assert sheet and not re.findall(r"@\w+", sheet)
    for path in re.findall(r"url\(([^)]+)\)", sheet):
        assert Path(path).is_file(), path


def test_a_list_shows_that_it_has_the_keyboard_only_when_it_has(app: QApplication) -> None:
    """Qt draws the whole list as ``LIST:focus::item`` says, whoever has the keyboard."""
    window = QWidget()
    column = QVBoxLayout(window)
    field, entities = QLineEdit(window), QListWidget(window)
    entities.setObjectName("entities")
    entities.addItem("one")
    for widget in (field, entities):
        column.addWidget(widget)
    window.show()

    def border() -> QColor:
        place = entities.geometry().center()
        return window.grab().toImage().pixelColor(place.x(), entities.geometry().top())

    colours = []
    for widget in (field, entities):
        widget.setFocus()
        app.processEvents()
        colours.append(border())

    assert colours == [theme.current().color("border"), theme.current().color("accent")]


def test_a_larger_font_makes_the_sheet_anew(app: QApplication) -> None:
    before = app.styleSheet()
    app.setFont(theme.scaled(app.font(), 1.4))
    theme.theme().font_changed()
    assert app.styleSheet() != before


def test_every_icon_of_an_action_exists_and_is_drawn(app: QApplication) -> None:
    named = {spec.icon for specs in menus().values() for spec in specs if spec.icon}
    files = {path.stem for path in resource_path("icons").glob("*.svg")}
    assert named <= files
    for name in files - {"deskhelp"}:
        image = icons.pixmap(name, 20, "text").toImage()
        inked = sum(image.pixelColor(x, y).alpha() > 40 for x in range(20) for y in range(20))
        assert inked >= 4, name


def test_icons_take_the_themes_colour(app: QApplication) -> None:
    def strongest(name: str) -> QColor:
        image = icons.pixmap(name, 20, "text").toImage()
        return max((image.pixelColor(x, y) for x in range(20) for y in range(20)), key=lambda color: color.alpha())

    light = strongest("list-add").lightness()
    theme.theme().choose("dark")
    assert strongest("list-add").lightness() > light + 100
