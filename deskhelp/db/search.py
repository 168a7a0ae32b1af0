"""Full-text search: a contentless FTS5 table of stems, rowid = message.n."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from peewee import SqliteDatabase

from deskhelp.domain.words import shadow

SHADOWS: Final = tuple(f"message_fts_{end}" for end in ("data", "idx", "docsize", "config"))
"""The tables in which SQLite keeps the index."""
Row = tuple[int, str, str, str, str]
"""message.n, subject, text, people, attachment names."""


def index_messages(database: SqliteDatabase, rows: Sequence[Row]) -> None:
    """Add messages to the index."""
    database.connection().executemany(
        "INSERT INTO message_fts (rowid, subject, text, people, files) VALUES (?, ?, ?, ?, ?)", _shadows(rows)
    )


def forget_messages(database: SqliteDatabase, numbers: Sequence[int]) -> None:
    """Take messages out; a contentless index must be told the words that it had for them."""
    rows = [row for number in numbers if (row := row_of(database, number))]
    database.connection().executemany(
        "INSERT INTO message_fts (message_fts, rowid, subject, text, people, files) VALUES ('delete', ?, ?, ?, ?, ?)",
        _shadows(rows),
    )


def clear_index(database: SqliteDatabase) -> None:
    database.execute_sql("INSERT INTO message_fts (message_fts) VALUES ('delete-all')")


def _shadows(rows: Sequence[Row]) -> list[tuple[int, str, str, str, str]]:
    return [
        (n, shadow(subject), shadow(text), shadow(people), shadow(files)) for n, subject, text, people, files in rows
    ]


def row_of(database: SqliteDatabase, number: int) -> Row | None:
    """What is indexed of a stored message."""
    query = "SELECT id, subject, text, sender_name, sender_address, people FROM message WHERE n = ?"
    found = database.execute_sql(query, (number,)).fetchone()
    if found is None:
        return None
    message_id, subject, text, name, address, people = found
    files = database.execute_sql("SELECT name FROM attachment WHERE message = ? ORDER BY part", (message_id,))
    return (number, subject, text, people_text(name, address, people), " ".join(row[0] for row in files))


def people_text(name: str, address: str, people: str) -> str:
    """The names and addresses of everybody on a message, for the index; `people` is the column's JSON."""
    groups = json.loads(people)
    others = [part for group in sorted(groups) for person in groups[group] for part in person]
    return " ".join([name, address, *others])
