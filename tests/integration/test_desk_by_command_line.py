"""A whole day by the command line alone: real Dovecot, real SMTP, one process a command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from tests.support.servers import ImapUser
from tests.support.smtp_server import SmtpServer

QUESTION = b"""From: "Maria Ivanova" <maria@customer.example>\r
To: support@desk.example\r
Subject: Printer on the second floor\r
Message-ID: <q1@customer.example>\r
Date: Mon, 23 Nov 2026 09:00:00 +0300\r
Content-Type: text/plain; charset=utf-8\r
\r
The printer does not print. Please help.\r
"""


@pytest.fixture
def desk(tmp_path: Path, imap_user: ImapUser) -> Callable[..., Any]:
    """``desk("tickets", "is:active")``: runs a command with --json and gives what it prints."""
    environment = {**os.environ, "DESKHELP_PASSWORD": imap_user.password}

    def run(*words: str, code: int = 0) -> Any:
        command = [
            sys.executable,
            "-m",
            "deskhelp",
            "--profile",
            str(tmp_path / "desk"),
            words[0],
            "--json",
            *words[1:],
        ]
        if words[0] in ("account", "agent", "outbox", "canned"):
            command = [*command[:5], words[0], words[1], "--json", *words[2:]]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout) if done.stdout else None

    return run


def connect(desk: Callable[..., Any], user: ImapUser, smtp: SmtpServer) -> None:
    desk(
        "account",
        "add",
        "Support",
        "--address",
        "support@desk.example",
        "--imap",
        f"imaps://{user.name}@127.0.0.1:{user.server.tls_port}",
        "--smtp",
        f"smtps://{user.name}@127.0.0.1:{smtp.tls_port}",
        "--ca-file",
        str(user.server.ca_file),
    )


def answer_to(mail: bytes) -> bytes:
    """What the customer's program sends when she answers."""
    ours = message_from_bytes(mail)
    head = (
        f"From: Maria Ivanova <maria@customer.example>\r\nTo: support@desk.example\r\n"
        f"Subject: Re: {ours['Subject']}\r\n"
        f"Message-ID: <q2@customer.example>\r\nIn-Reply-To: {ours['Message-ID']}\r\n"
        f"References: {ours['References']} {ours['Message-ID']}\r\nDate: Mon, 23 Nov 2026 11:00:00 +0300\r\n\r\n"
    )
    return head.encode() + b"It still does not print.\r\n"


def test_from_a_customers_mail_to_an_answered_and_reopened_ticket(
    desk: Callable[..., Any], imap_user: ImapUser, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    imap_user.append(QUESTION)
    connect(desk, imap_user, smtp_server)
    desk("agent", "add", "Anna")
    replies = tmp_path / "canned.toml"
    replies.write_text('[[canned]]\nname = "Restart"\ntext = "Hello {customer.first_name}, please restart it."\n')
    assert desk("canned", "import", str(replies)) == {"imported": 1}

    assert desk("sync", "--once")["tickets_new"] == 1
    (ticket,) = desk("tickets", "is:active", "printer")
    code = ticket["code"]
    desk("tag", code, "+hardware")
    desk("escalate", code, "--to", "Second line", "--reason", "needs a part", "--level", "2")
    desk("reply", code, "--canned", "Restart", "--send-now", "--then", "solved")
    assert desk("sync", "--once")["sent"] == 1

    sent = smtp_server.wait(1)[0]
    mail = message_from_bytes(sent.raw)
    assert mail["In-Reply-To"] == "<q1@customer.example>"
    assert f"[#{code}]" in mail["Subject"]
    assert "Hello Maria, please restart it." in sent.raw.decode()
    after = desk("ticket", code)
    assert (after["status"], after["tags"], after["escalation"]["to"]) == ("solved", ["hardware"], "Second line")
    assert [m["delivery"] for m in after["messages"]] == [None, "sent"]

    imap_user.append(answer_to(sent.raw))
    counts = desk("sync", "--once")

    assert (counts["tickets_new"], counts["fetched"] >= 1) == (0, True)
    again = desk("ticket", code)
    assert again["status"] == "open"
    assert [m["direction"] for m in again["messages"]] == ["in", "out", "in"]
    assert again["messages"][2]["joined_because"].startswith("answers a mail of ours")
    assert desk("check", "--rebuild")["ok"] is True


def test_a_reply_is_held_when_the_customer_wrote_meanwhile(
    desk: Callable[..., Any], imap_user: ImapUser, smtp_server: SmtpServer
) -> None:
    imap_user.append(QUESTION)
    connect(desk, imap_user, smtp_server)
    desk("sync", "--once")
    (ticket,) = desk("tickets")
    desk("reply", ticket["code"], "--text", "Done.", "--send-now")
    more = QUESTION.replace(b"<q1@", b"<q3@").replace(
        b"Subject: Pr", b"In-Reply-To: <q1@customer.example>\r\nSubject: Re: Pr"
    )
    imap_user.append(more)

    counts = desk("sync", "--once")

    assert (counts["sent"], counts["held"]) == (0, 1)
    assert smtp_server.mails == []
    (waiting,) = desk("outbox", "list")
    desk("outbox", "retry", waiting["message"])
    assert desk("sync", "--once")["sent"] == 1


def test_the_same_mailbox_read_again_gives_nothing_new_even_after_a_change_of_uidvalidity(
    desk: Callable[..., Any], imap_user: ImapUser, smtp_server: SmtpServer
) -> None:
    imap_user.append(QUESTION)
    connect(desk, imap_user, smtp_server)
    assert desk("sync", "--once")["tickets_new"] == 1
    assert desk("sync", "--once")["fetched"] == 0

    imap_user.server.set_uidvalidity(imap_user.name, 77777)

    counts = desk("sync", "--once")
    assert (counts["tickets_new"], counts["duplicates"]) == (0, 1)


def test_a_wrong_password_is_said_in_one_line(
    desk: Callable[..., Any], imap_user: ImapUser, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(desk, imap_user, smtp_server)
    environment = {**os.environ, "DESKHELP_PASSWORD": "wrong"}
    del monkeypatch
    done = subprocess.run(
        [sys.executable, "-m", "deskhelp", "--profile", str(profile_of(desk)), "sync", "--once"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 1
    assert "password" in done.stderr
    assert "Traceback" not in done.stderr


def profile_of(desk: Callable[..., Any]) -> str:
    return str(desk("doctor")["profile"])
