"""What makes the pictures of the README."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_picture_of_the_demonstration_is_taken(tmp_path: Path) -> None:
    command = [sys.executable, "scripts/screenshots.py", str(tmp_path), "--language", "ru", "--name", "one"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    picture = tmp_path / "one.png"
    assert (done.returncode, done.stdout.strip()) == (0, str(picture)), done.stderr
    assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert picture.stat().st_size > 50_000
