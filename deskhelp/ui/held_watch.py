"""Says once of each answer that it was held back, as its author believes it has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.views import Change
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.office import Office


class HeldWatch(QObject):
    """Looks at the outbox when it changes, and once at the beginning: much can come in while one is away."""

    def __init__(self, desk: DeskBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told: set[str] = set()
        desk.changed.connect(self._changed)
        self._look()

    def _changed(self, change: Change) -> None:
        if "outbox" in change.kinds:
            self._look()

    def _look(self) -> None:
        self._desk.run(self._tell(), "held answers")

    async def _tell(self) -> None:
        held = await self._desk.read(_held)
        fresh = {message: to for message, to in held.items() if message not in self._told}
        self._told = set(held)
        for to in fresh.values():
            self._desk.trouble.emit(
                DeskTrouble(
                    "Your answer to {address} was held back: its ticket went on before it left.",
                    advice="Look at both and decide, in the ticket or in the outbox.",
                    address=to,
                )
            )


def _held(office: Office) -> dict[str, str]:
    """The answers that wait for a decision as something came in, and to whom they go."""
    from deskhelp.services import outbox, outbox_list

    return {
        entry.message: ", ".join(person.address for person in entry.to)
        for entry in outbox_list.listed(office)
        if entry.last_error == outbox.NEWS
    }
