"""The text field of the composer: marks open placeholders, asks for canned replies, takes dropped files and images."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from deskhelp.domain.placeholders import KNOWN_NAMES, unresolved_in
from deskhelp.ui import theme


class PlaceholderHighlighter(QSyntaxHighlighter):
    """Draws what still has to be filled in so that nobody overlooks it.

    Where canned replies are written (`expects`), placeholders belong into the text: only mistyped ones stand out.
    """

    def __init__(self, document: QTextDocument, *, expects: bool = False) -> None:
        super().__init__(document)
        self._expects = expects
        self._format, self._calm = QTextCharFormat(), QTextCharFormat()
        self.restyle()
        theme.theme().changed.connect(self.restyle)

    def restyle(self) -> None:
        tokens = theme.current()
        self._format.setBackground(tokens.color("note"))
        self._format.setForeground(tokens.color("danger"))
        self._format.setFontWeight(600)
        self._calm.setForeground(tokens.color("accent"))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for placeholder in unresolved_in(text):
            is_calm = self._expects and (placeholder.name in KNOWN_NAMES or placeholder.name.startswith("?"))
            form = self._calm if is_calm else self._format
            self.setFormat(placeholder.start, placeholder.end - placeholder.start, form)


class ReplyEdit(QPlainTextEdit):
    """Plain text; `canned_asked` and `mention_asked` when / or @ is typed at the start of a word, by whatever key."""

    canned_asked = Signal()
    mention_asked = Signal()
    files_given = Signal(list)
    image_given = Signal(bytes)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composerText")
        self.setTabChangesFocus(True)
        self.highlighter = PlaceholderHighlighter(self.document())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        asked = {"/": self.canned_asked, "@": self.mention_asked}.get(event.text())
        at_start = asked is not None and not _is_command(event) and self._is_at_word_start()
        super().keyPressEvent(event)
        if asked is not None and at_start:
            asked.emit()

    def _is_at_word_start(self) -> bool:
        cursor = self.textCursor()
        if cursor.positionInBlock() == 0:
            return True
        return cursor.block().text()[cursor.positionInBlock() - 1].isspace()

    def insert_over(self, start: int, end: int, text: str, cursor_at: int | None = None) -> None:
        """Replace characters `start` to `end` by `text` as one step of undo; the caret goes to `cursor_at` of it."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        cursor.endEditBlock()
        cursor.setPosition(start + (len(text) if cursor_at is None else cursor_at))
        self.setTextCursor(cursor)

    def select_span(self, start: int, end: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.files_given.emit(files)
        elif source.hasImage() and not source.hasText():
            self.image_given.emit(_png(source.imageData()))
        elif source.hasText():
            self.insertPlainText(source.text())


def _is_command(event: QKeyEvent) -> bool:
    """Whether a key is held that makes a command of it; AltGr, which many need for @, is Ctrl and Alt together."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return held == Qt.KeyboardModifier.ControlModifier


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
