"""What happened to a ticket: entries made of its events, for the window and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deskhelp.domain.codes import ticket_code
from deskhelp.domain.conversation import HistoryEntry, MessageView
from deskhelp.domain.entities import Computer, EntityKind
from deskhelp.domain.events import FIELD_SET, ITEM_ADDED, ITEM_REMOVED, MESSAGE_WRITTEN, Event
from deskhelp.domain.status import DONE_STATUSES, WAITING_STATUSES, Direction
from deskhelp.domain.threads import Reason
from deskhelp.domain.ticket import seen_mark

from .asking import chunks, marks
from .entities import all_entities
from .log import register_events
from .replica import Replica

_COVERING = frozenset(str(status) for status in (*DONE_STATUSES, *WAITING_STATUSES))


def history_of(replica: Replica, ticket_id: str, messages: Sequence[MessageView]) -> tuple[HistoryEntry, ...]:
    """Everything that happened, oldest first.

    `what` is ``received``, ``written`` (with direction), ``reopened``, ``field`` (name, value, before),
    ``tag_added``, ``tag_removed``, ``merged``, ``unmerged``, ``folded`` (a flood of mail, by itself); of messages
    ``split``, ``unsplit``, ``delivery``, ``hidden``, ``shown``.
    """
    rows = replica.database.execute_sql("SELECT id FROM alias WHERE ticket = ?", (ticket_id,))
    abouts = [f"ticket:{name}" for name in (ticket_id, *(row[0] for row in rows))]
    events = register_events(replica.database, [*abouts, *(f"message:{m.id}" for m in messages)])
    entries = [_message_entry(message) for message in messages]
    changes = sorted((e for found in events.values() for e in found), key=lambda event: event.at_ms)  # else as written
    entries += _changes(changes)
    entries += _reopenings(changes, messages)
    return tuple(sorted(_with_computers(replica, entries), key=lambda entry: entry.at_ms))


def _with_computers(replica: Replica, entries: list[HistoryEntry]) -> list[HistoryEntry]:
    """The entries of what agents did, with the computers they did it on, where the team has several."""
    named = [entity for entity in all_entities(replica, EntityKind.COMPUTER) if isinstance(entity, Computer)]
    names = {computer.id: computer.name for computer in named}
    if len(names) < 2:
        return entries
    origins = _origins(replica, "id", [entry.event for entry in entries if entry.event])
    written = [f"message:{entry.values['message']}" for entry in entries if entry.what == "written"]
    origins |= _origins(replica, "about", written)
    return [replace(entry, computer=names.get(origins.get(_source_of(entry), ""), "")) for entry in entries]


def _source_of(entry: HistoryEntry) -> str:
    return f"message:{entry.values['message']}" if entry.what == "written" else entry.event


def _origins(replica: Replica, column: str, wanted: Sequence[str]) -> dict[str, str]:
    """Which replica wrote an event, by its id or by the message that it is the fact of."""
    found: dict[str, str] = {}
    for part in chunks(wanted):
        query = f"SELECT {column}, origin FROM event WHERE {column} IN ({marks(part)})"
        if column == "about":
            query += f" AND kind = '{MESSAGE_WRITTEN}'"
        found.update(replica.database.execute_sql(query, part).fetchall())
    return found


def _message_entry(message: MessageView) -> HistoryEntry:
    what = "received" if message.direction is Direction.IN else "written"
    values = {
        "message": message.id,
        "direction": str(message.direction),
        "from": message.sender.shown,
        "channel": str(message.channel),
        "kind": message.kind,
    }
    if message.reason is Reason.PLACED:
        values["reason"] = str(message.reason)
    return HistoryEntry(message.at_ms, message.agent, what, values)


def _changes(events: Sequence[Event]) -> list[HistoryEntry]:
    entries = []
    before: dict[tuple[str, str], object] = {}
    folded = False
    for event in events:
        if event.kind == FIELD_SET:
            name = str(event.body["field"])
            value = event.text["value"] if "value" in event.text else event.body.get("value")
            entry = _field_entry(event, name, value, before.get((event.about, name)))
            before[event.about, name] = value
            if entry.what == "merged" and not event.agent:
                if folded:  # a flood of mail: one entry for all of them
                    continue
                folded, entry = True, replace(entry, what="folded")
            entries.append(entry)
        elif event.kind in (ITEM_ADDED, ITEM_REMOVED) and event.body.get("set") == "tags":
            what = "tag_added" if event.kind == ITEM_ADDED else "tag_removed"
            entries.append(HistoryEntry(event.at_ms, event.agent, what, {"tag": event.body.get("item")}, event.id))
    return entries


def _field_entry(event: Event, name: str, value: object, before: object) -> HistoryEntry:
    if name == "merged_into":
        values = {
            "ticket": event.about.partition(":")[2],
            "into": value,
            "code": ticket_code(str(value)) if value else "",
        }
        return HistoryEntry(event.at_ms, event.agent, "merged" if value else "unmerged", values, event.id)
    if event.about.startswith("message:"):
        what = {"placed_in": ("split", "unsplit"), "hidden": ("hidden", "shown")}.get(name, (name, name))
        values = {"message": event.about.partition(":")[2], "value": value}
        return HistoryEntry(event.at_ms, event.agent, what[0] if value else what[1], values, event.id)
    return HistoryEntry(event.at_ms, event.agent, "field", {"name": name, "value": value, "before": before}, event.id)


def _reopenings(events: Sequence[Event], messages: Sequence[MessageView]) -> list[HistoryEntry]:
    """Which customer's message reopened the ticket after it had been solved or set to wait."""
    entries = []
    statuses = [e for e in events if e.kind == FIELD_SET and e.body.get("field") == "status"]
    for place, event in enumerate(statuses):
        if event.body.get("value") not in _COVERING:
            continue
        until = statuses[place + 1].at_ms if place + 1 < len(statuses) else None
        seen = set(event.body.get("seen", ()))
        for message in messages:
            is_new = message.direction in (Direction.IN, Direction.CALL) and not message.is_automatic
            in_time = message.at_ms >= event.at_ms and (until is None or message.at_ms < until)
            if is_new and in_time and seen_mark(message.id) not in seen:
                values = {"message": message.id, "from": message.sender.shown, "status": event.body.get("value")}
                entries.append(HistoryEntry(message.at_ms, "", "reopened", values))
                break
    return entries
