"""A colleague whose clock is days ahead or behind: who has seen more counts, and nothing is hidden from the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhelp.db.check import state_hash
from deskhelp.db.details import ticket_detail
from deskhelp.domain.status import Priority, Status
from deskhelp.services import desk, intake, listing, team, team_exchange
from deskhelp.services.incoming import Incoming
from deskhelp.services.office import Office
from deskhelp.settings import open_profile

from .conftest import BOX, raw_mail

NOW_MS = 1_790_000_000_000
DAY_MS = 86_400_000
HOUR_MS = 3_600_000


class Clock:
    def __init__(self, ahead_ms: int = 0) -> None:
        self.ahead_ms, self.passed_ms = ahead_ms, 0

    def __call__(self) -> int:
        return NOW_MS + self.ahead_ms + self.passed_ms


@pytest.fixture(params=[3, -3], ids=["ahead", "behind"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """Anna's clock is wrong, that of Boris is right."""
    (tmp_path / "place").mkdir()
    url = f"folder://{tmp_path / 'place'}"
    anna = Office.open(open_profile(tmp_path / "anna"), clock=Clock(request.param * DAY_MS))
    boris = Office.open(open_profile(tmp_path / "boris"), clock=Clock())
    with anna, boris:
        team.create(at(anna), url)
        team.join(at(boris), url)
        yield anna, boris


def at(office: Office) -> Office:
    office.replica.bind()
    return office


def exchange(*offices: Office) -> None:
    for office in offices:
        at(office)
        team_exchange.exchange_with_team(lambda fn, *args, office=office: fn(office, *args))


def arrives(office: Office, number: int, **heads: str) -> str:
    """A mail as its server dates it, fetched by this office; the ticket it belongs to."""
    mail = raw_mail(number, **heads)
    intake.take_in(at(office), BOX, [Incoming(mail, NOW_MS + number * 60_000)])
    row = office.replica.database.execute_sql("SELECT ticket FROM message ORDER BY n DESC LIMIT 1").fetchone()
    return str(row[0])


def shown(office: Office, query: str) -> list[str]:
    return [row.id for row in listing.tickets(at(office), query, None, 10, "updated").rows]


def state(office: Office, ticket: str) -> tuple[Status, Priority]:
    summary = ticket_detail(at(office).replica, ticket).summary
    return summary.status, summary.priority


def test_who_has_seen_the_other_counts_whatever_the_clocks_say(pair: tuple[Office, Office]) -> None:
    anna, boris = pair
    ticket = arrives(boris, 1)
    exchange(boris, anna)
    for first, second, wanted in ((anna, boris, Priority.LOW), (boris, anna, Priority.URGENT)):
        desk.set_priority(at(first), [ticket], Priority.HIGH)
        exchange(first, second)
        desk.set_priority(at(second), [ticket], wanted)
        exchange(second, first)
        assert state(anna, ticket)[1] is state(boris, ticket)[1] is wanted
    exchange(anna, boris, anna)
    assert state_hash(at(anna).replica) == state_hash(at(boris).replica)


def test_a_customers_new_mail_opens_what_was_solved_and_wakes_what_was_snoozed(pair: tuple[Office, Office]) -> None:
    anna, boris = pair
    ticket = arrives(boris, 1)
    exchange(boris, anna)
    desk.set_status(at(anna), [ticket], Status.SOLVED)
    desk.snooze(at(anna), [ticket], anna.now() + 5 * DAY_MS)
    exchange(anna, boris)
    assert shown(boris, "is:active") == []

    assert arrives(boris, 2, In_Reply_To="<q1@customer.example>") == ticket
    exchange(boris, anna)

    for office in (anna, boris):
        assert state(office, ticket)[0] is Status.OPEN
        assert shown(office, "is:active") == [ticket]


def test_what_is_due_is_so_by_each_ones_own_clock(pair: tuple[Office, Office]) -> None:
    anna, boris = pair
    ticket = arrives(boris, 1)
    desk.set_due(at(boris), [ticket], boris.now() + HOUR_MS)
    exchange(boris, anna, boris)
    assert shown(boris, "is:overdue") == []
    boris.now.passed_ms = 2 * HOUR_MS  # type: ignore[attr-defined]
    assert shown(boris, "is:overdue") == [ticket]


def test_the_history_of_one_computer_keeps_its_order(pair: tuple[Office, Office]) -> None:
    anna, boris = pair
    ticket = arrives(boris, 1)
    exchange(boris, anna)
    for priority in (Priority.HIGH, Priority.LOW, Priority.URGENT):
        desk.set_priority(at(anna), [ticket], priority)
    exchange(anna, boris)

    history = ticket_detail(at(boris).replica, ticket).history
    told = [entry.values["value"] for entry in history if entry.values.get("name") == "priority"]
    assert told == ["high", "low", "urgent"]
