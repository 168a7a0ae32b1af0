"""Events: the append-only truth of which every table is a fold.

Seven kinds suffice. Two are *facts*, which only add up: ``mail_received`` and ``message_written``. Three carry
changes of *fields* (registers) and *sets*: ``field_set``, ``item_added``, ``item_removed``; they are the same for
tickets, messages and entities (agents, tags, canned replies, ...), told apart by `Event.about`. ``mail_quarantined``
is the fact that bytes came in which nobody could read. ``erased`` says that what it is about has no text any more
(`erasure`).

Everything personal (names, addresses, subjects, texts) stands in `Event.text`, which a replica keeps in a blob that
the event only names, so that a person's data can leave an append-only log (decision 0003).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MAIL_RECEIVED: Final = "mail_received"
MAIL_QUARANTINED: Final = "mail_quarantined"
MESSAGE_WRITTEN: Final = "message_written"
FIELD_SET: Final = "field_set"
ITEM_ADDED: Final = "item_added"
ITEM_REMOVED: Final = "item_removed"
ERASED: Final = "erased"

KNOWN_KINDS: Final = frozenset(
    {
        MAIL_RECEIVED,
        MAIL_QUARANTINED,
        MESSAGE_WRITTEN,
        FIELD_SET,
        ITEM_ADDED,
        ITEM_REMOVED,
        ERASED,
    }
)
FACT_KINDS: Final = (MAIL_RECEIVED, MAIL_QUARANTINED, MESSAGE_WRITTEN)
REGISTER_KINDS: Final = (FIELD_SET, ITEM_ADDED, ITEM_REMOVED)
EVENT_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Event:
    """One change.

    `id` is derived from the inputs for derived facts (every client that reads a mail writes the same event) and from
    (replica, sequence number) for what a person did. `at_ms` is UTC, by the author's clock. `about` is
    ``ticket:ID``, ``message:ID`` or ``entity:TYPE:ID``. `body` is structure, `text` is what must be erasable.
    """

    id: str
    kind: str
    about: str
    at_ms: int
    agent: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    text: Mapping[str, Any] = field(default_factory=dict)
    version: int = EVENT_VERSION

    @property
    def is_understood(self) -> bool:
        """False for what a newer program wrote, or nobody should have: kept and passed on, not applied."""
        return self.kind in KNOWN_KINDS and self.version <= EVENT_VERSION and _is_well_formed(self)


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event before it has its place in the log; `id` is empty for what a person did: the place gives it."""

    kind: str
    about: str
    at_ms: int
    agent: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    text: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""
    version: int = EVENT_VERSION

    def event(self, event_id: str = "") -> Event:
        """The event that it becomes, under its own id or the one that its place gives."""
        name = event_id or self.id
        return Event(name, self.kind, self.about, self.at_ms, self.agent, self.body, self.text, self.version)


def _is_well_formed(event: Event) -> bool:
    """Whether an event has what its kind needs; one that has not must not stop the fold of the others."""
    place, _, name = event.about.partition(":")
    body = event.body
    if event.kind in FACT_KINDS:
        return place == "message" and bool(name)
    if place not in ("ticket", "message", "entity") or not name or (place == "entity") != (":" in name):
        return False
    if event.kind == ERASED:
        return True
    if event.kind == FIELD_SET:
        return isinstance(body.get("field"), str) and isinstance(body.get("version", 1), int)
    if event.kind == ITEM_REMOVED:
        return isinstance(body.get("adds"), list | tuple)
    return isinstance(body.get("set"), str) and isinstance(event.text.get("item", body.get("item")), str)


def about_ticket(ticket_id: str) -> str:
    return f"ticket:{ticket_id}"


def about_message(message_id: str) -> str:
    return f"message:{message_id}"


def about_entity(entity_type: str, entity_id: str) -> str:
    return f"entity:{entity_type}:{entity_id}"


_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_json(value: object) -> str:
    """The one JSON text of a value: sorted keys, no spaces, no escapes; what digests are made of."""
    return _CANONICAL.encode(value)
