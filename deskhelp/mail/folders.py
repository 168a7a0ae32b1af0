"""Mail lying in files: `.eml`, mbox, Maildir, and folders of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deskhelp.domain.errors import DeskTrouble

from .mbox import MboxMail, looks_like_mbox, read_mbox

# Larger than any mail that a server would have taken; only the beginning of a larger one is read.
SIZE_LIMIT = 64 * 1024 * 1024
_FLAGS = {"S": "\\Seen", "R": "\\Answered", "F": "\\Flagged", "T": "\\Deleted", "D": "\\Draft"}


@dataclass(frozen=True, slots=True)
class SourceMail:
    """One mail of a source.

    `name` tells a person where it was: the path inside the source, and ``#3`` for the third mail of an
    mbox. `raw` is None if it could not be read, and then `problem` says why. `arrived_at_ms` is UTC, None
    if the source does not know. `flags` are IMAP's, from a Maildir's file name.
    """

    name: str
    raw: bytes | None
    arrived_at_ms: int | None
    flags: tuple[str, ...] = ()
    problem: str = ""


def read_source(path: Path) -> Iterator[SourceMail]:
    """The mails below `path`, one at a time, in the order of their names; raises DeskTrouble if it is not there.

    A file is an mbox if it begins with a ``From `` line, else a single mail. In a folder, Maildirs, mboxes and
    ``.eml`` files are found at any depth; links to folders are not followed. A file that cannot be read
    comes out with its problem instead of ending the reading.
    """
    if path.is_dir():
        yield from _folder(path, path)
    elif path.exists():
        yield from _file(path, path.name)
    else:
        raise DeskTrouble("There is no file or folder {path}.", path=path)


def _folder(folder: Path, top: Path) -> Iterator[SourceMail]:
    if _is_maildir(folder):
        yield from _maildir(folder, top)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield _unreadable(_name(folder, top), error)
        return
    for entry in entries:
        if entry.is_dir():
            is_part_of_maildir = entry.name in ("cur", "new", "tmp") and _is_maildir(folder)
            if not entry.is_symlink() and not is_part_of_maildir:
                yield from _folder(entry, top)
        elif entry.suffix.lower() == ".eml" or looks_like_mbox(entry):
            yield from _file(entry, _name(entry, top))


def _file(path: Path, name: str) -> Iterator[SourceMail]:
    if looks_like_mbox(path):
        yield from _mbox(path, name)
    else:
        yield _single(path, name, None)


def _single(path: Path, name: str, arrived_at_ms: int | None, flags: tuple[str, ...] = ()) -> SourceMail:
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        return _unreadable(name, error)
    problem = _too_large(len(raw))
    return SourceMail(name, raw[:SIZE_LIMIT], arrived_at_ms, flags, problem)


def _mbox(path: Path, name: str) -> Iterator[SourceMail]:
    try:
        with path.open("rb") as file:
            for number, mail in enumerate(read_mbox(file, SIZE_LIMIT), start=1):
                yield _from_mbox(mail, f"{name}#{number}")
    except OSError as error:
        yield _unreadable(name, error)


def _from_mbox(mail: MboxMail, name: str) -> SourceMail:
    return SourceMail(name, mail.raw, mail.arrived_at_ms, problem=_too_large(mail.size))


def _is_maildir(folder: Path) -> bool:
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def _maildir(folder: Path, top: Path) -> Iterator[SourceMail]:
    for path in _maildir_files(folder):
        unique, _, info = path.name.partition(":2,")
        seconds = unique.partition(".")[0]
        arrived_at_ms = int(seconds) * 1000 if seconds.isdecimal() and len(seconds) <= 11 else None
        flags = tuple(_FLAGS[letter] for letter in info if letter in _FLAGS)
        yield _single(_where_now(path), _name(path, top), arrived_at_ms, flags)


def _maildir_files(folder: Path) -> list[Path]:
    """The mails in ``new`` and ``cur``, oldest first by name, each once."""
    # "new" is listed first: a mail that is moved to "cur" meanwhile is then seen twice rather than not at all.
    by_unique: dict[str, Path] = {}
    for part in ("new", "cur"):
        for path in (folder / part).iterdir():
            if not path.name.startswith(".") and not path.is_dir():
                by_unique[path.name.partition(":2,")[0]] = path
    return [path for _, path in sorted(by_unique.items())]


def _where_now(path: Path) -> Path:
    """A mail of a Maildir, found again if a mail program renamed it (read it, moved it to cur) meanwhile."""
    if path.exists():
        return path
    unique = path.name.partition(":2,")[0]
    renamed = (one for one in (path.parent.parent / "cur").iterdir() if one.name.partition(":2,")[0] == unique)
    return next(renamed, path)


def _name(path: Path, top: Path) -> str:
    return path.relative_to(top).as_posix()


def _too_large(size: int) -> str:
    return "" if size <= SIZE_LIMIT else f"Only the first {SIZE_LIMIT} bytes were read; the mail is larger."


def _unreadable(name: str, error: OSError) -> SourceMail:
    return SourceMail(name, None, None, problem=f"The file could not be read: {error.strerror or error}")
