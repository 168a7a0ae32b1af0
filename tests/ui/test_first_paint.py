"""The first rows of the window: there before the office is open, and before what it lives of is loaded."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from deskhelp.db.file import SCHEMA_VERSION
from deskhelp.services.listing import Glimpse, look
from deskhelp.services.workers import Workers
from deskhelp.settings import Profile, load_settings
from deskhelp.ui import life
from deskhelp.ui.stage import Stage
from tests.ui.conftest import SUBJECTS, Desk

LATE = ("asyncio", "peewee", "qasync", "keyring", "imapclient", "email")


@pytest.fixture
def stage(app: QApplication, filled: Profile) -> Iterator[Stage]:
    stage = Stage(filled, load_settings(filled))
    yield stage
    stage.window.close_now()
    stage.window.deleteLater()


def test_rows_and_queues_are_painted_before_the_office_is_open(stage: Stage) -> None:
    stage.paint_first_rows()
    assert stage.workers.workers is None
    assert {row.subject for row in stage.window.list.model.rows()} == set(SUBJECTS)
    assert stage.window.sidebar.current_key() == "queue:active"
    assert not stage.window.isHidden()


def test_a_database_of_another_version_is_left_to_the_office(stage: Stage) -> None:
    with closing(sqlite3.connect(stage.profile.database)) as database:
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    stage.paint_first_rows()
    assert not stage.window.list.model.rows()


def test_a_table_that_cannot_be_read_is_left_to_the_office(stage: Stage) -> None:
    with closing(sqlite3.connect(stage.profile.database)) as database:
        database.execute("ALTER TABLE ticket RENAME COLUMN snippet TO something_else")
    stage.paint_first_rows()
    assert not stage.window.list.model.rows()
    assert not stage.window.isHidden()


@pytest.mark.parametrize("content", [None, b"", b"no database at all" * 100])
def test_a_file_that_cannot_be_read_gives_no_rows_and_no_error(profile: Profile, content: bytes | None) -> None:
    if content is not None:
        profile.database.write_bytes(content)
    seen: list[Glimpse] = []
    look(profile, seen.append)
    assert seen == []


async def test_a_database_that_takes_long_to_open_is_waited_for_with_words(
    app: QApplication, filled: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_open, open_office = threading.Event(), Workers.open

    def open_late(workers: Workers) -> None:
        may_open.wait(30)
        open_office(workers)

    monkeypatch.setattr(Workers, "open", open_late)
    monkeypatch.setattr(life, "SILENT_S", 0.01)
    desk = Desk(life.Life(asyncio.get_running_loop(), Stage(filled, load_settings(filled))))
    opening = asyncio.ensure_future(desk.life.open())
    await desk.until(lambda: desk.window.status.mail.text().startswith("Opening the database"))
    may_open.set()
    await opening
    await desk.until(lambda: not desk.window.status.mail.text().startswith("Opening"))
    await desk.life.close()


def run_window(program: str, profile: Profile) -> int:
    """Start the program in a process of its own after `program` has changed it; returns its exit status."""
    program += "\nimport sys\nfrom deskhelp.__main__ import main\nsys.exit(main(['--profile', sys.argv[1]]))\n"
    command = [sys.executable, "-c", program, str(profile.root)]
    return subprocess.run(command, cwd=Path(__file__).parents[2], timeout=60, check=False).returncode


def test_a_window_closed_before_it_lives_ends_the_program(filled: Profile) -> None:
    """Closing is heard while the rest is loaded, when nobody listens yet."""
    closed_early = (
        "from deskhelp.ui import stage\n"
        "paint = stage.Stage.paint_first_rows\n"
        "stage.Stage.paint_first_rows = lambda self: (paint(self), self.window.close())\n"
    )
    assert run_window(closed_early, filled) == 0


def test_a_key_struck_before_the_office_is_open_is_heard(filled: Profile) -> None:
    struck_early = (
        "from PySide6.QtCore import Qt\n"
        "from PySide6.QtTest import QTest\n"
        "from deskhelp.ui.life import Life\n"
        "open_office = Life.open\n"
        "async def open_and_strike(life):\n"
        "    QTest.keyClick(life.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)\n"
        "    await open_office(life)\n"
        "Life.open = open_and_strike\n"
    )
    assert run_window(struck_early, filled) == 0


def test_what_the_first_rows_do_not_need_is_loaded_after_them() -> None:
    program = (
        "import sys, deskhelp.ui.app, deskhelp.services.listing\n"
        f"print([name for name in {LATE!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
