"""Cutting the log of a replica into segments, and going on under another name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhelp.db import segments
from deskhelp.db.replica import Replica
from deskhelp.domain.events import ITEM_ADDED, MAIL_RECEIVED, EventDraft
from deskhelp.domain.segments import decode, place_of


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    with Replica.open(tmp_path / "desk.sqlite") as opened:
        yield opened


def mails(replica: Replica, count: int) -> None:
    body = {"mailbox": "box", "raw": "", "arrived_at_ms": 1}
    drafts = [
        EventDraft(MAIL_RECEIVED, f"message:{number:032}", 1, body=body, text={"subject": str(number)})
        for number in range(count)
    ]
    replica.append(drafts)


def tag(replica: Replica, name: str) -> None:
    replica.append([EventDraft(ITEM_ADDED, "ticket:one", 1, body={"set": "tags", "item": name})])


def kinds_of(replica: Replica) -> list[list[str]]:
    """The kinds of events in each segment, in their order."""
    rows = replica.database.execute_sql("SELECT name, data FROM segment ORDER BY seq")
    return [[entry.event.kind for entry in decode(bytes(data), name).entries] for name, data in rows]


def tags_in(replica: Replica, origin: str) -> list[str]:
    rows = replica.database.execute_sql("SELECT name, data FROM segment WHERE origin = ? ORDER BY seq", (origin,))
    found = [entry.event for name, data in rows for entry in decode(bytes(data), name).entries]
    return [event.body["item"] for event in found]


def test_many_mails_are_cut_small_and_other_changes_are_not(replica: Replica) -> None:
    mails(replica, 120)
    for number in range(100):
        tag(replica, str(number))

    segments.cut(replica)

    assert [kinds.count(MAIL_RECEIVED) for kinds in kinds_of(replica)] == [50, 50, 20]
    assert [len(kinds) for kinds in kinds_of(replica)] == [50, 50, 120]
    assert not segments.has_uncut(replica)


def test_a_copy_under_a_new_name_keeps_what_is_older_than_what_it_handed_over(replica: Replica) -> None:
    for name in ("first", "second", "third"):
        tag(replica, name)
        segments.cut(replica)
    old = replica.replica_id
    (second,) = (name for name in segments.held(replica).names if place_of(name)[1] == 2)
    segments.mark_pushed(replica, [second])

    new = segments.fork(replica)
    segments.cut(replica)

    assert new == replica.replica_id != old
    assert tags_in(replica, old) == ["first", "second"]
    assert tags_in(replica, new) == ["third"]
    assert len(segments.held(replica).unpushed) == 2


def test_who_holds_the_replica_too_writes_under_the_new_name_at_once(replica: Replica) -> None:
    with Replica.open(replica.path) as other:
        segments.fork(replica)
        tag(other, "beside")

        rows = replica.database.execute_sql("SELECT DISTINCT origin FROM event").fetchall()
        assert rows == [(replica.replica_id,)]
