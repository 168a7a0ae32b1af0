"""What was erased, and by the hash of an address whose it was; who is named in notes. Frozen, as all migrations."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "CREATE TABLE erased (about VARCHAR(255) NOT NULL PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE erased_person (person VARCHAR(255) NOT NULL PRIMARY KEY, until_ms INTEGER NOT NULL) WITHOUT ROWID",
    "ALTER TABLE message ADD COLUMN mentions TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX message_mentions ON message (ticket) WHERE mentions != ''",
)


def up(_migrator: Any, database: Any) -> None:
    for statement in STATEMENTS:
        database.execute_sql(statement)
