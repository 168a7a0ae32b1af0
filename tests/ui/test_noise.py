"""Spam in the window: blocking from the ticket, from a message and in the settings, and every way back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deskhelp.domain.entities import CannedReply, Mailbox
from deskhelp.domain.status import Direction
from deskhelp.services import catalog, intake, noise
from deskhelp.services.incoming import Incoming
from deskhelp.services.office import Office
from deskhelp.ui.panes.chips import Chip
from deskhelp.ui.pickers.popup import PickerPopup
from tests.ui.conftest import BOX, SUBJECTS, Desk
from tests.ui.test_pickers import labels, opened, press, status_of
from tests.ui.test_settings_dialog import entries, settings

Key = Qt.Key
PRINTER, VPN = SUBJECTS[0], SUBJECTS[1]


def rules(office: Office) -> list[tuple[str, str]]:
    return [(rule.name, rule.verdict) for rule in noise.listed(office)]


async def test_the_sender_of_a_ticket_is_blocked_and_undo_takes_it_back(shown: Desk) -> None:
    picker = await opened(shown, "block")
    assert labels(picker) == ["boris@customer.example", "@customer.example"]
    press(picker, Key.Key_Return)
    await shown.until(lambda: VPN not in shown.subjects())
    assert await shown.ask(rules) == [("boris@customer.example", "block")]
    assert await shown.ask(status_of, VPN) == "spam"
    shown.window.trigger("undo")
    await shown.until(lambda: VPN in shown.subjects())
    assert await shown.ask(rules) == []


async def test_a_whole_domain_takes_all_that_nobody_has_begun(shown: Desk) -> None:
    picker = await opened(shown, "block")
    press(picker, Key.Key_Down, Key.Key_Return)
    await shown.until(lambda: shown.subjects() == [PRINTER])  # somebody works at that one
    assert await shown.ask(rules) == [("customer.example", "block")]


async def test_the_spam_view_gives_back_what_is_none(shown: Desk) -> None:
    picker = await opened(shown, "block")
    press(picker, Key.Key_Return)
    await shown.until(lambda: VPN not in shown.subjects())
    shown.window.sidebar.choose("queue:spam")
    await shown.until(lambda: shown.subjects() == [VPN])
    await shown.choose(VPN)
    (button,) = [chip for chip in shown.window.conversation.findChildren(Chip) if chip.text() == "Not spam"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await shown.until(lambda: shown.subjects() == [])
    assert await shown.ask(rules) == []
    assert await shown.ask(status_of, VPN) == "open"


async def test_a_messages_menu_blocks_its_author(shown: Desk) -> None:
    await shown.choose(VPN)
    detail = shown.window.conversation.opened.detail  # type: ignore[union-attr]
    message = next(m for m in detail.messages if m.direction is Direction.IN)
    card = await shown.until(lambda: shown.window.conversation.card_of(message.id))
    menu = card.menu()
    action = next(action for action in menu.actions() if action.text() == "Block the sender…")
    action.trigger()
    menu.close()
    picker: PickerPopup = await shown.until(lambda: QApplication.activePopupWidget())
    press(picker, Key.Key_Return)
    await shown.until(lambda: VPN not in shown.subjects())
    assert await shown.ask(rules) == [("boris@customer.example", "block")]


async def test_the_settings_block_free_and_forget(shown: Desk) -> None:
    dialog = await settings(shown, "senders")
    page = dialog.senders
    page.wanted.setFocus()
    QTest.keyClicks(page.wanted, "@casino.example")
    QTest.keyClick(page.wanted, Key.Key_Return)
    await shown.until(lambda: entries(page) == ["casino.example"])
    assert dialog.isVisible()
    page.list.setCurrentRow(0)
    box = page._editors["verdict"]
    box.setFocus()
    QTest.keyClick(box, Key.Key_Down)
    await shown.settle()
    assert await shown.ask(rules) == [("casino.example", "allow")]
    page.delete_button.click()
    await shown.settle()
    assert await shown.ask(rules) == []
    page.restore_button.click()
    await shown.settle()
    assert await shown.ask(rules) == [("casino.example", "allow")]


async def test_what_is_no_sender_is_said_under_the_pages(shown: Desk) -> None:
    dialog = await settings(shown, "senders")
    QTest.keyClicks(dialog.senders.wanted, "nobody")
    QTest.mouseClick(dialog.senders.new_button, Qt.MouseButton.LeftButton)
    await shown.until(lambda: "nobody" in dialog.trouble.text())


# -- saying by itself that a mail has come -------------------------------------------------------------

FAR = Mailbox("f" * 32, "Far", "far@desk.example", "imaps://far@127.0.0.1:1", "smtps://far@127.0.0.1:1")
ASKING = CannedReply("e" * 32, "Number", text="Your {?Order number} please")


def mailbox(office: Office, name: str = FAR.id) -> Mailbox:
    return next(box for box in office.mailboxes if box.id == name)


def hold(office: Office) -> None:
    """The mailbox as a settings page needs it, without anybody trying to reach its server."""
    catalog.save(office, FAR, ASKING)


async def test_acknowledging_is_chosen_in_the_settings_and_a_question_is_refused(shown: Desk) -> None:
    await shown.ask_to_write(hold)
    dialog = await settings(shown, "accounts")
    page = dialog.accounts
    await shown.until(lambda: entries(page) == ["far@desk.example"])
    page.list.setCurrentRow(0)
    assert not page.go_on.isVisible()
    page.acknowledge.setFocus()
    for _ in range(page.acknowledge.count()):
        QTest.keyClick(page.acknowledge, Key.Key_Down)
        if "Number" in page.acknowledge.currentText():
            assert "Order number" in page.trouble.text()
    QTest.keyClick(page.acknowledge, Key.Key_Home)
    QTest.keyClick(page.acknowledge, Key.Key_Down)
    while "Thanks" not in page.acknowledge.currentText():
        QTest.keyClick(page.acknowledge, Key.Key_Down)
    await shown.settle()
    assert (await shown.ask(mailbox)).acknowledge == "c" * 32
    assert not page.trouble.isVisible()


async def test_that_it_has_stopped_is_said_in_the_window_and_one_can_go_on(shown: Desk) -> None:
    await shown.ask_to_write(hold)
    await shown.ask_to_write(
        catalog.save, replace(FAR, acknowledge="c" * 32, acknowledging_stopped_ms=1_790_000_000_000)
    )
    await shown.until(lambda: "not acknowledged any more" in shown.window.trouble_bar.text.text())
    dialog = await settings(shown, "accounts")
    page = dialog.accounts
    await shown.until(lambda: page.go_on.isVisible())
    QTest.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
    await shown.until(lambda: not page.go_on.isVisible())
    await shown.settle()
    assert (await shown.ask(mailbox)).acknowledging_stopped_ms == 0


# -- mailing lists -------------------------------------------------------------------------------------


def take_in_list_mail(office: Office) -> None:
    head = "From: news@list.example\r\nTo: help@desk.example\r\nSubject: News of paper\r\n"
    raw = (head + "Message-ID: <n1@list.example>\r\nList-Id: <paper.list.example>\r\n\r\nPaper is white.\r\n").encode()
    intake.take_in(office, BOX, [Incoming(raw, office.now())])


async def test_a_mailing_list_lies_in_a_view_of_its_own_until_it_is_taken_up(shown: Desk) -> None:
    await shown.ask_to_write(take_in_list_mail)
    await shown.settle()
    assert "News of paper" not in shown.subjects()
    shown.window.sidebar.choose("queue:lists")
    await shown.until(lambda: shown.subjects() == ["News of paper"])
    await shown.choose("News of paper")
    shown.window.trigger("assign_me")
    await shown.until(lambda: shown.subjects() == [])
    shown.window.sidebar.choose("queue:mine")
    await shown.until(lambda: "News of paper" in shown.subjects())


def take_in_spam_and_a_list(office: Office) -> None:
    noise.block(office, ["casino.example"])
    heads = ("", "List-Id: <paper.list.example>\r\n")
    senders = ("win@casino.example", "news@list.example")
    raws = [
        f"From: {sender}\r\nSubject: {sender}\r\nMessage-ID: <{at}@x.example>\r\n{head}\r\nText\r\n".encode()
        for at, (sender, head) in enumerate(zip(senders, heads, strict=True))
    ]
    intake.take_in(office, BOX, [Incoming(raw, office.now() + 1000) for raw in raws])


def take_in_a_request(office: Office) -> None:
    raw = b"From: eva@customer.example\r\nSubject: A question\r\nMessage-ID: <9@x.example>\r\n\r\nText\r\n"
    intake.take_in(office, BOX, [Incoming(raw, office.now() + 5000)])


async def test_spam_and_lists_tell_nobody(shown: Desk) -> None:
    notifier = shown.window.companions.notifier
    told: list[str] = []
    notifier.told.connect(lambda title, _text: told.append(title))
    notifier._timer.setInterval(1)
    shown.window.hide()
    await shown.until(lambda: not shown.window.isActiveWindow())
    await shown.ask_to_write(take_in_spam_and_a_list)
    await shown.until(lambda: not notifier._timer.isActive())
    await shown.settle()
    assert told == []
    await shown.ask_to_write(take_in_a_request)
    await shown.until(lambda: told)
    assert told == ["eva@customer.example"]
