"""The left pane: where to look, and how much there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from deskhelp.ui import icons, theme
from deskhelp.ui.models.sidebar_model import COUNT_ROLE, ENTRY_ROLE, Entry, SidebarModel
from deskhelp.ui.panes.queues import QUIET_KEYS

Index = QModelIndex | QPersistentModelIndex
ICON_PX = 16
DOT_PX = 9
NARROW_PX = 56
INDENT = theme.S + theme.XS


class SidebarDelegate(QStyledItemDelegate):
    """An icon or a dot, the label, and the count at the right in a column of its own."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(ENTRY_ROLE)
        height = option.fontMetrics.height()
        return QSize(80, round(height * (2.2 if entry and entry.is_heading else 1.75)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.is_heading:
            self._heading(painter, option, entry)
        else:
            self._row(painter, option, entry, index.data(COUNT_ROLE) or 0)
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
        painter.setFont(theme.scaled(option.font, 0.86, QFont.Weight.DemiBold))
        painter.setPen(theme.current().color("muted"))
        room = option.rect.adjusted(INDENT + theme.XS, 0, -theme.S, -theme.XS)
        text = painter.fontMetrics().elidedText(entry.label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry, count: int) -> None:
        tokens = theme.current()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._ground(painter, option, is_chosen)
        room = option.rect.adjusted(INDENT + theme.XS, 0, -(INDENT + theme.XS), 0)
        self._mark(painter, room, entry, is_chosen, count)
        if option.rect.width() <= NARROW_PX:
            return
        shown = str(count) if count and entry.key not in QUIET_KEYS else ""
        font = theme.scaled(option.font, 1.0, QFont.Weight.DemiBold if is_chosen else None)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(shown)
        painter.setPen(tokens.color("danger" if entry.is_alarming and count else "muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        room.adjust(ICON_PX + theme.S, 0, -(width + theme.S if shown else 0), 0)
        painter.setPen(tokens.color("text"))
        text = painter.fontMetrics().elidedText(entry.label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, is_chosen: bool) -> None:
        tokens = theme.current()
        box = option.rect.adjusted(theme.XS + 2, 1, -theme.XS - 2, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_chosen:
            painter.setBrush(tokens.color("selection"))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(tokens.color("hover"))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(tokens.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)

    def _mark(self, painter: QPainter, room: QRect, entry: Entry, is_chosen: bool, count: int) -> None:
        if entry.icon:
            color = "accent" if is_chosen else "danger" if entry.is_alarming and count else "muted"
            mark = icons.pixmap(entry.icon, ICON_PX, color, painter.device().devicePixelRatioF())
            painter.drawPixmap(room.left(), room.center().y() - ICON_PX // 2 + 1, mark)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(entry.color) if entry.color.startswith("#") else theme.current().color("quiet"))
        x = room.left() + (ICON_PX - DOT_PX) // 2
        painter.drawEllipse(x, room.center().y() - DOT_PX // 2 + 1, DOT_PX, DOT_PX)


class Sidebar(QListView):
    """Emits `chosen` with an `Entry` when another row becomes current."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Queues"))
        self.entries = SidebarModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(SidebarDelegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMinimumWidth(NARROW_PX)
        self.setContentsMargins(0, theme.S, 0, 0)
        self.setViewportMargins(0, theme.S, 0, theme.S)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self._is_filling = False

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Other rows; the chosen one stays chosen without being announced anew."""
        key = self.current_key()
        self._is_filling = True
        self.entries.set_entries(entries)
        row = self.entries.row_of(key)
        if row >= 0:
            self._go_to(row)
        self._is_filling = False

    def set_counts(self, counts: Mapping[str, int]) -> None:
        self.entries.set_counts(counts)

    def current_key(self) -> str:
        entry = self.entries.entry(self.currentIndex())
        return entry.key if entry else ""

    def _go_to(self, row: int) -> None:
        """Not by the view's own way, which unselects the chosen row while Ctrl is held (Ctrl+1 to Ctrl+9)."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self.entries.index(row), flags.ClearAndSelect)

    def choose(self, key: str) -> bool:
        """Go to a row by its key; False if there is none."""
        row = self.entries.row_of(key)
        if row < 0:
            return False
        self._go_to(row)
        return True

    def choose_nth(self, number: int) -> None:
        """Go to the row of Ctrl+1 to Ctrl+9."""
        keys = [entry.key for entry in self.entries.entries() if entry.key]
        if number <= len(keys):
            self.choose(keys[number - 1])

    def clear_choice(self) -> None:
        """No row is current: what the list shows comes from the search box."""
        self._is_filling = True
        self.selectionModel().clear()
        self._is_filling = False

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        entry = self.entries.entry(current)
        if entry and entry.key and not self._is_filling:
            self.chosen.emit(entry)
