"""Looking for words in every byte of a profile or of a team's place, also in what is deflated or stands in tables."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_OFFSETS = (0, 1, 14)  # plain, behind the mark of a packed blob, behind the head of a sealed item


def found_in(root: Path, words: Iterable[bytes]) -> set[tuple[str, bytes]]:
    """Which of the words stand in which files below `root`."""
    wanted = [word.lower() for word in words]
    return {
        (str(path.relative_to(root)), word)
        for path in sorted(root.rglob("*"))
        if path.is_file()
        for content in _contents(path)
        for word in wanted
        if word in content.lower()
    }


def _contents(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    yield data
    yield str(path).encode()
    yield from _inflated(data)
    if data.startswith(b"SQLite format 3"):
        for value in _values(path):
            yield value
            yield from _inflated(value)


def _inflated(data: bytes) -> Iterator[bytes]:
    for offset in _OFFSETS:
        with contextlib.suppress(zlib.error):
            content = zlib.decompressobj().decompress(data[offset:])
            if content:
                yield content
                yield from _inflated(content)


def _values(path: Path) -> Iterator[bytes]:
    with contextlib.closing(sqlite3.connect(path)) as handle:
        tables = [row[0] for row in handle.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            with contextlib.suppress(sqlite3.OperationalError):  # a virtual one of another program's
                for row in handle.execute(f"SELECT * FROM `{table}`"):
                    yield from (value if isinstance(value, bytes) else str(value).encode() for value in row)
