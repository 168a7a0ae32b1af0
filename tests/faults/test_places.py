"""A disk that is full, a profile that cannot be written, a database of a newer program, a second program."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhelp.services.locks import exclusive
from deskhelp.services.office import Office
from deskhelp.services.transfer import import_paths
from deskhelp.settings import open_profile
from tests.services.conftest import raw_mail

NOT_ROOT = not hasattr(os, "geteuid") or os.geteuid() != 0


def deskhelp(profile: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deskhelp", "--profile", str(profile), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def assert_one_line(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("deskhelp: ")
    assert done.stderr.count("\n") == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes."""
    if NOT_ROOT:
        pytest.skip("mounting a small file system needs root")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], check=False)
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_stops_an_import_and_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    mails = tmp_path / "mails"
    mails.mkdir()
    for number in range(400):
        noise = os.urandom(12_000).hex()
        text = "\r\n".join(noise[at : at + 72] for at in range(0, len(noise), 72))
        (mails / f"{number:04}.eml").write_bytes(raw_mail(number, text=text))

    full = deskhelp(small_disk / "desk", "import", str(mails))

    assert_one_line(full)
    assert "full" in full.stderr
    report = deskhelp(small_disk / "desk", "check", "--json")
    assert json.loads(report.stdout)["ok"] is True, report.stdout
    subprocess.run(["mount", "-o", "remount,size=200m", small_disk], check=True)
    assert deskhelp(small_disk / "desk", "import", str(mails)).returncode == 0
    after = json.loads(deskhelp(small_disk / "desk", "check", "--json").stdout)
    assert (after["ok"], after["messages"]) == (True, 400)


WITHOUT_RIGHTS = """
import os, sys
from deskhelp.__main__ import main
profile, *words = sys.argv[1:]
assert main(["--profile", profile, *words]) == 0
for folder, _, files in os.walk(profile):
    os.chmod(folder, 0o555)
    for file in files:
        os.chmod(os.path.join(folder, file), 0o444)
os.setgid(65534)
os.setuid(65534)
sys.exit(main(["--profile", profile, *words]))
"""


@pytest.mark.skipif(NOT_ROOT, reason="gives its rights away, which only root can")
@pytest.mark.parametrize(("words", "code"), [(["new", "--from", "a@b.example", "--subject", "x"], 1), (["tickets"], 0)])
def test_a_profile_that_cannot_be_written_can_be_looked_at(words: list[str], code: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        profile = Path(folder) / "desk"
        deskhelp(profile, "new", "--from", "a@b.example", "--subject", "first")
        command = [sys.executable, "-c", WITHOUT_RIGHTS, str(profile), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == code


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    profile = tmp_path / "desk"
    assert deskhelp(profile, "new", "--from", "a@b.example", "--subject", "x").returncode == 0
    with sqlite3.connect(profile / "desk.sqlite") as database:
        database.execute("PRAGMA user_version = 9999")
    database.close()
    before = (profile / "desk.sqlite").read_bytes()

    refused = deskhelp(profile, "tickets")

    assert_one_line(refused)
    assert "newer" in refused.stderr
    assert (profile / "desk.sqlite").read_bytes() == before


def test_a_file_that_is_no_database_is_said_and_kept(tmp_path: Path) -> None:
    profile = tmp_path / "desk"
    open_profile(profile)
    (profile / "desk.sqlite").write_bytes(b"this is somebody's shopping list" * 200)

    refused = deskhelp(profile, "tickets")

    assert_one_line(refused)
    assert (profile / "desk.sqlite").read_bytes().startswith(b"this is somebody's")


def test_a_second_program_neither_fetches_nor_sends(tmp_path: Path) -> None:
    profile = open_profile(tmp_path / "desk")
    with exclusive(profile.root / "sync.lock"):
        refused = deskhelp(profile.root, "sync", "--once")

    assert_one_line(refused)
    assert "Another DeskHelp" in refused.stderr
    assert deskhelp(profile.root, "sync", "--once").returncode == 0


def test_two_programs_may_work_on_tickets_at_once(tmp_path: Path) -> None:
    """The window is open, and a script acts beside it."""
    profile = open_profile(tmp_path / "desk")
    mails = tmp_path / "mails"
    mails.mkdir()
    for number in range(300):
        (mails / f"{number}.eml").write_bytes(raw_mail(number, sender=f"c{number}@x.example"))
    command = [sys.executable, "-m", "deskhelp", "--profile", str(profile.root), "import", str(mails)]
    with Office.open(profile) as office, subprocess.Popen(command, stdout=subprocess.DEVNULL) as other:
        import_paths(office, [mails])
        assert other.wait(60) == 0

    report = json.loads(deskhelp(profile.root, "check", "--rebuild", "--json").stdout)
    assert (report["ok"], report["messages"]) == (True, 300)
