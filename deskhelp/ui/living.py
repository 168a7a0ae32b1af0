"""The program from its first paint to the end of its last thread: the part that runs on asyncio."""

from __future__ import annotations

import asyncio
import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from deskhelp.domain.errors import DeskTrouble
from deskhelp.ui import i18n
from deskhelp.ui.life import Life
from deskhelp.ui.single import SingleInstance
from deskhelp.ui.stage import Stage

os.environ["QT_API"] = "pyside6"  # qasync takes the first Qt it finds otherwise
import qasync

AGAIN = -1
"""The program is to begin anew: a backup is in place."""


def live(app: QApplication, stage: Stage, single: SingleInstance, *, demo: bool) -> int:
    """Run until the window is closed; returns the exit status, or `AGAIN`."""
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    try:
        with loop:
            status: int = loop.run_until_complete(_live(Life(loop, stage, demo=demo), single))
            return status
    finally:
        asyncio.set_event_loop(None)


async def _live(life: Life, single: SingleInstance) -> int:
    single.raised.connect(life.raise_window)
    try:
        await life.open()
        single.listen()
        await life.closed()
    except DeskTrouble as trouble:
        life.window.hide()
        await tell(trouble)
        return 1
    finally:
        single.raised.disconnect()
        await life.close()
    return await _restored(life) if life.restores else 0


async def _restored(life: Life) -> int:
    try:
        await life.put_in_place()
    except DeskTrouble as trouble:
        await tell(trouble)
    return AGAIN


async def tell(trouble: DeskTrouble) -> None:
    """Say in a box of its own why there will be no window."""
    box = QMessageBox()
    box.setWindowTitle("DeskHelp")
    box.setIcon(QMessageBox.Icon.Critical)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(i18n.sentence(trouble))
    box.setInformativeText(i18n.advice(trouble))
    box.setDetailedText(trouble.detail)
    answered = asyncio.get_running_loop().create_future()
    box.finished.connect(lambda _result: None if answered.done() else answered.set_result(None))
    box.open()
    await answered
