"""An office over a real replica in a file, a clock that tests set, and mails to take in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from deskhelp.domain.entities import Agent, Mailbox
from deskhelp.domain.identity import mailbox_id
from deskhelp.services import catalog
from deskhelp.services.incoming import Incoming
from deskhelp.services.intake import Taken, take_in
from deskhelp.services.office import Office
from deskhelp.settings import open_profile

ANNA, BORIS = "a" * 32, "b" * 32
BOX = Mailbox(mailbox_id("support@desk.example"), "Support", "support@desk.example")
START_MS = 1_790_000_000_000


@dataclass
class Clock:
    """Gives the time that a test has set, UTC milliseconds."""

    now_ms: int = START_MS

    def __call__(self) -> int:
        return self.now_ms

    def pass_s(self, seconds: float) -> None:
        self.now_ms += int(seconds * 1000)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """An office with one mailbox and two agents; Anna works here."""
    with Office.open(open_profile(tmp_path / "desk"), clock=clock) as opened:
        catalog.save(opened, BOX, Agent(ANNA, "Anna", "anna@desk.example"), Agent(BORIS, "Boris", "boris@desk.example"))
        catalog.set_agent(opened, ANNA)
        yield opened


def raw_mail(
    number: int = 1,
    *,
    sender: str = "Maria Ivanova <maria@customer.example>",
    to: str = "support@desk.example",
    subject: str = "Printer",
    text: str = "It does not print.",
    **heads: str,
) -> bytes:
    """A mail with Message-ID ``q{number}@customer.example``; `heads` by name with ``_`` for ``-``."""
    lines = [f"From: {sender}", f"To: {to}", f"Subject: {subject}", f"Message-ID: <q{number}@customer.example>"]
    lines.append(f"Date: Mon, 23 Nov 2026 09:00:{number % 60:02} +0300")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in heads.items()]
    return ("\r\n".join(lines) + f"\r\n\r\n{text}\r\n").encode()


@pytest.fixture
def receive(office: Office, clock: Clock) -> Callable[..., Taken]:
    """``receive(raw, ...)`` takes mails in, each a second after the one before."""

    def take(*raws: bytes, **options: bool) -> Taken:
        mails = []
        for raw in raws:
            clock.pass_s(1)
            mails.append(Incoming(raw, clock.now_ms, **options))
        return take_in(office, BOX, mails)

    return take


@pytest.fixture
def ticket(receive: Callable[..., Taken]) -> str:
    """A ticket made by Maria's mail."""
    (made,) = receive(raw_mail()).change.tickets
    return made
