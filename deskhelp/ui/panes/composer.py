"""Writing into a ticket: reply, reply to all, forward, note; saved as one types, sent with a way back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from deskhelp.domain.conversation import TicketDetail
from deskhelp.domain.entities import CannedReply
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.placeholders import unresolved_in
from deskhelp.ui.panes.composer_files import DraftFile, read_file
from deskhelp.ui.panes.composer_form import ComposerForm, Mode
from deskhelp.ui.panes.composer_recipients import offer_people
from deskhelp.ui.panes.composer_work import ComposerWork, Written
from deskhelp.ui.pickers.canned import CannedPicker
from deskhelp.ui.pickers.choices import Choice
from deskhelp.ui.shortcuts import twin

SAVE_AFTER_MS = 2000
_SPEAKS_OF_FILE = re.compile(
    r"\b(attached|attachment|enclosed|во вложени|прикладыва|прикрепля|прилага|вложил|приложил)", re.IGNORECASE
)


class Composer(QWidget):
    """Docked below the conversation. `sent` carries the service's `Done`; `closed` when nothing is being written."""

    sent = Signal(object)
    closed = Signal()
    opened = Signal()

    def __init__(self, desk: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work = ComposerWork(desk)
        self._detail: TicketDetail | None = None
        self._mode = Mode.REPLY
        self._is_loading = False
        self._is_sending = self._is_unsaved = False
        self._warned_of_file = False
        self.form = ComposerForm(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        self._saving = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._saving.timeout.connect(self.save_now)
        self._connect()
        self.hide()

    def _connect(self) -> None:
        form = self.form
        form.mode_chosen.connect(lambda mode: self._change_mode(Mode(mode)))
        form.edited.connect(self._edited)
        form.send_wanted.connect(self._send)
        form.discard_wanted.connect(self.discard)
        form.attach_wanted.connect(self._choose_files)
        form.canned_wanted.connect(lambda: self.pick_canned(None))
        form.text.canned_asked.connect(self._slash_typed)
        form.text.mention_asked.connect(self._at_typed)
        form.text.files_given.connect(self._attach_paths)
        form.text.image_given.connect(self._attach_image)
        offer_people(self._desk, form.to, form.cc, form.bcc)
        for key, act in (
            ("Ctrl+Return", lambda: self._send("")),
            ("Ctrl+Shift+Return", lambda: self._send("pending")),
            ("Ctrl+T", lambda: self.pick_canned(None)),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(one) for one in (key, twin(key)) if one])
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @property
    def answers(self) -> str:
        """The ticket that is being answered, "" while nothing is written or only a note."""
        is_answer = self._detail is not None and self.isVisible() and self._mode is not Mode.NOTE
        return self._detail.summary.id if is_answer and self._detail is not None else ""

    # -- opening -----------------------------------------------------------------------------

    def open_reply(self, detail: TicketDetail, mode: str) -> None:
        """Start writing; a draft of this ticket is taken up again."""
        self.save_now()
        self._detail, self._mode = detail, Mode(mode)
        self._desk.run(self._open(detail, Mode(mode), take_up=True), "open composer")

    def open_for(self, detail: TicketDetail | None) -> None:
        """Follow the shown ticket: its draft comes back, or the composer goes away."""
        if detail is not None and self._detail is not None and detail.summary.id == self._detail.summary.id:
            self._detail = detail
            return
        self.save_now()
        self._detail = detail
        self._hide()
        if detail is not None and detail.summary.has_draft:
            self._desk.run(self._restore(detail), "restore draft")

    async def _restore(self, detail: TicketDetail) -> None:
        written = await self._work.load(detail.summary.id)
        if written is not None and self._is_current(detail):
            self._fill(written)
            self._show()

    async def _open(self, detail: TicketDetail, mode: Mode, *, take_up: bool) -> None:
        written = await self._work.load(detail.summary.id) if take_up else None
        if written is None:
            written = await self._work.start(detail, mode)
        if self._is_current(detail):
            self._fill(written)
            self._show()
            self.form.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_current(self, detail: TicketDetail) -> bool:
        return self._detail is not None and self._detail.summary.id == detail.summary.id

    def _change_mode(self, mode: Mode) -> None:
        """Another kind of message keeps what was typed; addresses and quotation follow the kind."""
        if self._detail is not None and mode is not self._mode:
            self._desk.run(self._switch(self._detail, mode), "change kind of message")

    async def _switch(self, detail: TicketDetail, mode: Mode) -> None:
        left = await self._work.files_of(detail, str(self._mode))
        fresh = await self._work.start(detail, mode)
        if self._is_current(detail):
            self._fill(fresh.with_text_of(self._written(), without=left))
            self._edited()
            self.form.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self.show()
        self.opened.emit()

    def _hide(self) -> None:
        self._saving.stop()
        self._is_unsaved = False
        if self.isVisible():
            self.hide()
            self.closed.emit()

    # -- the form and its values ---------------------------------------------------------------

    def _fill(self, written: Written) -> None:
        self._is_loading = True
        self._mode = Mode(written.mode)
        form = self.form
        form.to.set_people(written.to)
        form.cc.set_people(written.cc)
        form.bcc.set_people(written.bcc)
        form.subject.setText(written.subject)
        form.text.setPlainText(written.text)
        form.signature.show_signature(written.signature)
        form.set_quoted(written.quoted)
        form.files.set_files(written.files)
        form.questions.clear()
        form.show_mode(self._mode)
        form.saved.clear()
        form.say("")
        form.text.moveCursor(form.text.textCursor().MoveOperation.End)
        self._warned_of_file = self._is_loading = False

    def _written(self) -> Written:
        form = self.form
        return Written(
            mode=str(self._mode),
            to=form.to.people(),
            cc=form.cc.people(),
            bcc=form.bcc.people(),
            subject=form.subject.text().strip(),
            text=form.text.toPlainText(),
            quoted=form.quoted.toPlainText(),
            signature=form.signature.whole(),
            files=form.files.files(),
        )

    # -- drafts ------------------------------------------------------------------------------

    def _edited(self) -> None:
        if not self._is_loading and self._detail is not None:
            self.form.say("")
            self.form.saved.setText(self.tr("not saved yet"))
            self._is_unsaved = True
            self._saving.start()

    def save_now(self) -> None:
        """Save what has not been saved yet; called when the field, the ticket or the window is left."""
        if self._is_unsaved and self._detail is not None:
            self._is_unsaved = False
            self._saving.stop()
            self._desk.run(self._save(self._detail.summary.id, self._written()), "save draft")

    async def _save(self, ticket: str, written: Written) -> None:
        await self._work.save(ticket, written)
        if self._detail is not None and self._detail.summary.id == ticket and not self._is_unsaved:
            self.form.saved.setText(self.tr("saved"))

    def discard(self) -> None:
        """Throw away what is being written."""
        if self._detail is not None:
            self._desk.run(self._work.drop(self._detail.summary.id), "discard draft")
        self._hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.save_now()
        super().changeEvent(event)

    # -- attachments -------------------------------------------------------------------------

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self._attach_paths([Path(name) for name in names]))
        dialog.open()

    def _attach_paths(self, paths: list[Path]) -> None:
        for path in paths:
            try:
                self.form.files.add(read_file(path))
            except DeskTrouble as trouble:
                self._desk.trouble.emit(trouble)

    def _attach_image(self, png: bytes) -> None:
        name = self.tr("picture %1.png").replace("%1", str(len(self.form.files.files()) + 1))
        try:
            self.form.files.add(DraftFile(name, "image/png", png))
        except DeskTrouble as trouble:
            self._desk.trouble.emit(trouble)

    # -- colleagues ----------------------------------------------------------------------------

    def _at_typed(self) -> None:
        """In a note a colleague can be named behind the @, and is told of it."""
        from deskhelp.ui.pickers.popup import PickerPopup
        from deskhelp.ui.pickers.ticket_pickers import mention_choices

        facts = self._desk.facts
        choices = mention_choices(facts.agents, facts.me.id if facts.me else "")
        if self._mode is not Mode.NOTE or not choices:
            return
        after = self.form.text.textCursor().position()
        picker = PickerPopup(self.tr("Whom the note is for"), self.window())
        picker.set_choices(choices)
        picker.chosen.connect(lambda choice: self.form.text.insert_over(after, after, f"{choice.value.name} "))
        picker.show_below(self.form.canned_button)

    # -- canned replies ------------------------------------------------------------------------

    def _slash_typed(self) -> None:
        at = self.form.text.textCursor().position() - 1
        self.pick_canned((at, at + 1))

    def pick_canned(self, span: tuple[int, int] | None) -> None:
        """Open the picker; the chosen text replaces `span` (the typed slash) or goes to the caret."""
        if self._detail is None:
            return
        detail = self._detail
        picker = CannedPicker(
            self._desk.canned,
            lambda text: self._work.fill(detail, text).text,
            self.window(),
            language=self._work.language_of(detail),
        )
        picker.chosen.connect(lambda choice: self._insert(choice, span))
        picker.show_below(self.form.canned_button)

    def _insert(self, choice: Choice, span: tuple[int, int] | None) -> None:
        if self._detail is None or not isinstance(choice.value, CannedReply):
            return
        filled = self._work.fill(self._detail, choice.value.text)
        position = self.form.text.textCursor().position()
        start, end = span or (position, position)
        self.form.text.insert_over(start, end, filled.text, filled.cursor)
        self._work.remember(choice.value)
        if not self.form.questions.ask():
            self.form.text.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- sending -----------------------------------------------------------------------------

    def _send(self, then: str) -> None:
        if self._detail is None or self._is_sending or not self.isVisible():
            return
        problem = self._objection()
        if problem:
            self.form.say(problem)
            return
        self._saving.stop()
        self._is_unsaved, self._is_sending = False, True
        self.form.send.setEnabled(False)
        self._desk.run(self._deliver(self._detail, self._written(), then), "send")

    def _objection(self) -> str:
        """Why this cannot go out yet, or ""; the caret is put where it has to be mended."""
        form, is_note = self.form, self._mode is Mode.NOTE
        text = form.text.toPlainText()
        if not text.strip() and not (self._mode is Mode.FORWARD or form.files.files()):
            form.text.setFocus()
            return self.tr("There is nothing to save yet.") if is_note else self.tr("There is nothing to send yet.")
        if is_note:
            return ""
        if left := unresolved_in(text):
            form.text.select_span(left[0].start, left[0].end)
            form.questions.ask()
            return self.tr("Fill in %1 first; it would go out as it stands.").replace(
                "%1", text[left[0].start : left[0].end]
            )
        for line in (form.to, form.cc, form.bcc):
            if wrong := line.wrong_pieces():
                line.setFocus()
                return self.tr("“%1” is not a mail address.").replace("%1", wrong[0])
        if not form.to.people():
            form.to.setFocus()
            return self.tr("Say to whom it goes.")
        if not form.files.files() and not self._warned_of_file and _SPEAKS_OF_FILE.search(text):
            self._warned_of_file = True
            return self.tr("The text speaks of an attachment, but nothing is attached. Send again to send it as it is.")
        return ""

    async def _deliver(self, detail: TicketDetail, written: Written, then: str) -> None:
        try:
            done = await self._work.send(detail, written, then)
        except DeskTrouble as trouble:
            self.form.say(self._desk.say(trouble))
            return
        finally:
            self._is_sending = False
            self.form.send.setEnabled(True)
        if self._is_current(detail):
            self._hide()
            self._detail = detail
        self.sent.emit(done)
