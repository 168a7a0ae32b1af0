"""Who it is, as a circle with initials."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from deskhelp.ui import theme
from deskhelp.ui.panes.ticket_delegate import draw_avatar

AVATAR_PX = 32


class Avatar(QWidget):
    """Initials in a circle."""

    def __init__(self, name: str, address: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._address = name, address
        side = max(AVATAR_PX, round(self.fontMetrics().height() * 1.9))
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.scaled(self.font(), 0.84)
        font.setBold(True)
        draw_avatar(painter, self.rect(), self._name, self._address, font)
        painter.end()
