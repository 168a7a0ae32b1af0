"""The form by which a team is founded or joined."""

from __future__ import annotations

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

from deskhelp.ui import theme

_EXAMPLES: Final = {
    "folder": r"\\server\desk\team",
    "sqlite": r"\\server\desk\team.sqlite",
    "postgresql": "server.example/deskhelp",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a team meets as it was typed; `user` and `password` are those of a database server.

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
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        line.addWidget(self.place, 1)
        line.addWidget(self.browse)
        return line

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
        where, code = self.place.text().strip(), self.code.text().strip()
        return Place(scheme, where, user, password, code, encrypt=self.encrypt.isChecked())

    def _show_kind(self) -> None:
        scheme = self.kind.currentData()
        self.place.setPlaceholderText(_EXAMPLES[scheme])
        self.browse.setVisible(scheme != "postgresql")
        for line in (self.user, self.password):
            self._form.setRowVisible(line, scheme == "postgresql")
        for button in (self.create_button, self.join_button):
            button.setEnabled(bool(self.place.text().strip()))

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
        fields = (self.kind, self.place, self.browse, self.user, self.password, self.code, self.encrypt)
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


def _row(form: QFormLayout, title: str, widget: Any) -> None:
    widget.setAccessibleName(title)
    form.addRow(title, widget)
