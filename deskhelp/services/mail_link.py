"""The thread of one mailbox."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Any, Final, Protocol

from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.mail.imap import ImapSession
from deskhelp.mail.troubles import AuthTrouble, ThrottledTrouble

from . import accounts, outbox, sync
from .fetching import fetch_all
from .office import Office
from .reading_pool import ReadingPool

IDLE_S: Final = 280
FOLLOW_S: Final = 20.0
FIRST_BACKOFF_S: Final = 2.0
LONGEST_BACKOFF_S: Final = 300.0
BROKEN_FOR_S: Final = 15.0
BUSY_FOR_S: Final = 180.0
BUSY_BACKOFF_S: Final = 15.0
AUTH_TRIES: Final = 2
FRESH_S: Final = 10.0
_log = logging.getLogger(__name__)


class Runner(Protocol):
    """What the thread of a mailbox asks of all of them together."""

    pool: ReadingPool

    @property
    def is_stopping(self) -> bool: ...

    def call(self, fn: Callable[..., Any], *args: Any) -> Any:
        """Run ``fn(office, *args)`` where the office lives."""

    def tell(self, **changes: Any) -> None:
        """Say what has changed in the health."""

    def looked(self) -> None:
        """A mailbox has been read."""

    def fetches(self, box: str) -> bool:
        """Whether this installation is the one that fetches a mailbox."""

    def is_current_elsewhere(self, box: str) -> bool:
        """Whether somebody else fetches it and has told that nothing new lies there."""


class MailLink:
    """The thread that reads one mailbox: fetch, then IDLE or wait, reconnecting with a growing, jittered delay.

    Where a colleague's computer fetches for the whole team it only files what was sent here.
    """

    def __init__(self, runner: Runner, box: Mailbox) -> None:
        self._runner = runner
        self.box = box
        self._nudged = threading.Event()
        self._stopped = threading.Event()
        self._session: ImapSession | None = None
        self._looked_at = -FRESH_S
        self._delay_s, self._refusals = FIRST_BACKOFF_S, 0
        self._failed_until = self._failing_since = self._busy_since = 0.0
        self._is_looking = False
        self.follows = False
        self.thread = threading.Thread(target=self._run, name=f"mail {box.address}", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def nudge(self) -> None:
        """Look now, whatever the thread is waiting for."""
        self._nudged.set()
        session = self._session
        if session is not None:
            session.wake()

    def stop(self, *, wait: bool = True) -> None:
        self._stopped.set()
        self._nudged.set()
        session = self._session
        if session is not None:
            session.interrupt()
        if wait:
            self.thread.join(2.0)

    def reconsider(self) -> None:
        """It may be another's turn to fetch."""
        if self.follows or not self._runner.fetches(self.box.id):
            self.nudge()

    @property
    def is_able(self) -> bool:
        """Whether the mailbox could be fetched here: the last attempt went well, or is long ago.

        A line that breaks is made anew within seconds: nobody else has to begin for that, and fetch some mail again.
        """
        now = time.monotonic()
        only_broke = self._failing_since > 0 and now - self._failing_since < BROKEN_FOR_S
        return self._refusals < AUTH_TRIES and (only_broke or now >= self._failed_until)

    @property
    def is_current(self) -> bool:
        """Whether nothing new lies there, as far as its server has told."""
        return self.is_connected and not self._is_looking and self._looked_at > 0

    @property
    def is_connected(self) -> bool:
        return self._session is not None

    @property
    def is_fresh(self) -> bool:
        """Whether the mailbox has been read within the last seconds."""
        return self.is_connected and time.monotonic() - self._looked_at < FRESH_S

    def _is_over(self) -> bool:
        """Whether to end; asked again and again, as other threads decide it."""
        return self._stopped.is_set() or self._runner.is_stopping

    def _run(self) -> None:
        while not self._is_over():
            try:
                if self._runner.fetches(self.box.id):
                    self._stay_connected()
                else:
                    self._follow()
            except DeskTrouble as trouble:
                if self._is_over():
                    return
                self._failed(trouble)
            except CancelledError:  # those who read the mails were sent home: it is over
                return
            except Exception:
                _log.exception("the thread of a mailbox failed")
                self._wait(LONGEST_BACKOFF_S)

    def _failed(self, trouble: DeskTrouble) -> None:
        """Tell what stood in the way, and wait until it may have gone."""
        self._refusals = self._refusals + 1 if isinstance(trouble, AuthTrouble) else 0
        is_busy = self._is_only_busy(trouble)
        if not is_busy:
            self._runner.tell(is_online=False, is_working=False, trouble=trouble)
        # A password refused twice is not tried a third time by itself: accounts get locked.
        is_hopeless = self._refusals >= AUTH_TRIES
        delay_s = self._delay_s * random.uniform(0.8, 1.3)
        now = time.monotonic()
        self._failed_until = 0.0 if is_busy else now + delay_s
        self._failing_since = self._failing_since or now
        self._wait(None if is_hopeless else delay_s)
        self._delay_s = min(BUSY_BACKOFF_S if is_busy else LONGEST_BACKOFF_S, self._delay_s * 2)

    def _is_only_busy(self, trouble: DeskTrouble) -> bool:
        """Whether a server wants us to come back later, and has not wanted that for long: colleagues are connected."""
        if not isinstance(trouble, ThrottledTrouble):
            self._busy_since = 0.0
            return False
        self._busy_since = self._busy_since or time.monotonic()
        return time.monotonic() - self._busy_since < BUSY_FOR_S

    def _stay_connected(self) -> None:
        with sync.open_session(self.box, accounts.password_of(self.box)) as session:
            self._session, self.follows = session, False
            try:
                while not self._is_over() and self._runner.fetches(self.box.id):
                    self._nudged.clear()
                    self._look(session)
                    self._rest(session)
            finally:
                self._session = None

    def _follow(self) -> None:
        """Somebody else fetches; a connection is only made where something that left from here has to be filed."""
        self.follows = True
        runner = self._runner
        if runner.call(_has_to_file, self.box.id):
            with sync.open_session(self.box, accounts.password_of(self.box)) as session:
                sync.file_copies(runner.call, self.box, session)
                sync.settle_doubtful(runner.call, self.box, session)
            self._has_connected()
        if runner.is_current_elsewhere(self.box.id):
            runner.tell(is_online=True, is_working=False, trouble=None, checked_at_ms=runner.call(_now))
        self._wait(FOLLOW_S)

    def _look(self, session: ImapSession) -> None:
        runner = self._runner
        runner.tell(is_working=True)
        self._is_looking = True
        fetch_all(runner.call, self.box, session, runner.pool)
        self._is_looking = False
        sync.file_copies(runner.call, self.box, session)
        sync.settle_doubtful(runner.call, self.box, session)
        self._looked_at = time.monotonic()
        self._has_connected()
        runner.tell(is_online=True, is_working=False, trouble=None, checked_at_ms=runner.call(_now))
        runner.looked()

    def _has_connected(self) -> None:
        self._delay_s, self._refusals = FIRST_BACKOFF_S, 0
        self._failing_since = self._busy_since = 0.0

    def _rest(self, session: ImapSession) -> None:
        interval_s = float(self._runner.call(_poll_interval_s))
        if session.can_idle:
            # What came since the look is counted already, and IDLE tells only of what comes after it.
            if not session.has_news(self.box.folder) and not self._nudged.is_set():
                session.idle(self._nudged, max_s=min(IDLE_S, max(interval_s, 30.0)))
        else:
            self._wait(interval_s)

    def _wait(self, seconds: float | None) -> None:
        self._nudged.wait(seconds)
        self._nudged.clear()


def _now(office: Office) -> int:
    return office.now()


def _poll_interval_s(office: Office) -> int:
    return office.settings.poll_interval_s


def _has_to_file(office: Office, box: str) -> bool:
    return any(row.mailbox == box for row in (*outbox.to_file(office), *outbox.doubtful(office)))
