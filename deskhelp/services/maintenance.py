"""Checking a profile, and putting a backup in its place."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from deskhelp.db import check as db_check
from deskhelp.db import raws
from deskhelp.db.check import CheckReport
from deskhelp.db.connection import inspect
from deskhelp.db.schema import copy_database
from deskhelp.domain.errors import DeskTrouble
from deskhelp.settings import Profile

from .locks import exclusive
from .office import Office
from .team import team_of


def check(office: Office, *, rebuild: bool = False) -> CheckReport:
    """Look for damage; with `rebuild` the tables are made anew, and a difference is a problem too.

    In a team, raw mails that were lost are asked for at the next exchange.
    """
    report = db_check.check(office.replica)
    if raws.are_missing(office.replica) and team_of(office) is not None:
        raws.look_through(office.replica)
    if not rebuild:
        return report
    db_check.rebuild(office.replica)
    after = db_check.check(office.replica, deep=False)
    if after.state_hash != report.state_hash:
        return replace(after, problems=(*after.problems, "The tables differed from the log; they were made anew."))
    return replace(after, problems=tuple(dict.fromkeys((*report.problems, *after.problems))))


def restore(profile: Profile, backup: Path) -> Path | None:
    """Put a backup in the database's place; what was there is kept beside it, and its path returned."""
    if not backup.is_file():
        raise DeskTrouble("There is no file {path}.", path=backup)
    if inspect(backup) is None:
        raise DeskTrouble("{path} is empty.", path=backup)
    with exclusive(profile.root / "sync.lock"):
        aside = None
        if profile.database.exists():
            aside = profile.database.with_name(f"{profile.database.name}.before-restore-{int(time.time())}")
            copy_database(profile.database, aside)
            for end in ("", "-wal", "-shm"):
                profile.database.with_name(profile.database.name + end).unlink(missing_ok=True)
        copy_database(backup, profile.database)
    return aside
