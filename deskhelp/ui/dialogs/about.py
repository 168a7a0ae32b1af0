"""About the program: version, licences, where Qt's source is (the LGPL asks for it)."""

from __future__ import annotations

import platform
import sqlite3

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from deskhelp import __version__


class AboutDialog(QDialog):
    """Plain facts; the notices of third parties can be read and copied."""

    def __init__(self, notices: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About DeskHelp"))
        name = QLabel(f"DeskHelp {__version__}", self)
        name.setObjectName("heading")
        text = QLabel(
            self.tr(
                "A helpdesk for a shared mailbox that needs no server of its own.\n"
                "MIT licence. Qt is used under the LGPL version 3; its source is at https://download.qt.io/."
            ),
            self,
        )
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        versions = QLabel(
            f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {pyside_version}, "
            f"SQLite {sqlite3.sqlite_version}",
            self,
        )
        versions.setObjectName("muted")
        versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        licences = QPlainTextEdit(notices, self)
        licences.setReadOnly(True)
        licences.setAccessibleName(self.tr("Licences of the parts"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (name, text, versions, licences, buttons):
            layout.addWidget(widget)
        self.resize(560, 460)
