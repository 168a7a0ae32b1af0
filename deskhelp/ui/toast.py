"""A short word at the bottom of the window about what was done, with a way to take it back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from deskhelp.ui import theme
from deskhelp.ui.announcing import announce

SHOWN_MS = 10_000
ABOVE_BOTTOM = 44


class Toast(QFrame):
    """Stays for ten seconds, longer while the mouse or the focus is on it. Emits `undo_wanted`."""

    undo_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.undo = QPushButton(self.tr("Undo"), self)
        self.undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.undo.clicked.connect(self._undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.S, theme.S, theme.S)
        row.setSpacing(theme.M)
        row.addWidget(self.label)
        row.addWidget(self.undo)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._time_over)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, *, can_undo: bool, shown_ms: int = SHOWN_MS) -> None:
        """Show `text`, in place of what was there."""
        self.label.setText(text)
        self.undo.setVisible(can_undo)
        layout = self.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        margins.setRight(theme.S if can_undo else theme.L)
        layout.setContentsMargins(margins)
        self._timer.start(max(shown_ms, SHOWN_MS))
        self.adjustSize()
        self._settle()
        self.show()
        self.raise_()
        announce(self, text)

    def forget_undo(self) -> None:
        """What could be taken back no longer can."""
        self.undo.hide()
        self.adjustSize()

    def _undo(self) -> None:
        self.hide()
        self.undo_wanted.emit()

    def _time_over(self) -> None:
        if self.underMouse() or self.undo.hasFocus():
            self._timer.start(SHOWN_MS // 4)
        else:
            self.hide()

    def _settle(self) -> None:
        window = self.parentWidget()
        assert window is not None
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - ABOVE_BOTTOM)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False
