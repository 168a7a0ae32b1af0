"""An opened profile: the replica, the settings, the clock, and who is working here."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from deskhelp.db.entities import all_entities
from deskhelp.db.replica import Replica
from deskhelp.domain.entities import Agent, EntityKind, Mailbox
from deskhelp.domain.views import Change
from deskhelp.settings import Profile, Settings, load_settings

Clock = Callable[[], int]
Listener = Callable[[Change], None]


def system_clock() -> int:
    """Now, UTC, in milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(slots=True)
class Office:
    """What every use case needs. Belongs, with its replica, to one thread at a time; `now` gives UTC milliseconds."""

    profile: Profile
    settings: Settings
    replica: Replica
    now: Clock = system_clock
    listeners: list[Listener] = field(default_factory=list)

    @classmethod
    def open(cls, profile: Profile, *, clock: Clock = system_clock, readonly: bool = False) -> Office:
        """Open a profile's replica, creating or migrating it; raises DeskTrouble."""
        return cls(profile, load_settings(profile), Replica.open(profile.database, readonly=readonly), clock)

    def close(self) -> None:
        self.replica.close()

    def __enter__(self) -> Office:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def announce(self, change: Change) -> Change:
        """Tell all listeners what changed, as soon as they can read it."""
        if change:
            self.replica.when_written(lambda: self._tell(change))
        return change

    def _tell(self, change: Change) -> None:
        for listener in self.listeners:
            listener(change)

    # -- who and what is here ----------------------------------------------------------------

    @property
    def agent_id(self) -> str:
        """The agent who works at this installation, "" before anybody has said so."""
        return self.replica.meta("agent")

    @property
    def agent(self) -> Agent:
        """The current agent; a nameless one where nobody has been chosen yet."""
        chosen = self.agent_id
        agents = {agent.id: agent for agent in all_entities(self.replica, EntityKind.AGENT)}
        found = agents.get(chosen)
        return found if isinstance(found, Agent) else Agent("")

    @property
    def mailboxes(self) -> tuple[Mailbox, ...]:
        found = all_entities(self.replica, EntityKind.MAILBOX)
        return tuple(box for box in found if isinstance(box, Mailbox) and not box.is_deleted)

    @property
    def own_addresses(self) -> frozenset[str]:
        """All addresses under which the desk itself writes and is written to, casefolded."""
        found = set()
        for box in self.mailboxes:
            found.add(box.address.strip().casefold())
            found |= {alias.strip().casefold() for alias in box.aliases.split(",") if alias.strip()}
        return frozenset(found)

    @property
    def agents_addresses(self) -> frozenset[str]:
        """The addresses of those who work at the desk, casefolded."""
        agents = (e for e in all_entities(self.replica, EntityKind.AGENT) if isinstance(e, Agent) and not e.is_deleted)
        return frozenset(agent.address.strip().casefold() for agent in agents if agent.address.strip())

    def attachments_dir(self) -> Path:
        return self.profile.attachments_dir
