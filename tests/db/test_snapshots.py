"""The law of snapshots: who takes one has what it holds and what was here, folded as if all had come one by one."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhelp.db import adopting, segments, snapshots
from deskhelp.db.check import check, rebuild, state_hash
from deskhelp.db.replica import Replica
from deskhelp.db.troubles import DiskFull
from deskhelp.domain.events import Event
from deskhelp.domain.segments import decode
from deskhelp.domain.snapshots import decode_list

from .histories import histories, mail
from .test_fold_laws import state_after


def work(replica: Replica, events: Sequence[Event]) -> None:
    replica.apply(events, replica.replica_id)


def hand_over(replica: Replica) -> None:
    """As an exchange does."""
    segments.cut(replica)
    segments.mark_pushed(replica, list(segments.held(replica).unpushed))


def taken(folder: Path, file: Path) -> None:
    """The file of the snapshot that was made in a folder."""
    items = snapshots.made(folder)
    parts = [(name, path.read_bytes()) for name, path in items.items() if not name.endswith("list")]
    (contents,) = [decode_list(path.read_bytes(), name) for name, path in items.items() if name.endswith("list")]
    adopting.join_parts(parts, contents, file)
    adopting.make_ready(file)


def in_segments(replica: Replica) -> set[str]:
    held = segments.held(replica).names
    found = [decode(segments.segment_bytes(replica, name), name) for name in held]
    return {entry.event.id for segment in found for entry in segment.entries}


def joined_by_snapshot(team: Sequence[Sequence[Event]], own: Sequence[Event]) -> str:
    """The state of who had `own` and took the snapshot of a team that wrote these, some at a time."""
    with tempfile.TemporaryDirectory() as root:
        maker = Replica.open(Path(root) / "maker.sqlite")
        for events in team:
            work(maker, events)
            hand_over(maker)
        snapshots.make(maker.path, Path(root) / "out", lambda: False)
        maker.close()
        joiner = Replica.open(Path(root) / "joiner.sqlite")
        work(joiner, own)
        taken(Path(root) / "out", Path(root) / "in" / "desk.sqlite")
        joiner.bind()
        adopting.adopt(joiner, Path(root) / "in" / "desk.sqlite")

        state = state_hash(joiner)
        assert check(joiner).problems == ()
        segments.cut(joiner)
        assert in_segments(joiner) >= {event.id for event in joiner.events()}, "something would never travel on"
        rebuild(joiner)
        assert state_hash(joiner) == state, "the rebuilt state differs"
        joiner.close()
        return state


def law(events: list[Event], random: Any) -> None:
    """The team's events in several pieces, and what the new one has of its own, which overlaps them."""
    cut = random.randrange(1, len(events) + 1)
    team, own = events[:cut], random.sample(events, random.randrange(len(events)))
    half = random.randrange(len(team) + 1)
    known = [*team, *own]
    assert joined_by_snapshot([team[:half], team[half:]], own) == state_after([known])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.randoms(use_true_random=False))
def test_a_snapshot_and_what_was_here_give_the_state_of_all_their_events(events: list[Event], random: Any) -> None:
    law(events, random)


@pytest.mark.long
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.randoms(use_true_random=False))
@pytest.mark.timeout(900)
def test_a_snapshot_and_what_was_here_give_the_state_of_all_at_length(events: list[Event], random: Any) -> None:
    law(events, random)


def test_making_one_can_be_stopped(tmp_path: Path) -> None:
    with Replica.open(tmp_path / "desk.sqlite") as replica:
        assert snapshots.make(replica.path, tmp_path / "out", lambda: True) is None
        assert snapshots.made(tmp_path / "out") == {}
        assert snapshots.make(replica.path, tmp_path / "out", lambda: False) is not None


def test_a_disk_that_gets_full_while_one_is_taken_leaves_what_was_here(tmp_path: Path) -> None:
    with Replica.open(tmp_path / "maker.sqlite") as maker:
        work(maker, [mail(number) for number in range(200)])
        hand_over(maker)
        snapshots.make(maker.path, tmp_path / "out", lambda: False)
    with Replica.open(tmp_path / "joiner.sqlite") as joiner:
        work(joiner, [mail(900)])
        before = state_hash(joiner)
        file = tmp_path / "in" / "desk.sqlite"
        taken(tmp_path / "out", file)
        joiner.bind()
        (pages,) = joiner.database.execute_sql("PRAGMA page_count").fetchone()
        joiner.database.execute_sql(f"PRAGMA max_page_count = {pages + 5}")

        with pytest.raises(DiskFull):
            adopting.adopt(joiner, file)

        assert (state_hash(joiner), check(joiner).problems) == (before, ())
        joiner.database.execute_sql("PRAGMA max_page_count = 1000000")
        adopting.adopt(joiner, file)
        assert check(joiner).messages == 201
