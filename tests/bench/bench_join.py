"""A new laptop in a large team: how long until it has everything, by a snapshot through a folder.

The office of `make_replica` founds a team, makes its snapshot and puts it; then an empty installation joins. What it
has in the end is compared by the hash of its state.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deskhelp.db import segments
from deskhelp.db.check import state_hash
from deskhelp.services import team, team_exchange
from deskhelp.services.office import Office
from deskhelp.services.team_snapshots import Snapshots
from deskhelp.settings import open_profile
from tests.bench.make_replica import replica_of
from tests.bench.report import Result
from tests.bench.testbed import CACHE

MESSAGES, QUICK = 250_000, 20_000
GOAL_S = 60.0


def measure(*, quick: bool = False) -> list[Result]:
    source = replica_of(QUICK if quick else MESSAGES)
    with tempfile.TemporaryDirectory(dir=CACHE) as root:
        return _measured(source, Path(root))


def _measured(source: Path, root: Path) -> list[Result]:
    place = root / "place"
    place.mkdir()
    url = f"folder://{place}"
    made_s, tickets, events = _found(source, root / "anna", url)
    size = sum(path.stat().st_size for path in place.glob("snap/*/*/*"))
    joined_s, searched_s, found = _join(root / "boris", url)
    wanted = _heard_of(root / "anna")
    what = f"{tickets:,} tickets, {events:,} events"
    parcel = f"a snapshot of {size / 1e6:,.0f} MB, which was made and put in {made_s:,.0f} s"
    return [
        Result(f"a new laptop, until all can be searched ({what})", joined_s, "s", GOAL_S, False, parcel),
        Result("and its first search for a word", searched_s, "s", 1.0, False),
        Result("its state hash is that of the others", float(found == wanted), "", 1.0, True),
    ]


def _found(source: Path, root: Path, url: str) -> tuple[float, int, int]:
    """Found the team, with all in its place; how long making the snapshot took, and how much it is."""
    profile = open_profile(root)
    shutil.copyfile(source, profile.database)
    _call_it_own(profile.database)
    with Office.open(profile) as office:
        team.create(office, url)
        office.replica.database.execute_sql("PRAGMA synchronous = OFF")
        segments.cut(office.replica)
        office.replica.database.execute_sql("PRAGMA synchronous = FULL")
        _exchange(office)
        begun = time.monotonic()
        _exchange(office, Snapshots(at_once=True))
        made_s = time.monotonic() - begun
        counted = office.replica.database.execute_sql(
            "SELECT (SELECT COUNT(*) FROM ticket), (SELECT COUNT(*) FROM event)"
        )
        return made_s, *counted.fetchone()


def _heard_of(root: Path) -> str:
    """The state of the founder once the new laptop was heard of, which tells its name."""
    with Office.open(open_profile(root)) as office:
        _exchange(office)
        return state_hash(office.replica)


def _call_it_own(database: Path) -> None:
    """What was made for measuring has an origin of its own; who founds a team wrote or read all of it."""
    handle = sqlite3.connect(database)
    (own,) = handle.execute("SELECT value FROM meta WHERE name = 'replica'").fetchone()
    (last,) = handle.execute("SELECT COALESCE(MAX(seq), 0) FROM event WHERE origin = ?", (own,)).fetchone()
    handle.execute("UPDATE event SET origin = ?, seq = seq + ? WHERE origin = 'bench'", (own, last))
    handle.commit()
    handle.close()


def _join(root: Path, url: str) -> tuple[float, float, str]:
    with Office.open(open_profile(root)) as office:
        begun = time.monotonic()
        team.join(office, url)
        _exchange(office)
        joined_s = time.monotonic() - begun
        query = "SELECT COUNT(*) FROM message_fts WHERE message_fts MATCH ?"
        begun = time.monotonic()
        (found,) = office.replica.database.execute_sql(query, ("printer OR принтер",)).fetchone()
        assert found
        return joined_s, time.monotonic() - begun, state_hash(office.replica)


def _exchange(office: Office, snapshots: Snapshots | None = None) -> None:
    def call(fn: Callable[..., Any], *args: Any) -> Any:
        return fn(office, *args)

    done = team_exchange.exchange_with_team(call, snapshots=snapshots)
    assert done is not None
    assert not done.troubles, done.troubles
