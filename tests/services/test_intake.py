"""Taking mail in: nothing lost, nothing doubled, whatever comes and however often."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from deskhelp.db import details, intake_store
from deskhelp.db.check import check
from deskhelp.domain.entities import Mailbox
from deskhelp.domain.status import Direction, Status
from deskhelp.services import catalog, incoming, intake
from deskhelp.services.incoming import Incoming
from deskhelp.services.intake import FolderMark, Taken, in_batches, take_in
from deskhelp.services.office import Office
from deskhelp.settings import open_profile

from .conftest import BOX, START_MS, raw_mail

Receive = Callable[..., Taken]


def only_ticket(office: Office) -> str:
    (row,) = office.replica.database.execute_sql("SELECT id FROM ticket").fetchall()
    return str(row[0])


def test_a_mail_becomes_a_ticket_with_its_raw_bytes(office: Office, receive: Receive) -> None:
    taken = receive(raw_mail())

    detail = details.ticket_detail(office.replica, only_ticket(office))
    assert (taken.fetched, taken.tickets_new, taken.duplicates) == (1, 1, 0)
    assert (detail.summary.subject, detail.summary.status) == ("Printer", Status.NEW)
    assert detail.summary.requester_address == "maria@customer.example"
    assert details.raw_of(office.replica, detail.messages[0].id) == raw_mail()


def test_the_same_mail_again_is_a_duplicate_by_its_bytes_and_by_its_keys(office: Office, receive: Receive) -> None:
    receive(raw_mail())

    again = receive(raw_mail(), b"Received: by another way\r\n" + raw_mail())

    assert (again.tickets_new, again.duplicates) == (0, 2)
    assert len(details.messages_of(office.replica, only_ticket(office))) == 1


def test_the_same_message_id_with_another_text_is_kept_in_the_same_ticket(office: Office, receive: Receive) -> None:
    receive(raw_mail(text="first"), raw_mail(text="second"))

    texts = [message.text for message in details.messages_of(office.replica, only_ticket(office))]
    assert texts == ["first", "second"]


def test_the_same_message_id_from_somebody_else_is_another_mail(office: Office, receive: Receive) -> None:
    taken = receive(raw_mail(), raw_mail(sender="eve@elsewhere.example"))

    assert taken.tickets_new == 2


@pytest.mark.parametrize("seed", range(3))
def test_any_order_gives_the_same_tickets(tmp_path: Path, seed: int) -> None:
    mails = [
        raw_mail(1),
        raw_mail(2, subject="Re: Printer", References="<q1@customer.example>"),
        raw_mail(3, sender="ivan@other.example", subject="VPN"),
        raw_mail(4, subject="Re: Printer", In_Reply_To="<q2@customer.example>"),
    ]
    hashes = set()
    for number, shuffled in enumerate((mails, random.Random(seed).sample(mails, 4))):
        with Office.open(open_profile(tmp_path / str(number)), clock=lambda: START_MS) as office:
            catalog.save(office, BOX)
            for raw in shuffled:
                take_in(office, BOX, [Incoming(raw, START_MS + mails.index(raw) * 1000)])
            hashes.add(check(office.replica).state_hash)
    assert len(hashes) == 1


def test_deleted_mail_is_ignored_and_the_reconciliation_knows(office: Office) -> None:
    mails = [
        Incoming(raw_mail(1), START_MS, uid=4, flags=("\\Seen", "\\Deleted")),
        Incoming(raw_mail(2), START_MS, uid=5),
    ]

    taken = take_in(office, BOX, mails, FolderMark("INBOX", 7, 5))

    rows = dict(office.replica.database.execute_sql("SELECT uid, outcome FROM seen_uid").fetchall())
    cursor = intake_store.cursor(office.replica, BOX.id, "INBOX")
    assert (taken.ignored, taken.tickets_new) == (1, 1)
    assert rows[4] == "ignored"
    assert len(rows[5]) == 32
    assert cursor is not None
    assert (cursor.uidvalidity, cursor.uid) == (7, 5)


def test_nothing_of_a_batch_is_there_if_it_fails(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(intake_store, "set_cursor", fail)
    with pytest.raises(RuntimeError):
        take_in(office, BOX, [Incoming(raw_mail(), START_MS, uid=1)], FolderMark("INBOX", 1, 1))

    for table in ("message", "ticket", "raw_seen", "seen_uid"):
        assert office.replica.database.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone() == (0,)
    assert check(office.replica).ok


def test_a_mail_that_breaks_the_reader_becomes_a_quarantine_ticket_and_can_be_retried(
    office: Office, receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(incoming, "read_mail", lambda raw: 1 // 0)
        taken = receive(raw_mail(1), raw_mail(2))
    assert (taken.quarantined, taken.tickets_new) == (2, 2)
    rows = office.replica.database.execute_sql("SELECT id, is_quarantined FROM ticket ORDER BY id").fetchall()
    assert all(is_quarantined for _, is_quarantined in rows)
    (message,) = details.messages_of(office.replica, rows[0][0])
    assert details.raw_of(office.replica, message.id) in (raw_mail(1), raw_mail(2))

    intake.retry(office, message.id)

    subjects = office.replica.database.execute_sql("SELECT subject FROM message WHERE NOT is_hidden").fetchall()
    assert ("Printer",) in subjects
    assert check(office.replica).ok


def test_what_the_server_could_not_hand_over_is_shown(office: Office) -> None:
    taken = take_in(office, BOX, [Incoming(None, START_MS, uid=9, problem="The server gave an empty answer.")])

    (message,) = details.messages_of(office.replica, only_ticket(office))
    assert taken.quarantined == 1
    assert "empty answer" in message.text


def test_a_colleagues_answer_from_the_sent_folder_belongs_to_its_ticket(office: Office, receive: Receive) -> None:
    receive(raw_mail(1))
    answer = raw_mail(
        2,
        sender="Support <support@desk.example>",
        to="maria@customer.example",
        subject="Re: Printer",
        In_Reply_To="<q1@customer.example>",
    )
    receive(answer, is_sent=True)

    detail = details.ticket_detail(office.replica, only_ticket(office))
    assert [message.direction for message in detail.messages] == [Direction.IN, Direction.OUT]
    assert detail.summary.status is Status.OPEN


def test_our_own_mail_about_something_else_is_left_out(office: Office, receive: Receive) -> None:
    taken = receive(raw_mail(1, sender="support@desk.example", to="friend@elsewhere.example"), is_sent=True)

    assert (taken.ignored, taken.tickets_new) == (1, 0)


def test_a_web_form_that_writes_in_our_name_makes_a_ticket_of_who_asks(office: Office, receive: Receive) -> None:
    receive(raw_mail(1, sender="support@desk.example", Reply_To="Maria <maria@customer.example>"))

    detail = details.ticket_detail(office.replica, only_ticket(office))
    assert detail.messages[0].direction is Direction.IN
    assert detail.summary.requester_address == "maria@customer.example"
    assert detail.summary.status is Status.NEW


def test_a_forged_mail_from_our_own_address_does_not_vanish(office: Office, receive: Receive) -> None:
    receive(raw_mail(1, sender="support@desk.example", subject="Re: invoice", In_Reply_To="<x@y.example>"))

    detail = details.ticket_detail(office.replica, only_ticket(office))
    assert detail.messages[0].direction is Direction.IN
    assert detail.summary.status is Status.NEW


def test_an_answer_from_outlook_with_a_copy_to_the_inbox_is_ours(office: Office, receive: Receive) -> None:
    receive(raw_mail(1))
    receive(
        raw_mail(
            2,
            sender="support@desk.example",
            to="maria@customer.example, support@desk.example",
            subject="Re: Printer",
            References="<q1@customer.example>",
        )
    )

    messages = details.messages_of(office.replica, only_ticket(office))
    assert [message.direction for message in messages] == [Direction.IN, Direction.OUT]


def test_an_out_of_office_answer_is_kept_and_marked_and_does_not_reopen(office: Office, receive: Receive) -> None:
    from deskhelp.services import desk

    receive(raw_mail(1))
    ticket = only_ticket(office)
    desk.set_status(office, [ticket], Status.SOLVED)
    receive(
        raw_mail(
            2, subject="Automatic reply: Printer", References="<q1@customer.example>", Auto_Submitted="auto-replied"
        )
    )

    detail = details.ticket_detail(office.replica, ticket)
    assert detail.summary.status is Status.SOLVED
    assert detail.messages[1].is_automatic


def test_history_comes_in_closed(office: Office, receive: Receive) -> None:
    receive(raw_mail(1), is_history=True)

    assert details.ticket_detail(office.replica, only_ticket(office)).summary.status is Status.CLOSED


def test_two_mailboxes_have_a_message_of_their_own_of_a_mail_sent_to_both(office: Office) -> None:
    other = replace(Mailbox("c" * 32), address="sales@desk.example")
    catalog.save(office, other)

    first = take_in(office, BOX, [Incoming(raw_mail(), START_MS)])
    second = take_in(office, other, [Incoming(raw_mail(), START_MS)])

    assert (first.duplicates, second.duplicates) == (0, 0)


def test_batches_are_bounded_by_number_and_by_bytes() -> None:
    many = [Incoming(b"x" * 10) for _ in range(450)]
    large = [Incoming(b"x" * 900) for _ in range(4)]

    assert [len(batch) for batch in in_batches(many, 200)] == [200, 200, 50]
    assert [len(batch) for batch in in_batches(large, 200, 1000)] == [2, 2]


def test_batches_of_a_long_import_grow_to_a_limit() -> None:
    mails = [Incoming(b"x" * 10) for _ in range(100)]
    assert [len(batch) for batch in in_batches(mails, 10, growth=4)] == [10, 20, 40, 30]
    assert [len(batch) for batch in in_batches(mails, 100, 100, growth=2)] == [10, 20, 20, 20, 20, 10]
    assert [len(batch) for batch in in_batches(mails, 10, growth=4, count=100)] == [10, 20, 35, 17, 10, 8]
