"""What the desk is not sure of, asked in the context pane: is it the same matter, is it a new one?"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from deskhelp.domain.hints import Hint, HintKind
from deskhelp.ui import theme
from deskhelp.ui.labels import plain_tip
from deskhelp.ui.panes.elided_button import ElidedButton


class HintCard(QFrame):
    """One question. `followed` and `refused` answer it, `ticket_wanted` names a ticket that is to be looked at."""

    followed = Signal(object)
    refused = Signal(object)
    ticket_wanted = Signal(str)

    def __init__(self, hint: Hint, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.setSpacing(theme.XS)
        column.addWidget(self._label(self._question()))
        self.setAccessibleName(self._question())
        if hint.kind is HintKind.SAME_MATTER:
            column.addWidget(self._link())
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        self.yes = QPushButton(self._answer(), self)
        self.yes.clicked.connect(lambda: self.followed.emit(hint))
        self.no = QPushButton(self.tr("No"), self)
        self.no.setToolTip(self.tr("Do not ask this again"))
        self.no.clicked.connect(lambda: self.refused.emit(hint))
        buttons.addWidget(self.yes)
        buttons.addWidget(self.no)
        buttons.addStretch(1)
        column.addLayout(buttons)

    def _question(self) -> str:
        if self._hint.kind is HintKind.SAME_MATTER:
            return self.tr("Is this the same matter?")
        if self._hint.days:
            return self.tr("A new matter? It came after %n day(s) of silence.", "", self._hint.days)
        return self.tr("A new matter? The subject is another one: “%1”").replace("%1", self._hint.subject)

    def _answer(self) -> str:
        return self.tr("Merge") if self._hint.kind is HintKind.SAME_MATTER else self.tr("Split off")

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _link(self) -> QPushButton:
        hint = self._hint
        link = ElidedButton(hint.subject or hint.code, self)
        link.setAccessibleName(f"{hint.code}, {hint.subject}")
        link.setToolTip(plain_tip(f"{hint.code}\n{hint.subject}"))
        link.clicked.connect(lambda: self.ticket_wanted.emit(hint.about))
        return link
