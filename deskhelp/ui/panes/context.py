"""The right pane: who asks, what we know of the ticket, and what has happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from deskhelp.domain.conversation import HistoryEntry
from deskhelp.domain.views import TicketSummary
from deskhelp.ui import desk_acts, desk_reads, theme, words
from deskhelp.ui.labels import ElidedLabel, plain_tip
from deskhelp.ui.panes.avatar import Avatar
from deskhelp.ui.panes.chips import Chip
from deskhelp.ui.panes.elided_button import ElidedButton
from deskhelp.ui.panes.flow_layout import FlowLayout
from deskhelp.ui.panes.hint_cards import HintCard
from deskhelp.ui.panes.history_words import history_sentence
from deskhelp.ui.panes.rival_cards import RivalCard
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.shown import Opened

TICKETS_SHOWN = 6
HISTORY_SHOWN = 8


class ContextPane(QScrollArea):
    """Emits `wanted` with the name of an action (``status``, ``assign``, ...), `ticket_wanted` with a ticket's id, and
    `search_wanted` with a search text."""

    wanted = Signal(str)
    ticket_wanted = Signal(str)
    search_wanted = Signal(str)

    def __init__(self, desk: DeskBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("contextScroll")
        self.setAccessibleName(self.tr("About the ticket"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._desk = desk
        self._opened: Opened | None = None
        self._all_history = False
        self.values: dict[str, QPushButton] = {}
        self.hints: list[HintCard] = []
        self.rivals: list[RivalCard] = []
        self._body: QWidget | None = None
        self._filled = ""
        self._filling = QTimer(self, singleShot=True)  # the conversation is painted first
        self._filling.timeout.connect(self._fill)
        self._show_nothing()
        desk.facts_changed.connect(self._filling.start)

    def show_ticket(self, opened: Opened | None) -> None:
        """Show what belongs to a ticket, once the loop has painted what is due now; None for none."""
        if opened is not self._opened:
            self._opened = opened
            self._filling.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._filling.start()

    def _fill(self) -> None:
        opened = self._opened
        if opened is None:
            self._show_nothing()
        elif self.isVisible():
            self._show(opened)

    def _show(self, opened: Opened) -> None:
        ticket, before = opened.detail.summary.id, self._filled
        self._filled = ticket
        if ticket != before:
            self._all_history = False
        scroll = self.verticalScrollBar().value() if ticket == before else 0
        column = self._new_body()
        self._customer(column, opened)
        self._hints(column, opened)
        self._rivals(column, opened)
        self._ticket(column, opened.detail.summary)
        self._history(column, opened.detail.history)
        column.addStretch(1)
        self.verticalScrollBar().setValue(scroll)

    def _show_nothing(self) -> None:
        self._filled = ""
        self._new_body().addStretch(1)

    def _new_body(self) -> QVBoxLayout:
        self.values.clear()
        self.hints, self.rivals = [], []
        self._body = QWidget(self)
        self._body.setObjectName("contextBody")
        column = QVBoxLayout(self._body)
        column.setContentsMargins(theme.L, theme.L, theme.M, theme.L)
        column.setSpacing(theme.XS)
        if old := self.takeWidget():
            old.deleteLater()  # later: one of its buttons may be what was pressed
        self.setWidget(self._body)
        return column

    # -- who asks ----------------------------------------------------------------------------

    def _customer(self, column: QVBoxLayout, opened: Opened) -> None:
        summary = opened.detail.summary
        self._section(column, self.tr("Customer"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        name = words.requester(summary)
        grid.addWidget(Avatar(summary.requester_name, summary.requester_address, self), 0, 0, 2, 1)
        grid.addWidget(self._line(name, "strong"), 0, 1)
        if summary.requester_address:
            grid.addWidget(self._address(summary.requester_address), 1, 1)
        column.addLayout(grid)
        self._other_tickets(column, summary, opened.others)

    def _address(self, address: str) -> QPushButton:
        button = ElidedButton(address, self)
        button.setToolTip(self.tr("Copy the address"))
        button.setAccessibleName(self.tr("Copy the address %1").replace("%1", address))
        button.clicked.connect(lambda: QGuiApplication.clipboard().setText(address))
        return button

    def _other_tickets(self, column: QVBoxLayout, summary: TicketSummary, others: Sequence[TicketSummary]) -> None:
        if not others:
            column.addWidget(self._line(self.tr("No other tickets"), "muted"))
            return
        for other in others[:TICKETS_SHOWN]:
            column.addWidget(self._ticket_link(other))
        if len(others) > TICKETS_SHOWN:
            more = QPushButton(self.tr("All tickets of this customer"), self)
            more.setObjectName("link")
            more.clicked.connect(lambda: self.search_wanted.emit(f"from:{summary.requester_address}"))
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _ticket_link(self, other: TicketSummary) -> QWidget:
        status = words.status_name(other.status)
        subject = words.subject(other)
        row = ElidedButton(subject or other.code, self)
        row.setAccessibleName(f"{other.code}, {subject}, {status}")
        row.setToolTip(plain_tip(f"{other.code} · {status}\n{subject}"))
        row.clicked.connect(lambda: self.ticket_wanted.emit(other.id))
        return row

    def _hints(self, column: QVBoxLayout, opened: Opened) -> None:
        """What the mail alone does not decide is asked."""
        ticket = opened.detail.summary.id
        self.hints = [HintCard(hint, self) for hint in opened.hints]
        for card in self.hints:
            card.followed.connect(lambda hint: self._desk.act(desk_acts.follow_hint, ticket, hint, name="follow hint"))
            card.refused.connect(lambda hint: self._desk.act(desk_acts.refuse_hint, ticket, hint, name="refuse hint"))
            card.ticket_wanted.connect(self.ticket_wanted)
            column.addSpacing(theme.XS)
            column.addWidget(card)

    def _rivals(self, column: QVBoxLayout, opened: Opened) -> None:
        """Where two wrote at once, the other value can be taken."""
        ticket = opened.detail.summary.id
        self.rivals = [RivalCard(rival, self._desk.facts, self) for rival in opened.rivals]
        for card in self.rivals:
            card.taken.connect(lambda rival: self._desk.act(desk_acts.take_rival, ticket, rival, name="take theirs"))
            card.refused.connect(lambda rival: self._desk.act(desk_acts.keep_ours, ticket, rival, name="keep ours"))
            column.addSpacing(theme.XS)
            column.addWidget(card)

    # -- the ticket --------------------------------------------------------------------------

    def _ticket(self, column: QVBoxLayout, summary: TicketSummary) -> None:
        self._section(column, self.tr("Ticket"))
        facts = self._desk.facts
        now = desk_reads.now_ms()
        mailbox = facts.mailbox(summary.mailbox)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        rows = [
            ("status", self.tr("Status"), words.status_name(summary.status)),
            ("assign", self.tr("Assignee"), facts.agent_name(summary.assignee) or self.tr("nobody")),
            ("priority", self.tr("Priority"), words.priority_name(summary.priority)),
            ("department", self.tr("Department"), facts.department_name(summary.department) or "—"),
            ("due", self.tr("Due"), words.card_time(summary.due_ms, now) if summary.due_ms else "—"),
        ]
        for at, (action, label, value) in enumerate(rows):
            grid.addWidget(self._line(label, "muted"), at, 0)
            grid.addWidget(self._value(action, label, value), at, 1)
        facts_only = [(self.tr("Created"), words.card_time(summary.created_at_ms, now))]
        if mailbox and len(facts.live_mailboxes) > 1:
            facts_only.append((self.tr("Mailbox"), mailbox.name or mailbox.address))
        for at, (label, value) in enumerate(facts_only, len(rows)):
            grid.addWidget(self._line(label, "muted"), at, 0)
            text = self._line(value, "plain")
            text.setContentsMargins(7, 3, 0, 3)
            grid.addWidget(text, at, 1)
        column.addLayout(grid)
        self._tags(column, summary)

    def _value(self, action: str, label: str, value: str) -> QPushButton:
        button = ElidedButton(value, self, "value")
        button.setAccessibleName(f"{label}: {value}")
        button.clicked.connect(lambda: self.wanted.emit(action))
        self.values[action] = button
        return button

    def _tags(self, column: QVBoxLayout, summary: TicketSummary) -> None:
        holder = QWidget(self)
        flow = FlowLayout(holder, spacing=6)
        for tag in self._desk.facts.shown_tags(summary.tags):
            chip = Chip(tag.name, holder, dot=tag.color or "quiet")
            chip.clicked.connect(lambda _on=False, name=tag.name: self.search_wanted.emit(f'tag:"{name}"'))
            chip.setToolTip(self.tr("Tickets with this tag"))
            flow.addWidget(chip)
        add = Chip(self.tr("Tag"), holder, icon="list-add")
        add.clicked.connect(lambda: self.wanted.emit("tag"))
        flow.addWidget(add)
        column.addSpacing(theme.XS)
        column.addWidget(holder)

    # -- what happened -----------------------------------------------------------------------

    def _history(self, column: QVBoxLayout, history: Sequence[HistoryEntry]) -> None:
        facts = self._desk.facts
        told = [(entry, text) for entry in reversed(history) if (text := history_sentence(entry, facts))]
        if not told:
            return
        self._section(column, self.tr("History"))
        head_before = ""
        for entry, text in told if self._all_history else told[:HISTORY_SHOWN]:
            when = words.card_time(entry.at_ms, desk_reads.now_ms())
            who = facts.agent_name(entry.agent)
            head = "  ·  ".join(part for part in (who, entry.computer if who else "", when) if part)
            if head != head_before:  # what one person did in one minute stands under one head
                column.addSpacing(theme.XS)
                column.addWidget(self._line(head, "muted"))
                head_before = head
            line = QLabel(text[:1].upper() + text[1:], self)
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            column.addWidget(line)
        if len(told) > HISTORY_SHOWN and not self._all_history:
            more = QPushButton(self.tr("Show all %n entries", "", len(told)), self)
            more.setObjectName("link")
            more.clicked.connect(self._show_all_history)
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_all_history(self) -> None:
        self._all_history = True
        self._fill()

    # -- small things ------------------------------------------------------------------------

    def _section(self, column: QVBoxLayout, title: str) -> None:
        if column.count():
            column.addSpacing(theme.M)
        label = QLabel(title, self)
        label.setObjectName("section")
        column.addWidget(label)

    def _line(self, text: str, name: str) -> ElidedLabel:
        label = ElidedLabel(text, self)
        label.setObjectName(name)
        return label
