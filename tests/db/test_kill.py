"""A writer that is killed at any moment leaves a whole replica with all that it had reported as written."""

from __future__ import annotations

import multiprocessing
import random
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from deskhelp.db.check import check, rebuild, state_hash
from deskhelp.db.replica import Replica
from deskhelp.domain.events import about_ticket

from .histories import mail, ticket_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
if sys.platform != "win32":
    _FORKS = multiprocessing.get_context("forkserver")  # a fork of this process would inherit its threads' locks
    _FORKS.set_forkserver_preload([Replica.__module__])


def _write(path: Path, first: int, done: Connection) -> None:
    """Mails and changes in batches, each reported once it is written."""
    with Replica.open(path) as replica:
        number = first
        while True:
            batch = [mail(number + place, refs=[number + place - 1]) for place in range(7)]
            with replica.transaction():
                replica.put_blobs([b"raw mail %d " % (number + place) * 50 for place in range(7)])
                replica.apply(batch, "elsewhere")
                about = about_ticket(ticket_of(batch[0]))
                replica.append([replica.field_draft(about, "status", "solved", at_ms=number)])
            number += 7
            done.send(number)


def _kill_once(path: Path, first: int, batches: int, pause_s: float) -> int:
    """Let a writer write some batches, kill it a moment later; returns the number up to which it reported."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    child = _FORKS.Process(target=_write, args=(path, first, sender))
    child.start()
    sender.close()
    reported = first
    for _ in range(batches):
        reported = receiver.recv()
    child.join(pause_s)
    child.kill()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    try:
        while receiver.poll():
            reported = receiver.recv()
    except EOFError:
        pass
    receiver.close()
    return reported


def _kill_often(path: Path, times: int, chance: random.Random) -> None:
    first = 1
    for _ in range(times):
        reported = _kill_once(path, first, chance.randrange(3), chance.random() * 0.08)
        with Replica.open(path) as replica:
            report = check(replica)
            assert report.problems == ()
            assert reported - 1 <= report.messages <= reported + 6, "what was reported is there, the rest whole or not"
            assert report.messages % 7 == 0
            assert report.events == report.messages + report.messages // 7
            first = report.messages + 1
    with Replica.open(path) as replica:
        state = state_hash(replica)
        rebuild(replica)
        assert state_hash(replica) == state


def test_killed_at_any_moment_nothing_written_is_lost_or_doubled(tmp_path: Path) -> None:
    _kill_often(tmp_path / "desk.sqlite", 30, random.Random(1))


@pytest.mark.long
@pytest.mark.timeout(900)
def test_killed_very_often_nothing_written_is_lost_or_doubled(tmp_path: Path) -> None:
    for seed in range(10):
        _kill_often(tmp_path / f"{seed}.sqlite", 40, random.Random(seed + 100))
