"""What goes with an open window without being part of it: it tells the agent and the colleagues what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deskhelp.ui.claim_watch import ClaimWatch
from deskhelp.ui.concern_watch import ConcernWatch
from deskhelp.ui.held_watch import HeldWatch
from deskhelp.ui.notifier import Notifier
from deskhelp.ui.whereabouts import Whereabouts

if TYPE_CHECKING:
    from deskhelp.ui.main_window import MainWindow


class Companions(QObject):
    """Made when the first rows have been painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.notifier = Notifier(window.desk, window)
        self.held = HeldWatch(window.desk, window)
        self.concerns = ConcernWatch(window)
        self.claims = ClaimWatch(window.desk, window)
        self.whereabouts = Whereabouts(window)
        if window.composer is not None:
            self.whereabouts.follow(window.composer)
