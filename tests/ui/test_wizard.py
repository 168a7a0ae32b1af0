"""The first minutes: welcome, connecting a mailbox by keys alone, and every way in which that can fail, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton

from deskhelp.services import passwords
from deskhelp.settings import Profile, load_settings
from deskhelp.ui import i18n, theme, welcome
from deskhelp.ui.dialogs.account_wizard import AccountWizard
from tests.support.servers import ImapUser
from tests.support.smtp_server import SmtpServer
from tests.ui.conftest import Desk
from tests.ui.test_accessibility import cut, nameless
from tests.ui.test_pickers import sheet
from tests.ui.test_settings_dialog import free_port

Key = Qt.Key
MAIL = b"From: Maria <maria@customer.example>\r\nSubject: Printer on fire\r\nMessage-ID: <1@c.example>\r\n\r\nIt burns."


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_backend", lambda: None)
    monkeypatch.setattr(passwords, "_session", {})
    monkeypatch.delenv("DESKHELP_PASSWORD", raising=False)


async def wizard_of(desk: Desk) -> Any:
    desk.window.window_acts.add_account()
    wizard = await sheet(desk, AccountWizard)
    wizard.activateWindow()
    await desk.until(wizard.isActiveWindow)
    return wizard


def type_keys(dialog: Any, text: str) -> None:
    """Type into whatever has the focus, over what stands there."""
    line = dialog.focusWidget()
    line.selectAll()
    QTest.keyClicks(line, text)


def press(dialog: Any, key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(dialog.focusWidget(), key)


def tab_to(dialog: Any, widget: Any) -> None:
    """Press Tab until a widget has the focus; fails if Tab never comes by."""
    for _ in range(30):
        if dialog.focusWidget() is widget:
            return
        press(dialog, Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {widget}")


async def to_the_test(desk: Desk, wizard: Any, imap: str, smtp: str, ca_file: str = "", password: str = "x") -> None:
    """Address, password, servers, Enter: by keys alone."""
    assert wizard.focusWidget() is wizard.address.address
    type_keys(wizard, "help@shop.example")
    press(wizard, Key.Key_Return)
    assert wizard.focusWidget() is wizard.server.password
    type_keys(wizard, password)
    for line, text in ((wizard.server.imap, imap), (wizard.server.smtp, smtp), (wizard.server.ca_file, ca_file)):
        tab_to(wizard, line)
        type_keys(wizard, text)
    press(wizard, Key.Key_Return)
    assert wizard.pages.currentWidget() is wizard.test
    await desk.until(lambda: not desk.life.desk.is_busy)


async def test_a_mailbox_is_connected_by_keys_and_its_mail_becomes_tickets(
    desk_of: Callable[[Profile], Any], profile: Profile, imap_user: ImapUser, smtp_server: SmtpServer
) -> None:
    imap_user.append(MAIL)
    desk: Desk = await desk_of(profile)
    wizard = await wizard_of(desk)
    login = f"{imap_user.name}@127.0.0.1"
    await to_the_test(
        desk,
        wizard,
        f"imaps://{login}:{imap_user.server.tls_port}",
        f"smtps://{login}:{smtp_server.tls_port}",
        str(imap_user.server.ca_file),
        imap_user.password,
    )
    lines = wizard.test.steps.lines()
    assert [line[0] for line in lines] == ["✓"] * 8, lines
    assert wizard.test.again.isHidden()
    await desk.until(wizard.next.isEnabled)
    tab_to(wizard, wizard.next)
    press(wizard, Key.Key_Space)
    assert wizard.focusWidget() is wizard.load.agent_name
    type_keys(wizard, "Anna")
    press(wizard, Key.Key_Return)
    await desk.until(lambda: "Printer on fire" in desk.subjects())
    assert [box.address for box in desk.life.desk.mailboxes] == ["help@shop.example"]
    assert desk.life.desk.me is not None and desk.life.desk.me.name == "Anna"
    assert desk.window.pages.currentWidget() is desk.window.split
    assert "kept for this run only" in desk.window.trouble_bar.text.text()


async def test_servers_that_do_not_answer_are_told_step_by_step_and_can_be_corrected(
    desk_of: Callable[[Profile], Any], profile: Profile
) -> None:
    desk: Desk = await desk_of(profile)
    wizard = await wizard_of(desk)
    port = free_port()
    await to_the_test(desk, wizard, f"imaps://127.0.0.1:{port}", f"smtps://127.0.0.1:{port}")
    assert wizard.test.steps.lines() == [
        "✓  The server 127.0.0.1 was found.",
        f"✗  127.0.0.1 takes no connections on port {port}.",
        "Check the port; or the server is just down.",
        "–  Not tried: certificate, login, folders, news at once.",
        f"✗  127.0.0.1 takes no connections on port {port}.",
        "Check the port; or the server is just down.",
        "–  Not tried: login for sending.",
    ]
    assert not wizard.next.isEnabled()
    tab_to(wizard, wizard.test.again)
    press(wizard, Key.Key_Space)
    await desk.until(lambda: wizard.test.again.isVisible() and not desk.life.desk.is_busy)
    tab_to(wizard, wizard.back)
    press(wizard, Key.Key_Space)
    assert wizard.pages.currentWidget() is wizard.server
    assert wizard.server.imap.text() == f"imaps://127.0.0.1:{port}"
    press(wizard, Key.Key_Escape)
    await desk.until(lambda: not wizard.isVisible())
    assert desk.life.desk.mailboxes == ()


async def test_a_wrong_password_is_told_and_reading_alone_is_enough_to_go_on(
    desk_of: Callable[[Profile], Any], profile: Profile, imap_user: ImapUser
) -> None:
    desk: Desk = await desk_of(profile)
    wizard = await wizard_of(desk)
    login = f"imaps://{imap_user.name}@127.0.0.1:{imap_user.server.tls_port}"
    smtp, ca_file = f"smtps://127.0.0.1:{free_port()}", str(imap_user.server.ca_file)
    await to_the_test(desk, wizard, login, smtp, ca_file, "wrong")
    lines = wizard.test.steps.lines()
    assert any("refused" in line and line.startswith("✗") for line in lines), lines
    assert "–  Not tried: folders, news at once." in lines
    assert not wizard.next.isEnabled()
    tab_to(wizard, wizard.back)
    press(wizard, Key.Key_Space)
    tab_to(wizard, wizard.server.password)
    type_keys(wizard, imap_user.password)
    press(wizard, Key.Key_Return)
    await desk.until(wizard.next.isEnabled)
    await desk.until(wizard.test.again.isVisible)


async def test_an_address_without_a_server_url_is_told_before_anything_is_kept(
    desk_of: Callable[[Profile], Any], profile: Profile
) -> None:
    desk: Desk = await desk_of(profile)
    wizard = await wizard_of(desk)
    await to_the_test(desk, wizard, "pop3://x", "smtps://y")
    assert "is not an address of a mail server" in wizard.test.steps.lines()[0]
    assert not wizard.next.isEnabled()


@pytest.mark.parametrize(
    ("address", "imap", "hint"),
    [
        ("help@yandex.ru", "imaps://imap.yandex.ru:993", "app password"),
        ("help@outlook.com", "imaps://outlook.office365.com:993", "OAuth only"),
        ("help@shop.example", "imaps://imap.shop.example:993", "a guess for shop.example"),
    ],
)
async def test_servers_and_what_to_know_are_suggested(shown: Desk, address: str, imap: str, hint: str) -> None:
    wizard = await wizard_of(shown)
    assert not wizard.next.isEnabled()
    type_keys(wizard, address)
    press(wizard, Key.Key_Return)
    assert wizard.server.imap.text() == imap
    assert hint in wizard.server.hint.text()
    assert wizard.server.user.text() == address
    assert not wizard.next.isEnabled()  # no password yet
    wizard.reject()


async def test_the_wizard_keeps_a_signature_of_several_lines(shown: Desk) -> None:
    wizard = await wizard_of(shown)
    wizard.load.signature.setPlainText("Olga\nShift lead")
    assert wizard.load.signature.toPlainText() == "Olga\nShift lead"
    days = [b.text() for b in wizard.load.findChildren(QRadioButton) if b.isChecked()]
    assert days == ["The last 14 days"]
    wizard.reject()


async def test_no_text_is_cut_on_any_page(shown: Desk, app: QApplication) -> None:
    i18n.install(app, "ru")
    app.setFont(theme.scaled(app.font(), 1.4))
    theme.theme().font_changed()
    wizard = await wizard_of(shown)
    wizard.server.suggest("help@yandex.ru")
    wizard.test.steps.add(False, "Сервер не найден.", "Проверьте написание.", "detail")
    for page in range(wizard.pages.count()):
        wizard._go(page)
        await shown.until(lambda: wizard.pages.currentWidget().isVisible())
        await shown.until(lambda: not cut(wizard))
        assert nameless(wizard) == []
    wizard.reject()


# -- the first page of all -----------------------------------------------------------------------------


async def first_page(desk: Desk) -> Any:
    page = desk.window.pages.currentWidget()
    assert isinstance(page, welcome.WelcomePage)
    return page


@pytest.mark.parametrize(("language", "scale"), [("en", 1.0), ("ru", 1.4)])
async def test_no_text_is_cut_on_the_first_page(
    desk_of: Callable[[Profile], Any], profile: Profile, app: QApplication, language: str, scale: float
) -> None:
    i18n.install(app, language)
    app.setFont(theme.scaled(app.font(), scale))
    theme.theme().font_changed()
    desk: Desk = await desk_of(profile)
    desk.window.resize(1280, 800)
    page = await first_page(desk)
    assert cut(page) == []
    wrapped = [label for label in page.findChildren(QLabel) if label.wordWrap()]
    assert all(label.height() >= label.heightForWidth(label.width()) for label in wrapped)
    assert desk.window.status.mail.text() == {"en": "No mailbox yet", "ru": "Ящик ещё не подключён"}[language]


async def test_welcome_leads_to_the_wizard_with_ones_name(desk_of: Callable[[Profile], Any], profile: Profile) -> None:
    desk: Desk = await desk_of(profile)
    page = await first_page(desk)
    page.name.setFocus()
    QTest.keyClicks(page.name, "Olga  Krylova")
    QTest.keyClick(page.connect_button, Key.Key_Space)
    wizard = await sheet(desk, AccountWizard)
    await desk.until(lambda: desk.life.desk.me is not None)
    assert desk.life.desk.me.name == "Olga Krylova"  # type: ignore[union-attr]
    wizard.reject()
    assert await first_page(desk)


async def test_welcome_speaks_another_language_at_once(desk_of: Callable[[Profile], Any], profile: Profile) -> None:
    desk: Desk = await desk_of(profile)
    page = await first_page(desk)
    page.language.setCurrentIndex(1)
    QTest.keyClick(page.language, Key.Key_Down)
    await desk.until(lambda: load_settings(profile).language == "ru")
    await desk.until(lambda: "Connect" not in desk.window.pages.currentWidget().connect_button.text())  # type: ignore[attr-defined]
    assert (await first_page(desk)).connect_button.text() == "Подключить ящик…"


async def test_welcome_opens_the_demonstration_beside(
    desk_of: Callable[[Profile], Any], profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    class Process:
        @staticmethod
        def startDetached(program: str, arguments: list[str]) -> tuple[bool, int]:
            started.append([program, *arguments])
            return True, 1

    monkeypatch.setattr(welcome, "QProcess", Process)
    desk: Desk = await desk_of(profile)
    QTest.keyClick((await first_page(desk)).demo_button, Key.Key_Space)
    assert started[0][1:] == ["-m", "deskhelp", "--demo"]
