"""What SQLite and the disk say, as sentences for an agent."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from peewee import DatabaseError

from deskhelp.domain.errors import DeskTrouble

from . import room

_LATER: Final = "It can be looked at; changes and sending wait until it can be written again."
_NOT_WRITABLE: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


class ReplicaTrouble(DeskTrouble):
    """The replica's file cannot be opened, read or written."""


class ReadOnly(ReplicaTrouble):
    """The replica can be looked at but not changed."""


class DiskFull(ReplicaTrouble):
    """There is no room for the last change; what was saved before is whole."""


class Damaged(ReplicaTrouble):
    """The file is not what SQLite wrote. It is never deleted."""


def not_writable(path: Path, why: str = "") -> ReadOnly:
    return ReadOnly("The database {path} cannot be written.", advice=_LATER, path=path, detail=why)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the world (full, read-only, damaged, busy) into a sentence; bugs pass as they are."""
    try:
        yield
    except (sqlite3.DatabaseError, DatabaseError) as error:
        trouble = trouble_of(path, str(error))
        if trouble is None:
            raise
        if isinstance(trouble, DiskFull):
            room.free_ballast(path)
        raise trouble from error


def trouble_of(path: Path, said: str) -> ReplicaTrouble | None:
    """What an SQLite message is in plain words, None if it is a mistake of this program."""
    text, detail = said.lower(), f"{path}: {said}"
    if "database or disk is full" in text or "disk i/o error" in text:
        return DiskFull(
            "The disk is full or does not answer; the last change was not saved.",
            advice="Make room on it and try again; nothing that was saved before is lost.",
            detail=detail,
        )
    if "readonly" in text or "read-only" in text:
        return not_writable(path, said)
    if any(word in text for word in ("malformed", "not a database", "corrupt")):
        return Damaged(
            "The database is damaged.",
            advice="Run “deskhelp check”, or restore a backup; the damaged file is kept.",
            detail=detail,
        )
    if "locked" in text or "busy" in text:
        return ReplicaTrouble("Another program holds the database.", advice="Try again in a moment.", detail=detail)
    if "unable to open" in text:
        return ReplicaTrouble("The database {path} cannot be opened.", path=path, detail=said)
    return None


def trouble_of_file(path: Path, error: OSError) -> ReplicaTrouble:
    """Why a file could not be made or opened."""
    why = error.strerror or str(error)
    if error.errno in _NOT_WRITABLE:
        return not_writable(path, why)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull("The disk is full.", advice="Make room on it and try again.", detail=f"{path}: {why}")
    return ReplicaTrouble("The database {path} cannot be opened: {why}.", path=path, why=why)
