"""Understanding many mails at once in other processes, so that both cores work and the window stays smooth."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Final

from .incoming import NOWHERE, Inbox, Incoming
from .reading_again import new_workers, read_again
from .reading_work import Ahead, with_ahead, work_ahead

FEW: Final = 40
WORKERS: Final = 2
"""As many as keep the process busy that writes; where there are but two cores it comes first, as they are modest."""
_SLICE: Final = 25
Answer = Future[list[Ahead]]


class ReadingPool:
    """Worker processes, started with the first large batch; any thread may ask.

    Where one dies, what it and the others had before them is read again, and the next batch starts new ones. `growth`
    is how many times the first batch the later ones may have where nobody waits between them for the database: not in
    a window.
    """

    def __init__(self, workers: int = WORKERS, *, growth: int = 4) -> None:
        self.growth = growth
        self._workers = workers
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def expect(self, count: int) -> None:
        """So many mails will come: where they are many, the workers are started while the first come over the line."""
        if count >= FEW and self._pool is None:
            self._ask([[]] * self._workers, NOWHERE)

    def submit(self, mails: Sequence[Incoming], inbox: Inbox) -> PendingBatch:
        """Begin to understand a batch; few mails are read at once, in this thread."""
        if len(mails) < FEW:
            return PendingBatch([(with_ahead(mails, work_ahead(mails, inbox)), None)], inbox)
        slices = [mails[at : at + _SLICE] for at in range(0, len(mails), _SLICE)]
        return PendingBatch([*zip(slices, self._ask(slices, inbox), strict=True)], inbox)

    def _ask(self, slices: Sequence[Sequence[Incoming]], inbox: Inbox) -> Sequence[Answer | None]:
        """Give the slices to the workers; None for each where no worker lives."""
        with self._lock:
            for _ in range(2):
                pool = self._pool = self._pool or new_workers(self._workers)
                try:
                    return [pool.submit(work_ahead, part, inbox) for part in slices]
                except BrokenProcessPool:  # one has died since; whoever waits for this pool knows by now
                    self._end()
            return [None] * len(slices)

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def close(self) -> None:
        with self._lock:
            self._end()

    def __enter__(self) -> ReadingPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class PendingBatch:
    """A batch that is being understood: its mails by slices, each with what a worker will answer.

    None for an answer that nobody is asked for: those mails are as they shall be.
    """

    def __init__(self, slices: Sequence[tuple[Sequence[Incoming], Answer | None]], inbox: Inbox) -> None:
        self._slices = slices
        self._inbox = inbox

    def result(self) -> list[Incoming]:
        """The mails, understood where a worker could; waits for the workers."""
        known = [_known(mails, answer) for mails, answer in self._slices]
        lost = [mails for (mails, _), found in zip(self._slices, known, strict=True) if found is None]
        again = iter(read_again(lost, self._inbox) if lost else ())
        return [mail for found in known for mail in (next(again) if found is None else found)]


def _known(mails: Sequence[Incoming], answer: Answer | None) -> Sequence[Incoming] | None:
    """The mails of a slice, None where a worker died before it had answered."""
    try:
        return mails if answer is None else with_ahead(mails, answer.result())
    except BrokenProcessPool:
        return None
