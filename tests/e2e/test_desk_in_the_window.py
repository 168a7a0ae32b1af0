"""What a person does, whole: a mailbox connected in the window, a customer answered, the desk closed and reopened."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from email import message_from_bytes
from pathlib import Path
from typing import IO

import pytest

from tests.integration.test_desk_by_command_line import QUESTION, answer_to
from tests.support.servers import ImapUser
from tests.support.smtp_server import SmtpServer
from tests.support.x11 import display

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.xvfb, pytest.mark.timeout(240)]
__all__ = ["display"]


class Person:
    """The scenario's process and what it says."""

    def __init__(self, part: str, profile: Path, how: dict[str, str], x_display: str) -> None:
        env = os.environ | {
            "DISPLAY": x_display,
            "QT_QPA_PLATFORM": "xcb",
            "LC_ALL": "C.UTF-8",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "DESKHELP_PASSWORD": how["password"],
        }
        command = [sys.executable, "-m", "tests.e2e.scenario", part, str(profile), json.dumps(how)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self._words: queue.Queue[str] = queue.Queue()
        assert self.process.stdout is not None
        threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True).start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self._words.put(line.strip())
        self._words.put("(end)")

    def said(self, word: str) -> None:
        """Wait until it says a word; fails with its errors where it ends instead."""
        got = self._words.get(timeout=90)
        assert got == word, self.process.communicate(timeout=30)[1][-4000:]

    def ended_well(self) -> None:
        self.said("(end)")
        assert self.process.stderr is not None
        with self.process:  # closes its pipes
            errors = self.process.stderr.read()
        assert self.process.returncode == 0, errors[-4000:]
        assert "Traceback" not in errors, errors[-4000:]


def test_a_day_at_the_desk(
    display: str,
    imap_user: ImapUser,
    smtp_server: SmtpServer,
    tmp_path: Path,
) -> None:
    how = {
        "address": "support@desk.example",
        "user": imap_user.name,
        "password": imap_user.password,
        "imap": f"imaps://127.0.0.1:{imap_user.server.tls_port}",
        "smtp": f"smtps://127.0.0.1:{smtp_server.tls_port}",
        "ca_file": str(imap_user.server.ca_file),
    }
    profile = tmp_path / "desk"
    person = Person("first", profile, how, display)
    person.said("connected")
    imap_user.append(QUESTION)
    person.said("arrived")
    person.said("sent")
    sent = smtp_server.wait(1, 30)[0]
    mail = message_from_bytes(sent.raw)
    assert mail["In-Reply-To"] == "<q1@customer.example>"
    assert "[#" in mail["Subject"]
    assert (sent.tls, sent.user, sent.recipients) == (True, imap_user.name, ("maria@customer.example",))
    person.said("solved")
    imap_user.append(answer_to(sent.raw))
    person.said("reopened")
    person.ended_well()

    later = Person("again", profile, how, display)
    later.said("there")
    later.ended_well()
    assert len(smtp_server.mails) == 1
