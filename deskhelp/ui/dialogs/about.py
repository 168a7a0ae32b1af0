"""About the program: version, licences, where Qt's source is (the LGPL asks for it)."""

from __future__ import annotations

import platform
import sqlite3
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout, QWidget

from deskhelp import __version__


class AboutDialog(QDialog):
    """Plain facts; the notices of third parties can be read and copied."""

    def __init__(self, parent: QWidget) -> None:
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
        licences = QTextBrowser(self)
        licences.setObjectName("licences")
        licences.setOpenLinks(False)
        licences.setMarkdown(_notices())
        licences.setAccessibleName(self.tr("Licences of the parts"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (name, text, versions, licences, buttons):
            layout.addWidget(widget)
        self.resize(560, 460)


def _notices() -> str:
    """The notices of third parties: beside a checkout, or in the licences of an installed or frozen program."""
    package = Path(__file__).resolve().parents[2]
    for place in (package.parent, package / "licenses", package.parent / "licenses", package):
        for path in sorted(place.glob("THIRD-PARTY-NOTICES.md")):
            return path.read_text(encoding="utf-8")
    return "https://www.gnu.org/licenses/lgpl-3.0.html"
