"""The window before the program lives: made and painted with its first rows, of what loads fast.

Asyncio, the ORM and everything that speaks to servers are loaded afterwards.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from deskhelp.settings import Profile, Settings
from deskhelp.ui import desk_reads
from deskhelp.ui.late import LateWorkers
from deskhelp.ui.main_window import MainWindow
from deskhelp.ui.state import WindowState
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.listing import Glimpse

EXPOSED_WITHIN_S = 0.3
LOOK_EVERY_MS = 1


class Stage:
    """The window, empty, and what it will live of."""

    def __init__(self, profile: Profile, settings: Settings) -> None:
        self.profile = profile
        self.workers = LateWorkers(profile)
        self.desk = DeskBridge(self.workers, profile, settings)
        self.window = MainWindow(self.desk, WindowState(profile))
        self.window.show()

    def paint_first_rows(self) -> None:
        """Show the queue of the last time as the file has it, if it can be read at once, and let it be painted."""
        from deskhelp.services.listing import look

        look(self.profile, self._show)
        self._paint()

    def _show(self, office: Glimpse) -> None:
        facts = desk_reads.facts(office)
        if facts.live_mailboxes:  # a new profile begins with another page
            self.desk.set_facts(facts)
            self.window.start()
            self.window.list.show_glimpse(lambda *asked: desk_reads.tickets(office, *asked))

    def _paint(self) -> None:
        """Run Qt's loop until the window is on the screen, or for as long as one would wait for that.

        Keys and clicks stay where they are until the window can do what they ask.
        """
        painting = QEventLoop()
        handle, end = self.window.windowHandle(), time.monotonic() + EXPOSED_WITHIN_S

        def look() -> None:
            if handle.isExposed() or time.monotonic() > end:
                looking.stop()
                QTimer.singleShot(0, painting.quit)  # after the paint that is due now

        looking = QTimer(interval=LOOK_EVERY_MS)
        looking.timeout.connect(look)
        looking.start()
        painting.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
