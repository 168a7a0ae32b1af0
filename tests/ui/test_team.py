"""The team in the window: founded, joined and left with the mouse; what a colleague does appears by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox

from deskhelp.domain.status import Channel
from deskhelp.domain.views import Person
from deskhelp.services import sending, team
from deskhelp.services.office import Office
from deskhelp.services.sync import sync_once
from deskhelp.settings import open_profile
from deskhelp.ui.settings.dialog import SettingsDialog
from deskhelp.ui.settings.team_page import TeamPage
from tests.ui.conftest import Desk
from tests.ui.test_pickers import sheet

LEFT = Qt.MouseButton.LeftButton


async def team_page(desk: Desk) -> TeamPage:
    desk.window.window_acts.settings("team")
    dialog: SettingsDialog = await sheet(desk, SettingsDialog)
    return dialog.team


def colleague(root: Path, url: str, subject: str) -> None:
    """A colleague's computer: joins if it has not yet, takes a call, exchanges."""
    with Office.open(open_profile(root)) as office:
        if team.team_of(office) is None:
            team.join(office, url)
        form = sending.NewTicket(Channel.PHONE, Person("Rosa", "rosa@customer.example"), subject, "She called.")
        sending.new_ticket(office, form)
        sync_once(office)


def said(page: Any) -> str:
    trouble: QLabel = page.window().trouble
    return trouble.text() if trouble.isVisible() else ""


async def test_a_team_is_founded_in_a_folder_and_a_colleagues_work_appears(shown: Desk, tmp_path: Path) -> None:
    place = tmp_path / "team place"
    place.mkdir()
    page = await team_page(shown)
    assert not page.create_button.isEnabled()
    QTest.keyClicks(page.place, str(place))
    QTest.mouseClick(page.create_button, LEFT)

    await shown.until(lambda: page.pages.currentIndex() == 1)
    assert page.where.text() == str(place)
    await shown.until(lambda: page.waiting.text() == "nothing")
    await shown.until(lambda: shown.window.status.team.text().startswith("Team · "))

    colleague(tmp_path / "rosa", f"folder://{place}", "Keyboard is dead")
    QTest.mouseClick(page.exchange_button, LEFT)
    await shown.until(lambda: "Keyboard is dead" in shown.subjects())
    await shown.until(lambda: page.computers.text() == "2")


async def test_a_team_is_joined_at_its_database_file(shown: Desk, tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path}/team.sqlite"
    with Office.open(open_profile(tmp_path / "rosa")) as office:
        team.create(office, url)
    colleague(tmp_path / "rosa", url, "Keyboard is dead")
    page = await team_page(shown)
    QTest.keyClick(page.kind, Qt.Key.Key_Down)
    QTest.keyClicks(page.place, str(tmp_path / "team.sqlite"))
    QTest.mouseClick(page.join_button, LEFT)

    await shown.until(lambda: "Keyboard is dead" in shown.subjects())


async def test_a_place_without_a_team_is_said_and_what_was_typed_stays(shown: Desk, tmp_path: Path) -> None:
    page = await team_page(shown)
    QTest.keyClicks(page.place, str(tmp_path))
    QTest.mouseClick(page.join_button, LEFT)
    await shown.until(lambda: "no team" in said(page))
    QTest.keyClicks(page.place, "/nowhere")
    QTest.mouseClick(page.create_button, LEFT)
    await shown.until(lambda: "cannot be reached" in said(page))

    assert page.pages.currentIndex() == 0
    assert page.place.text() == f"{tmp_path}/nowhere"
    assert page.create_button.isEnabled()


async def test_leaving_is_asked_about_and_keeps_every_ticket(shown: Desk, tmp_path: Path) -> None:
    page = await team_page(shown)
    QTest.keyClicks(page.place, str(tmp_path))
    QTest.mouseClick(page.create_button, LEFT)
    await shown.until(lambda: page.pages.currentIndex() == 1)

    QTest.mouseClick(page.leave_button, LEFT)
    box: QMessageBox = await sheet(shown, QMessageBox)
    QTest.mouseClick(next(button for button in box.buttons() if button.text() == "Leave"), LEFT)

    await shown.until(lambda: page.pages.currentIndex() == 0)
    await shown.until(lambda: not shown.window.status.team.isVisible())
    assert len(shown.subjects()) == 4


async def test_a_place_that_went_away_is_said_in_the_window_and_nothing_else_stops(shown: Desk, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    page = await team_page(shown)
    QTest.keyClicks(page.place, str(place))
    QTest.mouseClick(page.create_button, LEFT)
    await shown.until(lambda: shown.window.status.team.text().startswith("Team · "))

    place.rename(tmp_path / "away")
    QTest.mouseClick(page.exchange_button, LEFT)

    await shown.until(lambda: shown.window.status.team.text().startswith("Team not reached since"))
    await shown.until(lambda: "cannot be reached" in page.said.text())
    assert page.said.isVisible()
