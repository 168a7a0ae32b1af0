"""Escalating tickets: how far up, to whom, and why. The reason is not optional: the one who gets it will ask."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from deskhelp.domain.status import Escalation
from deskhelp.ui.dialogs.sheet import Sheet

MAX_LEVEL = 3


class EscalateDialog(Sheet):
    """Emits `escalated(level, to, reason)`."""

    escalated = Signal(int, str, str)

    def __init__(self, names: Sequence[str], current: Escalation | None, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Escalate"))
        self.primary.setText(self.tr("Escalate"))
        self.level = QComboBox(self)
        for level, text in enumerate(
            (self.tr("1: second line"), self.tr("2: team lead"), self.tr("3: management")), start=1
        ):
            self.level.addItem(text, level)
        self.to = QLineEdit(self)
        self.to.setPlaceholderText(self.tr("A person or a department"))
        completer = QCompleter(list(names), self.to)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.to.setCompleter(completer)
        self.reason = QPlainTextEdit(self)
        self.reason.setPlaceholderText(self.tr("What has been tried, what is needed, by when"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(self.fontMetrics().height() * 5)
        self.form.addRow(self.tr("Level"), self.level)
        self.form.addRow(self.tr("To"), self.to)
        self.form.addRow(self.tr("Reason"), self.reason)
        if current is not None:
            self.level.setCurrentIndex(min(current.level, MAX_LEVEL - 1))
            self.to.setText("")
        self.buttons.accepted.connect(self._done)
        self.setMinimumWidth(440)
        self.to.setFocus()

    def _done(self) -> None:
        to, reason = self.to.text().strip(), self.reason.toPlainText().strip()
        if not to or not reason:
            self.say(self.tr("Say to whom and why: without both nobody knows what to do."))
            (self.reason if to else self.to).setFocus()
            return
        self.accept()
        self.escalated.emit(self.level.currentData(), to, reason)
