"""Running one schedule in memory, making a failing one smaller, and telling it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from .folding import folded
from .pure import MemoryHub, MemoryReplica
from .schedule import Schedule
from .world import Failure, World

Run = Callable[[Schedule], None]


def run_in_memory(schedule: Schedule) -> None:
    """Raises Failure, or whatever the program raised."""
    random = Random(schedule.seed)

    def new_id() -> str:
        return f"{random.getrandbits(64):016x}"

    world = World(schedule, lambda now_ms: MemoryReplica(new_id, now_ms, schedule.sizes), MemoryHub())
    world.run()
    world.settle()
    first, last = list(world.desks[0].all_events()), list(world.desks[-1].all_events())
    random.shuffle(last)
    if folded(first) != folded(last):
        raise Failure("equal events give different tickets")


def smaller(schedule: Schedule, run: Run) -> Schedule:
    """A schedule that still fails, with as few steps as leaving them out by halves, quarters and so on reaches."""
    size = len(schedule.steps)
    while size:
        size = min(size, len(schedule.steps))
        start = 0
        while start < len(schedule.steps):
            tried = replace(schedule, steps=schedule.steps[:start] + schedule.steps[start + size :])
            if said(tried, run):
                schedule = tried
            else:
                start += size
        size //= 2
    return schedule


def said(schedule: Schedule, run: Run) -> str:
    """What is wrong with a schedule, "" for nothing."""
    try:
        run(schedule)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def told(schedule: Schedule, run: Run) -> str:
    """A failing schedule as lines: its seed, what is wrong, and the fewest steps that make it so."""
    small = smaller(schedule, run)
    steps = "\n".join(f"  {step}" for step in small.steps)
    return f"seed {schedule.seed}: {said(schedule, run)}\n skews {small.skews_ms}: {said(small, run)}\n{steps}"
