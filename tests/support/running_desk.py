"""Desks that run as the window runs them, without a window: fetching, sending and exchanging in the background."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from deskhelp.db import details
from deskhelp.domain.entities import Agent
from deskhelp.domain.status import Delivery
from deskhelp.domain.views import Change
from deskhelp.services import accounts, catalog, passwords, sending, writing
from deskhelp.services.accounts import AccountForm
from deskhelp.services.office import Office
from deskhelp.services.runner import MailHealth, MailRunner
from deskhelp.services.workers import Workers
from deskhelp.settings import Settings, open_profile, save_settings

from .servers import ImapUser
from .smtp_server import SmtpServer

ANNA = "a" * 32
PATIENCE_S = 15.0


class Watched:
    """A running desk; `until` waits for a change that makes something true, `told` is all that it said of its state."""

    def __init__(self, workers: Workers) -> None:
        self.workers = workers
        self.health = MailHealth()
        self.told: list[MailHealth] = []
        self._news = threading.Condition()
        self._count = 0
        workers.changed.append(self._changed)
        self.runner = MailRunner(workers, self._told)

    def _changed(self, _: Change) -> None:
        with self._news:
            self._count += 1
            self._news.notify_all()

    def _told(self, health: MailHealth) -> None:
        with self._news:
            self.health = health
            self.told.append(health)
            self._count += 1
            self._news.notify_all()

    def until(self, holds: Callable[[], Any]) -> Any:
        over = time.monotonic() + PATIENCE_S
        while True:
            seen = self._count
            found = holds()  # without the lock, which the writing thread may want that it asks
            if found:
                return found
            with self._news:
                while self._count == seen:
                    assert self._news.wait(over - time.monotonic()), self.health

    def tickets(self) -> list[str]:
        return self.workers.read_now(tickets_of)


def tickets_of(office: Office) -> list[str]:
    return [row[0] for row in office.replica.database.execute_sql("SELECT id FROM ticket ORDER BY created_at_ms")]


def connect(office: Office, user: ImapUser, smtp: SmtpServer) -> str:
    catalog.save(office, Agent(ANNA, "Anna"))
    catalog.set_agent(office, ANNA)
    form = AccountForm(
        "Support",
        "support@desk.example",
        f"imaps://{user.name}@127.0.0.1:{user.server.tls_port}",
        f"smtps://{user.name}@127.0.0.1:{smtp.tls_port}",
        str(user.server.ca_file),
    )
    return accounts.add(office, form).id


def answer(office: Office, ticket: str, text: str) -> str:
    draft = replace(writing.start(office, ticket, "reply"), text=text)
    return sending.send(office, draft, send_now=True).message


def state_of(office: Office, message: str) -> Delivery:
    return details.message(office.replica, message).delivery


@contextlib.contextmanager
def alone(root: Path) -> Iterator[Workers]:
    """An installation without any mailbox, whose office is open but does nothing by itself yet."""
    workers = Workers(open_profile(root))
    workers.open()
    try:
        yield workers
    finally:
        workers.close()


@contextlib.contextmanager
def at_work(workers: Workers) -> Iterator[Watched]:
    """What the window keeps going in the background, until the end of the block."""
    watched = Watched(workers)
    watched.runner.start()
    try:
        yield watched
    finally:
        watched.runner.stop()


@contextlib.contextmanager
def running(tmp_path: Path, imap_user: ImapUser, smtp_server: SmtpServer) -> Iterator[Watched]:
    profile = open_profile(tmp_path / "desk")
    save_settings(profile, Settings(undo_send_s=0))
    workers = Workers(profile)
    workers.open()
    box = workers.write_now(connect, imap_user, smtp_server)
    passwords.keep(box, imap_user.password, remember=False)
    watched = Watched(workers)
    watched.runner.start()
    try:
        watched.until(lambda: watched.health.is_online)
        yield watched
    finally:
        watched.runner.stop()
        workers.close()
        passwords.forget(box)
