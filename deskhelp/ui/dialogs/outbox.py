"""The outbox: what is on its way and what needs a decision, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from deskhelp.domain.status import Delivery
from deskhelp.domain.views import Change
from deskhelp.ui import theme, words
from deskhelp.ui.dialogs.held import HeldDialog
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.office import Office
    from deskhelp.services.outbox_list import OutboxEntry

TO_PX = 200


class OutboxDialog(QDialog):
    """A list that follows the outbox while it is open."""

    def __init__(self, desk: DeskBridge, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Outbox"))
        self._desk = desk
        self._entries: tuple[OutboxEntry, ...] = ()
        self.table = QTableWidget(0, 4, self)
        self.table.setAccessibleName(self.tr("Outbox"))
        self.table.setHorizontalHeaderLabels([self.tr("State"), self.tr("To"), self.tr("Subject"), self.tr("Since")])
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setWordWrap(False)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, theme.wide(self.fontMetrics(), TO_PX))
        self.table.itemSelectionChanged.connect(self._refresh_buttons)
        self.detail = QLabel(self)
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.empty = QLabel(self.tr("The outbox is empty: everything has left."), self)
        self.empty.setObjectName("muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.hide()  # until it is known
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        desk.changed.connect(self._changed)
        self._load_soon()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for name, text in (
            ("look", self.tr("Look at both…")),
            ("send", self.tr("Send now")),
            ("hold", self.tr("Hold")),
            ("mark", self.tr("Mark as sent")),
            ("edit", self.tr("Edit again")),
            ("drop", self.tr("Drop")),
        ):
            button = QPushButton(text, self)
            button.clicked.connect(lambda _on=False, chosen=name: self._decide(chosen))
            self.buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.rejected.connect(self.reject)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        for widget in (self.table, self.empty, self.detail):
            column.addWidget(widget)
        column.addLayout(row)
        self.resize(760, 420)

    def _changed(self, change: Change) -> None:
        if "outbox" in change.kinds:
            self._load_soon()

    def _load_soon(self) -> None:
        self._desk.run(self._load(), "outbox")

    async def _load(self) -> None:
        self._entries = await self._desk.read(_listed)
        chosen = self.table.currentRow()
        self.table.setRowCount(len(self._entries))
        for row, entry in enumerate(self._entries):
            for column, text in enumerate(self._texts(entry)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.table.setVisible(bool(self._entries))
        self.empty.setVisible(not self._entries)
        for button in self.buttons.values():
            button.setVisible(bool(self._entries))
        if self._entries:
            self.table.selectRow(max(0, min(chosen, len(self._entries) - 1)))
        self._refresh_buttons()

    def _texts(self, entry: OutboxEntry) -> tuple[str, str, str, str]:
        when = QDateTime.fromMSecsSinceEpoch(entry.queued_at_ms)
        return (
            self._state_name(entry.state),
            ", ".join(person.address for person in entry.to),
            entry.subject,
            QLocale().toString(when, QLocale.FormatType.ShortFormat),
        )

    def _state_name(self, state: Delivery) -> str:
        return {
            Delivery.QUEUED: self.tr("Waiting"),
            Delivery.SENDING: self.tr("Being sent"),
            Delivery.DEFERRED: self.tr("Will be tried again"),
            Delivery.REFUSED: self.tr("Refused"),
            Delivery.PARTLY: self.tr("Not to everybody"),
            Delivery.UNCERTAIN: self.tr("Uncertain"),
            Delivery.HELD: self.tr("Held"),
        }.get(state, str(state))

    def _explanation(self, entry: OutboxEntry) -> str:
        known = {
            Delivery.UNCERTAIN: self.tr(
                "The connection broke while this was being sent, so nobody knows whether it arrived. "
                "Look into Sent or ask the customer, then decide; DeskHelp does not send it again by itself."
            ),
            Delivery.HELD: self.tr(
                "This was not sent: something arrived in its ticket that its author had not seen, or it was held."
            ),
            Delivery.REFUSED: self.tr("The server refused it for good. Its text is back as a draft in the ticket."),
        }.get(entry.state, "")
        return " ".join(part for part in (known, words.delivery_said(entry.last_error)) if part)

    def _chosen(self) -> OutboxEntry | None:
        row = self.table.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def _refresh_buttons(self) -> None:
        entry = self._chosen()
        state = entry.state if entry else None
        can = {
            "look": state is Delivery.HELD,
            "send": state in (Delivery.QUEUED, Delivery.DEFERRED, Delivery.HELD, Delivery.UNCERTAIN, Delivery.PARTLY),
            "hold": state in (Delivery.QUEUED, Delivery.DEFERRED),
            "mark": state is Delivery.UNCERTAIN,
            "edit": state in (Delivery.QUEUED, Delivery.DEFERRED, Delivery.HELD, Delivery.REFUSED),
            "drop": state not in (None, Delivery.SENDING),
        }
        for name, button in self.buttons.items():
            button.setEnabled(bool(can[name]))
        self.detail.setText(self._explanation(entry) if entry else "")

    def _decide(self, what: str) -> None:
        entry = self._chosen()
        if entry is not None and what == "look":
            HeldDialog(self._desk, entry.message, self).open()
        elif entry is not None:
            self._desk.run(self._carry_out(what, entry.message), "outbox")

    async def _carry_out(self, what: str, message: str) -> None:
        await self._desk.write(_decide, what, message)


def _listed(office: Office) -> tuple[OutboxEntry, ...]:
    from deskhelp.services import outbox_list

    return outbox_list.listed(office)


def _decide(office: Office, what: str, message: str) -> None:
    from deskhelp.services import outbox

    acts: dict[str, Callable[..., Any]] = {
        "send": outbox.send_again,
        "hold": outbox.hold,
        "mark": outbox.mark_sent,
        "edit": outbox.take_back,
        "drop": outbox.drop,
    }
    acts[what](office, message)
