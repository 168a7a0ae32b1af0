"""What colleagues did that concerns me: gave me a ticket, escalated one to me, or named me in a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from deskhelp.db import details
from deskhelp.db.log import read_events
from deskhelp.db.summaries import summary_of
from deskhelp.domain.codes import ticket_code
from deskhelp.domain.errors import NotFound
from deskhelp.domain.events import FIELD_SET, MESSAGE_WRITTEN, Event
from deskhelp.domain.status import Status

from .office import Office

ASSIGNED: Final = "assigned"
ESCALATED: Final = "escalated"
MENTIONED: Final = "mentioned"
_QUERY: Final = (
    "n > ? AND agent NOT IN ('', ?) AND (kind = ? AND body LIKE '%mentions%' OR kind = ? AND "
    "(body LIKE '%\"assignee\"%' OR body LIKE '%\"escalation\"%'))"
)


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that a colleague (`agent`) did; `what` is assigned, escalated or mentioned, `text` the note."""

    what: str
    ticket: str
    code: str
    agent: str
    subject: str
    text: str = ""


def last_event(office: Office) -> int:
    """The place of the newest event here."""
    return int(office.replica.database.execute_sql("SELECT COALESCE(MAX(n), 0) FROM event").fetchone()[0])


def concerns(office: Office, after: int) -> tuple[list[Concern], int]:
    """What came in after an event's place and still holds, and the place of the newest event."""
    me, last = office.agent_id, last_event(office)
    if not me or last <= after:
        return [], last
    events = read_events(office.replica.database, _QUERY, (after, me, MESSAGE_WRITTEN, FIELD_SET))
    found = {(concern.what, concern.ticket): concern for event in events if (concern := _concern(office, event, me))}
    return list(found.values()), last


def _concern(office: Office, event: Event, me: str) -> Concern | None:
    if event.kind == MESSAGE_WRITTEN:
        ticket = str(event.body.get("ticket", ""))
        return _made(office, MENTIONED, ticket, event) if me in event.body.get("mentions", ()) else None
    place, _, ticket = event.about.partition(":")
    if place != "ticket":
        return None
    field, value = event.body.get("field"), event.text.get("value", event.body.get("value"))
    if field == "assignee" and value == me:
        found = _made(office, ASSIGNED, ticket, event)
        return found if found is not None and _assignee(office, found.ticket) == me else None
    if field == "escalation" and _goes_to(value) == office.agent.name != "":
        return _made(office, ESCALATED, ticket, event)
    return None


def _goes_to(escalation: Any) -> str:
    return str(escalation.get("to", "")) if isinstance(escalation, dict) else ""


def _assignee(office: Office, ticket: str) -> str:
    summary = summary_of(office.replica, ticket)
    return summary.assignee if summary is not None else ""


def _made(office: Office, what: str, ticket: str, event: Event) -> Concern | None:
    """None for a ticket that is not here, or is spam."""
    try:
        canonical = details.resolve_ticket(office.replica, ticket)
    except NotFound:
        return None
    summary = summary_of(office.replica, canonical)
    if summary is None or summary.status is Status.SPAM:
        return None
    text = " ".join(str(event.text.get("text", "")).split())[:200] if what == MENTIONED else ""
    return Concern(what, canonical, ticket_code(canonical), event.agent, summary.subject, text)
