"""Sending against a real SMTP server: what became of the mail is known at every step."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.smtp import Outcome, Phase, SendResult, SmtpSender, _wire_form
from deskhelp.mail.tls import client_context
from deskhelp.mail.troubles import Kind
from deskhelp.mail.urls import Endpoint, Security
from tests.support.dovecot import Dovecot
from tests.support.proxy import Proxy
from tests.support.smtp_server import SmtpServer

RAW = b"From: support@desk.example\r\nSubject: hi\r\nMessage-ID: <1@desk.example>\r\n\r\nhello\r\n"
FROM = "support@desk.example"


def sender(
    server: SmtpServer,
    security: Security = "tls",
    *,
    port: int = 0,
    password: str = "secret-support",
    timeout_s: float = 5,
    host: str = "127.0.0.1",
) -> SmtpSender:
    port = port or (server.tls_port if security == "tls" else server.port)
    where = Endpoint("smtp", security, host, port, "support")
    return SmtpSender(where, password, client_context(server.ca_file), timeout_s, dot_timeout_s=timeout_s)


def send(one: SmtpSender, *recipients: str, raw: bytes = RAW, phases: list[Phase] | None = None) -> SendResult:
    return one.send(FROM, recipients or ("anna@customer.example",), raw, (phases if phases is not None else []).append)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_mail_is_handed_over_byte_for_byte(smtp_server: SmtpServer, security: Security) -> None:
    phases: list[Phase] = []
    result = send(sender(smtp_server, security), "anna@customer.example", "bob@customer.example", phases=phases)
    assert result.outcome is Outcome.ACCEPTED and not result.refused
    assert phases == [Phase.CONNECTING, Phase.ENVELOPE, Phase.PAYLOAD]
    (mail,) = smtp_server.mails
    assert mail.raw == RAW and mail.tls and mail.user == "support"
    assert mail.sender == FROM and mail.recipients == ("anna@customer.example", "bob@customer.example")


def test_it_lands_in_the_inbox_of_a_user_of_ours(smtp_server: SmtpServer, imap_server: Dovecot) -> None:
    assert send(sender(smtp_server), "billing@desk.example").outcome is Outcome.ACCEPTED
    with imap_server.client("billing") as client:
        assert int(client.select("INBOX", readonly=True)[1][0]) >= 1


def test_line_ends_and_dots(smtp_server: SmtpServer) -> None:
    raw = b"Subject: x\n\n.\n..two\r\n.\r\nlone\rcr\n\nMAIL FROM:<evil@x>\n.end"
    assert send(sender(smtp_server), raw=raw).outcome is Outcome.ACCEPTED
    assert smtp_server.mails[0].raw == (
        b"Subject: x\r\n\r\n.\r\n..two\r\n.\r\nlone\r\ncr\r\n\r\nMAIL FROM:<evil@x>\r\n.end\r\n"
    )
    assert len(smtp_server.mails) == 1


@given(st.binary(max_size=200))
def test_whatever_the_bytes_only_the_last_dot_ends_the_mail(raw: bytes) -> None:
    wire = _wire_form(raw)
    assert wire.endswith(b"\r\n.\r\n") or wire == b"\r\n.\r\n"
    lines = wire.split(b"\r\n")
    assert [line for line in lines if line == b"."] == [b"."] and lines[-2] == b"."
    assert b"\r" not in wire.replace(b"\r\n", b"") and b"\n" not in wire.replace(b"\r\n", b"")


def test_some_recipients_refused(smtp_server: SmtpServer) -> None:
    smtp_server.refuse_recipient("gone@customer.example")
    result = send(sender(smtp_server), "anna@customer.example", "gone@customer.example", "not an address")
    assert result.outcome is Outcome.PARTLY
    assert result.refused["gone@customer.example"].code == 550
    assert set(result.refused) == {"gone@customer.example", "not an address"}
    assert smtp_server.mails[0].recipients == ("anna@customer.example",)


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize(
    ("answer", "outcome"), [("451 4.3.0 later", Outcome.DEFERRED), ("554 5.7.1 spam", Outcome.REFUSED)]
)
def test_refused_for_now_or_for_good(smtp_server: SmtpServer, step: str, answer: str, outcome: Outcome) -> None:
    smtp_server.fail_next(step, answer)
    phases: list[Phase] = []
    result = send(sender(smtp_server), phases=phases)
    assert result.outcome is outcome
    assert str(result.reply) == answer
    assert str(result.refused["anna@customer.example"]) == answer
    assert (Phase.PAYLOAD in phases) == (step == "DOT")
    assert not smtp_server.mails


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_line_cut_before_the_payload_may_be_tried_again(smtp_server: SmtpServer, step: str) -> None:
    smtp_server.fail_next(step, "drop")
    phases: list[Phase] = []
    result = send(sender(smtp_server), phases=phases)
    assert result.outcome is Outcome.FAILED_BEFORE_PAYLOAD
    assert result.trouble and result.trouble.kind is Kind.NETWORK and result.trouble.retry_helps
    assert Phase.PAYLOAD not in phases


@pytest.mark.parametrize(
    ("step", "beginning"), [("MAIL", "25"), ("RCPT", "2"), ("RCPT", "250 O"), ("DATA", "35"), ("DATA", "354 go")]
)
def test_an_answer_that_breaks_off_is_none(smtp_server: SmtpServer, step: str, beginning: str) -> None:
    smtp_server.fail_next(step, f"{beginning}…")
    phases: list[Phase] = []
    result = send(sender(smtp_server), phases=phases)
    assert result.outcome is Outcome.FAILED_BEFORE_PAYLOAD
    assert result.trouble and result.trouble.kind is Kind.NETWORK
    assert not result.refused and Phase.PAYLOAD not in phases


@pytest.mark.parametrize("beginning", ["2", "25", "250", "250 2.0.0 ke", "55", "550 sp"])
def test_a_word_on_the_mail_that_breaks_off_is_uncertain(smtp_server: SmtpServer, beginning: str) -> None:
    smtp_server.fail_next("DOT", f"keep+{beginning}…")
    result = send(sender(smtp_server))
    assert result.outcome is Outcome.UNCERTAIN and result.trouble
    assert len(smtp_server.mails) == 1


@pytest.mark.parametrize("answer", ["drop", "keep+drop"])
def test_a_line_cut_after_the_final_dot_is_uncertain(smtp_server: SmtpServer, answer: str) -> None:
    smtp_server.fail_next("DOT", answer)
    result = send(sender(smtp_server))
    assert result.outcome is Outcome.UNCERTAIN and result.trouble
    assert len(smtp_server.mails) == (answer == "keep+drop")


def test_a_line_cut_within_the_payload_is_uncertain(smtp_server: SmtpServer, proxy: Callable[[int], Proxy]) -> None:
    cutting = proxy(smtp_server.tls_port)
    cutting.cut_after("up", 300_000)
    phases: list[Phase] = []
    result = send(sender(smtp_server, port=cutting.port), raw=RAW + b"x" * 70 * 100_000, phases=phases)
    assert result.outcome is Outcome.UNCERTAIN
    assert phases[-1] is Phase.PAYLOAD
    assert not smtp_server.mails


def test_a_server_gone_silent_after_the_final_dot_is_uncertain(
    smtp_server: SmtpServer, proxy: Callable[[int], Proxy]
) -> None:
    dead = proxy(smtp_server.tls_port)

    def on_phase(phase: Phase) -> None:
        if phase is Phase.PAYLOAD:
            dead.go_silent()

    one = sender(smtp_server, port=dead.port, timeout_s=0.5)
    result = one.send(FROM, ["anna@customer.example"], RAW, on_phase)
    assert result.outcome is Outcome.UNCERTAIN
    assert result.trouble and "did not answer" in result.trouble.sentence


def test_sending_is_interrupted_from_another_thread(smtp_server: SmtpServer, proxy: Callable[[int], Proxy]) -> None:
    dead = proxy(smtp_server.tls_port)
    one = sender(smtp_server, port=dead.port, timeout_s=60)

    def on_phase(phase: Phase) -> None:
        if phase is Phase.ENVELOPE:
            dead.go_silent()
            threading.Timer(0.1, one.interrupt).start()

    result = one.send(FROM, ["anna@customer.example"], RAW, on_phase)
    assert result.outcome is Outcome.FAILED_BEFORE_PAYLOAD


def test_a_phase_mark_that_cannot_be_kept_stops_the_sending(smtp_server: SmtpServer) -> None:
    def on_phase(phase: Phase) -> None:
        if phase is Phase.PAYLOAD:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        sender(smtp_server).send(FROM, ["anna@customer.example"], RAW, on_phase)
    assert send(sender(smtp_server), raw=RAW.replace(b"hi", b"second")).outcome is Outcome.ACCEPTED
    assert [b"second" in mail.raw for mail in smtp_server.mails] == [True]


def test_too_large_is_refused_before_sending(imap_server: Dovecot) -> None:
    with SmtpServer(imap_server, size_limit=10_000) as server:
        phases: list[Phase] = []
        result = send(sender(server), raw=RAW + b"x" * 20_000, phases=phases)
        assert not server.mails
    assert result.outcome is Outcome.REFUSED
    assert result.reply and "0.0 MB at most" in result.reply.text
    assert Phase.PAYLOAD not in phases


def test_addresses_in_other_letters(smtp_server: SmtpServer) -> None:
    result = send(sender(smtp_server), "иван@пример.рф", "anna@пример.рф", raw=RAW + "привет\r\n".encode())
    assert result.outcome is Outcome.ACCEPTED
    (mail,) = smtp_server.mails
    assert mail.recipients == ("иван@xn--e1afmkfd.xn--p1ai", "anna@xn--e1afmkfd.xn--p1ai")
    assert {"SMTPUTF8", "BODY=8BITMIME"} <= set(mail.options)


def test_a_server_that_cannot_spell_an_address_is_not_asked_to(imap_server: Dovecot) -> None:
    with SmtpServer(imap_server, smtputf8=False) as server:
        result = send(sender(server), "иван@пример.рф", "anna@пример.рф")
        assert server.mails[0].recipients == ("anna@xn--e1afmkfd.xn--p1ai",)
    assert result.outcome is Outcome.PARTLY and set(result.refused) == {"иван@пример.рф"}


@pytest.mark.parametrize(
    "address", ["a@b.example>\r\nRCPT TO:<evil@x.example", "a@b.example> SIZE=1 <c@d", "a b@c", "@", "a@"]
)
def test_no_command_is_smuggled_in_by_an_address(smtp_server: SmtpServer, address: str) -> None:
    result = send(sender(smtp_server), address)
    assert result.outcome is Outcome.REFUSED
    assert not smtp_server.mails


def test_wrong_password(smtp_server: SmtpServer) -> None:
    result = send(sender(smtp_server, password="nö"))
    assert result.outcome is Outcome.FAILED_BEFORE_PAYLOAD
    assert result.trouble and result.trouble.kind is Kind.AUTH and not result.trouble.retry_helps


def test_nobody_listens_and_nobody_known(smtp_server: SmtpServer) -> None:
    for one in (sender(smtp_server, port=1), sender(smtp_server, host="no-such-host.invalid")):
        result = send(one)
        assert result.outcome is Outcome.FAILED_BEFORE_PAYLOAD
        assert result.trouble and result.trouble.kind is Kind.NETWORK


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_nobody_vouches_for_gets_no_password(smtp_server: SmtpServer, security: Security) -> None:
    port = smtp_server.tls_port if security == "tls" else smtp_server.port
    where = Endpoint("smtp", security, "127.0.0.1", port, "support")
    result = send(SmtpSender(where, "secret-support", client_context(), 5))
    assert result.trouble and result.trouble.kind is Kind.TLS
