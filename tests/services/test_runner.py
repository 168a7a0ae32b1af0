"""Mail in the background: it comes in while IDLE waits, answers leave, lost lines are found again."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db import details
from deskhelp.domain.entities import Agent
from deskhelp.domain.status import Delivery
from deskhelp.domain.views import Change
from deskhelp.services import accounts, catalog, outbox, passwords, sending, writing
from deskhelp.services.accounts import AccountForm
from deskhelp.services.locks import Busy
from deskhelp.services.office import Office
from deskhelp.services.runner import MailHealth, MailRunner
from deskhelp.services.workers import Workers
from deskhelp.settings import Settings, open_profile, save_settings
from tests.support.servers import ImapUser
from tests.support.smtp_server import SmtpServer

from .conftest import ANNA, raw_mail

PATIENCE_S = 15.0


class Watched:
    """A running desk; `until` waits for a change that makes something true."""

    def __init__(self, workers: Workers) -> None:
        self.workers = workers
        self.health = MailHealth()
        self._news = threading.Condition()
        workers.changed.append(self._changed)
        self.runner = MailRunner(workers, self._told)

    def _changed(self, _: Change) -> None:
        with self._news:
            self._news.notify_all()

    def _told(self, health: MailHealth) -> None:
        with self._news:
            self.health = health
            self._news.notify_all()

    def until(self, holds: Callable[[], Any]) -> Any:
        with self._news:
            found = self._news.wait_for(holds, PATIENCE_S)
        assert found, self.health
        return found

    def tickets(self) -> list[str]:
        return self.workers.read_now(_tickets)


def _tickets(office: Office) -> list[str]:
    return [row[0] for row in office.replica.database.execute_sql("SELECT id FROM ticket ORDER BY created_at_ms")]


def _connect(office: Office, user: ImapUser, smtp: SmtpServer) -> str:
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


def _answer(office: Office, ticket: str, text: str) -> str:
    draft = replace(writing.start(office, ticket, "reply"), text=text)
    return sending.send(office, draft, send_now=True).message


def _state(office: Office, message: str) -> Delivery:
    return details.message(office.replica, message).delivery


@pytest.fixture
def desk(tmp_path: Path, imap_user: ImapUser, smtp_server: SmtpServer) -> Iterator[Watched]:
    with _running(tmp_path, imap_user, smtp_server) as watched:
        yield watched


@contextlib.contextmanager
def _running(tmp_path: Path, imap_user: ImapUser, smtp_server: SmtpServer) -> Iterator[Watched]:
    profile = open_profile(tmp_path / "desk")
    save_settings(profile, Settings(undo_send_s=0))
    workers = Workers(profile)
    workers.open()
    box = workers.write_now(_connect, imap_user, smtp_server)
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


def test_mail_becomes_a_ticket_while_idle_waits(desk: Watched, imap_user: ImapUser) -> None:
    imap_user.append(raw_mail(1))

    desk.until(desk.tickets)
    assert desk.health.checked_at_ms > 0


def test_mail_that_comes_between_the_look_and_idle_is_seen(
    tmp_path: Path, imap_user: ImapUser, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = [raw_mail(1)]
    looked = MailRunner.looked

    def append_then(runner: MailRunner) -> None:
        if letters:
            imap_user.append(letters.pop())
        looked(runner)

    monkeypatch.setattr(MailRunner, "looked", append_then)
    with _running(tmp_path, imap_user, smtp_server) as desk:
        desk.until(desk.tickets)


def test_an_answer_leaves_and_one_copy_of_it_lies_in_sent(
    desk: Watched, imap_user: ImapUser, smtp_server: SmtpServer
) -> None:
    imap_user.append(raw_mail(1))
    (ticket,) = desk.until(desk.tickets)

    message = desk.workers.write_now(_answer, ticket, "Please restart it.")

    (sent,) = smtp_server.wait(1)
    desk.until(lambda: desk.workers.read_now(_state, message) is Delivery.SENT)
    desk.until(lambda: not desk.workers.write_now(outbox.to_file))
    with imap_user.server.client(imap_user.name) as client:
        client.select("Sent", readonly=True)
        _, found = client.search(None, "ALL")
        _, data = client.fetch(found[0].split()[0].decode(), "(BODY.PEEK[])")
    assert len(found[0].split()) == 1
    assert message_from_bytes(data[0][1])["Message-ID"] == message_from_bytes(sent.raw)["Message-ID"]
    assert desk.tickets() == [ticket]


def test_a_cut_line_is_connected_again_and_mail_goes_on(desk: Watched, imap_user: ImapUser) -> None:
    imap_user.server.drop_connections(imap_user.name)
    desk.until(lambda: desk.health.is_online is False)
    assert desk.health.trouble is not None

    imap_user.append(raw_mail(1))

    desk.until(desk.tickets)
    desk.until(lambda: desk.health.is_online)
    assert desk.health.trouble is None


def test_a_deferred_answer_waits_and_the_outbox_says_so(
    desk: Watched, imap_user: ImapUser, smtp_server: SmtpServer
) -> None:
    smtp_server.fail_next("RCPT", "451 4.3.0 later")
    imap_user.append(raw_mail(1))
    (ticket,) = desk.until(desk.tickets)

    message = desk.workers.write_now(_answer, ticket, "Please restart it.")

    desk.until(lambda: desk.workers.read_now(_state, message) is Delivery.DEFERRED)
    desk.until(lambda: desk.health.outbox == 1)
    assert smtp_server.mails == []


def test_a_line_cut_after_the_final_dot_is_uncertain_and_settled_by_the_sent_folder(
    desk: Watched, imap_user: ImapUser, smtp_server: SmtpServer
) -> None:
    smtp_server.fail_next("DOT", "keep+drop")
    imap_user.append(raw_mail(1))
    (ticket,) = desk.until(desk.tickets)

    message = desk.workers.write_now(_answer, ticket, "Please restart it.")

    (sent,) = smtp_server.wait(1)
    desk.until(lambda: desk.workers.read_now(_state, message) is Delivery.UNCERTAIN)
    imap_user.append(sent.raw, folder="Sent")  # as providers do by themselves
    desk.runner.check_now()
    desk.until(lambda: desk.workers.read_now(_state, message) is Delivery.SENT)
    assert len(smtp_server.mails) == 1


def test_a_second_runner_of_a_profile_is_refused(desk: Watched) -> None:
    with pytest.raises(Busy):
        MailRunner(desk.workers, lambda health: None).start()


def test_stopping_does_not_wait_for_idle(desk: Watched) -> None:
    threads = [link.thread for link in desk.runner._links.values()]

    desk.runner.stop(patience_s=5.0)

    assert not any(thread.is_alive() for thread in threads)
