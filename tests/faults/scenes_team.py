"""Scenes of two installations: exchanging, founding and joining, erasing."""

from __future__ import annotations

import os
from collections import Counter

from deskhelp.settings import load_settings, open_profile, save_settings
from tests.support.byte_scan import found_in

from .scene import Scene, header_ids, mail

ROUNDS = 6
ERASED_ADDRESS = "c3@customer.example"
ERASED_WORDS = (ERASED_ADDRESS.encode(), b"Customer 3", b"Please help with 3.", b"We know it of number 3.")


class Team(Scene):
    """Two installations, each with something that the other one lacks; all exchange in the end."""

    carrier = "folder"

    @property
    def url(self) -> str:
        place = self.now / "place"
        return f"{self.carrier}://{place}" + ("/team.sqlite" if self.carrier == "sqlite" else "")

    def prepare(self) -> None:
        (self.now / "place").mkdir()
        self.found()
        self.run("boris", "team", "join", self.url)
        for name in ("anna", "boris", "anna"):
            self.run(name, "sync", "--once")
        self.work()

    def found(self) -> None:
        self.fill("anna", 1)
        self.fill("boris", 2)
        self.run("anna", "team", "create", self.url)

    def fill(self, name: str, number: int) -> None:
        path = self.now / f"{number}.eml"
        path.write_bytes(mail(number))
        self.run(name, "import", str(path))

    def work(self) -> None:
        """What both do after they have exchanged."""
        for name, number in (("anna", 3), ("boris", 4)):
            self.fill(name, number)
            (ticket,) = self.run(name, "tickets", f"c{number}@customer.example")
            self.run(name, "note", ticket["code"], "--text", f"We know it of number {number}.")
            self.run(name, "tag", ticket["code"], f"+of-{name}")
        self.run("boris", "sync", "--once")

    def finish(self) -> str:
        self.exchange_all("anna", "boris")
        assert header_ids(self.profile("anna")) == self.mails()
        hashes = {self.hash_of(name) for name in ("anna", "boris")}
        assert len(hashes) == 1, "two installations differ"
        return hashes.pop()

    def exchange_all(self, *names: str) -> None:
        """Until nothing moves any more."""
        for _ in range(ROUNDS):
            rounds = [self.run(name, "sync", "--once")["team"] for name in names]
            assert all(one["said"] == [] for one in rounds), rounds
            if not any(one["pushed"] or one["pulled"] or one["refilled"] for one in rounds):
                return
        raise AssertionError(f"there is no end: {rounds}")

    def mails(self) -> Counter[str]:
        return Counter({f"q{number}@customer.example": 1 for number in (1, 2, 3, 4)})


class SyncFolder(Team):
    """Changes are pushed into and pulled from a folder."""

    name = "sync over a folder"
    words = ("sync", "--once")


class SyncSqlite(Team):
    """The same over the file of a database."""

    name = "sync over an SQLite file"
    words = ("sync", "--once")
    carrier = "sqlite"


class Found(Team):
    """A team is founded."""

    name = "found"

    def prepare(self) -> None:
        (self.now / "place").mkdir()
        self.fill("anna", 1)
        self.fill("boris", 2)
        self.words = ("team", "create", self.url)

    def finish(self) -> str:
        if self.killer.run(self.profile("anna"), "team", "status").status:
            again = self.killer.run(self.profile("anna"), "team", "create", self.url)
            if again.status:
                assert "Join it instead" in again.err
                self.run("anna", "team", "join", self.url)
        if self.killer.run(self.profile("boris"), "team", "join", self.url).status:
            self.run("anna", "sync", "--once")  # which puts the mark that was still missing
            self.run("boris", "team", "join", self.url)
        for name in ("anna", "boris", "anna", "boris"):
            self.run(name, "sync", "--once")
        return super().finish()

    def mails(self) -> Counter[str]:
        return Counter({f"q{number}@customer.example": 1 for number in (1, 2)})


class Join(Found):
    """A team is joined."""

    name = "join"
    struck = "boris"

    def prepare(self) -> None:
        (self.now / "place").mkdir()
        self.found()
        self.run("anna", "sync", "--once")
        self.words = ("team", "join", self.url)

    def finish(self) -> str:
        if self.killer.run(self.profile("boris"), "team", "status").status:
            self.run("boris", "team", "join", self.url)
        return Team.finish(self)


class Erase(Team):
    """A customer is erased here."""

    name = "erase"
    words = ("erase", ERASED_ADDRESS, "--yes")

    def prepare(self) -> None:
        super().prepare()
        for name in ("anna", "boris", "anna"):
            self.run(name, "sync", "--once")
        profile = open_profile(self.profile("anna"))
        save_settings(profile, load_settings(profile).with_pictures_of(ERASED_ADDRESS, is_wanted=True))

    def finish(self) -> str:
        self.run("anna", "erase", ERASED_ADDRESS, "--yes")
        for part in (self.now / "place").rglob(".part-*"):
            os.utime(part, (0, 0))  # a day has passed
        super().finish()
        for name in ("anna", "boris", "place"):
            assert found_in(self.now / name, ERASED_WORDS) == set()
        assert all(one["is_place_clean"] and not one["missing"] for one in self.run("anna", "erasures"))
        return ""  # how often somebody was erased is told in the history

    def mails(self) -> Counter[str]:
        return Counter({f"q{number}@customer.example": 1 for number in (1, 2, 4)})


class Sweep(Erase):
    """What was erased is taken out of the team's place."""

    name = "sweep"
    words = ("sync", "--once")

    def prepare(self) -> None:
        super().prepare()
        self.run("anna", "erase", ERASED_ADDRESS, "--yes")


class SweepSqlite(Sweep):
    """The same in the file of a database."""

    name = "sweep of an SQLite file"
    carrier = "sqlite"


class SyncThenErase(Erase):
    """Somebody is erased whose mail was just being pushed."""

    name = "sync, then erase"
    words = ("sync", "--once")

    def prepare(self) -> None:
        Team.prepare(self)


class EraseAfterOther(Sweep):
    """An erasure of a colleague is carried out."""

    name = "erase after a colleague"
    struck = "boris"

    def prepare(self) -> None:
        super().prepare()
        self.run("anna", "sync", "--once")
