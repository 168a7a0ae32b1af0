"""Packs in the team's place, and which segments lie in them. Frozen, as all."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "CREATE TABLE pack (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL)",
    "CREATE UNIQUE INDEX pack_name ON pack (name)",
    "ALTER TABLE segment ADD COLUMN pack INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX segment_loose ON segment (name, is_pushed) WHERE pack = 0",
    "CREATE INDEX segment_origin_last_event ON segment (origin, last_event)",
)


def up(_migrator: Any, database: Any) -> None:
    for statement in STATEMENTS:
        database.execute_sql(statement)
