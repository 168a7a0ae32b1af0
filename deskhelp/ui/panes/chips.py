"""Small rounded signs: a status, a tag with its colour, an escalation."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from deskhelp.ui import icons, theme

DOT_PX = 8
ICON_PX = 14


class Chip(QAbstractButton):
    """A dot or an icon, and a word. `filled` ones are badges in the named colour of the theme."""

    def __init__(
        self, text: str, parent: QWidget, *, dot: str = "", icon: str = "", filled: str = "", clickable: bool = True
    ) -> None:
        super().__init__(parent)
        self._dot, self._icon, self._filled = dot, icon, filled
        self.setText(text)
        self.setAccessibleName(text)
        self.setFont(theme.scaled(self.font(), 0.92))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if clickable else Qt.FocusPolicy.NoFocus)
        if clickable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        mark = DOT_PX + 6 if self._dot else ICON_PX + theme.XS if self._icon else 0
        return QSize(metrics.horizontalAdvance(self.text()) + mark + 18, round(metrics.height() * 1.35))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(tokens.color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color(self._filled or ("selection" if self.underMouse() else "hover")))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        ink = "on_badge" if self._filled else "text"
        left = self._mark(painter, ink)
        painter.setPen(tokens.color(ink))
        room = self.rect().adjusted(left, 0, -theme.XS, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()

    def _mark(self, painter: QPainter, ink: str) -> int:
        """Draw the dot or icon; where the text begins."""
        middle = self.height() // 2
        if self._dot:
            color = QColor(self._dot) if self._dot.startswith("#") else theme.current().color(self._dot)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(9, middle - DOT_PX // 2, DOT_PX, DOT_PX)
            return 9 + DOT_PX + 6
        if self._icon:
            mark = icons.pixmap(self._icon, ICON_PX, ink if self._filled else "muted", self.devicePixelRatioF())
            painter.drawPixmap(8, middle - ICON_PX // 2, mark)
            return 8 + ICON_PX + theme.XS
        return 9
