"""What reading a replica takes: something that statements can be asked of, with SQLite alone or through the ORM."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Protocol

CHUNK: Final = 500


class Database(Protocol):
    """One open database."""

    def connection(self) -> sqlite3.Connection: ...

    def execute_sql(self, sql: str, params: Any = None) -> Any: ...


class Readable(Protocol):
    """A replica as far as lists need it."""

    @property
    def database(self) -> Database: ...


def chunks(values: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """The values in lists of at most `size`: SQLite takes a bounded number of parameters."""
    pending = list(values)
    for start in range(0, len(pending), size):
        yield pending[start : start + size]


def marks(values: Sequence[Any]) -> str:
    """Placeholders for so many values."""
    return ",".join("?" * len(values))
