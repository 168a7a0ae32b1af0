"""The threads that own the replica."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhelp.db.troubles import ReadOnly
from deskhelp.services.office import Office
from deskhelp.services.workers import Workers
from tests.support.running_desk import PATIENCE_S, alone


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    with alone(tmp_path) as opened:
        yield opened


def count(office: Office) -> int:
    return int(office.replica.database.execute_sql("SELECT COUNT(*) FROM meta").fetchone()[0])


def note(office: Office, name: str) -> None:
    office.replica.set_meta(name, "noted")


def test_who_asks_for_the_team_waits_for_no_change(workers: Workers) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def write(office: Office) -> None:
        with office.replica.transaction():
            note(office, "half")
            begun.set()
            assert may_end.wait(PATIENCE_S)

    before = workers.ask_now(count)
    thread = threading.Thread(target=workers.write_now, args=(write,))
    thread.start()
    assert begun.wait(PATIENCE_S)
    meanwhile = workers.ask_now(count)
    may_end.set()
    thread.join(PATIENCE_S)

    assert meanwhile == before
    assert workers.ask_now(count) == before + 1


def test_all_that_one_question_sees_is_of_one_moment(workers: Workers) -> None:
    def twice(office: Office) -> tuple[int, int]:
        first = count(office)
        workers.write_now(note, "between")
        return first, count(office)

    first, second = workers.ask_now(twice)

    assert first == second
    assert workers.ask_now(count) == first + 1


def test_who_only_asks_changes_nothing(workers: Workers) -> None:
    with pytest.raises(ReadOnly):
        workers.ask_now(note, "new")


def test_after_the_end_nobody_asks(tmp_path: Path) -> None:
    with alone(tmp_path / "asked") as asked, alone(tmp_path / "not asked") as other:
        asked.ask_now(count)

    for closed in (asked, other):
        with pytest.raises(RuntimeError):
            closed.ask_now(count)
