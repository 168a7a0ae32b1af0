"""The team in the background: what one does all see, places go and come back, no answer crosses a colleague's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhelp.db import segments
from deskhelp.db.check import state_hash
from deskhelp.db.hub_folder import FolderHub
from deskhelp.domain.exchange import FEW, Exchanged
from deskhelp.domain.lease import Place
from deskhelp.domain.presence import Presence, claims_of
from deskhelp.domain.status import Channel, Delivery
from deskhelp.domain.views import Person
from deskhelp.services import outbox, sending, sync, team, team_link
from deskhelp.services.office import Office
from deskhelp.services.team_exchange import exchange_with_team
from deskhelp.services.team_link import TeamLink
from deskhelp.services.team_sense import Reading
from deskhelp.services.workers import Workers
from tests.support.like_cockroach import LikeCockroach
from tests.support.running_desk import PATIENCE_S, alone, answer, at_work, running, state_of
from tests.support.servers import ImapUser, TeamDatabase
from tests.support.smtp_server import SmtpServer

from .conftest import raw_mail


@pytest.fixture(params=["folder", "sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    (tmp_path / "place").mkdir()
    return f"{request.param}://{tmp_path / 'place'}" + ("/team.sqlite" if request.param == "sqlite" else "")


@pytest.fixture
def pair(tmp_path: Path, url: str) -> Iterator[tuple[Workers, Workers]]:
    """Anna's installation, which founded the team, and Boris's, which joined it."""
    with alone(tmp_path / "anna") as anna, alone(tmp_path / "boris") as boris:
        anna.write_now(team.create, url)
        boris.write_now(team.join, url)
        yield anna, boris


def new_ticket(office: Office, subject: str) -> str:
    form = sending.NewTicket(Channel.PHONE, Person("", "maria@customer.example"), subject, "It does not print.")
    return sending.new_ticket(office, form).ids[0]


def waiting(office: Office) -> bool:
    return segments.has_uncut(office.replica) or bool(segments.held(office.replica).unpushed)


def test_what_one_does_the_other_sees_while_both_are_open(pair: tuple[Workers, Workers]) -> None:
    anna, boris = pair
    with at_work(anna) as first, at_work(boris) as second:
        ticket = anna.write_now(new_ticket, "Printer")
        second.until(lambda: second.tickets() == [ticket])

        other = boris.write_now(new_ticket, "Telephone")
        first.until(lambda: other in first.tickets())

        assert first.health.team is not None
        assert first.health.team.is_reached
        assert first.health.team.exchanged_at_ms > 0


def test_what_was_done_last_is_handed_over_before_the_program_ends(pair: tuple[Workers, Workers]) -> None:
    anna, boris = pair
    with at_work(anna) as first:
        first.until(lambda: first.health.team is not None)
        ticket = anna.write_now(new_ticket, "Printer")

    assert not anna.read_now(waiting)
    with at_work(boris) as second:
        second.until(lambda: second.tickets() == [ticket])


def test_who_has_much_to_take_in_takes_it_bit_by_bit(
    pair: tuple[Workers, Workers], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, boris = pair
    count = FEW + 2
    for number in range(count):
        boris.write_now(new_ticket, f"Matter {number}")
        assert exchange_with_team(boris.write_now) is not None
    monkeypatch.setattr(team_link.Stretch, "took_enough", lambda _self: True)
    taken: list[tuple[int, bool]] = []

    def note() -> bool:
        taken.append((len(first.tickets()), anna.read_now(has_heard_all)))
        return taken[-1][1]

    with at_work(anna) as first:
        first.until(note)

    assert taken[-1][0] == count
    assert max(health.team.pulled for health in first.told if health.team) == FEW
    assert not any(heard for here, heard in taken if here < count)


def test_only_what_was_handed_over_counts_as_read_for_the_others(pair: tuple[Workers, Workers], tmp_path: Path) -> None:
    anna, box = pair[0], "m" * 32
    link, hub = TeamLink(anna.write_now, lambda _health: None), FolderHub(tmp_path)
    told: list[int] = []

    for uid, done in ((10, Exchanged()), (50, Exchanged(untold=3)), (60, Exchanged(untold=1)), (70, Exchanged())):
        link._reading = Reading({box: True}, {box: {"INBOX": Place(1, uid, 1)}})
        link._meet(hub, done)
        (note,) = hub.heard().values()
        told.append(claims_of(note)[box].places["INBOX"].uid)

    assert told == [10, 10, 10, 70]


def has_heard_all(office: Office) -> bool:
    return bool(office.replica.meta("team_exchanged_at_ms"))


def test_a_place_that_is_away_is_said_and_found_again(pair: tuple[Workers, Workers], tmp_path: Path) -> None:
    anna, boris = pair
    (tmp_path / "place").rename(tmp_path / "away")
    with at_work(anna) as first, at_work(boris) as second:
        first.until(lambda: first.health.team is not None and first.health.team.is_reached is False)
        assert first.health.team is not None
        assert "cannot be reached" in str(first.health.team.trouble)
        ticket = anna.write_now(new_ticket, "Printer")

        (tmp_path / "away").rename(tmp_path / "place")
        for desk in (first, second):
            desk.runner.check_now()

        second.until(lambda: second.tickets() == [ticket])
        first.until(lambda: first.health.team is not None and first.health.team.trouble is None)


def test_without_a_team_nothing_is_said_of_one(tmp_path: Path) -> None:
    with alone(tmp_path / "anna") as anna, at_work(anna) as desk:
        anna.write_now(new_ticket, "Printer")
        desk.until(lambda: desk.tickets())

        assert desk.health.team is None


def test_an_answer_waits_until_the_team_was_heard_and_is_held_where_a_colleague_was_faster(
    tmp_path: Path, url: str, imap_user: ImapUser, smtp_server: SmtpServer
) -> None:
    imap_user.append(raw_mail(1))
    with running(tmp_path / "b", imap_user, smtp_server) as boris:
        (ticket,) = boris.until(boris.tickets)
        boris.workers.write_now(team.create, url)
        boris.runner.check_now()
        boris.until(lambda: boris.health.team is not None)
    with running(tmp_path / "a", imap_user, smtp_server) as anna:
        anna.until(anna.tickets)
        anna.workers.write_now(team.join, url)
        anna.runner.check_now()
        anna.workers.write_now(answer, ticket, "Please restart it.")
        smtp_server.wait(1)

    late = _late_answer(tmp_path / "b", ticket)

    with running(tmp_path / "b", imap_user, smtp_server) as boris:
        boris.until(lambda: boris.workers.read_now(state_of, late) is Delivery.HELD)
    assert len(smtp_server.mails) == 1


def test_an_answer_leaves_only_after_what_colleagues_handed_over_meanwhile_was_heard(
    tmp_path: Path, imap_user: ImapUser, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite://{tmp_path}/team.sqlite"
    may_step, is_stopped, step = threading.Event(), threading.Event(), TeamLink._step
    may_step.set()

    def in_step(link: TeamLink) -> float:
        if not may_step.is_set() and link is boris.runner._team:
            is_stopped.set()
            may_step.wait(PATIENCE_S)
        return step(link)

    monkeypatch.setattr(TeamLink, "_step", in_step)
    imap_user.append(raw_mail(1))
    with (
        running(tmp_path / "b", imap_user, smtp_server) as boris,
        running(tmp_path / "a", imap_user, smtp_server) as anna,
    ):
        (ticket,) = anna.until(anna.tickets)
        boris.until(boris.tickets)
        anna.workers.write_now(team.create, url)
        anna.runner.check_now()
        anna.until(lambda: anna.runner._team._sense.held)
        boris.workers.write_now(team.join, url)
        boris.runner.check_now()
        (box,) = boris.workers.read_now(lambda office: [box.id for box in office.mailboxes])
        boris.until(lambda: boris.runner.is_current_elsewhere(box))
        may_step.clear()
        boris.runner.check_now()
        assert is_stopped.wait(PATIENCE_S)
        anna.workers.write_now(answer, ticket, "Please restart it.")
        smtp_server.wait(1)

        late = boris.workers.write_now(answer, ticket, "Have you tried to switch it off?")
        may_step.set()

        boris.until(lambda: boris.workers.read_now(state_of, late) is Delivery.HELD)
    assert len(smtp_server.mails) == 1


def test_a_round_by_command_hears_the_team_again_once_its_own_answer_is_known_there(
    office: Office, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = [Exchanged(pushed=1), Exchanged(), Exchanged(pushed=1), Exchanged()]
    monkeypatch.setattr(sync, "exchange_with_team", lambda call, **_more: rounds.pop(0))
    message = answer(office, ticket, "Please restart it.")

    sync.sync_once(office)
    assert len(rounds) == 2

    outbox.hold(office, message)
    sync.sync_once(office)
    assert len(rounds) == 1


def _late_answer(root: Path, ticket: str) -> str:
    """What Boris wrote on the train, before he heard of Anna's answer."""
    with alone(root / "desk") as boris:
        return boris.write_now(answer, ticket, "Have you tried to switch it off?")


def test_who_answers_a_ticket_the_other_sees_until_the_program_ends(pair: tuple[Workers, Workers]) -> None:
    anna, boris = pair
    here = Presence("anna", looks_at="t1", answers="t1")
    with at_work(boris) as second:
        second.until(lambda: second.health.team is not None)
        with at_work(anna) as first:
            first.until(lambda: first.health.team is not None)
            first.runner.be_at(here)
            second.until(lambda: second.health.team is not None and second.health.team.present == (here,))
            assert first.health.team is not None
            assert first.health.team.present == ()

        second.until(lambda: second.health.team is not None and second.health.team.present == ())


def test_a_server_that_tells_of_news_wakes_the_others(
    tmp_path: Path, team_database: TeamDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team_link, "pause_s", lambda url: 600.0)
    with alone(tmp_path / "anna") as anna, alone(tmp_path / "boris") as boris:
        anna.write_now(team.create, team_database.url, team_database.password)
        boris.write_now(team.join, team_database.url, team_database.password)
        with at_work(anna) as first, at_work(boris) as second:
            for desk in (first, second):
                desk.until(lambda desk=desk: desk.health.team is not None)
            ticket = anna.write_now(new_ticket, "Printer")

            second.until(lambda: second.tickets() == [ticket])
        anna.write_now(team.leave)


def test_a_team_meets_in_an_engine_that_wakes_nobody_and_aborts_what_meets(
    tmp_path: Path, team_database: TeamDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team_link, "pause_s", lambda url: 0.2)
    port = team_database.server.port
    with LikeCockroach(port) as engine, alone(tmp_path / "anna") as anna, alone(tmp_path / "boris") as boris:
        url = team_database.url.replace(f":{port}/", f":{engine.port}/")
        anna.write_now(team.create, url, team_database.password)
        boris.write_now(team.join, url, team_database.password)
        with at_work(anna) as first, at_work(boris) as second:
            ticket = anna.write_now(new_ticket, "Printer")
            second.until(lambda: second.tickets() == [ticket])
            other = boris.write_now(new_ticket, "Telephone")
            first.until(lambda: other in first.tickets())
        assert anna.read_now(hash_of) == boris.read_now(hash_of)
        for workers in (anna, boris):
            workers.write_now(team.leave)
    assert engine.aborted > 1
    assert not engine.refused


def hash_of(office: Office) -> str:
    return state_hash(office.replica)
