"""What a screen reader says, and that nothing is cut or nameless."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollBar, QToolButton, QWidget

from deskhelp.settings import Profile
from deskhelp.ui import i18n, theme
from tests.ui.conftest import Desk


def nameless(window: QWidget) -> list[str]:
    """Widgets that can take the focus and have nothing a screen reader could say of them."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or isinstance(widget, QScrollBar) or not widget.isVisible():
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface and not interface.text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} {widget.objectName()}".strip())
    return found


async def test_everything_that_takes_the_focus_has_a_name(shown: Desk) -> None:
    await shown.choose("Printer on fire")
    assert nameless(shown.window) == []


async def test_a_row_speaks_code_person_subject_status_and_tags(shown: Desk) -> None:
    model = shown.window.list.model
    row = next(at for at, summary in enumerate(model.rows()) if summary.subject == "Printer on fire")
    said = model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    code = model.rows()[row].code
    assert said == f"{code}, Maria Ivanova, Printer on fire, {'New'}, printer"


async def test_a_queue_speaks_its_count(shown: Desk) -> None:
    entries = shown.window.sidebar.entries
    row = entries.row_of("queue:mine")
    assert entries.index(row).data(Qt.ItemDataRole.AccessibleTextRole) == "Mine, 1"


def cut(window: QWidget) -> list[str]:
    """Buttons and plain labels that are narrower or lower than their text needs."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, (QAbstractButton, QLabel)) or not widget.text():
            continue
        if type(widget).__name__ in ("ElidedLabel", "ElidedButton") or getattr(widget, "wordWrap", lambda: False)():
            continue
        icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
        if isinstance(widget, QToolButton) and widget.toolButtonStyle() == icon_only and not widget.icon().isNull():
            continue
        needed = widget.fontMetrics().horizontalAdvance(widget.text().replace("&", ""))
        if needed > widget.width() or widget.fontMetrics().height() > widget.height() + 1:
            found.append(f"{type(widget).__name__} {widget.text()!r} {needed} > {widget.width()}")
    return found


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("scale", [1.0, 1.4])
async def test_no_text_is_cut(
    desk_of: Callable[[Profile], Any], filled: Profile, app: QApplication, language: str, scale: float
) -> None:
    i18n.install(app, language)
    app.setFont(theme.scaled(app.font(), scale))
    theme.theme().font_changed()
    desk: Desk = await desk_of(filled)
    desk.window.resize(1280, 800)
    await desk.until(lambda: "Printer on fire" in desk.subjects())
    await desk.choose("Printer on fire")
    assert cut(desk.window) == []


async def test_a_narrow_window_keeps_list_and_conversation(shown: Desk) -> None:
    shown.window.resize(1280, 800)
    await shown.until(shown.window.context.isVisible)
    shown.window.resize(1000, 700)
    await shown.until(lambda: not shown.window.context.isVisible())
    assert shown.window.list.isVisible() and shown.window.conversation.isVisible()
    shown.window.resize(1300, 800)
    await shown.until(shown.window.context.isVisible)
