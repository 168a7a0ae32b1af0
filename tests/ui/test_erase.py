"""Erasing a customer's data in the window: shown, typed, gone from list and conversation."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deskhelp.services import erasing
from deskhelp.ui.dialogs.erase import EraseDialog
from tests.ui.conftest import Desk
from tests.ui.test_pickers import sheet

LEFT = Qt.MouseButton.LeftButton


async def asked(desk: Desk) -> EraseDialog:
    desk.window.trigger("erase")
    dialog: EraseDialog = await sheet(desk, EraseDialog)
    await desk.until(lambda: "ticket" in dialog.told.text())
    return dialog


async def test_the_customer_of_the_shown_ticket_is_erased_once_the_address_was_typed(shown: Desk) -> None:
    ticket, before = shown.window.ticket, shown.subjects()
    dialog = await asked(shown)
    assert not dialog.primary.isEnabled()
    QTest.keyClicks(dialog.address, dialog.address.placeholderText().upper())
    assert dialog.primary.isEnabled()
    QTest.mouseClick(dialog.primary, LEFT)

    await shown.until(lambda: len(shown.subjects()) < len(before))
    await shown.until(lambda: shown.window.ticket not in ("", ticket))
    assert shown.window.toast.label.text() == "Erased"
    (proof,) = await shown.life.desk.read(erasing.listed)
    assert (proof.tickets, proof.missing) == (1, ())


async def test_nothing_happens_while_another_address_is_typed_or_it_is_closed(shown: Desk) -> None:
    before = shown.subjects()
    dialog = await asked(shown)
    QTest.keyClicks(dialog.address, "somebody@else.example")
    assert not dialog.primary.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await shown.settle()

    assert shown.subjects() == before
    assert await shown.life.desk.read(erasing.listed) == ()
