"""Blocked senders: their mail lies in spam and tells nobody; every step has a way back, and replicas agree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deskhelp.db import details
from deskhelp.db.check import rebuild, state_hash
from deskhelp.db.lists import count_tickets
from deskhelp.domain.errors import DeskTrouble, Refused
from deskhelp.domain.query import parse_query
from deskhelp.domain.senders import rule_name
from deskhelp.domain.ticket import Status
from deskhelp.services import desk, noise
from deskhelp.services.intake import Incoming, Taken, take_in
from deskhelp.services.office import Office
from deskhelp.services.sending import send
from deskhelp.services.writing import start
from deskhelp.settings import open_profile
from tests.services.conftest import BOX, Clock, raw_mail

Receive = Callable[..., Taken]
SPAMMER = "Win <win@casino.example>"


def statuses(office: Office) -> dict[str, Status]:
    """The status of each ticket by its requester and subject."""
    rows = office.replica.database.execute_sql("SELECT requester_address, subject, status FROM ticket").fetchall()
    return {f"{address} {subject}": Status(status) for address, subject, status in rows}


def count(office: Office, query: str) -> int:
    queries = {"n": parse_query(query)}
    return count_tickets(office.replica, queries, agent=office.agent_id, now_ms=office.now())["n"]


def test_mail_of_a_blocked_sender_lies_in_spam_and_nowhere_else(office: Office, receive: Receive) -> None:
    noise.block(office, ["win@casino.example"])
    receive(raw_mail(1, sender=SPAMMER, subject="You won"))
    assert count(office, "status:spam") == 1
    assert count(office, "is:active") == count(office, "is:unread") == 0


@pytest.mark.parametrize("spelling", ["casino.example", "@Casino.Example", "*.casino.example", " casino.example "])
def test_a_blocked_domain_holds_for_what_lies_under_it(office: Office, receive: Receive, spelling: str) -> None:
    noise.block(office, [spelling])
    receive(raw_mail(1, sender=SPAMMER), raw_mail(2, sender="a@mail.casino.example"), raw_mail(3, sender="a@o.example"))
    assert sorted(statuses(office).values()) == [Status.NEW, Status.SPAM, Status.SPAM]


def test_an_address_that_is_allowed_beats_its_blocked_domain(office: Office, receive: Receive) -> None:
    noise.block(office, ["casino.example"])
    noise.allow(office, ["boss@casino.example"])
    receive(raw_mail(1, sender="boss@casino.example"))
    assert list(statuses(office).values()) == [Status.NEW]


def test_blocking_moves_what_nobody_has_begun_to_answer(office: Office, receive: Receive) -> None:
    receive(raw_mail(1, sender=SPAMMER, subject="One"), raw_mail(2, sender=SPAMMER, subject="Two"), raw_mail(3))
    done = noise.block(office, ["win@casino.example"])
    assert len(done.ids) == 2
    assert count(office, "status:spam") == 2
    assert done.undo is not None
    desk.undo(office, done.undo)
    assert count(office, "status:spam") == 0
    assert set(statuses(office).values()) == {Status.NEW}
    assert not noise.listed(office)


def test_a_ticket_that_is_blocked_goes_to_spam_and_comes_back_with_undo(office: Office, receive: Receive) -> None:
    receive(raw_mail(1, sender=SPAMMER, subject="One"), raw_mail(2, sender=SPAMMER, subject="Two"))
    first = next(iter(receive(raw_mail(3, sender=SPAMMER, subject="Three")).change.tickets))
    desk.set_status(office, [first], Status.OPEN)
    done = noise.block_senders(office, [first])
    assert set(statuses(office).values()) == {Status.SPAM}
    assert done.undo is not None
    desk.undo(office, done.undo)
    assert statuses(office)["win@casino.example Three"] is Status.OPEN
    assert statuses(office)["win@casino.example One"] is Status.NEW
    receive(raw_mail(4, sender=SPAMMER, subject="Four"))
    assert statuses(office)["win@casino.example Four"] is Status.NEW


def test_not_spam_frees_the_sender(office: Office, receive: Receive) -> None:
    (ticket,) = receive(raw_mail(1, sender=SPAMMER)).change.tickets
    noise.block_senders(office, [ticket], whole_domain=True)
    noise.block(office, ["win@casino.example"])
    noise.not_spam(office, [ticket])
    assert count(office, "status:spam") == 0
    receive(raw_mail(2, sender=SPAMMER, subject="Again"), raw_mail(3, sender="other@casino.example", subject="Spam"))
    assert statuses(office)["win@casino.example Again"] is Status.NEW
    assert statuses(office)["other@casino.example Spam"] is Status.SPAM


def test_taking_not_spam_back_blocks_again(office: Office, receive: Receive) -> None:
    (ticket,) = receive(raw_mail(1, sender=SPAMMER)).change.tickets
    noise.block_senders(office, [ticket])
    done = noise.not_spam(office, [ticket])
    assert done.undo is not None
    desk.undo(office, done.undo)
    assert noise.rules_of(office).blocks("win@casino.example")
    assert count(office, "status:spam") == 1


def test_a_blocked_sender_cannot_get_into_somebody_elses_ticket(office: Office, receive: Receive, ticket: str) -> None:
    noise.block(office, ["win@casino.example"])
    receive(
        raw_mail(
            2, sender=SPAMMER, to="support@desk.example, maria@customer.example", References="<q1@customer.example>"
        )
    )
    assert len(details.messages_of(office.replica, ticket)) == 1
    assert count(office, "status:spam") == 1


def test_an_answered_conversation_is_left_alone(office: Office, receive: Receive) -> None:
    from dataclasses import replace

    (ticket,) = receive(raw_mail(1, sender=SPAMMER)).change.tickets
    sent = send(office, replace(start(office, ticket, "reply"), text="Who are you?"), send_now=True)
    ours = details.message(office.replica, sent.message).header_id
    noise.block(office, ["win@casino.example"])
    receive(raw_mail(2, sender=SPAMMER, subject="Re: Printer", In_Reply_To=f"<{ours}>"))
    assert statuses(office)["win@casino.example Printer"] is not Status.NEW
    assert details.ticket_detail(office.replica, ticket).summary.status is Status.OPEN
    assert count(office, "status:spam") == 1


@pytest.mark.parametrize("ours", ["support@desk.example", "anna@desk.example", "desk.example"])
def test_the_desk_cannot_lock_itself_out(office: Office, ours: str) -> None:
    with pytest.raises(Refused):
        noise.block(office, [ours])


@pytest.mark.parametrize("name", ["", "casino", "a b@c.example", "@", "a@b"])
def test_what_is_no_address_and_no_domain_is_said_to_be_none(name: str) -> None:
    with pytest.raises(DeskTrouble):
        rule_name(name)


def test_a_colleague_may_forward_what_a_blocked_sender_wrote(office: Office, receive: Receive) -> None:
    noise.block(office, ["win@casino.example"])
    text = "---------- Forwarded message ---------\nFrom: Win <win@casino.example>\nSubject: Hi\n\nAnswer me\n"
    receive(raw_mail(1, sender="Anna <anna@desk.example>", subject="Fwd: Hi", text=text))
    assert statuses(office) == {"win@casino.example Hi": Status.NEW}


def test_two_replicas_that_block_and_take_in_the_same_mail_agree(office: Office, clock: Clock, tmp_path: Path) -> None:
    with Office.open(open_profile(tmp_path / "other"), clock=clock) as other:
        other.replica.team_key = office.replica.team_key
        other.replica.apply(office.replica.events(), office.replica.replica_id)
        mails = [Incoming(raw_mail(1, sender=SPAMMER), clock.now_ms)]
        for one in (office, other):
            noise.block(one, ["win@casino.example"])
            take_in(one, BOX, mails)
        office.replica.apply(other.replica.events(), other.replica.replica_id)
        other.replica.apply(office.replica.events(), office.replica.replica_id)
        for one in (office, other):
            assert [rule.name for rule in noise.listed(one)] == ["win@casino.example"]
            (ticket,) = one.replica.database.execute_sql("SELECT status, conflicts FROM ticket").fetchall()
            assert ticket == ("spam", "")
        assert state_hash(office.replica) == state_hash(other.replica)


def test_rebuilding_keeps_what_was_blocked(office: Office, receive: Receive) -> None:
    noise.block(office, ["win@casino.example"])
    receive(raw_mail(1, sender=SPAMMER))
    before = state_hash(office.replica)
    rebuild(office.replica)
    assert state_hash(office.replica) == before
    assert count(office, "status:spam") == 1
