"""Killed before each of its steps, or with a disk that fails there: the story always ends as if nothing had been.

Here each so-many-th step; `python -m tests.bench steps` takes all of them.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.support.servers import ImapUser
from tests.support.smtp_server import SmtpServer

from . import steps
from .killing import Killer
from .scene import Scene, Servers
from .scenes import SCENES
from .scenes_mail import Import, Send
from .scenes_team import SyncFolder, SyncSqlite

IN_CI = 3
"""How many steps of each scene; which ones differs from scene to scene."""


@pytest.fixture(scope="module", autouse=True)
def _can_be_told() -> None:
    """CI must not pass over this in silence."""
    why_not = steps.why_not()
    if why_not and os.environ.get("CI"):
        pytest.fail(f"CI needs to strike at steps: {why_not}")
    if why_not:
        pytest.skip(f"steps cannot be told here: {why_not}")


@pytest.fixture
def servers(imap_user: ImapUser, smtp_server: SmtpServer) -> Servers:
    return Servers(imap_user, smtp_server)


def some_of(scene: Scene) -> range:
    stride = max(scene.steps // IN_CI, 1)
    return range(1 + sum(scene.name.encode()) % stride, scene.steps + 1, stride)


@pytest.mark.parametrize("kind", SCENES, ids=lambda kind: kind.name)
def test_killed_before_a_step_it_ends_as_if_nothing_had_been(
    kind: type[Scene], servers: Servers, tmp_path: Path
) -> None:
    with Killer(servers.environment, seed=5) as killer:
        scene = kind(killer, tmp_path, servers)
        for step in some_of(scene):
            scene.killed_at(step)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])
@pytest.mark.parametrize("kind", [Import, Send, SyncFolder, SyncSqlite], ids=lambda kind: kind.name)
def test_a_disk_that_fails_at_a_step_is_said_in_a_sentence_and_costs_nothing(
    kind: type[Scene], error: int, servers: Servers, tmp_path: Path
) -> None:
    with Killer(servers.environment, seed=6) as killer:
        scene = kind(killer, tmp_path, servers)
        for step in some_of(scene):
            scene.failing_at(step, error, goes_on=bool(step % 2))


def test_steps_are_counted_and_told_by_name(tmp_path: Path) -> None:
    with Killer({}, seed=7) as killer:
        words = ("new", "--from", "a@customer.example", "--subject", "Printer")
        whole = killer.watch(tmp_path / "whole", *words)
        first = killer.run_to_step(tmp_path / "first", *words, step=1)
        last = killer.run_to_step(tmp_path / "last", *words, step=whole.steps)

    assert whole.steps > 50
    assert (first.killed, first.steps, first.struck) == (True, 1, "mkdir first")
    assert (last.killed, last.steps) == (True, whole.steps)
    assert not (tmp_path / "first").exists(), "what is killed before a step has not done it"
