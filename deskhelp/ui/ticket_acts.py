"""What the agent does with tickets: each action asks with a picker where it must, and lets a service do the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from deskhelp.domain.entities import Agent, Department, Tag
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.status import DONE_STATUSES, Status
from deskhelp.domain.views import TicketSummary
from deskhelp.ui import desk_acts, desk_reads, words
from deskhelp.ui.worker_bridge import DeskBridge


class Chooser(Protocol):
    """What the acts ask of the window."""

    def targets(self) -> Sequence[TicketSummary]:
        """The tickets an action is meant for: those selected, else the one shown."""
        ...


class TicketActs(QObject):
    """One method for each action of the Ticket menu that needs nothing but the selected tickets."""

    def __init__(self, desk: DeskBridge, chooser: Chooser, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._chooser, self._window = desk, chooser, window

    def handlers(self) -> dict[str, Callable[[], None]]:
        return {
            "assign": self.assign,
            "assign_me": self.assign_me,
            "department": self.department,
            "tag": self.tag,
            "priority": self.priority,
            "due": self.due,
            "snooze": self.snooze,
            "escalate": self.escalate,
            "deescalate": lambda: self._do(desk_acts.deescalate),
            "status": self.status,
            "close": self.close,
            "spam": self.spam,
            "block": self.block,
            "unread": lambda: self._do(desk_acts.mark_unread),
            "merge": self.merge,
            "erase": self.erase,
        }

    # -- on what -----------------------------------------------------------------------------

    def tickets(self) -> list[TicketSummary]:
        return list(self._chooser.targets())

    def ids(self) -> tuple[str, ...]:
        return tuple(ticket.id for ticket in self.tickets())

    def _do(self, fn: Callable[..., Any], *args: Any) -> None:
        ids = self.ids()
        if ids:
            self._desk.act(fn, ids, *args, name=getattr(fn, "__name__", "act"))

    def _pick(self, title: str, choices: Sequence[Any], use: Callable[[Any], None]) -> None:
        """Open a picker; `use` gets the chosen value, and acts on what was selected when the picker opened."""
        from deskhelp.ui.pickers.popup import PickerPopup

        picker = PickerPopup(title, self._window)
        picker.set_choices(choices)
        picker.chosen.connect(lambda choice: use(choice.value))
        picker.show_centered(self._window)

    def erase(self) -> None:
        """Ask whether everything of the customer shall go."""
        from deskhelp.ui.dialogs.erase import EraseDialog

        address = next((ticket.requester_address for ticket in self.tickets()), "")
        if address:
            EraseDialog(self._desk, address, self._window).open()
        else:
            self._desk.trouble.emit(DeskTrouble("This customer has no address, by which the data could be found."))

    # -- people and places -------------------------------------------------------------------

    def assign(self) -> None:
        from deskhelp.ui.pickers.ticket_pickers import assign_choices

        ids, facts = self.ids(), self._desk.facts
        choices = assign_choices(facts.agents, facts.departments, facts.me.id if facts.me else "")

        def use(value: Agent | Department | None) -> None:
            if isinstance(value, Department):
                self._desk.act(desk_acts.set_department, ids, value.id, name="department")
            else:
                self._desk.act(desk_acts.assign, ids, value.id if value else "", name="assign")

        self._pick(self.tr("Assign to"), choices, use)

    def assign_me(self) -> None:
        if self._desk.me is None:
            self._desk.trouble.emit(DeskTrouble("Say who you are first: Settings, Agents."))
        else:
            self._do(desk_acts.assign, self._desk.me.id)

    def department(self) -> None:
        from deskhelp.ui.pickers.choices import Choice

        ids = self.ids()
        choices = [Choice(self.tr("No department"), "")]
        choices += [Choice(item.name, item.id, words=item.address) for item in self._desk.facts.live_departments]
        self._pick(
            self.tr("Department"),
            choices,
            lambda value: self._desk.act(desk_acts.set_department, ids, value, name="department"),
        )

    # -- properties --------------------------------------------------------------------------

    def status(self) -> None:
        from deskhelp.ui.pickers.ticket_pickers import status_choices

        ids = self.ids()
        self._pick(
            self.tr("Status"),
            status_choices(),
            lambda value: self._desk.act(desk_acts.set_status, ids, value, name="status"),
        )

    def close(self) -> None:
        """Solve; if all of them are solved already, open them again."""
        tickets = self.tickets()
        is_done = bool(tickets) and all(ticket.status in DONE_STATUSES for ticket in tickets)
        self._do(desk_acts.set_status, Status.OPEN if is_done else Status.SOLVED)

    def spam(self) -> None:
        """To spam, or back from there, which also frees a sender who was blocked."""
        tickets = self.tickets()
        is_spam = bool(tickets) and all(ticket.status is Status.SPAM for ticket in tickets)
        self._do(desk_acts.not_spam if is_spam else desk_acts.to_spam)

    def block(self) -> None:
        """Ask whether it is the address or the whole domain that nobody wants to hear of any more."""
        from deskhelp.ui.pickers.ticket_pickers import block_choices

        ids = self.ids()
        choices = block_choices([ticket.requester_address for ticket in self.tickets() if ticket.requester_address])
        if not choices:
            self._desk.trouble.emit(DeskTrouble("Nobody wrote this ticket by mail, so there is no sender to block."))
            return
        self._pick(
            self.tr("Block"),
            choices,
            lambda whole_domain: self._desk.act(desk_acts.block_senders, ids, whole_domain, name="block"),
        )

    def priority(self) -> None:
        from deskhelp.ui.pickers.ticket_pickers import priority_choices

        ids = self.ids()
        self._pick(
            self.tr("Priority"),
            priority_choices(),
            lambda value: self._desk.act(desk_acts.set_priority, ids, value, name="priority"),
        )

    def tag(self) -> None:
        from deskhelp.ui.pickers.ticket_pickers import TagPicker

        tickets, ids = self.tickets(), self.ids()
        if not ids:
            return
        held = frozenset.intersection(*(frozenset(ticket.tags) for ticket in tickets))
        picker = TagPicker(self._desk.tags, held, self._window)

        def toggle(choice: Any) -> None:
            if isinstance(choice.value, Tag):
                self._desk.act(desk_acts.tag, ids, choice.value.id, picker.is_held(choice.value), name="tag")
            else:
                self._desk.act(desk_acts.tag_by_name, ids, str(choice.value), name="tag")

        picker.chosen.connect(toggle)
        picker.show_centered(self._window)

    # -- time --------------------------------------------------------------------------------

    def due(self) -> None:
        from deskhelp.ui import due_dates

        ids = self.ids()
        choices = due_dates.choices(words.local_now(desk_reads.now_ms()))
        self._pick(self.tr("Due"), choices, lambda value: self._desk.act(desk_acts.set_due, ids, value, name="due"))

    def snooze(self) -> None:
        from deskhelp.ui.pickers.ticket_pickers import snooze_choices

        tickets, ids, now = self.tickets(), self.ids(), desk_reads.now_ms()
        is_asleep = any(ticket.snoozed_until_ms > now for ticket in tickets)
        choices = snooze_choices(words.local_now(now), is_snoozed=is_asleep)
        self._pick(
            self.tr("Snooze until"), choices, lambda at: self._desk.act(desk_acts.snooze, ids, at, name="snooze")
        )

    # -- further up, and together -------------------------------------------------------------

    def escalate(self) -> None:
        from deskhelp.ui.dialogs.escalate import EscalateDialog

        tickets, ids, facts = self.tickets(), self.ids(), self._desk.facts
        if not ids:
            return
        names = [agent.name for agent in facts.live_agents] + [item.name for item in facts.live_departments]
        dialog = EscalateDialog(names, tickets[0].escalation if len(tickets) == 1 else None, self._window)
        dialog.escalated.connect(
            lambda level, to, reason: self._desk.act(desk_acts.escalate, ids, level, to, reason, name="escalate")
        )
        dialog.open()

    def merge(self) -> None:
        """Several: into the oldest of them. One: into a ticket that one looks for."""
        tickets = self.tickets()
        if len(tickets) > 1:
            oldest = min(tickets, key=lambda ticket: (ticket.created_at_ms, ticket.id))
            self._desk.act(desk_acts.merge, tuple(ticket.id for ticket in tickets), oldest.id, name="merge")
        elif tickets:
            self._merge_one(tickets[0])

    def _merge_one(self, ticket: TicketSummary) -> None:
        from deskhelp.ui.ticket_finder import TicketFinder

        finder = TicketFinder(
            self._desk, self.tr("Merge %1 into").replace("%1", ticket.code), self._window, without=ticket.id
        )
        finder.chosen.connect(lambda choice: self._desk.act(desk_acts.merge, (ticket.id,), choice.value, name="merge"))
        finder.show_centered(self._window)
