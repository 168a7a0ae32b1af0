"""The team of this installation: founding or joining one, how the exchange stands, leaving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deskhelp.ui import theme, words


@dataclass(frozen=True, slots=True)
class TeamState:
    """A team as the page shows it; `trouble` is a sentence for people, `waiting` are parcels that nobody has yet."""

    place: str
    computers: int
    waiting: int
    exchanged_at_ms: int
    trouble: str = ""


class TeamPage(QWidget):
    """`create_wanted` and `join_wanted` carry the scheme of a place and what was typed for it."""

    create_wanted = Signal(str, str)
    join_wanted = Signal(str, str)
    leave_confirmed = Signal()
    exchange_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self._alone())
        self.pages.addWidget(self._together())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self._show_kind()

    # -- alone -------------------------------------------------------------------------------

    def _alone(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
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
            column.addWidget(_told(text, page))
        form = QFormLayout()
        form.setVerticalSpacing(10)
        self.kind = QComboBox(page)
        self.kind.addItem(self.tr("a shared folder"), "folder")
        self.kind.addItem(self.tr("a shared database file"), "sqlite")
        self.kind.activated.connect(lambda _index: self._show_kind())
        _row(form, self.tr("The team meets in"), self.kind)
        self.place = QLineEdit(page)
        self.place.setClearButtonEnabled(True)
        self.place.textChanged.connect(lambda _text: self._show_kind())
        self.browse = QPushButton(self.tr("Browse…"), page)
        self.browse.clicked.connect(self._browse)
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        line.addWidget(self.place, 1)
        line.addWidget(self.browse)
        self.place.setAccessibleName(self.tr("Place"))
        form.addRow(self.tr("Place"), line)
        column.addLayout(form)
        column.addLayout(self._buttons(page))
        column.addStretch(1)
        return page

    def _buttons(self, page: QWidget) -> QHBoxLayout:
        self.create_button = QPushButton(self.tr("Found a team here"), page)
        self.create_button.clicked.connect(lambda: self.create_wanted.emit(*self._wanted()))
        self.join_button = QPushButton(self.tr("Join the team there"), page)
        self.join_button.clicked.connect(lambda: self.join_wanted.emit(*self._wanted()))
        row = QHBoxLayout()
        row.addWidget(self.create_button)
        row.addWidget(self.join_button)
        row.addStretch(1)
        return row

    def _wanted(self) -> tuple[str, str]:
        return str(self.kind.currentData()), self.place.text().strip()

    def _show_kind(self) -> None:
        is_file = self.kind.currentData() == "sqlite"
        example = r"\\server\desk\team.sqlite" if is_file else r"\\server\desk\team"
        self.place.setPlaceholderText(example)
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
        for widget in (self.kind, self.place, self.browse, self.create_button, self.join_button):
            widget.setEnabled(not is_busy)
        if not is_busy:
            self._show_kind()

    # -- in a team ---------------------------------------------------------------------------

    def _together(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(
            _told(self.tr("You work in a team. Everything is on this computer too, so you can go on offline."), page)
        )
        form = QFormLayout()
        form.setVerticalSpacing(10)
        self.where, self.computers = _told("", page), _told("", page)
        self.exchanged, self.waiting = _told("", page), _told("", page)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for title, label in (
            (self.tr("The team meets in"), self.where),
            (self.tr("Computers"), self.computers),
            (self.tr("Last exchange"), self.exchanged),
            (self.tr("Not handed over yet"), self.waiting),
        ):
            form.addRow(title, label)
        column.addLayout(form)
        self.said = _told("", page)
        self.said.setObjectName("inlineTrouble")
        column.addWidget(self.said)
        self.exchange_button = QPushButton(self.tr("Exchange now"), page)
        self.exchange_button.clicked.connect(self.exchange_wanted)
        self.leave_button = QPushButton(self.tr("Leave the team…"), page)
        self.leave_button.clicked.connect(self._leave)
        row = QHBoxLayout()
        row.addWidget(self.exchange_button)
        row.addWidget(self.leave_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def show_team(self, state: TeamState | None, now_ms: int) -> None:
        """How the exchange stands; None for an installation that is in no team."""
        self.pages.setCurrentIndex(0 if state is None else 1)
        if state is None:
            return
        self.where.setText(state.place)
        self.computers.setText(str(state.computers))
        self.exchanged.setText(words.card_time(state.exchanged_at_ms, now_ms) or self.tr("not yet"))
        self.waiting.setText(
            self.tr("%n parcel(s) of changes", "", state.waiting) if state.waiting else self.tr("nothing")
        )
        self.said.setText(state.trouble)
        self.said.setVisible(bool(state.trouble))

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


def _told(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _row(form: QFormLayout, title: str, widget: Any) -> None:
    widget.setAccessibleName(title)
    form.addRow(title, widget)
