"""The program with a window, to its first paint. What else it lives of is loaded after that (`living`)."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from deskhelp import __version__
from deskhelp.settings import Profile, load_settings
from deskhelp.ui import i18n, theme
from deskhelp.ui.collector import Collector
from deskhelp.ui.single import SingleInstance
from deskhelp.ui.stage import Stage

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
    app.setQuitOnLastWindowClosed(False)  # closing the window ends the tasks first
    try:
        while (status := _run_once(app, single, profile, demo=demo)) < 0:
            pass
        return status
    finally:
        single.close()
        collector.stop()


def _run_once(app: QApplication, single: SingleInstance, profile: Profile, *, demo: bool) -> int:
    """One life of the window; a negative status asks for another one, on what is then the database."""
    stage = Stage(profile, load_settings(profile))
    stage.paint_first_rows()
    from deskhelp.ui.living import live

    return live(app, stage, single, demo=demo)


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
