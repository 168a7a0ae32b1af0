"""The connection test off the window's thread: its steps come one by one, as they are done."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from deskhelp.domain.errors import DeskTrouble

_END = object()


async def probe_steps(start: Callable[..., Iterator[Any]], *args: Any) -> AsyncIterator[Any]:
    """The steps that ``start(*args)`` yields in a thread of its own; raises the DeskTrouble it raises."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[Any] = asyncio.Queue()

    def tell(item: Any) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(queue.put_nowait, item)

    def work() -> None:
        try:
            for step in start(*args):
                tell(step)
        except DeskTrouble as trouble:
            tell(trouble)
        finally:
            tell(_END)

    threading.Thread(target=work, name="connection test", daemon=True).start()
    while (item := await queue.get()) is not _END:
        if isinstance(item, DeskTrouble):
            raise item
        yield item
