"""An office of three installations whose programs are killed all the time: while they fetch, send, exchange and act.

Who works knows only what the program has confirmed: that must be there in the end, on each installation, once.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final

from .killing import Ended, Killer
from .scene import Servers, done, header_ids, mail, outbox_states

NAMES: Final = ("anna", "boris", "clara")
_ROUNDS: Final = 8
_KILLED: Final = 0.7
"""How often a run is killed, if it can be."""
_FIRST_S: Final = 0.3
_TAGS: Final = "SELECT json_extract(data, '$.name') FROM ticket_tag JOIN entity ON kind = 'tag' AND id = tag"
_ACTS: Final = {"sync": 50, "mail": 12, "new": 8, "note": 8, "tag": 8, "reply": 12, "retry": 3, "set": 4, "erase": 1}


class Teamwork:
    """Works until so many runs were killed; `end` looks at everything."""

    def __init__(self, killer: Killer, folder: Path, url: str, servers: Servers) -> None:
        self._killer, self._folder, self._url, self._servers = killer, folder, url, servers
        self._took_s: dict[str, float] = defaultdict(lambda: _FIRST_S)
        self._mails = self._number = 0
        self._subjects: dict[str, bool] = {}
        self._notes: dict[str, bool] = {}
        self._tags: dict[str, bool] = {}
        self._answers: dict[str, set[str]] = {name: set() for name in NAMES}
        self._erased: dict[int, bool] = {}
        for name in NAMES:
            servers.connect(killer, self._profile(name))
            self._belong(name)

    def work(self, kills: int) -> None:
        """Go on until so many runs were killed."""
        wanted = self._killer.kills + kills
        acts, weights = list(_ACTS), list(_ACTS.values())
        while self._killer.kills < wanted:
            (act,) = self._killer.random.choices(acts, weights)
            getattr(self, f"_{act}")(self._killer.random.choice(NAMES))

    # -- acts ----------------------------------------------------------------------------------

    def _belong(self, name: str) -> None:
        """Found the team or join it, however often that is killed."""
        word = "create" if name == NAMES[0] else "join"
        while self._killer.run(self._profile(name), "team", "status").status:
            ended = self._strike("belong", name, "team", word, self._url)
            if "Join it instead" in ended.err:  # founded by a run that was killed before it could say so
                word = "join"
            else:
                assert ended.killed or ended.status == 0, ended

    def _sync(self, name: str) -> None:
        self._confirmed("sync", name, "sync", "--once")

    def _mail(self, _: str) -> None:
        count = self._killer.random.randint(1, 3)
        self._servers.user.append(*(mail(number) for number in range(self._mails, self._mails + count)))
        self._mails += count

    def _new(self, name: str) -> None:
        subject = f"Call {self._next()}"
        words = ("--from", "caller@customer.example", "--subject", subject, "--text", "It rings.")
        self._subjects[subject] = self._confirmed("new", name, "new", *words)

    def _note(self, name: str) -> None:
        if ticket := self._some_ticket(name):
            text = f"Note {self._next()}."
            self._notes[text] = self._confirmed("note", name, "note", ticket, "--text", text)

    def _tag(self, name: str) -> None:
        if ticket := self._some_ticket(name):
            tag = f"tag-{self._next()}"
            self._tags[tag] = self._confirmed("tag", name, "tag", ticket, f"+{tag}")

    def _set(self, name: str) -> None:
        if ticket := self._some_ticket(name):
            status = self._killer.random.choice(("open", "pending", "solved"))
            self._confirmed("set", name, "set", ticket, f"status={status}")

    def _reply(self, name: str) -> None:
        if ticket := self._some_ticket(name):
            ended = self._strike("reply", name, "reply", ticket, "--text", "We look at it.", "--send-now")
            if not ended.killed:
                self._answers[name].add(done(ended)["message"])

    def _retry(self, name: str) -> None:
        """Send what was held as the ticket had news; what is uncertain is nobody's to send again here."""
        held = self._column(name, "SELECT message FROM outbox WHERE state = 'held'")
        if held:
            self._confirmed("retry", name, "outbox", "retry", self._killer.random.choice(held))

    def _erase(self, name: str) -> None:
        """A customer whom nobody has answered."""
        number = self._killer.random.randrange(1, max(self._mails, 2))
        if number % 10 == 9:
            is_done = self._confirmed("erase", name, "erase", _address(number), "--yes")
            self._erased[number] = self._erased.get(number, False) or is_done

    def _some_ticket(self, name: str) -> str:
        """One that nobody will erase, "" if there is none yet."""
        query = "SELECT id FROM ticket WHERE requester_address LIKE 'c%' AND requester_address NOT LIKE '%9@%'"
        found = self._column(name, query)
        return str(self._killer.random.choice(found)) if found else ""

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _confirmed(self, act: str, name: str, *words: str) -> bool:
        """Whether the program came to its end; then it must have gone well."""
        ended = self._strike(act, name, *words)
        if not ended.killed:
            said = done(ended)
            assert act != "sync" or said["team"]["said"] == [], said
        return not ended.killed

    def _strike(self, act: str, name: str, *words: str) -> Ended:
        """A run that is probably killed, at a moment of the time that such runs take."""
        profile = self._profile(name)
        if self._killer.random.random() < _KILLED:
            return self._killer.run_and_kill(profile, *words, within_s=1.1 * self._took_s[act])
        ended = self._killer.run(profile, *words)
        self._took_s[act] = 0.7 * self._took_s[act] + 0.3 * ended.took_s
        return ended

    # -- the end -------------------------------------------------------------------------------

    def end(self) -> None:
        """Exchange until nothing moves, with nobody killed, and look at everything."""
        self._exchange_all()
        for number in self._erased:  # as who was interrupted would do
            self._run(NAMES[0], "erase", _address(number), "--yes")
        self._exchange_all()
        hashes = {name: self._hash_of(name) for name in NAMES}
        assert len(set(hashes.values())) == 1, hashes
        for name in NAMES:
            self._assert_all_there(name)
        self._assert_sent_once()
        assert self._run(NAMES[-1], "check", "--rebuild")["problems"] == []

    def _exchange_all(self) -> None:
        for _ in range(_ROUNDS):
            rounds = [self._run(name, "sync", "--once") for name in NAMES]
            teams = [one["team"] for one in rounds]
            assert all(team["said"] == [] for team in teams), teams
            moved = [team["pushed"] + team["pulled"] + team["refilled"] for team in teams]
            if not any(moved) and not any(one["fetched"] or one["sent"] for one in rounds):
                return
        raise AssertionError(f"there is no end: {rounds}")

    def _hash_of(self, name: str) -> str:
        report = self._run(name, "check")
        assert report["problems"] == [], report
        return str(report["state_hash"])

    def _assert_all_there(self, name: str) -> None:
        wanted = {f"q{number}@customer.example": 1 for number in range(self._mails) if number not in self._erased}
        assert header_ids(self._profile(name)) == Counter(wanted), name
        for confirmed, query in (
            (self._subjects, "SELECT subject FROM ticket WHERE subject LIKE 'Call %'"),
            (self._notes, "SELECT text FROM message WHERE direction = 'note'"),
            (self._tags, _TAGS),
        ):
            found = Counter(self._column(name, query))
            assert max(found.values(), default=1) == 1, found
            assert {what for what, is_confirmed in confirmed.items() if is_confirmed} <= set(found), name

    def _assert_sent_once(self) -> None:
        arrived = self._servers.arrived()
        assert max(arrived.values(), default=1) == 1, "an answer was sent twice"
        known: set[str] = set()
        for name in NAMES:
            states = outbox_states(self._profile(name))
            assert set(states.values()) <= {"sent", "uncertain", "held"}, states
            assert {header for header, state in states.items() if state == "sent"} <= set(arrived), states
            assert {header for header, state in states.items() if state == "held"}.isdisjoint(arrived), states
            assert self._answers[name] <= set(self._column(name, "SELECT message FROM outbox"))
            known |= set(states)
        assert set(arrived) <= known
        filed = self._servers.filed()
        assert max(filed.values(), default=1) == 1, "a copy was filed twice"

    # -- what lies there -----------------------------------------------------------------------

    def _profile(self, name: str) -> Path:
        return self._folder / name

    def _run(self, name: str, *words: str) -> Any:
        return done(self._killer.run(self._profile(name), *words))

    def _column(self, name: str, query: str) -> list[str]:
        with contextlib.closing(sqlite3.connect(self._profile(name) / "desk.sqlite")) as database:
            return [row[0] for row in database.execute(query)]


def _address(number: int) -> str:
    return f"c{number}@customer.example"
