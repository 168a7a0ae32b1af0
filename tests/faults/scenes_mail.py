"""Scenes of one installation: taking in, sending, and its database being made, brought up to date and put back."""

from __future__ import annotations

import contextlib
import gzip
import re
import sqlite3
from collections import Counter
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from .scene import Scene, header_ids, mail, outbox_states

STATES = Path(__file__).resolve().parents[1] / "db" / "states"
MAILS = 30


# -- intake ------------------------------------------------------------------------------------------


class Import(Scene):
    """Files are taken in."""

    name = "import"

    def prepare(self) -> None:
        (self.now / "first").mkdir()
        (self.now / "Maildir").mkdir()
        for folder in ("new", "cur", "tmp"):
            (self.now / "Maildir" / folder).mkdir()
        (self.now / "first" / "0.eml").write_bytes(mail(0))
        for number in range(1, MAILS):
            (self.now / "Maildir" / "new" / f"{number:03}.test").write_bytes(mail(number))
        self.run("anna", "import", str(self.now / "first"))
        self.words = ("import", str(self.now / "Maildir"))

    def finish(self) -> str:
        self.run("anna", *self.words)
        assert header_ids(self.profile("anna")) == Counter({f"q{n}@customer.example": 1 for n in range(MAILS)})
        return self.hash_of("anna")


class FirstImport(Import):
    """Files are taken in where nothing was before: the database is made too."""

    name = "first import"

    def prepare(self) -> None:
        (self.now / "anna").mkdir()
        (self.now / "mails").mkdir()
        for number in range(MAILS):
            (self.now / "mails" / f"{number:03}.eml").write_bytes(mail(number))
        self.words = ("import", str(self.now / "mails"))


class Upgrade(Scene):
    """The database of an earlier version is opened."""

    name = "upgrade"
    words = ("check",)

    def prepare(self) -> None:
        (self.now / "anna").mkdir()
        oldest = min(STATES.glob("schema-*.sqlite.gz"))
        (self.now / "anna" / "desk.sqlite").write_bytes(gzip.decompress(oldest.read_bytes()))

    def finish(self) -> str:
        return self.hash_of("anna")


class Restore(Scene):
    """A backup is put in the database's place."""

    name = "restore"

    def prepare(self) -> None:
        for number in (1, 2):
            path = self.now / f"{number}.eml"
            path.write_bytes(mail(number))
            self.run("anna", "import", str(path))
            if number == 1:
                self.run("anna", "backup", str(self.now / "backup"))
        self.words = ("restore", str(self.now / "backup"))

    def finish(self) -> str:
        assert sum(header_ids(self.profile("anna")).values()) in (1, 2), "there must always be one of the two"
        self.run("anna", *self.words)
        assert header_ids(self.profile("anna")) == Counter({"q1@customer.example": 1})
        assert list(self.profile("anna").glob("desk.sqlite.before-restore-*"))
        return self.hash_of("anna")


class Fetch(Scene):
    """Mail is fetched from the server."""

    name = "fetch"
    words = ("sync", "--once")

    def prepare(self) -> None:
        self.servers.connect(self.killer, self.profile("anna"))
        self.servers.user.append(mail(0))
        self.run("anna", "sync", "--once")
        self.servers.user.append(*(mail(number) for number in range(1, MAILS)))

    def finish(self) -> str:
        self.run("anna", *self.words)
        assert header_ids(self.profile("anna")) == Counter({f"q{n}@customer.example": 1 for n in range(MAILS)})
        return self.hash_of("anna")


# -- sending -----------------------------------------------------------------------------------------


class Send(Scene):
    """An answer is handed over and filed in Sent."""

    name = "send"
    words = ("sync", "--once")
    right = ("sent", "uncertain")

    def prepare(self) -> None:
        self.servers.empty()
        self.servers.connect(self.killer, self.profile("anna"))
        (self.now / "one.eml").write_bytes(mail(1))
        self.run("anna", "import", str(self.now / "one.eml"))
        self.run("anna", "sync", "--once")
        (ticket,) = self.run("anna", "tickets")
        self.run("anna", "reply", ticket["code"], "--text", "We know it of number 1.", "--send-now")

    def reset(self) -> None:
        self.servers.empty()

    def finish(self) -> str:
        for _ in range(3):
            self.run("anna", *self.words)
        self.hash_of("anna")
        ((name, state),) = outbox_states(self.profile("anna")).items()
        arrived, filed = self.servers.arrived(), self.servers.filed()
        assert state in self.right, state
        assert set(arrived) <= {name} and set(filed) <= {name}
        assert arrived[name] <= 1 and filed[name] <= 1
        if state in ("sent", "partly"):
            assert arrived[name] == filed[name] == 1
        if state == "refused":
            assert not arrived and not filed
            assert self.draft(), "a refused answer comes back as a draft"
        return ""

    def draft(self) -> list[Any]:
        with contextlib.closing(sqlite3.connect(self.profile("anna") / "desk.sqlite")) as database:
            return database.execute("SELECT * FROM draft").fetchall()


class SendRefused(Send):
    """An answer is refused after its last byte."""

    name = "send, refused"
    right = ("refused", "uncertain")

    def reset(self) -> None:
        super().reset()
        self.servers.smtp.fail_next("DOT", "554 5.7.1 spam", 1)

    def finish(self) -> str:
        try:
            return super().finish()
        finally:
            self.servers.smtp.reset()


class Acknowledge(Send):
    """Two mails are fetched and acknowledged; what is said by itself is rather not said than said twice."""

    name = "acknowledge"

    def prepare(self) -> None:
        self.servers.empty()
        self.servers.connect(self.killer, self.profile("anna"))
        (self.now / "canned.toml").write_text('[[canned]]\nname = "Thanks"\ntext = "It has come."\n')
        self.run("anna", "canned", "import", str(self.now / "canned.toml"))
        self.run("anna", "account", "acknowledge", "Support", "--with", "Thanks")
        self.run("anna", "sync", "--once")
        today = format_datetime(datetime.now(UTC)).encode()
        for number in (1, 2):
            self.servers.user.append(re.sub(rb"Date: .*\r", b"Date: " + today + b"\r", mail(number)))

    def finish(self) -> str:
        for _ in range(3):
            self.run("anna", *self.words)
        self.hash_of("anna")
        states, arrived = outbox_states(self.profile("anna")), self.servers.arrived()
        assert header_ids(self.profile("anna")) == Counter({f"q{n}@customer.example": 1 for n in (1, 2)})
        assert len(states) == 2, "each is acknowledged"
        assert sorted(states.values()) in (["sent", "sent"], ["dropped", "sent"]), states
        assert max(arrived.values()) == 1 and set(arrived) <= set(states)
        assert {name for name, state in states.items() if state == "sent"} <= set(arrived)
        return ""
