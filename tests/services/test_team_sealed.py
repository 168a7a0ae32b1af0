"""An encrypted team: the keeper of its place reads nothing, colleagues with the pairing code everything."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db.check import state_hash
from deskhelp.domain.errors import DeskTrouble, Refused
from deskhelp.domain.exchange import Exchanged
from deskhelp.domain.identity import blob_id
from deskhelp.domain.pairing import code_of
from deskhelp.domain.segments import Hub
from deskhelp.services import desk, passwords, team, team_about, team_exchange
from deskhelp.services.intake import Taken
from deskhelp.services.office import Office
from deskhelp.services.team_about import CodeWanted
from deskhelp.settings import open_profile

from .conftest import raw_mail

SECRETS = (b"Printer", b"customer.example", b"It does not print", b"invoice-2026")


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """No keyring, and nothing known from runs before."""
    monkeypatch.delenv(team_about.VARIABLE, raising=False)
    monkeypatch.setattr(passwords, "_backend", lambda: None)
    monkeypatch.setattr(passwords, "_session", {})


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "place").mkdir()
    return tmp_path / "place"


@pytest.fixture
def founded(office: Office, receive: Callable[..., Taken], place: Path) -> team.Team:
    """Anna's team, with a mail and a tag in its place."""
    receive(raw_mail())
    desk.tag(office, ticket_ids(office), add=["invoice-2026"])
    made = team.create(office, f"folder://{place}", encrypt=True)
    exchange(office)
    return made


def test_a_founding_that_was_stopped_half_way_leaves_a_team_to_join(
    office: Office, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(team, "_remember", stopped)
        team.create(office, f"folder://{place}", encrypt=True)

    with pytest.raises(Refused, match="already"):
        team.create(office, f"folder://{place}", encrypt=True)
    assert team.join(office, f"folder://{place}").is_sealed
    assert team.pairing_code(office)


@pytest.fixture
def boris(tmp_path: Path) -> Iterator[Office]:
    with Office.open(open_profile(tmp_path / "boris")) as opened:
        yield opened


def ticket_ids(office: Office) -> list[str]:
    return [row[0] for row in office.replica.database.execute_sql("SELECT id FROM ticket ORDER BY id")]


def exchange(office: Office, meet: Callable[[Hub, Exchanged], None] | None = None) -> Exchanged:
    def call(fn: Callable[..., Any], *args: Any) -> Any:
        return fn(office, *args)

    done = team_exchange.exchange_with_team(call, meet)
    assert done is not None
    return done


def all_bytes(place: Path) -> bytes:
    return b"\0".join(path.read_bytes() + path.name.encode() for path in sorted(place.rglob("*")) if path.is_file())


def forget_code(made: team.Team) -> None:
    passwords._session.clear()
    assert team_about.code_known(made.id) is None


def test_the_place_shows_nothing_of_what_is_said_and_who_says_it(
    office: Office, founded: team.Team, place: Path
) -> None:
    exchange(office, lambda hub, _done: hub.say(office.replica.replica_id, b"Anna answers invoice-2026"))

    there = all_bytes(place)
    code = team.pairing_code(office)

    for secret in (*SECRETS, b"Anna", bytes.fromhex(founded.key), founded.key.encode(), code.encode()):
        assert secret not in there
    assert office.replica.replica_id.encode() in there, "the place is not looked at"


def test_a_mail_is_not_known_by_the_name_of_its_blob(office: Office, founded: team.Team, place: Path) -> None:
    (blob,) = [path for path in place.rglob("*") if path.is_file() and "blob" in str(path.relative_to(place))]

    assert blob_id(raw_mail()) not in str(blob)
    assert office.replica.blob(blob_id(raw_mail())) == raw_mail()


def test_a_colleague_with_the_code_has_the_same_state_and_can_pass_it_on(
    office: Office, founded: team.Team, boris: Office
) -> None:
    code = team.pairing_code(office)
    forget_code(founded)

    joined = team.join(boris, founded.url, code=code.lower().replace("-", " "))
    exchange(boris)
    exchange(office)

    assert ticket_ids(boris) == ticket_ids(office) != []
    assert state_hash(boris.replica) == state_hash(office.replica)
    assert joined == founded
    assert team.pairing_code(boris) == code


@pytest.mark.parametrize("code", ["", code_of(bytes(16)), "1234"])
def test_nobody_joins_without_the_right_code_and_nothing_is_kept(founded: team.Team, boris: Office, code: str) -> None:
    forget_code(founded)

    with pytest.raises(DeskTrouble):
        team.join(boris, founded.url, code=code)

    assert team.team_of(boris) is None
    assert passwords._session == {}


@pytest.mark.parametrize("known", ["", code_of(bytes(16)), "spoilt"])
def test_a_code_that_is_not_known_any_more_is_asked_for_and_nothing_happens_to_the_place(
    office: Office, founded: team.Team, place: Path, known: str
) -> None:
    code = team.pairing_code(office)
    forget_code(founded)
    if known:
        team_about.keep_code(founded.id, known)
    before = all_bytes(place)
    desk.tag(office, ticket_ids(office), add=["later"])

    with pytest.raises(CodeWanted):
        exchange(office)

    assert all_bytes(place) == before
    team.give_code(office, code)
    assert exchange(office).troubles == []
    assert len(all_bytes(place)) > len(before)


def test_a_wrong_code_is_not_taken_from_who_has_the_right_one(office: Office, founded: team.Team) -> None:
    code = team.pairing_code(office)

    with pytest.raises(CodeWanted):
        team.give_code(office, code_of(bytes(16)))

    assert team.pairing_code(office) == code


def test_a_place_that_was_lost_is_filled_again_encrypted(office: Office, founded: team.Team, place: Path) -> None:
    shutil.rmtree(place)
    place.mkdir()

    (trouble,) = exchange(office).troubles

    assert "empty" in str(trouble)
    there = all_bytes(place)
    assert len(there) > 1000
    assert not any(secret in there for secret in SECRETS)


def test_a_plain_team_put_in_its_place_gets_nothing(office: Office, founded: team.Team, place: Path) -> None:
    content = b"DeskHelp item\n" + json.dumps({"version": 1, "team": founded.id, "key": founded.key}).encode()
    (place / "about").write_bytes(content + hashlib.sha256(content).digest())
    before = all_bytes(place)
    desk.tag(office, ticket_ids(office), add=["later"])

    with pytest.raises(DeskTrouble, match="another team"):
        exchange(office)

    assert all_bytes(place) == before


def test_who_leaves_forgets_the_code(office: Office, founded: team.Team) -> None:
    team.leave(office)

    assert team_about.code_known(founded.id) is None


def test_a_team_that_is_not_encrypted_has_no_code(office: Office, place: Path) -> None:
    with pytest.raises(Refused):
        team.pairing_code(office)
    team.create(office, f"folder://{place}")

    with pytest.raises(Refused):
        team.pairing_code(office)
    with pytest.raises(Refused):
        team.give_code(office, code_of(bytes(16)))
