"""The connection test tells each step in plain words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deskhelp.mail.probe import IMAP_STEPS, SMTP_STEPS, ProbeStep, probe, sign_in_hint
from deskhelp.mail.urls import Endpoint, parse_endpoint
from tests.support.dovecot import BAD_CERTIFICATES, Dovecot
from tests.support.imap_script import ScriptedImap
from tests.support.servers import ImapUser
from tests.support.smtp_server import SmtpServer

from .test_imap import endpoint


def run(user: ImapUser, imap: Endpoint, smtp: Endpoint | None = None, password: str = "") -> dict[str, ProbeStep]:
    steps = list(probe(imap, smtp, password or user.password, user.server.ca_file, timeout_s=5))
    names = [step.name for step in steps]
    assert names == list(IMAP_STEPS + (SMTP_STEPS if smtp else ()))
    assert all(step.sentence and "{" not in step.sentence + step.advice for step in steps)
    return {step.name: step for step in steps}


def smtp_endpoint(server: SmtpServer, user: str) -> Endpoint:
    return Endpoint("smtp", "starttls", "127.0.0.1", server.port, user)


def test_all_is_well(imap_user: ImapUser, smtp_server: SmtpServer) -> None:
    imap_user.append(b"Subject: x\r\n\r\n")
    steps = run(imap_user, endpoint(imap_user.server, imap_user.name), smtp_endpoint(smtp_server, imap_user.name))
    assert all(step.ok for step in steps.values())
    assert "1 mails in the inbox" in steps["folders"].sentence


def test_steps_come_as_they_are_known(imap_user: ImapUser) -> None:
    steps: Iterator[ProbeStep] = probe(endpoint(imap_user.server, imap_user.name), None, "x", imap_user.server.ca_file)
    assert next(steps).name == "name"
    assert next(steps).name == "connection"


def test_an_unknown_name_and_a_closed_port(imap_user: ImapUser) -> None:
    steps = run(imap_user, Endpoint("imap", "tls", "no-such-host.invalid", 993, "a"))
    assert steps["name"].ok is False and "was not found" in steps["name"].sentence
    assert [step.ok for step in steps.values()] == [False] + [None] * 5
    steps = run(imap_user, Endpoint("imap", "tls", "127.0.0.1", 1, "a"))
    assert steps["name"].ok and steps["connection"].ok is False and "port 1" in steps["connection"].sentence


def test_a_certificate_of_another_name_and_sending_that_works(imap_user: ImapUser, smtp_server: SmtpServer) -> None:
    where = endpoint(imap_user.server, imap_user.name, host=BAD_CERTIFICATES["other_name"])
    steps = run(imap_user, where, smtp_endpoint(smtp_server, imap_user.name))
    assert steps["connection"].ok and steps["certificate"].ok is False and steps["login"].ok is None
    assert "mail.other.example" in steps["certificate"].sentence
    assert "SHA-256" in steps["certificate"].detail
    assert steps["smtp_login"].ok


def test_a_wrong_password(imap_user: ImapUser, smtp_server: SmtpServer) -> None:
    smtp = smtp_endpoint(smtp_server, imap_user.name)
    steps = run(imap_user, endpoint(imap_user.server, imap_user.name), smtp, password="nö")
    assert steps["certificate"].ok and steps["login"].ok is False and steps["smtp_login"].ok is False
    assert "app password" in steps["login"].advice


def test_no_inbox_and_no_idle(imap_user: ImapUser, imap_server: Dovecot) -> None:
    def script(command: str) -> bytes:
        return b"TAG NO no such mailbox\r\n" if command.startswith("EXAMINE") and self_willed else b""

    for self_willed in (True, False):
        with ScriptedImap(imap_server, script) as server:
            steps = run(imap_user, Endpoint("imap", "tls", "127.0.0.1", server.port, "anna"))
        assert steps["login"].ok
        assert steps["folders"].ok is not self_willed
    assert steps["idle"].ok is None and "every minute" in steps["idle"].advice


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("imaps://imap.gmail.com", "app password"),
        ("imaps://imap.yandex.ru", "app password"),
        ("imaps://imap.mail.ru", "external applications"),
        ("imaps://outlook.office365.com", "OAuth"),
        ("imaps://imap.notgmail.com.example", ""),
    ],
)
def test_hints_for_providers(url: str, word: str) -> None:
    hint = sign_in_hint(parse_endpoint(url))
    assert word in hint and bool(hint) == bool(word)
