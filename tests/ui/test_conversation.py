"""The conversation and what stands beside it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QToolButton

from deskhelp.db import raws
from deskhelp.services import desk as services
from deskhelp.services import intake, sending
from deskhelp.services.incoming import Incoming
from deskhelp.services.office import Office
from deskhelp.settings import Profile
from deskhelp.ui.panes.chips import Chip
from deskhelp.ui.panes.mail_text import MailText, linked
from deskhelp.ui.panes.message_card import MessageCard
from tests.ui.conftest import BOX, Desk, MailMaker, ticket_named


def png(side: int) -> bytes:
    """A black square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\0\0\0" * side for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def cards(desk: Desk) -> list[MessageCard]:
    return desk.window.conversation.ordered_cards()


def texts(card: MessageCard) -> str:
    return "\n".join(reader.toPlainText() for reader in card.findChildren(MailText))


async def take_in(desk: Desk, *mails: Incoming) -> None:
    await desk.life.desk.write(intake.take_in, BOX, mails)
    await desk.settle()


async def test_messages_stand_in_order_with_who_wrote_them(shown: Desk) -> None:
    await shown.choose("Printer on fire")
    assert [texts(card) for card in cards(shown)] == ["Text about: Printer on fire", "It burns more now."]
    assert cards(shown)[0].accessibleName().startswith("Message of Maria Ivanova, ")


async def test_an_answer_appears_while_one_looks_and_the_rest_stays(shown: Desk) -> None:
    await shown.choose("Printer on fire")
    before = cards(shown)
    maker = MailMaker()
    maker.count = 50
    await take_in(shown, maker.mail("Re: Printer on fire", "Out now, thanks.", answers="<1@customer.example>"))
    await shown.until(lambda: len(cards(shown)) == 3)
    assert cards(shown)[:2] == before  # the same widgets: what was selected or unfolded in them is still so
    assert texts(cards(shown)[2]) == "Out now, thanks."


async def test_quoted_history_is_one_click_away(shown: Desk) -> None:
    text = "New words.\n\nOn Mon, 2 Mar 2026 at 09:00, Help <help@desk.example> wrote:\n> Old words.\n> More of them.\n"
    await take_in(shown, MailMaker(100).mail("Quoting", text))
    await shown.until(lambda: "Quoting" in shown.subjects())
    await shown.choose("Quoting")
    (card,) = cards(shown)
    assert "Old words" not in texts(card)
    (fold,) = [b for b in card.findChildren(QToolButton) if b.text() == "•••"]
    QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert "Old words" in texts(card)


async def test_html_shows_pictures_of_the_mail_and_nothing_else(shown: Desk) -> None:
    page = (
        "<table><tr><td><b>Bold</b></td></tr></table><img src='http://tracker.example/x.png' width=50 height=50>"
        "<script>bad()</script><img src='file:///etc/passwd'>"
    )
    await take_in(shown, MailMaker(100).mail("In colour", "Plain.", html=page))
    await shown.until(lambda: "In colour" in shown.subjects())
    await shown.choose("In colour")
    (card,) = cards(shown)
    assert card.body.html and "Bold" in texts(card) and "bad" not in texts(card)
    assert card.body.blocked == 1
    (reader,) = card.findChildren(MailText)
    kind = QTextDocument.ResourceType.ImageResource.value
    for address in ("file:///etc/hostname", "http://tracker.example/x.png", "cid:missing"):
        assert reader.loadResource(kind, QUrl(address)).width() == 1


async def test_a_mail_that_has_not_come_yet_shows_its_text_and_says_so(shown: Desk) -> None:
    await take_in(shown, MailMaker(100).mail("In colour", "Plain.", html="<p><b>Bold</b></p>"))
    await shown.until(lambda: "In colour" in shown.subjects())
    await shown.life.desk.write(lose_raw_mails)
    await shown.choose("In colour")
    (card,) = cards(shown)
    assert texts(card) == "Plain."
    labels = [label.text() for label in card.findChildren(QLabel)]
    assert any(text.startswith("Only the text of this mail is on this computer yet.") for text in labels)

    card.wanted.emit("raw", card.message)
    await shown.until(lambda: "not come to this computer yet" in shown.window.trouble_bar.text.text())


def lose_raw_mails(office: Office) -> None:
    """As after a snapshot of a team."""
    office.replica.database.execute_sql("DELETE FROM blob WHERE id IN (SELECT raw_blob FROM message)")
    raws.look_through(office.replica)


def test_a_picture_of_the_mail_itself_is_shown(app: Any) -> None:
    reader = MailText()
    reader.show_html('<p>See:</p><img src="cid:pic@1">', {"cid:pic@1": png(30)})
    assert reader.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("cid:pic@1")).width() == 30


def test_addresses_in_plain_text_become_links_and_nothing_becomes_markup() -> None:
    made = linked("Look at https://x.example/a?b=1&c=2. <b>Or</b> write to ann@x.example!")
    assert '<a href="https://x.example/a?b=1&amp;c=2">' in made
    assert "&lt;b&gt;Or&lt;/b&gt;" in made
    assert '<a href="mailto:ann@x.example">ann@x.example</a>!' in made


async def test_a_lying_link_is_not_followed_without_asking(shown: Desk, monkeypatch: Any) -> None:
    followed: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: followed.append(url.toString()) or True)
    page = '<p><b>Pay</b> at <a href="https://evil.example/x">https://bank.example</a></p>'
    await take_in(shown, MailMaker(100).mail("Pay now", "Pay.", html=page))
    await shown.until(lambda: "Pay now" in shown.subjects())
    await shown.choose("Pay now")
    (reader,) = cards(shown)[0].findChildren(MailText)
    reader.anchorClicked.emit(QUrl("https://evil.example/x"))
    box = await shown.until(lambda: shown.window.findChild(QMessageBox))
    assert followed == [] and "evil.example" in box.informativeText()
    QTest.mouseClick(next(b for b in box.buttons() if b.text() == "Follow it"), Qt.MouseButton.LeftButton)
    assert followed == ["https://evil.example/x"]


async def test_a_note_is_tinted_and_can_be_taken_away(shown: Desk) -> None:
    await shown.choose("VPN drops hourly")
    await shown.life.desk.write(sending.add_note, shown.window.conversation.ticket, "He is a difficult one.")
    await shown.until(lambda: len(cards(shown)) == 2)
    note = cards(shown)[1]
    assert note.property("kind") == "note"
    assert [a.text() for a in note.menu().actions()] == ["Remove this note", "Copy the text"]
    note.wanted.emit("hide", note.message)
    await shown.until(lambda: len(cards(shown)) == 1)


async def test_an_attachment_opens_as_a_copy_and_a_program_does_not(shown: Desk, monkeypatch: Any) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    files = (("list.txt", b"one two"), ("run.exe", b"MZ"))
    await take_in(shown, MailMaker(100).mail("With files", "Here.", files=files))
    await shown.until(lambda: "With files" in shown.subjects())
    await shown.choose("With files")
    (card,) = cards(shown)
    text, program = card.message.attachments
    card.attachment_wanted.emit("open", text)
    await shown.until(lambda: opened)
    assert Path(opened[0]).read_bytes() == b"one two"
    card.attachment_wanted.emit("open", program)
    await shown.settle()
    assert len(opened) == 1 and shown.window.trouble_bar.isVisible()


async def test_an_unreadable_mail_is_shown_with_its_source(shown: Desk) -> None:
    broken = Incoming(b"From: x@y.example\r\nSubject: odd\r\n\r\nhello", 1_772_500_000_000, problem="It is odd.")
    await take_in(shown, broken)
    shown.window.search_for("is:quarantined")
    await shown.until(lambda: len(shown.subjects()) == 1)
    await shown.until(lambda: len(cards(shown)) == 1 and cards(shown)[0].property("kind") == "quarantine")
    cards(shown)[0].wanted.emit("raw", cards(shown)[0].message)
    await shown.until(lambda: cards(shown)[0]._raw is not None)
    assert "Subject: odd" in cards(shown)[0]._raw.toPlainText()  # type: ignore[union-attr]


async def test_an_unreadable_mail_is_told_in_the_windows_language(shown: Desk) -> None:
    shown.window.window_acts.set_language("ru")
    await shown.until(lambda: shown.window.list.title.text() == "Все открытые")
    await take_in(
        shown, Incoming(None, 1_772_500_000_000, uid=7, problem="The server could not hand over this mail: BYE")
    )
    shown.window.search_for("is:quarantined")
    await shown.until(lambda: shown.subjects() == ["Нечитаемое письмо (7)"])
    await shown.until(lambda: len(cards(shown)) == 1 and cards(shown)[0].property("kind") == "quarantine")
    assert shown.window.conversation.head.subject.text() == "Нечитаемое письмо (7)"
    assert texts(cards(shown)[0]) == "Сервер не смог отдать это письмо: BYE"


async def test_the_code_is_copied_by_a_click(shown: Desk) -> None:
    await shown.choose("VPN drops hourly")
    opened = shown.window.conversation.opened
    assert opened is not None
    chip = next(c for c in shown.window.conversation.head.findChildren(Chip) if c.text() == opened.detail.summary.code)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == opened.detail.summary.code


async def test_long_conversations_are_folded(desk_of: Callable[[Profile], Any], filled: Profile) -> None:
    maker = MailMaker()
    maker.count = 100
    mails = [maker.mail("Re: Printer on fire", f"Answer {n}", answers="<1@customer.example>") for n in range(58)]
    with Office.open(filled) as office:
        intake.take_in(office, BOX, mails)
    desk: Desk = await desk_of(filled)
    await desk.until(lambda: "Printer on fire" in desk.subjects())
    await desk.choose("Printer on fire")
    assert len(cards(desk)) == 50
    assert desk.window.conversation.earlier.text() == "Show 10 earlier messages"
    QTest.mouseClick(desk.window.conversation.earlier, Qt.MouseButton.LeftButton)
    await desk.until(lambda: len(cards(desk)) == 60)


async def test_the_pane_beside_shows_the_ticket_and_what_happened(shown: Desk) -> None:
    await shown.choose("Printer on fire")
    context = shown.window.context
    assert context.values["assign"].accessibleName() == "Assignee: Olga Krylova"

    def more(office: Office) -> None:
        ids = [ticket_named(office, "Printer on fire")]
        services.escalate(office, ids, level=2, to="Second line", reason="It burns")

    await shown.life.desk.write(more)
    await shown.until(lambda: shown.window.conversation.head.escalation.isVisible())
    assert shown.window.conversation.head.escalation.text() == "Level 2 to Second line: It burns"


async def test_opening_a_ticket_marks_it_as_read(shown: Desk) -> None:
    first = shown.subjects()[0]
    await shown.until(lambda: shown.shown_subject() == first)
    shown.window.activateWindow()
    await shown.until(lambda: not shown.window.list.model.rows()[0].is_unread)
