"""Fetching what will be asked for next: whoever takes in many mails asks for them as they lie in the team's folder."""

from __future__ import annotations

from typing import Final

from .hub_items import Index

MOST: Final = 64
MOST_BYTES: Final = 4 * 1024 * 1024
_NEAR: Final = 8


class Ahead:
    """Raw mails by their UIDs that came along with others; each is handed out once."""

    def __init__(self) -> None:
        self._kept: dict[int, bytes] = {}
        self._last, self._count = 0, 1

    def take(self, copy: tuple[int, ...]) -> bytes | None:
        """What lies in these messages, if it came along."""
        if len(copy) != 1 or copy[0] not in self._kept:
            return None
        self._last = copy[0]
        return self._kept.pop(copy[0])

    def beside(self, copy: tuple[int, ...], index: Index) -> list[int]:
        """Which messages to fetch along with these: the more, the longer one after another was asked for."""
        (uid, *parts) = copy
        is_next = not parts and 0 < uid - self._last <= _NEAR
        self._last, self._count = uid, min(MOST, 2 * self._count) if is_next else 1
        self._kept.clear()  # what was passed over is not wanted
        return index.raws_after(uid, self._count) if is_next else []

    def keep(self, uid: int, content: bytes) -> bool:
        """Keep what came along; whether there is room for more."""
        self._kept[uid] = content
        return sum(map(len, self._kept.values())) < MOST_BYTES
