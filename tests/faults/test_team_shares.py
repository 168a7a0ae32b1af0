"""The share on which a team meets: full, read-only, without rights, not connected, dated by another clock. Each is said
in a sentence, stops nothing else, and heals when its cause is gone."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from deskhelp.db.hub_folder import FolderHub
from deskhelp.db.hub_sql import sqlite_hub
from deskhelp.domain.segments import blob_name, seal
from deskhelp.services import computers, team, team_exchange
from deskhelp.services.office import Office
from deskhelp.settings import open_profile
from tests.integration.test_team_sync import Desk
from tests.support.servers import TeamDatabase

from .test_places import NOT_ROOT

KINDS = pytest.mark.parametrize("kind", ["folder", "sqlite"])


class Share:
    """A small file system at a server, and where it is connected here."""

    def __init__(self, server: Path, root: Path) -> None:
        self.server, self.root = server, root
        server.mkdir()
        root.mkdir()

    def switch_on(self) -> None:
        if run("mount", "-t", "tmpfs", "-o", "size=400k,mode=0777", "tmpfs", self.server).returncode:
            pytest.skip("mounting is not allowed here")

    def connect(self) -> None:
        assert run("mount", "--bind", self.server, self.root).returncode == 0

    def disconnect(self) -> None:
        assert run("umount", self.root).returncode == 0

    def allow(self, how: str) -> None:
        assert run("mount", "-o", f"remount,bind,{how}", self.root).returncode == 0

    def url(self, kind: str) -> str:
        return f"{kind}://{self.root}" + ("/team.sqlite" if kind == "sqlite" else "")


def run(*words: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(word) for word in words], check=False, capture_output=True)


@pytest.fixture
def share(tmp_path: Path) -> Iterator[Share]:
    if NOT_ROOT:
        pytest.skip("mounting a small file system needs root")
    found = Share(tmp_path / "server", tmp_path / "share")
    found.switch_on()
    found.connect()
    yield found
    for place in (found.root, found.server):
        run("umount", place)


@pytest.fixture
def desk_of(tmp_path: Path) -> Callable[[str], Desk]:
    return lambda name: Desk(tmp_path / name)


def trouble_of(desk: Desk) -> str:
    return str(desk("sync", code=1)["troubles"]["team"])


def fill(share: Share) -> None:
    """Until not one byte more goes in."""
    with (share.root / "films").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        while True:
            file.write(b"x" * 512)


@KINDS
def test_a_full_share_is_said_and_all_is_handed_over_when_there_is_room(
    kind: str, share: Share, desk_of: Callable[[str], Desk]
) -> None:
    anna, boris = desk_of("anna"), desk_of("boris")
    anna("team", "create", share.url(kind))
    boris("team", "join", share.url(kind))
    boris.new("Ticket of Boris")
    boris("sync")
    fill(share)
    for number in range(3):
        anna.new(f"Ticket {number}")

    assert "is full" in trouble_of(anna)
    assert "Ticket of Boris" in anna.subjects
    assert anna("check", "--no-hub")["ok"]
    (share.root / "films").unlink()
    for desk in (anna, boris):
        assert desk("sync")["team"]["said"] == []
    assert boris.subjects == {"Ticket of Boris", *(f"Ticket {number}" for number in range(3))}
    assert boris("check")["hub"]["problems"] == []


@KINDS
def test_a_share_that_became_read_only_is_said_and_all_is_handed_over_when_it_is_not(
    kind: str, share: Share, desk_of: Callable[[str], Desk]
) -> None:
    anna, boris = desk_of("anna"), desk_of("boris")
    anna("team", "create", share.url(kind))
    boris("team", "join", share.url(kind))
    boris.new("Router")
    boris("sync")
    share.allow("ro")
    anna.new("Printer")

    assert "cannot be written" in trouble_of(anna)
    assert anna.subjects == {"Printer", "Router"}  # what the others did is taken all the same
    share.allow("rw")
    for desk in (anna, boris):
        desk("sync")
    assert boris.subjects == {"Printer", "Router"}


@KINDS
def test_an_empty_folder_in_place_of_a_share_is_no_new_place(
    kind: str, share: Share, desk_of: Callable[[str], Desk]
) -> None:
    anna = desk_of("anna")
    anna("team", "create", share.url(kind))
    anna("sync")
    share.disconnect()
    anna.new("Printer")

    assert f"The share {share.root} on which the team meets is not connected." in trouble_of(anna)
    assert list(share.root.iterdir()) == []
    share.connect()
    done = anna("sync")["team"]
    assert (done["refilled"], done["said"]) == (0, [])
    assert anna("check")["hub"]["problems"] == []


@KINDS
def test_a_share_that_was_wiped_is_filled_again_and_that_is_said_once(
    kind: str, share: Share, desk_of: Callable[[str], Desk]
) -> None:
    anna = desk_of("anna")
    anna("team", "create", share.url(kind))
    anna("sync")
    for thing in share.root.iterdir():
        shutil.rmtree(thing) if thing.is_dir() else thing.unlink()

    assert "filled again" in anna("sync")["team"]["said"][0]
    assert anna("sync")["team"]["said"] == []


def test_a_place_may_lie_on_another_share_from_now_on(share: Share, desk_of: Callable[[str], Desk]) -> None:
    """The server was replaced: what it held was copied, and lies here without being connected from elsewhere."""
    anna = desk_of("anna")
    anna("team", "create", share.url("folder"))
    anna("sync")
    share.disconnect()
    shutil.copytree(share.server, share.root, dirs_exist_ok=True)

    assert anna("sync")["team"]["said"] == []
    shutil.rmtree(share.root)
    share.root.mkdir()
    assert "filled again" in anna("sync")["team"]["said"][0]
    share.connect()  # for the end of the test


WITHOUT_RIGHTS = """
import os, sys
from deskhelp.db.hub_folder import FolderHub
from deskhelp.db.hub_sql import sqlite_hub
from deskhelp.domain.segments import blob_name, seal
from pathlib import Path
os.setgid(65534)
os.setuid(65534)
try:
    hub = FolderHub(Path(sys.argv[1])) if sys.argv[2] == "folder" else sqlite_hub(Path(sys.argv[1]) / "team.sqlite")
    hub.put(blob_name("a" * 32), seal(b"x"))
except Exception as trouble:
    print(type(trouble).__name__, trouble)
"""


@pytest.mark.skipif(NOT_ROOT, reason="gives its rights away, which only root can")
@pytest.mark.parametrize(
    ("rights", "said"), [(0o755, "PlaceShut The team's place cannot be written"), (0o700, "cannot be reached")]
)
@KINDS
def test_a_place_without_the_right_to_write_or_to_look_is_said(kind: str, rights: int, said: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "team"
        root.mkdir()
        with_rights = FolderHub(root) if kind == "folder" else sqlite_hub(root / "team.sqlite")
        with_rights.put(blob_name("b" * 32), seal(b"y"))
        for path in (*root.rglob("*"), root, Path(folder)):
            path.chmod(rights if path.is_dir() else 0o644)
        command = [sys.executable, "-c", WITHOUT_RIGHTS, str(root), kind]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert said in told


# -- clocks --------------------------------------------------------------------------------------


@KINDS
@pytest.mark.parametrize(
    ("days", "said"), [(-3, ["72 h behind that of the team's place"]), (3, ["72 h ahead of that"]), (0, [])]
)
def test_a_clock_that_is_days_off_is_said_where_it_is_off(
    kind: str, days: int, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share dates its files by a clock of its own."""
    (tmp_path / "place").mkdir()
    off = SimpleNamespace(time=time.time, time_ns=lambda: time.time_ns() + days * 86_400 * 10**9)
    monkeypatch.setattr("deskhelp.db.place_clock.time", off)
    with Office.open(open_profile(tmp_path / "desk")) as office:
        ending = "/team.sqlite" if kind == "sqlite" else ""
        team.create(office, f"{kind}://{tmp_path / 'place'}{ending}")
        first = team_exchange.exchange_with_team(lambda fn, *args: fn(office, *args))
        second = team_exchange.exchange_with_team(lambda fn, *args: fn(office, *args))

    assert first is not None
    assert second is not None
    assert [sentence in str(trouble) for sentence, trouble in zip(said, first.troubles, strict=True)] == [True] * len(
        said
    )
    assert [str(trouble) for trouble in second.troubles] == [str(trouble) for trouble in first.troubles]


def test_a_clock_that_was_set_right_is_not_complained_of_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "place").mkdir()
    with Office.open(open_profile(tmp_path / "desk")) as office:
        team.create(office, f"folder://{tmp_path / 'place'}")
        with monkeypatch.context() as wrong:
            off = SimpleNamespace(time=time.time, time_ns=lambda: time.time_ns() + 86_400 * 10**9)
            wrong.setattr("deskhelp.db.place_clock.time", off)
            team_exchange.exchange_with_team(lambda fn, *args: fn(office, *args))
        computers.rename(office, "Reception")
        done = team_exchange.exchange_with_team(lambda fn, *args: fn(office, *args))

    assert done is not None
    assert done.troubles == []


def test_a_servers_clock_is_compared_too(
    tmp_path: Path, team_database: TeamDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = SimpleNamespace(**vars(time) | {"time_ns": lambda: time.time_ns() - 86_400 * 10**9})
    monkeypatch.setattr("deskhelp.db.hub_postgres.time", off)
    with Office.open(open_profile(tmp_path / "desk")) as office:
        team.create(office, team_database.url, team_database.password)
        done = team_exchange.exchange_with_team(lambda fn, *args: fn(office, *args))

    assert done is not None
    assert ["24 h behind" in str(trouble) for trouble in done.troubles] == [True]
