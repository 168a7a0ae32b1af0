"""Several tickets are selected: what can be done with all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from deskhelp.ui import theme
from deskhelp.ui.panes.flow_layout import FlowLayout

CODES_SHOWN = 12


class BulkPage(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = QLabel(self)
        self.title.setObjectName("title")
        self.codes = QLabel(self)
        self.codes.setObjectName("muted")
        self.codes.setWordWrap(True)
        self.buttons = QWidget(self)
        self._flow = FlowLayout(self.buttons, spacing=theme.S)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        layout.setSpacing(theme.M)
        for widget in (self.title, self.codes, self.buttons):
            layout.addWidget(widget)
        layout.addStretch(1)

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """The actions that make sense for many."""
        self._flow.clear()
        for action in actions:
            button = QToolButton(self.buttons)
            button.setObjectName("chip")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setDefaultAction(action)
            self._flow.addWidget(button)

    def show_codes(self, codes: Sequence[str]) -> None:
        self.title.setText(self.tr("%n ticket(s) selected", "", len(codes)))
        more = "" if len(codes) <= CODES_SHOWN else " …"
        self.codes.setText(", ".join(codes[:CODES_SHOWN]) + more)
