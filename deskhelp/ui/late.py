"""The worker threads before and after they are there: what is asked of them early waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from deskhelp.domain.views import Change
from deskhelp.settings import Profile

if TYPE_CHECKING:
    from deskhelp.services.workers import Workers


class LateWorkers:
    """Stands for `services.workers.Workers`, whose import takes longer than painting the window."""

    def __init__(self) -> None:
        self._opened: asyncio.Event = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.workers: Workers | None = None

    def open(self, profile: Profile, announced: Callable[[Change], None]) -> None:
        """Import and open; called in a thread. Raises DeskTrouble."""
        from deskhelp.services import reading  # noqa: F401  # its import is part of the work of this thread
        from deskhelp.services.workers import Workers

        workers = Workers(profile)
        workers.changed.append(announced)
        workers.open()
        self.workers = workers
        self._loop.call_soon_threadsafe(self._opened.set)

    async def read(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        return await (await self._there()).read(fn, *args)

    async def write(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        return await (await self._there()).write(fn, *args)

    async def _there(self) -> Workers:
        if self.workers is None:
            await self._opened.wait()
        assert self.workers is not None
        return self.workers

    def close(self) -> None:
        """Let what runs end, and end the threads."""
        if self.workers is not None:
            self.workers.close()
