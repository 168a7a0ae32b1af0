from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.hours import is_at_work, parse_hours

MONDAY = datetime(2026, 11, 23)


def working(text: str) -> list[str]:
    """The hours of a week in which somebody works, as ``day hour``."""
    spans = parse_hours(text)
    moments = [MONDAY + timedelta(hours=hour) for hour in range(7 * 24)]
    return [f"{moment.weekday()} {moment.hour}" for moment in moments if is_at_work(spans, moment)]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mo-Tu 9:00-11:00", ["0 9", "0 10", "1 9", "1 10"]),
        ("пн–вт 9-11", ["0 9", "0 10", "1 9", "1 10"]),
        ("Sun-Mon 9.00–10.00", ["0 9", "6 9"]),
        ("Fri 22-2", ["4 22", "4 23", "5 0", "5 1"]),
        ("Mo 9-10, Su 23-24", ["0 9", "6 23"]),
    ],
)
def test_hours_are_understood_as_people_write_them(text: str, hours: list[str]) -> None:
    assert working(text) == hours


def test_who_says_nothing_is_always_there() -> None:
    assert len(working("")) == 7 * 24


def test_without_a_day_every_day_is_meant() -> None:
    assert len(working("9-10")) == 7


@pytest.mark.parametrize("text", ["always", "Mo-Fr", "9-25", "Mo 9", "9:70-10"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_hours(text)


@given(st.text())
def test_anything_is_hours_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        is_at_work(parse_hours(text), MONDAY)
