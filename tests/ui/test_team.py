"""The team in the window: founded, joined and left with the mouse; what a colleague does appears by itself."""

from __future__ import annotations

import platform
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from deskhelp.db.hub_folder import FolderHub
from deskhelp.domain.events import about_ticket
from deskhelp.domain.presence import NOWHERE, Presence, note_of, presence_of
from deskhelp.domain.status import Channel, Priority
from deskhelp.domain.views import Person
from deskhelp.services import accounts, computers, passwords, sending, team
from deskhelp.services import desk as desk_acts
from deskhelp.services.office import Office
from deskhelp.services.runner import MailHealth
from deskhelp.services.sync import sync_once
from deskhelp.services.team_link import TeamHealth
from deskhelp.settings import Profile, open_profile
from deskhelp.ui import i18n
from deskhelp.ui.panes.chips import Chip
from deskhelp.ui.settings.dialog import SettingsDialog
from deskhelp.ui.settings.team_page import TeamPage
from tests.support.hubs import messages
from tests.support.servers import ImapUser, TeamDatabase
from tests.support.snapshot_child import exchange, make_small
from tests.ui.conftest import OLGA, PETER, Desk
from tests.ui.test_pickers import sheet

REPLICA = "c" * 16
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
    assert not page.door.create_button.isEnabled()
    QTest.keyClicks(page.door.place, str(place))
    QTest.mouseClick(page.door.create_button, LEFT)

    await shown.until(lambda: page.pages.currentIndex() == 1)
    assert page.panel.where.text() == str(place)
    await shown.until(lambda: page.panel.waiting.text() == "nothing")
    await shown.until(lambda: shown.window.status.team.text().startswith("Team · "))

    colleague(tmp_path / "rosa", f"folder://{place}", "Keyboard is dead")
    QTest.mouseClick(page.panel.exchange_button, LEFT)
    await shown.until(lambda: "Keyboard is dead" in shown.subjects())
    await shown.until(
        lambda: page.panel.computers.text().startswith(f"{platform.node().partition('.')[0]}, last heard")
    )


async def test_a_computer_is_called_as_its_people_call_it_and_the_history_says_so(shown: Desk, tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    url = f"folder://{tmp_path / 'place'}"
    await shown.ask_to_write(team.create, url)
    with Office.open(open_profile(tmp_path / "rosa")) as office:
        team.join(office, url)
        computers.rename(office, "Rosa's laptop")
    colleague(tmp_path / "rosa", url, "Keyboard is dead")
    page = await team_page(shown)
    page.panel.name.selectAll()
    QTest.keyClicks(page.panel.name, "Reception")
    QTest.keyClick(page.panel.name, Qt.Key.Key_Return)
    await shown.until(lambda: page.panel.computers.text() == "Rosa's laptop")  # what lay there may be old: never heard
    page.window().reject()

    await shown.until(lambda: "Keyboard is dead" in shown.subjects())
    await shown.choose("Keyboard is dead")
    ticket = shown.window.ticket
    await shown.ask_to_write(desk_acts.set_priority, [ticket], Priority.HIGH)
    await shown.until(lambda: any("Reception" in label.text() for label in shown.window.context.findChildren(QLabel)))


async def test_a_team_is_joined_at_its_database_file(shown: Desk, tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path}/team.sqlite"
    with Office.open(open_profile(tmp_path / "rosa")) as office:
        team.create(office, url)
    colleague(tmp_path / "rosa", url, "Keyboard is dead")
    page = await team_page(shown)
    QTest.keyClick(page.door.kind, Qt.Key.Key_Down)
    QTest.keyClicks(page.door.place, str(tmp_path / "team.sqlite"))
    QTest.mouseClick(page.door.join_button, LEFT)

    await shown.until(lambda: "Keyboard is dead" in shown.subjects())


async def test_a_team_is_founded_on_a_server_and_its_password_is_not_in_the_profile(
    shown: Desk, team_database: TeamDatabase, filled: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, str] = {}
    monkeypatch.setattr(passwords, "_backend", lambda: None)
    monkeypatch.setattr(passwords, "_session", kept)
    page = await team_page(shown)
    assert not page.door.password.isVisible()
    for _ in range(2):
        QTest.keyClick(page.door.kind, Qt.Key.Key_Down)
    where, user = team_database.url.removeprefix("postgresql://").split("@")[::-1]
    for line, text in ((page.door.place, where), (page.door.user, user), (page.door.password, "wrong")):
        QTest.keyClicks(line, text)
    QTest.mouseClick(page.door.create_button, LEFT)
    await shown.until(lambda: "password" in said(page))
    QTest.keyClicks(page.door.password, team_database.password)
    QTest.mouseClick(page.door.create_button, LEFT)

    await shown.until(lambda: page.pages.currentIndex() == 1)
    assert list(kept.values()) == [team_database.password]
    await shown.until(lambda: shown.window.status.team.text().startswith("Team · "))
    files = [path for path in filled.root.rglob("*") if path.is_file()]
    assert any(user.encode() in path.read_bytes() for path in files), "the files are not looked at"
    assert not any(team_database.password.encode() in path.read_bytes() for path in files)


async def test_a_password_that_was_changed_on_the_server_is_asked_for(
    shown: Desk, team_database: TeamDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, str] = {}
    monkeypatch.setattr(passwords, "_backend", lambda: None)
    monkeypatch.setattr(passwords, "_session", kept)
    await shown.ask_to_write(team.create, team_database.url, team_database.password)
    page = await team_page(shown)
    await shown.until(lambda: page.panel.isVisible())
    assert not page.panel.password_line.isVisible()
    kept[team_database.url] = "that of before"
    QTest.mouseClick(page.panel.exchange_button, LEFT)
    await shown.until(lambda: page.panel.password_line.isVisible())
    assert "refuses" in page.panel.said.text()
    QTest.keyClicks(page.panel.password_line, "wrong")
    QTest.mouseClick(page.panel.password_button, LEFT)
    await shown.until(lambda: "refuses" in said(page))
    assert kept[team_database.url] == "that of before"

    page.panel.password_line.clear()
    QTest.keyClicks(page.panel.password_line, team_database.password)
    QTest.keyClick(page.panel.password_line, Qt.Key.Key_Return)
    await shown.until(lambda: not page.panel.password_line.isVisible())
    await shown.until(lambda: shown.window.status.team.text().startswith("Team · "))
    assert kept[team_database.url] == team_database.password


async def test_a_team_is_founded_in_a_folder_of_a_mailbox_that_is_connected(
    shown: Desk, tmp_path: Path, imap_user: ImapUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKHELP_PASSWORD", imap_user.password)
    page = await team_page(shown)
    assert not page.door.mailbox.isVisible()
    for _ in range(3):
        QTest.keyClick(page.door.kind, Qt.Key.Key_Down)
    assert page.door.mailbox.isVisible()
    assert not (page.door.place.isVisible() or page.door.browse.isVisible() or page.door.create_button.isEnabled())

    await shown.ask_to_write(accounts.add, account_of(imap_user))
    await shown.until(lambda: page.door.mailbox.currentText() == "Support (support@real.example)")
    QTest.mouseClick(page.door.create_button, LEFT)

    await shown.until(lambda: page.pages.currentIndex() == 1)
    assert page.panel.where.text() == "support@real.example"
    await shown.until(lambda: page.panel.waiting.text() == "nothing")
    await shown.until(lambda: shown.window.status.team.text().startswith("Team · "))
    assert any(b"Subject: about\r\n" in message for message in messages(imap_user).values())


def account_of(user: ImapUser) -> accounts.AccountForm:
    imap = f"imaps://{user.name}@127.0.0.1:{user.server.tls_port}"
    return accounts.AccountForm("Support", "support@real.example", imap, ca_file=str(user.server.ca_file))


async def test_an_encrypted_team_shows_its_code_and_asks_for_it_where_it_is_not_known(
    shown: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, str] = {}
    monkeypatch.setattr(passwords, "_backend", lambda: None)
    monkeypatch.setattr(passwords, "_session", kept)
    page = await team_page(shown)
    QTest.keyClicks(page.door.place, str(tmp_path))
    QTest.keyClick(page.door.encrypt, Qt.Key.Key_Space)
    QTest.mouseClick(page.door.create_button, LEFT)
    await shown.until(lambda: page.panel.code.isVisible())
    code = page.panel.code.text()
    assert len(code) == 34
    await shown.until(lambda: shown.window.status.team.text().startswith("Team · "))

    kept.clear()
    QTest.mouseClick(page.panel.exchange_button, LEFT)
    await shown.until(lambda: page.panel.code_line.isVisible())
    await shown.until(lambda: "pairing code" in page.panel.said.text())
    QTest.keyClicks(page.panel.code_line, "1234")
    QTest.mouseClick(page.panel.give_button, LEFT)
    await shown.until(lambda: "no pairing code" in said(page))
    page.panel.code_line.clear()
    QTest.keyClicks(page.panel.code_line, code.lower())
    QTest.keyClick(page.panel.code_line, Qt.Key.Key_Return)
    await shown.until(lambda: not page.panel.code_line.isVisible())
    await shown.until(lambda: not page.panel.said.isVisible())


async def test_an_encrypted_team_is_joined_with_its_code(
    shown: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_backend", lambda: None)
    monkeypatch.setattr(passwords, "_session", {})
    with Office.open(open_profile(tmp_path / "rosa")) as office:
        url = team.create(office, f"folder://{tmp_path}", encrypt=True).url
        code = team.pairing_code(office)
    colleague(tmp_path / "rosa", url, "Keyboard is dead")
    monkeypatch.setattr(passwords, "_session", {})
    page = await team_page(shown)
    QTest.keyClicks(page.door.place, str(tmp_path))
    QTest.mouseClick(page.door.join_button, LEFT)
    await shown.until(lambda: "encrypted" in said(page))
    QTest.keyClicks(page.door.code, code)
    QTest.mouseClick(page.door.join_button, LEFT)

    await shown.until(lambda: "Keyboard is dead" in shown.subjects())
    QTest.mouseClick(page.panel.code_button, LEFT)
    await shown.until(lambda: page.panel.code.text() == code)


async def test_a_place_without_a_team_is_said_and_what_was_typed_stays(shown: Desk, tmp_path: Path) -> None:
    page = await team_page(shown)
    QTest.keyClicks(page.door.place, str(tmp_path))
    QTest.mouseClick(page.door.join_button, LEFT)
    await shown.until(lambda: "no team" in said(page))
    QTest.keyClicks(page.door.place, "/nowhere")
    QTest.mouseClick(page.door.create_button, LEFT)
    await shown.until(lambda: "cannot be reached" in said(page))

    assert page.pages.currentIndex() == 0
    assert page.door.place.text() == f"{tmp_path}/nowhere"
    assert page.door.create_button.isEnabled()


async def test_leaving_is_asked_about_and_keeps_every_ticket(shown: Desk, tmp_path: Path) -> None:
    page = await team_page(shown)
    QTest.keyClicks(page.door.place, str(tmp_path))
    QTest.mouseClick(page.door.create_button, LEFT)
    await shown.until(lambda: page.pages.currentIndex() == 1)

    QTest.mouseClick(page.panel.leave_button, LEFT)
    box: QMessageBox = await sheet(shown, QMessageBox)
    QTest.mouseClick(next(button for button in box.buttons() if button.text() == "Leave"), LEFT)

    await shown.until(lambda: page.pages.currentIndex() == 0)
    await shown.until(lambda: not shown.window.status.team.isVisible())
    assert len(shown.subjects()) == 4


async def test_a_place_that_went_away_is_said_in_the_window_and_nothing_else_stops(shown: Desk, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    page = await team_page(shown)
    QTest.keyClicks(page.door.place, str(place))
    QTest.mouseClick(page.door.create_button, LEFT)
    await shown.until(lambda: shown.window.status.team.text().startswith("Team · "))

    place.rename(tmp_path / "away")
    QTest.mouseClick(page.panel.exchange_button, LEFT)

    await shown.until(lambda: shown.window.status.team.text().startswith("Team not reached since"))
    await shown.until(lambda: "cannot be reached" in page.panel.said.text())
    assert page.panel.said.isVisible()


async def test_joining_a_large_team_is_told_and_all_of_it_appears_beside_what_was_here(
    shown: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_small(monkeypatch.setattr)
    place = tmp_path / "place"
    place.mkdir()
    with Office.open(open_profile(tmp_path / "rosa")) as office:
        for number in range(30):
            form = sending.NewTicket(
                Channel.PHONE, Person("", "rosa@customer.example"), f"Call {number}", "She called."
            )
            sending.new_ticket(office, form)
        team.create(office, f"folder://{place}")
        exchange(office)
    assert list(place.glob("snap/*/*/list"))
    before = set(shown.subjects())
    page = await team_page(shown)
    told: list[str] = []
    shown.life.desk.team_changed.connect(lambda: told.append(shown.window.status.team.text()))
    QTest.keyClicks(page.door.place, str(place))
    QTest.mouseClick(page.door.join_button, LEFT)

    await shown.until(lambda: {*before, "Call 0", "Call 29"} <= set(shown.subjects()))
    await shown.until(lambda: shown.window.status.team.text().startswith("Team · "))
    assert any(text.startswith("Getting the team's data: ") for text in told)


async def test_how_much_of_the_teams_data_has_come_stands_at_the_bottom_and_in_the_settings(
    shown: Desk, tmp_path: Path
) -> None:
    await founded(shown, tmp_path)
    page = await team_page(shown)
    shown.life._watch._show_health(MailHealth(team=TeamHealth(True, getting=45)))

    assert shown.window.status.team.text() == "Getting the team's data: 45 %"
    await shown.until(lambda: page.panel.exchanged.text() == "Getting the team's data: 45 %")


async def founded(desk: Desk, place: Path) -> FolderHub:
    """The window in a team that meets in a folder; the hub, as a colleague's computer sees it."""
    await desk.life.desk.beside(team.create_by, f"folder://{place}")
    desk.life.desk.look_wanted.emit()
    await desk.until(lambda: desk.life.desk.team is not None)
    return FolderHub(place)


@pytest.mark.parametrize(("language", "wanted"), [("en", "72 h ahead"), ("ru", "спешат"), ("ru", "72 ч")])
async def test_a_clock_that_is_wrong_is_said_in_the_window_until_it_is_right(
    shown: Desk, tmp_path: Path, language: str, wanted: str, app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "place").mkdir()
    i18n.install(app, language)
    with monkeypatch.context() as wrong:
        off = SimpleNamespace(time=time.time, time_ns=lambda: time.time_ns() + 72 * 3600 * 10**9)
        wrong.setattr("deskhelp.db.place_clock.time", off)
        await shown.ask_to_write(team.create, f"folder://{tmp_path / 'place'}")
        page = await team_page(shown)
        await shown.until(lambda: wanted in page.panel.said.text())
        assert wanted in shown.window.status.team.toolTip()
    await shown.ask_to_write(computers.rename, "Reception")
    await shown.until(lambda: page.panel.said.text() == "")


async def test_a_colleague_who_answers_is_named_in_the_list_and_above_the_ticket(shown: Desk, tmp_path: Path) -> None:
    hub = await founded(shown, tmp_path)
    ticket = shown.window.ticket
    row = shown.window.list.model.index(shown.window.list.model.row_of(ticket))

    hub.say(REPLICA, note_of(Presence(PETER.id, looks_at=ticket), 1))
    shown.life.desk.look_wanted.emit()
    await shown.until(lambda: "Peter Fox is looking" in chips(shown))
    hub.say(REPLICA, note_of(Presence(PETER.id, looks_at=ticket, answers=ticket), 2))
    shown.life.desk.look_wanted.emit()
    await shown.until(lambda: "Peter Fox is answering" in chips(shown))
    assert "Peter Fox is answering" in row.data(Qt.ItemDataRole.AccessibleTextRole)

    hub.say(REPLICA, note_of(NOWHERE, 3))
    shown.life.desk.look_wanted.emit()
    await shown.until(lambda: not any("Peter" in text for text in chips(shown)))


async def test_the_colleagues_hear_which_ticket_is_answered_here_and_that_it_is_over(
    shown: Desk, tmp_path: Path
) -> None:
    hub = await founded(shown, tmp_path)
    ticket = shown.window.ticket

    def said() -> list[Presence]:
        return [presence_of(note) for note in hub.heard().values()]

    await shown.until(lambda: said() == [Presence(OLGA.id, looks_at=ticket)])
    shown.window.trigger("reply")
    await shown.until(lambda: said() == [Presence(OLGA.id, looks_at=ticket, answers=ticket)])
    assert shown.window.composer is not None
    shown.window.composer.discard()
    await shown.until(lambda: said() == [Presence(OLGA.id, looks_at=ticket)])


def chips(desk: Desk) -> list[str]:
    return [chip.text() for chip in desk.window.conversation.head.chips.findChildren(Chip)]


def _both_wrote(office: Office, ticket: str, field: str, values: dict[str, str]) -> None:
    """Two colleagues set a field, a second apart, without knowing of each other."""
    drafts = [
        office.replica.field_draft(about_ticket(ticket), field, value, at_ms=office.now() + late, agent=agent)
        for late, (agent, value) in enumerate(values.items())
    ]
    office.announce(office.replica.append(drafts))


async def test_what_a_colleague_set_at_the_same_time_is_one_click_away(shown: Desk) -> None:
    ticket, context = shown.window.ticket, shown.window.context
    await shown.ask_to_write(_both_wrote, ticket, "priority", {PETER.id: "urgent", OLGA.id: "low"})
    await shown.until(lambda: len(context.rivals) == 1)
    card = context.rivals[0]
    assert card.accessibleName().startswith("At the same time Peter Fox")
    assert card.accessibleName().endswith("priority: Urgent")

    QTest.mouseClick(card.yes, LEFT)

    await shown.until(lambda: not context.rivals)
    await shown.until(lambda: context.values["priority"].text() == "Urgent")


async def test_that_a_colleague_had_taken_the_ticket_first_is_said_once(shown: Desk, tmp_path: Path) -> None:
    await founded(shown, tmp_path)
    ticket = shown.window.ticket
    await shown.ask_to_write(_both_wrote, ticket, "assignee", {PETER.id: PETER.id, OLGA.id: OLGA.id})

    bar = shown.window.trouble_bar
    await shown.until(lambda: "Peter Fox had taken the ticket" in bar.text.text())
    bar.hide()
    await shown.ask_to_write(desk_acts.set_priority, (ticket,), Priority.HIGH)
    await shown.settle()
    assert not bar.isVisible()
