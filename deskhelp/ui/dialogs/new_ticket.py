"""A ticket by hand: somebody called, wrote in a chat, or stands at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from deskhelp.domain.status import Channel, Priority
from deskhelp.domain.views import Person
from deskhelp.ui.dialogs.sheet import Sheet
from deskhelp.ui.panes.composer_recipients import RecipientLine, parse_people
from deskhelp.ui.pickers.ticket_pickers import priority_names


@dataclass(frozen=True, slots=True)
class NewTicketForm:
    """What was filled in. `requester` may have no address (a caller)."""

    channel: Channel
    requester: Person
    subject: str
    text: str
    priority: Priority
    assign_to_me: bool


class NewTicketDialog(Sheet):
    """Emits `created(NewTicketForm)`; written for the keyboard: who, what about, what they said, Ctrl+Enter."""

    created = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("New ticket"))
        self.primary.setText(self.tr("Create ticket"))
        self.primary.setShortcut("Ctrl+Return")
        self.channel = QComboBox(self)
        for channel, text in (
            (Channel.PHONE, self.tr("Phone call")),
            (Channel.CHAT, self.tr("Chat")),
            (Channel.VISIT, self.tr("Visit")),
            (Channel.MAIL, self.tr("Mail")),
        ):
            self.channel.addItem(text, channel)
        self.requester = RecipientLine(self.tr("From whom"), self)
        self.requester.setPlaceholderText(self.tr("Name or address"))
        self.subject = QLineEdit(self)
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.fontMetrics().height() * 8)
        self.priority = QComboBox(self)
        for priority, name in priority_names().items():
            self.priority.addItem(name, priority)
        self.priority.setCurrentIndex(1)
        self.mine = QCheckBox(self.tr("Assign to me"), self)
        self.mine.setChecked(True)
        for label, widget in (
            (self.tr("Channel"), self.channel),
            (self.tr("From whom"), self.requester),
            (self.tr("Subject"), self.subject),
            (self.tr("What they said"), self.text),
            (self.tr("Priority"), self.priority),
        ):
            self.form.addRow(label, widget)
        self.form.addRow("", self.mine)
        self.buttons.accepted.connect(self._done)
        self.setMinimumWidth(520)
        self.requester.setFocus()

    def _done(self) -> None:
        who = self._person()
        subject, text = self.subject.text().strip(), self.text.toPlainText().strip()
        if who is None:
            self.say(self.tr("Say who asked: a name or an address."))
            self.requester.setFocus()
        elif not (subject or text):
            self.say(self.tr("Say what it is about."))
            self.subject.setFocus()
        else:
            self.accept()
            self.created.emit(self._filled(who, subject or text.splitlines()[0][:120], text))

    def _filled(self, who: Person, subject: str, text: str) -> NewTicketForm:
        return NewTicketForm(
            Channel(self.channel.currentData()),
            who,
            subject,
            text,
            Priority(self.priority.currentData()),
            self.mine.isChecked(),
        )

    def _person(self) -> Person | None:
        typed = self.requester.text().strip(" ,;")
        people, _ = parse_people(typed)
        if people:
            return people[0]
        return Person(typed, "") if typed else None
