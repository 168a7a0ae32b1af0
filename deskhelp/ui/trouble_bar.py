"""What went wrong and what happens next, above the panes, until one closes it or something else goes wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from deskhelp.domain.errors import DeskTrouble
from deskhelp.ui import i18n, icons, theme
from deskhelp.ui.announcing import announce

ICON_PX = 20


class TroubleBar(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("troubleBar")
        self._details = ""
        self.sign = QLabel(self)
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = QPushButton(self.tr("Copy the details"), self)
        self.copy.setObjectName("link")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        self.dismiss = QToolButton(self)
        self.dismiss.setAccessibleName(self.tr("Close"))
        icons.bind(self.dismiss, "edit-clear", "muted")
        self.dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.S, theme.S, theme.S)
        row.setSpacing(theme.M)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        row.addWidget(self.copy)
        row.addWidget(self.dismiss)
        self.hide()

    def show_trouble(self, trouble: DeskTrouble) -> None:
        text = i18n.say(trouble)
        self._details = "\n".join(part for part in (str(trouble), trouble.detail) if part)
        self.sign.setPixmap(icons.pixmap("dialog-warning", ICON_PX, "danger", self.devicePixelRatioF()))
        self.text.setText(text)
        self.copy.setVisible(bool(trouble.detail))
        self.show()
        announce(self, text)
