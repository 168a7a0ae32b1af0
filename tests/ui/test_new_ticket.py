"""A ticket by hand: somebody calls, and ten seconds later it stands in the list."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deskhelp.ui.dialogs.new_ticket import NewTicketDialog
from tests.ui.conftest import OLGA, Desk
from tests.ui.test_pickers import sheet, summary

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


async def dialog_of(desk: Desk) -> Any:
    desk.window.activateWindow()
    desk.window.list.view.setFocus()
    await desk.until(desk.window.list.view.hasFocus)
    QTest.keyClick(desk.window.list.view, Key.Key_C)
    dialog = await sheet(desk, NewTicketDialog)
    dialog.activateWindow()
    await desk.until(dialog.isActiveWindow)
    return dialog


async def test_a_call_is_written_down_by_keys_alone(shown: Desk) -> None:
    dialog = await dialog_of(shown)
    for text in ("Boris Berg", "No dial tone", "His phone is dead since the storm."):
        QTest.keyClicks(dialog.focusWidget(), text)
        QTest.keyClick(dialog.focusWidget(), Key.Key_Tab)
    QTest.keyClick(dialog.focusWidget(), Key.Key_Return, CTRL)
    await shown.until(lambda: shown.shown_subject() == "No dial tone")
    await shown.until(lambda: "No dial tone" in shown.subjects())
    row, message = summary(shown), shown.window.conversation.opened.detail.messages[0]  # type: ignore[union-attr]
    assert (row.requester_name, row.requester_address, row.assignee) == ("Boris Berg", "", OLGA.id)
    assert (str(message.channel), message.text) == ("phone", "His phone is dead since the storm.")


async def test_a_known_address_joins_the_customers_tickets(shown: Desk) -> None:
    dialog = await dialog_of(shown)
    dialog.channel.setCurrentIndex(dialog.channel.findText("Visit"))
    QTest.keyClicks(dialog.requester, "Maria Ivanova <maria@customer.example>")
    QTest.keyClicks(dialog.subject, "Wants her badge")
    dialog.mine.setChecked(False)
    dialog.primary.click()
    await shown.until(lambda: shown.shown_subject() == "Wants her badge")
    assert summary(shown).assignee == ""
    opened = shown.window.conversation.opened
    assert opened is not None
    assert [other.subject for other in opened.others] == ["Printer on fire"]


@pytest.mark.parametrize(
    ("who", "what", "said"),
    [("", "Broken", "Say who asked: a name or an address."), ("Boris", "", "Say what it is about.")],
)
async def test_what_is_missing_is_said_and_the_focus_goes_there(shown: Desk, who: str, what: str, said: str) -> None:
    dialog = await dialog_of(shown)
    dialog.requester.setText(who)
    dialog.subject.setText(what)
    QTest.keyClick(dialog.focusWidget(), Key.Key_Return, CTRL)
    await shown.until(dialog.trouble.isVisible)
    assert dialog.isVisible()
    assert dialog.trouble.text() == said
    assert dialog.focusWidget() is (dialog.subject if who else dialog.requester)
    QTest.keyClick(dialog.focusWidget(), Key.Key_Escape)
    await shown.settle()
    assert len(shown.subjects()) == 4


async def test_the_first_line_of_the_text_stands_in_for_a_subject(shown: Desk) -> None:
    dialog = await dialog_of(shown)
    QTest.keyClicks(dialog.requester, "boris@customer.example")
    dialog.text.setPlainText("Cannot log in\nsince Monday")
    dialog.primary.click()
    await shown.until(lambda: shown.shown_subject() == "Cannot log in")


async def test_people_are_offered_while_one_types(shown: Desk) -> None:
    dialog = await dialog_of(shown)
    QTest.keyClicks(dialog.requester, "mari")
    popup = dialog.requester._completer.popup()
    await shown.until(popup.isVisible)
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)
    assert dialog.requester.people()[0].address == "maria@customer.example"
    dialog.reject()
