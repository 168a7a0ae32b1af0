"""From events to message rows, and from rows back to what the domain folds: pure translations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from deskhelp.domain.entities import EntityKind
from deskhelp.domain.events import MAIL_QUARANTINED, MESSAGE_WRITTEN, Event
from deskhelp.domain.identity import ticket_id_of
from deskhelp.domain.status import Channel, Delivery, Direction
from deskhelp.domain.threads import MAX_PARTICIPANTS, MAX_REFERENCES, Node
from deskhelp.domain.ticket import QUARANTINE_KIND, MessageFacts, MessageState, TicketState
from deskhelp.domain.words import shadow

IndexWords = tuple[str, str, str, str]
"""The stems of a message's subject, text, people and attachment names."""

SNIPPET_LENGTH: Final = 200
_sorted_json: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

MESSAGE_COLUMNS: Final = (
    "id", "ticket", "home", "direction", "kind", "channel", "at_ms", "sent_at_ms", "mailbox", "agent", "sender_name",
    "sender_address", "people", "subject", "text", "snippet", "language", "header_id", "header_refs", "participants",
    "signed_ticket", "codes", "base_subject", "conversation", "is_reply", "coarse_key", "reason", "placed_in",
    "raw_blob", "source_event", "attachments", "delivery", "delivery_text", "is_hidden", "is_history", "is_automatic",
    "problems", "mentions",
)  # fmt: skip


def message_id_of(about: str) -> str:
    return about.partition(":")[2]


def entity_of(about: str) -> tuple[EntityKind | None, str]:
    """The kind and id of ``entity:KIND:ID``; kind None for one that this version does not know."""
    _, kind, entity_id = about.split(":", 2)
    try:
        return EntityKind(kind), entity_id
    except ValueError:
        return None, entity_id


def message_values(event: Event) -> dict[str, Any]:
    """The row of the message that a fact is, before threading and before changes to it."""
    body, text = event.body, event.text
    message_id = message_id_of(event.about)
    home = body.get("ticket") or ticket_id_of(message_id)
    sender_name, sender_address = (*text.get("sender", ()), "", "")[:2]
    attachments = text.get("attachments", ())
    return {
        "id": message_id,
        "ticket": home,
        "home": home,
        "direction": body.get("direction", Direction.IN),
        "kind": QUARANTINE_KIND if event.kind == MAIL_QUARANTINED else body.get("kind", ""),
        "channel": body.get("channel", Channel.MAIL),
        "at_ms": int(body.get("at_ms", event.at_ms)),
        "sent_at_ms": int(text.get("sent_at_ms") or 0),
        "mailbox": body.get("mailbox", ""),
        "agent": event.agent,
        "sender_name": sender_name,
        "sender_address": sender_address,
        "people": _sorted_json(text.get("people", {})),
        "subject": text.get("subject", ""),
        "text": text.get("text", ""),
        "snippet": snippet(text.get("text", "")),
        "language": body.get("language") or "",
        "header_id": text.get("header_id", ""),
        "header_refs": " ".join(text.get("references", ())),
        "participants": " ".join(text.get("participants", ())[:MAX_PARTICIPANTS]),
        "signed_ticket": body.get("signed_ticket", ""),
        "codes": " ".join(text.get("codes", ())),
        "base_subject": text.get("base_subject", ""),
        "conversation": text.get("conversation", ""),
        "is_reply": bool(text.get("is_reply")),
        "coarse_key": body.get("coarse", "") or ("" if event.kind == MESSAGE_WRITTEN else message_id),
        "reason": "started",
        "placed_in": "",
        "raw_blob": body.get("raw", ""),
        "source_event": event.id,
        "attachments": sum(1 for part in attachments if not part[5]),
        "delivery": "",
        "delivery_text": "",
        "is_hidden": False,
        "is_history": bool(body.get("is_history")),
        "is_automatic": bool(body.get("is_automatic")),
        "problems": _sorted_json(text.get("problems", []) or problem_list(body)),
        "mentions": " ".join(str(agent) for agent in body.get("mentions", ())),
    }


def index_words(event: Event, row: Mapping[str, Any]) -> IndexWords:
    """What full-text search keeps of a message; `row` is that of its fact."""
    files = " ".join(part[1] for part in sorted(event.text.get("attachments", ())))
    people = people_text(row["sender_name"], row["sender_address"], row["people"])
    return shadow(row["subject"]), shadow(row["text"]), shadow(people), shadow(files)


def people_text(name: str, address: str, people: str) -> str:
    """The names and addresses of everybody on a message, for the index; `people` is the column's JSON."""
    groups = json.loads(people)
    others = [part for group in sorted(groups) for person in groups[group] for part in person]
    return " ".join([name, address, *others])


def problem_list(body: Mapping[str, Any]) -> list[str]:
    return [str(body["problem"])] if body.get("problem") else []


def snippet(text: str) -> str:
    """The start of a text on one line."""
    return " ".join(text[: 4 * SNIPPET_LENGTH].split())[:SNIPPET_LENGTH]


def with_state(values: dict[str, Any], state: MessageState) -> dict[str, Any]:
    """The row with what has changed about its message since it was written."""
    if state.placed_in:
        values["ticket"] = values["home"] = values["placed_in"] = state.placed_in
    values["delivery"] = str(state.delivery)
    values["delivery_text"] = state.delivery_text
    values["is_hidden"] = state.is_hidden
    return values


def node_of(row: Mapping[str, Any]) -> Node:
    """What threading needs of a row."""
    references = tuple(row["header_refs"].split())
    if len(references) > MAX_REFERENCES:
        references = (references[0], *references[1 - MAX_REFERENCES :])
    is_mail = bool(row["coarse_key"])  # only what came in has one
    is_placed = bool(row["placed_in"])
    return Node(
        message_id=row["id"],
        home=row["home"],
        at_ms=row["at_ms"],
        header_id=row["header_id"],
        references=references,
        sender=row["sender_address"].casefold() if row["direction"] == Direction.IN else "",
        participants=frozenset(row["participants"].split()),
        codes=tuple(row["codes"].split()),
        base_subject=row["base_subject"],
        is_reply=bool(row["is_reply"]),
        signed_ticket=row["signed_ticket"],
        variant_key=row["coarse_key"],
        is_placed=is_placed,
        is_ours=not is_mail,
        origin=ticket_id_of(row["id"]) if is_placed else "",
        sent_at_ms=row["sent_at_ms"],
        conversation=row["conversation"],
    )


def facts_of(row: Mapping[str, Any]) -> MessageFacts:
    """What a ticket's state needs of a row."""
    return MessageFacts(
        id=row["id"],
        at_ms=row["at_ms"],
        direction=Direction(row["direction"]),
        kind=row["kind"],
        sender_name=row["sender_name"],
        sender_address=row["sender_address"],
        subject=row["subject"],
        snippet=row["snippet"],
        mailbox=row["mailbox"],
        channel=Channel(row["channel"]),
        delivery=Delivery(row["delivery"]),
        attachments=row["attachments"],
        agent=row["agent"],
        is_hidden=bool(row["is_hidden"]),
        is_history=bool(row["is_history"]),
        is_automatic=bool(row["is_automatic"]),
    )


TICKET_COLUMNS: Final = (
    "id", "subject", "status", "priority", "assignee", "department", "mailbox", "channel", "requester_name",
    "requester_address", "tags", "escalation_level", "escalation_to", "escalation_reason", "escalation_agent",
    "escalation_at_ms", "created_at_ms", "updated_at_ms", "last_in_ms", "last_out_ms", "waiting_since_ms", "due_ms",
    "snoozed_until_ms", "snippet", "last_author", "message_count", "attachment_count", "has_failed_delivery",
    "is_quarantined", "is_list", "conflicts",
)  # fmt: skip


def ticket_values(state: TicketState) -> dict[str, Any]:
    """The row of a ticket's state."""
    escalation = state.escalation
    values: dict[str, Any] = {
        name: getattr(state, name) for name in TICKET_COLUMNS if not name.startswith("escalation_")
    }
    values |= {
        "status": str(state.status),
        "priority": str(state.priority),
        "channel": str(state.channel),
        "tags": " ".join(state.tags),
        "conflicts": " ".join(state.conflicts),
        "escalation_level": escalation.level if escalation else 0,
        "escalation_to": escalation.to if escalation else "",
        "escalation_reason": escalation.reason if escalation else "",
        "escalation_agent": escalation.agent if escalation else "",
        "escalation_at_ms": escalation.at_ms if escalation else 0,
    }
    return values
