"""The local replica and the team's hubs: peewee models, migrations, event log, queries and search."""

from __future__ import annotations

import sys
from typing import Any, Final

_DRIVERS: Final = ("psycopg", "psycopg2", "psycopg2cffi")


def _import_peewee_alone() -> None:
    """Have peewee without the PostgreSQL drivers that it would load, which takes as long as all else of a start.

    `hub_postgres` hands psycopg to peewee where it is wanted.
    """
    modules: dict[str, Any] = sys.modules
    hidden = [name for name in _DRIVERS if name not in modules]
    modules.update(dict.fromkeys(hidden))  # None: an import of it fails
    try:
        import peewee  # noqa: F401
    finally:
        for name in hidden:
            del modules[name]


_import_peewee_alone()
