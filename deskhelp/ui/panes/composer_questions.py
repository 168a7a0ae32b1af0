"""What a canned reply asks when it is inserted: one line for each question, under the text that waits for the answers.

The placeholders stand in the text meanwhile, so a draft keeps them, and what is not answered blocks sending.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deskhelp.domain.placeholders import fill, unresolved_in
from deskhelp.ui import theme


def questions_left(text: str) -> dict[str, str]:
    """The questions that stand open in a text, in order, each with its placeholder as it is written there."""
    found: dict[str, str] = {}
    for one in unresolved_in(text):
        if one.name.startswith("?"):
            found.setdefault(one.name, text[one.start : one.end])
    return found


class QuestionForm(QFrame):
    """Hidden while nothing is asked. Enter goes to the next line and at last fills in; Escape leaves all as it is."""

    ended = Signal()

    def __init__(self, text: QPlainTextEdit, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("questions")
        self._text = text
        self._caret: QTextCursor | None = None
        self._joins_at = -1
        self.lines: dict[str, QLineEdit] = {}
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.setVerticalSpacing(theme.XS)
        self.hint = QLabel(self.tr("Esc leaves it open in the text."), self)
        self.hint.setObjectName("muted")
        self.fill_button = QPushButton(self.tr("Fill in"), self)
        self.fill_button.clicked.connect(self._fill)
        row = QHBoxLayout()
        row.addWidget(self.hint, 1)
        row.addWidget(self.fill_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        layout.setSpacing(theme.XS)
        layout.addLayout(self._form)
        layout.addLayout(row)
        self.hide()

    def ask(self) -> bool:
        """Ask all that stands open in the text; False if nothing does. The caret comes back where it is now."""
        self.clear()
        for name, written in questions_left(self._text.toPlainText()).items():
            self._add(name, written)
        if not self.lines:
            return False
        self._caret = self._text.textCursor()
        self._joins_at = self._text.document().revision()
        self.show()
        next(iter(self.lines.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear(self) -> None:
        """Ask nothing any more."""
        self.hide()
        self.lines.clear()
        while self._form.rowCount():
            self._form.removeRow(0)

    def _add(self, name: str, written: str) -> None:
        line = QLineEdit(self)
        line.setAccessibleName(name[1:])
        line.installEventFilter(self)
        fallback = fill(written, {}).text
        if fallback != written:
            line.setText(fallback)
            line.selectAll()
        label = QLabel(name[1:], self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(line)
        self._form.addRow(label, line)
        self.lines[name] = line

    # -- keys --------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            is_ours = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
            if is_ours and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # else Escape would lead out of the composer
                return True
            if is_ours and event.type() == QEvent.Type.KeyPress:
                self._key_pressed(watched, event.key() == Qt.Key.Key_Escape)
                return True
        return super().eventFilter(watched, event)

    def _key_pressed(self, line: QObject, is_escape: bool) -> None:
        lines = list(self.lines.values())
        if is_escape:
            self._end()
        elif line is not lines[-1]:
            lines[lines.index(line) + 1].setFocus(Qt.FocusReason.TabFocusReason)  # type: ignore[arg-type]
        else:
            self._fill()

    # -- answers -----------------------------------------------------------------------------

    def _fill(self) -> None:
        """Put the answers into the text; an empty one takes the fallback or leaves its question open."""
        answers = {name: line.text().strip() for name, line in self.lines.items()}
        text = self._text.toPlainText()
        edit = QTextCursor(self._text.document())
        if self._text.document().revision() == self._joins_at:
            edit.joinPreviousEditBlock()  # one step back takes away the reply with its answers
        else:
            edit.beginEditBlock()
        for found in reversed(unresolved_in(text)):
            if found.name in answers:
                edit.setPosition(found.start)
                edit.setPosition(found.end, QTextCursor.MoveMode.KeepAnchor)
                edit.insertText(fill(text[found.start : found.end], answers).text)
        edit.endEditBlock()
        self._end()

    def _end(self) -> None:
        caret = self._caret
        self.clear()
        if caret is not None:
            self._text.setTextCursor(caret)
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ended.emit()
