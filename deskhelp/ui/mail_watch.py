"""Keeps mail flowing while the window is open, and hands its health to the status bar."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.presence import Presence
from deskhelp.domain.views import Change
from deskhelp.ui import i18n
from deskhelp.ui.status_bar import MailState, TeamSign
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.office import Office
    from deskhelp.services.runner import MailHealth, MailRunner
    from deskhelp.services.team_link import TeamHealth
    from deskhelp.services.workers import Workers

FIRST_ARRIVAL_S = 8.0
ARRIVAL_EVERY_S = 25.0


class MailWatch(QObject):
    """The window's side of `services.runner`: its threads call back here, and every wait is off the window's thread."""

    state_changed = Signal(object)
    """A `MailState`."""

    def __init__(self, desk: DeskBridge, workers: Workers, *, is_demo: bool) -> None:
        super().__init__()
        self._desk, self._workers, self._is_demo = desk, workers, is_demo
        self._loop = asyncio.get_running_loop()
        self._runner: MailRunner | None = None
        self._arrivals: asyncio.Task[None] | None = None
        self.state = MailState()
        desk.changed.connect(self._changed)
        self._stopped: frozenset[tuple[str, int]] = frozenset()
        desk.facts_changed.connect(self._look_for_stops)
        desk.whereabouts.connect(self._be_at)

    async def start(self) -> None:
        """Begin to fetch and send. Where another program of this profile does so, it is said and left to it."""
        try:
            self._runner = await self._in_thread(self._start)
            if self._is_demo:
                self._arrivals = self._loop.create_task(self._trickle(), name="demonstration")
        except DeskTrouble as trouble:
            self._show(MailState(is_online=False, trouble=i18n.sentence(trouble), has_account=True))

    def _start(self) -> MailRunner:
        from deskhelp.services.runner import MailRunner

        runner = MailRunner(self._workers, self._told)
        runner.start()
        return runner

    async def _trickle(self) -> None:
        """The demonstration's mail comes in one by one while somebody watches."""
        await asyncio.sleep(FIRST_ARRIVAL_S)
        while await self._desk.write(_next_arrival):
            await asyncio.sleep(ARRIVAL_EVERY_S)

    def check_now(self) -> None:
        """Look for mail now."""
        if self._runner is not None:
            self._desk.run(self._in_thread(self._runner.check_now), "check mail")

    def _be_at(self, presence: Presence) -> None:
        if self._runner is not None:
            self._runner.be_at(presence)

    def _changed(self, change: Change) -> None:
        """Mailboxes come and go."""
        if self._runner is not None and (change.entities or "entities" in change.kinds):
            self._desk.run(self._in_thread(self._runner.refresh_mailboxes), "refresh mailboxes")

    def _look_for_stops(self) -> None:
        """Say once that acknowledging has stopped by itself."""
        boxes = {(box.address, box.acknowledging_stopped_ms) for box in self._desk.facts.live_mailboxes}
        stopped = frozenset((address, at_ms) for address, at_ms in boxes if at_ms)
        for address, _ in sorted(stopped - self._stopped):
            self._desk.trouble.emit(
                DeskTrouble(
                    "New requests to {address} are not acknowledged any more: "
                    "too many answers went out within an hour.",
                    advice="Look whether a machine writes to you, then go on in the settings of the mailbox.",
                    address=address,
                )
            )
        self._stopped = stopped

    def _told(self, health: MailHealth) -> None:
        """In a thread of the mail."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._show_health, health)

    def _show_health(self, health: MailHealth) -> None:
        self._desk.set_team(health.team)
        trouble = i18n.say(health.trouble) if health.trouble is not None else ""
        boxes = self._desk.facts.live_mailboxes
        is_local = health.is_online is None and bool(boxes) and all(box.is_local for box in boxes)
        self._show(
            MailState(
                is_online=True if is_local else health.is_online,
                checked_at_ms=health.checked_at_ms,
                outbox=health.outbox,
                trouble=trouble,
                is_working=health.is_working,
                has_account=health.has_account,
                team=_team_state(health.team),
            )
        )

    def _show(self, state: MailState) -> None:
        self.state = state
        self.state_changed.emit(state)

    async def _in_thread(self, fn: Any, *args: Any) -> Any:
        return await self._loop.run_in_executor(None, fn, *args)

    async def stop(self) -> None:
        """End the threads of the mail; bounded by the runner's own patience."""
        if self._arrivals is not None:
            self._arrivals.cancel()
        if self._runner is not None:
            await self._in_thread(self._runner.stop)


def _team_state(team: TeamHealth | None) -> TeamSign | None:
    if team is None:
        return None
    trouble = i18n.say(team.trouble) if team.trouble is not None else ""
    return TeamSign(team.is_reached, team.exchanged_at_ms, trouble, team.getting)


def _next_arrival(office: Office) -> bool:
    from deskhelp.services import demo

    return demo.next_arrival(office)
