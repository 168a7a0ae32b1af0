"""A checklist of the connection test: what was tried, whether it worked, and what to do if it did not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from deskhelp.ui import theme


class StepList(QScrollArea):
    """Steps are added as they come; the details of all can be copied for the administrator."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Connection test"))
        body = QWidget(self)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        self.setWidget(body)
        self._details: list[str] = []

    def clear(self) -> None:
        self._details.clear()
        while self._column.count() > 1:
            widget = self._column.takeAt(0).widget()  # type: ignore[union-attr]
            if widget is not None:
                widget.deleteLater()

    def add(self, ok: bool | None, sentence: str, advice: str = "", detail: str = "") -> None:
        """One step: `ok` None for one that was left out."""
        tokens = theme.current()
        sign, color = {True: ("✓", "good"), False: ("✗", "danger"), None: ("–", "muted")}[ok]
        line = QLabel(f"{sign}  {sentence}", self.widget())
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setWordWrap(True)
        palette = line.palette()
        palette.setColor(line.foregroundRole(), tokens.color(color))
        line.setPalette(palette)
        self._insert(line)
        self._details.append(f"{sign} {sentence} {detail}".strip())
        if advice:
            hint = QLabel(advice, self.widget())
            hint.setTextFormat(Qt.TextFormat.PlainText)
            hint.setWordWrap(True)
            hint.setContentsMargins(20, 0, 0, 0)
            self._insert(hint)
        if detail and ok is False:
            copy = QPushButton(self.tr("Copy details"), self.widget())
            copy.setObjectName("flat")
            copy.clicked.connect(lambda: QApplication.clipboard().setText("\n".join(self._details)))
            self._insert(copy)

    def _insert(self, widget: QWidget) -> None:
        at = self._column.count() - 1
        self._column.insertWidget(at, widget, 0, Qt.AlignmentFlag.AlignTop)
        self.ensureWidgetVisible(widget)
