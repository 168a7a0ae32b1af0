"""The team of this installation: founding or joining one, how the exchange stands, its pairing code, leaving."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deskhelp.ui import theme, words
from deskhelp.ui.settings.team_door import TeamDoor, told


@dataclass(frozen=True, slots=True)
class TeamState:
    """A team as the page shows it; `trouble` is a sentence for people, `waiting` are parcels that nobody has yet.

    `computers` are those of the team with this one first, by name and when they were last heard, 0 for never.
    `is_sealed` says whether the place is encrypted; `is_code_wanted` that its pairing code is not known here,
    `is_password_wanted` that it refuses the password of its database. `getting` is how much of the team's data has
    come to a new computer, in per cent, None where nothing is on its way.
    """

    place: str
    computers: tuple[tuple[str, int], ...]
    waiting: int
    exchanged_at_ms: int
    is_sealed: bool = False
    is_code_wanted: bool = False
    is_password_wanted: bool = False
    trouble: str = ""
    getting: int | None = None


class TeamPage(QWidget):
    """`door` for who works alone, `panel` for who is in a team."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pages = QStackedWidget(self)
        self.door, self.panel = TeamDoor(self), TeamPanel(self)
        self.pages.addWidget(self.door)
        self.pages.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def show_team(self, state: TeamState | None, now_ms: int) -> None:
        """How the exchange stands; None for an installation that is in no team."""
        self.pages.setCurrentWidget(self.door if state is None else self.panel)
        if state is None:
            self.panel.hide_code()
        else:
            self.panel.show_state(state, now_ms)


class TeamPanel(QWidget):
    """`code_given` carries what was typed as the pairing code; `code_wanted` asks for `show_code`.

    `password_given` carries the new password of a database, `named` what this computer is to be called.
    """

    leave_confirmed = Signal()
    exchange_wanted = Signal()
    code_wanted = Signal()
    code_given = Signal(str)
    password_given = Signal(str)
    named = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(
            told(self.tr("You work in a team. Everything is on this computer too, so you can go on offline."), self)
        )
        column.addLayout(self._facts())
        self.said = told("", self)
        self.said.setObjectName("inlineTrouble")
        column.addWidget(self.said)
        column.addLayout(self._code_entry())
        column.addLayout(self._password_entry())
        column.addLayout(self._buttons())
        column.addStretch(1)
        self.hide_code()

    def _facts(self) -> QFormLayout:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        self.where, self.computers = told("", self), told("", self)
        self.name = QLineEdit(self)
        self.name.setMaxLength(60)
        self.name.setAccessibleName(self.tr("This computer's name"))
        self.name.editingFinished.connect(self._rename)
        self._called = ""
        self.exchanged, self.waiting = told("", self), told("", self)
        self.encrypted, self.code = told("", self), told("", self)
        for label in (self.where, self.code):
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.code.setObjectName("pairingCode")
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("The team meets in"), self.where),
            (self.tr("Encrypted"), self.encrypted),
            (self.tr("This computer's name"), self.name),
            (self.tr("Other computers"), self.computers),
            (self.tr("Last exchange"), self.exchanged),
            (self.tr("Not handed over yet"), self.waiting),
            (self.tr("Pairing code"), self.code),
        )
        for title, widget in rows:
            form.addRow(title, widget)
        self._form = form
        return form

    def _code_entry(self) -> QHBoxLayout:
        self.code_line = QLineEdit(self)
        self.code_line.setPlaceholderText(self.tr("Pairing code"))
        self.code_line.setAccessibleName(self.tr("Pairing code"))
        self.code_line.returnPressed.connect(self._give)
        self.give_button = QPushButton(self.tr("Give the code"), self)
        self.give_button.clicked.connect(self._give)
        row = QHBoxLayout()
        row.addWidget(self.code_line, 1)
        row.addWidget(self.give_button)
        return row

    def _password_entry(self) -> QHBoxLayout:
        self.password_line = QLineEdit(self)
        self.password_line.setEchoMode(QLineEdit.EchoMode.Password)
        self.password_line.setPlaceholderText(self.tr("New password"))
        self.password_line.setAccessibleName(self.tr("New password"))
        self.password_line.returnPressed.connect(self._give_password)
        self.password_button = QPushButton(self.tr("Give the password"), self)
        self.password_button.clicked.connect(self._give_password)
        row = QHBoxLayout()
        row.addWidget(self.password_line, 1)
        row.addWidget(self.password_button)
        return row

    def _buttons(self) -> QHBoxLayout:
        self.exchange_button = QPushButton(self.tr("Exchange now"), self)
        self.exchange_button.clicked.connect(self.exchange_wanted)
        self.code_button = QPushButton(self.tr("Show the pairing code"), self)
        self.code_button.clicked.connect(self.code_wanted)
        self.leave_button = QPushButton(self.tr("Leave the team…"), self)
        self.leave_button.clicked.connect(self._leave)
        row = QHBoxLayout()
        for button in (self.exchange_button, self.code_button, self.leave_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_state(self, state: TeamState, now_ms: int) -> None:
        self.where.setText(state.place)
        self.encrypted.setText(self.tr("yes: others join with the pairing code") if state.is_sealed else self.tr("no"))
        self._show_computers(state.computers, now_ms)
        exchanged = words.card_time(state.exchanged_at_ms, now_ms) or self.tr("not yet")
        self.exchanged.setText(exchanged if state.getting is None else words.getting(state.getting))
        self.waiting.setText(
            self.tr("%n parcel(s) of changes", "", state.waiting) if state.waiting else self.tr("nothing")
        )
        self.said.setText(state.trouble)
        self.said.setVisible(bool(state.trouble))
        self.code_button.setVisible(state.is_sealed and not state.is_code_wanted)
        for widget in (self.code_line, self.give_button):
            widget.setVisible(state.is_code_wanted)
        for widget in (self.password_line, self.password_button):
            widget.setVisible(state.is_password_wanted)

    def _show_computers(self, computers: tuple[tuple[str, int], ...], now_ms: int) -> None:
        (own, _), *others = computers
        if not (self.name.hasFocus() and self.name.text() != self._called):  # else somebody is typing
            self.name.setText(own)
        self._called = own
        lines = []
        for name, heard_ms in others:
            heard = self.tr("%1, last heard %2").replace("%2", words.card_time(heard_ms, now_ms)) if heard_ms else "%1"
            lines.append(heard.replace("%1", name))
        self.computers.setText("\n".join(lines) or self.tr("none yet"))

    def _rename(self) -> None:
        if self.name.text().strip() and self.name.text() != self._called:
            self.named.emit(self.name.text())

    def show_code(self, code: str) -> None:
        """Until the page is closed or the team left."""
        self.code.setText(code)
        self._form.setRowVisible(self.code, True)
        self.code_button.setEnabled(False)
        self.code_line.clear()

    def hide_code(self) -> None:
        self.code.clear()
        self._form.setRowVisible(self.code, False)
        self.code_button.setEnabled(True)

    def _give(self) -> None:
        if self.code_line.text().strip():
            self.code_given.emit(self.code_line.text())

    def _give_password(self) -> None:
        if self.password_line.text():
            self.password_given.emit(self.password_line.text())

    def _leave(self) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Leave the team"),
            self.tr("Exchange no more with the team? All tickets stay on this computer, and with the others."),
            QMessageBox.StandardButton.Cancel,
            self,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        leave = box.addButton(self.tr("Leave"), QMessageBox.ButtonRole.DestructiveRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda button: self.leave_confirmed.emit() if button is leave else None)
        box.open()
