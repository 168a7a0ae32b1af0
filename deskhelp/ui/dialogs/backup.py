"""A backup of everything on this computer: where, whether encrypted, and how it went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject, QStandardPaths, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from deskhelp.domain.errors import DeskTrouble
from deskhelp.settings import Profile
from deskhelp.ui import theme
from deskhelp.ui.dialogs.sheet import Sheet
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.maintenance import Held


class BackupSheet(Sheet):
    """What making and restoring a backup share: a file, a passphrase, a bar while the disk works.

    It does not stand in the way of work, but stays until the disk is done.
    """

    def __init__(self, desk: DeskBridge, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._desk = desk
        self._is_busy = False
        self.file = QLineEdit(self)
        self.file.setAccessibleName(self.tr("File"))
        self.browse = QPushButton(self.tr("Browse…"), self)
        self.browse.setAutoDefault(False)
        self.passphrase = self._secret(self.tr("Passphrase"))
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.told = told(self)
        self.told.hide()
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 80)

    def _fit(self) -> None:
        """As high as what is shown now wants, which a layout of wrapped lines does not see to by itself."""
        if (layout := self.layout()) is not None:
            layout.activate()
        self.adjustSize()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def say(self, sentence: str) -> None:
        super().say(sentence)
        self._fit()

    def tell(self, sentence: str) -> None:
        """How it went; an empty sentence takes it away."""
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
        self._fit()

    def _secret(self, title: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAccessibleName(title)
        return line

    def _file_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.file, 1)
        row.addWidget(self.browse)
        return row

    def _choose(self, title: str, *, is_new: bool) -> None:
        dialog = QFileDialog(self, title, str(Path(self.file.text()).parent))
        if is_new:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(Path(self.file.text()).name)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.file.setText(QDir.toNativeSeparators(name)))
        dialog.open()

    def reject(self) -> None:
        if not self._is_busy:
            super().reject()

    async def _work(self, fn: Callable[..., Any], *args: Any) -> Any:
        """What ``fn(call, *args)`` comes to in a thread of its own, None if it failed, which is said here."""
        self.say("")
        self._show_busy(is_busy=True)
        try:
            return await self._desk.beside(fn, *args)
        except DeskTrouble as trouble:
            self.say(self._desk.say(trouble))
            return None
        finally:
            self._show_busy(is_busy=False)

    def _show_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.bar.setVisible(is_busy)
        for widget in (self.file, self.browse, self.passphrase, self.buttons):
            widget.setEnabled(not is_busy)


class BackupDialog(BackupSheet):
    """Opens with ``open()``; encrypting asks for the passphrase twice."""

    def __init__(self, desk: DeskBridge, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.setWindowTitle(self.tr("Back up"))
        self.primary.setText(self.tr("Back up"))
        self.file.setText(str(_proposed(desk.profile)))
        self.file.textChanged.connect(lambda _text: self._show_whether_possible())
        self.browse.clicked.connect(lambda: self._choose(self.tr("Where the backup goes"), is_new=True))
        self.encrypt = QCheckBox(self.tr("Encrypt it with a passphrase"), self)
        self.encrypt.toggled.connect(lambda _on: self._show_whether_possible())
        self.again = self._secret(self.tr("The passphrase again"))
        for line in (self.passphrase, self.again):
            line.textChanged.connect(lambda _text: self._show_whether_possible())
        self.warning = self.muted(
            self.tr("Nobody can open the backup without it, not even you: keep it where you will find it.")
        )
        self._lay_out()
        self.buttons.accepted.connect(lambda: desk.run(self._back_up(), "back up"))
        self._show_whether_possible()

    def _lay_out(self) -> None:
        self.form.addRow(
            told(
                self,
                self.tr(
                    "A copy of all tickets, mails and what was set up here. You can go on working meanwhile. Passwords "
                    "are in the system's keyring, not in the copy."
                ),
            )
        )
        self.form.addRow(self.tr("File"), self._file_row())
        self.form.addRow("", self.encrypt)
        self.form.addRow(self.tr("Passphrase"), self.passphrase)
        self.form.addRow(self.tr("The passphrase again"), self.again)
        self.form.addRow("", self.warning)
        self.form.addRow(self.bar)
        self.form.addRow(self.told)

    def _show_whether_possible(self) -> None:
        encrypts = self.encrypt.isChecked()
        for widget in (self.passphrase, self.again, self.warning):
            self.form.setRowVisible(widget, encrypts)
        differ = encrypts and self.passphrase.text() != self.again.text()
        is_slip = differ and not self.passphrase.text().startswith(self.again.text())
        self.say(self.tr("The two passphrases differ.") if is_slip else "")
        is_ready = not encrypts or (bool(self.passphrase.text()) and not differ)
        self.primary.setEnabled(is_ready and bool(self.file.text().strip()))

    async def _back_up(self) -> None:
        passphrase = self.passphrase.text() if self.encrypt.isChecked() else None
        held = await self._work(_back_up, self._desk.profile, Path(self.file.text().strip()), passphrase)
        if held is None:
            return
        for line in (self.passphrase, self.again):
            line.clear()
        self.told.setText(
            self.tr("The backup is made. It was read again and holds %1.").replace("%1", HeldWords(self).said(held))
        )
        self.told.show()
        self.primary.hide()
        close = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        close.setText(self.tr("Close"))
        close.setFocus()

    def _show_busy(self, *, is_busy: bool) -> None:
        super()._show_busy(is_busy=is_busy)
        for widget in (self.encrypt, self.again):
            widget.setEnabled(not is_busy)


class HeldWords(QObject):
    """What a backup holds, in words."""

    def said(self, held: Held) -> str:
        tickets, messages = self.tr("%n ticket(s)", "", held.tickets), self.tr("%n message(s)", "", held.messages)
        return f"{tickets}, {messages}"


def told(parent: QWidget, text: str = "") -> QLabel:
    """A text of several lines that is nothing but text."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _proposed(profile: Profile) -> Path:
    """A file of today among the user's documents."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(profile.root)
    return Path(folder) / f"deskhelp-{date.today().isoformat()}.backup"


def _back_up(_call: Callable[..., Any], profile: Profile, target: Path, passphrase: str | None) -> Held:
    from deskhelp.services import maintenance

    return maintenance.back_up(profile, target, passphrase)
