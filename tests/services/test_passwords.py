"""Passwords: in a real keyring or in memory, never anywhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend

from deskhelp.services import passwords

BOX = "e" * 32


class FileBackend(KeyringBackend):
    """A keyring of the kind that writes secrets into a file."""

    priority = 1
    written: ClassVar[dict[str, str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.written.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.written[username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.written[username]


FileBackend.__module__ = "keyrings.alt.file"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("DESKHELP_PASSWORD", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(FileBackend())
    yield
    passwords.forget(BOX)
    keyring.set_keyring(before)


def test_a_keyring_that_writes_files_gets_nothing() -> None:
    assert passwords.keep(BOX, "secret") is False

    assert FileBackend.written == {}
    assert passwords.backend_name() == ""
    assert passwords.find(BOX) == "secret"
    passwords.forget(BOX)
    assert passwords.find(BOX) is None


def test_a_chain_is_no_way_round(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = ChainerBackend()
    monkeypatch.setattr(ChainerBackend, "backends", [FileBackend()])
    keyring.set_keyring(chain)

    assert passwords.keep(BOX, "secret") is False
    assert FileBackend.written == {}


def test_the_environment_counts_for_this_run_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHELP_PASSWORD", "from outside")
    assert passwords.find(BOX) == "from outside"
    monkeypatch.delenv("DESKHELP_PASSWORD")
    assert passwords.find(BOX) is None


IN_A_SESSION = """
import sys
from deskhelp.services import passwords
step = sys.argv[1]
if step == "keep":
    assert passwords.backend_name().startswith("keyring.backends."), passwords.backend_name()
    assert passwords.keep("e" * 32, "geheim\u00df") is True
elif step == "find":
    assert passwords.find("e" * 32) == "geheim\u00df"
    passwords.forget("e" * 32)
    assert passwords.find("e" * 32) is None
"""


@pytest.mark.skipif(sys.platform != "linux", reason="GNOME's keyring is of Linux")
def test_gnome_keyring_keeps_a_password_between_two_programs(tmp_path: Path) -> None:
    programs = ("dbus-run-session", "gnome-keyring-daemon")
    missing = [name for name in programs if not shutil.which(name)]
    if missing:
        assert not os.environ.get("CI"), f"CI needs {missing}"
        pytest.skip(f"missing: {', '.join(missing)}")
    script = tmp_path / "session.py"
    script.write_text(IN_A_SESSION, encoding="utf-8")
    run = f"'{sys.executable}' '{script}'"
    session = f"printf unlocked | gnome-keyring-daemon --unlock --components=secrets >&2; {run} keep && {run} find"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON_KEYRING")},
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", session],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
