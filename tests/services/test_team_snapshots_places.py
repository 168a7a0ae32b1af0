"""Snapshots in every kind of place, in encrypted ones, in the background, and under SIGKILL."""

from __future__ import annotations

import multiprocessing
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhelp.db.check import check, state_hash
from deskhelp.services import accounts, passwords, team, team_about, team_link, team_snapshots
from deskhelp.services.accounts import AccountForm
from deskhelp.services.incoming import Incoming
from deskhelp.services.intake import take_in
from deskhelp.services.office import Office
from deskhelp.services.runner import MailHealth
from deskhelp.settings import open_profile
from tests.support.running_desk import Watched, alone, at_work
from tests.support.servers import ImapUser, TeamDatabase
from tests.support.snapshot_child import exchange, exchange_alone, make_small

from .conftest import BOX, START_MS, raw_mail

MAILS = 60


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    make_small(monkeypatch.setattr)


def fill(office: Office) -> None:
    mails = [raw_mail(n, sender=f"Rosa <rosa{n}@other.example>", subject=f"Scanner {n}") for n in range(MAILS)]
    take_in(office, BOX, [Incoming(raw, START_MS + n) for n, raw in enumerate(mails)])


# -- places ----------------------------------------------------------------------------------------


@pytest.fixture(params=["folder", "sqlite", "postgresql", "imap"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "postgresql":
        database: TeamDatabase = request.getfixturevalue("team_database")
        monkeypatch.setenv("DESKHELP_TEAM_PASSWORD", database.password)
        return database.url
    if request.param == "imap":
        return "imap:support"
    (tmp_path / "place").mkdir()
    return f"{request.param}://{tmp_path / 'place'}" + ("/team.sqlite" if request.param == "sqlite" else "")


@pytest.fixture
def offices(
    request: pytest.FixtureRequest, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Office, Office]]:
    """Anna's, filled, and Boris's; both have the mailbox where the team meets in it."""
    monkeypatch.setattr(passwords, "_backend", lambda: None)
    monkeypatch.setattr(passwords, "_session", {})
    with Office.open(open_profile(tmp_path / "anna")) as anna, Office.open(open_profile(tmp_path / "boris")) as boris:
        if url.startswith("imap:"):
            user: ImapUser = request.getfixturevalue("imap_user")
            monkeypatch.setenv("DESKHELP_PASSWORD", user.password)
            imap = f"imaps://{user.name}@127.0.0.1:{user.server.tls_port}"
            for office in (anna, boris):
                accounts.add(office, AccountForm("Support", BOX.address, imap, "", str(user.server.ca_file)))
        fill(anna)
        yield anna, boris


@pytest.mark.parametrize("encrypt", [False, True], ids=["plain", "encrypted"])
def test_who_joins_at_any_place_has_all_at_once(offices: tuple[Office, Office], url: str, encrypt: bool) -> None:
    anna, boris = offices
    made = team.create(anna, url, encrypt=encrypt)
    code = team.pairing_code(anna) if encrypt else ""
    exchange(anna)

    team.join(boris, made.url, code=code)
    done = exchange(boris)
    exchange(anna)
    exchange(boris)

    assert (done.pulled, done.troubles) == (0, [])
    assert [check(office.replica).problems for office in offices] == [(), ()]
    assert state_hash(anna.replica) == state_hash(boris.replica)


def test_the_keeper_of_an_encrypted_place_reads_nothing_of_a_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(team_about.VARIABLE, raising=False)
    monkeypatch.setattr(passwords, "_backend", lambda: None)
    monkeypatch.setattr(passwords, "_session", {})
    (tmp_path / "place").mkdir()
    with Office.open(open_profile(tmp_path / "anna")) as anna:
        fill(anna)
        team.create(anna, f"folder://{tmp_path / 'place'}", encrypt=True)
        exchange(anna)

    files = [path for path in (tmp_path / "place" / "snap").rglob("*") if path.is_file()]
    assert len(files) > 2
    for path in files:
        data = path.read_bytes()
        assert b"schema" not in data
        assert b"\x78\x01" not in data[:20], "it is deflated, not encrypted"


# -- in the background -----------------------------------------------------------------------------


def test_one_is_made_in_the_background_and_taken_while_it_is_told_how_much_has_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team_snapshots, "PUT_S", 0.0)
    monkeypatch.setattr(team_link, "BUNDLE_S", 0.01)
    monkeypatch.setattr(team_link, "pause_s", lambda url: 0.05)
    (tmp_path / "place").mkdir()
    url = f"folder://{tmp_path / 'place'}"
    with alone(tmp_path / "anna") as anna, alone(tmp_path / "boris") as boris:
        anna.write_now(fill)
        anna.write_now(team.create, url)
        with at_work(anna) as first:
            first.until(lambda: list((tmp_path / "place").glob("snap/*/*/list")))
        told: list[int | None] = []
        hear = Watched._told

        def recorded(watched: Watched, health: MailHealth) -> None:
            if health.team is not None:
                told.append(health.team.getting)
            hear(watched, health)

        monkeypatch.setattr(Watched, "_told", recorded)
        boris.write_now(team.join, url)
        with at_work(boris) as second:
            second.until(lambda: len(second.tickets()) == MAILS and told and told[-1] is None)

    parts = [percent for percent in told if percent is not None]
    assert len(parts) > 2
    assert parts == sorted(parts)
    assert parts[-1] == 100
    assert not (tmp_path / "anna" / "snapshot" / "made").exists()


# -- killing ---------------------------------------------------------------------------------------

if sys.platform != "win32":
    _FORKS = multiprocessing.get_context("forkserver")
    _FORKS.set_forkserver_preload([exchange_alone.__module__])


def _killed(root: Path, after_s: float) -> bool:
    """Exchange, and be killed a moment after beginning; False if it was done by then."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    child = _FORKS.Process(target=exchange_alone, args=(root, sender))
    child.start()
    sender.close()
    assert receiver.recv() == "begun"
    child.join(after_s)
    child.kill()
    child.join()
    receiver.close()
    return child.exitcode != 0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
@pytest.mark.parametrize("kills", [12, pytest.param(30, marks=pytest.mark.long)])
def test_killed_at_any_moment_of_making_putting_and_taking_all_is_there_or_nothing(tmp_path: Path, kills: int) -> None:
    chance = random.Random(3)
    (tmp_path / "place").mkdir()
    url = f"folder://{tmp_path / 'place'}"
    with Office.open(open_profile(tmp_path / "anna")) as anna:
        fill(anna)
        team.create(anna, url)
    while kills > 0 and not list((tmp_path / "place").glob("snap/*/*/list")):
        kills -= _killed(tmp_path / "anna", chance.random() * 0.4)
    with Office.open(open_profile(tmp_path / "anna")) as anna:
        exchange(anna)

    number = 0
    while kills > 0:
        number += 1
        root = tmp_path / f"laptop{number}"
        with Office.open(open_profile(root)) as laptop:
            team.join(laptop, url)
        while kills > 0 and _killed(root, chance.random() * 0.5):
            kills -= 1
            with Office.open(open_profile(root)) as laptop:
                report = check(laptop.replica)
                assert report.problems == ()
                assert report.messages in (0, MAILS), "half of a snapshot"
        with Office.open(open_profile(root)) as laptop:
            done = exchange(laptop)
            assert done.pulled <= number, "it did not come by the snapshot"  # but for who joined before
            with Office.open(open_profile(tmp_path / "anna")) as anna:
                exchange(anna)
                assert state_hash(laptop.replica) == state_hash(anna.replica)
            assert not any(laptop.profile.snapshot_dir.rglob("*"))
