"""What is struck at every step: a run of the program, how all lay before it, and what must be true in the end.

After each strike the program is simply run again, as an agent or a timer would. The laws: `check` finds nothing, the
state is that of an undisturbed run, every mail is one message, no answer was sent twice, none is silently forgotten.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from typing import Any

from tests.support.servers import ImapUser
from tests.support.smtp_server import SmtpServer

from .killing import Ended, Killer


def mail(number: int) -> bytes:
    """A mail of a customer of its own, a third of them with an attachment's worth of bytes."""
    bulk = b"\r\n".join([b"x" * 70] * 400) if number % 3 == 0 else b""
    return (
        f"From: Customer {number} <c{number}@customer.example>\r\nTo: support@desk.example\r\n"
        f"Subject: Question {number}\r\nMessage-ID: <q{number}@customer.example>\r\n"
        f"Date: Mon, 23 Nov 2026 09:{number // 60 % 60:02}:{number % 60:02} +0300\r\n\r\nPlease help with {number}.\r\n"
    ).encode() + bulk


def header_ids(profile: Path) -> Counter[str]:
    with contextlib.closing(sqlite3.connect(profile / "desk.sqlite")) as database:
        query = "SELECT header_id FROM message WHERE direction = 'in'"
        return Counter(row[0] for row in database.execute(query))


def outbox_states(profile: Path) -> dict[str, str]:
    """What became of each answer, by Message-ID; the tickets must say the same."""
    with contextlib.closing(sqlite3.connect(profile / "desk.sqlite")) as database:
        query = "SELECT outbox.header_id, state, delivery FROM outbox JOIN message ON message.id = outbox.message"
        rows = database.execute(query).fetchall()
    assert all(state == delivery for _, state, delivery in rows), rows
    return {name: state for name, state, _ in rows}


@dataclass(frozen=True, slots=True)
class Servers:
    """What the scenes talk to."""

    user: ImapUser
    smtp: SmtpServer

    @property
    def environment(self) -> dict[str, str]:
        """No keyring: what the programs of a test keep must not outlive it. No system's trust store: it takes long."""
        return {
            "DESKHELP_PASSWORD": self.user.password,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "SSL_CERT_FILE": str(self.smtp.ca_file),
        }

    def connect(self, killer: Killer, profile: Path) -> None:
        """Give an installation the mailbox and an agent."""
        user, smtp = self.user, self.smtp
        words = ("account", "add", "Support", "--address", "support@desk.example", "--ca-file", str(smtp.ca_file))
        imap = f"imaps://{user.name}@127.0.0.1:{user.server.tls_port}"
        done(killer.run(profile, *words, "--imap", imap, "--smtp", f"smtps://{user.name}@127.0.0.1:{smtp.tls_port}"))

    def arrived(self) -> Counter[str]:
        """How often the server for outgoing mail took each Message-ID."""
        return Counter(message_id(one.raw) for one in self.smtp.mails)

    def filed(self) -> Counter[str]:
        """How often each Message-ID lies in Sent."""
        with self.user.server.client(self.user.name) as client:
            is_empty = client.select("Sent", readonly=True)[1] == [b"0"]
            answers = [] if is_empty else client.fetch("1:*", "(BODY.PEEK[HEADER])")[1]
        return Counter(message_id(one[1]) for one in answers if isinstance(one, tuple))

    def empty(self) -> None:
        """Nothing was ever sent."""
        self.smtp.reset()
        with self.user.server.client(self.user.name) as client:
            if client.select("Sent")[1] != [b"0"]:
                client.store("1:*", "+FLAGS", "\\Deleted")
                client.expunge()


def message_id(raw: bytes) -> str:
    return str(message_from_bytes(raw)["Message-ID"]).strip().strip("<>")


def done(ended: Ended) -> Any:
    """Its JSON; a run that nobody strikes must succeed."""
    assert ended.status == 0, f"{ended.status} {ended.err or ended.out}"
    assert "Traceback" not in ended.err
    return ended.said if ended.out else None


class Scene:
    """All of it lies in `now`, and as it was before the run in `start`."""

    name = ""
    words: tuple[str, ...] = ()
    struck = "anna"
    """The installation whose run is struck."""

    def __init__(self, killer: Killer, folder: Path, servers: Servers) -> None:
        self.killer, self.folder = killer, folder
        self.servers = servers
        self.now, self._start = folder / "now", folder / "start"
        self.now.mkdir(parents=True)
        self.prepare()
        shutil.copytree(self.now, self._start)
        self.begin()
        self.steps = self._counted()
        self.whole = self.finish()

    # -- what a scene says of itself -----------------------------------------------------------

    def prepare(self) -> None:
        """Make what lies there before the run."""

    def finish(self) -> str:
        """Run on to the end and look at everything; a hash that is the same however the run was struck, or ""."""
        raise NotImplementedError

    def reset(self) -> None:
        """What lies elsewhere as it was before the run."""

    # -- striking ------------------------------------------------------------------------------

    def begin(self) -> None:
        """All as it was before the run."""
        shutil.rmtree(self.now)
        shutil.copytree(self._start, self.now)
        self.reset()

    def profile(self, name: str) -> Path:
        return self.now / name

    def run(self, name: str, *words: str) -> Any:
        return done(self.killer.run(self.profile(name), *words))

    def killed_at(self, step: int) -> Ended:
        """The run, killed before this step, and then the end of the story."""
        self.begin()
        ended = self.killer.run_to_step(self.profile(self.struck), *self.words, step=step)
        assert ended.killed or ended.status == 0, ended
        assert self.finish() == self.whole, "the state differs from that of an undisturbed run"
        return ended

    def failing_at(self, step: int, error: int, *, goes_on: bool) -> Ended:
        """The run with a disk that fails from this step on (or just then), said in one sentence; and then the end."""
        self.begin()
        ended = self.killer.run_failing(self.profile(self.struck), *self.words, step=step, error=error, goes_on=goes_on)
        assert ended.status in (0, 1), ended
        assert "Traceback" not in ended.err and "Something went wrong" not in ended.err, ended
        if ended.status == 1:
            assert ended.err.startswith("deskhelp: ") and ended.err.count("\n") == 1, ended
        assert self.finish() == self.whole, "the state differs from that of an undisturbed run"
        return ended

    def _counted(self) -> int:
        ended = self.killer.watch(self.profile(self.struck), *self.words)
        done(ended)
        return ended.steps

    def hash_of(self, name: str) -> str:
        """The state of an installation in which nothing is wrong."""
        report = self.run(name, "check")
        assert report["problems"] == []
        return str(report["state_hash"])
