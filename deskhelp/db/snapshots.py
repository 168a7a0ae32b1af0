"""A snapshot as files: a copy of what a replica shares with its team, cut into sealed parts (decision 0022).

What belongs to its maker alone stays away: who it is, drafts, the outbox, how far its folders are read; and so do raw
mails, which are most of the bytes and come afterwards. What was erased is in no copy, as rows are copied, not pages.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from isal import isal_zlib

from deskhelp.domain.events import ERASED
from deskhelp.domain.segments import decode, hash_of, is_item_name, seal
from deskhelp.domain.snapshots import Contents, Snapshot, encode_list, erased_mark

from . import erasing
from .asking import chunks, marks
from .connection import make_private
from .file import file_uri, versions
from .models import LOCAL_TABLES, MetaRow
from .search import SHADOWS
from .troubles import translated

SLICE_BYTES: Final = 8 * 1024 * 1024
"""How much of the file makes a part; about a third of that is left of it."""
OWN_TABLES: Final = frozenset(table._meta.table_name for table in LOCAL_TABLES) | {MetaRow._meta.table_name}
"""What is this installation's alone."""
_MADE: Final = "made"
_MAKING: Final = "making"
_LOOKS_EACH: Final = 200_000  # steps of SQLite's machine, some milliseconds
_UNSETTLED: Final = (
    "SELECT EXISTS (SELECT 1 FROM desk.segment WHERE pack = 0 AND NOT is_pushed) OR EXISTS ("
    "SELECT 1 FROM (SELECT origin, MAX(seq) AS last FROM desk.event GROUP BY origin) AS log WHERE last > "
    "COALESCE((SELECT MAX(last_event) FROM desk.segment WHERE segment.origin = log.origin), 0))"
)
_TEXTS: Final = "SELECT blob FROM desk.event WHERE blob != ''"
_RAWS: Final = (
    "SELECT json_extract(body, '$.raw') FROM desk.event WHERE json_extract(body, '$.raw') IS NOT NULL UNION "
    "SELECT json_extract(body, '$.carrier') FROM desk.event WHERE json_extract(body, '$.carrier') IS NOT NULL"
)


class Unsettled(Exception):
    """The replica has something that its team has not, or is to be cleaned of what was erased: another time."""


# -- what is there -------------------------------------------------------------------------------


def size_of(replica: Any) -> int:
    """About how many events a replica has; at once, however many."""
    row = replica.database.execute_sql("SELECT COALESCE(MAX(n), 0) FROM event").fetchone()
    return int(row[0])


def erased_mark_of(replica: Any) -> str:
    """How a snapshot's name says what has been erased here."""
    return _erased_mark(replica.database.execute_sql(*_orders("event")))


def _orders(table: str) -> tuple[str, tuple[str]]:
    """All that was ever erased follows from these."""
    return f"SELECT id FROM {table} WHERE about > 'entity:erasure:' AND about < 'entity:erasure;' AND kind = ?", (
        ERASED,
    )


def _erased_mark(rows: Iterable[tuple[str]]) -> str:
    return erased_mark(row[0] for row in rows)


# -- making one ----------------------------------------------------------------------------------


def make(source: Path, folder: Path, is_stopped: Callable[[], bool]) -> Snapshot | None:
    """A snapshot of the replica at `source`, as items below `folder`; None if it was stopped. Raises Unsettled.

    The replica may be in use: it is read in one transaction of a connection of our own.
    """
    making = folder / _MAKING
    discard(folder)
    making.mkdir(mode=0o700, parents=True)
    copy = making / "copy.sqlite"
    make_private(copy)
    with translated(copy), _copying(source, copy, is_stopped) as handle:
        try:
            snapshot = _copied(handle)
        except sqlite3.OperationalError:
            if is_stopped():
                return None
            raise
        schema = versions(handle)[1]
    parts = []
    for number, data in enumerate(_slices(copy), start=1):
        if is_stopped():
            return None
        write(making / snapshot.part_name(number), data)
        parts.append(hash_of(data))
    write(making / snapshot.list_name, encode_list(Contents(tuple(parts), copy.stat().st_size, schema)))
    copy.unlink()
    making.rename(folder / _MADE)
    return snapshot


def made(folder: Path) -> dict[str, Path]:
    """The items of a snapshot that was made here and is not in the hub yet, by their names."""
    root = folder / _MADE
    found = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*"))}
    return {name: path for name, path in found.items() if is_item_name(name)}


def discard(folder: Path) -> None:
    """Let go of what was made here."""
    for name in (_MAKING, _MADE):
        shutil.rmtree(folder / name, ignore_errors=True)


@contextlib.contextmanager
def _copying(source: Path, copy: Path, is_stopped: Callable[[], bool]) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(file_uri(copy, readonly=False), uri=True, isolation_level=None)) as handle:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY", "cache_size = -32768"):
            handle.execute(f"PRAGMA {pragma}")
        handle.execute("ATTACH ? AS desk", (file_uri(source, readonly=True),))
        handle.set_progress_handler(is_stopped, _LOOKS_EACH)
        yield handle


def _copied(handle: sqlite3.Connection) -> Snapshot:
    handle.execute("BEGIN")
    _refuse_unsettled(handle)
    events = int(handle.execute("SELECT COALESCE(MAX(n), 0) FROM desk.event").fetchone()[0])
    snapshot = Snapshot(events, secrets.token_hex(16), _erased_mark(handle.execute(*_orders("desk.event"))))
    for pragma in ("application_id", "user_version"):
        handle.execute(f"PRAGMA main.{pragma} = {handle.execute(f'PRAGMA desk.{pragma}').fetchone()[0]}")
    tables, indexes = _schema(handle, "table"), _schema(handle, "index")
    for statement in tables.values():
        handle.execute(statement)
    for table in [*tables, *SHADOWS]:
        if table not in OWN_TABLES and table != "blob" and "VIRTUAL" not in tables.get(table, ""):
            handle.execute(f"DELETE FROM main.`{table}`")  # an empty index has rows of its own
            handle.execute(f"INSERT INTO main.`{table}` SELECT * FROM desk.`{table}`")
    _copy_texts(handle)
    handle.execute("INSERT INTO main.meta SELECT name, value FROM desk.meta WHERE name = 'fold_version'")
    for statement in indexes.values():
        handle.execute(statement)
    handle.execute("COMMIT")
    return snapshot


def _refuse_unsettled(handle: sqlite3.Connection) -> None:
    query = "SELECT 1 FROM desk.meta WHERE name IN (?, ?) AND value != ''"
    is_unclean = handle.execute(query, (erasing.DUE, erasing.SWEEP)).fetchone()
    if is_unclean or handle.execute(_UNSETTLED).fetchone()[0]:
        raise Unsettled


def _schema(handle: sqlite3.Connection, kind: str) -> dict[str, str]:
    """What makes the tables or the indexes; what SQLite makes by itself is left to it."""
    rows = handle.execute("SELECT name, sql FROM desk.sqlite_master WHERE type = ? AND sql IS NOT NULL", (kind,))
    return {name: sql for name, sql in rows if not name.startswith("sqlite_") and name not in SHADOWS}


def _copy_texts(handle: sqlite3.Connection) -> None:
    """What events name as their texts; and what only segments do, of which there is a better reading by now."""
    insert = "INSERT INTO main.blob (id, size, data) SELECT id, size, data FROM desk.blob WHERE"
    handle.execute(f"{insert} +id IN ({_TEXTS})")
    query = f"SELECT id FROM desk.blob WHERE id NOT IN ({_TEXTS}) AND id NOT IN ({_RAWS})"
    strays = {row[0] for row in handle.execute(query)}
    for part in chunks(sorted(_named_by_segments(handle, strays))):
        handle.execute(f"{insert} id IN ({marks(part)})", part)


def _named_by_segments(handle: sqlite3.Connection, blobs: set[str]) -> set[str]:
    found: set[str] = set()
    if not blobs:
        return found
    for name, data in handle.execute("SELECT name, data FROM desk.segment"):
        found.update(blobs.intersection(decode(bytes(data), name).text_blobs))
    return found


def _slices(copy: Path) -> Iterator[bytes]:
    with copy.open("rb") as file:
        while piece := file.read(SLICE_BYTES):
            yield seal(isal_zlib.compress(piece, 1))


def write(path: Path, data: bytes) -> None:
    """A file that is seen whole or not at all; its hash tells what a lost power made of it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".part-{path.name}")
    make_private(part)
    part.write_bytes(data)
    part.replace(path)
