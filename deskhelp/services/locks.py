"""A lock between programs of one profile, held by the operating system: it goes with the process, however that ends."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from deskhelp.domain.errors import DeskTrouble


class Busy(DeskTrouble):
    """Another program of this profile is at it."""


@contextlib.contextmanager
def exclusive(path: Path, busy: Callable[[], Busy] | None = None) -> Iterator[None]:
    """Hold the lock file; Busy (in the words of `busy`) if another process holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _try_lock(handle):
            raise (busy or _at_mail)()
        yield
    finally:
        os.close(handle)


def _at_mail() -> Busy:
    return Busy(
        "Another DeskHelp of this profile is fetching and sending mail.",
        advice="Close it, or let it do the work.",
    )


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
