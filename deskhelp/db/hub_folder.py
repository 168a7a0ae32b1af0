"""A hub that is a folder: on a share, or kept alike on several computers by Syncthing, Nextcloud or OneDrive.

No locks: every file is written once, under a passing name, and then moved to its place. The passing files lie together,
so that what a killed writer left is found and swept. What others put there is passed over.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from deskhelp.domain.presence import LONGEST_NOTE
from deskhelp.domain.segments import HubTrouble, MissingItem, is_item_name, is_replica_id, may_stay, unseal

from . import place_clock
from .place_troubles import folder_trouble

_PART: Final = ".part-"
_ASIDE: Final = ".broken-"
_LIVE: Final = "live"
_PASSING: Final = "part"
_STALE_S: Final = 24 * 3600


class FolderHub:
    """Items as files below `root`, which must be there: a share that is not mounted is not an empty hub."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.skew_ms: int | None = None
        """How far the place's clock was ahead of ours when something was put there: a share dates its files itself."""
        if not os.path.isdir(root):  # noqa: PTH112  # that of pathlib raises where one may not look
            raise HubTrouble(
                "The team's folder {path} cannot be reached.",
                advice="DeskHelp goes on without it and exchanges changes when it is back.",
                path=root,
            )

    def put(self, name: str, data: bytes) -> None:
        path = self._root / name
        with self._translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            if not (path.exists() and may_stay(name, path.read_bytes(), data)):
                self._put_in_place(path, data)

    def replace(self, name: str, data: bytes) -> None:
        path = self._root / name
        with self._translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            for aside in path.parent.glob(f"{path.name}{_ASIDE}*"):
                aside.unlink(missing_ok=True)
            self._put_in_place(path, data)

    def remove(self, names: Collection[str]) -> None:
        gone = set(names)
        with self._translated(self._root):
            for folder in sorted({(self._root / name).parent for name in gone}):
                for path in list(folder.iterdir()) if folder.is_dir() else ():
                    item = path.with_name(path.name.partition(_ASIDE)[0])
                    if item.relative_to(self._root).as_posix() in gone:
                        path.unlink(missing_ok=True)

    def get(self, name: str) -> bytes:
        path = self._root / name
        with self._translated(path):
            try:
                data = path.read_bytes()
            except FileNotFoundError as error:
                raise MissingItem("{name} is not in the team's place.", name=name) from error
        unseal(data, name)
        return data

    def expect(self, names: Sequence[str]) -> None:
        """A file is read when it is asked for."""

    def names(self, prefix: str) -> list[str]:
        with self._translated(self._root):
            for part in (self._root / _PASSING).glob(f"{_PART}*"):
                _sweep(part)
            return sorted(name for name in self._files(prefix) if name.startswith(prefix) and is_item_name(name))

    def _files(self, prefix: str) -> Iterator[str]:
        top = self._root / prefix.rpartition("/")[0]
        if not top.is_dir():
            return
        for folder, _, files in os.walk(top, onerror=_raise):
            for file in files:
                path = Path(folder, file)
                yield path.relative_to(self._root).as_posix()

    def withdraw(self, name: str) -> None:
        path = self._root / name
        with self._translated(path), contextlib.suppress(FileNotFoundError):
            path.rename(path.with_name(f"{path.name}{_ASIDE}{secrets.token_hex(4)}"))

    def say(self, replica: str, note: bytes) -> None:
        path = self._root / _LIVE / replica
        with self._translated(path):
            path.parent.mkdir(exist_ok=True)
            part = self._passing()
            try:
                part.write_bytes(note)  # a note that is lost with the power is of no use afterwards
                self.skew_ms = place_clock.ahead_ms(part)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)

    def heard(self) -> dict[str, bytes]:
        folder = self._root / _LIVE
        with self._translated(folder):
            if not folder.is_dir():
                return {}
            found = {path.name: _read_note(path) for path in folder.iterdir() if is_replica_id(path.name)}
        return {replica: note for replica, note in found.items() if note is not None}

    def close(self) -> None:
        """Nothing is held open."""

    def _put_in_place(self, path: Path, data: bytes) -> None:
        """Write a file that is seen whole or not at all."""
        part = self._passing()
        try:
            _write(part, data)
            self.skew_ms = place_clock.ahead_ms(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        _keep_names(path.parent)

    def _passing(self) -> Path:
        """A new passing name."""
        folder = self._root / _PASSING
        folder.mkdir(exist_ok=True)
        return folder / f"{_PART}{secrets.token_hex(6)}"

    @contextlib.contextmanager
    def _translated(self, path: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise folder_trouble(error, str(path)) from error


def _read_note(path: Path) -> bytes | None:
    """A note, None for one that its writer is putting in place: where a name cannot be replaced under a reader."""
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_NOTE + 1)
    except OSError:
        return None


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _keep_names(folder: Path) -> None:
    """Have the folder's names on the disk too, where the system lets folders be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(path: Path) -> None:
    """Remove what a writer left that was killed; a younger one may still be written."""
    with contextlib.suppress(OSError):
        if time.time() - path.stat().st_mtime > _STALE_S:
            path.unlink()


def _raise(error: OSError) -> None:
    raise error
