"""What colleagues do that concerns me is found once, wherever it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from deskhelp.domain.entities import Agent
from deskhelp.domain.status import Status
from deskhelp.services import catalog, desk, for_me, listing, sending
from deskhelp.services.intake import Taken
from deskhelp.services.office import Office

from .conftest import ANNA, BORIS, raw_mail


@pytest.fixture
def mine(office: Office, receive: Callable[..., Taken]) -> str:
    """A ticket, before which nothing concerned Anna."""
    receive(raw_mail())
    (ticket,) = (row[0] for row in office.replica.database.execute_sql("SELECT id FROM ticket"))
    return str(ticket)


def as_boris(office: Office, fn: Callable[..., object], *args: object, **options: object) -> None:
    catalog.set_agent(office, BORIS)
    fn(office, *args, **options)
    catalog.set_agent(office, ANNA)


def found_after(office: Office, place: int) -> list[tuple[str, str, str]]:
    return [(one.what, one.agent, one.text) for one in for_me.concerns(office, place)[0]]


def mentioned(office: Office) -> int:
    return listing.counts(office, {"it": "is:mentioned"})["it"]


def test_a_note_that_names_me_concerns_me_until_i_answer(office: Office, mine: str) -> None:
    place = for_me.last_event(office)
    as_boris(office, sending.add_note, mine, "@Anna, can you\nlook?")

    assert found_after(office, place) == [("mentioned", BORIS, "@Anna, can you look?")]
    assert found_after(office, for_me.last_event(office)) == []
    assert mentioned(office) == 1
    sending.add_note(office, mine, "I did.")
    assert mentioned(office) == 0


def test_what_i_write_or_what_names_others_does_not_concern_me(office: Office, mine: str) -> None:
    place = for_me.last_event(office)
    sending.add_note(office, mine, "@Anna: note to myself")
    as_boris(office, sending.add_note, mine, "@Boris: note to himself")
    as_boris(office, sending.add_note, mine, "Anna was here.")

    assert found_after(office, place) == []


def test_a_name_that_changed_afterwards_is_still_mine(office: Office, mine: str) -> None:
    as_boris(office, sending.add_note, mine, "@Anna, please")
    catalog.save(office, replace(office.agent, name="Anna Berg"))

    assert mentioned(office) == 1


def test_a_ticket_that_is_given_to_me_concerns_me_while_it_is_mine(office: Office, mine: str) -> None:
    place = for_me.last_event(office)
    as_boris(office, desk.assign, [mine], ANNA)
    assert found_after(office, place) == [("assigned", BORIS, "")]

    as_boris(office, desk.assign, [mine], BORIS)
    assert found_after(office, place) == []


def test_an_escalation_to_me_concerns_me(office: Office, mine: str) -> None:
    place = for_me.last_event(office)
    as_boris(office, desk.escalate, [mine], level=2, to="Anna", reason="angry")
    assert found_after(office, place) == [("escalated", BORIS, "")]


def test_spam_concerns_nobody(office: Office, mine: str) -> None:
    place = for_me.last_event(office)
    as_boris(office, sending.add_note, mine, "@Anna, look")
    desk.set_status(office, [mine], Status.SPAM)

    assert found_after(office, place) == []
    assert mentioned(office) == 0


def test_nobody_is_concerned_where_nobody_has_said_who_works_there(office: Office, mine: str) -> None:
    catalog.save(office, Agent("c" * 32, "Clara"))
    as_boris(office, sending.add_note, mine, "@Anna, look")
    office.replica.set_meta("agent", "")

    assert for_me.concerns(office, 0)[0] == []
    assert mentioned(office) == 0
