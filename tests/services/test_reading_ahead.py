"""What is worked out of mails in another process is what would have been worked out where they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db.check import check, rebuild, state_hash
from deskhelp.domain.entities import Agent
from deskhelp.services import catalog, incoming
from deskhelp.services.incoming import Incoming
from deskhelp.services.intake import Taken, inbox_of, take_in
from deskhelp.services.office import Office
from deskhelp.services.reading_pool import FEW, ReadingPool
from deskhelp.settings import open_profile
from tests.support.conversations import DESK, letters

from .conftest import ANNA, BOX, START_MS, raw_mail
from .test_agent_forwards import FORWARD

TEAM_KEY = "5" * 64


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """Two that know the same: what they make of the same mails can be compared."""
    with (
        Office.open(open_profile(tmp_path / "here"), clock=lambda: START_MS) as here,
        Office.open(open_profile(tmp_path / "ahead"), clock=lambda: START_MS) as ahead,
    ):
        for office in (here, ahead):
            office.replica.set_meta("team_key", TEAM_KEY)
            catalog.save(office, replace(BOX, aliases=DESK), Agent(ANNA, "Anna", "anna@desk.example"))
        yield here, ahead


def of_all_kinds() -> list[Incoming]:
    """More mails than are read at once: conversations, forwards, files, sent ones, damaged ones and none at all."""
    mails = [Incoming(one.raw, one.at_ms, is_sent=one.is_sent) for one in letters(30, "ahead")]
    carrier = EmailMessage(policy=SMTP)
    carrier["From"], carrier["To"], carrier["Subject"] = "Anna <anna@desk.example>", BOX.address, "Fwd: Printer"
    carrier["Message-ID"] = "<carrier@desk.example>"
    carrier.set_content("Please look.")
    carrier.add_attachment(b"\x00\x01" * 20_000, maintype="image", subtype="png", filename="Снимок.png")
    original = EmailMessage(policy=SMTP)
    original["From"], original["Message-ID"] = "Rosa <rosa@customer.example>", "<rosa@customer.example>"
    original.set_content("Die Rechnung fehlt.")
    carrier.add_attachment(original)
    raws = [
        raw_mail(1, sender="Anna <anna@desk.example>", subject="Fwd: Printer", text=FORWARD),
        carrier.as_bytes(),
        raw_mail(2, subject="Не печатает", text="Ёлка\n\n> цитата\nответ", Content_Type="text/plain; charset=koi8-r"),
        raw_mail(3, text="no date").replace(b"Date:", b"X-Date:"),
        b"",
        b"\xff\x00 no mail at all",
    ]
    mails += [Incoming(raw, 0 if place % 2 else START_MS + place) for place, raw in enumerate(raws)]
    mails += [Incoming(None, START_MS, uid=7, problem="The server gave an empty answer.")]
    mails += [Incoming(raw_mail(9), START_MS, flags=("\\Deleted",)), mails[0]]
    assert len(mails) > FEW
    return mails


def contents(office: Office) -> dict[str, list[Any]]:
    """The texts and mails as they are stored, and every word of the index with its places."""
    ask = office.replica.database.execute_sql
    changes = "(SELECT blob FROM event WHERE kind = 'field_set')"
    ask("CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, message_fts, instance)")
    queries = {
        "words": "SELECT term, message.id, col, offset FROM temp.word JOIN message ON n = doc ORDER BY 1, 2, 3, 4",
        "blobs": f"SELECT id, size, data FROM blob WHERE id NOT IN {changes} ORDER BY id",
        "facts": "SELECT id, about, at_ms, body, blob FROM event WHERE kind != 'field_set' ORDER BY id",
    }
    return {name: ask(query).fetchall() for name, query in queries.items()}


def test_mails_that_were_understood_ahead_are_stored_as_those_that_were_not(offices: tuple[Office, Office]) -> None:
    here, ahead = offices
    mails = of_all_kinds()

    taken = take_in(here, BOX, mails)
    with ReadingPool(1) as pool:
        understood = pool.submit(mails, inbox_of(ahead, BOX)).result()
    assert all(mail.understood for mail in understood if mail.raw is not None)
    taken_ahead = take_in(ahead, BOX, understood)

    assert counts(taken) == counts(taken_ahead)
    assert taken.tickets_new > 30
    assert contents(here) == contents(ahead)
    assert check(here.replica).ok
    assert state_hash(here.replica) == state_hash(ahead.replica)
    known = contents(ahead), state_hash(ahead.replica)
    rebuild(ahead.replica)
    assert (contents(ahead), state_hash(ahead.replica)) == known


def test_a_mail_that_breaks_a_worker_is_tried_once_more_where_it_is_written(
    offices: tuple[Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, office = offices
    mails = [Incoming(raw_mail(1), START_MS)]
    with monkeypatch.context() as broken, ReadingPool(1) as pool:
        broken.setattr(incoming, "read_mail", lambda raw: 1 // 0)
        ahead = pool.submit(mails, inbox_of(office, BOX)).result()

    assert [mail.understood for mail in ahead] == [None]
    assert counts(take_in(office, BOX, ahead)) == (1, 1, 0, 0, 0)


def test_what_was_understood_before_an_address_or_the_teams_key_changed_is_understood_again(
    offices: tuple[Office, Office],
) -> None:
    _, office = offices
    answer = raw_mail(
        1, sender="Desk <desk@new.example>", to="maria@customer.example", In_Reply_To="<q0@customer.example>"
    )
    with ReadingPool(1) as pool:
        ahead = pool.submit([Incoming(answer, START_MS)], inbox_of(office, BOX)).result()
    assert directions(ahead) == ["in"]

    catalog.save(office, replace(BOX, aliases="desk@new.example"))
    take_in(office, BOX, ahead)

    assert office.replica.database.execute_sql("SELECT direction FROM message").fetchall() == [("out",)]


def test_a_moment_later_it_is_the_same_inbox(offices: tuple[Office, Office]) -> None:
    inbox = inbox_of(offices[0], BOX)
    assert replace(inbox, now_ms=inbox.now_ms + 1) == inbox
    assert replace(inbox, team_key=b"another") != inbox


def directions(mails: Sequence[Incoming]) -> list[str]:
    return [str(mail.understood.draft.body["direction"]) for mail in mails if mail.understood]


def counts(taken: Taken) -> Sequence[int]:
    return taken.fetched, taken.tickets_new, taken.quarantined, taken.duplicates, taken.ignored
