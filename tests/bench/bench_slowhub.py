"""The window while the team's place answers slowly: 20 ms for every file call, and a colleague who changes tickets."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from deskhelp.db import segments
from deskhelp.db.replica import Replica
from deskhelp.domain.events import about_ticket
from deskhelp.domain.segments import Hub, decode, encode_texts, texts_name
from deskhelp.services import team, team_exchange
from deskhelp.services.office import Office
from deskhelp.services.team_places import open_hub
from deskhelp.settings import open_profile
from tests.bench.make_replica import NOW_MS, replica_of
from tests.bench.report import Result, percentile
from tests.bench.testbed import CACHE, run_json

CHILD = "tests.bench.window_child"
DELAY_MS = 20
GOALS_MS = {"list": 50, "search": 200, "save": 50}
COLLEAGUE_EVERY_S = 1.0
USUAL, QUICK = 250_000, 20_000  # messages; two and a half to a ticket
CARRIERS = ("folder", "sqlite")


def measure(*, quick: bool = False, carrier: str = "") -> list[Result]:
    found = []
    for name in [carrier] if carrier else CARRIERS:
        folder = _profile_in_a_team(replica_of(QUICK if quick else USUAL), name)
        with Office.open(open_profile(folder)) as office:
            place = office.replica.meta("team_url")
            tickets = [row[0] for row in office.replica.database.execute_sql("SELECT id FROM ticket LIMIT 2000")]
        with tempfile.TemporaryDirectory() as made, _colleague(place, tickets, Path(made)):
            command = [sys.executable, "-m", CHILD, "slow", str(folder), str(DELAY_MS)]
            out = json.loads(run_json(command, QT_QPA_PLATFORM="offscreen").splitlines()[-1])
        found += [_result(what, name, out) for what in GOALS_MS]
    return found


def _result(what: str, carrier: str, out: dict[str, list[float]]) -> Result:
    taken, before = out[f"{what}_ms"], out[f"{what}_before_ms"]
    against = (
        f"p95 {percentile(before, 0.95):.0f} ms without the delay; {len(taken)} readings, "
        f"{out['calls'][0]:,.0f} calls held up, {out['pulled'][0]:,.0f} changes taken in"
    )
    name = f"{what}, with {DELAY_MS} ms more for each file call of the place ({carrier}), p95"
    return Result(name, percentile(taken, 0.95), "ms", GOALS_MS[what], False, against, tuple(taken))


def _profile_in_a_team(made: Path, carrier: str) -> Path:
    """A copy of the replica whose team has all of it at a place of this kind; kept for the next time."""
    folder = CACHE / f"{made.parent.name}-in-{carrier}"
    done = folder / "made"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "place").mkdir(parents=True)
        shutil.copyfile(made, folder / made.name)
        ending = "/team.sqlite" if carrier == "sqlite" else ""
        with Office.open(open_profile(folder)) as office:
            _own_all(office.replica)
            team.create(office, f"{carrier}://{folder / 'place'}{ending}")
            _exchange_all(office)
        done.touch()
    return folder


def _exchange_all(office: Office) -> None:
    """Exchange until all is packed too: what is measured is a place where a team has met for years."""
    while (done := team_exchange.exchange_with_team(lambda fn, *args: fn(office, *args))) and done.packed:
        print(f"packing: {done.removed:,} items removed", file=sys.stderr)


def _own_all(replica: Replica) -> None:
    """Have all events written here, so that they are handed over: they were made as if they came from elsewhere."""
    with replica.transaction():
        query = "UPDATE event SET origin = ?, seq = seq + 1000000 WHERE origin <> ?"
        replica.database.execute_sql(query, (replica.replica_id, replica.replica_id))


@contextmanager
def _colleague(place: str, tickets: list[str], folder: Path) -> Iterator[None]:
    """Somebody who changes a ticket each second and hands it over, at an ordinary speed."""
    stop = threading.Event()
    thread = threading.Thread(target=_work, args=(place, tickets, folder, stop), name="colleague")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _work(place: str, tickets: list[str], folder: Path, stop: threading.Event) -> None:
    with Replica.open(folder / "desk.sqlite") as replica, closing(open_hub(place)) as hub:
        turn = 0
        while not stop.wait(COLLEAGUE_EVERY_S):
            turn += 1
            about = about_ticket(tickets[turn % len(tickets)])
            draft = replica.field_draft(about, "priority", ("high", "low")[turn % 2], at_ms=NOW_MS, agent="colleague")
            replica.append([draft])
            _hand_over(replica, hub)


def _hand_over(replica: Replica, hub: Hub) -> None:
    segments.cut(replica)
    for name in sorted(segments.held(replica).unpushed):
        segment = decode(segments.segment_bytes(replica, name), name)
        if segment.text_blobs:
            hub.put(texts_name(name), encode_texts(segments.texts_of(replica, segment)))
        hub.put(name, segments.segment_bytes(replica, name))
        segments.mark_pushed(replica, [name])
