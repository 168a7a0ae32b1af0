"""SIGKILL at any moment of importing and sending: nothing is lost, nothing doubled, nothing sent twice."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest

from deskhelp.db.check import check
from deskhelp.domain.entities import Agent
from deskhelp.services import accounts, catalog, sending, writing
from deskhelp.services.accounts import AccountForm
from deskhelp.services.intake import Incoming, take_in
from deskhelp.services.office import Office
from deskhelp.settings import Profile, open_profile
from tests.support.servers import ImapUser
from tests.support.smtp_server import SmtpServer

from .killing import Killer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks and SIGKILL are of POSIX")

FEW, MANY = 15, 100


def mail(number: int) -> bytes:
    """A mail of a customer of its own, a third of them with an attachment's worth of bytes."""
    bulk = b"\r\n".join([b"x" * 70] * 400) if number % 3 == 0 else b""
    return (
        f"From: Customer {number} <c{number}@customer.example>\r\nTo: support@desk.example\r\n"
        f"Subject: Question {number}\r\nMessage-ID: <q{number}@customer.example>\r\n"
        f"Date: Mon, 23 Nov 2026 09:{number // 60 % 60:02}:{number % 60:02} +0300\r\n\r\nPlease help with {number}.\r\n"
    ).encode() + bulk


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return open_profile(tmp_path / "desk")


def assert_whole(profile: Profile) -> None:
    with Office.open(profile) as office:
        report = check(office.replica)
    assert report.ok, report.problems


def header_ids(profile: Profile) -> Counter[str]:
    with sqlite3.connect(profile.database) as database:
        return Counter(row[0] for row in database.execute("SELECT header_id FROM message WHERE direction = 'in'"))


@pytest.mark.parametrize("kills", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_an_import_killed_at_any_moment_brings_every_mail_in_once(profile: Profile, tmp_path: Path, kills: int) -> None:
    source = tmp_path / "Maildir"
    for name in ("new", "cur", "tmp"):
        (source / name).mkdir(parents=True)
    count = 60 * kills
    for number in range(count):
        (source / "new" / f"{number:06}.test").write_bytes(mail(number))

    with Killer(profile.root, {}, seed=1) as killer:
        while killer.kills < kills:
            ended = killer.run_and_kill("import", str(source), within_s=0.5)
            assert ended["killed"] or ended["status"] == 0
            if not ended["killed"]:  # it came to its end: begin again from nothing
                assert_whole(profile)
                assert header_ids(profile) == Counter({f"q{n}@customer.example": 1 for n in range(count)})
                profile.database.unlink()
                for end in ("-wal", "-shm"):
                    profile.database.with_name(profile.database.name + end).unlink(missing_ok=True)
            elif killer.kills % 10 == 0 and profile.database.exists():
                assert_whole(profile)
        assert killer.run("import", str(source))["status"] == 0

    assert_whole(profile)
    assert header_ids(profile) == Counter({f"q{n}@customer.example": 1 for n in range(count)})


# -- sending -----------------------------------------------------------------------------------------


@pytest.fixture
def queue(profile: Profile, imap_user: ImapUser, smtp_server: SmtpServer) -> Iterator[int]:
    """A desk with a connected mailbox; gives how many answers one filling queues."""
    with Office.open(profile) as office:
        catalog.save(office, Agent("a" * 32, "Anna", "anna@desk.example"))
        catalog.set_agent(office, "a" * 32)
        accounts.add(
            office,
            AccountForm(
                "Support",
                "support@desk.example",
                f"imaps://{imap_user.name}@127.0.0.1:{imap_user.server.tls_port}",
                f"smtps://{imap_user.name}@127.0.0.1:{smtp_server.tls_port}",
                str(imap_user.server.ca_file),
            ),
        )
    yield 25


def fill_outbox(profile: Profile, first: int, count: int) -> None:
    """Queue an answer to each of `count` new customers."""
    with Office.open(profile) as office:
        box = office.mailboxes[0]
        taken = take_in(office, box, [Incoming(mail(n), 1_790_000_000_000 + n) for n in range(first, first + count)])
        for ticket in sorted(taken.change.tickets):
            draft = writing.start(office, ticket, "reply")
            sending.send(office, replace(draft, text="Solved."), send_now=True)


def outbox_states(profile: Profile) -> dict[str, str]:
    with sqlite3.connect(profile.database) as database:
        return dict(database.execute("SELECT header_id, state FROM outbox"))


@pytest.mark.parametrize("kills", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_a_sending_killed_at_any_moment_sends_nothing_twice_and_forgets_nothing(
    profile: Profile, queue: int, imap_user: ImapUser, smtp_server: SmtpServer, kills: int
) -> None:
    queued = 0
    with Killer(profile.root, {"DESKHELP_PASSWORD": imap_user.password}, seed=2) as killer:
        while killer.kills < kills:
            if "queued" not in outbox_states(profile).values():
                fill_outbox(profile, queued, queue)
                queued += queue
            killer.run_and_kill("sync", "--once", within_s=0.6)
        for _ in range(3):
            assert killer.run("sync", "--once")["status"] == 0

    assert_whole(profile)
    states = outbox_states(profile)
    arrived = Counter(str(message_from_bytes(one.raw)["Message-ID"]).strip("<>") for one in smtp_server.mails)
    assert len(states) == queued
    assert set(states.values()) <= {"sent", "uncertain"}
    assert max(arrived.values()) == 1
    assert {name for name, state in states.items() if state == "sent"} <= set(arrived)
    assert set(arrived) <= set(states)


def test_workers_of_a_killed_import_end_by_themselves(profile: Profile, tmp_path: Path) -> None:
    source = tmp_path / "mails"
    source.mkdir()
    for number in range(3000):
        (source / f"{number}.eml").write_bytes(mail(number))
    mark = f"deskhelp-orphan-test-{os.getpid()}"
    with Killer(profile.root, {"DESKHELP_TEST_MARK": mark}, seed=3) as killer:
        killer.run("import", str(source), kill_after_s=1.2)
        assert killer.kills == 1
        launcher = killer._process.pid

        def orphans() -> list[int]:
            found = []
            for entry in Path("/proc").iterdir():
                if entry.name.isdigit() and int(entry.name) != launcher:
                    try:
                        environment = (entry / "environ").read_bytes()
                    except OSError:
                        continue
                    if mark.encode() in environment:
                        found.append(int(entry.name))
            return found

        for _ in range(100):
            if not orphans():
                break
            os.sched_yield()
            select_a_moment()
        assert orphans() == []


def select_a_moment() -> None:
    """Wait a twentieth of a second for processes that are ending; there is nothing of them to wait on."""
    import select

    select.select([], [], [], 0.05)
