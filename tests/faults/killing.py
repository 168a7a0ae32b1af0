"""The killer: a handle on `launcher`, and the moments at which it strikes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: `status` is -1 if it was killed. `steps` are counted where it was watched, `struck` is one."""

    killed: bool
    status: int
    took_s: float
    steps: int
    struck: str
    out: str
    err: str

    @property
    def said(self) -> Any:
        """Its JSON."""
        return json.loads(self.out)


class Killer:
    """Runs commands, killing some. `kills` counts those that were really killed, `runs` all."""

    def __init__(self, environment: Mapping[str, str], seed: int) -> None:
        self.kills = self.runs = 0
        self.random = random.Random(seed)
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

    @property
    def pid(self) -> int:
        return self._process.pid

    def run(self, profile: Path, *words: str, kill_after_s: float | None = None) -> Ended:
        """One run of the program."""
        return self._run(profile, words, kill_after_s=kill_after_s)

    def run_and_kill(self, profile: Path, *words: str, within_s: float) -> Ended:
        """One run, killed at a random moment of its first `within_s` seconds."""
        return self._run(profile, words, kill_after_s=self.random.uniform(0.0, within_s))

    def watch(self, profile: Path, *words: str) -> Ended:
        """One run undisturbed, its steps counted."""
        return self._run(profile, words, watch=True)

    def run_to_step(self, profile: Path, *words: str, step: int) -> Ended:
        """One run, killed before the given one of its steps happens."""
        return self._run(profile, words, watch=True, step=step)

    def run_failing(self, profile: Path, *words: str, step: int, error: int, goes_on: bool) -> Ended:
        """One run in which this step fails with an errno, and if it `goes_on` all later ones too."""
        return self._run(profile, words, watch=True, step=step, error=error, goes_on=goes_on)

    def _run(self, profile: Path, words: tuple[str, ...], **how: Any) -> Ended:
        assert self._process.stdin and self._process.stdout
        order = {"kill_after_s": None, "watch": False, "step": 0, "error": 0, "goes_on": False, **how}
        order["argv"] = ["--profile", str(profile), "--json", *words]
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        ended = Ended(**json.loads(self._process.stdout.readline()))
        self.runs += 1
        self.kills += ended.killed
        return ended
