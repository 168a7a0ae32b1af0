"""The program with a window: opened fast, closed in order.

The window is painted first; what speaks to databases and servers is imported and opened meanwhile, in another thread.
"""

from __future__ import annotations

import asyncio
import os
import sys

os.environ["QT_API"] = "pyside6"  # qasync takes the first Qt it finds otherwise

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from deskhelp import __version__
from deskhelp.domain.errors import DeskTrouble
from deskhelp.settings import Profile, Settings, load_settings
from deskhelp.ui import i18n, theme
from deskhelp.ui.collector import Collector
from deskhelp.ui.late import LateWorkers
from deskhelp.ui.life import Life
from deskhelp.ui.single import SingleInstance

SWITCH_S = 0.001
"""How long a thread may keep the others waiting for Python: a paint asks for its turn twenty times."""


def run(profile: Profile, *, demo: bool = False) -> int:
    """Open the window on `profile` and stay until it is closed; with `demo` the profile is filled and mail trickles in.

    Returns the exit status. Raises DeskTrouble where the settings file is broken.
    """
    settings = load_settings(profile)
    app = application()
    theme.start(app, settings.theme)
    i18n.install(app, settings.language)
    single = SingleInstance(profile)
    if not single.is_first():
        return 0
    sys.setswitchinterval(SWITCH_S)
    collector = Collector()
    workers = LateWorkers(profile)
    import qasync

    app.setQuitOnLastWindowClosed(False)  # closing the window ends the tasks first
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    try:
        with loop:
            status: int = loop.run_until_complete(_live(workers, profile, settings, single, demo))
            return status
    finally:
        asyncio.set_event_loop(None)
        single.close()
        collector.stop()


def application() -> QApplication:
    """The one QApplication, made if there is none."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, True)
    app = QApplication(sys.argv[:1] or ["deskhelp"])
    app.setApplicationName("DeskHelp")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("deskhelp")
    return app


async def _live(workers: LateWorkers, profile: Profile, settings: Settings, single: SingleInstance, demo: bool) -> int:
    """From the first paint to the last thread's end."""
    life = Life(workers, profile, settings, demo=demo)
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
        await life.close()
    return 0


async def tell(trouble: DeskTrouble) -> None:
    """Say in a box of its own why there will be no window."""
    from PySide6.QtWidgets import QMessageBox

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
