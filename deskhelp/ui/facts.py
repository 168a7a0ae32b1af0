"""What the window knows of the office by heart: its people, tags, departments, replies, mailboxes and saved views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from deskhelp.domain.entities import Agent, CannedReply, Department, Mailbox, SenderRule, Tag, View


@dataclass(frozen=True)
class Facts:
    """Entities as they were last read, deleted ones included (old tickets still name them)."""

    me: Agent | None = None
    agents: tuple[Agent, ...] = ()
    tags: tuple[Tag, ...] = ()
    departments: tuple[Department, ...] = ()
    canned: tuple[CannedReply, ...] = ()
    mailboxes: tuple[Mailbox, ...] = ()
    views: tuple[View, ...] = field(default=())
    senders: tuple[SenderRule, ...] = ()

    @cached_property
    def _agents(self) -> Mapping[str, Agent]:
        return {agent.id: agent for agent in self.agents}

    @cached_property
    def _tags(self) -> Mapping[str, Tag]:
        return {tag.id: tag for tag in self.tags}

    def agent(self, agent_id: str) -> Agent | None:
        return self._agents.get(agent_id)

    def agent_called(self, name: str) -> Agent | None:
        """The colleague of that name: a mail of the Sent folder says no more about who of us wrote it."""
        return next((agent for agent in self._agents.values() if name and agent.name == name), None)

    def agent_name(self, agent_id: str) -> str:
        """A colleague's name; empty for nobody and for strangers."""
        agent = self._agents.get(agent_id)
        return (agent.name or agent.address) if agent else ""

    def agent_names(self, agent_ids: Iterable[str]) -> list[str]:
        """The names of some colleagues, each once, by the alphabet; without strangers."""
        return sorted({name for name in map(self.agent_name, agent_ids) if name}, key=str.casefold)

    def tag(self, tag_id: str) -> Tag | None:
        return self._tags.get(tag_id)

    def shown_tags(self, tag_ids: tuple[str, ...]) -> list[Tag]:
        """The tags of a ticket that still exist, by name."""
        found = (self._tags.get(tag_id) for tag_id in tag_ids)
        return sorted((tag for tag in found if tag and not tag.is_deleted), key=lambda tag: tag.name.casefold())

    def department_name(self, department_id: str) -> str:
        return next((d.name for d in self.departments if d.id == department_id), "")

    def mailbox(self, mailbox_id: str) -> Mailbox | None:
        return next((m for m in self.mailboxes if m.id == mailbox_id), None)

    @property
    def live_tags(self) -> list[Tag]:
        return sorted((tag for tag in self.tags if not tag.is_deleted), key=lambda tag: tag.name.casefold())

    @property
    def live_agents(self) -> list[Agent]:
        return sorted((a for a in self.agents if not a.is_deleted), key=lambda agent: agent.name.casefold())

    @property
    def live_departments(self) -> list[Department]:
        return sorted((d for d in self.departments if not d.is_deleted), key=lambda item: item.name.casefold())

    @property
    def live_mailboxes(self) -> list[Mailbox]:
        return [mailbox for mailbox in self.mailboxes if not mailbox.is_deleted]

    @property
    def live_views(self) -> list[View]:
        return sorted((view for view in self.views if not view.is_deleted), key=lambda view: view.name.casefold())


NO_FACTS = Facts()
