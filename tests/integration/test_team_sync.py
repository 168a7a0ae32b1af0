"""Two and more installations as real processes, exchanging through a hub."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskhelp.domain.status import Channel
from deskhelp.domain.views import Person
from deskhelp.services import sending, team
from deskhelp.services.office import Office
from deskhelp.settings import open_profile
from tests.support.servers import ImapUser, TeamDatabase
from tests.support.snapshot_child import exchange, make_small

MAIL = b"""From: "Maria Ivanova" <maria@customer.example>\r
To: support@desk.example\r
Subject: Printer on the second floor\r
Message-ID: <q1@customer.example>\r
Date: Mon, 23 Nov 2026 09:00:00 +0300\r
Content-Type: text/plain; charset=utf-8\r
\r
The printer does not print.\r
"""


class Desk:
    """An installation, worked by commands."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, *words: str, code: int = 0, typed: str = "") -> Any:
        command = [sys.executable, "-m", "deskhelp", "--profile", str(self.root), "--json", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, input=typed)
        assert done.returncode == code, done.stderr + done.stdout
        return json.loads(done.stdout) if done.stdout else done.stderr

    def new(self, subject: str) -> str:
        made = self("new", "--from", "maria@customer.example", "--subject", subject, "--text", f"Text of {subject}")
        return str(made["code"])

    @property
    def hash(self) -> str:
        report = self("check", "--no-hub")
        assert report["problems"] == []
        return str(report["state_hash"])

    @property
    def subjects(self) -> set[str]:
        return {ticket["subject"] for ticket in self("tickets")}


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
def folder_url(tmp_path: Path) -> str:
    (tmp_path / "place").mkdir()
    return f"folder://{tmp_path / 'place'}"


@pytest.fixture
def desks(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Desk]:
    """Installations; each reads the mailbox if that is where the team meets."""
    url = request.getfixturevalue("url") if "url" in request.fixturenames else ""
    if not url.startswith("imap:"):
        return lambda name: Desk(tmp_path / name)
    user: ImapUser = request.getfixturevalue("imap_user")
    monkeypatch.setenv("DESKHELP_PASSWORD", user.password)

    def made(name: str) -> Desk:
        desk = Desk(tmp_path / name)
        connect(desk, user)
        return desk

    return made


def connect(desk: Desk, user: ImapUser) -> None:
    imap = f"imaps://{user.name}@127.0.0.1:{user.server.tls_port}"
    desk("account", "add", "Support", "--address", "support@desk.example", "--imap", imap,
         "--ca-file", str(user.server.ca_file))  # fmt: skip


def pair(desks: Callable[[str], Desk], url: str) -> tuple[Desk, Desk]:
    """Two installations in a team, each with a ticket of its own from before, exchanged."""
    anna, boris = desks("anna"), desks("boris")
    anna.new("Printer")
    boris.new("Telephone")
    anna("team", "create", url)
    boris("team", "join", url)
    for desk in (anna, boris, anna):
        desk("sync")
    return anna, boris


def test_two_that_worked_alone_have_the_same_after_an_exchange_and_after_edits_apart(
    desks: Callable[[str], Desk], url: str
) -> None:
    anna, boris = pair(desks, url)
    assert anna.subjects == boris.subjects == {"Printer", "Telephone"}

    code = str(anna("tickets", "printer")[0]["code"])
    anna("set", code, "priority=high")
    boris("set", code, "priority=low")
    boris("tag", code, "+floor-2")
    for desk in (anna, boris, anna):
        desk("sync")

    assert anna.hash == boris.hash
    assert anna("ticket", code) == boris("ticket", code)
    assert anna("ticket", code)["tags"] == ["floor-2"]
    assert [rival["value"] for rival in anna("ticket", code)["also_set"]] == ["high"]
    boris("set", code, "priority=low")
    assert boris("ticket", code)["also_set"] == []
    boris("sync")
    anna("sync")
    assert anna("sync")["team"] == {"pushed": 0, "pulled": 0, "refilled": 0, "said": []}
    assert boris("team", "status")["waiting"] == 0


def test_a_mail_travels_with_its_raw_bytes_and_is_one_ticket_where_both_had_it(
    desks: Callable[[str], Desk], url: str, tmp_path: Path
) -> None:
    anna, boris = pair(desks, url)
    (tmp_path / "one.eml").write_bytes(MAIL)
    anna("import", str(tmp_path / "one.eml"))
    boris("import", str(tmp_path / "one.eml"))
    (tmp_path / "two.eml").write_bytes(MAIL.replace(b"q1@", b"q2@").replace(b"Printer", b"Scanner"))
    anna("import", str(tmp_path / "two.eml"))
    for desk in (anna, boris, anna):
        desk("sync")

    assert anna.hash == boris.hash
    assert len(boris("tickets")) == 4
    boris("export", str(tmp_path / "out"))
    assert any(b"Scanner on the second floor" in path.read_bytes() for path in (tmp_path / "out").rglob("*.eml"))


def test_a_hub_that_was_lost_is_filled_again_from_whoever_comes_first(
    desks: Callable[[str], Desk], folder_url: str, tmp_path: Path
) -> None:
    anna, boris = pair(desks, folder_url)
    shutil.rmtree(tmp_path / "place")
    assert "cannot be reached" in anna("sync", code=1)["troubles"]["team"]
    (tmp_path / "place").mkdir()

    done = boris("sync")["team"]

    assert done["refilled"] >= 2
    assert "filled again" in done["said"][0]
    carla = desks("carla")
    carla("team", "join", folder_url)
    for desk in (carla, anna, boris):
        desk("sync")
    assert carla.hash == anna.hash == boris.hash


def test_a_hub_from_an_old_backup_gets_what_it_lacks(
    desks: Callable[[str], Desk], folder_url: str, tmp_path: Path
) -> None:
    anna, boris = pair(desks, folder_url)
    shutil.copytree(tmp_path / "place", tmp_path / "backup")
    anna.new("Later")
    anna("sync")
    boris("sync")
    shutil.rmtree(tmp_path / "place")
    (tmp_path / "backup").rename(tmp_path / "place")

    assert boris("sync")["team"]["refilled"] == 1
    carla = desks("carla")
    carla("team", "join", folder_url)
    carla("sync")
    anna("sync")
    assert carla.hash == anna.hash


def test_a_copied_installation_goes_on_under_a_name_of_its_own(
    desks: Callable[[str], Desk], url: str, tmp_path: Path
) -> None:
    anna, boris = pair(desks, url)
    shutil.copytree(anna.root, tmp_path / "copy")
    copy = desks("copy")
    anna.new("Of Anna")
    copy.new("Of the copy")

    anna("sync")
    said = copy("sync")["team"]["said"]
    for desk in (boris, anna, copy, boris):
        desk("sync")

    assert "copy of another one" in said[-1]
    assert copy("team", "status")["replica"] != anna("team", "status")["replica"]
    assert anna.hash == boris.hash == copy.hash
    assert boris.subjects == {"Printer", "Telephone", "Of Anna", "Of the copy"}


def test_an_installation_put_back_from_a_backup_gets_its_later_work_from_the_team(
    desks: Callable[[str], Desk], url: str, tmp_path: Path
) -> None:
    anna, boris = pair(desks, url)
    anna("backup", str(tmp_path / "anna.backup"))
    anna.new("After the backup")
    anna("sync")
    anna("restore", str(tmp_path / "anna.backup"))
    anna.new("After the restore")
    for desk in (anna, boris, anna):
        desk("sync")

    assert anna.hash == boris.hash
    assert boris.subjects == {"Printer", "Telephone", "After the backup", "After the restore"}


@pytest.mark.parametrize("kind", ["seg", "txt", "blob"])
def test_a_damaged_file_is_said_and_fetched_from_who_has_it(
    kind: str, desks: Callable[[str], Desk], folder_url: str, tmp_path: Path
) -> None:
    anna, boris = pair(desks, folder_url)
    (tmp_path / "one.eml").write_bytes(MAIL)
    anna("import", str(tmp_path / "one.eml"))
    anna("sync")
    hurt = max(
        (path for path in (tmp_path / "place" / kind).rglob("*") if path.is_file()), key=lambda p: p.stat().st_mtime_ns
    )
    hurt.write_bytes(hurt.read_bytes()[:-7])

    assert "damaged" in boris("sync")["team"]["said"][0]
    anna("sync")
    boris("sync")

    assert anna.hash == boris.hash


def test_a_new_laptop_gets_all_at_once_and_is_told_how_much_has_come(
    folder_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_small(monkeypatch.setattr)
    with Office.open(open_profile(tmp_path / "anna")) as office:
        for number in range(30):
            form = sending.NewTicket(Channel.PHONE, Person("", "maria@customer.example"), f"Call {number}", "Text.")
            sending.new_ticket(office, form)
        team.create(office, folder_url)
        exchange(office)
    anna, boris = Desk(tmp_path / "anna"), Desk(tmp_path / "boris")
    boris("team", "join", folder_url)

    command = [sys.executable, "-m", "deskhelp", "--profile", str(boris.root), "sync", "--once"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stderr.splitlines()[0] == "Getting the team's data: 0 %"
    assert done.stderr.splitlines()[-1] == "Getting the team's data: 100 %"
    assert boris("sync")["team"] == {"pushed": 0, "pulled": 0, "refilled": 0, "said": []}
    anna("sync")
    assert boris.hash == anna.hash
    assert len(boris.subjects) == 30


def test_another_teams_hub_is_left_alone(desks: Callable[[str], Desk], folder_url: str, tmp_path: Path) -> None:
    anna, _ = pair(desks, folder_url)
    shutil.rmtree(tmp_path / "place")
    (tmp_path / "place").mkdir()
    stranger = desks("stranger")
    stranger("team", "create", folder_url)

    assert "another team" in anna("sync", code=1)["troubles"]["team"]
    assert not (tmp_path / "place" / "seg").exists()


def test_who_leaves_keeps_all_and_is_told_nothing_more(desks: Callable[[str], Desk], folder_url: str) -> None:
    anna, boris = pair(desks, folder_url)
    boris("team", "leave")
    anna.new("Later")
    anna("sync")

    assert boris("sync")["team"] is None
    assert boris.subjects == {"Printer", "Telephone"}
    assert "no team" in boris("team", "status", code=1)
    boris("team", "join", folder_url)
    boris("sync")
    assert boris.subjects == {"Printer", "Telephone", "Later"}


def test_a_team_is_founded_once_and_joined_where_there_is_one(desks: Callable[[str], Desk], url: str) -> None:
    anna, boris = desks("anna"), desks("boris")

    assert "no team" in boris("team", "join", url, code=1)
    anna("team", "create", url)
    assert "already" in boris("team", "create", url, code=1)
    assert "Leave that one first" in anna("team", "join", url, code=1)
    assert "no place for a team" in boris("team", "join", "ftp://x/y", code=1)


def test_the_password_of_a_database_is_kept_out_of_the_profile_and_given_with_each_run_where_no_keyring_is(
    desks: Callable[[str], Desk], team_database: TeamDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DESKHELP_TEAM_PASSWORD", raising=False)
    monkeypatch.setenv("DESKHELP_PASSWORD", "that of a mailbox")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    anna, boris = desks("anna"), desks("boris")
    inside = team_database.url.replace("desk@", f"desk:{team_database.password}@")

    made = anna("team", "create", inside)
    joined = boris("team", "join", team_database.url, "--password-stdin", typed=f"{team_database.password}\n")

    assert (made["url"], made["password_kept"]) == (team_database.url, False)
    assert (joined["url"], joined["team"]) == (team_database.url, made["team"])
    assert anna("team", "status")["url"] == team_database.url
    assert "password of desk" in anna("sync", code=1)["troubles"]["team"]
    monkeypatch.setenv("DESKHELP_TEAM_PASSWORD", "wrong")
    assert "refuses desk" in anna("sync", code=1)["troubles"]["team"]
    monkeypatch.setenv("DESKHELP_TEAM_PASSWORD", team_database.password)
    assert anna("sync")["team"]["said"] == []
    for path in (path for desk in (anna, boris) for path in desk.root.rglob("*") if path.is_file()):
        assert team_database.password.encode() not in path.read_bytes(), path


def test_a_password_that_was_changed_on_the_server_is_given_anew_without_leaving(
    desks: Callable[[str], Desk], team_database: TeamDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("DESKHELP_TEAM_PASSWORD", team_database.password)
    anna = desks("anna")
    assert "no team" in anna("team", "password", "--password-stdin", typed="x\n", code=1)
    anna("team", "create", team_database.url)
    monkeypatch.setenv("DESKHELP_TEAM_PASSWORD", "that of before")

    assert "deskhelp team password" in anna("sync", code=1)["troubles"]["team"]
    assert "refuses desk" in anna("team", "password", "--password-stdin", typed="another wrong one\n", code=1)
    given = anna("team", "password", "--password-stdin", typed=f"{team_database.password}\n")

    assert given == {"password_kept": False}


def test_a_place_without_a_password_takes_none(desks: Callable[[str], Desk], folder_url: str) -> None:
    anna = desks("anna")
    anna("team", "create", folder_url)

    assert "no password" in anna("team", "password", "--password-stdin", typed="x\n", code=1)
