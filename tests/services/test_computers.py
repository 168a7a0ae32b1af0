"""Computers have names: told to the team, shown where there are several, right after a copy was made."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhelp.db.details import ticket_detail
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.status import Channel, Priority
from deskhelp.domain.views import Person
from deskhelp.services import computers, desk, sending, team, team_exchange
from deskhelp.services.office import Office
from deskhelp.settings import open_profile

MINUTE = 60_000


class Clock:
    now_ms = 1_790_000_000_000

    def __call__(self) -> int:
        return self.now_ms


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pair(tmp_path: Path, clock: Clock, on_host: object) -> Iterator[tuple[Office, Office]]:
    (tmp_path / "place").mkdir()
    anna = Office.open(open_profile(tmp_path / "anna"), clock=clock)
    boris = Office.open(open_profile(tmp_path / "boris"), clock=clock)
    with anna, boris:
        team.create(anna, f"folder://{tmp_path / 'place'}")
        team.join(boris, f"folder://{tmp_path / 'place'}")
        computers.rename(boris, "Laptop of Boris")
        yield anna, boris


@pytest.fixture
def on_host(monkeypatch: pytest.MonkeyPatch) -> object:
    def on(name: str) -> None:
        monkeypatch.setattr(platform, "node", lambda: name)

    on("reception.office.example")
    return on


def exchange(*offices: Office) -> None:
    for office in offices:
        office.replica.bind()
        team_exchange.exchange_with_team(lambda fn, *args, office=office: fn(office, *args))


def new_ticket(office: Office) -> str:
    office.replica.bind()
    form = sending.NewTicket(Channel.PHONE, Person("Rosa", "rosa@customer.example"), "Printer", "It burns.")
    return sending.new_ticket(office, form).ids[0]


def names(office: Office) -> dict[str, bool]:
    office.replica.bind()
    return {one.name: one.is_self for one in computers.listed(office)}


def done_on(office: Office, ticket: str) -> list[tuple[str, str]]:
    """What the history says was done where, without what nobody did."""
    office.replica.bind()
    history = ticket_detail(office.replica, ticket).history
    return [(entry.what, entry.computer) for entry in history if entry.what in ("written", "field")]


def test_all_know_all_by_name(pair: tuple[Office, Office]) -> None:
    anna, boris = pair
    exchange(anna, boris, anna)

    assert names(anna) == {"reception": True, "Laptop of Boris": False}
    assert names(boris) == {"reception": False, "Laptop of Boris": True}


def test_the_history_says_on_which_computer(pair: tuple[Office, Office]) -> None:
    anna, boris = pair
    ticket = new_ticket(anna)
    assert {where for _, where in done_on(anna, ticket)} == {""}
    exchange(anna, boris)
    desk.set_priority(boris, [ticket], Priority.HIGH)
    exchange(boris, anna)

    assert ("field", "Laptop of Boris") in done_on(anna, ticket)
    assert done_on(anna, ticket) == done_on(boris, ticket)
    assert {where for _, where in done_on(anna, ticket)} == {"reception", "Laptop of Boris"}


def test_a_name_is_changed_for_all(pair: tuple[Office, Office]) -> None:
    anna, boris = pair
    exchange(anna, boris, anna)
    anna.replica.bind()
    computers.rename(anna, "  Front   desk ")
    exchange(anna, boris)

    assert names(boris) == {"Front desk": False, "Laptop of Boris": True}
    for wrong in ("", "  ", "x" * 61):
        with pytest.raises(DeskTrouble, match="1 to 60"):
            computers.rename(boris, wrong)


def test_a_copy_on_another_computer_has_its_own_name_and_one_on_the_same_keeps_it(
    pair: tuple[Office, Office], tmp_path: Path, on_host: object
) -> None:
    anna, boris = pair
    exchange(anna, boris, anna)
    boris.close()
    shutil.copytree(tmp_path / "boris", tmp_path / "copy")
    for number, (root, host) in enumerate((("boris", "reception"), ("copy", "workshop"))):
        on_host(host)  # type: ignore[operator]
        with Office.open(open_profile(tmp_path / root), clock=anna.now) as office:
            for _ in range(number + 1):
                new_ticket(office)
            exchange(office, office)
    on_host("reception")  # type: ignore[operator]
    exchange(anna)

    assert names(anna) == {"reception": True, "Laptop of Boris": False, "workshop": False}


def test_when_a_computer_was_heard_is_by_the_listeners_clock(pair: tuple[Office, Office], clock: Clock) -> None:
    anna, boris = pair
    exchange(boris)
    exchange(anna)  # for the first time: what lies there may be old

    def heard() -> int:
        anna.replica.bind()
        return next(one.heard_at_ms for one in computers.listed(anna) if not one.is_self)

    assert heard() == 0
    new_ticket(boris)
    exchange(boris)
    clock.now_ms += 5 * MINUTE
    exchange(anna)
    assert heard() == clock.now_ms
    first = clock.now_ms
    clock.now_ms += MINUTE
    exchange(anna)
    assert heard() == first
