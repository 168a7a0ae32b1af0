"""A kill before every step by which each scene changes a file or says something to the outside."""

from __future__ import annotations

from tests.bench.report import Result
from tests.bench.striking import Tally, own_folder, real_servers
from tests.faults.killing import Killer
from tests.faults.scenes import SCENES

QUICK = 4


def measure(*, quick: bool = False, count: int = 0, first: int = 0) -> list[Result]:
    """All steps of each scene, or `count` of them from `first` on."""
    count = count or (QUICK if quick else 0)
    results = []
    for kind in SCENES:
        tally = Tally(f"kills at a step of “{kind.name}”")
        with real_servers() as new, own_folder() as folder, Killer((servers := new()).environment, first) as killer:
            scene = kind(killer, folder, servers)
            for step in range(first + 1, (min(first + count, scene.steps) if count else scene.steps) + 1):
                tally.attempt(step, scene.killed_at, step)
        results.append(tally.result("kills", f" of {scene.steps:,}"))
    return results
