"""What the page of the team does, off the window's thread: places are asked in a thread that may wait for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from deskhelp.ui import desk_reads
from deskhelp.ui.settings.team_page import TeamPage, TeamState
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.office import Office


class TeamActs(QObject):
    """Joins a page to the desk for as long as the page lives."""

    def __init__(self, desk: DeskBridge, page: TeamPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        page.create_wanted.connect(lambda scheme, place: desk.run(self._enter(_create, scheme, place), "found a team"))
        page.join_wanted.connect(lambda scheme, place: desk.run(self._enter(_join, scheme, place), "join a team"))
        page.leave_confirmed.connect(lambda: desk.run(self._leave(), "leave the team"))
        page.exchange_wanted.connect(desk.look_wanted)
        desk.team_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        self._desk.run(self._show(), "how the team stands")

    async def _show(self) -> None:
        state: TeamState | None = await self._desk.read(_state)
        health = self._desk.team
        if state is not None and health is not None and health.trouble is not None:
            state = TeamState(
                state.place,
                state.computers,
                state.waiting,
                state.exchanged_at_ms,
                self._desk.say(health.trouble),
            )
        self._page.show_team(state, desk_reads.now_ms())

    async def _enter(self, enter: Callable[..., Any], scheme: str, place: str) -> None:
        self._page.set_busy(is_busy=True)
        try:
            await self._desk.beside(enter, scheme, place)
        finally:
            self._page.set_busy(is_busy=False)
        self._desk.look_wanted.emit()
        await self._show()

    async def _leave(self) -> None:
        await self._desk.write(_leave)
        self._desk.look_wanted.emit()
        await self._show()


def _create(call: Callable[..., Any], scheme: str, place: str) -> None:
    from deskhelp.services import team, team_places

    team.create_by(call, team_places.url_of(scheme, place))


def _join(call: Callable[..., Any], scheme: str, place: str) -> None:
    from deskhelp.services import team, team_places

    team.join_by(call, team_places.url_of(scheme, place))


def _leave(office: Office) -> None:
    from deskhelp.services import team

    team.leave(office)


def _state(office: Office) -> TeamState | None:
    from deskhelp.services import team, team_places

    if team.team_of(office) is None:
        return None
    found = team.status(office)
    return TeamState(team_places.shown(found.url), len(found.replicas), found.waiting, found.exchanged_at_ms)
