"""What the measurements of faults share: servers, and counting what went wrong."""

from __future__ import annotations

import contextlib
import itertools
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.report import Result
from tests.faults.scene import Servers
from tests.support.dovecot import Dovecot
from tests.support.servers import ImapUser
from tests.support.smtp_server import SmtpServer

_SHOWN = 400


@contextlib.contextmanager
def real_servers() -> Iterator[Callable[[], Servers]]:
    """``new()`` gives a mailbox of its own, and a server for outgoing mail that has seen nothing."""
    numbers = itertools.count(1)
    with Dovecot() as imap, SmtpServer(imap) as smtp:

        def new() -> Servers:
            smtp.reset()
            name = f"fault{next(numbers)}"
            return Servers(ImapUser(imap, name, imap.add_user(name)), smtp)

        yield new


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


class Tally:
    """Counts what was tried of one kind, and what went wrong, which is said at once."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._begun = time.monotonic()
        self.tried = self.failed = 0

    def attempt(self, which: object, act: Callable[..., object], *given: Any, **named: Any) -> None:
        """Do it; an assertion that does not hold is a failure, everything else ends the measurement."""
        self.tried += 1
        try:
            act(*given, **named)
        except AssertionError as error:
            self.failed += 1
            print(f"{self._what} {which} failed: {str(error)[:_SHOWN]}", flush=True)

    def result(self, unit: str, more: str = "") -> Result:
        seconds = time.monotonic() - self._begun
        against = f"{self.tried:,} {unit}{more}, {seconds:,.0f} s"
        return Result(f"{self._what} that fail", self.failed, unit, 0, False, against)
