"""Says once of each ticket that a colleague had taken it first."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deskhelp.domain.codes import ticket_code
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.views import Change
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.office import Office


class ClaimWatch(QObject):
    """Looks at the tickets that change while there is a team."""

    def __init__(self, desk: DeskBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told: set[str] = set()
        desk.changed.connect(self._changed)

    def _changed(self, change: Change) -> None:
        if change.tickets and self._desk.team is not None:
            self._desk.run(self._tell(change.tickets), "lost claims")

    async def _tell(self, tickets: Collection[str]) -> None:
        for ticket, (write, owner) in (await self._desk.read(_lost, tickets)).items():
            if write not in self._told:
                self._told.add(write)
                self._desk.trouble.emit(
                    DeskTrouble(
                        "{name} had taken the ticket {code} before you did.",
                        advice="It stays with them; if it shall be yours, take it over in the ticket.",
                        name=self._desk.facts.agent_name(owner),
                        code=ticket_code(ticket),
                    )
                )


def _lost(office: Office, tickets: Collection[str]) -> dict[str, tuple[str, str]]:
    from deskhelp.services import conflicts

    return conflicts.lost_claims(office, tickets)
