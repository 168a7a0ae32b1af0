"""What intake remembers in the replica: bytes seen, what became of every UID, and how far each folder is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deskhelp.domain.events import EventDraft

from .asking import chunks, marks
from .erasing import covering, has_any
from .replica import Replica


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder has been read; `checked_at_ms` is when the server was last asked."""

    folder: str
    uidvalidity: int
    uid: int
    since_ms: int
    checked_at_ms: int


def messages_by_raw(replica: Replica, mailbox: str, blobs: Sequence[str]) -> dict[str, str]:
    """The messages whose raw bytes are known already, by blob."""
    found: dict[str, str] = {}
    for part in chunks(blobs):
        query = f"SELECT raw_blob, message FROM raw_seen WHERE mailbox = ? AND raw_blob IN ({marks(part)})"
        found.update(replica.database.execute_sql(query, [mailbox, *part]).fetchall())
    return found


def has_message(replica: Replica, message_id: str) -> bool:
    return bool(replica.database.execute_sql("SELECT 1 FROM message WHERE id = ?", (message_id,)).fetchone())


def known_messages(replica: Replica, message_ids: Sequence[str]) -> set[str]:
    """Those of these messages that are here."""
    found: set[str] = set()
    for part in chunks(message_ids):
        rows = replica.database.execute_sql(f"SELECT id FROM message WHERE id IN ({marks(part)})", part)
        found.update(row[0] for row in rows)
    return found


def erased_drafts(replica: Replica, drafts: Sequence[EventDraft]) -> set[str]:
    """Which of these mails (``message:ID``) were erased, or are of somebody whose mails up to a later time were."""
    if not has_any(replica.database):
        return set()
    return covering(replica.database, [draft.event() for draft in drafts])


def sent_messages(replica: Replica, header_ids: Sequence[str]) -> dict[str, str]:
    """Our own messages that bear one of these Message-IDs: id to Message-ID."""
    found: dict[str, str] = {}
    for part in chunks(header_ids):
        query = (
            "SELECT message.id, message.header_id FROM reference JOIN message ON message.id = reference.message "
            f"AND message.header_id = reference.header_id WHERE reference.header_id IN ({marks(part)}) "
            "AND message.direction = 'out'"
        )
        found.update(replica.database.execute_sql(query, part).fetchall())
    return found


def count_tickets(replica: Replica) -> int:
    return int(replica.database.execute_sql("SELECT COUNT(*) FROM ticket").fetchone()[0])


def remember_raw(replica: Replica, mailbox: str, known: Mapping[str, str]) -> None:
    replica.database.connection().executemany(
        "INSERT OR IGNORE INTO raw_seen (raw_blob, mailbox, message) VALUES (?, ?, ?)",
        [(name, mailbox, message) for name, message in known.items()],
    )


def remember_uids(
    replica: Replica,
    mailbox: str,
    folder: str,
    uidvalidity: int,
    outcomes: Mapping[int, str],
    *,
    only_new: bool = False,
) -> None:
    """What became of UIDs; with `only_new` what is known of them already stays."""
    how = "IGNORE" if only_new else "REPLACE"
    replica.database.connection().executemany(
        f"INSERT OR {how} INTO seen_uid (mailbox, folder, uidvalidity, uid, outcome) VALUES (?, ?, ?, ?, ?)",
        [(mailbox, folder, uidvalidity, uid, outcome) for uid, outcome in outcomes.items()],
    )


def known_uids(replica: Replica, mailbox: str, folder: str, uidvalidity: int, uids: Sequence[int]) -> set[int]:
    """Those of the UIDs that have been dealt with."""
    found: set[int] = set()
    for part in chunks(uids):
        query = (
            f"SELECT uid FROM seen_uid WHERE mailbox = ? AND folder = ? AND uidvalidity = ? AND uid IN ({marks(part)})"
        )
        rows = replica.database.execute_sql(query, [mailbox, folder, uidvalidity, *part])
        found.update(row[0] for row in rows)
    return found


def cursor(replica: Replica, mailbox: str, folder: str) -> Cursor | None:
    query = "SELECT folder, uidvalidity, uid, since_ms, checked_at_ms FROM cursor WHERE mailbox = ? AND folder = ?"
    row = replica.database.execute_sql(query, (mailbox, folder)).fetchone()
    return None if row is None else Cursor(*row)


def cursors(replica: Replica, mailbox: str) -> list[Cursor]:
    """Those of all folders of a mailbox that were read."""
    query = "SELECT folder, uidvalidity, uid, since_ms, checked_at_ms FROM cursor WHERE mailbox = ?"
    return [Cursor(*row) for row in replica.database.execute_sql(query, (mailbox,))]


def set_cursor(
    replica: Replica, mailbox: str, folder: str, uidvalidity: int, uid: int, since_ms: int, checked_at_ms: int
) -> None:
    replica.database.execute_sql(
        "INSERT OR REPLACE INTO cursor (mailbox, folder, uidvalidity, uid, since_ms, checked_at_ms) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (mailbox, folder, uidvalidity, uid, since_ms, checked_at_ms),
    )


def forget_numbers(replica: Replica, mailbox: str, folder: str) -> None:
    """Forget UIDs and mark of a folder, as if it had never been read; what came of its mails stays."""
    with replica.transaction():
        for table in ("seen_uid", "cursor"):
            replica.database.execute_sql(f"DELETE FROM {table} WHERE mailbox = ? AND folder = ?", (mailbox, folder))


def last_checked(replica: Replica, mailbox: str) -> int:
    """When this mailbox was last looked into, UTC ms; 0 for never."""
    row = replica.database.execute_sql("SELECT MAX(checked_at_ms) FROM cursor WHERE mailbox = ?", (mailbox,)).fetchone()
    return int(row[0] or 0)


def first_uid(replica: Replica, mailbox: str, folder: str, uidvalidity: int) -> int:
    """The lowest UID dealt with in a folder; 0 for none."""
    query = "SELECT MIN(uid) FROM seen_uid WHERE mailbox = ? AND folder = ? AND uidvalidity = ?"
    row = replica.database.execute_sql(query, (mailbox, folder, uidvalidity)).fetchone()
    return int(row[0] or 0)
