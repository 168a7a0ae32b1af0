"""IMAP sessions against a real Dovecot, when all goes well."""

from __future__ import annotations

import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from deskhelp.mail import imap, imap_read
from deskhelp.mail.imap import ImapSession
from deskhelp.mail.imap_folders import sent_folder
from deskhelp.mail.imap_idle import Wake
from deskhelp.mail.tls import client_context
from deskhelp.mail.urls import Endpoint, Security
from tests.support.dovecot import Dovecot
from tests.support.servers import ImapUser, require_dovecot


def endpoint(server: Dovecot, user: str, security: Security = "tls", host: str = "127.0.0.1") -> Endpoint:
    return Endpoint("imap", security, host, server.tls_port if security == "tls" else server.port, user)


@contextmanager
def logged_in(user: ImapUser, security: Security = "tls", timeout_s: float = 10.0) -> Iterator[ImapSession]:
    context = client_context(user.server.ca_file)
    with ImapSession.connect(endpoint(user.server, user.name, security), user.password, context, timeout_s) as session:
        yield session


def mail(number: int, size: int = 0) -> bytes:
    head = f"From: a@b.example\r\nSubject: number {number}\r\nMessage-ID: <{number}@b.example>\r\n\r\n".encode()
    return head + b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * (size // 72)


@pytest.fixture(scope="module")
def poor_server() -> Iterator[Dovecot]:
    """A server without IDLE, ESEARCH, UIDPLUS and the like, one connection for each user."""
    require_dovecot()
    with Dovecot(capability="IMAP4rev1 LITERAL+", per_user=1) as server:
        yield server


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mail_is_read_and_no_flag_is_set(imap_user: ImapUser, security: Security) -> None:
    imap_user.append(mail(1), date='"20-Jan-2026 10:00:00 +0300"')
    with logged_in(imap_user, security) as session:
        state = session.select("INBOX")
        (got,) = session.fetch(session.new_uids(0))
    assert (state.exists, state.uidnext) == (1, 2)
    assert (got.uid, got.raw, got.size) == (1, mail(1), len(mail(1)))
    assert got.internal_date_ms == 1_768_892_400_000
    assert got.is_complete and not got.problem
    with imap_user.server.client(imap_user.name) as client:
        client.select("INBOX", readonly=True)
        assert b"\\Seen" not in client.fetch("1", "(FLAGS)")[1][0]


def test_new_mail_is_found_above_the_mark_with_an_overlap(imap_user: ImapUser) -> None:
    imap_user.append(*(mail(n) for n in range(1, 11)))
    with logged_in(imap_user) as session:
        session.select("INBOX")
        assert session.new_uids(8, overlap=0) == [9, 10]
        assert session.new_uids(8, overlap=3) == [6, 7, 8, 9, 10]
        assert session.new_uids(10, overlap=0) == []
        assert session.new_uids(4_000_000_000, overlap=200) == []


def test_a_server_without_esearch_is_asked_in_windows(poor_server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap_read, "SEQUENCES_AT_ONCE", 3)
    user = ImapUser(poor_server, "windows", poor_server.add_user("windows"))
    user.append(*(mail(n) for n in range(1, 9)))
    poor_server.expunge("windows", 2, 5)
    with logged_in(user) as session:
        session.select("INBOX")
        assert session.new_uids(0) == [1, 3, 4, 6, 7, 8]
        assert session.uids_since(date.today() - timedelta(days=2)) == [1, 3, 4, 6, 7, 8]
        assert not session.can_idle


def test_mail_since_a_day(imap_user: ImapUser) -> None:
    for day in ("01-Mar-2025", "15-Mar-2025", "01-Apr-2025"):
        imap_user.append(mail(1), date=f'"{day} 12:00:00 +0000"')
    with logged_in(imap_user) as session:
        session.select("INBOX")
        assert session.uids_since(date(2025, 3, 15)) == [2, 3]
        assert session.uids_since(date(2025, 4, 2)) == []


def test_all_mails_come_once_in_order_whatever_the_batch(imap_user: ImapUser) -> None:
    mails = [mail(n, size=n * 97 % 5000) for n in range(1, 41)]
    imap_user.append(*mails)
    with logged_in(imap_user) as session:
        session.select("INBOX")
        for batch_bytes, batch_mails in ((1, 200), (6000, 200), (1 << 20, 7), (1 << 20, 200)):
            got = list(session.fetch(range(1, 41), batch_bytes=batch_bytes, batch_mails=batch_mails))
            assert [one.raw for one in got] == mails


def test_memory_stays_bounded(imap_user: ImapUser) -> None:
    imap_user.server.drop_in(imap_user.name, *(mail(n, size=1_000_000) for n in range(40)))
    with logged_in(imap_user) as session:
        uids = range(1, session.select("INBOX").exists + 1)
        tracemalloc.start()
        try:
            total = sum(len(one.raw or b"") for one in session.fetch(uids, batch_bytes=2_000_000))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert total > 39_000_000
    assert peak < 12_000_000


def test_mails_expunged_meanwhile_are_left_out(imap_user: ImapUser) -> None:
    imap_user.append(*(mail(n) for n in range(1, 6)))
    with logged_in(imap_user) as session:
        session.select("INBOX")
        uids = session.new_uids(0)
        imap_user.server.expunge(imap_user.name, 2, 4)
        assert [one.uid for one in session.fetch(uids)] == [1, 3, 5]
        assert list(session.fetch([2, 77])) == []


def test_a_mail_of_50_mb_comes_whole_and_a_larger_one_as_its_beginning(imap_user: ImapUser) -> None:
    large = mail(1, size=50_000_000)
    imap_user.server.drop_in(imap_user.name, large)
    with logged_in(imap_user, timeout_s=60) as session:
        session.select("INBOX")
        (whole,) = session.fetch([1])
        (cut,) = session.fetch([1], size_limit=10_000_000)
    assert whole.raw == large and whole.is_complete
    assert cut.raw and large.startswith(cut.raw) and len(cut.raw) < 1_000_000
    assert not cut.is_complete and str(cut.size) in cut.problem


def looked(session: ImapSession, after_uid: int) -> list[int]:
    """What a round finds in the inbox above the mark."""
    session.look("INBOX")
    return session.new_uids(after_uid, overlap=0)


def test_polling_with_nothing_new_costs_a_hundred_bytes(imap_user: ImapUser) -> None:
    imap_user.append(*(mail(n) for n in range(1, 31)))
    with logged_in(imap_user) as session:
        assert looked(session, 0) == [*range(1, 31)]
        sent, received = session.traffic
        assert looked(session, 30) == []
        assert session.traffic[0] - sent < 100
        assert session.traffic[1] - received < 300
        imap_user.append(mail(31))
        assert looked(session, 30) == [31]


def test_an_open_folder_is_opened_anew_from_time_to_time(imap_user: ImapUser, monkeypatch: pytest.MonkeyPatch) -> None:
    with logged_in(imap_user) as session:
        assert session.look("INBOX").uidnext == 1
        assert session.look("INBOX").uidnext == 0, "not asked, so not known"
        monkeypatch.setattr(imap, "REOPEN_S", 0.0)
        assert session.look("INBOX").uidnext == 1


def test_news_are_told_whether_the_folder_is_open_or_not(imap_user: ImapUser) -> None:
    with logged_in(imap_user) as session:
        session.look("INBOX")
        assert not session.has_news("INBOX")
        session.look("Sent")
        assert not session.has_news("INBOX"), "opened, and as before"
        session.look("Sent")
        imap_user.append(mail(1))
        assert session.has_news("INBOX"), "opened, and not as before"
        imap_user.append(mail(2))
        assert session.has_news("INBOX"), "open, and told"
        assert not session.has_news("INBOX"), "told once"


def test_another_folder_is_asked_for_changes_while_one_stays_open(imap_user: ImapUser) -> None:
    with logged_in(imap_user) as session:
        assert not session.is_unchanged("Sent"), "never read"
        session.look("Sent")
        session.look("INBOX")
        assert session.is_unchanged("Sent")
        session.append("Sent", mail(1))
        assert not session.is_unchanged("Sent")
        assert not session.is_unchanged("gone")
        assert session.look("INBOX").uidnext == 0, "the inbox stayed open"


def test_idle_wakes_when_mail_arrives(imap_user: ImapUser) -> None:
    with logged_in(imap_user) as session:
        session.select("INBOX")
        arrival = threading.Timer(0.05, imap_user.append, [mail(1)])
        arrival.start()
        assert session.idle(threading.Event(), max_s=20) is Wake.MAIL
        arrival.join()
        assert looked(session, 0) == [1]
        assert session.idle(threading.Event(), max_s=0.05) is Wake.TIME_OVER
        assert looked(session, 1) == []


def test_idle_is_ended_by_another_thread_and_the_session_lives_on(imap_user: ImapUser) -> None:
    with logged_in(imap_user) as session:
        session.select("INBOX")
        stop = threading.Event()

        def end() -> None:
            stop.set()
            session.wake()

        timer = threading.Timer(0.05, end)
        timer.start()
        begun = time.monotonic()
        assert session.idle(stop, max_s=60) is Wake.STOPPED
        assert time.monotonic() - begun < 5
        timer.join()
        assert looked(session, 0) == []


def test_folder_names_in_russian_and_broken_ones_can_be_opened(imap_user: ImapUser) -> None:
    with imap_user.server.client(imap_user.name) as client:
        assert client.create('"&BCcENQRABD0EPgQyBDgEOgQ4-"')[0] == "OK"
    with logged_in(imap_user) as session:
        names = [folder.name for folder in session.list_folders()]
        assert {"INBOX", "Sent", "Черновики"} <= set(names)
        assert session.select("Черновики").exists == 0
    with logged_in(imap_user) as session:
        assert session.select("Черновики").exists == 0


def test_a_sent_copy_is_filed_as_read_and_found_again(imap_user: ImapUser) -> None:
    with logged_in(imap_user) as session:
        folder = sent_folder(session.list_folders())
        assert folder and folder.name == "Sent"
        imap_user.append(*(mail(n) for n in range(1, 120)), folder="Sent")
        copy = b"Message-ID:\r\n <ours@desk.example>\r\nX-DeskHelp-Out: k1\r\n\r\nhi\r\n"
        assert session.append("Sent", copy) == 120
        yesterday = date.today() - timedelta(days=2)
        assert session.find_message_id("Sent", ["<other@x>", "<ours@desk.example>"], yesterday) == "<ours@desk.example>"
        assert session.find_message_id("Sent", ["k1"], yesterday) == "k1"
        assert session.find_message_id("Sent", ["<3@b.example>"], yesterday) == "<3@b.example>"
        assert session.find_message_id("Sent", ["<none@x>"], yesterday) is None
        (filed,) = session.fetch([120])
    assert "\\Seen" in filed.flags and filed.raw == copy


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_what_is_said_goes_out_at_once(imap_user: ImapUser, security: Security) -> None:
    """The line end behind a literal would wait for the literal to be acknowledged, 40 ms for each message."""
    with logged_in(imap_user, security) as session:
        assert session._wire.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_copy_without_uidplus_is_filed_too(poor_server: Dovecot) -> None:
    user = ImapUser(poor_server, "copies", poor_server.add_user("copies"))
    with logged_in(user) as session:
        session.append("Sent", mail(1))
        assert session.select("Sent").exists == 1


def test_uidvalidity_shows_that_uids_start_anew(imap_user: ImapUser) -> None:
    imap_user.append(mail(1))
    with logged_in(imap_user) as session:
        before = session.select("INBOX").uidvalidity
    imap_user.server.set_uidvalidity(imap_user.name, before + 1000)
    with logged_in(imap_user) as session:
        assert session.select("INBOX").uidvalidity == before + 1000
