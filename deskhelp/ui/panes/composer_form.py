"""The composer's widgets and nothing else: kinds of message, address lines, text, quoted text, files, buttons.

What has no room gives way: the kinds of message go on in a second line, the buttons below show icons alone.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from deskhelp.ui import icons, theme
from deskhelp.ui.labels import ElidedLabel
from deskhelp.ui.panes.composer_files import FilesBar
from deskhelp.ui.panes.composer_questions import QuestionForm
from deskhelp.ui.panes.composer_recipients import RecipientLine
from deskhelp.ui.panes.composer_text import ReplyEdit
from deskhelp.ui.panes.flow_layout import FlowLayout

TEXT_LINES = 4
QUOTED_LINES = 6
TAB_PADDING, PRIMARY_PADDING, MENU_ARROW = 24, 36, 30


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
        self.text.setMinimumHeight(self.fontMetrics().height() * TEXT_LINES)
        self.questions = QuestionForm(self.text, self)
        self.quoted_button = self._flat(self.tr("Quoted text"), checkable=True)
        self.quoted = QPlainTextEdit(self)
        self.quoted.setAccessibleName(self.tr("Quoted text"))
        self.quoted.setObjectName("quoted")
        self.quoted.setTabChangesFocus(True)
        self.quoted.setFixedHeight(self.fontMetrics().height() * QUOTED_LINES)
        self.quoted.hide()
        self.quoted_button.toggled.connect(self._fold_quoted)
        self.signature = SignatureLine(self)
        self.files = FilesBar(self)
        self.bar = QLabel(self)
        self.bar.setObjectName("inlineTrouble")
        self.bar.setTextFormat(Qt.TextFormat.PlainText)
        self.bar.setWordWrap(True)
        self.bar.hide()
        self.saved = ElidedLabel("", self)
        self.saved.setObjectName("muted")
        self.send = self._make_send()
        self._make_buttons()
        self._lay_out()
        self._fold_quoted(False)
        for line in (self.to, self.cc, self.bcc, self.subject):
            line.textEdited.connect(lambda _text: self.edited.emit())
        self.text.textChanged.connect(self.edited)
        self.quoted.textChanged.connect(self.edited)
        self.files.changed.connect(self.edited)

    # -- making ------------------------------------------------------------------------------

    def _flat(self, text: str, *, checkable: bool = False) -> QToolButton:
        button = RoomyButton(TAB_PADDING, self)
        button.setText(text)
        button.setAutoRaise(True)
        button.setCheckable(checkable)
        button.setAccessibleName(text)
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
        first = QHBoxLayout()
        first.setSpacing(theme.XS)
        first.addWidget(self.to, 1)
        first.addWidget(self.more)
        self._address_form.addRow(self.tr("To"), first)
        for label, line in (
            (self.tr("Cc"), self.cc),
            (self.tr("Bcc"), self.bcc),
            (self.tr("Subject"), self.subject),
        ):
            self._address_form.addRow(label, line)
        return holder

    def _make_send(self) -> QToolButton:
        button = RoomyButton(PRIMARY_PADDING + MENU_ARROW, self)
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

    def _make_buttons(self) -> None:
        """The buttons below: with words where there is room, with icons alone where there is not."""
        self.attach_button = self._button("mail-attachment", self.tr("Attach"))
        self.attach_button.clicked.connect(self.attach_wanted)
        self.canned_button = self._button("note", self.tr("Canned reply"))
        self.canned_button.clicked.connect(self.canned_wanted)
        self.discard_button = self._button("trash", self.tr("Discard"))
        self.discard_button.clicked.connect(self.discard_wanted)

    def _button(self, icon: str, text: str) -> QToolButton:
        button = self._flat(text)
        icons.bind(button, icon, "muted")
        button.setToolTip(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _lay_out(self) -> None:
        tabs = QWidget(self)
        flow = FlowLayout(tabs, spacing=2)
        for button in self.modes.values():
            flow.addWidget(button)
        tail = QHBoxLayout()
        tail.addWidget(self.quoted_button)
        tail.addWidget(self.signature, 1)
        foot = QHBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(self.attach_button)
        foot.addWidget(self.canned_button)
        foot.addWidget(self.saved, 1)
        foot.addWidget(self.discard_button)
        foot.addSpacing(theme.XS)
        foot.addWidget(self.send)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addWidget(tabs)
        layout.addWidget(self.addresses)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.questions)
        layout.addLayout(tail)
        layout.addWidget(self.quoted)
        layout.addWidget(self.files)
        layout.addWidget(self.bar)
        layout.addLayout(foot)

    # -- room --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._use_room()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._use_room()
        return super().event(event)

    def _use_room(self) -> None:
        """Words beside the icons if they fit; never lower than what stands in the form at this width."""
        buttons = (self.attach_button, self.canned_button, self.discard_button)
        words = sum(button.fontMetrics().horizontalAdvance(button.text()) for button in buttons)
        needed = (
            words + len(buttons) * (TAB_PADDING + 20) + self.send.sizeHint().width() + self.fontMetrics().height() * 5
        )
        style = Qt.ToolButtonStyle
        for button in buttons:
            button.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if needed < self.width() else style.ToolButtonIconOnly
            )
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.minimumHeightForWidth(self.width()))

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
        self.signature.setVisible(not is_note and bool(self.signature.whole()))
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
        self.quoted_button.setChecked(False)
        self._show_quoted_button(True)

    def _show_quoted_button(self, allowed: bool) -> None:
        has_text = bool(self.quoted.toPlainText())
        self.quoted_button.setVisible(allowed and has_text)
        self.quoted.setVisible(allowed and has_text and self.quoted_button.isChecked())

    def _fold_quoted(self, is_open: bool) -> None:
        self.quoted.setVisible(is_open)
        icons.bind(self.quoted_button, "go-down" if is_open else "go-next", "muted")
        self.quoted_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def say(self, sentence: str) -> None:
        """Show a sentence above the buttons; an empty one takes it away."""
        self.bar.setText(sentence)
        self.bar.setVisible(bool(sentence))


class RoomyButton(QToolButton):
    """A tool button as wide as its text: the style sheet's padding and weight are not in Qt's own hint."""

    def __init__(self, padding: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._padding = padding

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
            return hint
        bold = theme.scaled(self.font(), 1.0)
        bold.setBold(True)
        has_icon = not self.icon().isNull()
        icon = self.iconSize().width() + theme.XS if has_icon else 0
        width = QFontMetrics(bold).horizontalAdvance(self.text()) + icon + self._padding
        return hint.expandedTo(QSize(width, 0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class SignatureLine(ElidedLabel):
    """The signature in one line; all of its lines are in the tooltip and go out as they are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setObjectName("muted")
        self._whole = ""

    def show_signature(self, text: str) -> None:
        self._whole = text
        self.setText(" · ".join(line.strip() for line in text.splitlines() if line.strip(" -—")))
        self.setToolTip(text)

    def whole(self) -> str:
        """The signature as it was given."""
        return self._whole
