"""The list behind every picker: choices scored against what is typed, in either keyboard layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from deskhelp.domain.fuzzy import best_matches
from deskhelp.domain.words import other_layout

Index = QModelIndex | QPersistentModelIndex

HINT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
COLOR_ROLE = int(Qt.ItemDataRole.UserRole) + 2
CHOICE_ROLE = int(Qt.ItemDataRole.UserRole) + 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. `hint` stands at the right (a key, a folder); `color` is a dot; `checked` None has no box.

    `words` are searched besides the label, and never shown.
    """

    label: str
    value: Any
    hint: str = ""
    color: str = ""
    checked: bool | None = None
    words: str = ""


class ChoiceModel(QAbstractListModel):
    """The choices that fit what is typed, best first; all of them while nothing is typed."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._all: tuple[Choice, ...] = ()
        self._shown: tuple[Choice, ...] = ()
        self._typed = ""
        self.extra: Callable[[str], Sequence[Choice]] = lambda typed: ()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        self._all = tuple(choices)
        self._refresh()

    def set_typed(self, typed: str) -> None:
        self._typed = typed.strip()
        self._refresh()

    def choice(self, row: int) -> Choice | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _refresh(self) -> None:
        self.beginResetModel()
        self._shown = (*self._fitting(), *self.extra(self._typed))
        self.endResetModel()

    def _fitting(self) -> Sequence[Choice]:
        if not self._typed:
            return self._all
        found = self._matches(self._typed)
        return found or self._matches(other_layout(self._typed))

    def _matches(self, typed: str) -> Sequence[Choice]:
        return best_matches(typed, self._all, lambda choice: f"{choice.label} {choice.words}", limit=200)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        choice = self.choice(index.row())
        if choice is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return choice.label
        if role == Qt.ItemDataRole.CheckStateRole and choice.checked is not None:
            return Qt.CheckState.Checked if choice.checked else Qt.CheckState.Unchecked
        return {HINT_ROLE: choice.hint, COLOR_ROLE: choice.color, CHOICE_ROLE: choice}.get(role)
