"""Erasing what is kept of a customer: shown first, typed to be meant, then gone for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from deskhelp.domain.errors import DeskTrouble
from deskhelp.ui.dialogs.sheet import Sheet
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.erasing import Found
    from deskhelp.services.office import Office


class EraseDialog(Sheet):
    """Opens with ``open()`` and finds out by itself what there is."""

    def __init__(self, desk: DeskBridge, address: str, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Erase the customer's data"))
        self.primary.setText(self.tr("Erase for good"))
        self._desk, self._address = desk, address
        self._found: Found | None = None
        self.told = self._text(self.tr("Looking…"))
        self.others = QCheckBox(self)
        self.others.hide()
        self.address = QLineEdit(self)
        self.address.setPlaceholderText(address)
        self.address.textChanged.connect(lambda _text: self._show_whether_meant())
        self.form.addRow(self.told)
        self.form.addRow(self.others)
        self.form.addRow(
            self._text(
                self.tr(
                    "This cannot be undone. It happens on every computer of the team and in its place. Not touched are "
                    "the mails on the mailbox's server and backups that were made before."
                )
            )
        )
        self.form.addRow(self.tr("Type the address"), self.address)
        self.buttons.accepted.connect(lambda: desk.run(self._erase(), "erase"))
        self.setMinimumWidth(480)
        self.address.setFocus()
        self._show_whether_meant()
        desk.run(self._look(), "what there is to erase")

    def _text(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        return label

    def _show_whether_meant(self) -> None:
        typed = self.address.text().strip().casefold()
        self.primary.setEnabled(self._found is not None and typed == self._address.casefold())

    async def _look(self) -> None:
        try:
            found: Found = await self._desk.read(_find, self._address)
        except DeskTrouble as trouble:
            self.told.clear()
            self.say(self._desk.say(trouble))
            return
        self._found = found
        self.told.setText(self._sentence(found))
        self.others.setText(self.tr("Also %n message(s) of other people that name the address", "", len(found.others)))
        self.others.setVisible(bool(found.others))
        self._show_whether_meant()
        self.adjustSize()

    def _sentence(self, found: Found) -> str:
        """A sentence for each kind of things that go."""
        said = [
            self.tr("Of %1 go:").replace("%1", found.address),
            self.tr("%n ticket(s)", "", len(found.tickets)),
            self.tr("%n message(s)", "", len(found.messages)),
        ]
        if found.waiting:
            said.append(self.tr("%n message(s) of these have not left yet, and will not", "", found.waiting))
        return "\n".join(said)

    async def _erase(self) -> None:
        assert self._found is not None
        self.primary.setEnabled(False)
        try:
            done = await self._desk.write(_erase, self._found, self.others.isChecked())
        except DeskTrouble as trouble:
            self.say(self._desk.say(trouble))
            self._show_whether_meant()
            return
        settings = self._desk.settings
        self._desk.set_settings(settings.with_pictures_of(self._address, is_wanted=False))
        self._desk.done.emit(done)
        self.accept()


def _find(office: Office, address: str) -> Found:
    from deskhelp.services import erasing

    return erasing.find(office, address)


def _erase(office: Office, found: Found, with_others: bool) -> Any:
    from deskhelp.services import erasing

    return erasing.erase_and_settle(office, found, with_others=with_others)
