"""IMAP when something is in the way: each trouble has its kind, and a sentence for a person."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest

from deskhelp.mail.imap import ImapSession
from deskhelp.mail.tls import client_context
from deskhelp.mail.troubles import Kind, MailTrouble, NetworkTrouble
from deskhelp.mail.urls import Endpoint, Security
from tests.support.dovecot import BAD_CERTIFICATES, Dovecot
from tests.support.imap_script import ScriptedImap
from tests.support.proxy import Proxy
from tests.support.servers import ImapUser, require_dovecot

from .test_imap import endpoint, logged_in, mail


def trouble_of(server: Dovecot, where: Endpoint, password: str = "x", timeout_s: float = 5) -> MailTrouble:
    with pytest.raises(MailTrouble) as caught:
        ImapSession.connect(where, password, client_context(server.ca_file), timeout_s)
    return caught.value


def through(proxy: Proxy, user: ImapUser, timeout_s: float = 10) -> ImapSession:
    where = Endpoint("imap", "tls", "127.0.0.1", proxy.port, user.name)
    return ImapSession.connect(where, user.password, client_context(user.server.ca_file), timeout_s)


def scripted(server: Dovecot, script: ScriptedImap) -> ImapSession:
    where = Endpoint("imap", "tls", "127.0.0.1", script.port, "anna")
    return ImapSession.connect(where, "pässword", client_context(server.ca_file), 5)


# ---- connecting


def test_wrong_password(imap_user: ImapUser) -> None:
    trouble = trouble_of(imap_user.server, endpoint(imap_user.server, imap_user.name), "no, ключ")
    assert trouble.kind is Kind.AUTH and not trouble.retry_helps
    assert trouble.sentence == f"127.0.0.1 refused the password of {imap_user.name}."
    assert "ключ" not in f"{trouble} {trouble.detail}"


def test_a_line_that_breaks_while_logging_in_is_no_wrong_password(
    imap_user: ImapUser, proxy: Callable[[int], Proxy]
) -> None:
    line = proxy(imap_user.server.tls_port)
    through(line, imap_user).close()
    whole, kinds = line.plan.passed["down"], set()
    for place in range(whole - 900, whole, 45):
        line.reset()
        line.cut_after("down", place)
        try:
            through(line, imap_user).close()
        except MailTrouble as trouble:
            kinds.add(trouble.kind)
    assert kinds == {Kind.NETWORK}


def test_unknown_host(imap_server: Dovecot) -> None:
    trouble = trouble_of(imap_server, Endpoint("imap", "tls", "no-such-host.invalid", 993, "a"))
    assert trouble.kind is Kind.NETWORK and trouble.retry_helps
    assert "no-such-host.invalid was not found" in trouble.sentence


def test_nobody_listens(imap_server: Dovecot) -> None:
    trouble = trouble_of(imap_server, Endpoint("imap", "tls", "127.0.0.1", 1, "a"))
    assert trouble.kind is Kind.NETWORK
    assert trouble.sentence == "127.0.0.1 takes no connections on port 1."


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("other_name", "shows a certificate for another name: mail.other.example"),
        ("expired", "has expired"),
        ("self_signed", "signed itself"),
    ],
)
def test_bad_certificates(imap_server: Dovecot, which: str, words: str, security: Security) -> None:
    host = BAD_CERTIFICATES[which]
    trouble = trouble_of(imap_server, endpoint(imap_server, "support", security, host))
    assert trouble.kind is Kind.TLS and not trouble.retry_helps
    assert host in trouble.sentence and words in trouble.sentence


def test_an_authority_that_nobody_named(imap_server: Dovecot) -> None:
    with pytest.raises(MailTrouble) as caught:
        ImapSession.connect(endpoint(imap_server, "support"), "secret-support", client_context(), 5)
    assert caught.value.kind is Kind.TLS


def test_tls_on_the_port_for_starttls_names_the_right_one(imap_server: Dovecot) -> None:
    trouble = trouble_of(imap_server, Endpoint("imap", "tls", "127.0.0.1", imap_server.port, "support"))
    assert trouble.kind is Kind.TLS
    assert "993" in trouble.advice


def test_a_server_that_never_answers(imap_server: Dovecot, proxy: Callable[[int], Proxy]) -> None:
    silent = proxy(imap_server.tls_port)
    silent.go_silent()
    trouble = trouble_of(imap_server, Endpoint("imap", "tls", "127.0.0.1", silent.port, "a"), timeout_s=0.3)
    assert trouble.kind is Kind.NETWORK
    assert "did not answer" in trouble.sentence and "0.3 seconds" in trouble.sentence


def test_too_many_connections_is_no_wrong_password() -> None:
    require_dovecot()
    with Dovecot(per_user=1) as server:
        user = ImapUser(server, "support", server.password("support"))
        with logged_in(user):
            trouble = trouble_of(server, endpoint(server, "support"), user.password)
    assert trouble.kind is Kind.THROTTLED and trouble.retry_helps


def test_a_server_that_takes_no_passwords_does_not_get_one(imap_server: Dovecot) -> None:
    with (
        ScriptedImap(imap_server, lambda _: b"", b"IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2") as server,
        pytest.raises(MailTrouble) as caught,
    ):
        scripted(imap_server, server)
    assert caught.value.kind is Kind.AUTH
    assert not any("LOGIN" in command or "AUTHENTICATE" in command for command in server.commands)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"TAG NO [UNAVAILABLE] Temporary failure\r\n", Kind.THROTTLED),
        (b"TAG NO [ALERT] Too many simultaneous connections. (Failure)\r\n", Kind.THROTTLED),
        (b"TAG NO User is authenticated but not connected.\r\n", Kind.AUTH),
        (b"TAG NO [ALERT] Application-specific password required\r\n", Kind.AUTH),
    ],
)
def test_refusals_are_told_apart(imap_server: Dovecot, answer: bytes, kind: Kind) -> None:
    def script(command: str) -> bytes:
        return answer if command == "PASSWORD" else b""

    with ScriptedImap(imap_server, script) as server, pytest.raises(MailTrouble) as caught:
        scripted(imap_server, server)
    assert caught.value.kind is kind


# ---- later on


def test_a_folder_that_is_gone(imap_user: ImapUser) -> None:
    with logged_in(imap_user) as session:
        with pytest.raises(MailTrouble) as caught:
            session.select("Старое/2019")
        assert caught.value.kind is Kind.FOLDER
        assert "Старое/2019" in caught.value.sentence
        with pytest.raises(MailTrouble) as caught:
            session.append("Nowhere", mail(1))
        assert caught.value.kind is Kind.FOLDER
        assert session.select("INBOX").exists == 0  # the session still works


def test_the_line_is_cut_in_the_middle_of_a_literal(imap_user: ImapUser, proxy: Callable[[int], Proxy]) -> None:
    mails = [mail(n, size=200_000) for n in range(1, 6)]
    imap_user.append(*mails)
    cutting = proxy(imap_user.server.tls_port)
    got = []
    with through(cutting, imap_user) as session:
        session.select("INBOX")
        cutting.cut_after("down", 500_000)
        with pytest.raises(NetworkTrouble) as caught:
            got.extend(session.fetch(range(1, 6), batch_mails=1))
    assert 1 <= len(got) < 5
    assert caught.value.uids == (len(got) + 1,)
    assert "broke off" in caught.value.sentence
    cutting.reset()
    with through(cutting, imap_user) as session:
        session.select("INBOX")
        got.extend(session.fetch(session.new_uids(got[-1].uid, overlap=0)))
    assert [one.raw for one in got] == mails


def test_a_half_open_line_is_noticed_while_idle(imap_user: ImapUser, proxy: Callable[[int], Proxy]) -> None:
    dead = proxy(imap_user.server.tls_port)
    with through(dead, imap_user, timeout_s=0.5) as session:
        session.select("INBOX")
        threading.Timer(0.1, dead.go_silent).start()
        with pytest.raises(NetworkTrouble):
            session.idle(threading.Event(), max_s=0.4)


def test_a_call_in_progress_is_interrupted_from_another_thread(
    imap_user: ImapUser, proxy: Callable[[int], Proxy]
) -> None:
    dead = proxy(imap_user.server.tls_port)
    with through(dead, imap_user, timeout_s=60) as session:
        session.select("INBOX")
        dead.go_silent()
        threading.Timer(0.1, session.interrupt).start()
        with pytest.raises(NetworkTrouble):
            session.look("INBOX")
        with pytest.raises(NetworkTrouble):  # the session is dead from here on, and says so
            session.look("INBOX")


def test_idle_is_interrupted_from_another_thread(imap_user: ImapUser) -> None:
    with logged_in(imap_user) as session:
        session.select("INBOX")
        threading.Timer(0.1, session.interrupt).start()
        with pytest.raises(NetworkTrouble):
            session.idle(threading.Event(), max_s=60)


def test_the_server_restarts_while_idle(imap_user: ImapUser) -> None:
    with logged_in(imap_user) as session:
        session.select("INBOX")
        kick = threading.Timer(0.1, imap_user.server.drop_connections, [imap_user.name])
        kick.start()
        with pytest.raises(MailTrouble) as caught:
            session.idle(threading.Event(), max_s=20)
        kick.join()
    assert caught.value.retry_helps


# ---- what a real server cannot be brought to say


def test_one_poison_mail_comes_with_its_problem_and_the_others_come(imap_server: Dovecot) -> None:
    def script(command: str) -> bytes:
        if "RFC822.SIZE)" in command:
            return b"".join(b"* %d FETCH (UID %d RFC822.SIZE 2)\r\n" % (n, n) for n in (1, 2, 3)) + b"TAG OK x\r\n"
        if command.startswith("UID FETCH"):
            uids = command.split()[2]
            if "2" in uids or ":" in uids:
                return b"TAG NO Message is corrupted\r\n"
            n = uids.encode()
            return b"* " + n + b" FETCH (UID " + n + b" BODY[] {2}\r\nhi)\r\nTAG OK x\r\n"
        return b""

    with ScriptedImap(imap_server, script) as server, scripted(imap_server, server) as session:
        session.select("INBOX")
        got = list(session.fetch([1, 2, 3]))
    assert [(one.uid, one.raw) for one in got] == [(1, b"hi"), (2, None), (3, b"hi")]
    assert "corrupted" in got[1].problem


def test_only_commands_that_change_nothing_are_used(imap_server: Dovecot) -> None:
    with ScriptedImap(imap_server, lambda _: b"") as server, scripted(imap_server, server) as session:
        session.list_folders()
        session.select("INBOX")
        list(session.fetch(session.new_uids(0)))
        session.look("INBOX")
        session.has_news("INBOX")
        session.is_unchanged("Sent")
        session.find_message_id("Sent", ["<a@b>"], date(2026, 1, 1))
    words = {" ".join(one.split()[:2]) if one.startswith("UID") else one.split()[0] for one in server.commands}
    assert words <= {
        "CAPABILITY",
        "AUTHENTICATE",
        "LIST",
        "EXAMINE",
        "UID SEARCH",
        "UID FETCH",
        "NOOP",
        "STATUS",
        "LOGOUT",
    }
    assert not any("BODY[" in one for one in server.commands)


def test_an_answer_without_its_uid_is_asked_for_alone(imap_server: Dovecot) -> None:
    def script(command: str) -> bytes:
        if "RFC822.SIZE)" in command:
            return b"* 1 FETCH (UID 1 RFC822.SIZE 2)\r\n* 2 FETCH (UID 2 FLAGS ())\r\nTAG OK x\r\n"
        if command.startswith("UID FETCH"):
            return b"* 1 FETCH (FLAGS () BODY[] {2}\r\nhi)\r\nTAG OK x\r\n"
        return b""

    with ScriptedImap(imap_server, script) as server, scripted(imap_server, server) as session:
        session.select("INBOX")
        assert [(one.uid, one.raw) for one in session.fetch([1, 2])] == [(1, b"hi"), (2, b"hi")]


def test_a_literal_of_absurd_size_ends_the_session_not_the_memory(imap_server: Dovecot) -> None:
    def script(command: str) -> bytes:
        if "RFC822.SIZE)" in command:
            return b"* 1 FETCH (UID 1 RFC822.SIZE 2)\r\nTAG OK x\r\n"
        if command.startswith("UID FETCH"):
            return b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\nhi"
        return b""

    with ScriptedImap(imap_server, script) as server, scripted(imap_server, server) as session:
        session.select("INBOX")
        with pytest.raises(NetworkTrouble) as caught:
            list(session.fetch([1]))
    assert caught.value.uids == (1,)
    assert "literal of 99999999999 bytes" in caught.value.detail


def test_alerts_are_kept_for_showing(imap_server: Dovecot) -> None:
    def script(command: str) -> bytes:
        return b"* OK [ALERT] Maintenance at noon\r\nTAG OK x\r\n" if command == "NOOP" else b""

    with ScriptedImap(imap_server, script) as server, scripted(imap_server, server) as session:
        session.select("INBOX")
        session.look("INBOX")
        assert session.take_alerts() == ["Maintenance at noon"]
        assert session.take_alerts() == []


def test_a_broken_folder_name_is_selected_as_the_server_wrote_it(imap_server: Dovecot) -> None:
    def script(command: str) -> bytes:
        if command.startswith("LIST"):
            return b'* LIST () "/" "R&D"\r\nTAG OK x\r\n'
        return b"TAG NO unknown\r\n" if command.startswith("EXAMINE") and '"R&D"' not in command else b""

    with ScriptedImap(imap_server, script) as server, scripted(imap_server, server) as session:
        assert session.select("R&D").uidvalidity == 7


def test_a_quarter_of_a_million_uids_in_one_line(imap_server: Dovecot) -> None:
    many = b" ".join(b"%d" % n for n in range(1, 250_001))

    def script(command: str) -> bytes:
        return b"* SEARCH " + many + b"\r\nTAG OK x\r\n" if "SEARCH" in command else b""

    with ScriptedImap(imap_server, script) as server, scripted(imap_server, server) as session:
        session.select("INBOX")
        assert len(session.uids_since(date(2020, 1, 1))) == 250_000
