"""Two set the same field without knowing of each other: the loser's value is shown, and settling it settles it."""

from __future__ import annotations

from collections.abc import Callable

from deskhelp.db import details
from deskhelp.domain.events import about_ticket
from deskhelp.services import conflicts, desk
from deskhelp.services.intake import Taken
from deskhelp.services.office import Office

from .conftest import ANNA, BORIS, raw_mail


def contested(office: Office, receive: Callable[..., Taken], field: str, ours: str, theirs: str) -> str:
    """A ticket of which Anna and, a second later and without knowing, Boris set a field."""
    receive(raw_mail(1))
    (ticket,) = (row[0] for row in office.replica.database.execute_sql("SELECT id FROM ticket"))
    drafts = [
        office.replica.field_draft(about_ticket(ticket), field, value, at_ms=office.now() + late, agent=agent)
        for late, (agent, value) in enumerate([(ANNA, ours), (BORIS, theirs)])
    ]
    office.replica.append(drafts)
    return str(ticket)


def value_of(office: Office, ticket: str, field: str) -> object:
    return office.replica.fields(about_ticket(ticket)).get(field)


def test_the_value_that_lost_is_named_with_who_set_it(office: Office, receive: Callable[..., Taken]) -> None:
    ticket = contested(office, receive, "priority", "high", "low")

    (rival,) = conflicts.rivals_of(office, ticket)

    assert value_of(office, ticket, "priority") == "low"
    assert (rival.field, rival.value, rival.agent) == ("priority", "high", ANNA)
    assert details.ticket_detail(office.replica, ticket).summary.conflicts == ("priority",)


def test_the_other_value_is_taken_and_can_be_taken_back(office: Office, receive: Callable[..., Taken]) -> None:
    ticket = contested(office, receive, "priority", "high", "low")
    (rival,) = conflicts.rivals_of(office, ticket)

    done = conflicts.take(office, ticket, rival)

    assert value_of(office, ticket, "priority") == "high"
    assert conflicts.rivals_of(office, ticket) == ()
    assert done.undo is not None
    desk.undo(office, done.undo)
    assert value_of(office, ticket, "priority") == "low"


def test_what_counts_is_kept_and_nobody_is_asked_again(office: Office, receive: Callable[..., Taken]) -> None:
    ticket = contested(office, receive, "status", "solved", "pending")
    (rival,) = conflicts.rivals_of(office, ticket)

    conflicts.keep(office, ticket, rival)

    assert value_of(office, ticket, "status") == "pending"
    assert details.ticket_detail(office.replica, ticket).summary.conflicts == ()
    assert conflicts.rivals_of(office, ticket) == ()


def test_a_conflict_of_a_ticket_that_was_merged_is_settled_where_it_is(
    office: Office, receive: Callable[..., Taken]
) -> None:
    ticket = contested(office, receive, "priority", "high", "low")
    receive(raw_mail(2, sender="Rosa <rosa@customer.example>", subject="Scanner"))
    (into,) = (row[0] for row in office.replica.database.execute_sql("SELECT id FROM ticket WHERE id <> ?", (ticket,)))
    desk.merge(office, [ticket], into)
    (rival,) = conflicts.rivals_of(office, into)

    conflicts.take(office, into, rival)

    assert value_of(office, into, "priority") == "high"
    assert conflicts.rivals_of(office, into) == ()


def test_who_took_a_ticket_later_is_told_who_has_it(office: Office, receive: Callable[..., Taken]) -> None:
    ticket = contested(office, receive, "assignee", ANNA, BORIS)
    assert value_of(office, ticket, "assignee") == ANNA
    assert conflicts.lost_claims(office, [ticket]) == {}

    office.replica.set_meta("agent", BORIS)

    ((write, owner),) = conflicts.lost_claims(office, [ticket]).values()
    assert owner == ANNA
    assert write == conflicts.rivals_of(office, ticket)[0].event


def test_giving_a_ticket_to_others_at_once_is_no_claim_that_was_lost(
    office: Office, receive: Callable[..., Taken]
) -> None:
    ticket = contested(office, receive, "assignee", BORIS, ANNA)
    office.replica.set_meta("agent", BORIS)

    assert conflicts.lost_claims(office, [ticket]) == {}
