"""The form by which a team is founded or joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskhelp.domain.entities import Mailbox
from deskhelp.ui import theme

_EXAMPLES: Final = {
    "folder": r"\\server\desk\team",
    "sqlite": r"\\server\desk\team.sqlite",
    "postgresql": "server.example/deskhelp",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a team meets as it was typed, or the address of a mailbox; `user` and `password` are of a database server.

    `code` is the pairing code with which one joins, `encrypt` is for founding.
    """

    scheme: str
    where: str
    user: str = ""
    password: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    encrypt: bool = False


class TeamDoor(QWidget):
    """`create_wanted` and `join_wanted` carry a `Place`."""

    create_wanted = Signal(object)
    join_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        for text in (
            self.tr(
                "You work alone. In a team everybody has all tickets on a computer of their own, offline too; "
                "changes are exchanged through a place that all can reach. DeskHelp needs no server for that."
            ),
            self.tr(
                "The first one founds the team; the others join it at the same place. What is here is taken along."
            ),
        ):
            column.addWidget(told(text, self))
        column.addLayout(self._fields())
        column.addLayout(self._buttons())
        column.addStretch(1)
        self._show_kind()

    def _fields(self) -> QFormLayout:
        self._form = form = QFormLayout()
        form.setVerticalSpacing(10)
        self.kind = QComboBox(self)
        self.kind.addItem(self.tr("a shared folder"), "folder")
        self.kind.addItem(self.tr("a shared database file"), "sqlite")
        self.kind.addItem(self.tr("a PostgreSQL server"), "postgresql")
        self.kind.addItem(self.tr("a folder of the mailbox"), "imap")
        self.kind.activated.connect(lambda _index: self._show_kind())
        _row(form, self.tr("The team meets in"), self.kind)
        form.addRow(self.tr("Place"), self._place())
        self.user, self.password, self.code = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        _row(form, self.tr("User"), self.user)
        _row(form, self.tr("Password"), self.password)
        self.code.setPlaceholderText(self.tr("only to join an encrypted team"))
        _row(form, self.tr("Pairing code"), self.code)
        self.encrypt = QCheckBox(
            self.tr("Encrypt what lies there, so that the keeper of the place cannot read it"), self
        )
        form.addRow("", self.encrypt)
        return form

    def _place(self) -> QHBoxLayout:
        self.place = QLineEdit(self)
        self.place.setClearButtonEnabled(True)
        self.place.setAccessibleName(self.tr("Place"))
        self.place.textChanged.connect(lambda _text: self._show_kind())
        self.browse = QPushButton(self.tr("Browse…"), self)
        self.browse.clicked.connect(self._browse)
        self.mailbox = QComboBox(self)
        self.mailbox.setAccessibleName(self.tr("Mailbox"))
        self.mailbox.setPlaceholderText(self.tr("connect a mailbox first"))
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        line.addWidget(self.place, 1)
        line.addWidget(self.mailbox, 1)
        line.addWidget(self.browse)
        return line

    def set_mailboxes(self, boxes: Iterable[Mailbox]) -> None:
        """The mailboxes in which a team could meet; the chosen one stays chosen."""
        chosen = self.mailbox.currentData()
        self.mailbox.clear()
        for box in boxes:
            if box.imap and not box.is_local and not box.is_deleted:
                self.mailbox.addItem(_called(box), box.address)
        self.mailbox.setCurrentIndex(max(self.mailbox.findData(chosen), min(self.mailbox.count() - 1, 0)))
        self._show_kind()

    def _buttons(self) -> QHBoxLayout:
        self.create_button = QPushButton(self.tr("Found a team here"), self)
        self.create_button.clicked.connect(lambda: self.create_wanted.emit(self._wanted()))
        self.join_button = QPushButton(self.tr("Join the team there"), self)
        self.join_button.clicked.connect(lambda: self.join_wanted.emit(self._wanted()))
        row = QHBoxLayout()
        row.addWidget(self.create_button)
        row.addWidget(self.join_button)
        row.addStretch(1)
        return row

    def _wanted(self) -> Place:
        scheme = str(self.kind.currentData())
        is_server = scheme == "postgresql"
        user, password = (self.user.text().strip(), self.password.text()) if is_server else ("", "")
        return Place(scheme, self._where(), user, password, self.code.text().strip(), encrypt=self.encrypt.isChecked())

    def _where(self) -> str:
        if self.kind.currentData() == "imap":
            return str(self.mailbox.currentData() or "")
        return self.place.text().strip()

    def _show_kind(self) -> None:
        scheme = self.kind.currentData()
        self.place.setPlaceholderText(_EXAMPLES.get(scheme, ""))
        self.place.setVisible(scheme != "imap")
        self.mailbox.setVisible(scheme == "imap")
        self.browse.setVisible(scheme in ("folder", "sqlite"))
        for line in (self.user, self.password):
            self._form.setRowVisible(line, scheme == "postgresql")
        for button in (self.create_button, self.join_button):
            button.setEnabled(bool(self._where()))

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Where the team meets"))
        if self.kind.currentData() == "folder":
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
            dialog.setDefaultSuffix("sqlite")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.place.setText)
        dialog.open()

    def set_busy(self, *, is_busy: bool) -> None:
        """While a place is asked; shares can take their time to answer."""
        places = (self.place, self.browse, self.mailbox)
        fields = (self.kind, *places, self.user, self.password, self.code, self.encrypt)
        for widget in (*fields, self.create_button, self.join_button):
            widget.setEnabled(not is_busy)
        if not is_busy:
            self._show_kind()

    def forget_secrets(self) -> None:
        """After they were used."""
        self.password.clear()

    def clear(self) -> None:
        """For the next time, when this one is over."""
        self.forget_secrets()
        self.code.clear()
        self.encrypt.setChecked(False)


def told(text: str, parent: QWidget) -> QLabel:
    """A text of several lines that is nothing but text."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _called(box: Mailbox) -> str:
    return box.address if box.name in ("", box.address) else f"{box.name} ({box.address})"


def _row(form: QFormLayout, title: str, widget: Any) -> None:
    widget.setAccessibleName(title)
    form.addRow(title, widget)
