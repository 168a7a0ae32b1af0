"""The killer: a handle on `launcher`, and the moments at which it strikes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]


class Killer:
    """Runs commands of one profile, killing some. `kills` counts those that were really killed."""

    def __init__(self, profile: Path, environment: Mapping[str, str], seed: int) -> None:
        self.kills = 0
        self._profile = profile
        self._random = random.Random(seed)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.launcher"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
            env={**os.environ, **environment},
        )

    def __enter__(self) -> Killer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()

    def run(self, *words: str, kill_after_s: float | None = None) -> dict[str, Any]:
        """One run of the program; how it ended."""
        assert self._process.stdin and self._process.stdout
        order = {"argv": ["--profile", str(self._profile), *words], "kill_after_s": kill_after_s}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        result: dict[str, Any] = json.loads(self._process.stdout.readline())
        self.kills += bool(result["killed"])
        return result

    def run_and_kill(self, *words: str, within_s: float) -> dict[str, Any]:
        """One run, killed at a random moment of its first `within_s` seconds."""
        return self.run(*words, kill_after_s=self._random.uniform(0.0, within_s))
