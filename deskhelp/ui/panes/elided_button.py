"""A flat button for texts of any length."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from deskhelp.ui.labels import plain_tip

PADDING = 14


class ElidedButton(QPushButton):
    """A flat button whose text is shortened where there is no room; all of it is in the tooltip."""

    def __init__(self, text: str, parent: QWidget, name: str = "link") -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self._whole = text
        self.setToolTip(plain_tip(text))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width() - PADDING))
