"""Making the projection anew from the log."""

from __future__ import annotations

from typing import Final

from peewee import SqliteDatabase

from . import search
from .log import read_events
from .models import PROJECTION_TABLES
from .projection import project

_BATCH: Final = 1000


def rebuild_projection(database: SqliteDatabase) -> None:
    """Fold all events again, in one transaction: the projection is the old one or the new one, never half."""
    with database.atomic():
        for table in PROJECTION_TABLES:
            database.execute_sql(f"DELETE FROM `{table._meta.table_name}`")
        search.clear_index(database)
        last = 0
        while numbers := _next_numbers(database, last):
            project(database, read_events(database, "n BETWEEN ? AND ?", (numbers[0], numbers[-1])))
            last = numbers[-1]


def _next_numbers(database: SqliteDatabase, last: int) -> list[int]:
    rows = database.execute_sql("SELECT n FROM event WHERE n > ? ORDER BY n LIMIT ?", (last, _BATCH))
    return [row[0] for row in rows]
