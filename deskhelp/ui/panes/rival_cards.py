"""Two colleagues set the same field without knowing of each other: what does not count now is one click away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from deskhelp.domain.conversation import HistoryEntry
from deskhelp.services.shown import Rival
from deskhelp.ui import desk_reads, theme, words
from deskhelp.ui.facts import Facts
from deskhelp.ui.panes.history_words import history_sentence


class RivalCard(QFrame):
    """One value that lost. `taken` makes it count, `refused` settles that it does not; both carry the `Rival`."""

    taken = Signal(object)
    refused = Signal(object)

    def __init__(self, rival: Rival, facts: Facts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        told = self._told(rival, facts)
        self.setAccessibleName(told)
        label = QLabel(told, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self.yes = QPushButton(self.tr("Take it"), self)
        self.yes.clicked.connect(lambda: self.taken.emit(rival))
        self.no = QPushButton(self.tr("Leave it"), self)
        self.no.setToolTip(self.tr("What counts now stays"))
        self.no.clicked.connect(lambda: self.refused.emit(rival))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(self.yes)
        buttons.addWidget(self.no)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.setSpacing(theme.XS)
        column.addWidget(label)
        column.addLayout(buttons)

    def _told(self, rival: Rival, facts: Facts) -> str:
        what = history_sentence(
            HistoryEntry(rival.at_ms, rival.agent, "field", {"name": rival.field, "value": rival.value}), facts
        )
        who = facts.agent_name(rival.agent) or self.tr("Somebody")
        when = words.card_time(rival.at_ms, desk_reads.now_ms())
        text = self.tr("At the same time %1 (%2): %3").replace("%1", who).replace("%2", when)
        return text.replace("%3", what)
