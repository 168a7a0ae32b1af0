"""What the page of the team does, off the window's thread: places are asked in a thread that may wait for them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from deskhelp.domain.segments import PasswordWanted
from deskhelp.ui import desk_reads
from deskhelp.ui.settings.team_door import Place
from deskhelp.ui.settings.team_page import TeamPage, TeamState
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.office import Office


class TeamActs(QObject):
    """Joins a page to the desk for as long as the page lives."""

    def __init__(self, desk: DeskBridge, page: TeamPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        page.door.create_wanted.connect(lambda place: desk.run(self._create(place), "found a team"))
        page.door.join_wanted.connect(lambda place: desk.run(self._enter(_join, place), "join a team"))
        page.panel.leave_confirmed.connect(lambda: desk.run(self._leave(), "leave the team"))
        page.panel.exchange_wanted.connect(desk.look_wanted)
        page.panel.code_wanted.connect(lambda: desk.run(self._show_code(), "show the pairing code"))
        page.panel.code_given.connect(lambda code: desk.run(self._give_code(code), "take the pairing code"))
        page.panel.password_given.connect(lambda word: desk.run(self._give_password(word), "take the password"))
        page.panel.named.connect(lambda name: desk.run(self._rename(name), "name this computer"))
        desk.team_changed.connect(self.refresh)
        desk.facts_changed.connect(self._show_mailboxes)
        self._show_mailboxes()
        self.refresh()

    def _show_mailboxes(self) -> None:
        self._page.door.set_mailboxes(self._desk.mailboxes)

    def refresh(self) -> None:
        self._desk.run(self._show(), "how the team stands")

    async def _show(self) -> None:
        state: TeamState | None = await self._desk.read(_state)
        health = self._desk.team
        if state is not None and health is not None:
            trouble = self._desk.say(health.trouble) if health.trouble is not None else ""
            is_wanted = isinstance(health.trouble, PasswordWanted)
            state = dataclasses.replace(state, trouble=trouble, is_password_wanted=is_wanted, getting=health.getting)
        self._page.show_team(state, desk_reads.now_ms())

    async def _create(self, place: Place) -> None:
        await self._enter(_create, place)
        if place.encrypt:
            await self._show_code()

    async def _enter(self, enter: Callable[..., Any], place: Place) -> None:
        door = self._page.door
        door.set_busy(is_busy=True)
        try:
            await self._desk.beside(enter, place)
        finally:
            door.set_busy(is_busy=False)
            door.forget_secrets()
        door.clear()
        self._desk.look_wanted.emit()
        await self._show()

    async def _leave(self) -> None:
        await self._desk.write(_leave)
        self._desk.look_wanted.emit()
        await self._show()

    async def _give_password(self, password: str) -> None:
        panel = self._page.panel
        panel.password_button.setEnabled(False)
        try:
            await self._desk.beside(_give_password, password)
        finally:
            panel.password_button.setEnabled(True)
        panel.password_line.clear()
        self._desk.look_wanted.emit()

    async def _rename(self, name: str) -> None:
        await self._desk.write(_name, name)
        self._desk.look_wanted.emit()
        await self._show()

    async def _show_code(self) -> None:
        self._page.panel.show_code(await self._desk.read(_pairing_code))

    async def _give_code(self, code: str) -> None:
        await self._desk.write(_give_code, code)
        self._page.panel.code_line.clear()
        self._desk.look_wanted.emit()
        await self._show()


def _create(call: Callable[..., Any], place: Place) -> None:
    from deskhelp.services import team, team_places

    url = team_places.url_of(place.scheme, place.where, place.user)
    team.create_by(call, url, place.password or None, encrypt=place.encrypt)


def _join(call: Callable[..., Any], place: Place) -> None:
    from deskhelp.services import team, team_places

    url = team_places.url_of(place.scheme, place.where, place.user)
    team.join_by(call, url, place.password or None, place.code)


def _leave(office: Office) -> None:
    from deskhelp.services import team

    team.leave(office)


def _name(office: Office, name: str) -> None:
    from deskhelp.services import computers

    computers.rename(office, name)


def _give_password(call: Callable[..., Any], password: str) -> None:
    from deskhelp.services import team

    team.give_password_by(call, password)


def _pairing_code(office: Office) -> str:
    from deskhelp.services import team

    return team.pairing_code(office)


def _give_code(office: Office, code: str) -> None:
    from deskhelp.services import team

    team.give_code(office, code)


def _state(office: Office) -> TeamState | None:
    from deskhelp.services import computers, team, team_places

    if team.team_of(office) is None:
        return None
    found = team.status(office)
    return TeamState(
        team_places.shown(found.url),
        tuple((one.name, one.heard_at_ms) for one in computers.listed(office)),
        found.waiting,
        found.exchanged_at_ms,
        found.is_encrypted,
        found.is_code_wanted,
    )
