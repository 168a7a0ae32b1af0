"""What ships: entry point, wheel, locked dependencies, set-up script."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import deskhelp
from deskhelp import __main__ as entry
from deskhelp.domain.errors import DeskTrouble
from deskhelp.settings import Profile

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
HEAVY = {"PySide6", "qasync", "peewee", "imapclient", "keyring", "tomlkit", "lxml", "logging", "asyncio"}
NOT_IMPORTED = {
    "pystemmer",  # snowballstemmer takes this compiled twin of itself where it is there: imports are a third faster
    "tzdata",  # data of zoneinfo where the system has none
}


def load_run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.run(
        [sys.executable, "-P", *arguments], capture_output=True, text=True, env=env, timeout=60, check=False
    )


def pinned() -> dict[str, str]:
    lines = (ROOT / "requirements" / "constraints.txt").read_text("utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


# -- the entry point


@pytest.fixture(autouse=True)
def logs_stay_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep what `main` sets up away from this user's profile and from the other tests."""
    import logging

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_the_version_is_told_without_loading_anything_heavy() -> None:
    code = "import sys; from deskhelp.__main__ import main; main(['--version']); print(*sys.modules, file=sys.stderr)"
    told = python("-c", code)
    assert told.stdout == f"DeskHelp {deskhelp.__version__}\n"
    assert HEAVY & {name.partition(".")[0] for name in told.stderr.split()} == set()


def test_a_command_goes_to_the_command_line_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(entry, "_command_line", lambda arguments: seen.append(arguments) or 7)
    arguments = ["--profile", "somewhere", "reply", "7K3-QF2M", "--text", "--version"]
    assert entry.main(arguments) == 7
    assert seen == [arguments]


@pytest.mark.parametrize("demo", [True, False])
def test_without_a_command_the_window_opens_on_the_named_profile(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, demo: bool
) -> None:
    opened: list[tuple[Profile, bool]] = []
    app = ModuleType("deskhelp.ui.app")
    monkeypatch.setattr(app, "run", lambda profile, *, demo: opened.append((profile, demo)) or 0, raising=False)
    monkeypatch.setitem(sys.modules, "deskhelp.ui.app", app)
    assert entry.main(["--profile", str(tmp_path / "desk"), *(["--demo"] if demo else [])]) == 0
    assert opened == [(Profile(tmp_path / "desk"), demo)]
    assert (tmp_path / "desk").is_dir()


def test_the_demonstrations_profile_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    app = ModuleType("deskhelp.ui.app")

    def run(profile: Profile, *, demo: bool) -> int:
        assert demo
        profile.database.write_text("some rows")
        opened.append(profile.root)
        return 0

    monkeypatch.setattr(app, "run", run, raising=False)
    monkeypatch.setitem(sys.modules, "deskhelp.ui.app", app)
    assert entry.main(["--demo"]) == 0
    assert not opened[0].exists()


def test_a_trouble_is_one_line_on_stderr(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(_arguments: list[str]) -> int:
        raise DeskTrouble("The server {host}\nis away.", advice="It is tried again.", host="mail.example")

    monkeypatch.setattr(entry, "_command_line", refuse)
    assert entry.main(["sync"]) == 1
    assert capsys.readouterr() == ("", "deskhelp: The server mail.example is away. It is tried again.\n")


def test_a_bug_is_one_line_on_stderr_and_a_traceback_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def stumble(_arguments: list[str]) -> int:
        raise ZeroDivisionError("password=pa55")

    monkeypatch.setattr(entry, "_command_line", stumble)
    assert entry.main(["--profile", str(tmp_path / "desk"), "sync"]) == 1
    said = capsys.readouterr().err
    log = tmp_path / "desk" / "logs" / "deskhelp.log"
    assert said.count("\n") == 1
    assert str(log) in said
    assert "ZeroDivisionError" not in said
    assert "ZeroDivisionError" in log.read_text("utf-8")
    assert "pa55" not in log.read_text("utf-8")


def test_a_reader_that_leaves_early_is_no_trouble() -> None:
    code = (
        "import sys; from deskhelp import __main__ as entry\n"
        "entry._command_line = lambda arguments: [print('x' * 1000) for _ in range(1000)] and 0\n"
        "sys.exit(entry.main(['tickets']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert process.stdout and process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(30) == 1
    process.stderr.close()


def test_wrong_usage_exits_with_2() -> None:
    assert python("-m", "deskhelp", "--profile").returncode == 2


# -- what is declared, locked and shipped


def at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that only a type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)):
            yield node
            yield from at_run_time(node)


def imported() -> set[str]:
    """Top-level names of others that the package imports anywhere."""
    found = set()
    for path in (ROOT / "deskhelp").rglob("*.py"):
        for node in at_run_time(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"deskhelp"}


def test_what_is_imported_is_what_is_declared() -> None:
    declared = {canonicalize_name(Requirement(text).name) for text in PROJECT["project"]["dependencies"]}
    owners = packages_distributions()
    used = {canonicalize_name(owner) for name in imported() for owner in owners[name]}
    assert used - declared - {"pyside6", "shiboken6"} == set()
    assert declared - used - NOT_IMPORTED == set()


def test_each_declared_package_is_locked_to_a_version_that_it_allows() -> None:
    lock, groups = pinned(), PROJECT["dependency-groups"]
    declared = PROJECT["project"]["dependencies"] + [
        text for group in groups.values() for text in group if isinstance(text, str)
    ]
    for requirement in map(Requirement, declared):
        version = lock[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} but {version} is locked"


def test_the_lock_names_no_hosts_and_no_paths() -> None:
    assert all(re.fullmatch(r"[\w.]+", version) for version in pinned().values())


@pytest.mark.skipif(
    sys.version_info[:2] != (3, 11) or not sys.platform.startswith("linux"), reason="locked on Linux, Python 3.11"
)
def test_lock_and_notices_are_of_what_is_installed() -> None:
    compared = python(str(ROOT / "packaging" / "lock.py"), "--check")
    assert (compared.returncode, compared.stderr) == (0, "")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on")
def test_qt_loses_no_references_to_none(qtbot: Any) -> None:
    """6.12.0 on Python 3.11 loses one a call, and Python aborts when none is left."""
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.setEnabled(True)
    assert sys.getrefcount(None) > before - 100


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout's wheel, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def files_below(folder: Path) -> set[str]:
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in found}


def test_the_wheel_holds_all_code_and_all_resources(wheel: Path) -> None:
    assert files_below(ROOT / "deskhelp") <= files_below(wheel / "deskhelp")
    assert files_below(ROOT / "resources") == files_below(wheel / "deskhelp" / "_resources")


def test_an_installed_wheel_finds_its_own_resources(wheel: Path) -> None:
    code = "from deskhelp.settings import resource_path; print(resource_path('README.md').read_text('utf-8'))"
    where = "from deskhelp.settings import resource_path; print(resource_path('icons'))"
    assert "# Resources" in python("-c", code, PYTHONPATH=str(wheel)).stdout
    found = Path(python("-c", where, PYTHONPATH=str(wheel)).stdout.strip())
    assert found == wheel.resolve() / "deskhelp" / "_resources" / "icons"


def test_the_wheel_starts_as_one_command_and_carries_its_licence(wheel: Path) -> None:
    (info,) = wheel.glob("deskhelp-*.dist-info")
    assert {"LICENSE", "THIRD-PARTY-NOTICES.md"} <= files_below(info / "licenses")
    entries = (info / "entry_points.txt").read_text("utf-8")
    assert "[console_scripts]\ndeskhelp = deskhelp.__main__:main" in entries
    assert "[gui_scripts]\ndeskhelp-window = deskhelp.__main__:main" in entries


# -- run.py


def test_without_a_screen_the_demonstration_says_how_to_look(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have a screen")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert load_run().demo([]) == 1
    assert "run.py --check" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("in_ci", "missing", "goes_on"),
    [
        (False, ["dovecot-imapd", "libegl1"], True),
        (True, ["dovecot-imapd", "libegl1"], False),
        (False, ["python3-venv"], False),
    ],
)
def test_what_is_missing_is_named_and_stops_only_ci_or_the_set_up_that_needs_it(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    in_ci: bool,
    missing: list[str],
    goes_on: bool,
) -> None:
    run = load_run()
    monkeypatch.setattr(run, "IN_CI", in_ci)
    monkeypatch.setattr(run, "missing_packages", lambda _for_tests: missing)
    monkeypatch.setattr(run, "as_root", lambda: ["none"])
    assert run.prepare_system(True) is goes_on
    said = capsys.readouterr().out
    assert all(name in said for name in missing)
    assert ("libEGL.so.1" in said) == ("libegl1" in missing)


def test_a_library_is_looked_for_as_the_linker_does() -> None:
    run = load_run()
    assert not run.has_library("libno-such-thing.so.1")
    if sys.platform.startswith("linux"):
        assert run.has_library("libdl.so.2")


def test_set_up_is_done_again_when_the_lock_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run = load_run()
    lock = tmp_path / "constraints.txt"
    lock.write_text("peewee==4.5.3\n")
    monkeypatch.setattr(run, "CONSTRAINTS", lock)
    monkeypatch.setattr(run, "VENV", tmp_path)
    monkeypatch.setattr(run, "venv_works", lambda: True)
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(run, "pip", lambda *arguments: calls.append(arguments) or 0)
    assert run.prepare_venv(False)
    assert run.prepare_venv(False)
    assert len(calls) == 2
    lock.write_text("peewee==4.5.4\n")
    assert run.prepare_venv(False)
    assert len(calls) == 4


def test_a_set_up_that_failed_is_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run = load_run()
    monkeypatch.setattr(run, "VENV", tmp_path)
    monkeypatch.setattr(run, "venv_works", lambda: True)
    monkeypatch.setattr(run, "pip", lambda *_arguments: 1)
    assert not run.prepare_venv(True)
    monkeypatch.setattr(run, "pip", lambda *_arguments: 0)
    assert run.prepare_venv(True)
    assert (tmp_path / "deskhelp-test.stamp").is_file()
