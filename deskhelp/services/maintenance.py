"""Checking a profile, making a backup of it, and putting one in its place."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

from deskhelp.db import backup as db_backup
from deskhelp.db import check as db_check
from deskhelp.db import raws
from deskhelp.db.check import CheckReport
from deskhelp.db.schema import copy_database
from deskhelp.db.troubles import Damaged, ReplicaTrouble, translated
from deskhelp.domain.errors import DeskTrouble
from deskhelp.settings import Profile

from .locks import Busy, exclusive
from .office import Office
from .team import team_of

Held = db_backup.Held
PASSPHRASE: Final = "DESKHELP_BACKUP_PASSPHRASE"
_BESIDE: Final = ("", "-wal", "-shm")


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


# -- backups -------------------------------------------------------------------------------------


def back_up(profile: Profile, target: Path, passphrase: str | None = None) -> Held:
    """Copy the database, which may be in use, to `target`, and read it again; returns what it holds.

    With a `passphrase` nobody can read it without. Raises DeskTrouble, Busy if another backup is being made.
    """
    with exclusive(profile.root / "backup.lock", _another_backup):
        return db_backup.write_backup(profile.database, target, passphrase)


def is_encrypted(backup: Path) -> bool:
    """Whether a backup wants a passphrase; DeskTrouble where it cannot be read."""
    return db_backup.is_sealed(backup)


def make_ready(profile: Profile, backup: Path, passphrase: str | None = None) -> Held:
    """Bring a backup into the profile's folder, proven, for `put_in_place`; returns what it holds.

    Nothing that is there is touched. Raises DeskTrouble: a wrong passphrase, damage, no room.
    """
    with exclusive(profile.root / "backup.lock", _another_backup):
        return db_backup.bring(backup, _ready(profile), passphrase)


def put_in_place(profile: Profile) -> Path | None:
    """Let what was made ready be the database; what was there is kept beside it, and its path returned.

    The profile must be closed; Busy if another program works on it.
    """
    with exclusive(profile.root / "sync.lock"):
        return _swap(profile)


def restore(profile: Profile, backup: Path, passphrase: str | None = None) -> Path | None:
    """Put a backup in the database's place, both at once; returns where that one is kept."""
    with exclusive(profile.root / "sync.lock"):  # refused before anything is copied
        make_ready(profile, backup, passphrase)
        return _swap(profile)


def _swap(profile: Profile) -> Path | None:
    ready = _ready(profile)
    if not ready.exists():
        raise DeskTrouble("No backup was made ready to be put in place.", advice="Nothing was changed.")
    aside = _put_aside(profile.database) if profile.database.exists() else None
    profile.restored_mark.touch()  # first: whatever comes in between, no answer leaves for the second time
    ready.replace(profile.database)
    return aside


def _ready(profile: Profile) -> Path:
    return db_backup.part_of(profile.database, "restore")


def _put_aside(database: Path) -> Path:
    """Keep a database beside its place: one file of it all, or if it cannot be read any more its files as they are."""
    aside = database.with_name(f"{database.name}.before-restore-{int(time.time())}")
    try:
        copy_database(database, aside)
    except ReplicaTrouble:
        for end in _BESIDE:
            if (path := database.with_name(database.name + end)).exists():
                path.replace(aside.with_name(aside.name + end))
    else:
        _end_log(database)
    return aside


def _end_log(path: Path) -> None:
    """Leave nothing beside a database that SQLite would take for a part of what is put in its place."""
    with contextlib.suppress(Damaged), translated(path), contextlib.closing(sqlite3.connect(path)) as handle:
        handle.execute("PRAGMA journal_mode = DELETE")
    for end in ("-wal", "-shm"):  # of a damaged one
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


def _another_backup() -> Busy:
    return Busy("Another backup of this profile is being made or read.", advice="Wait until it is done.")
