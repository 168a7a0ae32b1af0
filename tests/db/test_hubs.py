"""The contract of a hub, held by every carrier."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db import hub_sql
from deskhelp.db.hub_folder import FolderHub
from deskhelp.db.hub_sealed import SealedHub, Sealer
from deskhelp.db.hub_sql import sqlite_hub
from deskhelp.domain.segments import BrokenItem, Hub, HubTrouble, MissingItem, Occupied, seal, segment_name
from deskhelp.services.team_places import open_hub
from tests.support.hubs import damage_message, imap_hub, open_place, place_in
from tests.support.like_cockroach import LikeCockroach
from tests.support.servers import ImapUser, TeamDatabase

DIGEST = "dddddddddddddddddddddddddddddddd"
ONE, TWO = f"seg/00000000000000aa/0000000001-{DIGEST}", f"seg/00000000000000aa/0000000002-{DIGEST}"
OTHER = f"seg/00000000000000bb/0000000001-{DIGEST}"
BLOB = "blob/" + "c" * 32
PACK = f"pack/00000000000000aa/0000000001-0000000016-{DIGEST}"
Damage = Callable[[str], None]
Carrier = tuple[Callable[[], Hub], Damage]


def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Carrier:
    root = tmp_path / "team"
    root.mkdir()

    def damage(name: str) -> None:
        data = bytearray((root / name).read_bytes())
        data[20] ^= 1
        (root / name).write_bytes(data)

    return lambda: FolderHub(root), damage


def sqlite_file(request: pytest.FixtureRequest, tmp_path: Path) -> Carrier:
    path = tmp_path / "team.sqlite"

    def damage(name: str) -> None:
        handle = sqlite3.connect(path)
        data = bytearray(handle.execute("SELECT data FROM deskhelp_item WHERE name = ?", (name,)).fetchone()[0])
        data[20] ^= 1
        handle.execute("UPDATE deskhelp_item SET data = ? WHERE name = ?", (bytes(data), name))
        handle.commit()
        handle.close()

    return lambda: sqlite_hub(path), damage


def postgres_database(request: pytest.FixtureRequest, tmp_path: Path) -> Carrier:
    database: TeamDatabase = request.getfixturevalue("team_database")

    def damage(name: str) -> None:
        database.run("UPDATE deskhelp_item SET data = set_byte(data, 20, get_byte(data, 20) # 1) WHERE name = %s", name)

    return lambda: open_hub(database.url, database.password), damage


def like_cockroach(request: pytest.FixtureRequest, tmp_path: Path) -> Carrier:
    database: TeamDatabase = request.getfixturevalue("team_database")
    _, damage = postgres_database(request, tmp_path)
    between = request.getfixturevalue("closing")(LikeCockroach(database.server.port))
    url = database.url.replace(f":{database.server.port}/", f":{between.port}/")
    return lambda: open_hub(url, database.password), damage


def imap_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Carrier:
    user: ImapUser = request.getfixturevalue("imap_user")
    return lambda: imap_hub(user), lambda name: damage_message(user, name)


def sealed_imap_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Carrier:
    opened, damage = imap_folder(request, tmp_path)
    return lambda: SealedHub(opened(), Sealer(b"s" * 16)), damage


def sealed_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Carrier:
    opened, damage = folder(request, tmp_path)
    return lambda: SealedHub(opened(), Sealer(b"s" * 16)), damage


CARRIERS = [folder, sqlite_file, postgres_database, like_cockroach, imap_folder, sealed_folder, sealed_imap_folder]


@pytest.fixture
def closing() -> Iterator[Callable[[Any], Any]]:
    """``closing(thing)`` enters it, for as long as the test takes."""
    with contextlib.ExitStack() as stack:
        yield stack.enter_context


@pytest.fixture(params=CARRIERS, ids=lambda carrier: carrier.__name__)
def carrier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Carrier]:
    """How a hub of this kind is opened (again), and how an item of it is damaged."""
    opened, damage = request.param(request, tmp_path)
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(contextlib.closing(opened())), damage


@pytest.fixture
def hub(carrier: Carrier) -> Hub:
    return carrier[0]()


def test_what_was_put_is_got_by_whoever_opens_the_hub_later(hub: Hub, carrier: Carrier) -> None:
    data = seal(bytes(range(256)) * 5000)
    hub.put(ONE, data)

    assert carrier[0]().get(ONE) == data


def test_what_is_expected_is_got_as_it_lies_there_in_any_order(hub: Hub) -> None:
    hub.put(ONE, seal(b"one"))
    hub.put(TWO, seal(b"two"))
    hub.put(BLOB, seal(b"blob"))

    hub.expect([ONE, BLOB, OTHER, TWO])
    hub.replace(TWO, seal(b"two again"))

    assert [hub.get(name) for name in (BLOB, ONE, TWO, BLOB)] == [
        seal(b"blob"),
        seal(b"one"),
        seal(b"two again"),
        seal(b"blob"),
    ]
    with pytest.raises(MissingItem):
        hub.get(OTHER)


def test_what_is_damaged_and_expected_is_broken_and_stands_in_nobodys_way(hub: Hub, carrier: Carrier) -> None:
    hub.put(ONE, seal(b"one" * 20))
    hub.put(TWO, seal(b"two"))
    carrier[1](ONE)

    hub.expect([ONE, TWO])

    with pytest.raises(BrokenItem):
        hub.get(ONE)
    assert hub.get(TWO) == seal(b"two")


def test_putting_the_same_again_changes_nothing(hub: Hub) -> None:
    hub.put(ONE, seal(b"one"))
    hub.put(ONE, seal(b"one"))

    assert hub.names("seg/") == [ONE]
    assert hub.get(ONE) == seal(b"one")


def test_another_item_under_a_name_is_refused_and_the_first_stays(hub: Hub) -> None:
    hub.put(ONE, seal(b"one"))

    with pytest.raises(Occupied):
        hub.put(ONE, seal(b"another"))
    assert hub.get(ONE) == seal(b"one")


def test_a_blob_is_named_by_its_content_so_another_packing_of_it_is_no_trouble(hub: Hub) -> None:
    hub.put(BLOB, seal(b"packed so"))
    hub.put(BLOB, seal(b"packed otherwise"))

    assert hub.get(BLOB) == seal(b"packed so")


def test_names_are_listed_sorted_by_what_they_begin_with(hub: Hub) -> None:
    for name in (OTHER, TWO, BLOB, "about", ONE):
        hub.put(name, seal(name.encode()))

    assert hub.names("seg/") == [ONE, TWO, OTHER]
    assert hub.names("seg/00000000000000bb/") == [OTHER]
    assert hub.names("txt/") == []
    assert hub.names("about") == ["about"]


def test_what_is_not_there_is_said_so(hub: Hub) -> None:
    with pytest.raises(MissingItem):
        hub.get(ONE)


def test_a_damaged_item_is_recognised_and_can_be_put_again(hub: Hub, carrier: Carrier) -> None:
    hub.put(ONE, seal(b"one"))
    carrier[1](ONE)

    with pytest.raises(BrokenItem):
        hub.get(ONE)
    hub.put(ONE, seal(b"one"))
    assert hub.get(ONE) == seal(b"one")


def test_a_withdrawn_item_is_not_listed_and_can_be_put_again_and_withdrawn_again(hub: Hub) -> None:
    for _ in range(2):
        hub.put(ONE, seal(b"one"))
        hub.withdraw(ONE)
        assert hub.names("seg/") == []
    hub.withdraw(ONE)
    hub.put(ONE, seal(b"one"))
    assert hub.names("seg/") == [ONE]


def test_what_is_replaced_leaves_no_byte_even_where_it_was_set_aside_before(
    hub: Hub, carrier: Carrier, tmp_path: Path
) -> None:
    for content in (b"something personal", b"something personal, again"):
        hub.put(ONE, seal(content))
        hub.withdraw(ONE)
    hub.put(ONE, seal(b"something personal, at last"))
    hub.put(TWO, seal(b"of others"))

    hub.replace(ONE, seal(b""))
    hub.replace(BLOB, seal(b"new"))

    again = carrier[0]()
    assert [again.get(name) for name in (ONE, TWO, BLOB)] == [seal(b""), seal(b"of others"), seal(b"new")]
    assert again.names("seg/") == [ONE, TWO]
    assert not any(b"personal" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_what_is_removed_leaves_no_byte_even_where_it_was_set_aside_and_can_be_put_again(
    hub: Hub, carrier: Carrier, tmp_path: Path
) -> None:
    for _ in range(2):
        hub.put(ONE, seal(b"something personal"))
        hub.withdraw(ONE)
    for name in (ONE, BLOB, PACK):
        hub.put(name, seal(b"something personal"))
    hub.put(TWO, seal(b"of others"))
    hub.remove([])

    hub.remove([OTHER, PACK, ONE, BLOB])

    assert carrier[0]().names("") == [TWO]
    assert not any(b"personal" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    with pytest.raises(MissingItem):
        hub.get(ONE)
    hub.put(ONE, seal(b"again"))
    assert carrier[0]().get(ONE) == seal(b"again")


def test_many_are_removed_at_once(hub: Hub) -> None:
    names = [f"seg/00000000000000aa/{number:010d}-{DIGEST}" for number in range(40)]
    for name in names:
        hub.put(name, seal(name.encode()))

    hub.remove(names[3:])

    assert hub.names("seg/") == names[:3]


def test_the_last_note_of_each_replica_is_heard_and_is_no_item(hub: Hub) -> None:
    assert hub.heard() == {}
    hub.say("a" * 16, seal(b"one"))
    hub.say("b" * 16, seal(b"other"))
    hub.say("a" * 16, seal(b"two"))

    assert hub.heard() == {"a" * 16: seal(b"two"), "b" * 16: seal(b"other")}
    assert hub.names("") == []


WRITER = """
import sys
from deskhelp.domain.segments import seal, segment_name
from tests.support.hubs import open_place
hub = open_place(sys.argv[1])
for number in range(1, 31):
    for replica, content in ((sys.argv[2], sys.argv[2].encode() * 2000), ("e", b"of all")):
        data = seal(content)
        hub.put(segment_name(replica * 16, number, data), data)
hub.close()
"""


@pytest.fixture(params=["folder", "sqlite", "postgresql", "imap"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a place that nobody has used yet."""
    if request.param == "postgresql":
        database: TeamDatabase = request.getfixturevalue("team_database")
        monkeypatch.setenv("DESKHELP_TEAM_PASSWORD", database.password)
        return database.url
    if request.param == "imap":
        return place_in(request.getfixturevalue("imap_user"))
    (tmp_path / "place").mkdir()
    return f"{request.param}://{tmp_path / 'place'}" + ("/team.sqlite" if request.param == "sqlite" else "")


def test_four_programs_may_put_at_once(place: str) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, place, letter]) for letter in "abcd"]

    assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    with contextlib.closing(open_place(place)) as hub:
        assert len(hub.names("seg/")) == 150
        data = seal(b"c" * 2000)
        assert hub.get(segment_name("c" * 16, 30, data)) == data


# -- the folder ----------------------------------------------------------------------------------


def test_what_others_put_into_the_folder_is_passed_over(tmp_path: Path) -> None:
    hub = FolderHub(tmp_path)
    hub.put(ONE, seal(b"one"))
    for name in ("desktop.ini", "seg/.DS_Store", f"{ONE} (conflicted copy)", "seg/00000000000000aa/Thumbs.db"):
        (tmp_path / name).write_bytes(b"foreign")

    assert hub.names("seg/") == [ONE]
    assert hub.names("") == [ONE]


def test_half_written_files_are_invisible_and_swept_once_they_are_old(tmp_path: Path) -> None:
    hub = FolderHub(tmp_path)
    hub.put(ONE, seal(b"one"))
    old, young = (tmp_path / f"part/.part-{name}" for name in ("old", "young"))
    for part in (old, young):
        part.write_bytes(b"half")
    os.utime(old, (0, time.time() - 2 * 24 * 3600))

    assert hub.names("seg/") == [ONE]
    assert (old.exists(), young.exists()) == (False, True)


def test_a_folder_that_is_not_mounted_is_no_empty_hub(tmp_path: Path) -> None:
    with pytest.raises(HubTrouble, match="cannot be reached"):
        FolderHub(tmp_path / "away")


# -- the SQLite file -----------------------------------------------------------------------------


def test_the_file_keeps_a_rollback_journal(tmp_path: Path) -> None:
    sqlite_hub(tmp_path / "team.sqlite").put(ONE, seal(b"one"))

    handle = sqlite3.connect(tmp_path / "team.sqlite")
    assert handle.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    handle.close()
    assert [path.name for path in tmp_path.iterdir()] == ["team.sqlite"]


def test_who_looks_waits_for_nobody_who_is_about_to_write(tmp_path: Path) -> None:
    hub = sqlite_hub(tmp_path / "team.sqlite")
    with contextlib.closing(sqlite3.connect(tmp_path / "team.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with contextlib.closing(sqlite_hub(tmp_path / "team.sqlite")) as opened:
            assert hub.names("seg/") == opened.names("seg/") == []
            assert hub.heard() == {}


def test_a_file_that_was_proven_is_proven_again_once_it_says_that_it_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "team.sqlite"
    for number in range(1, 40):
        sqlite_hub(path).put(f"seg/00000000000000aa/{number:010d}-{DIGEST}", seal(os.urandom(3000)))
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)

    with pytest.raises(HubTrouble):
        sqlite_hub(path).names("seg/")

    assert sqlite_hub(path).names("seg/") == []
    assert len(list(tmp_path.glob("team.sqlite.broken-*"))) == 1


def filled_file(path: Path) -> None:
    hub = sqlite_hub(path)
    for number in range(1, 40):
        hub.put(f"seg/00000000000000aa/{number:010d}-{DIGEST}", seal(os.urandom(3000)))


def damage_file(path: Path, how: str) -> bytes:
    """Overwrite its head or some of its pages; what it is then."""
    data = bytearray(path.read_bytes())
    start = 0 if how == "no database" else 4096
    data[start:12288] = b"\xff" * (12288 - start)
    with path.open("r+b") as file:
        file.write(data)
    return bytes(data)


@pytest.mark.parametrize("how", ["no database", "pages"])
def test_a_damaged_file_is_set_aside_and_made_anew(how: str, tmp_path: Path) -> None:
    made, path = tmp_path / "made.sqlite", tmp_path / "team.sqlite"
    filled_file(made)
    data = damage_file(made, how)
    made.rename(path)  # as a program finds it that has not had it open

    anew = sqlite_hub(path)

    assert anew.names("seg/") == []
    assert [aside.read_bytes() for aside in tmp_path.glob("team.sqlite.broken-*")] == [data]


@pytest.mark.parametrize("how", ["no database", "pages"])
def test_a_file_that_is_damaged_while_a_program_runs_is_set_aside_once_that_is_met(how: str, tmp_path: Path) -> None:
    path = tmp_path / "team.sqlite"
    filled_file(path)
    data = damage_file(path, how)

    with pytest.raises(HubTrouble):
        sqlite_hub(path).names("seg/")

    assert sqlite_hub(path).names("seg/") == []
    assert [aside.read_bytes() for aside in tmp_path.glob("team.sqlite.broken-*")] == [data]


def test_another_file_in_its_place_is_looked_through(tmp_path: Path) -> None:
    path, other = tmp_path / "team.sqlite", tmp_path / "other.sqlite"
    for one in (path, other):
        filled_file(one)
    data = damage_file(other, "pages")
    other.replace(path)

    assert sqlite_hub(path).names("seg/") == []
    assert [aside.read_bytes() for aside in tmp_path.glob("team.sqlite.broken-*")] == [data]


def test_a_file_that_is_known_is_not_read_through_at_each_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "team.sqlite"
    filled_file(path)
    monkeypatch.setattr(hub_sql, "_is_damaged", lambda _: pytest.fail("read through"))

    assert len(sqlite_hub(path).names("seg/")) == 39
