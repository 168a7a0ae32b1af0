"""A checklist of the connection test: what was tried, whether it worked, and what to do if it did not."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from deskhelp.ui import i18n, theme

_SIGNS = {True: ("✓", "good"), False: ("✗", "danger"), None: ("–", "muted")}


class StepList(QScrollArea):
    """Steps are added as they come; the details of all can be copied for the administrator."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Connection test"))
        self._body = QWidget(self)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)
        self.copy = QPushButton(self.tr("Copy details"), self._body)
        self.copy.setObjectName("link")
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self.details()))
        self.copy.hide()
        self._column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self.setWidget(self._body)
        self._details: list[str] = []
        self._left_out: list[str] = []
        self._left_out_line: QLabel | None = None

    def clear(self) -> None:
        self._details.clear()
        self._end_left_out()
        self.copy.hide()
        while self._column.count() > 2:
            widget = self._column.takeAt(0).widget()  # type: ignore[union-attr]
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def details(self) -> str:
        """Every step with what lies behind it, a line each."""
        return "\n".join(self._details)

    def lines(self) -> list[str]:
        """What stands in the list, top to bottom."""
        found = (self._column.itemAt(at).widget() for at in range(self._column.count()))  # type: ignore[union-attr]
        return [widget.text() for widget in found if isinstance(widget, QLabel)]

    def add_step(self, step: Any) -> None:
        """A `ProbeStep` in the window's language; those that were not tried stand together in one line."""
        if step.ok is None and not step.advice_template:
            self._leave_out(step.name)
            return
        advice = i18n.step_advice(step)
        # The watch of the mail shares these words, and does try again; a test does not.
        advice = advice.replace(self.tr("DeskHelp tries again by itself."), "").strip()
        self.add(step.ok, i18n.step_sentence(step), advice, step.detail)

    def add(self, ok: bool | None, sentence: str, advice: str = "", detail: str = "") -> None:
        """One step: `ok` None for one that does not matter much."""
        self._end_left_out()
        sign, color = _SIGNS[ok]
        self._insert(self._line(f"{sign}  {sentence}", color))
        self._details.append(f"{sign} {sentence} {detail}".strip())
        if advice:
            hint = self._line(advice, "plain")
            hint.setContentsMargins(20, 0, 0, 0)
            self._insert(hint)
        if ok is False:
            self.copy.show()

    def _leave_out(self, name: str) -> None:
        self._left_out.append(self._names().get(name, name))
        if self._left_out_line is None:
            self._left_out_line = self._line("", "muted")
            self._insert(self._left_out_line)
        self._left_out_line.setText("–  " + self.tr("Not tried: %1.").replace("%1", ", ".join(self._left_out)))

    def _end_left_out(self) -> None:
        self._left_out, self._left_out_line = [], None

    def _names(self) -> dict[str, str]:
        return {
            "name": self.tr("server name"),
            "connection": self.tr("connection"),
            "certificate": self.tr("certificate"),
            "login": self.tr("login"),
            "folders": self.tr("folders"),
            "idle": self.tr("news at once"),
            "smtp_connection": self.tr("server for sending"),
            "smtp_login": self.tr("login for sending"),
        }

    def _line(self, text: str, name: str) -> QLabel:
        line = QLabel(text, self._body)
        line.setObjectName(name)
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setWordWrap(True)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return line

    def _insert(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 2, widget, 0, Qt.AlignmentFlag.AlignTop)
        self.ensureWidgetVisible(widget)
