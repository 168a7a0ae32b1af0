"""The synthetic mailbox and the peers' environments that measurements share."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import platformdirs

from deskhelp.domain.errors import DeskTrouble

PROJECT = Path(__file__).resolve().parents[2]
TESTBED = PROJECT.parent / "shared" / "testbed"
CACHE = Path(platformdirs.user_cache_dir("deskhelp-bench"))


def testbed_module(name: str) -> ModuleType:
    """A script of the testbed beside the project: the mailbox generator is needed for measuring only."""
    path = TESTBED / f"{name}.py"
    if not path.is_file():
        raise DeskTrouble(
            "The measurements need the testbed beside the project: {path} is missing.",
            path=path,
        )
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def synthetic_mails(count: int) -> Iterator[Any]:
    """`count` mails of seed 1, as PERFORMANCE names them: full attachments up to 20,000 mails."""
    share = 1.0 if count <= 20_000 else 0.3
    return iter(testbed_module("make_mailbox").generate(count, 1, single=True, attachments=share))


def write_maildir(folder: Path, count: int) -> None:
    writer = testbed_module("make_mailbox").MaildirWriter(str(folder))
    for mail in synthetic_mails(count):
        writer.write(mail)


def peer_python(name: str, *requirements: str) -> Path:
    """The interpreter of an environment of its own with a peer installed; made once, kept in the cache."""
    folder = CACHE / name
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp = folder / "ready"
    if not stamp.exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=True)
        stamp.touch()
    return python


def _environment() -> dict[str, str]:
    """This process's, in which Python keeps what it has compiled: installed programs and peers come compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run_json(command: list[str], **environment: str) -> str:
    """The standard output of a command that must succeed."""
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env=_environment() | environment,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    return done.stdout
