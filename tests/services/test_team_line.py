"""The way to the team's place, held open over exchanges that follow at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from deskhelp.domain.segments import HubTrouble
from deskhelp.services.team_line import Line
from deskhelp.services.team_places import MeetingPlace


@dataclass
class Opened:
    is_closed: bool = False

    def close(self) -> None:
        self.is_closed = True


@dataclass(frozen=True)
class Place:
    """A place that notes who came."""

    url: str = "sqlite:///team.sqlite"
    box: Any = None
    opened: list[Opened] = field(default_factory=list, compare=False)

    def open(self) -> Opened:
        self.opened.append(Opened())
        return self.opened[-1]


def visit(line: Line, place: Place, *, goes_on: bool) -> None:
    with line.open(cast(MeetingPlace, place)):
        if goes_on:
            line.go_on()


def test_it_is_held_open_for_as_long_as_another_exchange_follows() -> None:
    line, place = Line(), Place()

    visit(line, place, goes_on=True)
    assert not place.opened[0].is_closed
    visit(line, place, goes_on=False)
    assert place.opened[0].is_closed
    visit(line, place, goes_on=True)
    line.close()

    assert [one.is_closed for one in place.opened] == [True, True]


def test_a_mailbox_is_let_go_each_time() -> None:
    line, place = Line(), Place("imap:support", box="box")

    visit(line, place, goes_on=True)

    assert place.opened[0].is_closed


def test_what_went_wrong_is_begun_anew() -> None:
    line, place = Line(), Place()
    visit(line, place, goes_on=True)

    with pytest.raises(HubTrouble), line.open(cast(MeetingPlace, place)):
        raise HubTrouble("The line is dead.")

    assert place.opened[0].is_closed
    visit(line, place, goes_on=False)
    assert len(place.opened) == 2


def test_another_place_is_another_way() -> None:
    line, here, there = Line(), Place(), Place("sqlite:///other.sqlite")

    visit(line, here, goes_on=True)
    visit(line, there, goes_on=True)

    assert here.opened[0].is_closed
    assert not there.opened[0].is_closed
    line.close()
