"""What an installation says of itself while it exchanges with the team."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskhelp.db.hub_sql import sqlite_hub
from deskhelp.domain.presence import claims_of
from deskhelp.services import team_sense
from deskhelp.services.team_sense import Reading, Sense

ME, BOX, URL = "a" * 16, "m" * 32, "sqlite:///team.sqlite"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(team_sense, "monotonic", lambda: now[0])
    return now


def test_who_fetches_says_so_again_while_an_exchange_takes_long(clock: list[float], tmp_path: Path) -> None:
    sense, hub = Sense(), sqlite_hub(tmp_path / "team.sqlite")
    sense.meet(hub, ME, URL, Reading({BOX: True}), is_only=True)
    first = hub.heard()[ME]
    assert claims_of(first)[BOX].holds

    clock[0] += 3
    sense.beat(hub, ME)
    assert hub.heard()[ME] == first
    clock[0] += 2
    sense.beat(hub, ME)
    assert hub.heard()[ME] != first
    assert claims_of(hub.heard()[ME]) == claims_of(first)


def test_who_does_not_fetch_says_nothing_meanwhile(clock: list[float], tmp_path: Path) -> None:
    sense, hub = Sense(), sqlite_hub(tmp_path / "team.sqlite")
    sense.meet(hub, ME, URL, Reading({BOX: True}), is_only=False)
    first = hub.heard()[ME]

    clock[0] += 60
    sense.beat(hub, ME)

    assert not claims_of(first)[BOX].holds
    assert hub.heard()[ME] == first
