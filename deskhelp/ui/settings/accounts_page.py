"""The mailboxes of the office: what they are called, how they are reached, and whether that works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton, QWidget

from deskhelp.domain.entities import Entity, Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.ui import i18n
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
        from deskhelp.services import accounts

        try:
            accounts.endpoints(entity)
        except DeskTrouble as trouble:
            return i18n.say(trouble)
        return super().objection(entity)

    def set_entities(self, entities: Sequence[Entity]) -> None:
        super().set_entities([entity for entity in entities if isinstance(entity, Mailbox) and not entity.is_local])

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
