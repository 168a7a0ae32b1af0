"""A person's data goes from every byte of every computer and of the team's place, and stays away."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db import details
from deskhelp.db.check import check, rebuild, state_hash
from deskhelp.db.exchange import exchange as packed_exchange
from deskhelp.db.packing import pack
from deskhelp.domain.errors import DeskTrouble, Refused
from deskhelp.domain.exchange import Exchanged
from deskhelp.domain.packs import Sizes, span_of
from deskhelp.domain.segments import texts_name
from deskhelp.services import desk, drafts, erasing, noise, sending, team, team_exchange
from deskhelp.services.drafts import Draft
from deskhelp.services.incoming import Incoming
from deskhelp.services.intake import Taken, take_in
from deskhelp.services.office import Office
from deskhelp.services.team_places import open_hub
from deskhelp.settings import open_profile, save_settings
from tests.support.byte_scan import found_in

from .conftest import ANNA, BOX, START_MS, Clock, raw_mail

MARIA = "maria@customer.example"
NAMES = (b"maria@customer.example", b"Maria Ivanova", b"It does not print", b"Printer", b"secret plan")
THEIRS = pack(raw_mail()).data


@pytest.fixture
def second(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    with Office.open(open_profile(tmp_path / "second"), clock=clock) as opened:
        yield opened


@pytest.fixture(params=["folder", "sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    (tmp_path / "place").mkdir()
    return f"{request.param}://{tmp_path / 'place'}" + ("/team.sqlite" if request.param == "sqlite" else "")


@pytest.fixture
def filled(office: Office, receive: Callable[..., Taken]) -> Office:
    """Maria with a mail, a note, a tag and a draft, and Rosa."""
    receive(raw_mail(), raw_mail(2, sender="Rosa <rosa@other.example>", subject="Scanner", text="It is not scanning."))
    (ticket,) = tickets_of(office, MARIA)
    desk.set_subject(office, ticket, "Printer of Maria Ivanova")
    sending.add_note(office, ticket, "She told me of the secret plan.")
    drafts.save_draft(office, Draft(ticket, text="Dear Maria Ivanova,"))
    noise.block(office, [MARIA])
    return office


def tickets_of(office: Office, address: str) -> list[str]:
    query = "SELECT id FROM ticket WHERE requester_address = ?"
    return [row[0] for row in office.replica.database.execute_sql(query, (address,))]


def subjects(office: Office) -> list[str]:
    return [row[0] for row in office.replica.database.execute_sql("SELECT subject FROM ticket ORDER BY subject")]


def exchange(office: Office) -> Exchanged:
    def call(fn: Callable[..., Any], *args: Any) -> Any:
        return fn(office, *args)

    done = team_exchange.exchange_with_team(call)
    assert done is not None
    return done


def erase(office: Office, address: str = MARIA, *, with_others: bool = False) -> str:
    erasure = erasing.erase(office, erasing.find(office, address), with_others=with_others)
    erasing.settle(office)
    return erasure


def leave_no_log(office: Office) -> None:
    """Close, so that every byte is in the files that stay."""
    office.close()


def test_what_would_go_is_told_before(filled: Office) -> None:
    found = erasing.find(filled, " <Maria@Customer.example> ")

    assert (len(found.tickets), len(found.messages), found.others, found.waiting) == (1, 2, (), 0)
    assert erasing.find(filled, "nobody@customer.example").is_empty


@pytest.mark.parametrize("address", ["support@desk.example", "anna@desk.example"])
def test_the_desk_itself_is_not_erased(filled: Office, address: str) -> None:
    with pytest.raises(Refused):
        erasing.find(filled, address)


def test_what_is_no_address_is_said(filled: Office) -> None:
    with pytest.raises(DeskTrouble, match="no mail address"):
        erasing.find(filled, "Maria")


def test_no_byte_of_a_person_stays_on_the_computer_and_nothing_of_others_goes(filled: Office) -> None:
    root = filled.profile.root
    (filled.profile.attachments_dir / "open-1").mkdir()
    (filled.profile.attachments_dir / "open-1" / "plan.txt").write_bytes(b"secret plan")
    filled.replica.backup(filled.profile.database.with_name(f"{filled.profile.database.name}.before-2"))
    filled.settings = filled.settings.with_pictures_of(MARIA, is_wanted=True)
    save_settings(filled.profile, filled.settings)
    for half_written in ("desk.sqlite.part", "desk.sqlite.part-journal", ".settings.toml.x1y2"):
        (root / half_written).write_bytes(MARIA.encode())
    assert {word for _, word in found_in(root, NAMES)} == {name.lower() for name in NAMES}

    erase(filled)
    report = check(filled.replica)
    leave_no_log(filled)

    assert found_in(root, NAMES) == set()
    assert not any(THEIRS in path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert found_in(root, [b"It is not scanning", b"rosa@other.example"])
    assert (report.problems, report.tickets, report.messages) == ((), 1, 1)


def test_the_tables_made_anew_from_the_log_are_the_same(filled: Office) -> None:
    erase(filled)
    before = state_hash(filled.replica)

    rebuild(filled.replica)

    assert state_hash(filled.replica) == before
    assert subjects(filled) == ["Scanner"]


def test_a_mail_that_was_erased_is_not_taken_in_again_a_new_one_is(
    filled: Office, receive: Callable[..., Taken], clock: Clock
) -> None:
    erase(filled)
    filled.replica.database.execute_sql("DELETE FROM raw_seen")

    again = receive(raw_mail())
    late = take_in(filled, BOX, [Incoming(raw_mail(7, subject="Printer, older"), START_MS)])
    clock.pass_s(5)
    new = receive(raw_mail(8, subject="A new matter"))

    assert (again.duplicates, late.duplicates, new.tickets_new) == (1, 1, 1)
    assert subjects(filled) == ["A new matter", "Scanner"]
    assert not filled.replica.database.execute_sql(
        "SELECT 1 FROM blob WHERE id = ?", (pack(raw_mail()).name,)
    ).fetchone()


def test_messages_of_others_that_name_the_person_go_only_if_that_is_wanted(
    filled: Office, receive: Callable[..., Taken]
) -> None:
    receive(raw_mail(3, sender="Rosa <rosa@other.example>", subject="About", text=f"Ask {MARIA}."))
    found = erasing.find(filled, MARIA)
    assert len(found.others) == 1

    erase(filled)
    assert subjects(filled) == ["About", "Scanner"]
    erase(filled, with_others=True)
    assert subjects(filled) == ["Scanner"]


def test_it_reaches_every_computer_and_the_place_of_the_team(
    filled: Office, second: Office, url: str, tmp_path: Path
) -> None:
    team.create(filled, url)
    exchange(filled)
    team.join(second, url)
    exchange(second)
    exchange(filled)
    assert {word for _, word in found_in(tmp_path / "place", NAMES)} == {name.lower() for name in NAMES}

    erasure = erase(filled)
    for one in (filled, second, filled, second):
        exchange(one)
    (proof,) = erasing.listed(second)
    hashes = {state_hash(one.replica) for one in (filled, second)}
    problems = [check(one.replica).problems for one in (filled, second)]
    for one in (filled, second):
        leave_no_log(one)

    assert found_in(tmp_path, NAMES) == set()
    assert (proof.id, proof.agent, proof.missing, proof.is_place_clean) == (erasure, ANNA, (), True)
    assert len(proof.done) == 2
    assert len(hashes) == 1
    assert problems == [(), ()]


def test_who_joins_afterwards_finds_a_sound_team(filled: Office, second: Office, url: str) -> None:
    team.create(filled, url)
    exchange(filled)
    erase(filled)
    exchange(filled)

    team.join(second, url)
    done = exchange(second)

    exchange(filled)
    assert done.troubles == []
    assert subjects(second) == ["Scanner"]
    assert state_hash(second.replica) == state_hash(filled.replica)
    assert check(second.replica).problems == ()


def test_an_old_copy_of_the_place_brings_nothing_back(filled: Office, second: Office, url: str, tmp_path: Path) -> None:
    team.create(filled, url)
    exchange(filled)
    team.join(second, url)
    exchange(second)
    shutil.copytree(tmp_path / "place", tmp_path / "old")
    erase(filled)
    exchange(filled)

    shutil.rmtree(tmp_path / "place")
    (tmp_path / "old").rename(tmp_path / "place")
    for one in (second, filled, second, filled):
        exchange(one)
    for one in (filled, second):
        leave_no_log(one)

    assert found_in(tmp_path, NAMES) == set()


def test_what_another_computer_had_fetched_or_written_unseen_goes_when_it_arrives(
    filled: Office, second: Office, url: str, tmp_path: Path, clock: Clock
) -> None:
    team.create(filled, url)
    exchange(filled)
    team.join(second, url)
    exchange(second)
    (ticket,) = tickets_of(second, MARIA)
    take_in(second, BOX, [Incoming(raw_mail(9, subject="Printer once more"), clock.now_ms)])
    sending.add_note(second, ticket, "The secret plan, again.")
    clock.pass_s(1)
    erase(filled)
    exchange(filled)

    for one in (second, filled, second):
        exchange(one)
    state = {state_hash(one.replica) for one in (filled, second)}
    for one in (filled, second):
        leave_no_log(one)

    assert len(state) == 1
    assert found_in(tmp_path, NAMES) == set()


@pytest.fixture
def packing(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """Packs after a few segments, as others would after hundreds."""
    soon = partial(packed_exchange, now_ms=clock, sizes=Sizes(newest=1, base=2, levels=2))
    monkeypatch.setattr(team_exchange, "exchange", soon)


def settle_place(clock: Clock, *offices: Office) -> None:
    for _ in range(8):
        for one in offices:
            exchange(one)
        clock.pass_s(600)


@pytest.mark.usefixtures("packing")
def test_what_lies_in_packs_is_erased_too_and_what_a_killed_program_left_beside_them(
    filled: Office, second: Office, url: str, tmp_path: Path, clock: Clock
) -> None:
    team.create(filled, url)
    (ticket,) = tickets_of(filled, MARIA)
    for number in range(8):
        exchange(filled)
        sending.add_note(filled, ticket, f"Of the secret plan, part {number}.")
    team.join(second, url)
    exchange(second)
    with contextlib.closing(open_hub(url)) as hub:
        alone = {name: hub.get(name) for name in hub.names(f"txt/{filled.replica.replica_id}/")}
    settle_place(clock, filled, second)
    with contextlib.closing(open_hub(url)) as hub:
        packs = [span_of(name)[1:3] for name in hub.names("pack/")]
        singles = hub.names("seg/")
        first = hub.names("ptxt/")[0]
        for name in alone:  # texts whose segments are removed already
            hub.put(name, alone[name])
        lost = f"ptxt/{span_of(first).replica}/0000000001-0000000004-{'a' * 32}"
        hub.put(lost, hub.get(first))  # texts of a pack that was never put
        hub.withdraw(first)
    assert packs[:2] == [(1, 4), (5, 8)]
    assert not any(texts_name(name) in list(alone)[:4] for name in singles)

    erase(filled)
    settle_place(clock, filled, second)
    with Office.open(open_profile(tmp_path / "third"), clock=clock) as third:
        team.join(third, url)
        joined = exchange(third)
        for one in (filled, second):
            exchange(one)
        problems, states = check(third.replica).problems, {state_hash(one.replica) for one in (filled, second, third)}
    for one in (filled, second):
        leave_no_log(one)

    assert found_in(tmp_path, NAMES) == set()
    assert (joined.troubles, problems, len(states)) == ([], (), 1)


def test_an_answer_that_is_being_sent_stops_the_erasure(filled: Office) -> None:
    (ticket,) = tickets_of(filled, MARIA)
    message = details.ticket_detail(filled.replica, ticket).messages[0].id
    filled.replica.database.execute_sql(
        "INSERT INTO outbox (message, mailbox, state, raw_blob, header_id, envelope_from, recipients, queued_at_ms, "
        "not_before_ms, attempts, phase, last_error, attempted_at_ms, is_filed, seen) "
        "VALUES (?, '', 'sending', '', '', '', '[]', 0, 0, 0, '', '', 0, 0, '[]')",
        (message,),
    )

    with pytest.raises(Refused, match="being sent"):
        erase(filled)

    assert subjects(filled) == ["Printer of Maria Ivanova", "Scanner"]
