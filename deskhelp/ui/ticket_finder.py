"""A picker that finds a ticket as one types: by code, words or people."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from deskhelp.domain.views import TicketSummary
from deskhelp.ui import desk_reads, words
from deskhelp.ui.pickers.choices import Choice
from deskhelp.ui.pickers.popup import PickerPopup
from deskhelp.ui.worker_bridge import DeskBridge

SHOWN, ROWS = 12, 8
PICKER_PX = 560


class TicketFinder(PickerPopup):
    """`chosen` carries a `Choice` whose value is the ticket's id."""

    def __init__(self, desk: DeskBridge, title: str, parent: QWidget, *, without: str = "") -> None:
        super().__init__(title, parent, width=PICKER_PX)
        self._desk, self._without = desk, without
        self.rows_shown = ROWS
        self._generation = 0
        self.typed.textChanged.connect(self._look)
        self._look("")

    def _look(self, typed: str) -> None:
        self._generation += 1
        self._desk.run(self._find(typed, self._generation), "find ticket")

    async def _find(self, typed: str, generation: int) -> None:
        page = await self._desk.read(desk_reads.tickets, typed.strip(), None, SHOWN + 1, "updated")
        if generation == self._generation:
            rows = [row for row in page.rows if row.id != self._without][:SHOWN]
            self.set_choices([found_choice(row, typed) for row in rows])


def found_choice(row: TicketSummary, typed: str) -> Choice:
    """What was found fits whatever was typed: the search looked into texts the picker does not have."""
    return Choice(
        words.subject(row) or row.code,
        row.id,
        hint=row.code,
        words=f"{row.requester_name} {row.code} {typed}",
    )
