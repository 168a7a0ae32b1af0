"""What a list says when it has nothing to show: why, and what one can do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from deskhelp.ui import icons, theme

ICON_PX = 40


class EmptyState(QWidget):
    """Emits `acted` with ``clear``, or with the words in the other keyboard layout to search for instead."""

    acted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._other = ""
        self._icon_name = "task-done"
        self.icon = QLabel(self)
        self.title = self._label("heading")
        self.text = self._label("muted")
        self.other = self._button()
        self.other.clicked.connect(lambda: self.acted.emit(self._other))
        self.clear = self._button()
        self.clear.setText(self.tr("Clear the search"))
        self.clear.clicked.connect(lambda: self.acted.emit("clear"))
        self.other.hide()
        self.clear.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        layout.setSpacing(theme.S)
        layout.addStretch(2)
        layout.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.title, self.text):
            layout.addWidget(label)  # as wide as there is room: centred, a wrapped label gets too few lines
        for button in (self.other, self.clear):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        theme.theme().changed.connect(self._draw_icon)

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return label

    def _button(self) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName("link")
        return button

    def explain(self, key: str, typed: str) -> None:
        """`key` is the queue's, `typed` what is in the search box."""
        self._other = _other_layout(typed) if typed else ""
        if typed:
            self.say("edit-find", self.tr("Nothing found"), self.tr("No ticket fits “%1”.").replace("%1", typed))
        else:
            self.say(*self._words_for(key))
        self.other.setText(self.tr("Search for “%1” instead").replace("%1", self._other))
        self.other.setVisible(bool(self._other) and self._other.casefold() != typed.casefold())
        self.clear.setVisible(bool(typed))

    def _words_for(self, key: str) -> tuple[str, str, str]:
        words = {
            "queue:mine": (
                self.tr("Nothing is waiting for you"),
                self.tr("Take one from “Unassigned”: I assigns it to you."),
            ),
            "queue:unassigned": (self.tr("Everything has an owner"), self.tr("New mail shows up here first.")),
            "queue:escalated": (
                self.tr("Nothing is escalated"),
                self.tr("“!” escalates a ticket to a person or a department."),
            ),
            "queue:overdue": (self.tr("Nothing is late"), self.tr("Tickets come here when their due date has passed.")),
            "queue:active": (self.tr("All done"), self.tr("There is no open ticket. New mail shows up by itself.")),
            "queue:snoozed": (self.tr("Nothing sleeps"), self.tr("H puts a ticket away until a time you choose.")),
            "queue:failed": (
                self.tr("Everything was delivered"),
                self.tr("Mail that a server refused would be listed here."),
            ),
            "queue:drafts": (self.tr("No drafts"), self.tr("Answers that you began to write are kept here.")),
        }
        title, text = words.get(key, (self.tr("Nothing here"), self.tr("No ticket belongs here at the moment.")))
        return "task-done", title, text

    def say(self, icon: str, title: str, text: str) -> None:
        """An icon, what is the case, and what one can do."""
        self._icon_name = icon
        self._draw_icon()
        self.title.setText(title)
        self.text.setText(text)

    def _draw_icon(self) -> None:
        self.icon.setPixmap(icons.pixmap(self._icon_name, ICON_PX, "quiet", self.devicePixelRatioF()))


def _other_layout(typed: str) -> str:
    from deskhelp.domain.words import other_layout  # brings the stemmers, which painting the window needs not wait for

    return other_layout(typed)
