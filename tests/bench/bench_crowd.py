"""Twenty installations on one mailbox and one place, as real processes: what they see when, and that nothing is twice.

The server allows ten connections; the way to it is slow and breaks again and again while single mails come in.
"""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.report import Result, median, percentile
from tests.support.crowd import ADDRESS, Crowd, Place, crowd
from tests.support.dovecot import Dovecot
from tests.support.smtp_server import SmtpServer

CARRIERS = ("sqlite", "folder", "postgresql", "imap")
GOALS_S = {"sqlite": 5, "postgresql": 5, "folder": 15, "imap": 60}
TAKEN_OVER_S = {"sqlite": 30, "postgresql": 30, "folder": 30, "imap": 120}
CLIENTS, USUAL, QUICK = 20, 5_000, 100
CONNECTIONS = 10
IDLE_S, TRICKLE_S, CUT_EVERY_S = 6.0, 36.0, 12.0
DELAY_S = 0.02
PAIRS = 4
USER = "crowd"


def measure(*, quick: bool = False, count: int = 0, carrier: str = "", clients: int = 0) -> list[Result]:
    """A day of `clients` over each carrier, or the one named, with `count` mails at once."""
    clients, count = clients or (4 if quick else CLIENTS), count or (QUICK if quick else USUAL)
    return [result for name in ([carrier] if carrier else CARRIERS) for result in _measured(name, clients, count)]


def _measured(carrier: str, clients: int, count: int) -> list[Result]:
    folder = Path(tempfile.mkdtemp(prefix="crowd-"))
    try:
        with ExitStack() as stack:
            server = stack.enter_context(Dovecot(per_user=CONNECTIONS))
            smtp = stack.enter_context(SmtpServer(server))
            server.add_user(USER)
            place = stack.enter_context(place_of(carrier, folder))
            return Day(stack.enter_context(crowd(folder, clients, place, server, USER, smtp)), carrier, count).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def place_of(carrier: str, folder: Path) -> Iterator[Place]:
    """A place of a kind for a team."""
    if carrier == "postgresql":
        from tests.support.postgres import Postgres

        with Postgres() as server:
            password = server.add_user("desk")
            yield Place(server.add_database("team", "desk"), {"DESKHELP_TEAM_PASSWORD": password}, password)
        return
    (folder / "place").mkdir()
    ending = "/team.sqlite" if carrier == "sqlite" else ""
    yield Place(f"imap:{ADDRESS}" if carrier == "imap" else f"{carrier}://{folder / 'place'}{ending}")


class Day:
    """What happens to a crowd in a day, and what came of it."""

    def __init__(self, found: Crowd, carrier: str, count: int) -> None:
        self._crowd, self._carrier, self._count = found, carrier, count
        self._results: list[Result] = []

    def run(self) -> list[Result]:
        for part in (self.begin, self.flood, self.trickle, self.lose_the_fetcher, self.end):
            begun = time.monotonic()
            part()
            took_s, bodies = time.monotonic() - begun, self._crowd.bodies()
            print(f"  {part.__name__}: {took_s:.0f} s, {bodies:,} bodies so far", file=sys.stderr, flush=True)
        return self._results

    def _add(self, what: str, value: float, unit: str, goal: float, against: str = "", *readings: float) -> None:
        name = f"{what}, {len(self._crowd.clients)} over {self._carrier}"
        self._results.append(Result(name, value, unit, goal, False, against, readings))

    def begin(self) -> None:
        """All are switched on at the same time."""
        found = self._crowd
        for client in found.clients:
            client.start()
        found.until(lambda: all(client.is_in_touch for client in found.clients), 90)
        found.until(lambda: len(found.fetchers()) == 1, 90)
        before = [client.cpu_s() for client in found.clients]
        found.go_on(IDLE_S)
        used = [100 * (client.cpu_s() - spent) / IDLE_S for client, spent in zip(found.clients, before, strict=True)]
        memory = [client.memory_mb() for client in found.clients]
        self._add("an idle client, of a processor", median(used), "%", 1, f"the most {max(used):.1f} %", *used)
        self._add("memory of an idle client", median(memory), "MB", 100, "", *memory)

    def flood(self) -> None:
        """A whole mailbox arrives at once, and everybody works on what is there."""
        found = self._crowd
        found.mail(self._count)
        took_s = found.until(lambda: found.has_all_mail, 60 + self._count / 5, acts_a_s=2)
        found.until(lambda: not found.made, 150)
        seen = found.take_seen()
        what = "a change in the midst of a flood is with all, p95"
        against = f"{self._count:,} mails with all after {took_s:.0f} s; {_told(seen)}"
        self._add(what, percentile(seen, 0.95), "s", GOALS_S[self._carrier], against, *seen)

    def trickle(self) -> None:
        """Single mails come in over a slow line that breaks; everybody tags and answers."""
        found = self._crowd
        found.line.plan.delay_s = DELAY_S
        for _ in range(round(TRICKLE_S / CUT_EVERY_S)):
            found.go_on(CUT_EVERY_S, acts_a_s=1, mails_a_s=0.5)
            found.line.cut_all()
        self._answer_together()
        found.until(lambda: found.is_calm, 150)
        seen = found.take_seen()
        p95_s = percentile(seen, 0.95)
        self._add("a change is with all, p95", p95_s, "s", GOALS_S[self._carrier], _told(seen), *seen)
        held = sum(client.count("outbox WHERE state = 'held'") for client in found.clients)
        self._add("answers of two at the same time that left unseen", max(0, PAIRS - held), "", 0, f"{held} held")

    def _answer_together(self) -> None:
        """Two agents answer the same ticket at the same time."""
        found = self._crowd
        for first, second in zip(found.clients[:PAIRS], reversed(found.clients), strict=False):
            ticket = next(one for one in first.tickets() if one not in found.answered)
            for client in (first, second):
                found.answer(client, ticket)

    def lose_the_fetcher(self) -> None:
        """Whoever fetches is killed, and mail comes in."""
        found = self._crowd
        found.until(lambda: len(found.fetchers()) == 1, 90)
        (gone,) = found.fetchers()
        gone.end(signal.SIGKILL)
        gone.ended()
        begun = time.monotonic()
        found.mail()
        others = [client for client in found.clients if client is not gone]
        query = "message WHERE direction = 'in'"
        found.until(lambda: any(client.count(query) == found.mails for client in others), 240)
        took_s = time.monotonic() - begun
        self._add("somebody else fetches after a kill", took_s, "s", TAKEN_OVER_S[self._carrier])
        gone.start()

    def end(self) -> None:
        """Everything is with all, once."""
        found = self._crowd
        found.line.plan.delay_s = 0
        found.until(lambda: found.is_calm, 240)
        self._end_programs()
        mails = Counter(message.raw.partition(b"Message-ID: ")[2].partition(b"\r\n")[0] for message in found.smtp.mails)
        sent = sum(client.count("outbox WHERE state = 'sent'") for client in found.clients)
        not_once = abs(len(mails) - sent) + sum(times - 1 for times in mails.values())
        self._add("answers that left not exactly once", not_once, "", 0, f"of {len(found.replies)}, {sent} sent")
        bodies = found.bodies()
        self._add("bodies downloaded for a mail", bodies / found.mails, "", 1.1, f"{bodies:,} for {found.mails:,}")
        self._add("mails that are not one ticket", self._not_one_ticket(), "", 0, f"of {found.mails:,}")
        shown = found.troubles()
        refusals = {text: times for text, times in shown.items() if "later" in text or "connection left" in text}
        against = f"{found.refused()} times the server refused"
        self._add("refusals shown as errors", sum(refusals.values()), "", 0, against)
        print(f"  other troubles shown: {dict(shown - Counter(refusals))}", file=sys.stderr)
        reports = [client.check() for client in found.clients]
        problems = sum(len(report.problems) for report in reports)
        self._add("problems that a check finds", problems, "", 0, f"{reports[0].messages:,} messages each")
        states = len({report.state_hash for report in reports})
        self._add("states in the end", states, "", 1, reports[0].state_hash[:12])

    def _end_programs(self) -> None:
        for client in self._crowd.clients:
            client.end()
        for client in self._crowd.clients:
            client.ended()

    def _not_one_ticket(self) -> int:
        """Mails that are missing or doubled, or share a ticket, at the installation where most are."""
        query = "SELECT COUNT(*), COUNT(DISTINCT ticket) FROM message WHERE direction = 'in'"
        counts = [client.ask(query)[0] for client in self._crowd.clients]
        return max(max(abs(self._crowd.mails - number) for number in found) for found in counts)


def _told(seen: list[float]) -> str:
    return f"median {median(seen):.1f} s, the last {max(seen):.1f} s, of {len(seen)} changes"
