"""Putting a backup in the database's place: looked at first, then the window begins anew on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from deskhelp.domain.errors import DeskTrouble
from deskhelp.settings import Profile
from deskhelp.ui.dialogs.backup import BackupSheet, HeldWords, told
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.maintenance import Held


class RestoreDialog(BackupSheet):
    """Opens with ``open()``; the first click makes the backup ready and says what it holds, the second one restores."""

    def __init__(self, desk: DeskBridge, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.setWindowTitle(self.tr("Restore a backup"))
        self._is_ready = False
        self.browse.clicked.connect(lambda: self._choose(self.tr("The backup"), is_new=False))
        self.file.textChanged.connect(lambda _text: self._show_file())
        self.passphrase.textChanged.connect(lambda _text: self._show_whether_possible())
        self.form.addRow(
            told(
                self,
                self.tr(
                    "Everything is then as it was when the backup was made. What is here now is not thrown away: it is "
                    "kept in a file beside it. In a team, what was handed over since comes back from the colleagues. "
                    "Answers that wait in the backup do not leave by themselves: they may have left since."
                ),
            )
        )
        self.form.addRow(self.tr("File"), self._file_row())
        self.form.addRow(self.tr("Passphrase"), self.passphrase)
        self.form.addRow(self.bar)
        self.form.addRow(self.told)
        self.buttons.accepted.connect(lambda: desk.run(self._go_on(), "restore"))
        self._show_file()

    def _show_file(self) -> None:
        """Whether a passphrase is wanted; a file that cannot be read is said when one goes on."""
        path = Path(self.file.text().strip())
        self.form.setRowVisible(self.passphrase, path.is_file() and _is_encrypted(path))
        self._show_whether_possible()

    def _show_whether_possible(self) -> None:
        self._is_ready = False
        self.tell("")
        self.say("")
        self.primary.setText(self.tr("Look into it"))
        needs = self.form.isRowVisible(self.passphrase) and not self.passphrase.text()
        self.primary.setEnabled(bool(self.file.text().strip()) and not needs)

    async def _go_on(self) -> None:
        if self._is_ready:
            self.accept()
            self._desk.restore_wanted.emit()
            return
        held = await self._work(
            _make_ready, self._desk.profile, Path(self.file.text().strip()), self.passphrase.text() or None
        )
        if held is None:
            return
        self._is_ready = True
        said = self.tr("The backup is sound and holds %1. The window closes now and opens on it.")
        self.tell(said.replace("%1", HeldWords(self).said(held)))
        self.primary.setText(self.tr("Put it in place"))


def _is_encrypted(path: Path) -> bool:
    from deskhelp.services import maintenance

    try:
        return maintenance.is_encrypted(path)
    except DeskTrouble:
        return False


def _make_ready(_call: Callable[..., Any], profile: Profile, backup: Path, passphrase: str | None) -> Held:
    from deskhelp.services import maintenance

    return maintenance.make_ready(profile, backup, passphrase)
