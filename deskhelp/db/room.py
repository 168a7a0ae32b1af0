"""Room on the disk: a ballast file to throw off when it is full, and when to stop taking mail in."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

BALLAST_BYTES: Final = 8_000_000
RESERVE_BYTES: Final = 200_000_000


def ballast_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.ballast")


def keep_ballast(path: Path) -> None:
    """Set room aside beside a database that has grown to some size, so that a draft can be saved on a full disk.

    SQLite needs room even to delete; without any, nothing at all can be written.
    """
    ballast = ballast_of(path)
    if not path.exists() or path.stat().st_size < BALLAST_BYTES or ballast.exists() or not has_room(path):
        return
    handle = os.open(ballast, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(os.urandom(BALLAST_BYTES))  # real bytes: a sparse or compressed file would set nothing aside


def free_ballast(path: Path) -> bool:
    """Throw the ballast off; True if there was any."""
    try:
        ballast_of(path).unlink()
    except OSError:
        return False
    return True


def has_room(path: Path, reserve: int = RESERVE_BYTES) -> bool:
    """Whether mail may be taken in: drafts and answers get the last of the disk, not the mailbox."""
    return shutil.disk_usage(path.parent).free >= reserve
