"""Measures DeskHelp against the peers and limits that it names, as ratios within one run.

    python -m tests.bench                  everything but faults, about ten minutes
    python -m tests.bench kills steps disks cuts
                                           faults, about two hours
    python -m tests.bench import start     only these
    python -m tests.bench --quick          smaller sizes, to see that it works
    python -m tests.bench schedules --count 1000000 --first 5000
                                           so many, of the seeds from there on (schedules, carriers, kills),
                                           of the steps and bytes of each story (steps, disks, cuts), or
                                           so many segments (packs)
    python -m tests.bench crowd --count 5000 --carrier sqlite
                                           20 installations on one mailbox and one place, as real processes

Writes a Markdown table to standard output, and JSON with every single reading to ``--json FILE``.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.report import Result, markdown

MEASURED = (
    "import",
    "start",
    "work",
    "search",
    "poll",
    "stall",
    "parse",
    "mutants",
    "schedules",
    "carriers",
    "packs",
    "join",
    "crowd",
    "slowhub",
)
FAULTS = ("kills", "steps", "disks", "cuts")
NAMES = (*MEASURED, *FAULTS)
COUNTED = {
    **dict.fromkeys(("schedules", "packs", *FAULTS), ("count", "first")),
    "carriers": ("count", "first", "carrier"),
    "crowd": ("count", "carrier", "clients"),
    "slowhub": ("carrier",),
}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="smaller sizes")
    parser.add_argument(
        "--count", type=int, default=0, help="how many schedules, segments, kills, steps, cuts or mails"
    )
    parser.add_argument("--first", type=int, default=0, help="the first seed, step or byte")
    parser.add_argument("--carrier", default="", help="only this one: sqlite, folder, postgresql or imap")
    parser.add_argument("--clients", type=int, default=0, help="how many installations the crowd has")
    parser.add_argument("--json", type=Path, help="write all readings here")
    options = parser.parse_args(argv)
    results: list[Result] = []
    for name in options.names or MEASURED:
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        module = importlib.import_module(f"tests.bench.bench_{name}")
        more = {option: getattr(options, option) for option in COUNTED.get(name, ())}
        results += module.measure(quick=options.quick, **more)
    print(markdown(results))
    if options.json:
        options.json.write_text(json.dumps([result.as_json() for result in results], indent=1))
    return 0 if all(result.is_met for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
