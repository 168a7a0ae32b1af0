"""The outbox: what is on its way, and what one can do about it before it has left."""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deskhelp.ui.dialogs.outbox import OutboxDialog
from tests.ui.conftest import Desk
from tests.ui.test_composer import VPN, draft_of, waiting, writing
from tests.ui.test_pickers import sheet

LEFT = Qt.MouseButton.LeftButton


async def outbox_with_a_letter(desk: Desk) -> Any:
    composer = await writing(desk)
    composer.form.text.setPlainText("Please restart it.")
    composer.form.send.click()
    await desk.until(composer.isHidden)
    desk.window.trigger("outbox")
    dialog = await sheet(desk, OutboxDialog)
    await desk.until(lambda: dialog.table.rowCount() == 1)
    return dialog


def shown_row(dialog: Any) -> list[str]:
    return [dialog.table.item(0, column).text() for column in range(3)]


def enabled(dialog: Any) -> set[str]:
    return {name for name, button in dialog.buttons.items() if button.isEnabled()}


async def test_an_empty_outbox_says_so_and_offers_nothing(shown: Desk) -> None:
    shown.window.trigger("outbox")
    dialog = await sheet(shown, OutboxDialog)
    await shown.until(dialog.empty.isVisible)
    assert not any(button.isVisible() for button in dialog.buttons.values())
    dialog.close()


async def test_closing_it_before_it_has_loaded_troubles_nobody(shown: Desk) -> None:
    shown.window.trigger("outbox")
    dialog = (shown.window.findChildren(OutboxDialog))[0]
    shiboken6.delete(dialog)
    await shown.settle()
    assert not shown.window.trouble_bar.isVisible()


async def test_a_letter_is_held_and_let_go(shown: Desk) -> None:
    dialog = await outbox_with_a_letter(shown)
    state, to, subject = shown_row(dialog)
    assert (state, to) == ("Waiting", "boris@customer.example")
    assert subject.startswith("Re: VPN drops hourly")
    assert enabled(dialog) == {"send", "hold", "edit", "drop"}
    QTest.mouseClick(dialog.buttons["hold"], LEFT)
    await shown.until(lambda: shown_row(dialog)[0] == "Held")
    assert enabled(dialog) == {"look", "send", "edit", "drop"}
    assert "This was not sent" in dialog.detail.text()
    QTest.mouseClick(dialog.buttons["send"], LEFT)
    await shown.until(lambda: not dialog.table.rowCount() or shown_row(dialog)[0] != "Held")
    dialog.close()


async def test_a_letter_is_taken_back_for_another_edit(shown: Desk) -> None:
    dialog = await outbox_with_a_letter(shown)
    QTest.mouseClick(dialog.buttons["edit"], LEFT)
    await shown.until(lambda: dialog.table.rowCount() == 0)
    assert await shown.ask(draft_of, VPN) == "Please restart it."
    dialog.close()


async def test_a_dropped_letter_is_gone(shown: Desk) -> None:
    dialog = await outbox_with_a_letter(shown)
    QTest.mouseClick(dialog.buttons["drop"], LEFT)
    await shown.until(dialog.empty.isVisible)
    assert await shown.ask(waiting) == 0
    assert await shown.ask(draft_of, VPN) is None
    dialog.close()
