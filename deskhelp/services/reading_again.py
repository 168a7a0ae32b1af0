"""Mails with which a worker process died: understood once more, apart from all others, so that one stops no other."""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from types import TracebackType
from typing import Final

from .incoming import NOWHERE, Inbox, Incoming
from .modesty import begin
from .reading_work import Ahead, with_ahead, work_ahead

DEADLY: Final = "The program that reads mails ended while it read this one. It is kept as it came."
_log = logging.getLogger(__name__)


def new_workers(count: int) -> ProcessPoolExecutor:
    """So many processes that can do `work_ahead`; each starts with the first work for it."""
    # "spawn": a forked copy of a process with threads and open databases is not safe to use.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, mp_context=context, initializer=begin)


def read_again(slices: Sequence[Sequence[Incoming]], inbox: Inbox) -> list[list[Incoming]]:
    """Slices that were lost when a worker died, understood.

    Each goes to a worker that has nothing else before it; if that dies too, its mails go one by one. A mail with which
    a worker dies even alone would end whatever reads it: it gets a `problem`, for the quarantine. Where no worker lives
    at all, the mails come back as they were.
    """
    with _LoneWorker() as worker:
        return [_again(worker, mails, inbox) for mails in slices]


def _again(worker: _LoneWorker, mails: Sequence[Incoming], inbox: Inbox) -> list[Incoming]:
    if not worker.lives():
        return list(mails)
    try:
        return with_ahead(mails, worker.work(mails, inbox))
    except BrokenProcessPool:
        if len(mails) > 1:
            return [known for mail in mails for known in _again(worker, [mail], inbox)]
        if not worker.lives():
            return list(mails)
        _log.error("a worker died twice with the mail of UID %s", mails[0].uid)
        return [replace(mails[0], problem=DEADLY)]


class _LoneWorker:
    """One worker process, and another after it died."""

    def __init__(self) -> None:
        self._lives = True
        self._pool = new_workers(1)

    def lives(self) -> bool:
        """False once one has died without any mail before it."""
        return self._lives

    def work(self, mails: Sequence[Incoming], inbox: Inbox) -> list[Ahead]:
        """As `work_ahead`; BrokenProcessPool if the worker died with it."""
        try:
            return self._pool.submit(work_ahead, mails, inbox).result()
        except BrokenProcessPool:
            self._start_another()
            raise

    def _start_another(self) -> None:
        self._pool.shutdown()
        self._pool = new_workers(1)
        try:
            self._pool.submit(work_ahead, [], NOWHERE).result()
        except BrokenProcessPool:
            self._lives = False

    def __enter__(self) -> _LoneWorker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown()
