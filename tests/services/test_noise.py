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
from deskhelp.domain.status import Status
from deskhelp.services import desk, floods, noise
from deskhelp.services.incoming import Incoming
from deskhelp.services.intake import Taken, take_in
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


def test_a_domain_of_customers_is_not_blocked_by_a_slip_of_the_hand(
    office: Office, receive: Receive, ticket: str
) -> None:
    from dataclasses import replace

    send(office, replace(start(office, ticket, "reply"), text="Hello"), send_now=True)
    (bad,) = receive(raw_mail(2, sender="win@customer.example", subject="You won")).change.tickets
    with pytest.raises(Refused, match=r"maria@customer\.example"):
        noise.block_senders(office, [bad], whole_domain=True)
    assert noise.listed(office) == ()
    noise.block_senders(office, [bad])
    noise.block(office, ["customer.example"])
    assert [rule.name for rule in noise.listed(office)] == ["customer.example", "win@customer.example"]


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


# -- mailing lists -------------------------------------------------------------------------------------

LIST = {"List_Id": "Friends of paper <paper.list.example>", "List_Post": "<mailto:paper@list.example>"}


def test_a_mailing_list_is_no_work_until_somebody_takes_it_up(office: Office, receive: Receive) -> None:
    (ticket,) = receive(raw_mail(1, sender="news@list.example", **LIST)).change.tickets
    assert (count(office, "is:list"), count(office, "is:active"), count(office, "is:unread")) == (1, 0, 0)
    done = desk.assign(office, [ticket], office.agent_id)
    assert (count(office, "is:list"), count(office, "is:active"), count(office, "is:mine")) == (0, 1, 1)
    assert done.undo is not None
    desk.undo(office, done.undo)
    assert (count(office, "is:list"), count(office, "is:active")) == (1, 0)


def test_a_person_who_answers_on_a_list_is_work(office: Office, receive: Receive) -> None:
    receive(raw_mail(1, sender="news@list.example", **LIST))
    receive(raw_mail(2, sender="news@list.example", subject="Re: Printer", References="<q1@customer.example>"))
    assert (count(office, "is:list"), count(office, "is:active")) == (0, 1)


@pytest.mark.parametrize(
    "heads",
    [
        {"List_Id": "<support.desk.example>"},
        {"List_Id": "<x.groups.example>", "List_Post": "<https://x>, <mailto:support@desk.example>"},
    ],
)
def test_a_group_that_hands_out_our_own_address_is_no_list(
    office: Office, receive: Receive, heads: dict[str, str]
) -> None:
    receive(raw_mail(1, Precedence="list", **heads))
    assert (count(office, "is:list"), count(office, "is:active")) == (0, 1)


# -- floods --------------------------------------------------------------------------------------------


def wild(number: int, sender: str = "Monitor <monitor@machine.example>", **heads: str) -> bytes:
    return raw_mail(number, sender=sender, subject=f"Disk {number} is full", **heads)


def flood_tickets(office: Office) -> list[tuple[int, bool]]:
    """Of each ticket how many messages it has, and whether it is marked as a flood; the largest first."""
    rows = office.replica.database.execute_sql("SELECT message_count, tags FROM ticket ORDER BY message_count DESC")
    return [(count, floods.TAG_ID in tags.split()) for count, tags in rows.fetchall()]


def test_twenty_mails_of_a_sender_are_twenty_tickets_and_one_more_is_a_flood(office: Office, receive: Receive) -> None:
    receive(*(wild(n) for n in range(floods.MOST_MAILS)))
    assert flood_tickets(office) == [(1, False)] * floods.MOST_MAILS
    receive(wild(99))
    assert flood_tickets(office) == [(floods.MOST_MAILS + 1, True)]
    assert count(office, "is:active") == 1


def test_a_flood_grows_mail_by_mail_and_batch_by_batch(office: Office, receive: Receive) -> None:
    receive(*(wild(n) for n in range(50)))
    for n in range(50, 60):
        receive(wild(n))
    assert flood_tickets(office) == [(60, True)]
    (ticket,) = office.replica.database.execute_sql("SELECT id FROM ticket").fetchone()
    told = [entry.what for entry in details.ticket_detail(office.replica, ticket).history]
    assert told.count("folded") == 1
    assert "merged" not in told


def test_slow_mail_is_no_flood(office: Office, receive: Receive, clock: Clock) -> None:
    for n in range(30):
        receive(wild(n))
        clock.pass_s(60)
    assert len(flood_tickets(office)) == 30


def test_automatic_mail_is_a_flood_already_when_it_comes_in_an_hour(
    office: Office, receive: Receive, clock: Clock
) -> None:
    for n in range(30):
        receive(wild(n, Auto_Submitted="auto-generated"))
        clock.pass_s(60)
    assert flood_tickets(office)[0] == (30, True)


def test_what_somebody_works_at_is_not_folded(office: Office, receive: Receive) -> None:
    (mine,) = receive(wild(1)).change.tickets
    desk.assign(office, [mine], office.agent_id)
    receive(*(wild(n) for n in range(2, 40)))
    assert flood_tickets(office) == [(38, True), (1, False)]


def test_a_form_that_writes_for_many_people_is_no_flood(office: Office, receive: Receive) -> None:
    receive(*(wild(n, Reply_To=f"p{n}@customer.example") for n in range(40)))
    assert len(flood_tickets(office)) == 40


def test_history_is_no_flood(office: Office, receive: Receive) -> None:
    receive(*(wild(n) for n in range(40)), is_history=True)
    assert len(flood_tickets(office)) == 40


def test_a_mailbox_that_was_moved_to_another_server_today_is_no_flood(office: Office, receive: Receive) -> None:
    months_ago = [f"Mon, {1 + n % 28} Jun 2026 0{n % 10}:00:00 +0300" for n in range(40)]
    receive(*(wild(n).replace(b"\r\nDate: ", f"\r\nDate: {date}\r\nX-Was: ".encode())
              for n, date in enumerate(months_ago)))  # fmt: skip
    assert len(flood_tickets(office)) == 40


def test_a_machine_whose_clock_has_stopped_makes_a_flood(office: Office, receive: Receive) -> None:
    stopped = b"\r\nDate: Thu, 01 Jan 2009 00:00:00 +0000\r\nX-Was: "
    receive(*(wild(n).replace(b"\r\nDate: ", stopped) for n in range(40)))
    assert flood_tickets(office) == [(40, True)]


def test_a_flood_that_was_put_into_spam_stays_there_as_it_grows(office: Office, receive: Receive) -> None:
    receive(*(wild(n) for n in range(30)))
    (ticket,) = office.replica.database.execute_sql("SELECT id FROM ticket").fetchone()
    noise.to_spam(office, [ticket])
    receive(*(wild(n) for n in range(30, 40)))
    assert flood_tickets(office) == [(40, True)]
    assert count(office, "status:spam") == 1


def test_two_replicas_that_take_in_one_flood_in_different_portions_agree(
    office: Office, clock: Clock, tmp_path: Path
) -> None:
    mails = [Incoming(wild(n), clock.now_ms + n * 1000) for n in range(45)]
    with Office.open(open_profile(tmp_path / "other"), clock=clock) as other:
        other.replica.team_key = office.replica.team_key
        other.replica.apply(office.replica.events(), office.replica.replica_id)
        take_in(office, BOX, mails)
        for start in range(0, 45, 7):
            take_in(other, BOX, mails[start : start + 7])
        office.replica.apply(other.replica.events(), other.replica.replica_id)
        other.replica.apply(office.replica.events(), office.replica.replica_id)
        assert flood_tickets(office) == flood_tickets(other) == [(45, True)]
        assert state_hash(office.replica) == state_hash(other.replica)
