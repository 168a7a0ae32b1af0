"""From the start of the process to a window painted with real rows of a large replica, against a bare window."""

from __future__ import annotations

import json
import sys
import time

from tests.bench.make_replica import replica_of
from tests.bench.report import Result, median
from tests.bench.testbed import run_json

CHILD = "tests.bench.window_child"


def measure(*, quick: bool = False) -> list[Result]:
    database = replica_of(10_000 if quick else 100_000)
    rounds = 3 if quick else 9
    readings: dict[str, list[dict[str, float]]] = {"bare": [], "start": []}
    for turn in range(rounds + 1):
        for kind, argument in (("bare", ""), ("start", str(database.parent))):
            reading = painted(kind, argument)
            if turn:
                readings[kind].append(reading)
    seconds = {kind: [r["seconds"] for r in found] for kind, found in readings.items()}
    memory = {kind: median([r["rss_mb"] for r in found]) for kind, found in readings.items()}
    ratio = median(seconds["start"]) / median(seconds["bare"])
    bare = f"bare PySide6 window: {1000 * median(seconds['bare']):.0f} ms, {memory['bare']:.0f} MB"
    return [
        Result(
            "start to painted list",
            ratio,
            "x",
            2.0,
            False,
            bare,
            tuple(seconds["start"]),
        ),
        Result(
            "memory with the list shown",
            memory["start"] / memory["bare"],
            "x",
            2.5,
            False,
            bare,
        ),
    ]


def painted(kind: str, argument: str) -> dict[str, float]:
    """Seconds from starting the process to the first painted rows, and its memory then."""
    started = time.time()
    out = run_json([sys.executable, "-m", CHILD, kind, argument], QT_QPA_PLATFORM="offscreen")
    found = json.loads(out.splitlines()[-1])
    return {"seconds": found["painted_at"] - started, "rss_mb": found["rss_mb"]}
