"""A proxy that misbehaves on demand: delays, cuts after so many bytes, goes silent; of TCP, or of what TLS carries."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal

Direction = Literal["up", "down"]  # up: client to server, down: server to client


@dataclass
class Plan:
    """What happens to the bytes that pass; counts are of all connections since the last `reset`."""

    delay_s: float = 0.0
    cut_after: dict[Direction, int] = field(default_factory=dict)
    silent: bool = False
    passed: dict[Direction, int] = field(default_factory=lambda: {"up": 0, "down": 0})


class Proxy:
    """Listens on 127.0.0.1:`port` and passes everything on to `target_port` there, as `plan` says.

    With `opened`, the TLS of the client's side and of the server's, it ends at the proxy: the bytes are the clear ones.
    """

    def __init__(self, target_port: int, opened: tuple[ssl.SSLContext, ssl.SSLContext] | None = None) -> None:
        self.target_port = target_port
        self._near_tls, self._far_tls = opened or (None, None)
        self.plan = Plan()
        self.connections = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Proxy:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        self._server = self._call(asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._near_tls))
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    # ---- what tests do to it

    def reset(self) -> None:
        """Behave well again, count from zero; connections that were cut stay cut."""
        self.plan = Plan()

    def cut_after(self, direction: Direction, more: int) -> None:
        """Reset the connection once `more` further bytes passed in that direction."""
        self.plan.cut_after[direction] = self.plan.passed[direction] + more

    def go_silent(self) -> None:
        """Swallow everything and say nothing, with the connections left open (half-open)."""
        self.plan.silent = True

    def cut_all(self) -> None:
        """Reset all connections now."""
        self._loop.call_soon_threadsafe(self._abort_all)

    # ---- inside

    def _call(self, job: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(job, self._loop).result(10)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target_port, ssl=self._far_tls)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, far_writer}
        ways = (self._pump("up", reader, far_writer), self._pump("down", far_reader, writer))
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await asyncio.gather(*ways)
        for one in (writer, far_writer):
            one.transport.abort()
            self._writers.discard(one)
        self._tasks.discard(task)

    async def _pump(self, direction: Direction, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(16384):
            if self.plan.delay_s:
                await asyncio.sleep(self.plan.delay_s)
            if self.plan.silent:
                continue
            data, cut = self._allowed(direction, data)
            writer.write(data)
            await writer.drain()
            if cut:
                # An orderly end here, so that what was written before is delivered first.
                self._end_all()
                return
        if writer.can_write_eof():
            writer.write_eof()

    def _allowed(self, direction: Direction, data: bytes) -> tuple[bytes, bool]:
        plan = self.plan
        room = plan.cut_after.get(direction, 1 << 60) - plan.passed[direction]
        data = data[: max(room, 0)]
        plan.passed[direction] += len(data)
        return data, len(data) >= room

    def _end_all(self) -> None:
        for writer in list(self._writers):
            writer.close()

    def _abort_all(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    async def _close(self) -> None:
        self._server.close()
        self._abort_all()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()
