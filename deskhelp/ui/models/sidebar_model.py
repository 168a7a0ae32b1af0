"""The rows of the sidebar: queues, tags, saved views and mailboxes, each a query with a count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
COUNT_ROLE = int(Qt.ItemDataRole.UserRole) + 2
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `key` is "" for a heading; `query` is in the language of the search box; `color` makes a dot."""

    key: str
    label: str
    query: str = ""
    icon: str = ""
    color: str = ""
    is_alarming: bool = False

    @property
    def is_heading(self) -> bool:
        return not self.key


class SidebarModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._counts: dict[str, int] = {}

    def set_entries(self, entries: Sequence[Entry]) -> None:
        if tuple(entries) != self._entries:
            self.beginResetModel()
            self._entries = tuple(entries)
            self.endResetModel()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Counts by key; only rows whose number differs are drawn again."""
        old, self._counts = self._counts, dict(counts)
        for row, entry in enumerate(self._entries):
            if entry.key and old.get(entry.key) != self._counts.get(entry.key):
                self.dataChanged.emit(self.index(row), self.index(row), [COUNT_ROLE])

    def entries(self) -> Sequence[Entry]:
        return self._entries

    def entry(self, index: Index) -> Entry | None:
        return self._entries[index.row()] if index.isValid() and index.row() < len(self._entries) else None

    def count(self, key: str) -> int:
        return self._counts.get(key, 0)

    def row_of(self, key: str) -> int:
        return next((row for row, entry in enumerate(self._entries) if entry.key == key), -1)

    # -- Qt ----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        entry = self.entry(index)
        if entry is None or entry.is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index)
        if entry is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return entry.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.label}, {self.count(entry.key)}" if entry.key else entry.label
        if role == ENTRY_ROLE:
            return entry
        return self.count(entry.key) if role == COUNT_ROLE else None
