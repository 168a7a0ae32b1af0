"""The self-check names what works and what does not, and a part that breaks hides no other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deskhelp import selfcheck
from deskhelp.domain.errors import DeskTrouble
from deskhelp.selfcheck import Fault, Step
from deskhelp.settings import Profile

OFFSCREEN_NOISE = "This plugin does not support propagateSizeHints()"
ROOT = Path(__file__).resolve().parent.parent


def fine(_profile: Profile) -> str:
    return "as it should be"


def faulty(_profile: Profile) -> str:
    raise Fault("there are no icons")


def troubled(_profile: Profile) -> str:
    raise DeskTrouble("The disk {name} is full.", name="C:")


def broken(_profile: Profile) -> str:
    raise ModuleNotFoundError("No module named 'nh3'")


def test_each_part_has_its_line_whatever_the_others_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = (Step("icons", faulty), Step("disk", troubled), Step("mail", broken), Step("window", fine))
    monkeypatch.setattr(selfcheck, "STEPS", steps)
    assert selfcheck.run() == 1
    _head, *lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "FAIL  icons: there are no icons",
        "FAIL  disk: The disk C: is full.",
        "FAIL  mail: ModuleNotFoundError: No module named 'nh3'",
        "ok    window: as it should be",
        "3 of 4 parts do not work.",
    ]


def test_all_parts_of_this_checkout_work(tmp_path: Path) -> None:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "deskhelp", "--self-check"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=env,
        timeout=100,
        check=False,
    )
    complaints = [line for line in done.stderr.splitlines() if line != OFFSCREEN_NOISE]
    assert (done.returncode, done.stdout.count("\nok "), complaints) == (0, len(selfcheck.STEPS), []), done.stdout
    assert list(tmp_path.glob("deskhelp-check-*")) == []
