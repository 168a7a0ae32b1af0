"""The pop-up that all pickers share: a line to type into over a list; Enter chooses, Escape leaves all as it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from deskhelp.ui import theme
from deskhelp.ui.pickers.choices import COLOR_ROLE, HINT_ROLE, Choice, ChoiceModel

_DOT = 10
_PAD = 8
_GAP = 4


class ChoiceDelegate(QStyledItemDelegate):
    """A colour dot, the label, and a muted hint at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        return QSize(200, int(option.fontMetrics.height() * 1.8))  # type: ignore[attr-defined]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        self.initStyleOption(option, index)
        text, option.text = option.text, ""  # type: ignore[attr-defined]
        style = option.widget.style()  # type: ignore[attr-defined]
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)  # type: ignore[attr-defined]
        rect = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, option.widget)  # type: ignore[attr-defined]
        rect.adjust(_PAD // 2, 0, -_PAD, 0)
        painter.save()
        if color := index.data(COLOR_ROLE):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color))
            painter.drawEllipse(rect.left(), rect.center().y() - _DOT // 2, _DOT, _DOT)
            rect.adjust(_DOT + _PAD, 0, 0, 0)
        hint = index.data(HINT_ROLE) or ""
        metrics = option.fontMetrics  # type: ignore[attr-defined]
        hint_width = metrics.horizontalAdvance(hint)
        palette: QPalette = option.palette  # type: ignore[attr-defined]
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, hint)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        label = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - hint_width - _PAD)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label)
        painter.restore()


class PickerPopup(QFrame):
    """Emits `chosen` with a `Choice` and closes; with `stays_open` it goes on (tags are toggled one by one)."""

    chosen = Signal(object)
    closed = Signal()
    rows_shown = 0
    """How many rows there is room for; 0: as many as there are when it opens."""

    def __init__(self, title: str, parent: QWidget, *, width: int = 360, stays_open: bool = False) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("picker")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._stays_open = stays_open
        self.model = ChoiceModel(self)
        self.typed = QLineEdit(self)
        self.typed.setObjectName("pickerTyped")
        self.typed.setPlaceholderText(title)
        self.typed.setAccessibleName(title)
        self.typed.textChanged.connect(self._typed_changed)
        self.typed.installEventFilter(self)
        self.list = QListView(self)
        self.list.setObjectName("pickerList")
        self.list.setAccessibleName(title)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        self.model.modelReset.connect(self._select_first)
        self.empty = QLabel(self.tr("Nothing fits. Try fewer letters."), self)
        self.empty.setObjectName("pickerEmpty")
        self.empty.setWordWrap(True)
        self.empty.hide()
        self.column = layout = QVBoxLayout(self)
        layout.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        for widget in (self.typed, self.list, self.empty):
            layout.addWidget(widget)
        self.setFixedWidth(min(theme.wide(self.fontMetrics(), width), self.screen().availableGeometry().width()))

    def set_choices(self, choices: Sequence[Choice]) -> None:
        row = self.list.currentIndex().row()
        self.model.set_choices(choices)
        if self._stays_open and row > 0:
            self.list.setCurrentIndex(self.model.index(min(row, self.model.rowCount() - 1), 0))

    def show_below(self, anchor: QWidget) -> None:
        """Open under a widget, or above it where there is no room below."""
        below = anchor.mapToGlobal(QPoint(0, anchor.height() + _GAP))
        above = anchor.mapToGlobal(QPoint(0, -_GAP))
        self._measure()
        has_room = below.y() + self.height() <= self.screen().availableGeometry().bottom()
        self._show_at(below if has_room else above - QPoint(0, self.height()))

    def show_centered(self, window: QWidget) -> None:
        """Open in the upper middle of a window, as a palette does."""
        x = (window.width() - self.width()) // 2
        self._show_at(window.mapToGlobal(QPoint(x, window.height() // 6)))

    def _measure(self) -> None:
        self.ensurePolished()  # the style sheet's border counts
        self.list.setFixedHeight(self._list_height())
        self.adjustSize()

    def _show_at(self, point: QPoint) -> None:
        self._measure()
        area = self.screen().availableGeometry()
        x = max(area.left(), min(point.x(), area.right() - self.width()))
        y = max(area.top(), min(point.y(), area.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.typed.setFocus(Qt.FocusReason.PopupFocusReason)

    def _list_height(self) -> int:
        rows = self.rows_shown or max(3, min(10, self.model.rowCount()))
        return rows * int(self.fontMetrics().height() * 1.8) + 4

    def _typed_changed(self, text: str) -> None:
        self.model.set_typed(text)

    def _select_first(self) -> None:
        is_empty = self.model.rowCount() == 0
        self.empty.setVisible(is_empty)
        self.list.setVisible(not is_empty)
        if not is_empty:
            self.list.setCurrentIndex(self.model.index(0, 0))

    def _choose(self, row: int) -> None:
        choice = self.model.choice(row)
        if choice is None:
            return
        if not self._stays_open:
            self.close()
        self.chosen.emit(choice)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.typed and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_pressed(event)
        return super().eventFilter(watched, event)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        row, rows = self.list.currentIndex().row(), self.model.rowCount()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._choose(row)
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key in steps and rows:
            target = max(0, min(rows - 1, row + steps[Qt.Key(key)]))
            self.list.setCurrentIndex(self.model.index(target, 0))
        else:
            return False
        return True

    def hideEvent(self, event: QEvent) -> None:  # type: ignore[override]
        super().hideEvent(event)  # type: ignore[arg-type]
        self.closed.emit()
