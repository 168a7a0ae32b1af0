"""An answer that was held back: said at once, shown beside what came meanwhile, sent, edited or dropped."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from deskhelp.domain.status import Delivery
from deskhelp.services import intake, outbox, outbox_list
from deskhelp.services.office import Office
from deskhelp.ui.dialogs.held import HeldDialog
from deskhelp.ui.dialogs.outbox import OutboxDialog
from tests.ui.conftest import BOX, Desk, MailMaker
from tests.ui.test_composer import VPN, draft_of, writing
from tests.ui.test_pickers import sheet

LEFT = Qt.MouseButton.LeftButton


async def held_answer(desk: Desk) -> str:
    """Write an answer; while it waits the customer writes again, and then its time has come."""
    composer = await writing(desk)
    composer.form.text.setPlainText("Please restart it.")
    composer.form.send.click()
    await desk.until(composer.isHidden)
    return str(await desk.ask_to_write(_overtake))


def _overtake(office: Office) -> str:
    mail = MailMaker(40).mail(
        "Re: VPN drops hourly",
        "Never mind, it works.",
        sender=("Boris", "boris@customer.example"),
        answers="<2@customer.example>",
    )
    intake.take_in(office, BOX, [mail])
    (entry,) = outbox_list.listed(office)
    office.replica.database.execute_sql("UPDATE outbox SET not_before_ms = 0")
    assert outbox.begin(office, entry.message) is None
    return entry.message


def state_of(office: Office, message: str) -> Delivery:
    return outbox.find(office, message).state


async def looking(desk: Desk) -> Any:
    """The dialog, opened where the ticket says that its answer was held."""
    card = desk.window.conversation

    def buttons() -> list[QToolButton]:
        return [one for one in card.findChildren(QToolButton) if one.text() == "Look at both"]

    await desk.until(lambda: bool(buttons()))
    QTest.mouseClick(buttons()[0], LEFT)
    dialog = await sheet(desk, HeldDialog)
    await desk.until(lambda: bool(dialog.answer.toPlainText()))
    return dialog


async def test_it_is_said_at_once_and_both_are_shown(shown: Desk) -> None:
    await held_answer(shown)

    await shown.until(lambda: "boris@customer.example was held back" in shown.window.trouble_bar.text.text())
    dialog = await looking(shown)
    assert dialog.answer.toPlainText() == "Please restart it."
    assert dialog.news.toPlainText().startswith("Boris")
    assert "Never mind, it works." in dialog.news.toPlainText()
    assert "boris@customer.example" in dialog.told.text()


async def test_it_is_sent_as_it_is(shown: Desk) -> None:
    message = await held_answer(shown)
    dialog = await looking(shown)
    QTest.mouseClick(dialog.buttons["send"], LEFT)

    await shown.until(lambda: not shown.window.findChildren(HeldDialog))
    assert await shown.ask(state_of, message) is not Delivery.HELD


async def test_it_is_written_anew(shown: Desk) -> None:
    await held_answer(shown)
    dialog = await looking(shown)
    QTest.mouseClick(dialog.buttons["edit"], LEFT)

    await shown.until(lambda: shown.window.composer is not None and shown.window.composer.isVisible())
    assert await shown.ask(draft_of, VPN) == "Please restart it."
    assert await shown.ask(outbox_list.listed) == ()


async def test_it_is_dropped_from_the_outbox(shown: Desk) -> None:
    await held_answer(shown)
    shown.window.trigger("outbox")
    listed = await sheet(shown, OutboxDialog)
    await shown.until(lambda: listed.table.rowCount() == 1)
    assert "had not seen" in listed.detail.text()
    QTest.mouseClick(listed.buttons["look"], LEFT)
    dialog = await sheet(shown, HeldDialog)
    QTest.mouseClick(dialog.buttons["drop"], LEFT)

    await shown.until(lambda: listed.table.rowCount() == 0)
    listed.close()
