"""SIGKILL at any moment of taking in, sending and exchanging: nothing is lost, nothing doubled, nothing sent twice."""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path

import pytest

from tests.support.servers import ImapUser, TeamDatabase
from tests.support.smtp_server import SmtpServer

from .killing import Killer
from .random_kills import import_killed, sending_killed
from .scene import Servers, mail
from .teamwork import Teamwork

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks and SIGKILL are of POSIX")

KILLS, IN_TEAM = 20, 12
"""`python -m tests.bench kills` kills far more often."""


@pytest.fixture
def servers(imap_user: ImapUser, smtp_server: SmtpServer) -> Servers:
    return Servers(imap_user, smtp_server)


def test_an_import_killed_at_any_moment_brings_every_mail_in_once(tmp_path: Path) -> None:
    with Killer({}, seed=1) as killer:
        import_killed(killer, tmp_path, KILLS)


def test_a_sending_killed_at_any_moment_sends_nothing_twice_and_forgets_nothing(
    servers: Servers, tmp_path: Path
) -> None:
    with Killer(servers.environment, seed=2) as killer:
        sending_killed(killer, tmp_path, servers, KILLS)


@pytest.mark.parametrize("carrier", ["folder", "sqlite", "postgresql", "imap"])
def test_a_team_killed_at_any_moment_loses_and_doubles_nothing(
    carrier: str, servers: Servers, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "place").mkdir()
    url = f"{carrier}://{tmp_path / 'place'}" + ("/team.sqlite" if carrier == "sqlite" else "")
    environment = servers.environment
    if carrier == "imap":
        url = "imap:support"
    if carrier == "postgresql":
        database: TeamDatabase = request.getfixturevalue("team_database")
        url = database.url
        environment |= {"DESKHELP_TEAM_PASSWORD": database.password}
    with Killer(environment, seed=4) as killer:
        office = Teamwork(killer, tmp_path, url, servers)
        office.work(IN_TEAM)
        office.end()


def test_workers_of_a_killed_import_end_by_themselves(tmp_path: Path) -> None:
    source = tmp_path / "mails"
    source.mkdir()
    for number in range(3000):
        (source / f"{number}.eml").write_bytes(mail(number))
    mark = f"deskhelp-orphan-test-{os.getpid()}"
    with Killer({"DESKHELP_TEST_MARK": mark}, seed=3) as killer:
        killer.run(tmp_path / "desk", "import", str(source), kill_after_s=1.2)
        assert killer.kills == 1

        def orphans() -> list[int]:
            found = []
            for entry in Path("/proc").iterdir():
                if entry.name.isdigit() and int(entry.name) != killer.pid:
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
    select.select([], [], [], 0.05)
