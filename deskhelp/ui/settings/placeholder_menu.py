"""The placeholders by what they stand for, to be put into a canned reply without knowing how they are written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QToolButton, QWidget

from deskhelp.domain.placeholders import KNOWN_NAMES


def described() -> Sequence[tuple[str, str]]:
    """Each known placeholder with what it stands for."""
    translate = QCoreApplication.translate
    words = {
        "customer.first_name": translate("Placeholders", "Customer's first name"),
        "customer.name": translate("Placeholders", "Customer's full name"),
        "customer.address": translate("Placeholders", "Customer's address"),
        "ticket.code": translate("Placeholders", "Ticket's code"),
        "ticket.subject": translate("Placeholders", "Ticket's subject"),
        "ticket.created": translate("Placeholders", "Day the ticket came in"),
        "agent.name": translate("Placeholders", "My name"),
        "agent.first_name": translate("Placeholders", "My first name"),
        "agent.signature": translate("Placeholders", "My signature"),
        "mailbox.name": translate("Placeholders", "Mailbox's name"),
        "mailbox.address": translate("Placeholders", "Mailbox's address"),
        "department.name": translate("Placeholders", "Department"),
        "date": translate("Placeholders", "Today's date"),
        "greeting": translate("Placeholders", "Greeting by time of day"),
        "cursor": translate("Placeholders", "Where to go on typing"),
    }
    return [(name, words.get(name, name)) for name in sorted(KNOWN_NAMES, key=list(words).index)]


class PlaceholderButton(QToolButton):
    """Writes the chosen placeholder at the caret of `text`."""

    def __init__(self, text: QPlainTextEdit, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        translate = QCoreApplication.translate
        self.setObjectName("withMenu")
        self.setText(translate("Placeholders", "Insert a placeholder"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for name, meaning in described():
            menu.addAction(f"{meaning}\t{{{name}}}").triggered.connect(
                lambda _on=False, name=name: self._write(f"{{{name}}}")
            )
        menu.addSeparator()
        question = translate("Placeholders", "Question asked on insertion")
        menu.addAction(f"{question}\t{{?…}}").triggered.connect(lambda: self._write(f"{{?{question}}}"))
        self.setMenu(menu)

    def _write(self, placeholder: str) -> None:
        self._text.insertPlainText(placeholder)
        self._text.setFocus()
