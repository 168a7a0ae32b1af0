"""What an office sets up, in the window: every change counts at once, what is deleted can come back."""

from __future__ import annotations

import socket
from typing import Any

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMessageBox, QSpinBox
from pytestqt.qtbot import QtBot

from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.services import catalog, passwords
from deskhelp.settings import Profile, load_settings
from deskhelp.ui import i18n, theme
from deskhelp.ui.dialogs.account_wizard import AccountWizard
from deskhelp.ui.settings.dialog import SettingsDialog
from deskhelp.ui.settings.entity_page import EntityPage
from deskhelp.ui.settings.pages import CannedPage
from tests.ui.conftest import PETER, Desk
from tests.ui.test_accessibility import cut, nameless
from tests.ui.test_pickers import sheet

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
BOX_ID = "f" * 32


def free_port() -> int:
    """A port of this computer where nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_backend", lambda: None)
    monkeypatch.setattr(passwords, "_session", {})


async def settings(desk: Desk, page: str) -> Any:
    """The open dialog at a page."""
    desk.window.window_acts.settings(page)
    dialog: SettingsDialog = await sheet(desk, SettingsDialog)
    return dialog


async def leave(desk: Desk, page: EntityPage) -> None:
    """Leave the field one is in, as the Tab key does."""
    page.list.setFocus()
    page.save_current()
    await desk.settle()


def pick(page: EntityPage, label: str) -> None:
    (item,) = page.list.findItems(label, Qt.MatchFlag.MatchExactly)
    page.list.setCurrentItem(item)


def entries(page: EntityPage) -> list[str]:
    return [page.list.item(row).text() for row in range(page.list.count())]


def retype(editor: Any, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)


# -- this computer -----------------------------------------------------------------------------------


async def test_a_number_is_kept_in_the_profile(shown: Desk, filled: Profile) -> None:
    dialog = await settings(shown, "general")
    box = next(b for b in dialog.findChildren(QSpinBox) if b.accessibleName() == "Sending can be undone for")
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "25")
    QTest.keyClick(box, Key.Key_Return)
    assert dialog.isVisible()
    await shown.until(lambda: shown.life.desk.settings.undo_send_s == 25)
    await shown.until(lambda: load_settings(filled).undo_send_s == 25)


async def test_another_language_is_spoken_at_once_and_the_settings_stay_open(shown: Desk) -> None:
    before = shown.window
    dialog = await settings(shown, "general")
    box = next(b for b in dialog.general.findChildren(QComboBox) if b.accessibleName() == "Language")
    box.setFocus()
    QTest.keyClick(box, Key.Key_Down)  # from English to Russian
    await shown.until(lambda: shown.window is not before)
    again = await sheet(shown, SettingsDialog)
    assert again.windowTitle() == "Настройки"
    assert shown.window.menuBar().actions()[0].text() == "&Файл"
    await shown.until(lambda: len(shown.subjects()) == 4)
    again.close()


async def test_the_appearance_changes_at_once(shown: Desk) -> None:
    dialog = await settings(shown, "general")
    box = next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == "Appearance")
    QTest.keyClick(box, Key.Key_Down)
    await shown.until(lambda: theme.current().is_dark)


# -- mailboxes ---------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def with_box(shown: Desk) -> Desk:
    """The window with a mailbox whose servers are not there."""
    port = free_port()
    await shown.ask_to_write(
        catalog.save,
        Mailbox(BOX_ID, "Sales", "sales@desk.example", f"imaps://sales@127.0.0.1:{port}", f"smtps://sales@127.0.0.1:{port}"),
    )  # fmt: skip
    await shown.until(lambda: any(box.id == BOX_ID for box in shown.life.desk.mailboxes))
    return shown


def box_of(desk: Desk) -> Mailbox:
    return next(box for box in desk.life.desk.mailboxes if box.id == BOX_ID)


async def test_a_mailbox_is_added_by_the_wizard(shown: Desk) -> None:
    dialog = await settings(shown, "accounts")
    assert dialog.accounts.empty.isVisible()
    QTest.mouseClick(dialog.accounts.new_button, LEFT)
    wizard = await shown.until(lambda: dialog.findChildren(AccountWizard))
    wizard[0].reject()


async def test_a_mailbox_is_renamed_when_the_field_is_left(with_box: Desk) -> None:
    page = (await settings(with_box, "accounts")).accounts
    assert entries(page) == ["sales@desk.example"]
    retype(page._editors["name"], "Sales desk")
    await leave(with_box, page)
    await with_box.until(lambda: box_of(with_box).name == "Sales desk")


async def test_a_server_that_cannot_be_is_refused_in_words_and_not_kept(with_box: Desk) -> None:
    page = (await settings(with_box, "accounts")).accounts
    before = box_of(with_box)
    retype(page._editors["imap"], "pop3://x")
    await leave(with_box, page)
    assert "is not an address of a mail server" in page.trouble.text()
    assert box_of(with_box) == before
    retype(page._editors["imap"], before.imap)
    await leave(with_box, page)
    assert not page.trouble.isVisible()


async def test_the_connection_test_fails_in_words(with_box: Desk) -> None:
    page = (await settings(with_box, "accounts")).accounts
    QTest.keyClicks(page.password, "secret")
    QTest.mouseClick(page.test_button, LEFT)
    assert not page.test_button.isEnabled()
    await with_box.until(page.test_button.isEnabled)
    lines = page.steps.lines()
    assert lines[0].endswith("the password is kept for this run only.")
    assert lines[1] == "✓  The server 127.0.0.1 was found."
    assert lines[2].startswith("✗  127.0.0.1 takes no connections on port")
    assert lines[3] == "Check the port; or the server is just down."
    assert lines[4] == "–  Not tried: certificate, login, folders, news at once."
    assert passwords.find(BOX_ID) == "secret"
    assert page.password.text() == ""
    QTest.mouseClick(page.steps.copy, LEFT)
    assert "takes no connections" in QApplication.clipboard().text()


async def test_a_test_without_a_password_says_so(with_box: Desk) -> None:
    page = (await settings(with_box, "accounts")).accounts
    QTest.mouseClick(page.test_button, LEFT)
    await with_box.until(page.test_button.isEnabled)
    assert page.steps.lines()[0].startswith("✗  The password of sales@desk.example is not known on this computer.")


async def test_removing_a_mailbox_asks_first(with_box: Desk) -> None:
    page = (await settings(with_box, "accounts")).accounts
    for choice, left in (("Cancel", 1), ("Remove", 0)):
        QTest.mouseClick(page.delete_button, LEFT)
        box = (await with_box.until(lambda: [b for b in page.findChildren(QMessageBox) if b.isVisible()]))[0]
        assert "Its tickets stay" in box.text()
        QTest.mouseClick(next(b for b in box.buttons() if b.text().replace("&", "") == choice), LEFT)
        await with_box.until(lambda: not [b for b in page.findChildren(QMessageBox) if b.isVisible()])
        await with_box.settle()
        await with_box.until(lambda left=left: page.list.count() == left)


# -- canned replies, tags, agents, departments -----------------------------------------------------------


async def test_a_canned_reply_is_written_and_found(shown: Desk) -> None:
    page: CannedPage = (await settings(shown, "canned")).canned
    QTest.mouseClick(page.new_button, LEFT)
    await shown.settle()
    retype(page._editors["name"], "Toner")
    retype(page._editors["folder"], "Printing")
    page.text.setFocus()
    QTest.keyClicks(page.text, "Toner comes, ")
    menu = page.placeholders.menu()
    next(a for a in menu.actions() if a.text().startswith("Customer's first name")).trigger()
    await leave(shown, page)
    await shown.until(lambda: [r.name for r in shown.life.desk.canned if r.folder == "Printing"] == ["Toner"])
    reply = next(r for r in shown.life.desk.canned if r.name == "Toner")
    assert reply.text == "Toner comes, {customer.first_name}"
    assert entries(page) == ["Printing / Toner", "Thanks"]
    QTest.keyClicks(page.search, "toner comes")
    assert [page.list.item(row).isHidden() for row in range(2)] == [False, True]


async def test_a_mistyped_placeholder_stands_out_where_it_is_written(shown: Desk) -> None:
    page = (await settings(shown, "canned")).canned
    page.text.setPlainText("{customer.name} {customer.nmae}")
    formats = page.text.document().firstBlock().layout().formats()
    colors = [one.format.foreground().color().name() for one in formats]
    tokens = theme.current()
    assert colors == [tokens.hex("accent").lower(), tokens.hex("danger").lower()]


async def test_what_is_deleted_can_be_taken_back(shown: Desk) -> None:
    page = (await settings(shown, "canned")).canned
    pick(page, "Thanks")
    QTest.mouseClick(page.delete_button, LEFT)
    await shown.until(lambda: not [r for r in shown.life.desk.canned if not r.is_deleted])
    assert page.gone.text() == "“Thanks” deleted"
    QTest.mouseClick(page.restore_button, LEFT)
    await shown.until(lambda: [r.name for r in shown.life.desk.canned if not r.is_deleted] == ["Thanks"])
    assert entries(page) == ["Thanks"]
    assert not page.restore_button.isVisible()


async def test_two_tags_of_one_name_are_refused_and_a_name_is_needed(shown: Desk) -> None:
    page = (await settings(shown, "tags")).tags
    pick(page, "vpn")
    retype(page._editors["name"], "PRINTER")
    await leave(shown, page)
    assert page.trouble.text() == "There is a tag of this name already."
    page._editors["name"].clear()
    await leave(shown, page)
    assert page.trouble.text() == "It needs a name."
    assert sorted(tag.name for tag in shown.life.desk.tags) == ["printer", "vpn"]
    retype(page._editors["name"], "network")
    await leave(shown, page)
    await shown.until(lambda: sorted(tag.name for tag in shown.life.desk.tags) == ["network", "printer"])


async def test_enter_keeps_the_field_and_presses_no_button(shown: Desk) -> None:
    dialog = await settings(shown, "tags")
    pick(dialog.tags, "vpn")
    retype(dialog.tags._editors["name"], "tunnel")
    QTest.keyClick(dialog.tags._editors["name"], Key.Key_Return)
    await shown.until(lambda: sorted(tag.name for tag in shown.life.desk.tags) == ["printer", "tunnel"])
    await shown.settle()
    assert entries(dialog.tags) == ["printer", "tunnel"]
    assert dialog.isVisible()


async def test_a_tag_gets_another_colour(shown: Desk) -> None:
    page = (await settings(shown, "tags")).tags
    pick(page, "vpn")
    next(a for a in page._editors["color"].menu().actions() if a.text() == "Plum").trigger()
    await shown.until(lambda: [t.color for t in shown.life.desk.tags if t.name == "vpn"] == ["#A8518F"])
    assert page._editors["color"].text() == "Plum"


async def test_another_agent_works_here_and_signs(shown: Desk) -> None:
    page = (await settings(shown, "agents")).agents
    pick(page, PETER.name)
    assert not page.me.isVisible()
    retype(page._editors["signature"], "Peter of the desk")
    await leave(shown, page)
    QTest.mouseClick(page.me_button, LEFT)
    await shown.until(lambda: shown.life.desk.me is not None and shown.life.desk.me.id == PETER.id)
    await shown.until(page.me.isVisible)
    page.window().close()
    await shown.choose("VPN drops hourly")
    shown.window.trigger("reply")
    composer = await shown.until(lambda: shown.window.composer)
    await shown.until(composer.isVisible)
    assert composer.form.signature.whole() == "Peter of the desk"


async def test_a_department_is_made(shown: Desk) -> None:
    page = (await settings(shown, "departments")).departments
    QTest.mouseClick(page.new_button, LEFT)
    await shown.settle()
    retype(page._editors["name"], "Warehouse")
    await leave(shown, page)
    await shown.until(lambda: "Warehouse" in [d.name for d in shown.life.desk.departments])


async def test_closing_keeps_the_field_one_is_in(shown: Desk) -> None:
    dialog = await settings(shown, "tags")
    pick(dialog.tags, "vpn")
    retype(dialog.tags._editors["description"], "tunnels")
    dialog.close()
    await shown.until(lambda: [t.description for t in shown.life.desk.tags if t.name == "vpn"] == ["tunnels"])


async def test_settings_that_were_closed_hear_nothing_any_more(shown: Desk, qtbot: QtBot) -> None:
    dialog = await settings(shown, "general")
    dialog.close()
    await shown.until(lambda: not shown.window.findChildren(SettingsDialog))
    with qtbot.capture_exceptions() as raised:
        shown.life.desk.trouble.emit(DeskTrouble("The disk is full."))
    assert raised == []
    assert shown.window.trouble_bar.text.text() == "The disk is full."


async def test_a_broken_file_of_replies_is_told_in_the_dialog(shown: Desk, tmp_path: Any) -> None:
    (tmp_path / "broken.toml").write_text("[[canned]\nname = 3")
    dialog = await settings(shown, "canned")
    dialog.canned.import_wanted.emit(str(tmp_path / "broken.toml"))
    await shown.until(dialog.trouble.isVisible)
    assert "broken.toml" in dialog.trouble.text()


async def test_no_text_is_cut_on_any_page(with_box: Desk, app: QApplication) -> None:
    i18n.install(app, "ru")
    app.setFont(theme.scaled(app.font(), 1.4))
    theme.theme().font_changed()
    dialog = await settings(with_box, "general")
    for page in dialog._names:
        dialog.show_page(page)
        await with_box.settle()
        await with_box.until(lambda: dialog.pages.currentWidget().isVisible())
        assert (page, cut(dialog), nameless(dialog)) == (page, [], [])
    assert dialog.width() <= 1280
