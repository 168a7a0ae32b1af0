"""The window's tasks: named, kept while they run, their troubles told, ended in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from deskhelp.domain.errors import DeskTrouble

_log = logging.getLogger(__name__)


def _is_loop_running() -> bool:
    """False after the loop's end, when a timer of a window that is going away may still fire."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _is_of_closed_window(error: Exception) -> bool:
    """Whether something touched a widget that Qt has deleted; shiboken has no class of its own for it."""
    return isinstance(error, RuntimeError) and "already deleted" in str(error)


class Tasks:
    """Of one window's loop. `tell` is called with each `DeskTrouble` in which a task ends."""

    def __init__(self, tell: Callable[[DeskTrouble], None]) -> None:
        self._tell = tell
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_closing = False

    def run(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        """Start a coroutine from a slot: it is named, kept until it ends, and its trouble is told."""
        if self._is_closing or not _is_loop_running():
            work.close()
            return
        task = asyncio.get_running_loop().create_task(self._guarded(work), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _task: work.close())  # one cancelled before its first step was never begun

    async def _guarded(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        except DeskTrouble as trouble:
            self._tell(trouble)
        except Exception as error:
            if _is_of_closed_window(error):
                return  # what asked was closed before the answer came: it concerns nobody any more
            _log.exception("a task of the window failed")
            self._tell(
                DeskTrouble(
                    "Something went wrong inside DeskHelp.",
                    advice="Your data is safe; try again. The details are in the log.",
                    detail=f"{type(error).__name__}: {error}",
                )
            )

    @property
    def is_busy(self) -> bool:
        return bool(self._tasks)

    async def settle(self) -> None:
        """Wait until nothing runs (what is started meanwhile included)."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self, patience_s: float = 2.0) -> None:
        """Take no more work, let what runs end, and cancel what does not within `patience_s` seconds."""
        self._is_closing = True
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=patience_s)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=0.2)
