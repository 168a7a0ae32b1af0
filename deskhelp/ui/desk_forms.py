"""What dialogs filled in, as the services take it; run in the writing thread."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from deskhelp.domain.entities import Agent, View

if TYPE_CHECKING:
    from deskhelp.services.desk import Done
    from deskhelp.services.office import Office
    from deskhelp.ui.dialogs.new_ticket import NewTicketForm


def new_ticket(office: Office, form: NewTicketForm) -> Done:
    from deskhelp.services import sending

    wanted = sending.NewTicket(
        channel=form.channel,
        requester=form.requester,
        subject=form.subject,
        text=form.text,
        priority=form.priority,
        assignee=office.agent_id if form.assign_to_me else "",
    )
    return sending.new_ticket(office, wanted)


def save_view(office: Office, name: str, query: str) -> None:
    """Keep a search in the sidebar."""
    from deskhelp.services import catalog

    catalog.save(office, View(secrets.token_hex(16), name, query))


def introduce(office: Office, name: str) -> None:
    """Say who works here; a new agent unless there is one of this name."""
    from deskhelp.services import catalog

    known = [agent for agent in catalog.agents(office) if agent.name.casefold() == name.casefold()]
    agent = known[0] if known else Agent(secrets.token_hex(16), name)
    if not known:
        catalog.save(office, agent)
    catalog.set_agent(office, agent.id)
