"""Reads of the window, each run in the reading thread. The services are imported there, at the first use: the window
must be painted before anything that speaks to databases or reads mail is loaded."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from deskhelp.domain.entities import Agent, CannedReply, Department, EntityKind, Mailbox, SenderRule, Tag, View
from deskhelp.domain.views import Page, TicketSummary
from deskhelp.ui.facts import Facts

if TYPE_CHECKING:
    from deskhelp.domain.conversation import AttachmentView, MessageView
    from deskhelp.services.listing import Asked
    from deskhelp.services.office import Office
    from deskhelp.services.shown import Opened, ShownBody


def now_ms() -> int:
    """Now, UTC, in milliseconds."""
    return time.time_ns() // 1_000_000


def tickets(office: Asked, text: str, after: tuple[int, str] | None, limit: int, sort: str) -> Page:
    from deskhelp.services import listing

    return listing.tickets(office, text, after, limit, sort)


def tickets_among(office: Asked, text: str, wanted: Sequence[str], sort: str) -> tuple[TicketSummary, ...]:
    from deskhelp.services import listing

    return listing.tickets_among(office, text, wanted, sort)


def counts(office: Asked, queries: Mapping[str, str]) -> dict[str, int]:
    from deskhelp.services import listing

    return listing.counts(office, queries)


def facts(office: Asked) -> Facts:
    """All entities, and who works here."""
    from deskhelp.services import listing

    found = listing.entities(office)
    agents = [entity for entity in found[EntityKind.AGENT] if isinstance(entity, Agent)]
    return Facts(
        me=next((agent for agent in agents if agent.id == office.agent_id and not agent.is_deleted), None),
        agents=tuple(agents),
        tags=tuple(entity for entity in found[EntityKind.TAG] if isinstance(entity, Tag)),
        departments=tuple(entity for entity in found[EntityKind.DEPARTMENT] if isinstance(entity, Department)),
        canned=tuple(entity for entity in found[EntityKind.CANNED] if isinstance(entity, CannedReply)),
        mailboxes=tuple(entity for entity in found[EntityKind.MAILBOX] if isinstance(entity, Mailbox)),
        views=tuple(entity for entity in found[EntityKind.VIEW] if isinstance(entity, View)),
        senders=tuple(entity for entity in found[EntityKind.SENDER] if isinstance(entity, SenderRule)),
    )


def opened(office: Office, reference: str) -> Opened:
    from deskhelp.services import reading

    return reading.opened(office, reference)


def load_reader(office: Office) -> None:
    from deskhelp.services import reading

    reading.load_reader()


def bodies(office: Office, messages: Sequence[MessageView]) -> Mapping[str, ShownBody]:
    from deskhelp.services import reading

    return reading.bodies(office, messages)


def attachment(office: Office, view: AttachmentView) -> bytes:
    from deskhelp.services import reading

    return reading.attachment(office, view)


def source(office: Office, message_id: str) -> str:
    from deskhelp.services import reading

    return reading.source(office, message_id)


def browser_page(office: Office, message_id: str, shows_network: bool) -> str:
    from deskhelp.services.browser_page import browser_page

    return browser_page(office, message_id, shows_network=shows_network)
