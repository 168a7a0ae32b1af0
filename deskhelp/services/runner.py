"""Mail in the background of the window: a thread for each mailbox, one for sending; health told as it changes."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.presence import Presence
from deskhelp.domain.views import Change

from . import accounts, outbox, sync
from .beside import Beside
from .local_mail import send_local
from .locks import exclusive
from .mail_link import MailLink
from .office import Office
from .reading_pool import ReadingPool
from .sync import Round
from .team_link import TeamHealth, TeamLink
from .workers import Workers

STALE_PAUSE_S: Final = 15.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MailHealth:
    """How mail is doing. `is_online` None before the first attempt; `checked_at_ms` is the last *successful* look.

    `team` is how the exchange with the team stands, None where there is none.
    """

    is_online: bool | None = None
    checked_at_ms: int = 0
    outbox: int = 0
    trouble: DeskTrouble | None = None
    is_working: bool = False
    has_account: bool = False
    team: TeamHealth | None = None


Listener = Callable[[MailHealth], None]


class MailRunner:
    """Fetches and sends until stopped. `listener` is called in the threads of the mail."""

    def __init__(self, workers: Workers, listener: Listener) -> None:
        self._workers = workers
        self._listener = listener
        self._health = MailHealth()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._kick = threading.Event()
        self._links: dict[str, MailLink] = {}
        self._sender: threading.Thread | None = None
        self._team = TeamLink(self.call, self._heard, self._fetchable, workers.ask_now)
        self._beside = Beside(self.call, self._noticed)
        self._awaits_team = False
        self._due_since: dict[str, dict[str, float]] = {}
        self._held = contextlib.ExitStack()
        self.pool = ReadingPool(1, growth=1)

    def start(self) -> None:
        """Begin; Busy if another program of this profile does this work already."""
        self._held.enter_context(exclusive(self._workers.profile.root / "sync.lock"))
        self._workers.changed.append(self._changed)
        self._sender = threading.Thread(target=self._send_loop, name="outbox", daemon=True)
        self._sender.start()
        self._team.start()
        self._beside.start()
        self.refresh_mailboxes()

    def refresh_mailboxes(self) -> None:
        """Start threads for new mailboxes, end those of removed ones."""
        boxes = {box.id: box for box in self.call(sync.remote_mailboxes)}
        for gone in set(self._links) - set(boxes):
            self._links.pop(gone).stop()
        for box in boxes.values():
            held = self._links.get(box.id)
            if held is not None and (held.box.imap, held.box.ca_file) != (box.imap, box.ca_file):
                held.stop()
                held = None
            if held is None:
                self._links[box.id] = MailLink(self, box)
                self._links[box.id].start()
            else:
                held.box = box
        self.tell(has_account=bool(boxes) or any(box.is_local for box in self.call(_mailboxes)))

    def check_now(self) -> None:
        """Look for mail and for the team at once, also where a password was refused before."""
        self._team.exchange_now()
        for link in self._links.values():
            link.nudge()
        self._kick.set()

    def be_at(self, presence: Presence) -> None:
        """Tell the team where the agent of this installation is."""
        self._team.be_at(presence)

    def call(self, fn: Callable[..., Any], *args: Any) -> Any:
        """Run ``fn(office, *args)`` in the writing thread."""
        return self._workers.write_now(fn, *args)

    @property
    def is_stopping(self) -> bool:
        return self._stopped.is_set()

    def tell(self, **changes: Any) -> None:
        """Change the health and tell it, if it differs."""
        with self._lock:
            health = replace(self._health, **changes)
            differs, self._health = health != self._health, health
        if differs:
            self._listener(health)

    def stop(self, patience_s: float = 2.0) -> None:
        """End all threads: no new work, blocked sockets woken."""
        self._stopped.set()
        self._kick.set()
        self._beside.stop(patience_s)
        self._team.stop(patience_s)
        links = list(self._links.values())
        for link in links:
            link.stop(wait=False)
        for thread in [*(link.thread for link in links), self._sender]:
            if thread is not None and thread.is_alive():
                thread.join(patience_s)
        self.pool.close()
        self._held.close()

    def _changed(self, change: Change) -> None:
        if "outbox" in change.kinds:
            self._kick.set()
        self._team.nudge()

    def _noticed(self) -> None:
        """Another program of this profile has changed something: what, nobody tells."""
        self._kick.set()
        self._team.nudge()

    def _heard(self, team: TeamHealth | None) -> None:
        """The team was exchanged with: what waited for that may leave, and somebody else may fetch from now on."""
        self.tell(team=team)
        for link in list(self._links.values()):
            link.reconsider()
        if self._awaits_team:
            self._kick.set()

    # -- who fetches -----------------------------------------------------------------------------

    def _fetchable(self) -> dict[str, bool]:
        """The mailboxes that can be fetched here, and whether nothing new lies there as far as is known."""
        return {box: link.is_current for box, link in list(self._links.items()) if link.is_able}

    def fetches(self, box: str) -> bool:
        """Whether this installation is the one that fetches a mailbox."""
        return self._team.fetches(box)

    def is_current_elsewhere(self, box: str) -> bool:
        """Whether somebody else fetches it and has told that nothing new lies there."""
        return self._team.is_current(box)

    # -- sending -----------------------------------------------------------------------------

    def _send_loop(self) -> None:
        while not self.is_stopping:
            self._kick.clear()
            is_waiting = False
            try:
                # Nobody else sends for this profile: what is half way here was left so by an error or a crash.
                self.call(outbox.recover)
                is_waiting = self._send_due()
                self.tell(outbox=self.call(outbox.count_waiting))
            except DeskTrouble as trouble:
                self.tell(trouble=trouble)
                is_waiting = True
            except Exception:
                _log.exception("the thread of the outbox failed")
                is_waiting = True
            self._kick.wait(STALE_PAUSE_S if is_waiting else self._pause_s())

    def _pause_s(self) -> float:
        due = self.call(outbox.next_due_ms)
        return 60.0 if due is None else max(0.05, min(60.0, (due - self._workers.clock()) / 1000))

    def _send_due(self) -> bool:
        """Hand over what is due; True if something waits until its mailbox has been read."""
        is_waiting = self._awaits_team = False
        for box in self.call(_mailboxes):
            done = Round()
            try:
                if box.is_local:
                    send_local(self.call, box)
                elif box.smtp and (due := self.call(outbox.due_of, box.id)):
                    if self._is_read(box) and self._is_heard(box, due):
                        sync.send_due(self.call, box, accounts.password_of(box), done, due)
                    else:
                        is_waiting = True
            except DeskTrouble as trouble:
                self.tell(trouble=trouble)
                is_waiting = True
            if done.sent and box.id in self._links:
                self._links[box.id].nudge()
        return is_waiting

    def _is_read(self, box: Mailbox) -> bool:
        """Whether the mailbox was read just now, so that no answer crosses a mail lying there; else asks for it."""
        link = self._links.get(box.id)
        if link is None or link.is_fresh:
            return link is not None
        if link.follows:
            self._awaits_team = True  # which tells how the one is doing who fetches
            return self.is_current_elsewhere(box.id)
        if link.is_connected:  # where it is not, its own delays stand: a server in trouble is not hurried
            link.nudge()
        return False

    def _is_heard(self, box: Mailbox, due: frozenset[str]) -> bool:
        """Whether the team was heard since these were due, so that none crosses a colleague's; else asks for it."""
        known, now = self._due_since.get(box.id, {}), time.monotonic()
        self._due_since[box.id] = {message: known.get(message, now) for message in due}
        if self._team.is_settled(max(self._due_since[box.id].values())):
            return True
        self._awaits_team = True
        self._team.hurry()
        return False

    def looked(self) -> None:
        """A mailbox has been read: what waited for that may leave."""
        self._kick.set()


def _mailboxes(office: Office) -> tuple[Mailbox, ...]:
    return office.mailboxes
