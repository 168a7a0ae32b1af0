"""Hints to the agent about one ticket, and the agent's "no" to them, which the whole team remembers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from deskhelp.db import details
from deskhelp.domain.conversation import TicketDetail
from deskhelp.domain.events import about_ticket
from deskhelp.domain.hints import Hint, HintKind, hints
from deskhelp.domain.views import TicketSummary

from . import desk
from .desk import Done, Step, Undo
from .office import Office

REFUSED: Final = "refused_hints"


def hints_of(office: Office, detail: TicketDetail, others: Iterable[TicketSummary] | None = None) -> tuple[Hint, ...]:
    """What to ask the agent about a ticket; `others` are its customer's other tickets, read if they are not given."""
    if others is None:
        others = details.other_tickets(office.replica, detail.summary)
    refused = office.replica.fields(about_ticket(detail.summary.id)).items(REFUSED)
    return hints(detail.summary, detail.messages, others, frozenset(refused))


def follow(office: Office, ticket: str, hint: Hint) -> Done:
    """Do what a hint says: the younger ticket goes into the older, or the new matter becomes a ticket."""
    if hint.kind is HintKind.NEW_MATTER:
        return desk.split(office, hint.messages)
    mine, other = (details.ticket_detail(office.replica, one).summary for one in (ticket, hint.about))
    younger, older = sorted((mine, other), key=lambda one: one.created_at_ms, reverse=True)
    return desk.merge(office, [younger.id], older.id)


def refuse(office: Office, ticket: str, hint: Hint) -> Done:
    """It is not so: never ask this again, of neither ticket."""
    pairs = [(ticket, hint.about)]
    if hint.kind is HintKind.SAME_MATTER:
        pairs.append((hint.about, ticket))
    now, agent = office.now(), office.agent_id
    drafts, steps = [], []
    for one, item in pairs:
        about = about_ticket(one)
        drafts.append(office.replica.add_draft(about, REFUSED, item, at_ms=now, agent=agent))
        steps.append(Step(about, item, False, True, in_set=REFUSED))
    change = office.announce(office.replica.append(drafts))
    return Done(change, "refuse_hint", (ticket,), Undo(tuple(steps)))
