"""Mails made to hold a window up: opening, quoting and looking at the source of each takes no longer than a blink."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from deskhelp.services.incoming import Incoming
from deskhelp.ui.panes.mail_text import linked, shortened
from deskhelp.ui.printing import document
from tests.ui.conftest import Desk

from .test_composer import writing
from .test_conversation import cards, take_in

HEAD = b"From: Long <long@x.example>\r\nMessage-ID: <1@x.example>\r\nSubject: Long\r\nMIME-Version: 1.0\r\n"
FILE = b"--b\r\nContent-Disposition: attachment; filename=f%d.txt\r\n\r\nx\r\n"
FILES = b"".join(FILE % number for number in range(150))
LONG = {
    "a word without end": b"\r\n" + b"x" * 2_000_000,
    "a line without end": b"\r\n" + b"word " * 400_000,
    "many lines": b"\r\n" + b"some words in a line of text that is long enough\r\n" * 40_000,
}


async def opened(desk: Desk, rest: bytes) -> None:
    await take_in(desk, Incoming(HEAD + rest, 1_772_500_000_000))
    await desk.settle()
    await desk.choose("Long")
    await desk.settle()


@pytest.mark.parametrize("kind", LONG)
async def test_a_mail_without_end_is_opened_answered_and_looked_at_soon(shown: Desk, kind: str) -> None:
    begun = time.process_time()
    await opened(shown, LONG[kind])
    (card,) = cards(shown)
    card.wanted.emit("raw", card.message)
    await shown.until(lambda: card._raw is not None)
    composer = await writing(shown, "Long")
    assert time.process_time() - begun < 4
    quoted = composer.form.quoted.toPlainText()
    assert len(quoted) < 200_000 and quoted.endswith("[…]")


@pytest.mark.parametrize("unit", ["x", "x@", "x.", "@", "http://", "x-", "+x", "a@b.c."])
def test_links_are_found_soon_in_words_without_end(unit: str) -> None:
    begun = time.process_time()
    linked(shortened(unit * 200_000))
    assert time.process_time() - begun < 1


def test_addresses_of_people_and_pages_are_links() -> None:
    text = "Write to o'neil+desk@mail.example.com, (see https://x.example/a?b=1)."
    assert linked(text).count("<a ") == 2
    assert 'href="mailto:neil+desk@mail.example.com"' in linked(text)
    assert 'href="https://x.example/a?b=1"' in linked(text)


async def test_a_ticket_with_a_word_without_end_is_printed_soon(shown: Desk) -> None:
    await opened(shown, LONG["a word without end"])
    ticket = shown.window.conversation.opened
    assert ticket is not None
    begun = time.process_time()
    pages = document(ticket, shown.life.desk.facts)
    pages.setPageSize(QSizeF(500, 700))
    assert pages.pageCount() > 10
    assert time.process_time() - begun < 4


async def test_a_subject_of_pages_is_a_line_in_the_list_and_a_few_above_its_ticket(shown: Desk) -> None:
    subject = "endless " * 5_000
    mails = [
        f"From: a{number}@x.example\r\nMessage-ID: <{number}@x.example>\r\nSubject: {subject}\r\n\r\nHello"
        for number in range(30)
    ]
    await take_in(shown, *(Incoming(mail.encode(), 1_790_000_000_000 + at) for at, mail in enumerate(mails)))
    await shown.settle()
    begun = time.process_time()
    for _ in range(5):
        shown.window.list.grab()
    assert time.process_time() - begun < 0.5
    at, first = next((at, text) for at, text in enumerate(shown.subjects()) if text.startswith("endless endless"))
    assert first.endswith("…") and len(first) == 300
    shown.window.list.view.setCurrentIndex(shown.window.list.model.index(at))
    head = shown.window.conversation.head.subject
    await shown.until(lambda: head.text() == first)
    assert len(head.toolTip()) > 30_000


async def test_of_very_many_files_the_first_are_shown_and_more_on_demand(shown: Desk) -> None:
    await opened(shown, b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + FILES + b"--b--\r\n")
    (card,) = cards(shown)

    def chips() -> list[QToolButton]:
        found = [button for button in card.findChildren(QToolButton) if button.objectName() == "chip"]
        return [button for button in found if not button.isHidden()]

    for shown_files, rest in ((60, "90 more files"), (120, "30 more files")):
        *files, more = chips()
        assert (len(files), more.text()) == (shown_files, rest)
        QTest.mouseClick(more, Qt.MouseButton.LeftButton)
        await shown.until(lambda shown_files=shown_files: len(chips()) > shown_files + 1)
    assert [button.text().split()[0] for button in chips()] == [f"f{number}.txt" for number in range(150)]
