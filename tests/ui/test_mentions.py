"""Colleagues are named in notes with @, told of it, and find these notes in a queue of their own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deskhelp.services import catalog, desk, sending
from deskhelp.services.office import Office
from deskhelp.ui.pickers.popup import PickerPopup
from tests.ui.conftest import OLGA, PETER, Desk
from tests.ui.test_composer import writing
from tests.ui.test_pickers import sheet


def _as_peter(office: Office, ticket: str, text: str) -> None:
    catalog.set_agent(office, PETER.id)
    sending.add_note(office, ticket, text)
    catalog.set_agent(office, OLGA.id)


def _assigned_by_peter(office: Office, ticket: str) -> None:
    catalog.set_agent(office, PETER.id)
    desk.assign(office, [ticket], PETER.id)
    desk.assign(office, [ticket], OLGA.id)
    catalog.set_agent(office, OLGA.id)


async def test_an_at_sign_in_a_note_offers_the_colleagues(shown: Desk) -> None:
    composer = await writing(shown, mode="note")
    QTest.keyClicks(composer.form.text, "For @")
    picker: PickerPopup = await sheet(shown, PickerPopup)
    QTest.keyClicks(picker.typed, "pet")
    QTest.keyClick(picker.typed, Qt.Key.Key_Return)
    await shown.until(lambda: composer.form.text.toPlainText() == f"For @{PETER.name} ")


async def test_in_a_mail_to_the_customer_the_sign_is_a_sign(shown: Desk) -> None:
    composer = await writing(shown)
    composer.form.text.clear()
    QTest.keyClicks(composer.form.text, "me @")
    await shown.settle()

    assert not shown.window.findChildren(PickerPopup)
    assert composer.form.text.toPlainText() == "me @"


async def test_a_note_that_names_me_is_told_and_listed(shown: Desk) -> None:
    assert shown.window.companions is not None
    told: list[tuple[str, str]] = []
    shown.window.companions.notifier.told.connect(lambda title, text: told.append((title, text)))
    shown.window.isActiveWindow = lambda: False  # type: ignore[method-assign]
    await shown.ask_to_write(_as_peter, shown.window.ticket, f"@{OLGA.name}, look at this")

    await shown.until(lambda: any("mentions you" in title for title, _ in told))
    assert told[0][1] == f"@{OLGA.name}, look at this"
    shown.window.sidebar.choose("queue:mentioned")
    await shown.until(lambda: len(shown.subjects()) == 1)


async def test_a_ticket_that_is_given_to_me_is_told_in_the_window(shown: Desk) -> None:
    shown.window.activateWindow()
    await shown.until(shown.window.isActiveWindow)
    await shown.ask_to_write(_assigned_by_peter, shown.window.ticket)

    await shown.until(lambda: "gave you the ticket" in shown.window.toast.label.text())
