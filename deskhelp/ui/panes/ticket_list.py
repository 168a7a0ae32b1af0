"""The second pane: the tickets of a queue or a search, read page by page as one scrolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.views import Page, TicketSummary
from deskhelp.ui import desk_reads, theme
from deskhelp.ui.models.ticket_model import TicketModel
from deskhelp.ui.panes.empty_state import EmptyState
from deskhelp.ui.panes.ticket_delegate import TicketDelegate, spoken
from deskhelp.ui.worker_bridge import DeskBridge

REFRESH_MS = 60
BUSY_REFRESH_MS = 400
MINUTE_MS = 60_000
ROWS_BELOW = 10


@dataclass(frozen=True, slots=True)
class Question:
    """What the list shows. `typed` tells that it comes from the search box."""

    title: str
    query: str
    key: str = ""
    typed: bool = False


class TicketListView(QListView):
    """The list itself: rows of one height, several may be selected."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tickets")
        self.setAccessibleName(self.tr("Tickets"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of their own here (J, K, R, ...), not a search by first letter."""


class TicketListPane(QWidget):
    """Emits `current_changed` with the id of the ticket to show ("" for none), `selection_changed` with all ids."""

    current_changed = Signal(str)
    selection_changed = Signal(list)
    opened = Signal(str)
    sort_changed = Signal(str)
    clear_wanted = Signal()
    other_layout_wanted = Signal(str)

    def __init__(self, desk: DeskBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("listPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._question = Question("", "")
        self._sort = "updated"
        self._wanted_ticket = ""
        self.view = TicketListView(self)
        self.delegate = TicketDelegate(self.view)
        self.model = TicketModel(self)
        self.model.spoken = lambda row: spoken(desk.facts, row, self.delegate.now_ms, desk.said_of(row.id)[0])
        self.delegate.said_of = desk.said_of
        self.model.more_wanted.connect(lambda: desk.run(self._load_more(self.model.generation), "next page"))
        self.view.setItemDelegate(self.delegate)
        self.view.setModel(self.model)
        self.view.activated.connect(self._activated)
        self.view.selectionModel().currentChanged.connect(self._current_moved)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit(self.selected_ids()))
        self.empty = EmptyState(self)
        self.empty.acted.connect(self._empty_acted)
        self._lay_out()
        self._make_timers()
        desk.facts_changed.connect(self._facts_changed)
        desk.present_changed.connect(self.view.viewport().update)
        self._facts_changed()

    # -- making ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QWidget(self)
        head.setObjectName("listHead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.L, theme.S, theme.S, theme.S)
        self.title = QLabel(head)
        self.title.setObjectName("heading")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.sort_button = QToolButton(head)
        self.sort_button.setObjectName("withMenu")
        self.sort_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row.addWidget(self.title, 1)
        row.addWidget(self.sort_button)
        self._make_sort_menu()
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(holder, 1)

    def sort_names(self) -> dict[str, str]:
        return {
            "updated": self.tr("Latest activity"),
            "created": self.tr("Newest ticket"),
            "waiting": self.tr("Waiting longest"),
            "due": self.tr("Due date"),
        }

    def _make_sort_menu(self) -> None:
        menu = QMenu(self.sort_button)
        self._sorts = QActionGroup(menu)
        for key, name in self.sort_names().items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setData(key)
            self._sorts.addAction(action)
        self._sorts.triggered.connect(lambda action: self.set_sort(action.data()))
        self.sort_button.setMenu(menu)
        self._show_sort()

    def _show_sort(self) -> None:
        name = self.sort_names()[self._sort]
        self.sort_button.setText(name)
        self.sort_button.setAccessibleName(self.tr("Sorted by: %1").replace("%1", name))
        for action in self._sorts.actions():
            action.setChecked(action.data() == self._sort)

    def _make_timers(self) -> None:
        self._refresh_timer = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._refresh_timer.timeout.connect(
            lambda: self._desk.run(self._refresh(self.model.generation), "refresh list")
        )
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._minute_passed)
        self._minute.start()

    # -- asking ------------------------------------------------------------------------------

    @property
    def question(self) -> Question:
        return self._question

    @property
    def sort(self) -> str:
        return self._sort

    def ask(self, question: Question, *, then_show: str = "") -> None:
        """Show another queue or search; `then_show` is the ticket to select if it is among the first rows."""
        self._question = question
        self._wanted_ticket = then_show
        self.title.setText(question.title)
        self._desk.run(self._load_first(self.model.begin()), "first page")

    def set_sort(self, sort: str) -> None:
        if sort in self.sort_names() and sort != self._sort:
            self._sort = sort
            self._show_sort()
            self.sort_changed.emit(sort)
            self.ask(self._question)

    def refresh_soon(self) -> None:
        """Read the shown rows again; many changes in a row make one reading."""
        if not self._refresh_timer.isActive():
            self._refresh_timer.start(REFRESH_MS if len(self.model.rows()) < 500 else BUSY_REFRESH_MS)

    async def _page(self, after: tuple[int, str] | None, limit: int) -> Page:
        self.delegate.now_ms = desk_reads.now_ms()
        return await self._desk.read(desk_reads.tickets, self._question.query, after, limit, self._sort)

    def _first_limit(self) -> int:
        """Rows to be read at first: those in sight and a few below, the others when one scrolls to them."""
        return self._desk.settings.page_size if self._wanted_ticket else self._in_sight()

    def _in_sight(self) -> int:
        in_sight = self.view.height() // self.delegate.row_height(self.view.fontMetrics().height())
        return min(self._desk.settings.page_size, in_sight + ROWS_BELOW)

    async def _load_first(self, generation: int) -> None:
        try:
            page = await self._page(None, self._first_limit())
        except DeskTrouble:
            self.model.forget_question()
            raise
        if self.model.show_first(generation, page):
            self._show_emptiness()
            # The rows are painted first: what reads the ticket loads much on its first use.
            QTimer.singleShot(0, self, lambda: self._select_after_load(generation))

    def show_glimpse(self, read: Callable[[str, None, int, str], Page]) -> None:
        """Show what the question asks for as `read` answers it at once; the next answer comes in its place."""
        self.delegate.now_ms = desk_reads.now_ms()
        self.model.show_first(self.model.generation, read(self._question.query, None, self._in_sight(), self._sort))
        self._show_emptiness()

    async def _load_more(self, generation: int) -> None:
        try:
            page = await self._page(self.model.next_key, self._desk.settings.page_size)
        except DeskTrouble:
            self.model.forget_question()
            raise
        self.model.show_more(generation, page)

    async def _refresh(self, generation: int) -> None:
        page = await self._page(None, max(self._desk.settings.page_size, self.model.read_count))
        below = await self._chosen_below(page)
        had = self.current_id()
        if self.model.merge(generation, page, below):
            self._show_emptiness()
            if not self.current_id() and had != self.current_id():
                self.current_changed.emit("")

    async def _chosen_below(self, page: Page) -> tuple[TicketSummary, ...]:
        """What is chosen and was pushed below the end of the page by newer tickets."""
        there = {row.id for row in page.rows}
        chosen = dict.fromkeys([self.current_id(), *self.selected_ids()])
        missing = [ticket for ticket in chosen if ticket and ticket not in there]
        if page.next_key is None or not missing:
            return ()
        return await self._desk.read(desk_reads.tickets_among, self._question.query, missing, self._sort)

    # -- showing -----------------------------------------------------------------------------

    def _show_emptiness(self) -> None:
        is_empty = not self.model.rows()
        if is_empty:
            self.empty.explain(self._question.key, self._question.query if self._question.typed else "")
        self._stack.setCurrentWidget(self.empty if is_empty else self.view)

    def _select_after_load(self, generation: int) -> None:
        if generation != self.model.generation:
            return
        row = max(0, self.model.row_of(self._wanted_ticket)) if self._wanted_ticket else 0
        self._wanted_ticket = ""
        if self.model.rows():
            self._go_to(row)
            self.view.scrollTo(self.model.index(row))
        else:
            self.current_changed.emit("")

    def _empty_acted(self, what: str) -> None:
        if what == "clear":
            self.clear_wanted.emit()
        else:
            self.other_layout_wanted.emit(what)

    def _facts_changed(self) -> None:
        self.delegate.facts = self._desk.facts
        self.view.viewport().update()

    def _minute_passed(self) -> None:
        self.delegate.now_ms = desk_reads.now_ms()
        self.view.viewport().update()

    def set_compact(self, on: bool) -> None:
        if on != self.delegate.is_compact:
            self.delegate.is_compact = on
            self.view.scheduleDelayedItemsLayout()

    # -- selecting ---------------------------------------------------------------------------

    def current_id(self) -> str:
        summary = self.model.summary(self.view.currentIndex())
        return summary.id if summary else ""

    def selected(self) -> Sequence[TicketSummary]:
        """The selected tickets in the order of the list."""
        rows = sorted(self.view.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return [summary for index in rows if (summary := self.model.summary(index))]

    def selected_ids(self) -> list[str]:
        return [summary.id for summary in self.selected()]

    def step(self, by: int, *, extend: bool = False) -> None:
        """Go `by` rows down (up if negative); `extend` selects on the way."""
        count = self.model.rowCount()
        if not count:
            return
        at = self.view.currentIndex().row()
        index = self.model.index(max(0, min(count - 1, at + by)) if at >= 0 else 0)
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(index, flags.Select if extend else flags.ClearAndSelect)
        self.view.scrollTo(index)

    def toggle(self) -> None:
        """Take the current ticket in or out of the selection."""
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().select(self.view.currentIndex(), flags.Toggle)

    def _go_to(self, row: int) -> None:
        """Make a row current and the only chosen one; the view's own way would add to the choice while Ctrl is held."""
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(self.model.index(row), flags.ClearAndSelect)

    def select_only(self, ticket_id: str) -> bool:
        """Make a ticket current if its row is loaded."""
        row = self.model.row_of(ticket_id)
        if row >= 0:
            self._go_to(row)
        return row >= 0

    def _current_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        summary = self.model.summary(current)
        self.current_changed.emit(summary.id if summary else "")

    def _activated(self, index: QModelIndex) -> None:
        if summary := self.model.summary(index):
            self.opened.emit(summary.id)
