"""The address lines of the composer: names and addresses separated by commas, completed from known people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from deskhelp.domain.views import Person

if TYPE_CHECKING:
    from deskhelp.services.office import Office

_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+|[^@\s,;<>\"]+@localhost")
_PIECE = re.compile(r"(?:\"[^\"]*\"|<[^>]*>|[^,;])+")  # up to a comma or semicolon that is in no quotes or brackets
SHORTEST_PREFIX = 2


def format_people(people: Sequence[Person]) -> str:
    """People as an address line shows them: ``Name <address>, address``."""
    return ", ".join(format_person(person) for person in people)


def format_person(person: Person) -> str:
    if not person.name or person.name == person.address:
        return person.address
    name = f'"{person.name}"' if re.search(r'[,;<>"@]', person.name) else person.name
    return f"{name} <{person.address}>"


def parse_people(text: str) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """The people that an address line names, and the pieces of it that are no address."""
    people, wrong = [], []
    for piece in filter(None, (found.strip() for found in _PIECE.findall(text))):
        name, address = parseaddr(piece)
        if _ADDRESS.fullmatch(address):
            people.append(Person(name, address))
        else:
            wrong.append(piece)
    return tuple(people), tuple(wrong)


def offer_people(desk: Any, *lines: RecipientLine) -> None:
    """Let lines be completed with the people that the office of `desk` knows."""
    for line in lines:
        line.suggestions_wanted.connect(
            lambda prefix, line=line: desk.run(_offer(desk, line, prefix), "suggest people")
        )


async def _offer(desk: Any, line: RecipientLine, prefix: str) -> None:
    if len(prefix) >= SHORTEST_PREFIX:
        line.show_suggestions(prefix, await desk.read(_people, prefix))


def _people(office: Office, prefix: str) -> tuple[Person, ...]:
    from deskhelp.services import writing

    return writing.people(office, prefix)


class RecipientLine(QLineEdit):
    """One address line; `suggestions_wanted` carries the last, unfinished piece of it."""

    suggestions_wanted = Signal(str)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._take)
        self._pause = QTimer(self, singleShot=True, interval=120)
        self._pause.timeout.connect(lambda: self.suggestions_wanted.emit(self._last_piece()))
        self.textEdited.connect(lambda _text: self._pause.start())

    def people(self) -> tuple[Person, ...]:
        return parse_people(self.text())[0]

    def wrong_pieces(self) -> tuple[str, ...]:
        return parse_people(self.text())[1]

    def set_people(self, people: Sequence[Person]) -> None:
        self.setText(format_people(people))
        self.setCursorPosition(0)

    def show_suggestions(self, prefix: str, people: Sequence[Person]) -> None:
        """Offer people for a piece, unless something else has been typed meanwhile."""
        if prefix != self._last_piece() or not self.hasFocus():
            return
        self._model.setStringList([format_person(person) for person in people])
        if people:
            self._completer.complete()
        else:
            popup = self._completer.popup()
            if popup is not None:
                popup.hide()

    def _last_piece(self) -> str:
        return re.split(r"[,;]", self.text()[: self.cursorPosition()])[-1].strip()

    def _take(self, choice: str) -> None:
        before = re.split(r"[,;]", self.text()[: self.cursorPosition()])[:-1]
        after = self.text()[self.cursorPosition() :].lstrip(" ,;")
        kept = [piece.strip() for piece in before if piece.strip()]
        self.setText(", ".join([*kept, choice]) + ", " + after)
