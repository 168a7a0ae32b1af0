"""Pickers that change tickets: tags, assignee, department, status, priority, snooze."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale
from PySide6.QtWidgets import QWidget

from deskhelp.domain.entities import Agent, Department, Tag
from deskhelp.domain.hours import is_at_work, parse_hours
from deskhelp.domain.status import Priority, Status
from deskhelp.ui.pickers.choices import Choice
from deskhelp.ui.pickers.popup import PickerPopup


class TagPicker(PickerPopup):
    """Toggles tags one after another; what fits no tag can be made into one."""

    def __init__(self, tags: Sequence[Tag], held: frozenset[str], parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("Pickers", "Tag: type to find or create"), parent, stays_open=True)
        self._tags = [tag for tag in tags if not tag.is_deleted]
        self._held = set(held)
        self.model.extra = self._creation
        self._show()
        self.chosen.connect(self._toggle)

    def _show(self) -> None:
        ordered = sorted(self._tags, key=lambda tag: (tag.id not in self._held, tag.name.casefold()))
        self.set_choices(
            [Choice(t.name, t, color=t.color, checked=t.id in self._held, words=t.description) for t in ordered]
        )

    def _toggle(self, choice: Choice) -> None:
        if isinstance(choice.value, Tag):
            self._held ^= {choice.value.id}
            self._show()
        else:
            self.close()

    def is_held(self, tag: Tag) -> bool:
        return tag.id in self._held

    def _creation(self, typed: str) -> Sequence[Choice]:
        wanted = typed.casefold().replace("ё", "е")
        if not typed or any(tag.name.casefold().replace("ё", "е") == wanted for tag in self._tags):
            return ()
        label = QCoreApplication.translate("Pickers", "Create tag “%1”").replace("%1", typed)
        return (Choice(label, typed, hint="+"),)


def block_choices(addresses: Sequence[str]) -> list[Choice]:
    """Who may be blocked who wrote from these addresses: they alone (value False), or their whole domains (True)."""
    domains = list(dict.fromkeys(address.rpartition("@")[2] for address in addresses))
    if not domains:
        return []
    translate = QCoreApplication.translate
    senders = ", ".join(dict.fromkeys(addresses))
    return [
        Choice(senders, False, hint=translate("Pickers", "this sender")),
        Choice(", ".join(f"@{domain}" for domain in domains), True, hint=translate("Pickers", "everybody there")),
    ]


def assign_choices(agents: Sequence[Agent], departments: Sequence[Department], me: str) -> list[Choice]:
    """Myself first, nobody, then colleagues, then departments."""
    people = sorted((a for a in agents if not a.is_deleted), key=lambda a: (a.id != me, a.name.casefold()))
    mine = QCoreApplication.translate("Pickers", "me")
    away, now = QCoreApplication.translate("Pickers", "not at work now"), datetime.now()
    choices = [
        Choice(
            a.name,
            a,
            color=a.color,
            hint=mine if a.id == me else "" if _is_at_work(a, now) else away,
            words=a.address,
        )
        for a in people
    ]
    nobody = Choice(QCoreApplication.translate("Pickers", "Nobody"), None)
    where = QCoreApplication.translate("Pickers", "department")
    choices.insert(1 if choices else 0, nobody)
    return choices + [Choice(d.name, d, hint=where) for d in departments if not d.is_deleted]


def mention_choices(agents: Sequence[Agent], me: str) -> list[Choice]:
    """The colleagues whom a note can name."""
    people = sorted((a for a in agents if not a.is_deleted and a.id != me), key=lambda a: a.name.casefold())
    return [Choice(a.name, a, color=a.color, words=a.address) for a in people]


def _is_at_work(agent: Agent, now: datetime) -> bool:
    """Also where the hours cannot be understood, or are not said."""
    try:
        return is_at_work(parse_hours(agent.hours), now)
    except ValueError:
        return True


def status_names() -> Mapping[Status, str]:
    translate = QCoreApplication.translate
    return {
        Status.NEW: translate("Words", "New"),
        Status.OPEN: translate("Words", "Open"),
        Status.PENDING: translate("Words", "Waiting for the customer"),
        Status.ON_HOLD: translate("Words", "On hold"),
        Status.SOLVED: translate("Words", "Solved"),
        Status.CLOSED: translate("Words", "Closed"),
        Status.SPAM: translate("Words", "Spam"),
    }


def priority_names() -> Mapping[Priority, str]:
    translate = QCoreApplication.translate
    return {
        Priority.LOW: translate("Words", "Low"),
        Priority.NORMAL: translate("Words", "Normal"),
        Priority.HIGH: translate("Words", "High"),
        Priority.URGENT: translate("Words", "Urgent"),
    }


def status_choices() -> list[Choice]:
    return [Choice(name, status) for status, name in status_names().items() if status is not Status.NEW]


def priority_choices() -> list[Choice]:
    return [Choice(name, priority) for priority, name in reversed(list(priority_names().items()))]


def snooze_times(now: datetime) -> list[tuple[str, datetime]]:
    """The presets of the field, those that lie ahead: in three hours, at 13 and 19, tomorrow, the weekend, Monday."""
    translate: Callable[[str, str], str] = QCoreApplication.translate
    today, tomorrow = now.date(), now.date() + timedelta(days=1)
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    monday = today + timedelta(days=(7 - today.weekday()) % 7 or 7)
    zone = now.tzinfo
    presets = [
        (translate("Pickers", "In three hours"), now + timedelta(hours=3)),
        (translate("Pickers", "This afternoon"), datetime.combine(today, time(13), zone)),
        (translate("Pickers", "This evening"), datetime.combine(today, time(19), zone)),
        (translate("Pickers", "Tomorrow morning"), datetime.combine(tomorrow, time(8), zone)),
        (translate("Pickers", "Saturday"), datetime.combine(saturday, time(10), zone)),
        (translate("Pickers", "Monday"), datetime.combine(monday, time(8), zone)),
    ]
    return [(label, at) for label, at in presets if at > now]


def snooze_choices(now: datetime, *, is_snoozed: bool) -> list[Choice]:
    """Values are UTC milliseconds; 0 ends a snooze."""
    locale = QLocale()
    choices = [
        Choice(
            label,
            int(at.timestamp() * 1000),
            hint=locale.toString(QDateTime.fromSecsSinceEpoch(int(at.timestamp())), "ddd d MMM HH:mm"),
        )
        for label, at in snooze_times(now)
    ]
    if is_snoozed:
        choices.insert(0, Choice(QCoreApplication.translate("Pickers", "Wake now"), 0))
    return choices
