"""What mail does not decide is asked of the agent: one matter in two tickets, two matters in one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deskhelp.db import details
from deskhelp.domain.hints import Hint, HintKind
from deskhelp.services import desk, hinting
from deskhelp.services.intake import Taken
from deskhelp.services.office import Office
from deskhelp.services.presenting import ticket_json
from tests.services.conftest import Clock, raw_mail

Receive = Callable[..., Taken]
DAY_S = 86_400
NEW_TROUBLE = "Our projector upstairs shows nothing but green stripes since this morning, could somebody come please"


def tickets(office: Office) -> dict[str, str]:
    """Ids by subject."""
    rows = office.replica.database.execute_sql("SELECT subject, id FROM ticket").fetchall()
    return dict(rows)


def asked(office: Office, ticket: str) -> tuple[Hint, ...]:
    detail = details.ticket_detail(office.replica, ticket)
    return hinting.hints_of(office, detail)


def test_the_same_matter_in_a_new_mail_is_asked_of_both_tickets(office: Office, receive: Receive) -> None:
    receive(raw_mail(1, subject="Invoice 4711 is wrong"), raw_mail(2, subject="Wrong invoice 4711!"))
    one, two = tickets(office).values()
    for ticket, other in ((one, two), (two, one)):
        (hint,) = asked(office, ticket)
        assert (hint.kind, hint.about) == (HintKind.SAME_MATTER, other)


@pytest.mark.parametrize(
    ("second", "sender"),
    [
        ("Printer on floor 3 is jammed", "maria@customer.example"),
        ("Invoice", "maria@customer.example"),
        ("Wrong invoice 4711!", "boris@customer.example"),
    ],
)
def test_other_matters_and_other_people_are_not_asked(
    office: Office, receive: Receive, second: str, sender: str
) -> None:
    receive(raw_mail(1, subject="Invoice 4711 is wrong"), raw_mail(2, subject=second, sender=sender))
    assert not any(asked(office, ticket) for ticket in tickets(office).values())


def test_what_is_done_with_or_long_ago_is_not_asked(office: Office, receive: Receive, clock: Clock) -> None:
    receive(raw_mail(1, subject="Invoice 4711 is wrong"))
    clock.pass_s(15 * DAY_S)
    receive(raw_mail(2, subject="Wrong invoice 4711!"), raw_mail(3, subject="Invoice 4711 still wrong"))
    found = tickets(office)
    assert asked(office, found["Invoice 4711 is wrong"]) == ()
    (hint,) = asked(office, found["Wrong invoice 4711!"])
    assert hint.about == found["Invoice 4711 still wrong"]
    desk.set_status(office, [found["Wrong invoice 4711!"], found["Invoice 4711 still wrong"]], "solved")
    assert asked(office, found["Wrong invoice 4711!"]) == ()


def test_yes_merges_into_the_older_ticket_and_undo_takes_it_apart(office: Office, receive: Receive) -> None:
    receive(raw_mail(1, subject="Invoice 4711 is wrong"), raw_mail(2, subject="Wrong invoice 4711!"))
    older, younger = (tickets(office)[one] for one in ("Invoice 4711 is wrong", "Wrong invoice 4711!"))
    done = hinting.follow(office, older, asked(office, older)[0])
    assert list(tickets(office).values()) == [older]
    assert asked(office, older) == ()
    assert done.undo is not None
    desk.undo(office, done.undo)
    assert set(tickets(office).values()) == {older, younger}


def test_no_is_remembered_for_both_and_can_be_taken_back(office: Office, receive: Receive) -> None:
    receive(raw_mail(1, subject="Invoice 4711 is wrong"), raw_mail(2, subject="Wrong invoice 4711!"))
    one, two = tickets(office).values()
    done = hinting.refuse(office, one, asked(office, one)[0])
    assert asked(office, one) == asked(office, two) == ()
    assert done.undo is not None
    desk.undo(office, done.undo)
    assert asked(office, one) and asked(office, two)


def test_an_answer_with_another_subject_may_be_a_new_matter(office: Office, receive: Receive) -> None:
    receive(
        raw_mail(1, subject="Invoice 4711 is wrong"),
        raw_mail(2, subject="Re: Invoice 4711 is wrong", References="<q1@customer.example>"),
        raw_mail(3, subject="Holiday calendar", References="<q1@customer.example>"),
    )
    (ticket,) = tickets(office).values()
    (hint,) = asked(office, ticket)
    assert (hint.kind, hint.subject) == (HintKind.NEW_MATTER, "Holiday calendar")
    hinting.follow(office, ticket, hint)
    assert set(tickets(office)) == {"Invoice 4711 is wrong", "Holiday calendar"}


@pytest.mark.parametrize(
    ("days", "text", "is_asked"),
    [
        (40, NEW_TROUBLE, True),
        (10, NEW_TROUBLE, False),
        (40, "Thank you, it works now.", False),
        (40, "It does not print again. The invoice comes out empty as it did before, same printer.", False),
    ],
)
def test_an_old_thread_may_be_used_for_a_new_matter(
    office: Office, receive: Receive, clock: Clock, days: int, text: str, is_asked: bool
) -> None:
    first = "The printer does not print the invoice, it comes out empty, same as before"
    receive(raw_mail(1, text=first))
    clock.pass_s(days * DAY_S)
    receive(raw_mail(2, subject="Re: Printer", text=text, References="<q1@customer.example>"))
    (ticket,) = tickets(office).values()
    assert [hint.days for hint in asked(office, ticket)] == ([40] if is_asked else [])


def test_scripts_see_what_is_asked(office: Office, receive: Receive, tmp_path: Path) -> None:
    receive(raw_mail(1, subject="Invoice 4711 is wrong"), raw_mail(2, subject="Wrong invoice 4711!"))
    one, two = tickets(office).values()
    (hint,) = ticket_json(office, details.ticket_detail(office.replica, one))["hints"]
    assert (hint["kind"], hint["about"]) == ("same_matter", two)
