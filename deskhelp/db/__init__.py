"""The local replica and the team's hubs: peewee models, migrations, event log, queries and search."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from typing import Final

_DRIVERS: Final = frozenset({"psycopg", "psycopg2", "psycopg2cffi"})


class _PeeweeAlone(MetaPathFinder):
    """Lets peewee be loaded without the PostgreSQL drivers, which would take as long as all else of a start.

    `hub_postgres` hands psycopg to peewee where it is wanted.
    """

    def find_spec(self, fullname: str, path: Sequence[str] | None = None, target: object = None) -> None:
        if fullname in _DRIVERS and _is_peewee_loading():
            raise ModuleNotFoundError(f"{fullname} is loaded later", name=fullname)


def _is_peewee_loading() -> bool:
    peewee = sys.modules.get("peewee")
    return peewee is not None and not hasattr(peewee, "Model")


sys.meta_path.insert(0, _PeeweeAlone())
