"""The demonstration as a person starts it: a real X server, real keys, a clean end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.x11 import display

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.xvfb
__all__ = ["display"]


def xdotool(display: str, *arguments: str) -> str:
    """What xdotool prints; raises CalledProcessError where it fails, TimeoutExpired where a window never comes."""
    env = os.environ | {"DISPLAY": display}
    return subprocess.run(
        ["xdotool", *arguments], env=env, text=True, capture_output=True, check=True, timeout=60
    ).stdout.strip()


def test_the_demonstration_opens_a_window_and_leaves_nothing_behind(display: str, tmp_path: Path) -> None:
    env = os.environ | {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "TMPDIR": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "LC_ALL": "C.UTF-8",
    }
    command = [sys.executable, "-m", "deskhelp", "--demo"]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as desk:
        try:
            window = xdotool(display, "search", "--sync", "--onlyvisible", "--name", "DeskHelp").splitlines()[0]
            assert list(tmp_path.glob("deskhelp-demo-*"))
            xdotool(display, "windowfocus", "--sync", window)
            xdotool(display, "key", "ctrl+q")
            said, _nothing = desk.communicate(timeout=60)
        finally:
            if desk.poll() is None:
                desk.kill()
    assert (desk.returncode, said) == (0, "")
    assert list(tmp_path.glob("deskhelp-demo-*")) == []
