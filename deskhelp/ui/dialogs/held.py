"""An answer that was held back beside what came meanwhile: its author looks at both and decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from deskhelp.domain.conversation import MessageView
from deskhelp.ui import desk_reads, theme, words
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.office import Office


class HeldDialog(QDialog):
    """Opens with ``open()``; the answer is sent as it is, written anew, or dropped."""

    def __init__(self, desk: DeskBridge, message: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("An answer was held back"))
        self._desk, self._message = desk, message
        self.told = QLabel(self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.news, self.answer = self._text(self.tr("Came meanwhile")), self._text(self.tr("Your answer, not sent yet"))
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        desk.run(self._load(), "held answer")

    def _text(self, title: str) -> QPlainTextEdit:
        text = QPlainTextEdit(self)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(title)
        return text

    def _lay_out(self) -> None:
        sides = QSplitter(Qt.Orientation.Horizontal, self)
        sides.setChildrenCollapsible(False)
        sides.setHandleWidth(theme.M)
        for text in (self.news, self.answer):
            side = QWidget(sides)
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            heading = QLabel(text.accessibleName(), side)
            heading.setObjectName("heading")
            column.addWidget(heading)
            column.addWidget(text)
            sides.addWidget(side)
            sides.setStretchFactor(sides.count() - 1, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        for name, title in (
            ("send", self.tr("Send it as it is")),
            ("edit", self.tr("Edit again")),
            ("drop", self.tr("Drop")),
        ):
            button = QPushButton(title, self)
            button.clicked.connect(lambda _on=False, chosen=name: self._decide(chosen))
            self.buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.M)
        column.addWidget(self.told)
        column.addWidget(sides, 1)
        column.addLayout(row)
        self.resize(820, 460)

    async def _load(self) -> None:
        answer, news = await self._desk.read(_both, self._message)
        self.told.setText(
            self.tr("While your answer to %1 waited, its ticket went on. Look at both and decide.").replace(
                "%1", ", ".join(person.address for person in answer.to)
            )
            if news
            else self.tr("Nothing new came in since you wrote this.")
        )
        now_ms = desk_reads.now_ms()
        self.news.setPlainText("\n\n".join(_entry(message, now_ms) for message in news))
        self.answer.setPlainText(answer.text)

    def _decide(self, what: str) -> None:
        self._desk.run(self._carry_out(what), "held answer")

    async def _carry_out(self, what: str) -> None:
        self._desk.done.emit(await self._desk.write(_decide, what, self._message))
        self.accept()


def _entry(message: MessageView, now_ms: int) -> str:
    who = message.sender.name or message.sender.address
    return f"{who}  ·  {words.card_time(message.at_ms, now_ms)}\n{message.text}"


def _both(office: Office, message: str) -> tuple[MessageView, tuple[MessageView, ...]]:
    from deskhelp.services import outbox

    return outbox.with_news(office, message)


def _decide(office: Office, what: str, message: str) -> Any:
    from deskhelp.services import outbox

    acts: dict[str, Callable[..., Any]] = {
        "send": outbox.send_again,
        "edit": outbox.take_back,
        "drop": outbox.drop,
    }
    return acts[what](office, message)
