"""The first page of a new profile: who one is, a mailbox to connect, or the demonstration to look around in."""

from __future__ import annotations

import sys

from PySide6.QtCore import QProcess, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskhelp.ui import desk_forms, icons, theme
from deskhelp.ui.worker_bridge import DeskBridge

CARD_PX = 580
ICON_PX = 56


class WelcomePage(QWidget):
    """Emits `account_wanted`, `language_chosen` (a setting's value), and `skipped` to look at the empty window."""

    account_wanted = Signal()
    language_chosen = Signal(str)
    skipped = Signal()

    def __init__(self, desk: DeskBridge, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        card = QFrame(self)
        card.setObjectName("card")
        card.setFixedWidth(theme.wide(self.fontMetrics(), CARD_PX))
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(theme.M)
        picture = QLabel(card)
        picture.setPixmap(icons.window_icon().pixmap(ICON_PX, ICON_PX))
        column.addWidget(picture)
        column.addWidget(self._label(self.tr("Welcome to DeskHelp"), "title"))
        intro = self.tr("One shared mailbox becomes a desk where every question has an owner and gets its answer.")
        column.addWidget(self._label(intro, "muted"))
        column.addSpacing(theme.S)
        column.addLayout(self._form())
        column.addSpacing(theme.S)
        column.addLayout(self._buttons())
        hint = self.tr("DeskHelp reads mail without marking, moving or deleting anything on the server.")
        column.addWidget(self._label(hint, "muted"))
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        middle = QHBoxLayout()  # not an alignment, which would give wrapped text the height of one line
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(2)

    def _label(self, text: str, name: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName(name)
        label.setWordWrap(True)
        return label

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setVerticalSpacing(theme.S)
        form.setHorizontalSpacing(theme.L)
        self.language = QComboBox(self)
        for value, name in (("system", self.tr("As the system")), ("en", "English"), ("ru", "Русский")):
            self.language.addItem(name, value)
        self.language.setCurrentIndex(max(0, self.language.findData(self._desk.settings.language)))
        self.language.activated.connect(lambda _at: self.language_chosen.emit(self.language.currentData()))
        self.name = QLineEdit(self._desk.me.name if self._desk.me else "", self)
        self.name.setPlaceholderText(self.tr("As colleagues and customers know you"))
        self.name.editingFinished.connect(self._introduce)
        form.addRow(self.tr("Language"), self.language)
        form.addRow(self.tr("Your name"), self.name)
        return form

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.connect_button = QPushButton(self.tr("Connect a mailbox…"), self)
        self.connect_button.setObjectName("primary")
        self.connect_button.clicked.connect(self._connect_mailbox)
        self.demo_button = QPushButton(self.tr("Look around in a demonstration"), self)
        self.demo_button.clicked.connect(start_demo)
        later = QPushButton(self.tr("Later"), self)
        later.setObjectName("flat")
        later.clicked.connect(self._skip)
        row.addWidget(self.connect_button)
        row.addWidget(self.demo_button)
        row.addStretch(1)
        row.addWidget(later)
        return row

    def _introduce(self) -> None:
        name = " ".join(self.name.text().split())
        if name and (self._desk.me is None or self._desk.me.name != name):
            self._desk.run(self._desk.write(desk_forms.introduce, name), "introduce")

    def _connect_mailbox(self) -> None:
        self._introduce()
        self.account_wanted.emit()

    def _skip(self) -> None:
        self._introduce()
        self.skipped.emit()


def start_demo() -> bool:
    """Open the demonstration in a program of its own, with a profile that goes away with it."""
    frozen = getattr(sys, "frozen", False)
    arguments = ["--demo"] if frozen else ["-m", "deskhelp", "--demo"]
    return bool(QProcess.startDetached(sys.executable, arguments)[0])
