"""Tells of new mail while one works elsewhere: one message for many, a number on the program's icon, never twice."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from deskhelp.domain.views import Change, TicketSummary
from deskhelp.ui import desk_reads, icons, words
from deskhelp.ui.worker_bridge import DeskBridge

GATHER_MS = 2_000
QUIET_MS = 60_000
UNREAD = "is:active is:unread"
LOOKED_AT = 20


class Notifier(QObject):
    """Watches for tickets that people wrote to since the window was last looked at."""

    told = Signal(str, str)
    """Title and text of what was shown."""
    open_wanted = Signal(str)
    """The ticket of the message that was clicked."""

    def __init__(self, desk: DeskBridge, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._told_until_ms = desk_reads.now_ms()
        self._last_told_ms = 0
        self._ticket = ""
        self._tray: QSystemTrayIcon | None = None
        self._timer = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._timer.timeout.connect(self._look)
        desk.changed.connect(self._changed)

    def _changed(self, change: Change) -> None:
        if change.tickets and not self._timer.isActive():
            self._timer.start()

    def _look(self) -> None:
        """Not more than once a minute; what comes in between is told together."""
        wait_ms = self._last_told_ms + QUIET_MS - desk_reads.now_ms()
        if wait_ms > 0:
            self._timer.start(int(wait_ms))
        else:
            self._desk.run(self._tell(), "notify")

    async def _tell(self) -> None:
        page = await self._desk.read(desk_reads.tickets, UNREAD, None, LOOKED_AT, "updated")
        QGuiApplication.instance().setBadgeNumber(len(page.rows))  # type: ignore[union-attr]
        fresh = [row for row in page.rows if row.last_in_ms > self._told_until_ms]
        if not fresh:
            return
        self._told_until_ms = max(row.last_in_ms for row in fresh)
        if self._desk.settings.notify and not self._window.isActiveWindow():
            self._last_told_ms = desk_reads.now_ms()
            self._show(fresh)

    def _show(self, fresh: list[TicketSummary]) -> None:
        first = fresh[0]
        title = words.requester(first)
        text = words.subject(first) or self.tr("(no subject)")
        if len(fresh) > 1:
            text += "\n" + self.tr("and %n more", "", len(fresh) - 1)
        self.show(title, text, first.id)

    def show(self, title: str, text: str, ticket: str) -> None:
        """Show a message of the system; a click on it opens the ticket."""
        self._ticket = ticket
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._need_tray().showMessage(title, text, icons.window_icon())
        self.told.emit(title, text)

    def _need_tray(self) -> QSystemTrayIcon:
        if self._tray is None:
            self._tray = QSystemTrayIcon(icons.window_icon(), self)
            self._tray.setToolTip("DeskHelp")
            self._tray.messageClicked.connect(lambda: self.open_wanted.emit(self._ticket))
            self._tray.activated.connect(lambda _reason: self.open_wanted.emit(""))
            self._tray.show()
        return self._tray
