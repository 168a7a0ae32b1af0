"""Where two people set a field of a ticket without knowing of each other: who else set what, and settling it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from deskhelp.db.asking import chunks, marks
from deskhelp.domain.events import about_ticket

from . import desk
from .desk import Done
from .office import Office
from .shown import Rival

ASKED_ABOUT: Final = ("status", "assignee", "priority", "department", "due_ms", "subject", "escalation")


def rivals_of(office: Office, ticket: str) -> tuple[Rival, ...]:
    """What others set at the same time and what does not count now, by field; the latest first."""
    found = [
        Rival(name, other.value, other.agent, other.at_ms, other.id)
        for name, register in office.replica.fields(about_ticket(ticket)).registers.items()
        if name in ASKED_ABOUT and register.is_contested
        for other in register.others
        if other.value != register.value
    ]
    return tuple(sorted(found, key=lambda rival: (-rival.at_ms, rival.event)))


def take(office: Office, ticket: str, rival: Rival) -> Done:
    """Let the other value count."""
    return desk.set_field(office, [ticket], rival.field, rival.value)


def keep(office: Office, ticket: str, rival: Rival) -> Done:
    """Stay with the value that counts, knowing of the other one."""
    return desk.set_field(office, [ticket], rival.field, _value(office, ticket, rival.field))


def _value(office: Office, ticket: str, field: str) -> Any:
    return office.replica.fields(about_ticket(ticket)).get(field)


def lost_claims(office: Office, tickets: Collection[str]) -> dict[str, tuple[str, str]]:
    """Those of some tickets that I took while somebody else had: my write that does not count, and who has it."""
    found = {}
    for ticket in _contested(office, tickets):
        for rival in rivals_of(office, ticket):
            owner = _value(office, ticket, rival.field) if rival.field == "assignee" else ""
            if owner and rival.value == rival.agent == office.agent_id:
                found[ticket] = (rival.event, str(owner))
    return found


def _contested(office: Office, tickets: Collection[str]) -> list[str]:
    found: list[str] = []
    for part in chunks(tickets):
        query = f"SELECT id FROM ticket WHERE conflicts LIKE '%assignee%' AND id IN ({marks(part)})"
        found += (name for (name,) in office.replica.database.execute_sql(query, part))
    return found
