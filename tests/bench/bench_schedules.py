"""Random schedules of replicas in memory, by two processes: which seeds fail, told with the fewest steps."""

from __future__ import annotations

import logging
import time
from concurrent.futures import ProcessPoolExecutor

from tests.bench.report import Result
from tests.model.running import run_in_memory, said, told
from tests.model.schedule import schedule_of

USUAL, QUICK, AT_ONCE = 50_000, 2_000, 500
PROCESSES, SHOWN = 2, 5


def measure(*, quick: bool = False, count: int = 0, first: int = 0) -> list[Result]:
    """Run `count` schedules, of the seeds from `first` on."""
    count = count or (QUICK if quick else USUAL)
    begun = time.monotonic()
    parts = [range(start, min(start + AT_ONCE, first + count)) for start in range(first, first + count, AT_ONCE)]
    with ProcessPoolExecutor(PROCESSES, initializer=logging.disable) as pool:
        failing = [seed for part in pool.map(failing_of, parts) for seed in part]
    seconds = time.monotonic() - begun
    for seed in failing[:SHOWN]:
        print(told(schedule_of(seed), run_in_memory))
    if failing:
        print(f"failing seeds: {failing}")
    against = f"{count:,} of the seeds from {first:,} on, {count / seconds:,.0f}/s"
    return [Result("random schedules in memory that fail", len(failing), "schedules", 0, False, against)]


def failing_of(seeds: range) -> list[int]:
    """The seeds whose schedules fail."""
    return [seed for seed in seeds if said(schedule_of(seed), run_in_memory)]
