"""Tells the colleagues at which ticket the agent of this window is, once it has stayed there for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from deskhelp.domain.presence import NOWHERE, Presence

if TYPE_CHECKING:
    from deskhelp.ui.main_window import MainWindow
    from deskhelp.ui.panes.composer import Composer

STAYS_MS = 1_200


class Whereabouts(QObject):
    """Follows a window for as long as it lives."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._told = NOWHERE
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self._tell)
        window.installEventFilter(self)
        window.desk.team_changed.connect(self.moved)

    def moved(self) -> None:
        """Something was opened, closed or begun: look where one is when it has been so for a moment."""
        if not self._timer.isActive():
            self._timer.start()

    def follow(self, composer: Composer) -> None:
        for signal in (composer.opened, composer.closed, composer.form.mode_chosen):
            signal.connect(self.moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.WindowStateChange, QEvent.Type.Hide, QEvent.Type.Show):
            self.moved()
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        presence = self._here()
        if presence != self._told:
            self._told = presence
            self._window.desk.whereabouts.emit(presence)

    def _here(self) -> Presence:
        window, me = self._window, self._window.desk.me
        if me is None or window.desk.team is None or not window.isVisible() or window.isMinimized():
            return NOWHERE
        answers = window.composer.answers if window.composer is not None else ""
        opened = window.opened
        return Presence(me.id, opened.detail.summary.id if opened is not None else "", answers)
