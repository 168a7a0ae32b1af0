"""Schedules in memory: thousands in CI, a million with ``python -m tests.bench schedules --count 1000000``."""

from __future__ import annotations

import pytest

from .running import run_in_memory, said, told
from .schedule import schedule_of

AT_ONCE = 500
FOUND = (40040390, 70161791, 1103)
"""Seeds that failed once: a pack was put again and again without a raw mail that it names, and parts of a pack were
set aside with it that were whole and that nobody else had; a copy that went on under a new name lost what was older
than what it had handed over.
"""


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Each item that is set aside is logged, which is most of the time of a schedule."""
    caplog.set_level("CRITICAL")


@pytest.mark.parametrize("first", range(0, 3000, AT_ONCE))
def test_whatever_happens_all_come_to_the_same_and_nothing_is_lost(first: int) -> None:
    failing = [schedule for seed in range(first, first + AT_ONCE) if said(schedule := schedule_of(seed), run_in_memory)]
    assert not failing, told(failing[0], run_in_memory)


@pytest.mark.parametrize("seed", FOUND)
def test_what_has_failed_once_holds(seed: int) -> None:
    assert not said(schedule_of(seed), run_in_memory)
