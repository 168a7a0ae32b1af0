"""The rows of the ticket list: pages appended by key, later readings merged in so that the selection stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from deskhelp.domain.views import Page, TicketSummary
from deskhelp.ui import words

Index = QModelIndex | QPersistentModelIndex
SUMMARY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
NOWHERE = QModelIndex()


class TicketModel(QAbstractListModel):
    """Tickets in the order of their query.

    Each question asked of the database has a generation; an answer to an older one is dropped, so that rows of the
    last view never show under the next. `more_wanted` asks for the page after `next_key`.
    """

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TicketSummary] = []
        self._at: dict[str, int] = {}
        self._below = 0  # rows at the end, out of turn
        self._next_key: tuple[int, str] | None = None
        self._is_asking = False
        self.generation = 0
        self.spoken: Any = None  # TicketSummary -> str, what a screen reader says

    def begin(self) -> int:
        """A new question: answers to older ones will be dropped. Gives its generation."""
        self.generation += 1
        self._is_asking = True
        return self.generation

    def show_first(self, generation: int, page: Page) -> bool:
        """Replace everything by the first page; False if the answer is out of date."""
        if generation != self.generation:
            return False
        self.beginResetModel()
        self._rows = list(page.rows)
        self._below = 0
        self._index()
        self._settle(page)
        self.endResetModel()
        return True

    def show_more(self, generation: int, page: Page) -> bool:
        """Append a page; rows that came up meanwhile are not doubled, those that stand below take their place."""
        if generation != self.generation:
            return False
        at = self.read_count
        for row in page.rows:
            was = self._at.get(row.id, len(self._rows))
            if was >= at:
                self._below -= was < len(self._rows)
                self._place(at, row)
                at += 1
        self._settle(page)
        return True

    def merge(self, generation: int, page: Page, below: Sequence[TicketSummary] = ()) -> bool:
        """Take over a new reading of the same question by the fewest changes, so that selection and scroll stay.

        Rows `below` belong farther down than what is read; they stand at the end until scrolling reaches their place.
        """
        if generation != self.generation:
            return False
        rows = (*page.rows, *below)
        self._drop_missing({row.id for row in rows})
        for at, row in enumerate(rows):
            self._place(at, row)
        self._below = len(below)
        self._settle(page)
        return True

    def _settle(self, page: Page) -> None:
        self._next_key = page.next_key
        self._is_asking = False

    def _drop_missing(self, kept: set[str]) -> None:
        for at in range(len(self._rows) - 1, -1, -1):
            if self._rows[at].id not in kept:
                self.beginRemoveRows(NOWHERE, at, at)
                del self._rows[at]
                self.endRemoveRows()
        self._index()

    def _place(self, at: int, row: TicketSummary) -> None:
        """Make row `at` be `row`; rows before it are right already."""
        held = self._rows[at] if at < len(self._rows) else None
        if held is None or held.id != row.id:
            if row.id in self._at:
                self._move(self._at[row.id], at)
            else:
                self.beginInsertRows(NOWHERE, at, at)
                self._rows.insert(at, row)
                self._index(at)
                self.endInsertRows()
        if self._rows[at] != row:
            self._rows[at] = row
            self.dataChanged.emit(self.index(at), self.index(at))

    def _move(self, source: int, target: int) -> None:
        self.beginMoveRows(NOWHERE, source, source, NOWHERE, target)
        self._rows.insert(target, self._rows.pop(source))
        self._index(target)
        self.endMoveRows()

    def _index(self, start: int = 0) -> None:
        if start == 0:
            self._at.clear()
        self._at.update((row.id, at) for at, row in enumerate(self._rows[start:], start))

    def forget_question(self) -> None:
        """The question failed: scrolling may ask again."""
        self._is_asking = False

    @property
    def is_asking(self) -> bool:
        """Whether an answer is on its way."""
        return self._is_asking

    @property
    def next_key(self) -> tuple[int, str] | None:
        return self._next_key

    @property
    def read_count(self) -> int:
        """Rows read in turn from the top."""
        return len(self._rows) - self._below

    def rows(self) -> Sequence[TicketSummary]:
        return self._rows

    def row_of(self, ticket_id: str) -> int:
        """Where a ticket stands, -1 if it is not loaded."""
        return self._at.get(ticket_id, -1)

    def summary(self, index: Index) -> TicketSummary | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def repaint_all(self) -> None:
        """Times and due dates age: draw the rows again."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [SUMMARY_ROLE])

    # -- Qt ----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.summary(index)
        if row is None:
            return None
        if role == SUMMARY_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return words.subject(row)
        if role == Qt.ItemDataRole.AccessibleTextRole and self.spoken:
            return self.spoken(row)
        return None

    def canFetchMore(self, parent: Index = NOWHERE) -> bool:
        return not parent.isValid() and self._next_key is not None and not self._is_asking

    def fetchMore(self, parent: Index = NOWHERE) -> None:
        if self.canFetchMore(parent):
            self._is_asking = True
            self.more_wanted.emit()
