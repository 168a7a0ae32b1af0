"""The composer's widgets and nothing else: kinds of message, address lines, text, quoted text, files, buttons."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from deskhelp.ui.panes.composer_files import FilesBar
from deskhelp.ui.panes.composer_recipients import RecipientLine
from deskhelp.ui.panes.composer_text import ReplyEdit


class Mode(StrEnum):
    """What is being written."""

    REPLY = "reply"
    REPLY_ALL = "reply_all"
    FORWARD = "forward"
    NOTE = "note"


class ComposerForm(QFrame):
    """Emits what the agent wants; knows nothing of tickets."""

    mode_chosen = Signal(str)
    send_wanted = Signal(str)
    """What to do with the ticket afterwards: "", "solved", "pending"."""
    discard_wanted = Signal()
    attach_wanted = Signal()
    canned_wanted = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer")
        self.modes = self._make_modes()
        self.to = RecipientLine(self.tr("To"), self)
        self.cc = RecipientLine(self.tr("Cc"), self)
        self.bcc = RecipientLine(self.tr("Bcc"), self)
        self.subject = QLineEdit(self)
        self.subject.setAccessibleName(self.tr("Subject"))
        self.more = self._flat(self.tr("Cc, subject"), checkable=True)
        self.more.toggled.connect(self._show_more)
        self.addresses = self._make_addresses()
        self.text = ReplyEdit(self)
        self.text.setAccessibleName(self.tr("Message"))
        self.quoted_button = self._flat("", checkable=True)
        self.quoted = QPlainTextEdit(self)
        self.quoted.setAccessibleName(self.tr("Quoted text"))
        self.quoted.setObjectName("quoted")
        self.quoted.setTabChangesFocus(True)
        self.quoted.hide()
        self.quoted_button.toggled.connect(self.quoted.setVisible)
        self.signature = QLabel(self)
        self.signature.setTextFormat(Qt.TextFormat.PlainText)
        self.signature.setObjectName("muted")
        self.files = FilesBar(self)
        self.bar = QLabel(self)
        self.bar.setObjectName("inlineTrouble")
        self.bar.setTextFormat(Qt.TextFormat.PlainText)
        self.bar.setWordWrap(True)
        self.bar.hide()
        self.saved = QLabel(self)
        self.saved.setObjectName("muted")
        self.send = self._make_send()
        self._lay_out()
        for line in (self.to, self.cc, self.bcc, self.subject):
            line.textEdited.connect(lambda _text: self.edited.emit())
        self.text.textChanged.connect(self.edited)
        self.quoted.textChanged.connect(self.edited)
        self.files.changed.connect(self.edited)

    # -- making ------------------------------------------------------------------------------

    def _flat(self, text: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setAutoRaise(True)
        button.setCheckable(checkable)
        button.setAccessibleName(text)
        # The style sheet's padding is not in a tool button's own hint: without room its text would be elided.
        button.setMinimumWidth(button.fontMetrics().horizontalAdvance(text) + 32 if text else 0)
        return button

    def _make_modes(self) -> dict[Mode, QToolButton]:
        names = {
            Mode.REPLY: self.tr("Reply"),
            Mode.REPLY_ALL: self.tr("Reply all"),
            Mode.FORWARD: self.tr("Forward"),
            Mode.NOTE: self.tr("Note"),
        }
        group = QButtonGroup(self)
        buttons = {}
        for mode, name in names.items():
            button = self._flat(name, checkable=True)
            button.setObjectName("modeTab")
            button.clicked.connect(lambda _on=False, chosen=mode: self.mode_chosen.emit(str(chosen)))
            group.addButton(button)
            buttons[mode] = button
        return buttons

    def _make_addresses(self) -> QWidget:
        holder = QWidget(self)
        self._address_form = QFormLayout(holder)
        self._address_form.setContentsMargins(0, 0, 0, 0)
        self._address_form.setVerticalSpacing(4)
        for label, line in (
            (self.tr("To"), self.to),
            (self.tr("Cc"), self.cc),
            (self.tr("Bcc"), self.bcc),
            (self.tr("Subject"), self.subject),
        ):
            self._address_form.addRow(label, line)
        return holder

    def _make_send(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("primary")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(lambda: self.send_wanted.emit(""))
        self.send_menu = QMenu(button)
        for then, text in (
            ("", self.tr("Send")),
            ("solved", self.tr("Send and solve")),
            ("pending", self.tr("Send and wait for the customer")),
        ):
            action = QAction(text, button)
            action.triggered.connect(lambda _on=False, chosen=then: self.send_wanted.emit(chosen))
            self.send_menu.addAction(action)
        button.setMenu(self.send_menu)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        for button in self.modes.values():
            head.addWidget(button)
        head.addStretch(1)
        head.addWidget(self.more)
        foot = QHBoxLayout()
        attach = self._flat(self.tr("Attach"))
        attach.setObjectName("attach")
        attach.clicked.connect(self.attach_wanted)
        canned = self._flat(self.tr("Canned reply"))
        canned.setObjectName("canned")
        canned.clicked.connect(self.canned_wanted)
        self.canned_button = canned
        discard = QPushButton(self.tr("Discard"), self)
        discard.setObjectName("flat")
        discard.clicked.connect(self.discard_wanted)
        for widget in (attach, canned, self.saved):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(discard)
        foot.addWidget(self.send)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.addresses)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.signature)
        layout.addWidget(self.quoted_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.quoted)
        layout.addWidget(self.files)
        layout.addWidget(self.bar)
        layout.addLayout(foot)

    # -- showing -----------------------------------------------------------------------------

    def show_mode(self, mode: Mode) -> None:
        """Dress the form for a kind of message; a note has no addresses and cannot be mistaken for a reply."""
        self.modes[mode].setChecked(True)
        is_note = mode is Mode.NOTE
        self.setProperty("note", is_note)
        for widget in (self, self.text):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.addresses.setVisible(not is_note)
        self.more.setVisible(not is_note)
        self.signature.setVisible(not is_note and bool(self.signature.text()))
        self._show_quoted_button(not is_note)
        self.send.setText(self.tr("Save note") if is_note else self.tr("Send"))
        self.send.setAccessibleName(self.send.text())
        self.send.setPopupMode(
            QToolButton.ToolButtonPopupMode.DelayedPopup if is_note else QToolButton.ToolButtonPopupMode.MenuButtonPopup
        )
        self.send.setMenu(None if is_note else self.send_menu)  # type: ignore[arg-type]
        placeholder = (
            self.tr("Only colleagues see this note.")
            if is_note
            else self.tr("Write the answer. “/” inserts a canned reply.")
        )
        self.text.setPlaceholderText(placeholder)
        wants_more = mode is Mode.FORWARD or bool(self.cc.text() or self.bcc.text())
        self.more.setChecked(wants_more)
        self._show_more(wants_more)

    def _show_more(self, on: bool) -> None:
        for line in (self.cc, self.bcc, self.subject):
            self._address_form.setRowVisible(line, on)

    def set_quoted(self, text: str) -> None:
        self.quoted.setPlainText(text)
        self.quoted_button.setText(self.tr("Quoted text"))
        self.quoted_button.setAccessibleName(self.tr("Quoted text"))
        self.quoted_button.setChecked(False)
        self._show_quoted_button(True)

    def _show_quoted_button(self, allowed: bool) -> None:
        has_text = bool(self.quoted.toPlainText())
        self.quoted_button.setVisible(allowed and has_text)
        self.quoted.setVisible(allowed and has_text and self.quoted_button.isChecked())

    def say(self, sentence: str) -> None:
        """Show a sentence above the buttons; an empty one takes it away."""
        self.bar.setText(sentence)
        self.bar.setVisible(bool(sentence))
