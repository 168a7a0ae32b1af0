"""The threads that own the replica: one writes, one reads for the window, one for the team, each with a connection of
its own (decision 0004)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, TypeVar

from deskhelp.domain.views import Change
from deskhelp.settings import Profile

from .office import Clock, Office, system_clock

P = ParamSpec("P")
T = TypeVar("T")


class _Owner:
    """A single thread with an office of its own; calls run in order."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._office: Office | None = None
        self._is_over = False

    def open(self, profile: Profile, clock: Clock, *, readonly: bool, listener: Callable[[Change], None]) -> None:
        """Open the office in its thread; raises what opening raises."""
        self._pool.submit(self._open, profile, clock, readonly, listener).result()

    def _open(self, profile: Profile, clock: Clock, readonly: bool, listener: Callable[[Change], None]) -> None:
        self._office = Office.open(profile, clock=clock, readonly=readonly)
        self._office.listeners.append(listener)

    def ask(self, profile: Profile, clock: Clock, fn: Callable[..., T], args: tuple[Any, ...]) -> T:
        """As `call`, for what only looks: opened by who asks first, and all that is seen is of one moment."""
        return self._pool.submit(self._ask, profile, clock, fn, args).result()

    def _ask(self, profile: Profile, clock: Clock, fn: Callable[..., T], args: tuple[Any, ...]) -> T:
        if self._office is None and not self._is_over:
            self._office = Office.open(profile, clock=clock, readonly=True)
        if self._office is None:
            raise RuntimeError("the office is closed")
        with self._office.replica.moment():
            return fn(self._office, *args)

    def submit(self, fn: Callable[..., T], *args: Any) -> asyncio.Future[T]:
        return asyncio.wrap_future(self._pool.submit(self._call, fn, args))

    def call(self, fn: Callable[..., T], *args: Any) -> T:
        """Run and wait; for callers that are threads themselves."""
        return self._pool.submit(self._call, fn, args).result()

    def _call(self, fn: Callable[..., T], args: tuple[Any, ...]) -> T:
        if self._office is None:
            raise RuntimeError("the office is closed")
        return fn(self._office, *args)

    def close(self) -> None:
        self._pool.submit(self._close).result()
        self._pool.shutdown()

    def _close(self) -> None:
        self._is_over = True
        if self._office is not None:
            self._office.close()
            self._office = None


class Workers:
    """The writing and the reading thread of one profile. `changed` is called in the writing thread."""

    def __init__(self, profile: Profile, *, clock: Clock = system_clock) -> None:
        self.profile = profile
        self.clock = clock
        self.changed: list[Callable[[Change], None]] = []
        self._writer, self._reader = _Owner("replica-writer"), _Owner("replica-reader")
        self._for_team = _Owner("replica-team")

    def open(self) -> None:
        """Open both connections; DeskTrouble if the replica cannot be opened."""
        try:
            self._writer.open(self.profile, self.clock, readonly=False, listener=self._announce)
            self._reader.open(self.profile, self.clock, readonly=True, listener=self._announce)
        except BaseException:
            self.close()
            raise

    def _announce(self, change: Change) -> None:
        for listener in self.changed:
            listener(change)

    async def write(self, fn: Callable[Concatenate[Office, P], T], /, *args: P.args, **_kwargs: P.kwargs) -> T:
        """``fn(office, *args)`` in the writing thread."""
        return await self._writer.submit(fn, *args)

    async def read(self, fn: Callable[Concatenate[Office, P], T], /, *args: P.args, **_kwargs: P.kwargs) -> T:
        """``fn(office, *args)`` in the reading thread, which cannot change anything."""
        return await self._reader.submit(fn, *args)

    def write_now(self, fn: Callable[..., T], *args: Any) -> T:
        """As `write`, waiting: for the threads that fetch and send mail."""
        return self._writer.call(fn, *args)

    def ask_now(self, fn: Callable[..., T], *args: Any) -> T:
        """As `read_now`, for the exchange with the team: it waits for no change and keeps no window waiting."""
        return self._for_team.ask(self.profile, self.clock, fn, args)

    def read_now(self, fn: Callable[..., T], *args: Any) -> T:
        return self._reader.call(fn, *args)

    def close(self) -> None:
        """Let what runs end, close the connections, end the threads."""
        self._for_team.close()
        self._reader.close()
        self._writer.close()
