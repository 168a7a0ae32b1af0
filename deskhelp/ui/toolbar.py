"""The line of buttons on top, and the search box."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolBar, QToolButton, QWidget

from deskhelp.ui import icons
from deskhelp.ui.actions import ON_TOOLBAR, TOOLBAR_SIZES, Actions

SEARCH_AFTER_MS = 15
SEARCH_PX = 320
SEARCH_SIZES = (16,)
WITH_TEXT = ("new_ticket", "reply", "note", "close")


class SearchBox(QLineEdit):
    """Emits `searched` a moment after the last key; Escape empties it, Down goes to the list."""

    searched = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setPlaceholderText(self.tr("Search  (Ctrl+F)"))
        self.setAccessibleName(self.tr("Search"))
        self.setToolTip(self.tr('Words, or for example status:open tag:printer from:ivanova "exact words" -not'))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(160)
        self.setMaximumWidth(SEARCH_PX)
        action = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        icons.bind(action, "edit-find", "muted", sizes=SEARCH_SIZES)
        self._timer = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._timer.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textChanged.connect(lambda _text: self._timer.start())

    def clear_quietly(self) -> None:
        """Empty it without searching."""
        self.blockSignals(True)
        self.clear()
        self.blockSignals(False)
        self._timer.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():
                self._timer.stop()
                self.searched.emit(self.text().strip())
            self.left.emit()
            return
        super().keyPressEvent(event)


class ToolBar(QToolBar):
    searched = Signal(str)

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tools")
        self.setWindowTitle(self.tr("Tools"))
        self.setMovable(False)
        self.setIconSize(QSize(*TOOLBAR_SIZES * 2))
        self.toggleViewAction().setVisible(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in ON_TOOLBAR:
            self._add(actions, name, with_text=name in WITH_TEXT)
            if name == "new_ticket":
                self.addSeparator()
        gap = QWidget(self)
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(gap)
        self.search = SearchBox(self)
        self.search.searched.connect(self.searched)
        self.addWidget(self.search)

    def _add(self, actions: Actions, name: str, *, with_text: bool) -> None:
        button = QToolButton(self)
        button.setDefaultAction(actions[name])
        style = Qt.ToolButtonStyle
        button.setToolButtonStyle(style.ToolButtonTextBesideIcon if with_text else style.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(actions[name].text().rstrip("…"))
        button.setObjectName(f"tool_{name}")
        self.addWidget(button)
