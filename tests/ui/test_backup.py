"""Backing up and restoring in the window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deskhelp.services import maintenance
from deskhelp.ui.dialogs.backup import BackupDialog
from deskhelp.ui.dialogs.restore import RestoreDialog
from tests.ui.conftest import SUBJECTS, Desk
from tests.ui.test_pickers import sheet

LEFT = Qt.MouseButton.LeftButton
PASSPHRASE = "a long enough one"


async def backup_to(desk: Desk, target: Path) -> BackupDialog:
    desk.window.trigger("back_up")
    dialog: BackupDialog = await sheet(desk, BackupDialog)
    dialog.file.setText(str(target))
    return dialog


async def restore_of(desk: Desk, backup: Path) -> RestoreDialog:
    desk.window.trigger("restore")
    dialog: RestoreDialog = await sheet(desk, RestoreDialog)
    dialog.file.setText(str(backup))
    return dialog


async def test_a_backup_is_made_and_what_it_holds_is_said(shown: Desk, tmp_path: Path) -> None:
    dialog = await backup_to(shown, tmp_path / "copy")
    QTest.mouseClick(dialog.primary, LEFT)

    await shown.until(lambda: "holds 4 tickets, 5 messages" in dialog.told.text())
    assert dialog.told.isVisible()
    assert not dialog.primary.isVisible()
    assert not maintenance.is_encrypted(tmp_path / "copy")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


async def test_a_passphrase_is_typed_twice(shown: Desk, tmp_path: Path) -> None:
    dialog = await backup_to(shown, tmp_path / "copy")
    assert not dialog.passphrase.isVisible()
    dialog.encrypt.click()
    assert not dialog.primary.isEnabled()
    QTest.keyClicks(dialog.passphrase, PASSPHRASE)
    QTest.keyClicks(dialog.again, "another")
    assert not dialog.primary.isEnabled()
    assert "differ" in dialog.trouble.text()
    dialog.again.clear()
    QTest.keyClicks(dialog.again, PASSPHRASE)
    QTest.mouseClick(dialog.primary, LEFT)

    await shown.until(lambda: dialog.told.text())
    assert maintenance.is_encrypted(tmp_path / "copy")
    assert dialog.passphrase.text() == dialog.again.text() == ""


async def test_what_fails_is_said_in_the_dialog_and_can_be_tried_again(shown: Desk, tmp_path: Path) -> None:
    dialog = await backup_to(shown, tmp_path / "nowhere" / "copy")
    QTest.mouseClick(dialog.primary, LEFT)
    await shown.until(lambda: "nowhere" in dialog.trouble.text())

    dialog.file.setText(str(tmp_path / "copy"))
    QTest.mouseClick(dialog.primary, LEFT)
    await shown.until(lambda: dialog.told.text())


async def test_a_backup_is_looked_into_before_anything_is_put_in_place(shown: Desk, tmp_path: Path) -> None:
    maintenance.back_up(shown.life.desk.profile, tmp_path / "copy", PASSPHRASE)
    dialog = await restore_of(shown, tmp_path / "copy")
    assert dialog.passphrase.isVisible()
    QTest.keyClicks(dialog.passphrase, "not this one")
    QTest.mouseClick(dialog.primary, LEFT)
    await shown.until(lambda: "not the passphrase" in dialog.trouble.text())

    dialog.passphrase.clear()
    QTest.keyClicks(dialog.passphrase, PASSPHRASE)
    QTest.mouseClick(dialog.primary, LEFT)
    await shown.until(lambda: "is sound and holds 4 tickets" in dialog.told.text())
    assert not shown.life.restores
    QTest.mouseClick(dialog.primary, LEFT)
    await shown.life.closed()
    assert shown.life.restores


RESTORING = """
import json, sys
from pathlib import Path
from deskhelp.settings import open_profile
from deskhelp.ui import app as program, life as lives

profile, backup = open_profile(Path(sys.argv[1])), Path(sys.argv[2])
seen = []
opened = lives.Life.open

async def open_and_act(self):
    await opened(self)
    await self.desk.settle()
    seen.append(sorted(row.subject for row in self.window.list.model.rows()))
    if len(seen) == 1:
        from deskhelp.services import maintenance
        maintenance.make_ready(profile, backup)
        self.desk.restore_wanted.emit()
    else:
        self.window.close()

lives.Life.open = open_and_act
status = program.run(profile)
print(json.dumps([status, seen]))
"""


async def test_the_program_closes_puts_it_in_place_and_opens_on_it(shown: Desk, tmp_path: Path) -> None:
    profile = shown.life.desk.profile
    maintenance.back_up(profile, tmp_path / "copy")
    await shown.life.close()
    new = [sys.executable, "-m", "deskhelp", "--profile", str(profile.root), "new", "--from", "a@b.example"]
    subprocess.run([*new, "--subject", "Later"], check=True, capture_output=True)

    done = subprocess.run(
        [sys.executable, "-c", RESTORING, str(profile.root), str(tmp_path / "copy")],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    status, (before, after) = json.loads(done.stdout.splitlines()[-1])
    assert status == 0
    assert before == sorted([*SUBJECTS, "Later"])
    assert after == sorted(SUBJECTS)
    assert list(profile.root.glob("*before-restore-*"))
