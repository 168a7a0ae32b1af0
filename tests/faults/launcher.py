"""Runs the program again and again and kills it: a process that has imported everything forks one child a run.

Reads one JSON line a run from standard input, ``{"argv": [...], "kill_after_s": 0.3 or null}``, and answers with one:
``{"killed": true, "status": 0, "took_s": 0.31}``. The child is the program itself, from `main` on.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time

from deskhelp.__main__ import main
from deskhelp.cli import commands  # noqa: F401  imported once, here, so that each run starts at once
from deskhelp.services import reading_pool, sync, transfer  # noqa: F401


def run(argv: list[str], kill_after_s: float | None) -> dict[str, object]:
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1):
            os.dup2(quiet, number)
        os._exit(main(argv))
    pidfd = os.pidfd_open(child)
    ended = select.select([pidfd], [], [], kill_after_s)[0]
    if not ended:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(pidfd)
    was_killed = os.WIFSIGNALED(status)
    return {
        "killed": was_killed,
        "status": -1 if was_killed else os.WEXITSTATUS(status),
        "took_s": time.monotonic() - started,
    }


if __name__ == "__main__":
    for line in sys.stdin:
        order = json.loads(line)
        sys.stdout.write(json.dumps(run(order["argv"], order["kill_after_s"])) + "\n")
        sys.stdout.flush()
