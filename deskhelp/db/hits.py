"""The messages that a search expression finds, asked for no further than a page needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .log import chunks, marks
from .replica import Replica

_BOUND: Final = 20_000
_PATIENCE: Final = 1500


class Hits:
    """Up to `_BOUND` hits are read at once, in about 10 ms. Of more, single tickets are looked at first.

    Common words show enough tickets soon; where a filter keeps them from it, all hits are read after all.
    """

    def __init__(self, replica: Replica, match: str) -> None:
        self._connection = replica.database.connection()
        self._match = match
        self._numbers = self._read(_BOUND + 1)
        self._is_whole = len(self._numbers) <= _BOUND
        self._looked_at = 0

    def _read(self, limit: int) -> set[int]:
        query = "SELECT rowid FROM message_fts WHERE message_fts MATCH ? LIMIT ?"
        return {row[0] for row in self._connection.execute(query, (self._match, limit))}

    def is_more_than(self, count: int) -> bool:
        return len(self._numbers) > count

    def by_ticket(self) -> dict[str, int]:
        """Every ticket with a hit and its newest one; for few hits."""
        found: dict[str, int] = {}
        for part in chunks(sorted(self._numbers)):
            query = f"SELECT ticket, n FROM message WHERE n IN ({marks(part)}) ORDER BY n"
            found.update(self._connection.execute(query, part))
        return found

    def among(self, tickets: Sequence[str]) -> dict[str, int]:
        """Those of the tickets that have a hit, each with its newest one."""
        found: dict[str, int] = {}
        for part in chunks(tickets):
            query = f"SELECT ticket, n FROM message WHERE ticket IN ({marks(part)}) ORDER BY ticket, at_ms"
            rows = self._connection.execute(query, part).fetchall()
            numbers = self._found_among([row[1] for row in rows])
            found.update((ticket, number) for ticket, number in rows if number in numbers)
        return found

    def _found_among(self, numbers: list[int]) -> set[int]:
        self._looked_at += len(numbers)
        if not self._is_whole and self._looked_at > _PATIENCE:
            self._numbers, self._is_whole = self._read(-1), True
        if self._is_whole:
            return self._numbers.intersection(numbers)
        query = f"SELECT rowid FROM message_fts WHERE message_fts MATCH ? AND rowid IN ({marks(numbers)})"
        return {row[0] for row in self._connection.execute(query, [self._match, *numbers])}
