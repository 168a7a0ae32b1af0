"""The style sheet: how widgets use the theme's colours. Widgets name their role by object name or property."""

from __future__ import annotations

import re
from collections.abc import Callable

from deskhelp.settings import resource_path

_SHEET = """
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px 6px; }
QMainWindow, QDialog { background: @window; }
QMenuBar { background: @window; color: @text; border: none; padding: 1px 4px; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: 4px; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @raised; color: @text; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QToolBar { background: @window; border: none; border-bottom: 1px solid @border; spacing: 2px; padding: 5px 8px; }
QToolBar::separator { width: 1px; background: @border; margin: 5px 6px; }
QStatusBar { background: @window; border-top: 1px solid @border; color: @muted; }
QStatusBar::item { border: none; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px 8px; color: @text; background: transparent; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @selection; }
QToolButton:disabled { color: @muted; }
QToolButton:focus { border-color: @accent; }
QToolButton[popupMode="1"] { padding-right: 22px; }
QToolButton::menu-indicator { image: none; width: 0px; }
QToolButton#withMenu { padding-right: 20px; }
QToolButton#withMenu::menu-indicator { image: url(@icons/menu-arrow-@shade.svg); width: 12px; height: 12px;
  subcontrol-origin: padding; subcontrol-position: right center; right: 5px; }
QToolButton::menu-button { border: none; width: 20px; border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
QToolButton::menu-arrow { image: url(@icons/menu-arrow-@shade.svg); width: 12px; height: 12px; }

QPushButton { background: @surface; color: @text; border: 1px solid @field_border; border-radius: 6px;
  padding: 5px 14px; min-height: @linepx; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @selection; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @muted; background: @window; border-color: @border; }
QPushButton#primary, QToolButton#primary, QPushButton[primary="true"] { background: @accent; color: @on_accent;
  border: 1px solid @accent; font-weight: 600; padding: 5px 16px; }
QToolButton#primary[popupMode="1"] { padding-right: 30px; }
QPushButton#primary:hover, QToolButton#primary:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton#primary:focus, QToolButton#primary:focus { border: 1px solid @text; }
QPushButton#primary:disabled, QToolButton#primary:disabled { background: @hover; color: @muted; border-color: @border; }
QToolButton#primary::menu-button { border-left: 1px solid @on_accent; }
QToolButton#primary::menu-arrow { image: url(@icons/menu-arrow-@accent_shade.svg); }
QPushButton#flat { background: transparent; border: 1px solid transparent; color: @muted; padding: 5px 8px; }
QPushButton#flat:hover { background: @hover; color: @text; }
QPushButton#flat:focus { border-color: @accent; }
QPushButton#link, QToolButton#link { background: transparent; border: 1px solid transparent; color: @accent; padding: 2px 4px;
  text-align: left; min-height: 0; }
QPushButton#link:hover, QToolButton#link:hover { text-decoration: underline; background: transparent; }
QPushButton#link:focus, QToolButton#link:focus { border-color: @accent; }
QToolButton#value { padding: 3px 6px; text-align: left; }
QToolButton#value:hover { background: @hover; }
QToolButton#modeTab { color: @muted; padding: 4px 10px; }
QToolButton#modeTab:checked { color: @text; background: @selection; font-weight: 600; }
QFrame#composer[note="true"] QToolButton#modeTab:checked { background: @note_border; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit, QDateTimeEdit { background: @surface; color: @text;
  border: 1px solid @field_border; border-radius: 6px; padding: 4px 8px; selection-background-color: @selection;
  selection-color: @text; }
QLineEdit, QComboBox, QSpinBox, QDateEdit, QDateTimeEdit { min-height: @linepx; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus,
QDateTimeEdit:focus { border-color: @accent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled { background: @window; color: @muted; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(@icons/menu-arrow-@shade.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @border; selection-background-color: @selection;
  selection-color: @text; outline: 0; }
QTextBrowser, QTextEdit#reading { border: none; background: transparent; padding: 0; }
QLineEdit#search { background: @surface; border-radius: 6px; padding: 4px 8px; }

QAbstractItemView { outline: 0; border: none; background: @surface; selection-background-color: @selection;
  selection-color: @text; alternate-background-color: @window; }
QListView#sidebar { background: @sidebar; }
QHeaderView::section { background: @window; color: @muted; border: none; border-bottom: 1px solid @border; padding: 5px 8px; }
QTableView { gridline-color: @border; }
QTabWidget::pane { border: 1px solid @border; border-radius: 6px; background: @surface; }
QTabBar::tab { background: transparent; color: @muted; padding: 6px 12px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QGroupBox { border: none; margin-top: 18px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }

QScrollArea { border: none; background: transparent; }
QScrollArea#conversation, QWidget#conversationBody, QWidget#conversationPane { background: @window; }
QWidget#listPane { background: @surface; }
QWidget#listHead { background: @surface; border-bottom: 1px solid @border; }
QWidget#conversationHead { background: @surface; border-bottom: 1px solid @border; }
QScrollArea#contextScroll, QWidget#contextBody { background: @window; }
QFrame#card { background: @surface; border: 1px solid @border; border-radius: 6px; }
QFrame#card[kind="out"] { border-left: 3px solid @accent; }
QFrame#card[kind="note"] { background: @note; border-color: @note_border; }
QFrame#card[kind="quarantine"] { border-left: 3px solid @warn; }
QFrame#card[current="true"] { border-color: @accent; }
QFrame#banner { background: @note; border: 1px solid @note_border; border-radius: 6px; }
QFrame#banner[kind="danger"] { background: @surface; border: 1px solid @danger; }
QFrame#troubleBar { background: @surface; border-bottom: 2px solid @danger; }
QFrame#paper { background: @paper; border-radius: 4px; }
QFrame#composer { background: @surface; border-top: 1px solid @border; }
QFrame#composer[note="true"] { background: @note; }
QFrame#composer QPlainTextEdit#composerText { border: none; background: transparent; padding: 2px 0; }
QFrame#composer QPlainTextEdit#quoted { color: @muted; background: @window; }
QFrame#toast { background: @toast; border-radius: 8px; }
QFrame#toast QLabel { color: @on_toast; }
QFrame#toast QPushButton { background: transparent; border: 1px solid transparent; color: @toast_link; font-weight: 600;
  padding: 3px 8px; }
QFrame#toast QPushButton:focus { border-color: @toast_link; }
QFrame#toast QPushButton:hover { text-decoration: underline; }
QFrame#picker { background: @raised; border: 1px solid @field_border; }
QFrame#picker QListView { background: @raised; }
QLabel#muted, QLabel#hint, QLabel#pickerEmpty { color: @muted; }
QLabel#heading { font-size: @headingpx; font-weight: 600; }
QLabel#title { font-size: @titlepx; font-weight: 600; }
QLabel#section { color: @muted; font-weight: 600; font-size: @smallpx; }
QLabel#inlineTrouble { color: @danger; background: transparent; border: 1px solid @danger; border-radius: 6px; padding: 6px 8px; }
QLabel#danger { color: @danger; }
QLabel#warn { color: @warn; }
QLabel#good { color: @good; }
QLabel#link { color: @accent; }
QLabel#chip, QToolButton#chip, QFrame#chip, QPushButton#chip { background: @hover; border: 1px solid transparent; border-radius: 9px;
  padding: 1px 8px; color: @text; min-height: 0; }
QPushButton#chip:focus, QToolButton#chip:focus { border-color: @accent; }

QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: @field_border; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @hover; border: none; border-radius: 3px; text-align: center; color: @text; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
"""


def style_sheet(color: Callable[[str], str], line_px: int, body: int) -> str:
    """The sheet for the theme that `color` knows by name, for a font of `body` pixels with lines of `line_px`."""
    is_dark = color("text") > color("surface")
    sizes = {"line": line_px, "heading": round(body * 1.15), "title": round(body * 1.3), "small": round(body * 0.88)}
    shades = {
        "icons": resource_path("icons").as_posix(),
        "shade": "dark" if is_dark else "light",
        "accent_shade": "on-accent-dark" if is_dark else "on-accent-light",
    }

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name.endswith("px"):
            return f"{sizes[name[:-2]]}px"
        return shades.get(name) or color(name)

    return re.sub(r"@([a-z_]+)", value, _SHEET)
