"""Runs the program again and again and strikes it: a process that has imported everything forks one child a run.

Reads one JSON line a run from standard input: `argv`, and how it is struck, if at all: after `kill_after_s`, or at its
`step` (see `steps`), where it is killed or, with `error`, that step fails. Answers with one line, an `Ended` of
`killing`. The child is the program itself, from `main` on.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pkgutil
import select
import signal
import sys
import time
from typing import Any

import deskhelp
from deskhelp.__main__ import main
from tests.faults import steps


def run(order: dict[str, Any]) -> dict[str, object]:
    started = time.monotonic()
    out, err = (os.memfd_create(name, os.MFD_CLOEXEC) for name in ("out", "err"))
    is_watched = order["watch"]
    ready, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ready)
        _be_the_program(order["argv"], out, err, theirs, is_watched=is_watched)
    os.close(theirs)
    pidfd = os.pidfd_open(child)
    watcher = steps.Watcher(child, _verdict(order))
    if is_watched:
        os.read(ready, 1)  # it ends once the child tells its steps
        handle = steps.handle_of(pidfd)
        has_ended = watcher.watch(handle, pidfd, order["kill_after_s"])
    else:
        has_ended = bool(select.select([pidfd], [], [], order["kill_after_s"])[0])
    if not has_ended:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    for number in (pidfd, ready, *([handle] if is_watched else [])):
        os.close(number)
    was_killed = os.WIFSIGNALED(status)
    return {
        "killed": was_killed,
        "status": -1 if was_killed else os.WEXITSTATUS(status),
        "took_s": time.monotonic() - started,
        "steps": watcher.count,
        "struck": watcher.last,
        "out": _text(out),
        "err": _text(err),
    }


def _be_the_program(argv: list[str], out: int, err: int, ready: int, *, is_watched: bool) -> None:
    for number, place in ((os.open(os.devnull, os.O_RDWR), 0), (out, 1), (err, 2)):
        os.dup2(number, place)
    if is_watched:
        steps.tell_steps()
    os.close(ready)
    code = 2
    try:
        code = main(argv)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _verdict(order: dict[str, Any]) -> steps.Verdict:
    step, error = order["step"], order["error"]

    def decide(number: int, what: str) -> int:
        if not step or number < step or (error and not order["goes_on"] and number > step):
            return 0
        if not error:
            return steps.KILL
        return error if steps.can_fail(what, error) else 0

    return decide


def _text(handle: int) -> str:
    size = os.fstat(handle).st_size
    text = os.pread(handle, size, 0).decode(errors="replace")
    os.close(handle)
    return text


def _import_everything() -> None:
    """Once, here, so that each run starts at once."""
    for part in ("domain", "mail", "db", "services", "cli"):
        package = importlib.import_module(f"{deskhelp.__name__}.{part}")
        for found in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{found.name}")


if __name__ == "__main__":
    _import_everything()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run(json.loads(line))) + "\n")
        sys.stdout.flush()
