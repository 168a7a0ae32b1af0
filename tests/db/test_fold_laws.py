"""The law of the replica: equal sets of events give equal states, in whatever order and however often they come."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhelp.db.check import check, rebuild, state_hash
from deskhelp.db.replica import Replica
from deskhelp.domain.events import Event

from .histories import histories


def state_after(batches: Sequence[Sequence[Event]]) -> str:
    with tempfile.TemporaryDirectory() as folder, Replica.open(Path(folder) / "desk.sqlite") as replica:
        for batch in batches:
            replica.apply(batch, "elsewhere")
        state = state_hash(replica)
        rebuild(replica)
        assert state_hash(replica) == state, "the rebuilt state differs"
        assert check(replica).problems == ()
        return state


def in_pieces(events: list[Event], random: Any) -> list[list[Event]]:
    """The events shuffled, some of them twice, in batches of any size."""
    shuffled = [*events, *random.sample(events, len(events) // 3)]
    random.shuffle(shuffled)
    cuts = sorted(random.sample(range(len(shuffled)), random.randrange(min(8, len(shuffled)))))
    return [shuffled[start:end] for start, end in zip([0, *cuts], [*cuts, len(shuffled)], strict=True)]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.randoms(use_true_random=False))
def test_order_repetition_and_batches_make_no_difference(events: list[Event], random: Any) -> None:
    assert state_after(in_pieces(events, random)) == state_after([events])


@pytest.mark.long
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.randoms(use_true_random=False))
@pytest.mark.timeout(900)
def test_order_repetition_and_batches_make_no_difference_at_length(events: list[Event], random: Any) -> None:
    assert state_after(in_pieces(events, random)) == state_after([events])
