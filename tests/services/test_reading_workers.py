"""Workers that die: nothing is lost, the rest goes on, and a mail that kills whatever reads it is kept apart."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db import details
from deskhelp.db.check import check
from deskhelp.domain.errors import DeskTrouble
from deskhelp.services import intake, reading_again, reading_pool
from deskhelp.services.incoming import Incoming
from deskhelp.services.intake import inbox_of, take_in
from deskhelp.services.office import Office
from deskhelp.services.reading_pool import FEW, ReadingPool

from .conftest import BOX, START_MS, raw_mail

MANY = 2 * FEW


class Deadly(bytes):
    """A mail that ends each process it is handed to."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


class DeadlyOnce(bytes):
    """A mail that ends the first process it is handed to; `place` is where it notes that."""

    place: Path

    def __reduce__(self) -> tuple[Any, ...]:
        return die_once, (bytes(self), str(self.place))


def die_once(raw: bytes, place: str) -> bytes:
    if not Path(place).exists():
        Path(place).touch()
        os._exit(1)
    return raw


def mails(*special: bytes, first: int = 0) -> list[Incoming]:
    """Many mails, with special ones in their midst."""
    raws = [raw_mail(number, sender=f"c{number}@customer.example") for number in range(first, first + MANY)]
    raws[MANY // 2 : MANY // 2 + len(special)] = special
    return [Incoming(raw, START_MS, uid=first + number + 1) for number, raw in enumerate(raws)]


def test_after_a_worker_was_killed_the_next_batch_has_new_ones(office: Office) -> None:
    with ReadingPool(2) as pool:
        pool.submit(mails(), inbox_of(office, BOX)).result()
        (victim, *_) = multiprocessing.active_children()
        victim.kill()
        victim.join()
        for first in (MANY, 2 * MANY):
            ahead = pool.submit(mails(first=first), inbox_of(office, BOX)).result()
            assert all(mail.understood for mail in ahead)


def test_one_mail_that_kills_its_reader_stops_no_other(office: Office) -> None:
    deadly = Deadly(raw_mail(99, subject="Deadly"))
    with ReadingPool(2) as pool:
        ahead = pool.submit(mails(deadly), inbox_of(office, BOX)).result()
        assert [mail.uid for mail in ahead] == list(range(1, MANY + 1))
        later = pool.submit(mails(first=MANY), inbox_of(office, BOX)).result()
    taken = take_in(office, BOX, ahead)

    assert [mail.raw for mail in ahead if mail.understood is None] == [deadly]
    assert all(mail.understood for mail in later)
    assert (taken.quarantined, taken.tickets_new) == (1, MANY)
    message = quarantined_message(office)
    assert reading_again.DEADLY in details.message(office.replica, message).text
    assert details.raw_of(office.replica, message) == bytes(deadly)
    assert check(office.replica).ok


def test_a_mail_with_which_a_worker_happened_to_die_is_read_all_the_same(office: Office, tmp_path: Path) -> None:
    unlucky = DeadlyOnce(raw_mail(99, subject="Unlucky"))
    unlucky.place = tmp_path / "died"
    with ReadingPool(2) as pool:
        ahead = pool.submit(mails(unlucky), inbox_of(office, BOX)).result()

    assert unlucky.place.exists()
    assert all(mail.understood and not mail.problem for mail in ahead)


def test_where_no_worker_lives_mails_are_read_by_the_program_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []

    def stillborn(count: int) -> ProcessPoolExecutor:
        started.append(count)
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(count, mp_context=context, initializer=os._exit, initargs=(1,))

    monkeypatch.setattr(reading_pool, "new_workers", stillborn)
    monkeypatch.setattr(reading_again, "new_workers", stillborn)
    with ReadingPool(2) as pool:
        ahead = pool.submit(mails(), inbox_of(office, BOX)).result()
    taken = take_in(office, BOX, ahead)

    assert not any(mail.understood or mail.problem for mail in ahead)
    assert (taken.quarantined, taken.tickets_new) == (0, MANY)
    assert len(started) <= 4, "it must not be tried again for each mail"


def test_a_quarantined_mail_is_tried_again_apart_from_the_program(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(office, BOX, [Incoming(raw_mail(1), START_MS, problem=reading_again.DEADLY)])
    message = quarantined_message(office)

    with monkeypatch.context() as still, pytest.raises(DeskTrouble, match="still cannot be read"):
        still.setattr(details, "raw_of", deadly_again(details.raw_of))
        intake.retry(office, message)
    intake.retry(office, message)

    subjects = office.replica.database.execute_sql("SELECT subject FROM message WHERE NOT is_hidden").fetchall()
    assert subjects == [("Printer",)]


def deadly_again(raw_of: Callable[[Any, str], bytes]) -> Callable[[Any, str], bytes]:
    return lambda replica, message: Deadly(raw_of(replica, message))


def quarantined_message(office: Office) -> str:
    query = "SELECT message.id FROM message JOIN ticket ON ticket.id = message.ticket WHERE is_quarantined"
    (row,) = office.replica.database.execute_sql(query).fetchall()
    return str(row[0])
