"""Backups: a copy of a database in use, proven before it takes its place; encrypted if wished (decision 0025)."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from deskhelp.domain.errors import DeskTrouble

from . import sealed_file
from .check import hash_by
from .connection import inspect
from .file import readonly_handle
from .schema import copy_open
from .sealed_file import WrongPassphrase
from .troubles import Damaged, translated

_BUFFER: Final = 1024 * 1024


class BackupTrouble(DeskTrouble):
    """A backup cannot be written or read."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a database holds; `state_hash` is that of `check`, "" where it was not asked for."""

    tickets: int
    messages: int
    events: int
    state_hash: str = ""


def part_of(database: Path, what: str) -> Path:
    """Where a database is made ready in the profile's folder; erasing a customer reaches it too."""
    return database.with_name(f"{database.name}.part-{what}")


# -- making one ----------------------------------------------------------------------------------


def write_backup(database: Path, target: Path, passphrase: str | None = None) -> Held:
    """Copy a database that may be in use to `target`; encrypted where there is a `passphrase`.

    What stood there stays until the new one was read again and found to hold the same. In clear there is nothing
    outside the profile's folder at any time. Raises BackupTrouble, ReplicaTrouble.
    """
    if target.exists() and target.samefile(database):
        raise BackupTrouble("{path} is the database itself.", advice="Name another file.", path=target)
    growing = target.with_name(f"{target.name}.part")
    if passphrase is None:
        with _gone_if_it_fails(growing), _told(target):
            held = _proven_copy(database, growing)
            growing.replace(target)
        return held
    sealed_file.require_strong(passphrase)
    clear = part_of(database, "backup")
    try:
        held = _proven_copy(database, clear)
        with _gone_if_it_fails(growing), _told(target):
            _seal(clear, growing, passphrase)
            growing.replace(target)
    finally:
        clear.unlink(missing_ok=True)
    return held


def _proven_copy(database: Path, copy: Path) -> Held:
    """Copy one moment of the database, and compare what the copy holds with what that moment held."""
    copy.unlink(missing_ok=True)
    with translated(database), readonly_handle(database) as source:
        source.execute("BEGIN")  # one moment, however much is written meanwhile
        wanted = _held(source, deep=True)
        copy_open(source, copy)
    found = _look(copy, deep=True)
    if found != wanted:
        raise BackupTrouble("The backup does not hold what the database holds.", advice="Try again.", detail=str(copy))
    return found


def _seal(clear: Path, growing: Path, passphrase: str) -> None:
    """Encrypt, read it again and compare: what cannot be opened is no backup."""
    before, after = hashlib.sha256(), hashlib.sha256()
    with clear.open("rb") as source, _private(growing) as target:
        sealed_file.seal_to(target, _noted(source, before), passphrase)
        target.flush()
        os.fsync(target.fileno())
    with growing.open("rb") as written:
        for piece in sealed_file.unsealed(written, passphrase, growing.name):
            after.update(piece)
    if before.digest() != after.digest():
        raise sealed_file.damaged(growing.name)


def _noted(source: BinaryIO, digest: hashlib._Hash) -> Iterator[bytes]:
    while piece := source.read(_BUFFER):
        digest.update(piece)
        yield piece


# -- reading one ---------------------------------------------------------------------------------


def is_sealed(backup: Path) -> bool:
    """Whether a backup is encrypted; BackupTrouble where it cannot be read."""
    with _read(backup) as file:
        return sealed_file.is_sealed(file)


def bring(backup: Path, target: Path, passphrase: str | None = None) -> Held:
    """Put what a backup holds at `target`, proven; where that fails nothing is left there.

    WrongPassphrase (also if one is wanted and none was given), DamagedBackup, BackupTrouble, ReplicaTrouble.
    """
    try:
        if not is_sealed(backup) and inspect(backup) is None:
            raise BackupTrouble("{path} is empty.", path=backup)
        with _gone_if_it_fails(target):
            target.unlink(missing_ok=True)
            if is_sealed(backup):
                _unseal(backup, target, passphrase)
            else:
                with translated(backup), readonly_handle(backup) as source:
                    copy_open(source, target)
            inspect(target)
            return _look(target)
    except Damaged as error:
        raise sealed_file.damaged(backup.name) from error


def _unseal(backup: Path, target: Path, passphrase: str | None) -> None:
    if not passphrase:
        raise WrongPassphrase("{path} is encrypted.", advice="Give its passphrase.", path=backup.name)
    with _read(backup) as source, _told(target), _private(target) as clear:
        for piece in sealed_file.unsealed(source, passphrase, backup.name):
            clear.write(piece)
        clear.flush()
        os.fsync(clear.fileno())


def _look(database: Path, *, deep: bool = False) -> Held:
    """What a database that nobody writes holds; Damaged if a page of it is."""
    with translated(database), readonly_handle(database) as handle:
        said = [row[0] for row in handle.execute("PRAGMA quick_check")]
        if said != ["ok"]:
            raise Damaged("The database is damaged.", detail="; ".join(said[:5]))
        return _held(handle, deep=deep)


def _held(handle: sqlite3.Connection, *, deep: bool) -> Held:
    tickets, messages, events = (
        int(handle.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0]) for name in ("ticket", "message", "event")
    )
    return Held(tickets, messages, events, hash_by(handle.execute) if deep else "")


# -- files ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def _gone_if_it_fails(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _private(path: Path) -> Iterator[BinaryIO]:
    """A new file that only this user can read, to be written."""
    with _told(path):
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file


@contextlib.contextmanager
def _read(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise BackupTrouble("There is no file {path}.", path=path) from error
    except OSError as error:
        raise BackupTrouble("The backup {path} cannot be read: {why}.", path=path, why=error.strerror) from error


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the disk says, as a sentence."""
    try:
        yield
    except OSError as error:
        raise BackupTrouble(
            "The file {path} cannot be written: {why}.",
            advice="What was there before is unchanged.",
            path=path,
            why=error.strerror or error,
        ) from error
