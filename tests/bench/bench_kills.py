"""SIGKILL at random moments of taking in, sending, and of a team that does both and exchanges over each carrier."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.report import Result
from tests.bench.striking import Tally, own_folder, real_servers
from tests.faults.killing import Killer
from tests.faults.random_kills import import_killed, sending_killed
from tests.faults.scene import Servers
from tests.faults.teamwork import Teamwork
from tests.support.postgres import Postgres

USUAL, QUICK, AT_ONCE = 2_000, 80, 50
CARRIERS = ("folder", "sqlite", "postgresql", "imap")
Work = Callable[[Path, Servers, int, int], None]
"""Works in a folder with servers, by a seed, until so many runs were killed."""


def measure(*, quick: bool = False, count: int = 0, first: int = 0) -> list[Result]:
    """Kill `count` times: a quarter of them imports, a quarter sendings, an eighth a team over each carrier."""
    count = count or (QUICK if quick else USUAL)
    with real_servers() as new, _databases() as database:
        results = [
            _measured("while taking in", _taking_in, new, count // 4, first),
            _measured("while sending", _sending, new, count // 4, first),
        ]
        for carrier in CARRIERS:
            work = _team_over(carrier, database)
            results.append(_measured(f"of a team over {carrier}", work, new, count // 8, first))
    return results


def _measured(what: str, work: Work, new: Callable[[], Servers], count: int, first: int) -> Result:
    """So many kills, some at a time, each time from the beginning."""
    tally = Tally(f"series of kills {what}")
    for seed, begin in enumerate(range(0, count, AT_ONCE), first):
        with own_folder() as folder:
            tally.attempt(f"by seed {seed}", work, folder, new(), seed, min(AT_ONCE, count - begin))
    return tally.result("series", f", {count:,} kills")


def _taking_in(folder: Path, _: Servers, seed: int, kills: int) -> None:
    with Killer({}, seed) as killer:
        import_killed(killer, folder, kills)


def _sending(folder: Path, servers: Servers, seed: int, kills: int) -> None:
    with Killer(servers.environment, seed) as killer:
        sending_killed(killer, folder, servers, kills)


def _team_over(carrier: str, database: Callable[[], tuple[str, str]]) -> Work:
    def work(folder: Path, servers: Servers, seed: int, kills: int) -> None:
        (folder / "place").mkdir()
        environment = servers.environment
        url = f"{carrier}://{folder / 'place'}" + ("/team.sqlite" if carrier == "sqlite" else "")
        if carrier == "imap":
            url = "imap:support"
        if carrier == "postgresql":
            url, environment["DESKHELP_TEAM_PASSWORD"] = database()
        with Killer(environment, seed) as killer:
            office = Teamwork(killer, folder, url, servers)
            office.work(kills)
            office.end()

    return work


@contextlib.contextmanager
def _databases() -> Iterator[Callable[[], tuple[str, str]]]:
    """Gives one empty database after the other: its address and the password."""
    made: list[str] = []
    with Postgres() as server:
        server.add_user("desk")

        def new() -> tuple[str, str]:
            made.append(f"kills{len(made)}")
            return server.add_database(made[-1], "desk"), server.password("desk")

        yield new
