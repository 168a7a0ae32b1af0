"""What `sync --watch` says: each change once, and of the team with whom, how much, what stands in the way."""

from __future__ import annotations

import json

import pytest

from deskhelp.cli.output import Output
from deskhelp.cli.watching import Teller
from deskhelp.domain.segments import HubTrouble
from deskhelp.services.runner import MailHealth
from deskhelp.services.team_link import TeamHealth

PLACE = "folder:///srv/desk/team"
AWAY = HubTrouble("The team's folder cannot be reached.", advice="DeskHelp goes on.")
MET = TeamHealth(True, 1_790_000_000_000, place=PLACE)
MOVED = TeamHealth(True, 1_790_000_005_000, place=PLACE, pushed=3, pulled=12)


def health(team: TeamHealth | None, checked_at_ms: int = 1_790_000_000_000) -> MailHealth:
    return MailHealth(True, checked_at_ms, has_account=True, team=team)


def said(capsys: pytest.CaptureFixture[str], *healths: MailHealth, as_json: bool = False) -> list[str]:
    teller = Teller(Output(as_json))
    for one in healths:
        teller.tell(one)
    return capsys.readouterr().out.splitlines()


def test_what_was_exchanged_with_whom_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, health(MET), health(MOVED))

    assert lines[1:] == [
        "team at /srv/desk/team: reached.",
        "team at /srv/desk/team: 3 parcels of changes handed over, 12 taken in.",
    ]


def test_a_trouble_is_said_once_and_so_is_that_it_has_gone(capsys: pytest.CaptureFixture[str]) -> None:
    gone = TeamHealth(False, MET.exchanged_at_ms, AWAY, place=PLACE)

    lines = said(capsys, health(MET), health(gone), health(gone, 1_790_000_009_000), health(MET))

    assert lines[2:] == [
        f"team at /srv/desk/team: not reached. {AWAY}",
        "team at /srv/desk/team: reached again.",
    ]


def test_a_place_that_was_never_met_has_no_name_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, health(TeamHealth(False, 0, AWAY)))[1] == f"team: not reached. {AWAY}"


def test_what_the_exchange_found_is_said_although_it_went_well(capsys: pytest.CaptureFixture[str]) -> None:
    filled = TeamHealth(True, 1_790_000_005_000, HubTrouble("The place was empty."), place=PLACE, pushed=7)

    assert said(capsys, health(MET), health(filled))[2:] == [
        "team at /srv/desk/team: 7 parcels of changes handed over, 0 taken in.",
        "team at /srv/desk/team: The place was empty.",
    ]


def test_that_nothing_has_changed_is_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    later = TeamHealth(True, 1_790_000_007_000, place=PLACE)

    assert len(said(capsys, health(MOVED), health(later), health(later, 1_790_000_009_000), as_json=True)) == 1


def test_scripts_read_the_team_beside_the_mail(capsys: pytest.CaptureFixture[str]) -> None:
    alone, moved = (json.loads(line) for line in said(capsys, health(None), health(MOVED), as_json=True))

    assert alone == {"state": "online", "checked": moved["checked"], "outbox": 0, "trouble": None, "team": None}
    assert moved["team"] == {
        "place": PLACE,
        "reached": True,
        "exchanged": "2026-09-21T14:13:25+00:00",
        "pushed": 3,
        "pulled": 12,
        "trouble": None,
    }
