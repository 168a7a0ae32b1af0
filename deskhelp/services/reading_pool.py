"""Understanding many mails at once in other processes, so that both cores work and the window stays smooth."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from types import TracebackType
from typing import Final

from deskhelp.db.packing import whole

from .incoming import Inbox, Incoming
from .modesty import begin
from .reading_work import Ahead, work_ahead

FEW: Final = 40
WORKERS: Final = 2
"""As many as keep the process busy that writes; where there are but two cores it comes first, as they are modest."""
_SLICE: Final = 25
_NOWHERE: Final = Inbox("", frozenset(), frozenset(), b"", 0)


class ReadingPool:
    """Worker processes, started with the first large batch. A worker that dies costs its batch's head start only.

    `growth` is how many times the first batch the later ones may have where nobody waits between them for the database:
    not in a window.
    """

    def __init__(self, workers: int = WORKERS, *, growth: int = 4) -> None:
        self.growth = growth
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def expect(self, count: int) -> None:
        """So many mails will come: where they are many, the workers are started while the first come over the line."""
        if count >= FEW and self._pool is None:
            pool = self._started()
            for _ in range(self._workers):
                pool.submit(work_ahead, [], _NOWHERE)

    def submit(self, mails: Sequence[Incoming], inbox: Inbox) -> PendingBatch:
        """Begin to understand a batch; few mails are read at once, in this thread."""
        if len(mails) < FEW:
            return PendingBatch(_with(mails, work_ahead(mails, inbox)), [])
        pool = self._started()
        slices = [mails[at : at + _SLICE] for at in range(0, len(mails), _SLICE)]
        return PendingBatch(list(mails), [pool.submit(work_ahead, part, inbox) for part in slices])

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # "spawn": a forked copy of a process with threads and open databases is not safe to use.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=begin)
        return self._pool

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def __enter__(self) -> ReadingPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class PendingBatch:
    """A batch that is being understood."""

    def __init__(self, mails: list[Incoming], futures: list[Future[list[Ahead]]]) -> None:
        self._mails = mails
        self._futures = futures

    def result(self) -> list[Incoming]:
        """The mails, understood where a worker could; waits for the workers."""
        if not self._futures:
            return self._mails
        found: list[Ahead] = []
        try:
            for future in self._futures:
                found += future.result()
        except BrokenProcessPool:
            return self._mails
        return _with(self._mails, found)


def _with(mails: Sequence[Incoming], found: Sequence[Ahead]) -> list[Incoming]:
    """The mails, with what has been worked out of them."""
    return [
        mail if mail.raw is None else replace(mail, packed=whole(blob, mail.raw), understood=understood)
        for mail, (blob, understood) in zip(mails, found, strict=True)
    ]
