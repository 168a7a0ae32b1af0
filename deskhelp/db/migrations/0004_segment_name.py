"""Segments by their names, which say their content: clones may have written two with one number. Frozen, as all."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "CREATE TABLE segment_named (name TEXT NOT NULL PRIMARY KEY, origin TEXT NOT NULL, seq INTEGER NOT NULL, "
    "last_event INTEGER NOT NULL, is_pushed INTEGER NOT NULL, data BLOB NOT NULL)",
    "INSERT INTO segment_named SELECT 'seg/' || origin || '/' || printf('%010d', seq) || '-' || "
    "lower(hex(substr(data, -32, 16))), origin, seq, last_event, is_pushed, data FROM segment",
    "DROP TABLE segment",
    "ALTER TABLE segment_named RENAME TO segment",
    "CREATE INDEX segment_origin_seq ON segment (origin, seq)",
)


def up(_migrator: Any, database: Any) -> None:
    for statement in STATEMENTS:
        database.execute_sql(statement)
