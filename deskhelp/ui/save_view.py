"""Keeping a search as a view in the sidebar."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from deskhelp.ui import desk_forms
from deskhelp.ui.dialogs.sheet import Sheet
from deskhelp.ui.worker_bridge import DeskBridge

WIDTH_PX = 420


class SaveViewDialog(Sheet):
    def __init__(self, desk: DeskBridge, query: str, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self._desk = desk
        self.setWindowTitle(self.tr("Keep this search"))
        self.primary.setText(self.tr("Keep"))
        self.name = QLineEdit(self)
        self.query = QLineEdit(query, self)
        self.form.addRow(self.tr("Name"), self.name)
        self.form.addRow(self.tr("Search"), self.query)
        self.buttons.accepted.connect(self._keep)
        self.setMinimumWidth(WIDTH_PX)
        self.name.setFocus()

    def _keep(self) -> None:
        name, query = self.name.text().strip(), self.query.text().strip()
        if not name or not query:
            self.say(self.tr("A view needs a name and something to search for."))
            return
        self.accept()
        self._desk.run(self._desk.write(desk_forms.save_view, name, query), "save view")
