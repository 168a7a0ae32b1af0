"""A crowd: installations of one team, each a `deskhelp sync --watch` of its own, and beside each an agent's script.

The scripts run here and change the same profiles through `deskhelp.services`; what arrives is read from the files.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from deskhelp.db.check import CheckReport
from deskhelp.db.troubles import ReplicaTrouble
from deskhelp.domain.entities import Agent
from deskhelp.domain.events import MAIL_RECEIVED
from deskhelp.domain.identity import digest
from deskhelp.domain.presence import claims_of
from deskhelp.domain.status import Priority, Status
from deskhelp.services import accounts, catalog, desk, passwords, sending, team, writing
from deskhelp.services.accounts import AccountForm
from deskhelp.services.maintenance import check
from deskhelp.services.office import Office
from deskhelp.services.team_places import meeting_place
from deskhelp.settings import Settings, open_profile, save_settings

from .dovecot import Dovecot, dies_with_parent
from .proxy import Proxy
from .smtp_server import SmtpServer

ADDRESS = "support@desk.example"
TICK_S = 0.05
WORDS = ("printer", "network", "invoice", "contract", "password", "screen", "cable", "server", "licence", "refund")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the crowd meets, and what its programs need in their environment for that."""

    url: str
    environment: dict[str, str] = field(default_factory=dict)
    password: str | None = None


@dataclass(slots=True)
class Made:
    """A change of an agent: when it was made, and when each installation had it, by `time.monotonic`."""

    at_s: float
    seen: dict[int, float] = field(default_factory=dict)

    @property
    def took_s(self) -> float:
        """How long it took until the last of them had it."""
        return max(self.seen.values()) - self.at_s


def crowd_mail(number: int) -> bytes:
    """A mail of some 2 kB; each has a sender and a matter of its own."""
    chance = random.Random(number)
    words = " ".join(chance.choice(WORDS) for _ in range(250))
    lines = "\r\n".join(words[at : at + 70] for at in range(0, len(words), 70))
    return (
        f"From: Customer {number} <c{number}@customer{number}.example>\r\nTo: {ADDRESS}\r\n"
        f"Subject: Matter {number}: {words[:30]}\r\nMessage-ID: <crowd.{number}@customer.example>\r\n"
        f"Date: Tue, 24 Nov 2026 {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02} +0000\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{lines}\r\n"
    ).encode()


class Client:
    """One installation: its program, its files, and the script of its agent."""

    def __init__(self, number: int, root: Path, environment: dict[str, str]) -> None:
        self.number, self.root = number, root
        self._environment = environment
        self._starts = itertools.count()
        self.said: list[Path] = []
        self.office = Office.open(open_profile(root))
        self.id = self.office.replica.replica_id
        self._eyes = sqlite3.connect(f"file:{self.office.profile.database}?mode=ro", uri=True)
        self.process: subprocess.Popen[bytes] | None = None
        self._last = 0

    # ---- the program

    def start(self) -> None:
        self.said.append(self.root / f"said-{next(self._starts)}.jsonl")
        with self.said[-1].open("wb") as out, self.said[-1].with_suffix(".err").open("wb") as err:
            command = [sys.executable, "-m", "deskhelp", "--profile", str(self.root), "--json", "sync", "--watch"]
            self.process = subprocess.Popen(
                [*dies_with_parent(), *command], stdout=out, stderr=err, env={**os.environ, **self._environment}
            )

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)

    def ended(self, patience_s: float = 30.0) -> int:
        assert self.process is not None
        code = self.process.wait(patience_s)
        self.process = None
        return code

    def lines(self) -> list[dict[str, Any]]:
        """What its programs have said so far."""
        return [line for path in self.said for line in _lines_of(path)]

    @property
    def is_in_touch(self) -> bool:
        """Whether it has met the team since it was started last."""
        return any((line.get("team") or {}).get("reached") for line in _lines_of(self.said[-1]))

    def cpu_s(self) -> float:
        """The processor time that its program has taken so far, with that of its children that ended."""
        assert self.process is not None
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(int(fields[at]) for at in (11, 12, 13, 14)) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """The memory that its program holds, what it shares with others by its part."""
        assert self.process is not None
        for line in Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
        return 0.0

    # ---- its files

    def ask(self, query: str, *values: Any) -> list[Any]:
        return self._eyes.execute(query, values).fetchall()

    def count(self, what: str) -> int:
        return int(self.ask(f"SELECT COUNT(*) FROM {what}")[0][0])

    def news(self) -> list[str]:
        """The ids of the events that came since the last call."""
        rows = self.ask("SELECT n, id FROM event WHERE n > ? ORDER BY n", self._last)
        if rows:
            self._last = rows[-1][0]
        return [row[1] for row in rows]

    def tickets(self) -> list[str]:
        return [row[0] for row in self.ask("SELECT id FROM ticket")]

    # ---- its agent

    def act(self, fn: Callable[..., Any], *args: Any) -> list[str]:
        """``fn(office, *args)``; the ids of the events that it made, not those of mail that came in meanwhile."""
        self.office.replica.bind()  # one thread works at all of them
        (before,) = self.ask("SELECT COALESCE(MAX(seq), 0) FROM event WHERE origin = ?", self.id)[0]
        fn(self.office, *args)
        query = "SELECT id FROM event WHERE origin = ? AND seq > ? AND kind != ?"
        return [row[0] for row in self.ask(query, self.id, before, MAIL_RECEIVED)]

    def check(self) -> CheckReport:
        """What `deskhelp check` finds."""
        self.office.replica.bind()
        return check(self.office)

    def close(self) -> None:
        self._eyes.close()
        self.office.close()


class Crowd:
    """Clients on one mailbox and one place. Their way to the mailbox is `line`, which a test may cut and slow."""

    def __init__(
        self, clients: Sequence[Client], place: Place, server: Dovecot, user: str, line: Proxy, smtp: SmtpServer
    ) -> None:
        self.clients = list(clients)
        self.line, self.smtp = line, smtp
        self._server, self._user, self._place = server, user, place
        self._chance = random.Random(1)
        self._never = threading.Event()
        self.mails = 0
        self.made: dict[str, Made] = {}
        self.seen: list[Made] = []
        self.answered: set[str] = set()
        self.replies: set[str] = set()

    # ---- what happens to it

    def mail(self, count: int = 1) -> None:
        """So many mails arrive."""
        self._server.drop_in(self._user, *(crowd_mail(self.mails + more) for more in range(count)))
        self.mails += count

    def agent_acts(self) -> None:
        """One of the agents does one of the things that agents do, where there is a ticket."""
        with contextlib.suppress(ReplicaTrouble):  # the program takes in mail by the hundred: try again in a moment
            self._agent_acts()

    def _agent_acts(self) -> None:
        client = self._chance.choice(self.clients)
        tickets = client.tickets()
        if client.process is None or not tickets:
            return
        ticket = self._chance.choice(tickets)
        what = self._chance.random()
        if what < 0.3 and ticket not in self.answered:
            self.answer(client, ticket)
        elif what < 0.7:
            self._note(client.act(_tag, ticket, f"{self._chance.choice(WORDS)}-{client.number}"))
        elif what < 0.85:
            self._note(client.act(desk.set_priority, [ticket], self._chance.choice(list(Priority))))
        else:
            self._note(client.act(desk.set_status, [ticket], self._chance.choice([Status.OPEN, Status.PENDING])))

    def answer(self, client: Client, ticket: str) -> None:
        self._note(client.act(self._reply, ticket))
        self.answered.add(ticket)

    def _reply(self, office: Office, ticket: str) -> None:
        draft = replace(writing.start(office, ticket, "reply"), text=f"It is done, says {office.agent.name}.")
        self.replies.add(sending.send(office, draft, send_now=True).message)

    def _note(self, events: list[str]) -> None:
        now_s = time.monotonic()
        self.made.update((event, Made(now_s)) for event in events)

    # ---- watching it

    def look(self) -> None:
        """Note what has arrived where."""
        for client in self.clients:
            for event in client.news():
                made = self.made.get(event)
                if made is not None:
                    made.seen[client.number] = time.monotonic()
                    if len(made.seen) == len(self.clients):
                        self.seen.append(self.made.pop(event))

    def take_seen(self) -> list[float]:
        """How long each change took that all have since the last call, in seconds."""
        seen, self.seen = self.seen, []
        return [made.took_s for made in seen]

    def go_on(self, seconds: float, acts_a_s: float = 0.0, mails_a_s: float = 0.0) -> None:
        """Let time pass, with so many acts and mails in it, evenly."""
        begun = time.monotonic()
        acts = mails = 0
        while (passed := time.monotonic() - begun) < seconds:
            if acts < passed * acts_a_s:
                acts += 1
                self.agent_acts()
            if mails < passed * mails_a_s:
                mails += 1
                self.mail()
            self.look()
            self._never.wait(TICK_S)

    def until(self, holds: Callable[[], bool], patience_s: float, acts_a_s: float = 0.0) -> float:
        """Watch until something is true; how many seconds that took."""
        begun = time.monotonic()
        while not holds():
            assert time.monotonic() - begun < patience_s, self.state()
            self.go_on(0.2, acts_a_s)
        self.look()
        return time.monotonic() - begun

    def state(self) -> dict[str, Any]:
        """How things stand, for whoever has to find out why they do not go on."""
        return {
            "mails": self.mails,
            "taken in": [client.count("message WHERE direction = 'in'") for client in self.clients],
            "events": [client.count("event") for client in self.clients],
            "waiting": [client.count(f"outbox WHERE {WAITS}") for client in self.clients],
            "on their way": len(self.made),
            "said": [client.lines()[-1:] for client in self.clients],
        }

    @property
    def has_all_mail(self) -> bool:
        """Whether all have all mails as tickets."""
        return all(client.count("message WHERE direction = 'in'") == self.mails for client in self.clients)

    @property
    def is_calm(self) -> bool:
        """Whether all have everything, and no answer waits to leave."""
        if self.made or not self.has_all_mail or any(client.count(f"outbox WHERE {WAITS}") for client in self.clients):
            return False
        return len({client.count("event") for client in self.clients}) == 1

    def fetchers(self) -> list[Client]:
        """Who says in the team's place that it fetches the mail."""
        office = self.clients[0].office
        office.replica.bind()
        with contextlib.closing(meeting_place(office, self._place.url).open(self._place.password)) as hub:
            holders = {name for name, note in hub.heard().items() if _holds(note)}
        return [client for client in self.clients if client.id in holders]

    def troubles(self) -> Counter[str]:
        """What was shown of troubles, and how many times."""
        found: Counter[str] = Counter()
        for client in self.clients:
            for line in client.lines():
                found.update(filter(None, (line["trouble"], (line["team"] or {}).get("trouble"))))
        return found

    def refused(self) -> int:
        """How many times the server refused another connection."""
        return (self._server.folder / "dovecot.log").read_text(errors="replace").count("Maximum number of connections")

    def bodies(self) -> int:
        """How many times the server has handed over one of the mails."""
        return sum(talk.count(b"Message-ID: <crowd.") for talk in self._server.talks(self._user))


def _lines_of(path: Path) -> list[dict[str, Any]]:
    whole = path.read_text().rpartition("\n")[0]  # the last one may be on its way
    return [json.loads(line) for line in whole.splitlines()]


def _holds(note: bytes) -> bool:
    return any(fetching.holds for fetching in claims_of(note).values())


WAITS = "state IN ('queued', 'deferred', 'sending')"


def _tag(office: Office, ticket: str, name: str) -> None:
    desk.tag(office, [ticket], add=[name])


@contextmanager
def crowd(folder: Path, count: int, place: Place, server: Dovecot, user: str, smtp: SmtpServer) -> Iterator[Crowd]:
    """`count` installations in one team, not started yet."""
    server.keep_talks(user)
    with ExitStack() as stack:
        line = stack.enter_context(Proxy(server.tls_port))
        environment = {"DESKHELP_PASSWORD": server.password(user), **place.environment}
        form = AccountForm(
            "Support",
            ADDRESS,
            f"imaps://{user}@127.0.0.1:{line.port}",
            f"smtps://{user}@127.0.0.1:{smtp.tls_port}",
            str(server.ca_file),
        )
        clients = []
        for number in range(count):
            root = folder / f"client{number:02}"
            save_settings(open_profile(root), Settings(undo_send_s=0))
            client = Client(number, root, environment)
            stack.callback(client.close)
            _found(client.office, number, form, server.password(user), place)
            clients.append(client)
        found = Crowd(clients, place, server, user, line, smtp)
        try:
            yield found
        finally:
            for client in found.clients:
                if client.process is not None:
                    client.process.kill()
                    client.process.wait()


def _found(office: Office, number: int, form: AccountForm, password: str, place: Place) -> None:
    """Connect the mailbox, and be in the team."""
    agent = Agent(digest("agent", str(number)), f"Agent {number}")
    catalog.save(office, agent)
    catalog.set_agent(office, agent.id)
    passwords.keep(accounts.add(office, form).id, password, remember=False)
    (team.join if number else team.create)(office, place.url, place.password)
