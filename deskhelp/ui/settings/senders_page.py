"""Whose mail is not wanted: addresses and domains, what is done with their mail, and the way back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from deskhelp.domain.entities import SenderRule
from deskhelp.ui.settings.entity_page import EntityPage


class SendersPage(EntityPage):
    """`block_wanted` carries what was typed; a rule's name is its identity and does not change."""

    block_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self.empty.setText(
            self.tr("Mail of blocked senders goes to spam and tells nobody. Senders are blocked here or from a ticket.")
        )
        self.new_button.setText(self.tr("Block"))
        self.delete_button.setText(self.tr("Forget"))
        self.list.setAccessibleName(self.tr("Senders"))
        self.wanted = QLineEdit(self)
        self.wanted.setPlaceholderText(self.tr("address or domain"))
        self.wanted.setAccessibleName(self.tr("Address or domain to block"))
        self.wanted.returnPressed.connect(self._new)
        self._left_column.insertWidget(self._left_column.indexOf(self._button_row), self.wanted)
        self.add_line("name", self.tr("Sender")).setReadOnly(True)
        self.add_choice(
            "verdict",
            self.tr("Their mail"),
            [("block", self.tr("goes to spam")), ("allow", self.tr("is wanted, whatever their domain"))],
        )

    def make_new(self) -> SenderRule:
        return SenderRule("")

    def label_of(self, entity: Any) -> str:
        return str(entity.name) if entity.verdict == "block" else f"✓ {entity.name}"

    def _new(self) -> None:
        if self.wanted.text().strip():
            self.block_wanted.emit(self.wanted.text().strip())
            self.wanted.clear()
        self.wanted.setFocus()
