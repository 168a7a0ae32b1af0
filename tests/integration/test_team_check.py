"""`deskhelp check` in a team: what lies in its place is proven too."""

from __future__ import annotations

import contextlib
import itertools
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db.exchange import exchange
from deskhelp.domain.keeper import PATIENCE_MS
from deskhelp.domain.packs import Sizes
from deskhelp.domain.segments import decode, encode, segment_name
from deskhelp.services import desk, team, team_exchange
from deskhelp.services.office import Office
from deskhelp.services.team_check import PlaceReport, check_place
from deskhelp.services.team_places import meeting_place
from deskhelp.services.transfer import import_paths
from deskhelp.settings import open_profile
from tests.integration.test_team_sync import MAIL, Desk, desks, folder_url, pair, url

__all__ = ["desks", "folder_url", "url"]


def with_a_mail(anna: Desk, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(MAIL)
    anna("import", str(tmp_path / "one.eml"))
    anna("sync")


def test_every_item_is_proven_wherever_the_team_meets(desks: Callable[[str], Desk], url: str, tmp_path: Path) -> None:
    anna, boris = pair(desks, url)
    with_a_mail(anna, tmp_path)
    boris.new("Not handed over yet")

    report = boris("check")

    hub = report["hub"]
    assert (report["ok"], hub["reached"], hub["problems"], hub["missing"]) == (True, True, [], [])
    assert hub["items"]["blob"] == 1
    assert hub["proven"] == hub["items"]["seg"] + hub["items"]["txt"] + hub["items"]["blob"]
    assert hub["untaken"] == 1
    assert boris("check", "--no-hub")["hub"] is None


def test_an_encrypted_place_is_proven_too(desks: Callable[[str], Desk], folder_url: str, tmp_path: Path) -> None:
    anna = desks("anna")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DESKHELP_TEAM_CODE", raising=False)
        code = anna("team", "create", folder_url, "--encrypt")["code"]
        hub = anna("check")["hub"]
        assert (hub["reached"], "pairing code" in hub["trouble"]) == (False, True)
        patch.setenv("DESKHELP_TEAM_CODE", code)
        with_a_mail(anna, tmp_path)
        hub = anna("check")["hub"]
    assert (hub["reached"], hub["problems"]) == (True, [])
    assert hub["items"]["blob"] == 1


@pytest.fixture
def alone(tmp_path: Path, folder_url: str) -> Iterator[Office]:
    """An installation in this process that has handed over a mail and a few changes."""
    (tmp_path / "one.eml").write_bytes(MAIL)
    with Office.open(open_profile(tmp_path / "alone")) as office:
        team.create(office, folder_url)
        import_paths(office, [tmp_path / "one.eml"])
        exchanged(office)
        (row,) = office.replica.database.execute_sql("SELECT id FROM ticket").fetchall()
        for number in range(3):
            desk.set_subject(office, row[0], f"Printer {number}")
            exchanged(office)
        yield office


def exchanged(office: Office) -> None:
    team_exchange.exchange_with_team(lambda fn, *args: fn(office, *args))


def found(office: Office) -> PlaceReport:
    report = check_place(office)
    assert report is not None
    assert report.reached
    return report


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("hurt", [cut, flip, Path.unlink])
@pytest.mark.parametrize("kind", ["seg", "txt", "blob"])
def test_what_is_damaged_or_gone_is_named(
    kind: str, hurt: Callable[[Path], Any], alone: Office, tmp_path: Path
) -> None:
    assert found(alone).problems == []
    for item in [path for path in (tmp_path / "place" / kind).rglob("*") if path.is_file()]:
        before = item.read_bytes()
        hurt(item)
        report = found(alone)
        item.write_bytes(before)
        if kind == "seg" and hurt is Path.unlink:
            assert report.missing == [item.relative_to(tmp_path / "place").as_posix()]
            assert "1 parcels of changes that were there are gone." in report.problems
        else:
            assert [item.name in problem for problem in report.problems] == [True]
    assert found(alone).problems == []


@pytest.fixture
def packed(alone: Office) -> Office:
    """The same with its two oldest segments in a pack, and what that replaces removed."""
    team_here = team.team_of(alone)
    assert team_here is not None
    later = itertools.count(int(time.time() * 1000), PATIENCE_MS)
    with contextlib.closing(meeting_place(alone, team_here.url).open()) as hub:
        for _ in range(6):
            exchange(lambda fn, *args: fn(alone.replica, *args), hub, lambda: next(later), Sizes(1, 2, 1))
        assert found(alone).items["pack"] == 1
        assert found(alone).items["seg"] == 2
    return alone


def test_what_lies_in_packs_is_proven(packed: Office) -> None:
    report = found(packed)

    assert (report.problems, report.missing, report.waiting, report.untaken) == ([], [], 0, 0)
    for table in ("segment", "pack"):
        packed.replica.database.execute_sql(f"DELETE FROM {table}")
    assert found(packed).untaken == 4


@pytest.mark.parametrize("hurt", [cut, flip, Path.unlink])
@pytest.mark.parametrize("kind", ["pack", "ptxt"])
def test_what_is_damaged_or_gone_of_packs_is_named(
    kind: str, hurt: Callable[[Path], Any], packed: Office, tmp_path: Path
) -> None:
    (item,) = [path for path in (tmp_path / "place" / kind).rglob("*") if path.is_file()]
    hurt(item)

    report = found(packed)

    if kind == "pack" and hurt is Path.unlink:
        assert len(report.missing) == 2
        assert "2 parcels of changes that were there are gone." in report.problems
    else:
        assert [item.name in problem for problem in report.problems] == [True]


def test_a_gap_is_found_by_who_never_had_what_is_gone(alone: Office, tmp_path: Path) -> None:
    next((tmp_path / "place" / "seg").rglob("0000000002-*")).unlink()
    alone.replica.database.execute_sql("DELETE FROM segment")

    (problem,) = found(alone).problems

    assert problem == f"Of {alone.replica.replica_id} the parcels 2 to 2 are not there."


def test_a_chain_that_does_not_hang_together_is_found(alone: Office, tmp_path: Path) -> None:
    """Somebody who can write there, and has no DeskHelp, has put a parcel of their own under a fitting name."""
    last = max((tmp_path / "place" / "seg").rglob("0*"))
    forged = encode(
        replace(decode(last.read_bytes(), last.relative_to(tmp_path / "place").as_posix()), before="0" * 64)
    )
    name = segment_name(alone.replica.replica_id, 4, forged)
    (tmp_path / "place" / name).write_bytes(forged)

    assert f"{name} does not continue what its author wrote before." in found(alone).problems


def test_a_place_that_is_away_is_said_and_no_failure(alone: Office, tmp_path: Path) -> None:
    (tmp_path / "place").rename(tmp_path / "away")
    alone.close()

    hub = Desk(tmp_path / "alone")("check")["hub"]

    assert not hub["reached"]
    assert "cannot be reached" in hub["trouble"]


def test_a_place_that_is_empty_or_of_another_team_is_a_problem_and_is_not_touched(
    desks: Callable[[str], Desk], folder_url: str, tmp_path: Path
) -> None:
    anna, _ = pair(desks, folder_url)
    shutil.rmtree(tmp_path / "place")
    (tmp_path / "place").mkdir()

    assert any("whose it is" in problem for problem in anna("check", code=1)["hub"]["problems"])
    assert list((tmp_path / "place").iterdir()) == []
    desks("stranger")("team", "create", folder_url)
    assert anna("check", code=1)["hub"]["problems"] == ["Another team meets there now."]


def test_what_others_put_there_is_passed_over(alone: Office, tmp_path: Path) -> None:
    (tmp_path / "place" / "seg" / "desktop.ini").write_bytes(b"[.ShellClassInfo]")
    (tmp_path / "place" / "later").mkdir()
    (tmp_path / "place" / "later" / secrets.token_hex(8)).write_bytes(b"of a newer program")

    assert found(alone).problems == []


def test_a_file_of_a_database_is_read_and_not_mended(desks: Callable[[str], Desk], tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    anna = desks("anna")
    anna("team", "create", f"sqlite://{tmp_path / 'place' / 'team.sqlite'}")
    anna.new("Printer")
    anna("sync")
    with sqlite3.connect(tmp_path / "place" / "team.sqlite") as database:
        database.execute("UPDATE deskhelp_item SET data = x'00' WHERE name LIKE 'seg/%'")
    database.close()

    problems = anna("check", code=1)["hub"]["problems"]

    assert len(problems) == 1
    assert "seg/" in problems[0]
