"""Mail in the background: it comes in while IDLE waits, answers leave, lost lines are found again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from email import message_from_bytes
from pathlib import Path

import pytest

from deskhelp.domain.status import Delivery
from deskhelp.services import outbox, passwords
from deskhelp.services.incoming import Inbox, Incoming
from deskhelp.services.locks import Busy
from deskhelp.services.mail_link import MailLink
from deskhelp.services.office import Office
from deskhelp.services.reading_pool import FEW
from deskhelp.services.reading_work import Ahead
from deskhelp.services.runner import MailRunner
from tests.support.dovecot import Dovecot
from tests.support.running_desk import Watched, alone, answer, at_work, connect, running, state_of
from tests.support.servers import ImapUser
from tests.support.smtp_server import SmtpServer

from .conftest import raw_mail


@pytest.fixture
def desk(tmp_path: Path, imap_user: ImapUser, smtp_server: SmtpServer) -> Iterator[Watched]:
    with running(tmp_path, imap_user, smtp_server) as watched:
        yield watched


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
    with running(tmp_path, imap_user, smtp_server) as desk:
        desk.until(desk.tickets)


def test_what_a_command_beside_it_has_queued_leaves_at_once(
    desk: Watched, imap_user: ImapUser, smtp_server: SmtpServer
) -> None:
    imap_user.append(raw_mail(1))
    (ticket,) = desk.until(desk.tickets)

    with Office.open(desk.workers.profile) as beside:
        message = answer(beside, ticket, "Please restart it.")

    smtp_server.wait(1)
    desk.until(lambda: desk.workers.read_now(state_of, message) is Delivery.SENT)


def test_that_a_server_allows_no_more_connections_is_no_trouble_for_the_agent(
    tmp_path: Path, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    was_refused, wait = threading.Event(), MailLink._wait

    def notice(link: MailLink, seconds: float | None) -> None:
        was_refused.set()
        wait(link, seconds)

    monkeypatch.setattr(MailLink, "_wait", notice)
    with Dovecot(per_user=1) as server:
        user = ImapUser(server, "busy", server.add_user("busy"))
        user.append(raw_mail(1))
        with alone(tmp_path / "desk") as workers:
            passwords.keep(workers.write_now(connect, user, smtp_server), user.password, remember=False)
            colleague = server.client("busy")
            with at_work(workers) as desk:
                assert was_refused.wait(10)
                assert (desk.health.is_online, desk.health.trouble) == (None, None)
                colleague.logout()
                desk.until(desk.tickets)
                assert desk.health.trouble is None


def test_an_answer_leaves_and_one_copy_of_it_lies_in_sent(
    desk: Watched, imap_user: ImapUser, smtp_server: SmtpServer
) -> None:
    imap_user.append(raw_mail(1))
    (ticket,) = desk.until(desk.tickets)

    message = desk.workers.write_now(answer, ticket, "Please restart it.")

    (sent,) = smtp_server.wait(1)
    desk.until(lambda: desk.workers.read_now(state_of, message) is Delivery.SENT)
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

    message = desk.workers.write_now(answer, ticket, "Please restart it.")

    desk.until(lambda: desk.workers.read_now(state_of, message) is Delivery.DEFERRED)
    desk.until(lambda: desk.health.outbox == 1)
    assert smtp_server.mails == []


def test_a_line_cut_after_the_final_dot_is_uncertain_and_settled_by_the_sent_folder(
    desk: Watched, imap_user: ImapUser, smtp_server: SmtpServer
) -> None:
    smtp_server.fail_next("DOT", "keep+drop")
    imap_user.append(raw_mail(1))
    (ticket,) = desk.until(desk.tickets)

    message = desk.workers.write_now(answer, ticket, "Please restart it.")

    (sent,) = smtp_server.wait(1)
    desk.until(lambda: desk.workers.read_now(state_of, message) is Delivery.UNCERTAIN)
    imap_user.append(sent.raw, folder="Sent")  # as providers do by themselves
    desk.runner.check_now()
    desk.until(lambda: desk.workers.read_now(state_of, message) is Delivery.SENT)
    assert len(smtp_server.mails) == 1


def test_a_second_runner_of_a_profile_is_refused(desk: Watched) -> None:
    with pytest.raises(Busy):
        MailRunner(desk.workers, lambda health: None).start()


def test_stopping_does_not_wait_for_idle(desk: Watched) -> None:
    threads = [link.thread for link in desk.runner._links.values()]

    desk.runner.stop(patience_s=5.0)

    assert not any(thread.is_alive() for thread in threads)


def test_stopping_while_many_mails_are_read_is_no_failure(
    desk: Watched, imap_user: ImapUser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answer_of_a_worker: Future[list[Ahead]] = Future()
    asked = threading.Event()

    def ask(slices: Sequence[Sequence[Incoming]], _inbox: Inbox) -> list[Future[list[Ahead]]]:
        if any(slices):  # not when workers are only started, ahead of the mails
            asked.set()
        return [answer_of_a_worker for _ in slices]

    monkeypatch.setattr(desk.runner.pool, "_ask", ask)
    monkeypatch.setattr(desk.runner.pool, "close", answer_of_a_worker.cancel)
    imap_user.server.drop_in(imap_user.name, *(raw_mail(number) for number in range(2 * FEW)))
    assert asked.wait(15)
    threads = [link.thread for link in desk.runner._links.values()]

    desk.runner.stop(patience_s=0.1)
    for thread in threads:
        thread.join(15)

    assert not any(thread.is_alive() for thread in threads)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
