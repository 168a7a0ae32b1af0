"""Random schedules of replicas in files over each kind of hub, by two processes: which seeds fail."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from tests.bench.report import Result
from tests.model.running import said, told
from tests.model.stored import CARRIERS, runner, stored_schedule

USUAL, QUICK = 200, 20
PROCESSES, SHOWN = 2, 3


def measure(*, quick: bool = False, count: int = 0, first: int = 0, carrier: str = "") -> list[Result]:
    """Run `count` schedules over each carrier, or the one named, of the seeds from `first` on."""
    count = count or (QUICK if quick else USUAL)
    named = [{"imap": "mailbox"}.get(carrier, carrier)] if carrier else CARRIERS
    return [_measured(name, range(first, first + count)) for name in named]


def _measured(carrier: str, seeds: range) -> Result:
    begun = time.monotonic()
    parts = [seeds[part::PROCESSES] for part in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, initializer=logging.disable) as pool:
        failing = [seed for part in pool.map(failing_of, [carrier] * PROCESSES, parts) for seed in part]
    if failing:
        print(f"failing seeds over {carrier}: {sorted(failing)}")
    against = f"{len(seeds):,} of the seeds from {seeds.start:,} on, {time.monotonic() - begun:,.0f} s"
    return Result(f"random schedules over {carrier} that fail", len(failing), "schedules", 0, False, against)


def failing_of(carrier: str, seeds: Sequence[int]) -> list[int]:
    """The seeds whose schedules fail; the first few are told with the fewest steps."""
    with runner(carrier) as run:
        failing = [seed for seed in seeds if said(stored_schedule(seed), run)]
        for seed in failing[:SHOWN]:
            print(told(stored_schedule(seed), run), flush=True)
    return failing
