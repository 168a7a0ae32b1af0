"""Full-text search: a contentless FTS5 table of stems, rowid = message.n."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from peewee import SqliteDatabase

from deskhelp.domain.words import shadow

from .rows import IndexWords, people_text

SHADOWS: Final = tuple(f"message_fts_{end}" for end in ("data", "idx", "docsize", "config"))
"""The tables in which SQLite keeps the index."""


def index_messages(database: SqliteDatabase, rows: Sequence[tuple[int, *IndexWords]]) -> None:
    """Add messages to the index: the number of each (message.n) and its words."""
    database.connection().executemany(
        "INSERT INTO message_fts (rowid, subject, text, people, files) VALUES (?, ?, ?, ?, ?)", rows
    )


def forget_messages(database: SqliteDatabase, numbers: Sequence[int]) -> None:
    """Take messages out; a contentless index must be told the words that it had for them."""
    rows = [(number, *words) for number in numbers if (words := words_of(database, number))]
    database.connection().executemany(
        "INSERT INTO message_fts (message_fts, rowid, subject, text, people, files) VALUES ('delete', ?, ?, ?, ?, ?)",
        rows,
    )


def clear_index(database: SqliteDatabase) -> None:
    database.execute_sql("INSERT INTO message_fts (message_fts) VALUES ('delete-all')")


def words_of(database: SqliteDatabase, number: int) -> IndexWords | None:
    """The words of a stored message."""
    query = "SELECT id, subject, text, sender_name, sender_address, people FROM message WHERE n = ?"
    found = database.execute_sql(query, (number,)).fetchone()
    if found is None:
        return None
    message_id, subject, text, name, address, people = found
    files = database.execute_sql("SELECT name FROM attachment WHERE message = ? ORDER BY part", (message_id,))
    everybody = people_text(name, address, people)
    return shadow(subject), shadow(text), shadow(everybody), shadow(" ".join(row[0] for row in files))
