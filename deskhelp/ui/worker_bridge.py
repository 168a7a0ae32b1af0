"""Between the window and the services: reads and writes off the window's thread, one signal for what changed."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from deskhelp.domain.entities import Agent, CannedReply, Department, Mailbox, Tag, View
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.presence import Presence
from deskhelp.domain.views import Change
from deskhelp.settings import Profile, Settings
from deskhelp.ui import i18n, words
from deskhelp.ui.facts import NO_FACTS, Facts

if TYPE_CHECKING:
    from deskhelp.services.team_link import TeamHealth
    from deskhelp.ui.tasks import Tasks

T = TypeVar("T")


class WorkersLike(Protocol):
    """What the bridge needs of `services.workers.Workers`: functions run in the threads that own the replica."""

    async def read(self, fn: Callable[..., Any], /, *args: Any) -> Any: ...

    async def write(self, fn: Callable[..., Any], /, *args: Any) -> Any: ...

    def write_now(self, fn: Callable[..., Any], /, *args: Any) -> Any: ...


class DeskBridge(QObject):
    """The window's side of the desk.

    `read` and `write` call ``fn(office, *args)`` in the thread that owns the replica. Entities are cached as frozen
    values in `facts` and read again when a change names them; `facts_changed` comes after.
    """

    changed = Signal(object)
    """A `Change`: which tickets, entities and kinds of thing."""
    facts_changed = Signal()
    trouble = Signal(object)
    """A `DeskTrouble`, for the bar at the top of the window."""
    done = Signal(object)
    """A `Done`, for the toast that offers to undo it."""
    settings_changed = Signal(object)
    team_changed = Signal()
    """`team` is another: how the exchange with the colleagues stands."""
    present_changed = Signal()
    """Colleagues came to tickets or left them: `present` is another."""
    whereabouts = Signal(object)
    """Where the agent of this window is from now on, a `Presence`: for the colleagues."""
    look_wanted = Signal()
    """Look for mail and for the team now."""
    restore_wanted = Signal()
    """A backup was made ready: close, put it in place, open again."""

    def __init__(
        self, workers: WorkersLike, profile: Profile, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.workers = workers
        self.profile = profile
        self.settings = settings
        self.facts: Facts = NO_FACTS
        self.tasks: Tasks | None = None
        self.team: TeamHealth | None = None

    # -- facts -------------------------------------------------------------------------------

    @property
    def me(self) -> Agent | None:
        """Who works here; None before the first run's questions are answered."""
        return self.facts.me

    @property
    def agents(self) -> tuple[Agent, ...]:
        return self.facts.agents

    @property
    def tags(self) -> tuple[Tag, ...]:
        return self.facts.tags

    @property
    def departments(self) -> tuple[Department, ...]:
        return self.facts.departments

    @property
    def canned(self) -> tuple[CannedReply, ...]:
        return self.facts.canned

    @property
    def mailboxes(self) -> tuple[Mailbox, ...]:
        return self.facts.mailboxes

    @property
    def views(self) -> tuple[View, ...]:
        return self.facts.views

    def set_facts(self, facts: Facts) -> None:
        if facts != self.facts:
            self.facts = facts
            self.facts_changed.emit()

    def set_team(self, team: TeamHealth | None) -> None:
        if team == self.team:
            return
        before, self.team = self.present, team
        self.team_changed.emit()
        if self.present != before:
            self.present_changed.emit()

    @property
    def present(self) -> frozenset[Presence]:
        """Where the colleagues are just now."""
        found = self.team.present if self.team is not None else ()
        return frozenset(one for one in found if self.me is None or one.agent != self.me.id)

    def said_of(self, ticket: str) -> tuple[str, bool]:
        """Which colleagues are at a ticket, in words ("" for none), and whether they answer it."""
        if self.team is None or not self.team.present:
            return "", False
        answering = self.facts.agent_names(one.agent for one in self.present if one.answers == ticket)
        looking = self.facts.agent_names(one.agent for one in self.present if one.looks_at == ticket)
        return words.presence(answering or looking, is_answering=bool(answering)), bool(answering)

    def set_settings(self, settings: Settings) -> None:
        if settings != self.settings:
            self.settings = settings
            self.settings_changed.emit(settings)

    # -- work --------------------------------------------------------------------------------

    async def read(self, fn: Callable[..., T], *args: Any) -> T:
        """What ``fn(office, *args)`` answers, asked in the reading thread."""
        answer: T = await self.workers.read(fn, *args)
        return answer

    async def write(self, fn: Callable[..., T], *args: Any) -> T:
        """Do ``fn(office, *args)`` in the writing thread; what it changed is announced by the office."""
        answer: T = await self.workers.write(fn, *args)
        return answer

    async def beside(self, fn: Callable[..., T], *args: Any) -> T:
        """``fn(call, *args)`` in a thread of its own, for what waits for a network or a share.

        ``call(fn, *args)`` is ``fn(office, *args)`` in the writing thread.
        """
        import asyncio  # loaded late: the first rows are painted without it

        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, fn, self.workers.write_now, *args)

    def act(self, fn: Callable[..., Any], *args: Any, name: str = "act") -> None:
        """Do a desk action from a slot; its `Done` goes to the toast."""
        self.run(self._act(fn, *args), name)

    async def _act(self, fn: Callable[..., Any], *args: Any) -> None:
        self.done.emit(await self.write(fn, *args))

    def run(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        """Start a coroutine from a slot: it is named, kept until it ends, and its trouble is told.

        Before the loop runs and after its end nothing is begun.
        """
        if self.tasks is None:
            work.close()
        else:
            self.tasks.run(work, name)

    @property
    def is_busy(self) -> bool:
        return self.tasks is not None and self.tasks.is_busy

    async def settle(self) -> None:
        """Wait until nothing runs (what is started meanwhile included)."""
        if self.tasks is not None:
            await self.tasks.settle()

    def say(self, trouble: DeskTrouble) -> str:
        """A trouble in the window's language."""
        return i18n.say(trouble)

    def announce(self, change: Change) -> None:
        """Tell the views what changed; called in the window's thread."""
        if change:
            self.changed.emit(change)
