"""A disk that is full or broken from every step of each scene on, or just at that one."""

from __future__ import annotations

import errno

from tests.bench.report import Result
from tests.bench.striking import Tally, own_folder, real_servers
from tests.faults.killing import Killer
from tests.faults.scenes import SCENES

QUICK = 2
KINDS = {"full": errno.ENOSPC, "broken": errno.EIO}


def measure(*, quick: bool = False, count: int = 0, first: int = 0) -> list[Result]:
    """All steps of each scene, or `count` of them from `first` on."""
    count = count or (QUICK if quick else 0)
    return [_measured(name, error, count, first) for name, error in KINDS.items()]


def _measured(name: str, error: int, count: int, first: int) -> Result:
    tally = Tally(f"strikes of a disk that is {name}")
    for kind in SCENES:
        with real_servers() as new, own_folder() as folder, Killer((servers := new()).environment, first) as killer:
            scene = kind(killer, folder, servers)
            for step in range(first + 1, (min(first + count, scene.steps) if count else scene.steps) + 1):
                for goes_on in (False, True):
                    what = f"{step} of “{kind.name}”{', and all later' if goes_on else ''}"
                    tally.attempt(what, scene.failing_at, step, error, goes_on=goes_on)
    return tally.result("strikes")
