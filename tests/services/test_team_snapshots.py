"""Snapshots: who joins a large team has all of it at once, whatever is in the way, and nothing that is another's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db import adopting, snapshots
from deskhelp.db.check import check, rebuild, state_hash
from deskhelp.db.hub_folder import FolderHub
from deskhelp.db.packing import pack
from deskhelp.db.replica import FOLD_VERSION
from deskhelp.domain import snapshots as pure
from deskhelp.domain.errors import NotFound
from deskhelp.domain.exchange import Exchanged
from deskhelp.domain.segments import Hub, HubTrouble
from deskhelp.domain.snapshots import Contents, Snapshot, by_snapshot, decode_list, encode_list, whole_ones
from deskhelp.domain.status import Channel
from deskhelp.domain.views import Person
from deskhelp.services import (
    catalog,
    desk,
    drafts,
    erasing,
    reading,
    sending,
    team,
    team_exchange,
    team_joining,
    team_places,
    team_raws,
)
from deskhelp.services.drafts import Draft
from deskhelp.services.incoming import Incoming
from deskhelp.services.intake import Taken, take_in
from deskhelp.services.maintenance import check as check_office
from deskhelp.services.office import Office
from deskhelp.services.team_snapshots import Snapshots
from deskhelp.settings import open_profile
from tests.support.byte_scan import found_in
from tests.support.snapshot_child import SLICE_BYTES, exchange, make_small

from .conftest import BORIS, BOX, Clock, raw_mail

MAILS = 40
MARIA = "maria@customer.example"
NAMES = (b"maria@customer.example", b"Maria Ivanova", b"It does not print")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot is worth while with few changes already, and has several parts."""
    make_small(monkeypatch.setattr)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "place").mkdir()
    return tmp_path / "place"


@pytest.fixture
def url(place: Path) -> str:
    return f"folder://{place}"


@pytest.fixture
def boris(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """A new laptop."""
    with Office.open(open_profile(tmp_path / "boris"), clock=clock) as opened:
        yield opened


@pytest.fixture
def carla(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    with Office.open(open_profile(tmp_path / "carla"), clock=clock) as opened:
        yield opened


@pytest.fixture
def filled(office: Office, receive: Callable[..., Taken]) -> Office:
    """A desk with some mails, notes, and what is its own."""
    receive(*(mail_of_rosa(n) for n in range(MAILS)))
    receive(raw_mail(MAILS + 1))
    for ticket in ticket_ids(office)[:5]:
        sending.add_note(office, ticket, f"A note about {ticket}")
        desk.tag(office, [ticket], add=["hardware"])
    drafts.save_draft(office, Draft(ticket_ids(office)[0], text="Dear nobody yet,"))
    return office


@pytest.fixture
def founded(filled: Office, url: str) -> Office:
    team.create(filled, url)
    exchange(filled)
    return filled


def mail_of_rosa(number: int) -> bytes:
    sender = f"Rosa <rosa{number}@other.example>"
    return raw_mail(number, sender=sender, subject=f"Scanner {number}", text="It is not scanning.")


def calling(office: Office) -> Callable[..., Any]:
    return lambda fn, *args: fn(office, *args)


def join(office: Office, url: str, told: list[int] | None = None) -> Exchanged:
    team.join(office, url)
    return exchange(office, (told if told is not None else []).append)


def ticket_ids(office: Office) -> list[str]:
    return [row[0] for row in office.replica.database.execute_sql("SELECT id FROM ticket ORDER BY id")]


def there(place: Path) -> list[Snapshot]:
    return whole_ones(by_snapshot(FolderHub(place).names("snap/")))


def new_ticket(office: Office, subject: str) -> str:
    form = sending.NewTicket(Channel.PHONE, Person("", "rosa@other.example"), subject, "It does not scan.")
    return sending.new_ticket(office, form).ids[0]


def searched(office: Office, words: str) -> int:
    query = "SELECT COUNT(*) FROM message_fts WHERE message_fts MATCH ?"
    return int(office.replica.database.execute_sql(query, (words,)).fetchone()[0])


def same(*offices: Office) -> bool:
    """Whether all have the same, once each has heard which computers have joined."""
    for one in offices:
        exchange(one)
    assert [check(one.replica).problems for one in offices] == [()] * len(offices)
    return len({state_hash(one.replica) for one in offices}) == 1


# -- taking one ------------------------------------------------------------------------------------


def test_who_joins_has_all_at_once_and_nothing_that_is_the_makers(founded: Office, boris: Office, url: str) -> None:
    told: list[int] = []
    before = boris.replica.replica_id

    done = join(boris, url, told)

    assert (done.pulled, done.troubles, done.has_forked) == (0, [], False)
    assert same(founded, boris)
    assert searched(boris, "scanner") == searched(founded, "scanner") >= MAILS
    assert (told[0], told[-1]) == (0, 100)
    assert len(told) > 3
    assert boris.replica.replica_id == before != founded.replica.replica_id
    assert boris.agent_id == ""
    for table in ("draft", "raw_seen", "outbox"):
        assert boris.replica.database.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone() == (0,)
    assert not boris.profile.snapshot_dir.exists() or not any(boris.profile.snapshot_dir.rglob("*"))


def test_what_is_done_afterwards_travels_both_ways(founded: Office, boris: Office, url: str) -> None:
    join(boris, url)
    new_ticket(boris, "Telephone")
    desk.tag(founded, ticket_ids(founded)[:1], add=["later"])
    for one in (founded, boris, founded):
        exchange(one)

    assert same(founded, boris)
    rebuild(boris.replica)
    assert same(founded, boris)


def test_what_came_after_the_snapshot_comes_by_the_exchange(founded: Office, boris: Office, url: str) -> None:
    new_ticket(founded, "Later")
    exchange(founded)

    assert join(boris, url).pulled == 1
    assert same(founded, boris)


def test_own_tickets_and_drafts_of_who_joins_are_taken_along(
    founded: Office, boris: Office, url: str, clock: Clock
) -> None:
    catalog.save(boris, BOX)
    take_in(boris, BOX, [Incoming(mail_of_rosa(3), clock.now_ms)])
    take_in(boris, BOX, [Incoming(raw_mail(900, subject="Of Boris"), clock.now_ms)])
    catalog.set_agent(boris, BORIS)
    own = new_ticket(boris, "Telephone")
    drafts.save_draft(boris, Draft(own, text="Dear Rosa,"))

    done = join(boris, url)
    exchange(founded)

    assert (done.pulled, done.pushed) == (0, 1)
    assert same(founded, boris)
    assert own in ticket_ids(founded)
    assert boris.agent_id == BORIS
    draft = drafts.load_draft(boris, own)
    assert draft is not None
    assert draft.text == "Dear Rosa,"
    assert boris.replica.blob(pack(raw_mail(900, subject="Of Boris")).name)


def test_who_has_much_of_its_own_takes_every_change_and_is_told_how_many_came(
    founded: Office, boris: Office, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_ticket(boris, "Telephone")
    monkeypatch.setattr(adopting, "MOST_CARRIED", 0)
    monkeypatch.setattr(team_exchange, "MANY_SEGMENTS", 2)
    new_ticket(founded, "Later")
    exchange(founded)
    told: list[int] = []

    assert join(boris, url, told).pulled == 2
    assert told == [0, 50]
    exchange(founded)
    assert same(founded, boris)


def test_a_copy_of_somebody_in_the_team_goes_on_under_a_name_of_its_own(
    founded: Office, boris: Office, url: str
) -> None:
    theirs = founded.replica.replica_id
    boris.replica.set_meta("replica", theirs)
    new_ticket(boris, "Of the copy")

    join(boris, url)
    exchange(founded)

    assert founded.replica.replica_id == theirs != boris.replica.replica_id
    assert same(founded, boris)


def test_another_connection_sees_the_new_data_at_once(founded: Office, boris: Office, url: str) -> None:
    with Office.open(boris.profile, readonly=True) as reader:
        assert ticket_ids(reader) == []
        boris.replica.bind()
        join(boris, url)
        assert ticket_ids(reader) == ticket_ids(founded)
        assert searched(reader, "scanner") == searched(founded, "scanner")


# -- what can be wrong with one ---------------------------------------------------------------------


def hurt_part(place: Path) -> None:
    (part,) = place.glob("snap/*/*/0002")
    data = bytearray(part.read_bytes())
    data[100] ^= 1
    part.write_bytes(data)


def swap_part(place: Path) -> None:
    (part,) = place.glob("snap/*/*/0002")
    part.write_bytes(part.with_name("0003").read_bytes())


def lose_part(place: Path) -> None:
    (part,) = place.glob("snap/*/*/0002")
    part.unlink()


def of_newer_program(place: Path) -> None:
    (path,) = place.glob("snap/*/*/list")
    found = decode_list(path.read_bytes(), "list")
    path.write_bytes(encode_list(Contents(found.parts, found.size, schema=99)))


def of_newer_form(place: Path) -> None:
    (path,) = place.glob("snap/*/*/list")
    found = decode_list(path.read_bytes(), "list")
    path.write_bytes(encode_list(Contents(found.parts, found.size, found.schema, version=99)))


def no_database(place: Path) -> None:
    (path,) = place.glob("snap/*/*/list")
    found = decode_list(path.read_bytes(), "list")
    path.write_bytes(encode_list(Contents(found.parts[1:2], SLICE_BYTES, found.schema)))
    part = path.with_name("0001")
    part.write_bytes(path.with_name("0002").read_bytes())


@pytest.mark.parametrize("harm", [hurt_part, swap_part, lose_part, of_newer_program, of_newer_form, no_database])
def test_a_snapshot_that_cannot_be_taken_is_no_trouble(
    founded: Office, boris: Office, url: str, place: Path, harm: Callable[[Path], None]
) -> None:
    harm(place)

    done = join(boris, url)

    assert done.pulled > 0
    assert done.troubles == []
    assert same(founded, boris)


@pytest.mark.parametrize("harm", [hurt_part, swap_part])
def test_a_damaged_one_is_removed_and_another_one_made(
    founded: Office, boris: Office, carla: Office, url: str, place: Path, harm: Callable[[Path], None]
) -> None:
    (damaged,) = there(place)
    harm(place)
    join(boris, url)

    (another,) = there(place)
    assert another != damaged
    assert join(carla, url).pulled == 0
    assert same(founded, carla)


def test_one_that_was_folded_otherwise_is_folded_anew(
    filled: Office, boris: Office, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.create(filled, url)
    filled.replica.set_meta("fold_version", "1")
    filled.replica.database.execute_sql("UPDATE ticket SET subject = 'as an older program had it'")
    exchange(filled)
    rebuild(filled.replica)
    filled.replica.set_meta("fold_version", FOLD_VERSION)

    assert join(boris, url).pulled == 0
    assert same(filled, boris)
    assert boris.replica.meta("fold_version") == FOLD_VERSION


def test_a_full_disk_leaves_the_ordinary_way(
    founded: Office, boris: Office, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team_joining, "has_room", lambda path, reserve: False)

    assert join(boris, url).pulled > 0
    assert same(founded, boris)


# -- making and putting -----------------------------------------------------------------------------


class Line:
    """A hub that is reached for so many calls only; `puts` and `gets` are what came through."""

    def __init__(self, hub: Hub, calls: int) -> None:
        self._hub, self._left = hub, calls
        self.puts: list[str] = []
        self.gets: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hub, name)

    def put(self, name: str, data: bytes) -> None:
        self._count()
        self._hub.put(name, data)
        self.puts.append(name)

    def get(self, name: str) -> bytes:
        self._count()
        self.gets.append(name)
        return self._hub.get(name)

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise HubTrouble("The line is dead.")


def test_one_that_was_put_in_part_is_put_to_its_end_by_the_next_exchange(filled: Office, url: str, place: Path) -> None:
    team.create(filled, url)
    team_exchange.exchange_with_team(calling(filled))
    first, second = Line(FolderHub(place), 3), Line(FolderHub(place), 999)

    assert Snapshots(at_once=True).tend(calling(filled), first) is False
    assert there(place) == []
    assert Snapshots(at_once=True).tend(calling(filled), second) is False

    (snapshot,) = there(place)
    assert len(first.puts) == 3
    assert not set(first.puts) & set(second.puts)
    assert second.puts[-1] == snapshot.list_name
    assert snapshots.made(filled.profile.snapshot_dir) == {}


def test_one_that_came_in_part_comes_to_its_end_by_the_next_exchange(
    founded: Office, boris: Office, url: str, place: Path
) -> None:
    team.join(boris, url)
    first, second = Line(FolderHub(place), 4), Line(FolderHub(place), 999)

    with pytest.raises(HubTrouble):
        team_joining.take(calling(boris), first, lambda percent: None)
    assert ticket_ids(boris) == []
    team_joining.take(calling(boris), second, lambda percent: None)

    assert ticket_ids(boris) == ticket_ids(founded)
    assert set(first.gets) & set(second.gets) == {there(place)[0].list_name}


def test_what_a_killed_maker_left_goes_at_the_next_exchange(founded: Office) -> None:
    left = founded.profile.snapshot_dir / "making" / "copy.sqlite"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a copy")

    exchange(founded)

    assert not left.exists()


def test_a_place_that_takes_no_more_is_left_without_parts(filled: Office, url: str, place: Path) -> None:
    team.create(filled, url)
    team_exchange.exchange_with_team(calling(filled))
    keeper = Snapshots(at_once=True)

    for _ in range(3):
        keeper.tend(calling(filled), Line(FolderHub(place), 1))

    assert FolderHub(place).names("snap/") == []
    assert snapshots.made(filled.profile.snapshot_dir) == {}
    assert keeper.tend(calling(filled), FolderHub(place)) is False
    assert FolderHub(place).names("snap/") == []


def test_a_mailbox_is_not_filled_up_with_them(filled: Office, url: str, place: Path) -> None:
    team.create(filled, url)
    team_exchange.exchange_with_team(calling(filled))
    most = team_places.snapshot_bytes("imap:support")
    assert most is not None
    assert team_places.snapshot_bytes(url) is None

    assert Snapshots(at_once=True).tend(calling(filled), FolderHub(place), 20_000) is False
    assert there(place) == []
    assert Snapshots(at_once=True).tend(calling(filled), FolderHub(place), most) is False
    assert len(there(place)) == 1


def test_the_newest_two_stay_and_a_new_one_is_made_when_there_is_much_more(
    founded: Office, receive: Callable[..., Taken], place: Path
) -> None:
    (first,) = there(place)
    exchange(founded)
    assert there(place) == [first]

    for turn in range(1, 4):
        receive(*(mail_of_rosa(1000 * turn + n) for n in range(40 * turn)))
        exchange(founded)

    found = there(place)
    assert len(found) == 2
    assert first not in found
    assert {one.prefix for one in found} == {one.prefix for one in by_snapshot(FolderHub(place).names("snap/"))}


def test_one_half_put_by_somebody_who_is_gone_goes_when_there_is_a_newer_one(founded: Office, place: Path) -> None:
    (first,) = there(place)
    left = Snapshot(30, "a" * 32, first.erased)
    (place / left.part_name(1)).parent.mkdir(parents=True)
    (place / left.part_name(1)).write_bytes(b"half")
    hurt_part(place)
    FolderHub(place).remove(FolderHub(place).names(first.prefix))

    exchange(founded)

    assert {one.events for one in by_snapshot(FolderHub(place).names("snap/"))} == {first.events}


def test_none_is_made_while_something_has_not_been_handed_over(founded: Office, tmp_path: Path) -> None:
    new_ticket(founded, "Not handed over")

    with pytest.raises(snapshots.Unsettled):
        snapshots.make(founded.profile.database, tmp_path / "out", lambda: False)


def test_every_table_is_known_to_be_shared_or_our_own(founded: Office) -> None:
    """A table that is added must be thought of: what is our own is in no snapshot."""
    rows = founded.replica.database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    shared = {"schema_migration", "alias", "attachment", "blob", "code", "entity", "event", "merge", "message",
              "reference", "ticket", "ticket_tag", "message_fts", "erased", "erased_person", "segment", "pack",
              "sqlite_stat1", *snapshots.SHADOWS}  # fmt: skip
    assert {row[0] for row in rows} - shared == set(snapshots.OWN_TABLES)


def test_a_text_that_only_a_segment_names_is_there_too(founded: Office, boris: Office, url: str) -> None:
    database = founded.replica.database
    event_id, blob = database.execute_sql("SELECT id, blob FROM event WHERE kind = 'message_written'").fetchone()
    (later,) = founded.replica.put_blobs([b'{"text":"a better reading"}'])
    database.execute_sql("UPDATE event SET blob = ? WHERE id = ?", (later, event_id))
    folder = founded.profile.snapshot_dir

    snapshots.make(founded.profile.database, folder, lambda: False)

    file = folder / "copy.sqlite"
    items = snapshots.made(folder)
    parts = ((name, path.read_bytes()) for name, path in items.items() if not name.endswith("list"))
    contents = next(decode_list(path.read_bytes(), name) for name, path in items.items() if name.endswith("list"))
    adopting.join_parts(parts, contents, file)
    with sqlite3.connect(file) as handle:
        found = {row[0] for row in handle.execute("SELECT id FROM blob")}
    handle.close()
    assert {blob, later} <= found
    assert not found & {row[0] for row in database.execute_sql("SELECT raw_blob FROM message WHERE raw_blob != ''")}


# -- raw mails --------------------------------------------------------------------------------------


def test_raw_mails_come_afterwards_and_till_then_it_is_said_that_they_will(
    founded: Office, boris: Office, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(team_raws, "fetch", lambda on_replica, look, hub: True)
        assert join(boris, url).has_more
    message = boris.replica.database.execute_sql("SELECT id FROM message WHERE raw_blob != ''").fetchone()[0]

    with pytest.raises(NotFound, match="not come to this computer yet"):
        reading.source(boris, message)
    assert check(boris.replica).problems == ()

    assert not exchange(boris).has_more
    assert "Scanner" in reading.source(boris, message)
    missing = "SELECT COUNT(*) FROM message WHERE raw_blob != '' AND raw_blob NOT IN (SELECT id FROM blob)"
    assert boris.replica.database.execute_sql(missing).fetchone() == (0,)


def test_raw_mails_come_a_few_at_a_time_the_newest_first(
    founded: Office, boris: Office, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team_raws, "FETCH_S", -1.0)
    monkeypatch.setattr(team_raws, "_AT_ONCE", 3)
    rows = "SELECT raw_blob IN (SELECT id FROM blob) FROM message WHERE raw_blob != '' ORDER BY n DESC"

    assert join(boris, url).has_more
    here = [row[0] for row in boris.replica.database.execute_sql(rows)]
    assert here == [1, 1, 1] + [0] * (len(here) - 3)

    rounds = 0
    while exchange(boris).has_more:
        rounds += 1
    assert rounds >= len(here) // 3 - 2
    assert all(row[0] for row in boris.replica.database.execute_sql(rows))


def test_a_raw_mail_that_was_lost_is_fetched_again_after_a_check(founded: Office, boris: Office, url: str) -> None:
    join(boris, url)
    lost = "DELETE FROM blob WHERE id = (SELECT raw_blob FROM message WHERE raw_blob != '' LIMIT 1)"
    boris.replica.database.execute_sql(lost)

    assert "raw mail" in check_office(boris).problems[0]
    exchange(boris)

    assert check_office(boris).problems == ()


def test_a_place_that_was_lost_is_filled_by_those_who_have_the_raw_mails(
    founded: Office, boris: Office, carla: Office, url: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(team_raws, "fetch", lambda on_replica, look, hub: True)
        join(boris, url)
    for path in sorted(place.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()

    done = exchange(boris)
    assert done.lacking > 0
    assert done.refilled == 1  # that it joined, which names no raw mail
    for one in (founded, boris):
        exchange(one)
    monkeypatch.setattr(pure, "FEW_EVENTS", 10_000)
    join(carla, url)

    assert same(founded, boris, carla)


# -- erasure ----------------------------------------------------------------------------------------


def erase(office: Office) -> None:
    erasing.erase(office, erasing.find(office, MARIA))
    erasing.settle(office)


def bytes_of(*roots: Path) -> set[tuple[str, bytes]]:
    """Where the person stands, in every byte of these folders and of the databases that their snapshots make."""
    found: set[tuple[str, bytes]] = set()
    for root in roots:
        found |= found_in(root, NAMES)
        for path in root.rglob("snap/*/*/list"):
            contents = decode_list(path.read_bytes(), "list")
            names = [f"{number:04d}" for number in range(1, len(contents.parts) + 1)]
            file = root.parent / "unfolded" / "copy.sqlite"
            adopting.join_parts(((name, path.with_name(name).read_bytes()) for name in names), contents, file)
            found |= found_in(file.parent, NAMES)
            file.unlink()
    return found


def test_a_snapshot_holds_a_person_until_the_person_is_erased_and_who_joins_by_one_gets_nothing(
    founded: Office, boris: Office, url: str, place: Path
) -> None:
    (old,) = there(place)
    assert {word for _, word in bytes_of(place)} >= {MARIA.encode()}

    erase(founded)
    exchange(founded)
    assert old not in there(place)
    exchange(founded)
    (new,) = there(place)
    assert join(boris, url).pulled <= 1
    exchange(boris)
    exchange(founded)

    assert same(founded, boris)
    (proof,) = erasing.listed(founded)
    assert (len(proof.done), proof.missing, proof.is_place_clean) == (2, (), True)
    assert new.erased != old.erased
    roots = [one.profile.root for one in (founded, boris)]
    for one in (founded, boris):
        one.close()
    assert bytes_of(place, *roots) == set()


def test_an_old_snapshot_that_came_back_goes_again_and_who_took_it_gets_the_erasure(
    founded: Office, boris: Office, carla: Office, url: str, place: Path, tmp_path: Path
) -> None:
    import shutil

    shutil.copytree(place, tmp_path / "old")
    erase(founded)
    exchange(founded)
    shutil.rmtree(place)
    (tmp_path / "old").rename(place)

    assert join(boris, url).pulled == 0
    assert MARIA in {row[0] for row in boris.replica.database.execute_sql("SELECT requester_address FROM ticket")}
    for one in (founded, boris, founded, boris):
        exchange(one)

    assert same(founded, boris)
    roots = [one.profile.root for one in (founded, boris)]
    for one in (founded, boris):
        one.close()
    assert bytes_of(place, *roots) == set()


def test_one_that_was_made_before_an_erasure_is_not_put_after_it(filled: Office, url: str, place: Path) -> None:
    team.create(filled, url)
    team_exchange.exchange_with_team(calling(filled))
    Snapshots(at_once=True).tend(calling(filled), Line(FolderHub(place), 3))
    assert FolderHub(place).names("snap/")
    kept = {name: path.read_bytes() for name, path in snapshots.made(filled.profile.snapshot_dir).items()}

    erase(filled)
    assert snapshots.made(filled.profile.snapshot_dir) == {}
    for name, data in kept.items():  # as a thread that was making it leaves it
        snapshots.write(filled.profile.snapshot_dir / "made" / name, data)
    team_exchange.exchange_with_team(calling(filled))
    assert FolderHub(place).names("snap/") == []
    exchange(filled)

    assert snapshots.made(filled.profile.snapshot_dir) == {}
    root = filled.profile.root
    filled.close()
    assert bytes_of(place, root) == set()


def test_one_by_somebody_who_does_not_know_of_an_erasure_is_removed_at_the_second_look(
    founded: Office, url: str, place: Path
) -> None:
    (old,) = there(place)
    stranger = Snapshot(old.events, "b" * 32, "0" * 16)
    erase(founded)
    exchange(founded)
    (place / stranger.part_name(1)).parent.mkdir(parents=True)
    (place / stranger.part_name(1)).write_bytes(b"of a person")

    exchange(founded)
    assert FolderHub(place).names(stranger.prefix)
    exchange(founded)
    assert not FolderHub(place).names(stranger.prefix)


def test_files_are_cleaned_when_a_copy_that_is_being_made_is_done(founded: Office) -> None:
    from deskhelp.services.locks import exclusive

    with exclusive(founded.profile.snapshot_lock):
        erase(founded)
        assert erasing.listed(founded)[0].done == ()

    exchange(founded)
    assert len(erasing.listed(founded)[0].done) == 1
