"""What is struck at every step: a run of the program, how all lay before it, and what must be true in the end.

After each strike the program is simply run again, as an agent or a timer would. The laws: `check` finds nothing, the
state is that of an undisturbed run, every mail is one message, no answer was sent twice, none is silently forgotten.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import shutil
import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from deskhelp.settings import load_settings, open_profile, save_settings
from tests.support.byte_scan import found_in
from tests.support.servers import ImapUser
from tests.support.smtp_server import SmtpServer

from .killing import Ended, Killer

STATES = Path(__file__).resolve().parents[1] / "db" / "states"
MAILS = 30
ROUNDS = 6
ERASED_ADDRESS = "c3@customer.example"
ERASED_WORDS = (ERASED_ADDRESS.encode(), b"Customer 3", b"Please help with 3.", b"We know it of number 3.")


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


# -- a team ------------------------------------------------------------------------------------------


class Team(Scene):
    """Two installations, each with something that the other one lacks; all exchange in the end."""

    carrier = "folder"

    @property
    def url(self) -> str:
        place = self.now / "place"
        return f"{self.carrier}://{place}" + ("/team.sqlite" if self.carrier == "sqlite" else "")

    def prepare(self) -> None:
        (self.now / "place").mkdir()
        self.found()
        self.run("boris", "team", "join", self.url)
        for name in ("anna", "boris", "anna"):
            self.run(name, "sync", "--once")
        self.work()

    def found(self) -> None:
        self.fill("anna", 1)
        self.fill("boris", 2)
        self.run("anna", "team", "create", self.url)

    def fill(self, name: str, number: int) -> None:
        path = self.now / f"{number}.eml"
        path.write_bytes(mail(number))
        self.run(name, "import", str(path))

    def work(self) -> None:
        """What both do after they have exchanged."""
        for name, number in (("anna", 3), ("boris", 4)):
            self.fill(name, number)
            (ticket,) = self.run(name, "tickets", f"c{number}@customer.example")
            self.run(name, "note", ticket["code"], "--text", f"We know it of number {number}.")
            self.run(name, "tag", ticket["code"], f"+of-{name}")
        self.run("boris", "sync", "--once")

    def finish(self) -> str:
        self.exchange_all("anna", "boris")
        assert header_ids(self.profile("anna")) == self.mails()
        hashes = {self.hash_of(name) for name in ("anna", "boris")}
        assert len(hashes) == 1, "two installations differ"
        return hashes.pop()

    def exchange_all(self, *names: str) -> None:
        """Until nothing moves any more."""
        for _ in range(ROUNDS):
            rounds = [self.run(name, "sync", "--once")["team"] for name in names]
            assert all(one["said"] == [] for one in rounds), rounds
            if not any(one["pushed"] or one["pulled"] or one["refilled"] for one in rounds):
                return
        raise AssertionError(f"there is no end: {rounds}")

    def mails(self) -> Counter[str]:
        return Counter({f"q{number}@customer.example": 1 for number in (1, 2, 3, 4)})


class SyncFolder(Team):
    """Changes are pushed into and pulled from a folder."""

    name = "sync over a folder"
    words = ("sync", "--once")


class SyncSqlite(Team):
    """The same over the file of a database."""

    name = "sync over an SQLite file"
    words = ("sync", "--once")
    carrier = "sqlite"


class Found(Team):
    """A team is founded."""

    name = "found"

    def prepare(self) -> None:
        (self.now / "place").mkdir()
        self.fill("anna", 1)
        self.fill("boris", 2)
        self.words = ("team", "create", self.url)

    def finish(self) -> str:
        if self.killer.run(self.profile("anna"), "team", "status").status:
            again = self.killer.run(self.profile("anna"), "team", "create", self.url)
            if again.status:
                assert "Join it instead" in again.err
                self.run("anna", "team", "join", self.url)
        if self.killer.run(self.profile("boris"), "team", "join", self.url).status:
            self.run("anna", "sync", "--once")  # which puts the mark that was still missing
            self.run("boris", "team", "join", self.url)
        for name in ("anna", "boris", "anna", "boris"):
            self.run(name, "sync", "--once")
        return super().finish()

    def mails(self) -> Counter[str]:
        return Counter({f"q{number}@customer.example": 1 for number in (1, 2)})


class Join(Found):
    """A team is joined."""

    name = "join"
    struck = "boris"

    def prepare(self) -> None:
        (self.now / "place").mkdir()
        self.found()
        self.run("anna", "sync", "--once")
        self.words = ("team", "join", self.url)

    def finish(self) -> str:
        if self.killer.run(self.profile("boris"), "team", "status").status:
            self.run("boris", "team", "join", self.url)
        return Team.finish(self)


class Erase(Team):
    """A customer is erased here."""

    name = "erase"
    words = ("erase", ERASED_ADDRESS, "--yes")

    def prepare(self) -> None:
        super().prepare()
        for name in ("anna", "boris", "anna"):
            self.run(name, "sync", "--once")
        profile = open_profile(self.profile("anna"))
        save_settings(profile, load_settings(profile).with_pictures_of(ERASED_ADDRESS, is_wanted=True))

    def finish(self) -> str:
        self.run("anna", "erase", ERASED_ADDRESS, "--yes")
        for part in (self.now / "place").rglob(".part-*"):
            os.utime(part, (0, 0))  # a day has passed
        super().finish()
        for name in ("anna", "boris", "place"):
            assert found_in(self.now / name, ERASED_WORDS) == set()
        assert all(one["is_place_clean"] and not one["missing"] for one in self.run("anna", "erasures"))
        return ""  # how often somebody was erased is told in the history

    def mails(self) -> Counter[str]:
        return Counter({f"q{number}@customer.example": 1 for number in (1, 2, 4)})


class Sweep(Erase):
    """What was erased is taken out of the team's place."""

    name = "sweep"
    words = ("sync", "--once")

    def prepare(self) -> None:
        super().prepare()
        self.run("anna", "erase", ERASED_ADDRESS, "--yes")


class SweepSqlite(Sweep):
    """The same in the file of a database."""

    name = "sweep of an SQLite file"
    carrier = "sqlite"


class SyncThenErase(Erase):
    """Somebody is erased whose mail was just being pushed."""

    name = "sync, then erase"
    words = ("sync", "--once")

    def prepare(self) -> None:
        Team.prepare(self)


class EraseAfterOther(Sweep):
    """An erasure of a colleague is carried out."""

    name = "erase after a colleague"
    struck = "boris"

    def prepare(self) -> None:
        super().prepare()
        self.run("anna", "sync", "--once")


SCENES: tuple[type[Scene], ...] = (
    FirstImport,
    Import,
    Upgrade,
    Restore,
    Fetch,
    Send,
    SendRefused,
    Acknowledge,
    SyncFolder,
    SyncSqlite,
    Found,
    Join,
    Erase,
    Sweep,
    SweepSqlite,
    SyncThenErase,
    EraseAfterOther,
)
