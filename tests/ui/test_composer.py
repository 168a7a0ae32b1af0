"""Writing: kept as one types, filled in, checked before it leaves, taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deskhelp.domain.entities import CannedReply
from deskhelp.services import catalog, drafts, intake, outbox_list
from deskhelp.services.office import Office
from deskhelp.settings import Profile
from deskhelp.ui import i18n, theme
from deskhelp.ui.panes import composer_files
from deskhelp.ui.panes.composer import Composer
from deskhelp.ui.panes.composer_form import Mode
from deskhelp.ui.pickers.canned import CannedPicker
from tests.ui.conftest import BOX, SUBJECTS, Desk, MailMaker, ticket_named
from tests.ui.test_accessibility import cut, nameless

VPN, PRINTER = "VPN drops hourly", SUBJECTS[0]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ASKS = "Your order {?Order number} comes on {?Which day|Monday}.{cursor}"


async def writing(desk: Desk, subject: str = VPN, mode: str = "reply") -> Composer:
    """The composer, open for a ticket and with the focus in its text."""
    await desk.choose(subject)
    desk.window.activateWindow()
    desk.window.trigger(mode)
    composer: Composer = await desk.until(lambda: desk.window.composer)
    await desk.until(composer.isVisible)
    await desk.until(composer.form.text.hasFocus)
    return composer


def draft_of(office: Office, subject: str) -> str | None:
    draft = drafts.load_draft(office, ticket_named(office, subject))
    return draft.text if draft else None


def waiting(office: Office) -> int:
    return len(outbox_list.listed(office))


async def canned(desk: Desk, name: str, text: str) -> None:
    await desk.ask_to_write(catalog.save, CannedReply(catalog.new_id(), name, text=text))
    await desk.until(lambda: any(reply.name == name for reply in desk.life.desk.canned))


async def insert(desk: Desk, composer: Composer, typed: str) -> None:
    """A slash, a few letters, Enter."""
    before = composer.form.text.toPlainText()
    QTest.keyClicks(composer.form.text, "/")
    picker: CannedPicker = await desk.until(lambda: QApplication.activePopupWidget())
    QTest.keyClicks(picker.typed, typed)
    QTest.keyClick(picker.typed, Qt.Key.Key_Return)
    await desk.until(lambda: composer.form.text.toPlainText() not in (before, before + "/"))
    await back_to(desk)


async def back_to(desk: Desk) -> None:
    """Give the window the keyboard again: where no window manager is, a pop-up that closes leaves it to nobody."""
    await desk.until(lambda: not desk.window.isActiveWindow())
    desk.window.activateWindow()
    await desk.until(desk.window.isActiveWindow)


# -- drafts --------------------------------------------------------------------------------------


async def test_what_is_typed_is_kept_and_there_after_the_next_start(
    shown: Desk, desk_of: Callable[[Profile], Any], filled: Profile
) -> None:
    composer = await writing(shown)
    composer._saving.setInterval(1)
    QTest.keyClicks(composer.form.text, "Half an answer")
    await shown.until(lambda: composer.form.saved.text() == "saved")
    assert await shown.ask(draft_of, VPN) == "Half an answer"
    shown.window.close()
    await asyncio.wait_for(shown.life.closed(), 5)
    await shown.life.close()
    again: Desk = await desk_of(filled)
    await again.until(lambda: again.window.composer is not None and again.window.composer.isVisible())
    assert again.shown_subject() == VPN
    assert again.window.composer.form.text.toPlainText() == "Half an answer"  # type: ignore[union-attr]


async def test_another_ticket_puts_the_draft_away_and_its_own_brings_it_back(shown: Desk) -> None:
    composer = await writing(shown)
    QTest.keyClicks(composer.form.text, "For the VPN")
    await shown.choose(PRINTER)
    assert composer.isHidden()
    await shown.until(lambda: not shown.life.desk.is_busy)
    assert await shown.ask(draft_of, VPN) == "For the VPN"
    await shown.choose(VPN)
    await shown.until(composer.isVisible)
    assert composer.form.text.toPlainText() == "For the VPN"


async def test_closing_the_window_keeps_what_was_typed_last(shown: Desk) -> None:
    composer = await writing(shown)
    QTest.keyClicks(composer.form.text, "Typed and closed")
    shown.window.close()
    await asyncio.wait_for(shown.life.closed(), 5)
    await shown.until(lambda: not shown.life.desk.is_busy)
    assert await shown.ask(draft_of, VPN) == "Typed and closed"


async def test_discard_throws_it_away(shown: Desk) -> None:
    composer = await writing(shown)
    QTest.keyClicks(composer.form.text, "Never mind")
    composer.save_now()
    await shown.until(lambda: composer.form.saved.text() == "saved")
    QTest.mouseClick(composer.form.discard_button, Qt.MouseButton.LeftButton)
    await shown.settle()
    assert composer.isHidden()
    assert await shown.ask(draft_of, VPN) is None


async def test_another_kind_of_message_keeps_the_text(shown: Desk) -> None:
    composer = await writing(shown)
    QTest.keyClicks(composer.form.text, "Ask Olga")
    QTest.mouseClick(composer.form.modes[Mode.NOTE], Qt.MouseButton.LeftButton)
    await shown.until(lambda: composer.form.send.text() == "Save note")
    assert composer.form.text.toPlainText() == "Ask Olga"
    assert not composer.form.addresses.isVisible()
    QTest.keyClick(composer.form.text, Qt.Key.Key_Return, CTRL)
    await shown.until(composer.isHidden)
    await shown.until(lambda: shown.window.conversation.opened.detail.messages[-1].text == "Ask Olga")  # type: ignore[union-attr]
    assert await shown.ask(waiting) == 0


# -- what stands in the way of sending --------------------------------------------------------------


async def test_an_open_placeholder_is_not_sent_and_is_shown(shown: Desk) -> None:
    composer = await writing(shown)
    composer.form.text.setPlainText("Hello {customer.nmae}, all is well.")
    QTest.keyClick(composer.form.text, Qt.Key.Key_Return, CTRL)
    assert composer.form.bar.text() == "Fill in {customer.nmae} first; it would go out as it stands."
    assert composer.form.bar.isVisible()
    assert composer.form.text.textCursor().selectedText() == "{customer.nmae}"
    await shown.settle()
    assert await shown.ask(waiting) == 0
    QTest.keyClicks(composer.form.text, "Maria")
    assert not composer.form.bar.isVisible()
    QTest.keyClick(composer.form.text, Qt.Key.Key_Return, CTRL)
    await shown.until(composer.isHidden)
    assert await shown.ask(waiting) == 1


@pytest.mark.parametrize(
    ("to", "text", "said"),
    [
        ("", "Hello", "Say to whom it goes."),
        ("maria@", "Hello", "“maria@” is not a mail address."),
        ("maria@customer.example", "  ", "There is nothing to send yet."),
    ],
)
async def test_what_is_missing_is_said(shown: Desk, to: str, text: str, said: str) -> None:
    composer = await writing(shown)
    composer.form.to.setText(to)
    composer.form.text.setPlainText(text)
    composer.form.send.click()
    assert composer.form.bar.text() == said
    assert await shown.ask(waiting) == 0


async def test_a_forgotten_attachment_is_asked_for_once(shown: Desk) -> None:
    composer = await writing(shown)
    QTest.keyClicks(composer.form.text, "The form is attached.")
    composer.form.send.click()
    assert composer.form.bar.text().startswith("The text speaks of an attachment")
    composer.form.send.click()
    await shown.until(composer.isHidden)
    assert await shown.ask(waiting) == 1


async def test_sent_and_waiting_for_the_customer(shown: Desk) -> None:
    composer = await writing(shown)
    QTest.keyClicks(composer.form.text, "Which model is it?")
    QTest.keyClick(composer.form.text, Qt.Key.Key_Return, CTRL | SHIFT)
    await shown.until(lambda: str(shown.window.conversation.opened.detail.summary.status) == "pending")  # type: ignore[union-attr]


# -- canned replies ----------------------------------------------------------------------------------


async def test_a_slash_and_a_few_letters_insert_a_canned_reply(shown: Desk) -> None:
    composer = await writing(shown, PRINTER)
    text = composer.form.text
    QTest.keyClicks(text, "Hi. ")
    await insert(shown, composer, "tha")
    assert text.toPlainText() == "Hi. Thank you, Maria!"
    QTest.keyClick(text, Qt.Key.Key_Z, CTRL)
    assert text.toPlainText() == "Hi. /"


async def test_a_slash_inside_a_word_is_a_slash(shown: Desk) -> None:
    composer = await writing(shown)
    QTest.keyClicks(composer.form.text, "and/or 1/2")
    assert QApplication.activePopupWidget() is None
    assert composer.form.text.toPlainText() == "and/or 1/2"


async def test_the_picker_shows_the_text_filled_in_and_escape_leaves_the_slash(shown: Desk) -> None:
    composer = await writing(shown, PRINTER)
    QTest.keyClicks(composer.form.text, "/")
    picker: Any = await shown.until(lambda: QApplication.activePopupWidget())
    assert picker.preview.toPlainText() == "Thank you, Maria!"
    QTest.keyClick(picker.typed, Qt.Key.Key_Escape)
    assert composer.form.text.toPlainText() == "/"


async def test_questions_are_asked_on_insertion(shown: Desk) -> None:
    composer = await writing(shown)
    await canned(shown, "Order", ASKS)
    await insert(shown, composer, "order")
    lines = list(composer.form.questions.lines.values())
    assert [line.accessibleName() for line in lines] == ["Order number", "Which day"]
    await shown.until(lines[0].hasFocus)
    QTest.keyClicks(lines[0], "17-b {x}")
    QTest.keyClick(lines[0], Qt.Key.Key_Return)
    assert lines[1].hasFocus()
    assert lines[1].text() == "Monday"
    QTest.keyClick(lines[1], Qt.Key.Key_Return)
    text = composer.form.text
    assert text.toPlainText() == "Your order 17-b {x} comes on Monday."
    assert composer.form.questions.isHidden()
    assert text.hasFocus()
    QTest.keyClicks(text, " Bye")
    assert text.toPlainText().endswith("Monday. Bye")


async def test_one_step_back_takes_the_reply_with_its_answers_away(shown: Desk) -> None:
    composer = await writing(shown)
    await canned(shown, "Order", ASKS)
    await insert(shown, composer, "order")
    QTest.keyClicks(composer.form.questions.lines["?Order number"], "5")
    QTest.mouseClick(composer.form.questions.fill_button, Qt.MouseButton.LeftButton)
    assert composer.form.text.toPlainText() == "Your order 5 comes on Monday."
    QTest.keyClick(composer.form.text, Qt.Key.Key_Z, CTRL)
    assert composer.form.text.toPlainText() == "/"


async def test_escape_leaves_the_question_open_and_sending_asks_again(shown: Desk) -> None:
    composer = await writing(shown)
    await canned(shown, "Order", "Your order {?Order number} is here.")
    await insert(shown, composer, "order")
    questions = composer.form.questions
    QTest.keyClick(questions.lines["?Order number"], Qt.Key.Key_Escape)
    assert questions.isHidden()
    assert composer.isVisible()
    assert composer.form.text.hasFocus()
    assert composer.form.text.toPlainText() == "Your order {?Order number} is here."
    QTest.keyClick(composer.form.text, Qt.Key.Key_Return, CTRL)
    assert composer.form.bar.text().startswith("Fill in {?Order number} first")
    assert await shown.ask(waiting) == 0
    QTest.keyClicks(questions.lines["?Order number"], "5")
    QTest.keyClick(questions.lines["?Order number"], Qt.Key.Key_Return)
    QTest.keyClick(composer.form.text, Qt.Key.Key_Return, CTRL)
    await shown.until(composer.isHidden)
    assert await shown.ask(waiting) == 1


# -- files -------------------------------------------------------------------------------------------


def drop(composer: Composer, mime: QMimeData) -> None:
    """Drop onto the text, as a file manager does."""
    view = composer.form.text.viewport()
    at, left = QPointF(view.rect().center()), Qt.MouseButton.LeftButton
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), action, mime, left, none)
    QApplication.sendEvent(view, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(view, QDropEvent(at, action, mime, left, none))


async def test_dropped_files_are_attached_whatever_their_names(shown: Desk, tmp_path: Path) -> None:
    names = ["con.txt", "счёт «май» №1; копия.pdf", "line\nbreak.txt", "a" * 200 + ".bin"]
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
    composer = await writing(shown)
    drop(composer, mime)
    assert [file.name for file in composer.form.files.files()] == names
    await shown.until(lambda: composer.form.files.isVisible())
    assert composer.form.text.toPlainText() == ""
    composer.form.send.click()
    await shown.until(composer.isHidden)
    await shown.until(lambda: len(shown.window.conversation.opened.detail.messages) == 2)  # type: ignore[union-attr]
    sent = shown.window.conversation.opened.detail.messages[-1].attachments  # type: ignore[union-attr]
    assert len(sent) == len(names)
    assert sent[1].name == names[1]
    assert [file.size for file in sent] == [len(name.encode()) for name in names]
    assert not any("\n" in file.name for file in sent)


async def test_a_folder_or_a_lost_file_is_told_and_not_attached(shown: Desk, tmp_path: Path) -> None:
    composer = await writing(shown)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "gone.txt"))])
    drop(composer, mime)
    assert composer.form.files.files() == ()
    assert "gone.txt could not be attached." in shown.window.trouble_bar.text.text()


async def test_too_much_is_told_before_it_is_sent(shown: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composer_files, "MAX_TOTAL_BYTES", 1_000_000)
    (tmp_path / "film.mp4").write_bytes(bytes(1_000_001))
    composer = await writing(shown)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "film.mp4"))])
    drop(composer, mime)
    assert composer.form.files.files() == ()
    assert shown.window.trouble_bar.text.text().startswith("film.mp4 is too large to be sent by mail. Together")


async def test_a_pasted_picture_becomes_an_attachment_and_can_be_taken_off(shown: Desk) -> None:
    composer = await writing(shown)
    mime = QMimeData()
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    mime.setImageData(image)
    composer.form.text.insertFromMimeData(mime)
    (file,) = composer.form.files.files()
    assert (file.name, file.data[:4]) == ("picture 1.png", b"\x89PNG")
    button = next(b for b in composer.form.files.findChildren(composer_files.QToolButton))
    assert button.accessibleName() == "Take picture 1.png off"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert composer.form.files.files() == ()


# -- sent, and taken back --------------------------------------------------------------------------


async def test_undoing_brings_text_people_and_files_back(shown: Desk) -> None:
    composer = await writing(shown)
    composer.form.cc.setText("Boss <boss@customer.example>")
    composer.form.files.add(composer_files.DraftFile("plan.txt", "text/plain", b"dig"))
    QTest.keyClicks(composer.form.text, "See the plan.")
    composer.form.send.click()
    await shown.until(composer.isHidden)
    await shown.until(shown.window.toast.undo.isVisible)
    QTest.mouseClick(shown.window.toast.undo, Qt.MouseButton.LeftButton)
    await shown.until(composer.isVisible)
    assert composer.form.text.toPlainText() == "See the plan."
    assert [person.address for person in composer.form.cc.people()] == ["boss@customer.example"]
    assert [(file.name, file.data) for file in composer.form.files.files()] == [("plan.txt", b"dig")]
    assert await shown.ask(waiting) == 0


async def test_people_are_offered_as_one_types(shown: Desk) -> None:
    composer = await writing(shown, mode="forward")
    line = composer.form.to
    line.setFocus()
    await shown.until(line.hasFocus)
    QTest.keyClicks(line, "mari")
    popup = line._completer.popup()
    await shown.until(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert [person.address for person in line.people()] == ["maria@customer.example"]


async def test_a_forward_takes_the_files_along_and_a_reply_does_not(
    desk_of: Callable[[Profile], Any], filled: Profile
) -> None:
    with Office.open(filled) as office:
        mail = MailMaker(10).mail("Broken chair", "See the picture.", files=(("chair.jpg", b"wood"),))
        intake.take_in(office, BOX, [mail])
    desk: Desk = await desk_of(filled)
    composer = await writing(desk, "Broken chair", "forward")
    names = lambda: [(file.name, file.data) for file in composer.form.files.files()]  # noqa: E731
    assert names() == [("chair.jpg", b"wood")]

    composer.form.files.add(composer_files.DraftFile("plan.txt", "text/plain", b"dig"))
    composer._change_mode(Mode.REPLY)
    await desk.until(lambda: names() == [("plan.txt", b"dig")])
    composer._change_mode(Mode.FORWARD)
    await desk.until(lambda: names() == [("chair.jpg", b"wood"), ("plan.txt", b"dig")])


# -- looks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "scale", "size"),
    [("en", 1.0, (1280, 800)), ("ru", 1.0, (1280, 800)), ("ru", 1.4, (1280, 800)), ("ru", 1.4, (1000, 700))],
)
async def test_nothing_is_cut_in_the_composer(
    desk_of: Callable[[Profile], Any],
    filled: Profile,
    app: QApplication,
    language: str,
    scale: float,
    size: tuple[int, int],
) -> None:
    i18n.install(app, language)
    app.setFont(theme.scaled(app.font(), scale))
    theme.theme().font_changed()
    desk: Desk = await desk_of(filled)
    desk.window.resize(*size)
    composer = await writing(desk)
    composer.form.text.setPlainText("{?Which one}")
    composer.form.files.add(composer_files.DraftFile("very long name of a plan " * 4 + ".txt", "text/plain", b"dig"))
    composer._send("")
    await desk.settle()
    form = composer.form
    await desk.until(lambda: form.height() >= form.layout().minimumHeightForWidth(form.width()))
    assert cut(composer) == []
    assert nameless(composer) == []
    assert composer.mapTo(desk.window, composer.rect().bottomRight()).y() < desk.window.height()
