"""Tells what colleagues did that concerns me: in the window while I look at it, else by a message of the system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from deskhelp.domain.views import Change

if TYPE_CHECKING:
    from deskhelp.services.for_me import Concern
    from deskhelp.services.office import Office
    from deskhelp.ui.main_window import MainWindow

GATHER_MS = 500
AGAIN_MS = 5_000


class ConcernWatch(QObject):
    """Looks at what came in since the window was opened, each thing once."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self._after = -1
        self._waiting: list[Concern] = []
        self._timer = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._timer.timeout.connect(lambda: self._desk.run(self._look(), "what concerns me"))
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._tell)
        self._desk.changed.connect(self._changed)
        self._desk.run(self._begin(), "what concerns me")

    async def _begin(self) -> None:
        self._after = await self._desk.read(_last)

    def _changed(self, change: Change) -> None:
        if change.tickets and not self._timer.isActive():
            self._timer.start()

    async def _look(self) -> None:
        if self._after < 0:
            return
        found, self._after = await self._desk.read(_concerns, self._after)
        self._waiting += found
        self._tell()

    def _tell(self) -> None:
        """The latest in a sentence; in the window only where nothing stands that can still be taken back."""
        if not self._waiting:
            return
        if not self._window.isActiveWindow():
            self._by_the_system(self._waiting)
        elif self._window.toast.isVisible() and self._window.toast.undo.isVisible():
            self._again.start()
            return
        else:
            self._window.toast.say(self._sentence(self._waiting[-1]), can_undo=False)
        self._waiting = []

    def _by_the_system(self, concerns: list[Concern]) -> None:
        companions, last = self._window.companions, concerns[-1]
        if companions is None or not self._desk.settings.notify:
            return
        text = last.text or last.subject
        if len(concerns) > 1:
            text += "\n" + self.tr("and %n more", "", len(concerns) - 1)
        companions.notifier.show(self._sentence(last), text, last.ticket)

    def _sentence(self, concern: Concern) -> str:
        said = {
            "assigned": self.tr("%1 gave you the ticket %2"),
            "escalated": self.tr("%1 escalated the ticket %2 to you"),
            "mentioned": self.tr("%1 mentions you in the ticket %2"),
        }[concern.what]
        who = self._desk.facts.agent_name(concern.agent) or self.tr("A colleague")
        return said.replace("%1", who).replace("%2", concern.code)


def _last(office: Office) -> int:
    from deskhelp.services import for_me

    return for_me.last_event(office)


def _concerns(office: Office, after: int) -> tuple[list[Concern], int]:
    from deskhelp.services import for_me

    return for_me.concerns(office, after)
