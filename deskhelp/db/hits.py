"""The messages that a search expression finds, asked for no further than a page needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .asking import Readable, chunks, marks

_AT_FIRST: Final = 5000


class Hits:
    """The numbers of messages with a hit: the newest `_AT_FIRST` in some milliseconds, all if that was not enough.

    FTS5 gives hits by number either way at about 2,000 a millisecond, but asks dearly (2 ms) for a single number if the
    expression has a beginning of a word in it; so numbers are looked up here.
    """

    def __init__(self, replica: Readable, match: str) -> None:
        self._connection = replica.database.connection()
        self._match = match
        self._read(_AT_FIRST)

    def _read(self, limit: int) -> None:
        query = "SELECT rowid FROM message_fts WHERE message_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
        found = [row[0] for row in self._connection.execute(query, (self._match, limit))]
        self._numbers = set(found)
        self._known_from = found[-1] if len(found) == limit else 0

    def are_few(self, bound: int) -> bool:
        """Whether all are known and at most `bound`."""
        return not self._known_from and len(self._numbers) <= bound

    def by_ticket(self) -> dict[str, int]:
        """Every ticket with a hit and its newest one; for few hits."""
        found: dict[str, int] = {}
        for part in chunks(sorted(self._numbers)):
            query = f"SELECT ticket, n FROM message WHERE n IN ({marks(part)}) ORDER BY n"
            found.update(self._connection.execute(query, part))
        return found

    def among(self, tickets: Sequence[str]) -> dict[str, int]:
        """Those of the tickets that have a hit, each with its newest one."""
        rows: list[tuple[str, int]] = []
        for part in chunks(tickets):
            query = f"SELECT ticket, n FROM message WHERE ticket IN ({marks(part)}) ORDER BY ticket, at_ms"
            rows += self._connection.execute(query, part)
        found = self._with_hits(rows)
        if any(number < self._known_from and ticket not in found for ticket, number in rows):
            self._read(-1)
            found = self._with_hits(rows)
        return found

    def _with_hits(self, rows: Sequence[tuple[str, int]]) -> dict[str, int]:
        return {ticket: number for ticket, number in rows if number in self._numbers}
