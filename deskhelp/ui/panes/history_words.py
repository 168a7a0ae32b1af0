"""What happened to a ticket, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from deskhelp.domain.conversation import HistoryEntry
from deskhelp.domain.status import Delivery, Priority, Status
from deskhelp.ui import desk_reads, words
from deskhelp.ui.facts import Facts


def history_sentence(entry: HistoryEntry, facts: Facts) -> str:
    """One entry as a sentence without its author; empty for what the conversation shows itself."""
    translate = QCoreApplication.translate
    values = entry.values
    if entry.what == "field":
        return _field(str(values.get("name")), values.get("value"), facts)
    if entry.what in ("tag_added", "tag_removed"):
        tag = facts.tag(str(values.get("tag")))
        added = translate("History", "tag “%1” added")
        removed = translate("History", "tag “%1” removed")
        return (added if entry.what == "tag_added" else removed).replace("%1", tag.name if tag else "?")
    if entry.what == "delivery":
        return _delivery(values)
    sentences = {
        "reopened": translate("History", "opened again by %1"),
        "merged": translate("History", "merged into %1"),
        "folded": translate("History", "a flood of mail from one sender, folded into this ticket"),
        "unmerged": translate("History", "merging undone"),
        "split": translate("History", "a message moved to a ticket of its own"),
        "unsplit": translate("History", "a message put back into this ticket"),
        "hidden": translate("History", "a message removed"),
        "shown": translate("History", "a message brought back"),
    }
    text = sentences.get(entry.what, "")
    return text.replace("%1", str(values.get("from") or values.get("code") or ""))


def _delivery(values: Mapping[str, Any]) -> str:
    value = values.get("value")
    state = value.get("state") if isinstance(value, Mapping) else value
    try:
        return words.delivery_name(Delivery(str(state)))
    except ValueError:
        return ""


def _field(name: str, value: Any, facts: Facts) -> str:
    translate = QCoreApplication.translate
    if name == "status":
        return translate("History", "status: %1").replace("%1", _named(words.status_name, Status, value))
    if name == "priority":
        return translate("History", "priority: %1").replace("%1", _named(words.priority_name, Priority, value))
    if name == "assignee":
        owner = facts.agent_name(str(value or ""))
        return (
            translate("History", "given to %1").replace("%1", owner)
            if owner
            else translate("History", "given to nobody")
        )
    if name == "department":
        return translate("History", "department: %1").replace("%1", facts.department_name(str(value or "")) or "—")
    if name == "escalation":
        return _escalation(value, facts)
    if name in ("due_ms", "snoozed_until_ms"):
        return _time(name, int(value or 0))
    if name == "subject":
        return translate("History", "subject: %1").replace("%1", str(value))
    return ""


def _named(name: Any, kind: Any, value: Any) -> str:
    """The word for a value; a value of a newer program stays as it is."""
    return str(name(kind(value))) if value in set(kind) else str(value)


def _escalation(value: Any, facts: Facts) -> str:
    translate = QCoreApplication.translate
    if not isinstance(value, Mapping):
        return translate("History", "escalation ended")
    to = str(value.get("to", ""))
    shown = facts.agent_name(to) or facts.department_name(to) or to
    text = translate("History", "escalated to %1, level %2: %3").replace("%1", shown)
    return text.replace("%2", str(value.get("level", ""))).replace("%3", str(value.get("reason", "")))


def _time(name: str, at_ms: int) -> str:
    translate = QCoreApplication.translate
    when = words.card_time(at_ms, desk_reads.now_ms()) if at_ms else ""
    if name == "due_ms":
        return translate("History", "due %1").replace("%1", when) if when else translate("History", "no due date")
    return translate("History", "snoozed until %1").replace("%1", when) if when else translate("History", "woken")
