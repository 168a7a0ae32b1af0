"""Tickets as the JSON that scripts read (DESIGN section 8); the shapes are a contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from deskhelp.db.entities import all_entities
from deskhelp.domain.conversation import HistoryEntry, MessageView, TicketDetail
from deskhelp.domain.entities import EntityKind
from deskhelp.domain.hints import Hint
from deskhelp.domain.threads import Reason
from deskhelp.domain.views import Person, TicketSummary

from .conflicts import rivals_of
from .hinting import hints_of
from .office import Office
from .shown import Rival

JOINED_WORDS: Final[Mapping[Reason, str]] = {
    Reason.STARTED: "started this ticket",
    Reason.WRITTEN: "written in this ticket",
    Reason.PLACED: "placed here by an agent",
    Reason.MERGED: "merged by an agent",
    Reason.OWN_REFERENCE: "answers a mail of ours (signed reference)",
    Reason.REFERENCE: "refers to a mail of this ticket, from a known participant",
    Reason.CODE: "carries this ticket's code, from a known participant",
    Reason.SUBJECT: "answers with the same subject, from a known participant",
    Reason.VARIANT: "another version of a mail in this ticket",
}


def moment(ms: int) -> str | None:
    """UTC milliseconds as ISO 8601; None for never."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat() if ms else None


class Names:
    """Names of agents, departments and tags by id, looked up once."""

    def __init__(self, office: Office) -> None:
        kinds = (EntityKind.AGENT, EntityKind.DEPARTMENT, EntityKind.TAG)
        self._names = {e.id: e.name for kind in kinds for e in all_entities(office.replica, kind)}

    def of(self, entity_id: str) -> str | None:
        return self._names.get(entity_id, entity_id) if entity_id else None


def summary_json(summary: TicketSummary, names: Names) -> dict[str, Any]:
    escalation = summary.escalation
    return {
        "code": summary.code,
        "id": summary.id,
        "subject": summary.subject,
        "status": str(summary.status),
        "priority": str(summary.priority),
        "assignee": names.of(summary.assignee),
        "department": names.of(summary.department),
        "tags": sorted(names.of(tag) or tag for tag in summary.tags),
        "escalation": {
            "level": escalation.level,
            "to": escalation.to,
            "reason": escalation.reason,
            "by": names.of(escalation.agent),
            "at": moment(escalation.at_ms),
        }
        if escalation
        else None,
        "requester": {"name": summary.requester_name, "address": summary.requester_address},
        "channel": str(summary.channel),
        "created": moment(summary.created_at_ms),
        "updated": moment(summary.updated_at_ms),
        "due": moment(summary.due_ms),
    }


def ticket_json(office: Office, detail: TicketDetail) -> dict[str, Any]:
    """One ticket with its messages and history."""
    names = Names(office)
    shown = [message for message in detail.messages if not message.is_hidden]
    return summary_json(detail.summary, names) | {
        "aliases": list(detail.aliases),
        "messages": [message_json(message) for message in shown],
        "hints": [hint_json(hint) for hint in hints_of(office, detail)],
        "also_set": [rival_json(rival, names) for rival in rivals_of(office, detail.summary.id)],
        "history": [history_json(entry, names) for entry in detail.history],
    }


def hint_json(hint: Hint) -> dict[str, Any]:
    """What the agent is asked: `about` answers it, with ``deskhelp hint``."""
    return {
        "kind": str(hint.kind),
        "about": hint.about,
        "code": hint.code or None,
        "subject": hint.subject,
        "messages": list(hint.messages),
    }


def rival_json(rival: Rival, names: Names) -> dict[str, Any]:
    """What somebody else set at the same time; ``deskhelp set`` settles it, whichever value it names."""
    is_named = rival.field in ("assignee", "department") and rival.value
    return {
        "field": rival.field,
        "value": names.of(str(rival.value)) if is_named else rival.value,
        "by": names.of(rival.agent),
        "at": moment(rival.at_ms),
    }


def message_json(message: MessageView) -> dict[str, Any]:
    return {
        "id": message.id,
        "message_id": message.header_id or None,
        "direction": str(message.direction),
        "kind": message.kind or None,
        "from": person_json(message.sender),
        "to": [person_json(person) for person in message.to],
        "cc": [person_json(person) for person in message.cc],
        "at": moment(message.at_ms),
        "subject": message.subject,
        "text": message.text,
        "attachments": [
            {"name": part.name, "content_type": part.content_type, "size": part.size, "inline": part.inline}
            for part in message.attachments
        ],
        "delivery": str(message.delivery) or None,
        "joined_because": JOINED_WORDS[message.reason],
        "problems": list(message.problems),
    }


def history_json(entry: HistoryEntry, names: Names) -> dict[str, Any]:
    values = {key: names.of(str(value)) if key == "tag" else value for key, value in entry.values.items()}
    if values.get("name") in ("assignee", "department"):
        values |= {key: names.of(str(values[key])) for key in ("value", "before") if values.get(key)}
    head = {"at": moment(entry.at_ms), "by": names.of(entry.agent), "computer": entry.computer or None}
    return head | {"what": entry.what} | values


def person_json(person: Person) -> dict[str, str]:
    return {"name": person.name, "address": person.address}
