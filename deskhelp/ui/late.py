"""The worker threads before and after they are there: what is asked of them early waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from deskhelp.domain.views import Change
from deskhelp.settings import Profile

if TYPE_CHECKING:
    from deskhelp.services.workers import Workers


class LateWorkers:
    """Stands for `services.workers.Workers`, which is loaded and opened in a thread, from `begin` on.

    `listener` is called in the writing thread with each change.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._is_there = threading.Event()
        self._is_closed = False
        self._trouble: BaseException | None = None
        self.listener: Callable[[Change], None] = lambda change: None
        self.workers: Workers | None = None
        self._is_begun = False

    def begin(self) -> None:
        """Start to load and to open, if that has not begun."""
        if not self._is_begun:
            self._is_begun = True
            threading.Thread(target=self._open, name="opening", daemon=True).start()

    def _open(self) -> None:
        try:
            from deskhelp.services import reading  # noqa: F401  # its loading is part of the work of this thread
            from deskhelp.services.workers import Workers

            workers = Workers(self._profile)
            workers.changed.append(lambda change: self.listener(change))
            workers.open()
            self.workers = workers
        except BaseException as trouble:
            self._trouble = trouble
        finally:
            self._is_there.set()

    async def opened(self) -> Workers:
        """The workers when they are there; raises what opening them raised."""
        if self.workers is None:
            import asyncio  # loaded late: the first rows are painted without it

            await asyncio.get_running_loop().run_in_executor(None, self._is_there.wait)
        if self._trouble is not None:
            raise self._trouble
        assert self.workers is not None
        return self.workers

    async def read(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        return await (await self.opened()).read(fn, *args)

    async def write(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        return await (await self.opened()).write(fn, *args)

    def write_now(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        """As `write`, waiting: for threads that wait for the world."""
        self._is_there.wait()
        if self.workers is None:
            raise RuntimeError("the office is not open")
        return self.workers.write_now(fn, *args)

    def close(self) -> None:
        """Let what runs end, and end the threads; a second time does nothing."""
        if self.workers is not None and not self._is_closed:
            self._is_closed = True
            self.workers.close()
