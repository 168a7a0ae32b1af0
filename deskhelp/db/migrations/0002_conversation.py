"""Outlook's name of a conversation, by which answers find their ticket. Frozen, as all migrations."""

from __future__ import annotations

from typing import Any

STATEMENTS = ("ALTER TABLE message ADD COLUMN conversation TEXT NOT NULL DEFAULT ''",)


def up(_migrator: Any, database: Any) -> None:
    for statement in STATEMENTS:
        database.execute_sql(statement)
