"""Fetching what will be asked for next: each question to the server costs a way there and back.

Whoever takes in many mails asks for them as they lie in the team's folder; and changes that have just come there are
all asked for, one after another.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from .hub_items import Index

MOST: Final = 64
MOST_BYTES: Final = 4 * 1024 * 1024
_NEAR: Final = 8


class Ahead:
    """Items by their UIDs that came along with others; each is handed out once."""

    def __init__(self) -> None:
        self._raws: dict[int, bytes] = {}
        self._changes: dict[int, bytes] = {}
        self._expected: set[int] = set()
        self._last, self._count = 0, 1

    def expect(self, uids: Iterable[int]) -> None:
        """These have just come, and hold changes: the first that is asked for brings the others along."""
        self._expected.update(uids)

    def take(self, copy: tuple[int, ...]) -> bytes | None:
        """What lies in these messages, if it came along."""
        (uid, *parts) = copy
        if parts:
            return None
        if uid in self._raws:
            self._last = uid
            return self._raws.pop(uid)
        return self._changes.pop(uid, None)

    def beside(self, copy: tuple[int, ...], index: Index) -> list[int]:
        """Which messages to fetch along with these; of mails the more, the longer one after another was asked for."""
        (uid, *parts) = copy
        if uid in self._expected:
            along = sorted(self._expected - {uid})[:MOST]
            self._expected -= {uid, *along}
            return along
        is_next = not parts and 0 < uid - self._last <= _NEAR
        self._last, self._count = uid, min(MOST, 2 * self._count) if is_next else 1
        self._raws.clear()  # what was passed over is not wanted
        return index.raws_after(uid, self._count) if is_next else []

    def keep(self, uid: int, content: bytes, index: Index) -> bool:
        """Keep what came along; whether there is room for more."""
        kept = self._changes if index.is_change(uid) else self._raws
        kept[uid] = content
        return sum(map(len, kept.values())) < MOST_BYTES
