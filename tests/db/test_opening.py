"""Opening a replica: what it refuses, what it copies first, whom it lets read, and what a full disk does."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import multiprocessing
import os
import shutil
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from peewee import SqliteDatabase

from deskhelp.db import models, room
from deskhelp.db.check import check, state_hash
from deskhelp.db.file import APPLICATION_ID, SCHEMA_VERSION
from deskhelp.db.replica import Replica
from deskhelp.db.schema import MIGRATIONS, migrate
from deskhelp.db.troubles import Damaged, DiskFull, ReadOnly, ReplicaTrouble

from .histories import mail

RELEASED = sorted((Path(__file__).parent / "states").glob("schema-*.sqlite.gz"))
FROZEN = {
    "0001_initial.py": "bc32cf09aeb8d370",
    "0002_conversation.py": "2d02feffbdf368fa",
    "0003_erased.py": "2da7a74ee3dc3654",
    "0004_segment_name.py": "82695735466b931c",
    "0005_pack.py": "67be0c7be9ac2bf9",
}
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes of files are of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.sqlite"


@pytest.fixture
def filled(path: Path) -> Path:
    with Replica.open(path) as replica:
        replica.apply([mail(number) for number in range(40)], "elsewhere")
    return path


def run_sql(path: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as handle, handle:
        handle.execute(statement)


@pytest.mark.parametrize("is_ours", [True, False])
def test_what_a_killed_program_had_begun_without_a_log_is_taken_back_in_a_file_of_ours_only(
    filled: Path, tmp_path: Path, is_ours: bool
) -> None:
    """As an upgrade, a restore or a first start does that is killed while SQLite goes over to its log."""
    with Replica.open(filled) as replica:
        before = state_hash(replica)
    killed = tmp_path / "killed.sqlite"
    with contextlib.closing(sqlite3.connect(filled)) as handle:
        handle.execute("PRAGMA journal_mode = DELETE")
        if not is_ours:
            handle.execute("PRAGMA application_id = 7")
        handle.execute("PRAGMA cache_size = 1")
        handle.execute("BEGIN")
        handle.execute("UPDATE event SET body = '{}'")
        handle.execute("DELETE FROM blob")
        for end in ("", "-journal"):
            shutil.copy(f"{filled}{end}", f"{killed}{end}")
    half_done = killed.read_bytes()
    assert half_done != filled.read_bytes()

    if is_ours:
        with Replica.open(killed) as replica:
            assert state_hash(replica) == before
            assert check(replica).problems == ()
    else:
        with pytest.raises(ReplicaTrouble):
            Replica.open(killed)
        assert killed.read_bytes() == half_done


def test_opening_again_finds_the_same_replica(filled: Path) -> None:
    with Replica.open(filled) as first:
        name, key, state = first.replica_id, first.team_key, state_hash(first)
    with Replica.open(filled) as second:
        assert (second.replica_id, second.team_key, state_hash(second)) == (name, key, state)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(filled: Path) -> None:
    run_sql(filled, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = filled.read_bytes()
    with pytest.raises(ReplicaTrouble, match="newer DeskHelp"):
        Replica.open(filled)
    assert filled.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    run_sql(path, "CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(ReplicaTrouble, match="not a DeskHelp database"):
        Replica.open(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("content", [b"this is no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_told_in_a_sentence_and_kept(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ReplicaTrouble, match=r"damaged|not a DeskHelp"):
        Replica.open(path)
    assert path.read_bytes() == content


def test_a_page_of_rubbish_is_found_and_told(filled: Path) -> None:
    size = filled.stat().st_size
    with filled.open("r+b") as file:
        file.seek(size // 3 // 4096 * 4096)
        file.write(b"\xa5" * (size // 3))
    try:
        with Replica.open(filled) as replica:
            told = check(replica).problems
    except Damaged as trouble:
        told = (trouble.sentence,)
    assert "damaged" in " ".join(told)
    assert filled.stat().st_size == size


@POSIX
def test_its_files_are_for_this_user_alone_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        with Replica.open(path) as replica:
            replica.apply([mail(1)], "elsewhere")
            replica.backup(path.with_name("copy.sqlite"))
            modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert {"desk.sqlite", "desk.sqlite-wal", "desk.sqlite-shm", "copy.sqlite"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_a_backup_is_the_same_replica_while_it_is_in_use(filled: Path) -> None:
    target = filled.with_name("backup.sqlite")
    with Replica.open(filled) as replica:
        replica.apply([mail(100)], "elsewhere")
        replica.backup(target)
        state = state_hash(replica)
    with Replica.open(target) as copy:
        assert state_hash(copy) == state
        assert check(copy).ok


# -- migrations ----------------------------------------------------------------------------------


def test_the_models_are_what_the_migrations_make(path: Path) -> None:
    with Replica.open(path) as replica:
        for table in models.ALL_TABLES:
            meta = table._meta
            found = replica.database.get_columns(meta.table_name)
            assert [column.name for column in found] == [field.column_name for field in meta.sorted_fields]
            indexes = {tuple(index.columns) for index in replica.database.get_indexes(meta.table_name)}
            wanted = {tuple(columns) for columns, _ in meta.indexes}
            wanted |= {(field.column_name,) for field in meta.sorted_fields if field.index or field.unique}
            assert wanted <= indexes, meta.table_name


@pytest.fixture(params=RELEASED, ids=lambda state: state.name.partition(".")[0])
def released(request: pytest.FixtureRequest, path: Path) -> Path:
    """A database as a released version of the program left it: eight mails, a tag, an assignee, a merge and a split."""
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def test_every_released_schema_has_a_database_to_be_tested_with() -> None:
    assert [state.name for state in RELEASED] == [f"schema-{n}.sqlite.gz" for n in range(1, SCHEMA_VERSION)]


def test_a_released_database_is_brought_up_to_date_and_keeps_everything(released: Path) -> None:
    with Replica.open(released) as replica:
        report = check(replica)
        rows = replica.database.execute_sql("SELECT subject, message_count, assignee, tags != '' FROM ticket")
        tickets = sorted(rows.fetchall())
    assert (report.problems, report.events, report.messages) == ((), 22, 8)
    assert tickets == [
        ("Backup done", 1, "", 0),
        ("Printer on fire", 1, "a" * 32, 1),
        ("Question of Carl", 1, "", 0),
        ("Question of Carl", 1, "", 0),
        ("Re: Printer on fire", 1, "", 0),
        ("VPN drops hourly", 2, "", 0),
        ("Счёт за февраль", 1, "", 0),
    ]
    assert released.with_name(f"{released.name}.before-{SCHEMA_VERSION}").exists()


@pytest.mark.parametrize(("name", "digest"), FROZEN.items())
def test_a_migration_that_was_released_never_changes(name: str, digest: str) -> None:
    text = (MIGRATIONS / name).read_text("utf-8")
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == digest


@pytest.fixture
def next_steps(tmp_path: Path) -> Path:
    """The migrations of a version to come."""
    steps = tmp_path / "steps"
    shutil.copytree(MIGRATIONS, steps)
    (steps / f"{SCHEMA_VERSION + 1:04}_color.py").write_text(
        "def up(migrator, database):\n    database.execute_sql('ALTER TABLE ticket ADD COLUMN color TEXT')\n", "utf-8"
    )
    return steps


def test_an_older_database_is_copied_before_it_is_migrated(filled: Path, next_steps: Path) -> None:
    with Replica.open(filled) as replica:
        copy = migrate(replica.database, filled, SCHEMA_VERSION, target=SCHEMA_VERSION + 1, steps=next_steps)
        assert "color" in {column.name for column in replica.database.get_columns("ticket")}
        state = state_hash(replica)
    assert copy is not None
    with Replica.open(copy) as old:
        assert state_hash(old) == state


def test_a_migration_that_fails_half_way_changes_nothing(filled: Path, next_steps: Path) -> None:
    (next_steps / f"{SCHEMA_VERSION + 2:04}_wrong.py").write_text(
        "def up(migrator, database):\n    raise ValueError('wrong')\n", "utf-8"
    )
    with Replica.open(filled) as replica, pytest.raises(ValueError, match="wrong"):
        migrate(replica.database, filled, SCHEMA_VERSION, target=SCHEMA_VERSION + 2, steps=next_steps)
    with Replica.open(filled) as replica:
        assert "color" not in {column.name for column in replica.database.get_columns("ticket")}
        assert check(replica).ok


def test_another_way_of_folding_is_applied_to_the_old_log(filled: Path) -> None:
    with Replica.open(filled) as replica:
        state = state_hash(replica)
        replica.set_meta("fold_version", "0")
        replica.database.execute_sql("UPDATE ticket SET status = 'spam'")
    with Replica.open(filled) as replica:
        assert state_hash(replica) == state
        assert replica.meta("fold_version") != "0"


# -- looking without writing -----------------------------------------------------------------------


def test_a_second_connection_reads_what_the_first_writes_and_cannot_write(filled: Path) -> None:
    with Replica.open(filled) as writer, Replica.open(filled, readonly=True) as reader:
        writer.apply([mail(200)], "elsewhere")
        assert check(reader, deep=False).tickets == 41
        with pytest.raises(ReadOnly):
            reader.apply([mail(201)], "elsewhere")


def test_there_is_nothing_to_look_at_before_there_is_a_database(path: Path) -> None:
    with pytest.raises(ReadOnly, match="no database"):
        Replica.open(path, readonly=True)
    assert not path.exists()


@pytest.fixture
def folder_for_others() -> Iterator[Path]:
    """A folder that a process without privileges can reach (pytest's own are for this user alone)."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


def _look_without_rights(path: Path) -> None:
    if os.geteuid() == 0:
        os.seteuid(65534)
    with Replica.open(path) as replica:
        assert replica.readonly
        assert check(replica).tickets == 1
        try:
            replica.set_meta("x", "y")
        except ReadOnly:
            return
    raise AssertionError("it could be written")


@POSIX
@pytest.mark.parametrize("file_mode", [0o444, 0o666])
def test_where_the_folder_cannot_be_written_it_opens_for_looking(folder_for_others: Path, file_mode: int) -> None:
    path = folder_for_others / "desk.sqlite"
    with Replica.open(path) as replica:
        replica.apply([mail(1)], "elsewhere")
    path.chmod(file_mode)
    folder_for_others.chmod(0o555)
    _run_apart(_look_without_rights, path)


def _fail_to_create(path: Path) -> None:
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        Replica.open(path).close()
    except ReadOnly as trouble:
        assert "cannot be written" in trouble.sentence
        return
    raise AssertionError("it was made")


@POSIX
def test_where_nothing_can_be_made_that_is_said(folder_for_others: Path) -> None:
    folder_for_others.chmod(0o555)
    _run_apart(_fail_to_create, folder_for_others / "desk.sqlite")


def _run_apart(target: Callable[[Path], None], path: Path) -> None:
    """In a process of its own, which may give its privileges away."""
    child = multiprocessing.get_context("spawn").Process(target=target, args=(path,))
    child.start()
    child.join()
    assert child.exitcode == 0


# -- a full disk ----------------------------------------------------------------------------------


def limit(database: SqliteDatabase, more_pages: int) -> None:
    pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
    database.execute_sql(f"PRAGMA max_page_count = {pages + more_pages}")


def test_a_full_disk_is_told_and_loses_nothing(filled: Path) -> None:
    with Replica.open(filled) as replica:
        limit(replica.database, 5)
        before = state_hash(replica)
        with pytest.raises(DiskFull, match="disk is full"):
            replica.apply([mail(number, content="x") for number in range(300, 900)], "elsewhere")
        assert state_hash(replica) == before
        assert check(replica).ok

        limit(replica.database, 10_000)
        replica.apply([mail(number, content="x") for number in range(300, 900)], "elsewhere")
        assert check(replica).tickets == 640


def test_a_full_disk_throws_the_ballast_off(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "BALLAST_BYTES", 20_000)
    monkeypatch.setattr(room, "RESERVE_BYTES", 0)
    with Replica.open(filled) as replica:
        assert not room.ballast_of(filled).exists()
    assert room.ballast_of(filled).stat().st_size == 20_000, "set aside when a grown database is closed"

    with Replica.open(filled) as replica:
        limit(replica.database, 0)
        with pytest.raises(DiskFull):
            replica.put_blob(os.urandom(100_000))
        assert not room.ballast_of(filled).exists()


def test_the_mark_in_the_file_names_the_program(filled: Path) -> None:
    header = filled.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert header[68:72] == b"DSKH"
