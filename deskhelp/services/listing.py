"""Lists, counts and entities for the window: asked of an opened office, or at a glance before there is one."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from deskhelp.db import lists
from deskhelp.db.asking import Readable
from deskhelp.db.entities import all_entities
from deskhelp.db.glance import glance
from deskhelp.domain.entities import Entity, EntityKind
from deskhelp.domain.query import parse_query
from deskhelp.domain.views import Page, TicketSummary
from deskhelp.settings import Profile


class Asked(Protocol):
    """Who is asked: an `office.Office`, or a `Glimpse` of it."""

    @property
    def replica(self) -> Readable: ...

    @property
    def agent_id(self) -> str: ...

    def now(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Glimpse:
    """An office seen through SQLite alone."""

    replica: Readable
    agent_id: str

    def now(self) -> int:
        """Now, UTC, in milliseconds."""
        return time.time_ns() // 1_000_000


def look(profile: Profile, show: Callable[[Glimpse], None]) -> None:
    """Let `show` see what can be read of a profile before its office is open; where nothing can, it is not called.

    What goes wrong on the way ends the look: opening the office tells what it is.
    """
    with contextlib.suppress(sqlite3.Error), glance(profile.database) as replica:
        if replica is not None:
            show(Glimpse(replica, replica.meta("agent")))


def tickets(office: Asked, text: str, after: tuple[int, str] | None, limit: int, sort: str) -> Page:
    """A page of the tickets that a search text finds, for the agent who works here."""
    return lists.list_tickets(
        office.replica,
        parse_query(text),
        agent=office.agent_id,
        now_ms=office.now(),
        after=after,
        limit=limit,
        sort=sort,
    )


def tickets_among(office: Asked, text: str, wanted: Sequence[str], sort: str) -> tuple[TicketSummary, ...]:
    """Those of the wanted tickets that a search text finds."""
    return lists.tickets_among(
        office.replica, parse_query(text), wanted, agent=office.agent_id, now_ms=office.now(), sort=sort
    )


def counts(office: Asked, queries: Mapping[str, str]) -> dict[str, int]:
    """How many tickets each search text finds."""
    parsed = {key: parse_query(text) for key, text in queries.items()}
    return lists.count_tickets(office.replica, parsed, agent=office.agent_id, now_ms=office.now())


def entities(office: Asked) -> dict[EntityKind, tuple[Entity, ...]]:
    """Everything the office has set up, deleted ones included."""
    return {kind: all_entities(office.replica, kind) for kind in EntityKind}
