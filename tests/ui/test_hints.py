"""What the desk asks in the context pane, answered with the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from deskhelp.services import intake
from deskhelp.services.office import Office
from deskhelp.ui.panes.hint_cards import HintCard
from tests.ui.conftest import BOX, SUBJECTS, Desk, MailMaker

PRINTER = SUBJECTS[0]
AGAIN = "Fire! Printer!"


def receive(office: Office, subject: str, text: str, answers: str = "") -> None:
    intake.take_in(office, BOX, [MailMaker(20).mail(subject, text, answers=answers)])


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


async def asked(shown: Desk, about: str) -> HintCard:
    await shown.until(lambda: about in shown.subjects())
    await shown.choose(about)
    await shown.until(lambda: shown.window.context.hints)
    (card,) = shown.window.context.hints
    return card


async def test_the_same_matter_is_merged_from_the_card_and_undone(shown: Desk) -> None:
    await shown.ask_to_write(receive, AGAIN, "It burns.")
    card = await asked(shown, AGAIN)
    assert {PRINTER, "Merge", "No"} <= {button.text() for button in card.findChildren(QPushButton)}
    click(card.yes)
    await shown.until(lambda: AGAIN not in shown.subjects())
    shown.window.trigger("undo")
    await shown.until(lambda: AGAIN in shown.subjects())


async def test_a_no_takes_the_card_away_from_both_tickets(shown: Desk) -> None:
    await shown.ask_to_write(receive, AGAIN, "It burns.")
    card = await asked(shown, AGAIN)
    click(card.no)
    await shown.until(lambda: not shown.window.context.hints)
    await shown.choose(PRINTER)
    assert not shown.window.context.hints


async def test_a_new_matter_is_split_off(shown: Desk) -> None:
    await shown.ask_to_write(receive, "Holiday calendar", "Who is away?", "<1@customer.example>")
    card = await asked(shown, PRINTER)
    assert [label.text() for label in card.findChildren(QLabel)] == [
        "A new matter? The subject is another one: “Holiday calendar”"
    ]
    click(card.yes)
    await shown.until(lambda: "Holiday calendar" in shown.subjects())
