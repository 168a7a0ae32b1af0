"""The mailboxes of the office: what they are called, how they are reached, and whether that works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPushButton, QWidget

from deskhelp.domain.entities import CannedReply, Entity, Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.ui import desk_reads, i18n, words
from deskhelp.ui.dialogs.wizard_steps import StepList
from deskhelp.ui.settings.entity_page import EntityPage

STEP_LINES = 12


class AccountsPage(EntityPage):
    """Adding opens the wizard; removing asks first, as the password goes with it (tickets stay)."""

    add_wanted = Signal()
    remove_confirmed = Signal(object)
    test_wanted = Signal(object, str)
    """A mailbox, and the password that was typed for it ("" if none was)."""
    password_given = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self._canned: dict[str, CannedReply] = {}
        self.empty.setText(self.tr("No mailbox is connected yet."))
        self.new_button.setText(self.tr("Connect a mailbox…"))
        self.list.setAccessibleName(self.tr("Mailboxes"))
        self.delete_button.setText(self.tr("Remove…"))
        self.add_line("name", self.tr("Name that customers see"))
        self.add_line("imap", self.tr("Incoming mail (IMAP)"))
        self.add_line("smtp", self.tr("Outgoing mail (SMTP)"))
        self.add_line("folder", self.tr("Folder"))
        self.add_line("sent_folder", self.tr("Sent folder"), self.tr("found by itself if empty"))
        self.add_line("aliases", self.tr("Further own addresses"), self.tr("separated by commas"))
        self.add_line("ca_file", self.tr("Own certificate authority"))
        self.add_choice(
            "files_sent",
            self.tr("Copies of what is sent"),
            [
                ("unknown", self.tr("look first, then file one")),
                ("yes", self.tr("the provider files them")),
                ("no", self.tr("DeskHelp files them")),
            ],
        )
        self.add_text("signature", self.tr("Signature"), is_short=True)
        self.acknowledge = self.add_choice("acknowledge", self.tr("Acknowledge new requests"), [("", self.tr("no"))])
        self.go_on = QPushButton(self.tr("Go on acknowledging"), self.editor)
        self.go_on.clicked.connect(self._go_on)
        self.stopped = QLabel(self.editor)
        self.stopped.setObjectName("danger")
        self.stopped.setTextFormat(Qt.TextFormat.PlainText)
        self.stopped.setWordWrap(True)
        for widget in (self.stopped, self.go_on):
            self.form.addRow("", widget)
        self.list.currentItemChanged.connect(lambda *_: self._show_stopped())
        self.password = QLineEdit(self.editor)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("type a new one to change it"))
        self.password.setAccessibleName(self.tr("Password"))
        self.password.returnPressed.connect(self._give_password)
        self.form.addRow(self.tr("Password"), self.password)
        self.test_button = QPushButton(self.tr("Test the connection"), self.editor)
        self.test_button.clicked.connect(self._test)
        self.steps = StepList(self.editor)
        self.form.addRow("", self.test_button)
        self.steps.setMinimumHeight(self.fontMetrics().height() * STEP_LINES)
        self.steps.hide()
        self.form.addRow(self.steps)

    def make_new(self) -> Mailbox:
        return Mailbox("")

    def label_of(self, entity: Any) -> str:
        return str(entity.address or entity.name)

    def show_steps(self) -> None:
        """Make an empty list of steps and bring it into sight."""
        self.steps.clear()
        self.steps.show()
        QTimer.singleShot(0, self.steps, lambda: self.fields.ensureWidgetVisible(self.steps))

    def objection(self, entity: Any) -> str:
        from deskhelp.services import accounts, acknowledging

        try:
            accounts.endpoints(entity)
            if entity.acknowledge in self._canned:
                acknowledging.check(self._canned[entity.acknowledge])
        except DeskTrouble as trouble:
            return i18n.say(trouble)
        return super().objection(entity)

    def set_entities(self, entities: Sequence[Entity]) -> None:
        super().set_entities([entity for entity in entities if isinstance(entity, Mailbox) and not entity.is_local])
        self._show_stopped()

    def set_canned(self, replies: Sequence[CannedReply]) -> None:
        """The canned replies by which new requests may be acknowledged."""
        self._canned = {reply.id: reply for reply in replies if not reply.is_deleted}
        while self.acknowledge.count() > 1:
            self.acknowledge.removeItem(1)
        for reply in sorted(self._canned.values(), key=lambda reply: (reply.folder, reply.name.casefold())):
            name = f"{reply.folder} / {reply.name}" if reply.folder else reply.name
            self.acknowledge.addItem(self.tr("with “%1”").replace("%1", name), reply.id)
        if isinstance(self._current, Mailbox):
            self.acknowledge.setCurrentIndex(max(0, self.acknowledge.findData(self._current.acknowledge)))

    def _show_stopped(self) -> None:
        """That it was stopped, and when; nothing while all is well."""
        box = self._current
        at_ms = box.acknowledging_stopped_ms if isinstance(box, Mailbox) and box.acknowledge else 0
        for widget in (self.stopped, self.go_on):
            self.form.setRowVisible(widget, bool(at_ms))
        if at_ms:
            told = self.tr("Stopped (%1): too many went out within an hour. Look whether a machine writes to you.")
            self.stopped.setText(told.replace("%1", words.card_time(at_ms, desk_reads.now_ms())))

    def _go_on(self) -> None:
        if isinstance(self._current, Mailbox):
            self._current = replace(self._current, acknowledging_stopped_ms=0)
            self._entities[self._current.id] = self._current
            self.saved.emit(self._current)
            self._show_stopped()

    def _new(self) -> None:
        self.add_wanted.emit()

    def _give_password(self) -> None:
        if self._current is not None and self.password.text():
            self.password_given.emit(self._current, self.password.text())
            self.password.clear()

    def _test(self) -> None:
        self.save_current()
        if self.trouble.isHidden():
            self.show_steps()
            self.test_button.setEnabled(False)
            self.test_wanted.emit(self._current, self.password.text())
            self.password.clear()

    def _delete(self) -> None:
        if self._current is None:
            return
        gone = self._current
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Remove mailbox"),
            self.tr("Stop reading %1? Its tickets stay; its password is removed from the keyring.").replace(
                "%1", self.label_of(gone)
            ),
            QMessageBox.StandardButton.Cancel,
            self,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda button: self.remove_confirmed.emit(gone) if button is remove else None)
        box.open()
