"""Above the conversation: what it is about, its code, and where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from deskhelp.domain.status import Priority, Status
from deskhelp.services.shown import Opened
from deskhelp.ui import desk_reads, theme, words
from deskhelp.ui.labels import plain_tip
from deskhelp.ui.panes.chips import Chip
from deskhelp.ui.panes.flow_layout import FlowLayout
from deskhelp.ui.worker_bridge import DeskBridge


class ConversationHead(QWidget):
    """Emits `wanted` with the name of an action when a chip is pressed, `copied` with a code that was copied."""

    wanted = Signal(str)
    copied = Signal(str)

    def __init__(self, desk: DeskBridge, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conversationHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self.subject = QLabel(self)
        self.subject.setObjectName("title")
        self.subject.setTextFormat(Qt.TextFormat.PlainText)
        self.subject.setWordWrap(True)
        self.subject.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.chips = QWidget(self)
        self._flow = FlowLayout(self.chips, spacing=6)
        self.escalation = QLabel(self)
        self.escalation.setObjectName("danger")
        self.escalation.setTextFormat(Qt.TextFormat.PlainText)
        self.escalation.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.S)
        for widget in (self.subject, self.chips, self.escalation):
            layout.addWidget(widget)

    def show_ticket(self, opened: Opened) -> None:
        summary = opened.detail.summary
        is_cut = len(summary.subject) > words.LONGEST_SUBJECT
        self.subject.setToolTip(plain_tip(summary.subject) if is_cut else "")
        self.subject.setText(words.subject(summary) or self.tr("(no subject)"))
        self._flow.clear()
        self._add_code(summary.code, opened.detail.aliases)
        present, is_answering = self._desk.said_of(summary.id)
        if present:
            self._add(present, "", icon="user", filled="warn" if is_answering else "")
        self._add(words.status_name(summary.status), "status", filled=words.status_color(summary.status))
        if summary.status is Status.SPAM:
            self._add(self.tr("Not spam"), "spam", icon="task-reopen")
        if summary.escalation is not None:
            self._add(self.tr("Escalated"), "escalate", icon="escalate", filled="danger")
        if summary.priority is not Priority.NORMAL:
            self._add(words.priority_name(summary.priority), "priority", icon=f"priority-{summary.priority}")
        badge, color = words.due_badge(summary, desk_reads.now_ms())
        if badge:
            self._add(badge, "due", filled=color)
        if summary.snoozed_until_ms > desk_reads.now_ms():
            until = words.card_time(summary.snoozed_until_ms, desk_reads.now_ms())
            self._add(self.tr("sleeps until %1").replace("%1", until), "snooze", icon="snooze")
        facts = self._desk.facts
        owner = facts.agent_name(summary.assignee)
        self._add(owner or self.tr("Unassigned"), "assign", icon="user" if owner else "user-unassigned")
        for tag in facts.shown_tags(summary.tags):
            self._add(tag.name, "tag", dot=tag.color or "quiet")
        self._show_escalation(opened)

    def _show_escalation(self, opened: Opened) -> None:
        escalation = opened.detail.summary.escalation
        self.escalation.setVisible(escalation is not None)
        if escalation is not None:
            facts = self._desk.facts
            to = facts.agent_name(escalation.to) or facts.department_name(escalation.to) or escalation.to
            text = self.tr("Level %1 to %2: %3").replace("%1", str(escalation.level)).replace("%2", to)
            self.escalation.setText(text.replace("%3", escalation.reason))

    def _add_code(self, code: str, aliases: tuple[str, ...]) -> None:
        chip = self._add(code, "", icon="edit-copy")
        other = self.tr("Also found as %1.").replace("%1", ", ".join(aliases)) if aliases else ""
        chip.setToolTip("\n".join(part for part in (self.tr("Copy the code"), other) if part))
        chip.setAccessibleName(self.tr("Copy the code %1").replace("%1", code))
        chip.clicked.connect(lambda: self._copy(code))

    def _copy(self, code: str) -> None:
        QGuiApplication.clipboard().setText(code)
        self.copied.emit(code)

    def _add(self, text: str, action: str, *, dot: str = "", icon: str = "", filled: str = "") -> Chip:
        chip = Chip(text, self.chips, dot=dot, icon=icon, filled=filled)
        if action:
            chip.clicked.connect(lambda: self.wanted.emit(action))
        self._flow.addWidget(chip)
        return chip
