"""The whole way of a backup: work, back up while others write, lose the profile, restore, and be the same again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.test_places import deskhelp
from tests.integration.test_team_sync import Desk
from tests.services.conftest import raw_mail

PASSPHRASE = "a long enough one"
CANARY = "canary-5521"
KINDS = pytest.mark.parametrize("is_encrypted", [False, True], ids=["plain", "encrypted"])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An installation that has some work behind it."""
    mails = tmp_path / "mails"
    mails.mkdir()
    for number in range(40):
        text = f"{CANARY} number {number}"
        (mails / f"{number}.eml").write_bytes(raw_mail(number, sender=f"c{number}@x.example", text=text))
    desk = Desk(tmp_path / "desk")
    desk("import", str(mails))
    return desk


@pytest.fixture
def back_up(monkeypatch: pytest.MonkeyPatch, is_encrypted: bool) -> Callable[[Desk, Path], dict[str, object]]:
    monkeypatch.delenv("DESKHELP_BACKUP_PASSPHRASE", raising=False)

    def make(desk: Desk, target: Path) -> dict[str, object]:
        words = ["--encrypt", "--passphrase-stdin"] if is_encrypted else []
        made: dict[str, object] = desk("backup", str(target), *words, typed=f"{PASSPHRASE}\n")
        assert made["encrypted"] is is_encrypted
        return made

    return make


@contextmanager
def somebody_writing(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program of this profile that makes a ticket after the other, and says so."""
    code = (
        "import sys; from pathlib import Path; from deskhelp.cli.commands import run\n"
        "for number in range(10_000):\n"
        "    run(['--profile', sys.argv[1], 'new', '--from', 'a@b.example', '--subject', f'Ticket {number}'])\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(root)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        try:
            yield other
        finally:
            other.kill()


@KINDS
def test_a_lost_profile_is_the_same_again(
    desk: Desk, back_up: Callable[[Desk, Path], dict[str, object]], tmp_path: Path
) -> None:
    target = tmp_path / "desk.backup"
    with somebody_writing(desk.root) as other:
        made = back_up(desk, target)
        assert other.poll() is None
    shutil.rmtree(desk.root)

    desk("restore", str(target), "--passphrase-stdin", typed=f"{PASSPHRASE}\n")

    report = desk("check", "--rebuild")
    assert report["ok"], report["problems"]
    found = {name: report[name] for name in ("tickets", "messages", "events", "state_hash")}
    assert found == {name: made[name] for name in found}
    assert made["messages"] > 40


@pytest.mark.parametrize("is_encrypted", [True])
def test_nothing_lies_in_clear_beside_an_encrypted_backup(
    desk: Desk, back_up: Callable[[Desk, Path], dict[str, object]], tmp_path: Path
) -> None:
    outside = tmp_path / "stick"
    outside.mkdir()
    back_up(desk, outside / "desk.backup")

    assert [path.name for path in outside.iterdir()] == ["desk.backup"]
    assert CANARY.encode() not in (outside / "desk.backup").read_bytes()
    assert b"SQLite format" not in (outside / "desk.backup").read_bytes()
    assert list(desk.root.glob("*part*")) == []


@KINDS
def test_a_damaged_or_wrongly_opened_backup_is_one_sentence_and_changes_nothing(
    desk: Desk, back_up: Callable[[Desk, Path], dict[str, object]], tmp_path: Path, is_encrypted: bool
) -> None:
    target = tmp_path / "desk.backup"
    back_up(desk, target)
    desk.new("Later")
    before = desk.hash
    whole = target.read_bytes()
    wrongs = {"damaged or not complete": (whole[: len(whole) * 2 // 3], PASSPHRASE)}
    if is_encrypted:
        wrongs["not the passphrase"] = (whole, "another one altogether")
        wrongs["A passphrase is wanted"] = (whole, "")
    for said, (content, passphrase) in wrongs.items():
        target.write_bytes(content)
        refused = desk("restore", str(target), "--passphrase-stdin", typed=f"{passphrase}\n", code=1)
        assert said in refused
        assert refused.count("\n") == 1
        assert desk.hash == before
        assert list(desk.root.glob("*part*")) == []


def test_the_passphrase_may_stand_in_the_environment(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKHELP_BACKUP_PASSPHRASE", PASSPHRASE)
    assert desk("backup", str(tmp_path / "sealed"), "--encrypt")["encrypted"]
    assert not desk("backup", str(tmp_path / "clear"))["encrypted"]
    desk("restore", str(tmp_path / "sealed"))


def test_a_backup_that_fails_leaves_the_one_before(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "desk.backup"
    target.write_bytes(b"the one before")
    refused = desk("backup", str(target), "--passphrase-stdin", typed="short\n", code=1)

    assert "at least 8" in refused
    assert "the database itself" in desk("backup", str(desk.root / "desk.sqlite"), code=1)
    assert target.read_bytes() == b"the one before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk", "desk.backup", "mails"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting needs root")
@KINDS
def test_a_full_disk_is_said_and_leaves_no_half_backup(desk: Desk, tmp_path: Path, is_encrypted: bool) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", stick], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        words = ["--passphrase-stdin"] if is_encrypted else []
        refused = desk("backup", str(stick / "desk.backup"), *words, typed=f"{PASSPHRASE}\n", code=1)
        assert "full" in refused or "No space" in refused
        assert list(stick.iterdir()) == []
    finally:
        subprocess.run(["umount", stick], check=True)


def test_a_database_that_is_damaged_beyond_reading_is_kept_when_a_backup_takes_its_place(
    desk: Desk, tmp_path: Path
) -> None:
    desk("backup", str(tmp_path / "copy"))
    before = desk.hash
    (desk.root / "desk.sqlite").write_bytes(b"\xa5" * 70_000)

    assert deskhelp(desk.root, "tickets").returncode == 1
    kept = desk("restore", str(tmp_path / "copy"))["before"]

    assert Path(kept).read_bytes() == b"\xa5" * 70_000
    assert desk.hash == before


@KINDS
def test_a_restored_installation_knows_itself_in_its_team(
    desk: Desk, back_up: Callable[[Desk, Path], dict[str, object]], tmp_path: Path
) -> None:
    (tmp_path / "place").mkdir()
    desk("team", "create", f"folder://{tmp_path / 'place'}")
    desk("sync")
    back_up(desk, tmp_path / "desk.backup")
    before = desk("team", "status")["replica"]
    desk.new("After the backup")
    desk("sync")
    shutil.rmtree(desk.root)

    desk("restore", str(tmp_path / "desk.backup"), "--passphrase-stdin", typed=f"{PASSPHRASE}\n")
    said = desk("sync")["team"]["said"]

    assert "put back from a backup" in said[-1]
    assert desk("team", "status")["replica"] != before
    assert "After the backup" in desk.subjects
