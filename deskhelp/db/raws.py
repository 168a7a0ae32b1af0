"""Raw mails that are not here yet, as after a snapshot: which ones to ask the team's place for, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from deskhelp.domain.keeper import Blob

from .log import put_packed
from .packing import PackedBlob

BEFORE: Final = "raws_before"
"""The meta fact up to which message is still to be looked through, "" for none."""
_LOOKED_AT: Final = 5000
_MISSING: Final = "raw_blob != '' AND NOT EXISTS (SELECT 1 FROM blob WHERE blob.id = raw_blob)"


def begun(database: Any) -> dict[str, str]:
    """What is to stand in meta so that all messages are looked through."""
    row = database.execute_sql("SELECT COALESCE(MAX(n), 0) FROM message").fetchone()
    return {BEFORE: str(row[0] + 1)}


def are_missing(replica: Any) -> bool:
    """Whether some are not here, and are not looked for."""
    query = f"SELECT EXISTS (SELECT 1 FROM message WHERE {_MISSING})"
    return not is_looking(replica) and bool(replica.database.execute_sql(query).fetchone()[0])


def look_through(replica: Any) -> None:
    """Have all messages looked through for raw mails that are not here."""
    replica.set_meta(BEFORE, begun(replica.database)[BEFORE])


def is_looking(replica: Any) -> bool:
    """Whether raw mails may still be on their way."""
    return bool(replica.meta(BEFORE))


def wanted(replica: Any, count: int) -> tuple[list[tuple[int, str]], int]:
    """Some messages whose raw mails are not here, with these; and the number before which to go on, 0 at the end."""
    before = int(replica.meta(BEFORE) or 0)
    first = max(0, before - _LOOKED_AT)
    query = f"SELECT n, raw_blob FROM message WHERE n < ? AND n >= ? AND {_MISSING} ORDER BY n DESC LIMIT ?"
    found = replica.database.execute_sql(query, (before, first, count)).fetchall()
    return found, found[-1][0] if len(found) == count else first


def came(replica: Any, blobs: Sequence[tuple[int, Blob]], before: int) -> None:
    """Keep raw mails that came, each with the message it is of, unless that was erased meanwhile; go on from there."""
    query = "SELECT 1 FROM message WHERE n = ? AND raw_blob = ?"
    with replica.transaction():
        put_packed(
            replica.database,
            [PackedBlob(*blob) for n, blob in blobs if replica.database.execute_sql(query, (n, blob[0])).fetchone()],
        )
        replica.set_meta(BEFORE, str(before) if before > 0 else "")
