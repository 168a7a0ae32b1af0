"""Automatic acknowledgement: once a ticket, to people only, within its limits, and never between two machines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from deskhelp.db import details
from deskhelp.domain.entities import Agent, CannedReply, Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.identity import mailbox_id
from deskhelp.domain.status import Delivery, Direction, Status
from deskhelp.mail.kinds import Kind
from deskhelp.mail.reader import read_mail
from deskhelp.mail.smtp import Outcome, Reply, SendResult
from deskhelp.mail.troubles import NetworkTrouble
from deskhelp.services import accounts, acknowledging, catalog, desk, noise, outbox, outbox_list, sending, sync, writing
from deskhelp.services.acknowledging import IN_ALL_AN_HOUR, PER_DOMAIN_AN_HOUR
from deskhelp.services.incoming import Incoming
from deskhelp.services.intake import Taken, take_in
from deskhelp.services.office import Office
from deskhelp.settings import open_profile
from tests.services.conftest import BOX, Clock, raw_mail
from tests.support.smtp_server import SmtpServer

Receive = Callable[..., Taken]
TEXT = "Hello {customer.first_name},\n\nwe have your request {ticket.code}.\n\n{agent.name}"
CANNED = CannedReply("c" * 32, "We have it", language="en", text=TEXT)
DAY_S = 86_400


@pytest.fixture
def acknowledged(office: Office) -> Office:
    """The office with acknowledgement switched on."""
    catalog.save(office, CANNED)
    acknowledging.switch_on(office, BOX, CANNED)
    return office


def queued(office: Office) -> list[EmailMessage]:
    """The automatic mails that wait to leave."""
    mails = []
    for row in outbox.due(office):
        raw = outbox.raw_of_blob(office, row.raw_blob)
        mails.append(message_from_bytes(raw, policy=policy.default))
    return [mail for mail in mails if mail["Auto-Submitted"]]


def test_nothing_is_sent_before_somebody_switched_it_on(office: Office, receive: Receive) -> None:
    catalog.save(office, CANNED)
    receive(raw_mail())
    assert outbox.due(office) == []


def test_a_new_ticket_is_acknowledged_and_still_waits_for_an_answer(acknowledged: Office, receive: Receive) -> None:
    (ticket,) = receive(raw_mail(text="The printer does not print, please help.")).change.tickets
    (mail,) = queued(acknowledged)
    summary = details.ticket_detail(acknowledged.replica, ticket).summary
    assert mail["To"] == "Maria Ivanova <maria@customer.example>"
    assert mail["From"] == "Support <support@desk.example>"
    assert mail["Subject"] == f"Re: Printer [#{summary.code}]"
    assert mail["In-Reply-To"] == "<q1@customer.example>"
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    text = mail.get_body(("plain",)).get_content().replace("\r", "")  # type: ignore[union-attr]
    assert text == f"Hello Maria,\n\nwe have your request {summary.code}.\n\nSupport\n"
    assert outbox.due(acknowledged)[0].envelope_from == ""
    assert (summary.status, summary.snippet[:11]) == (Status.NEW, "The printer")
    assert summary.waiting_since_ms > 0
    sent = details.messages_of(acknowledged.replica, ticket)[1]
    assert (sent.is_automatic, sent.agent, sent.direction) == (True, "", Direction.OUT)


def test_what_we_send_by_ourselves_is_read_as_automatic(acknowledged: Office, receive: Receive) -> None:
    receive(raw_mail())
    read = read_mail(queued(acknowledged)[0].as_bytes())
    assert read.kind is Kind.AUTO_REPLY
    assert not read.may_auto_reply


def test_an_answer_to_the_acknowledgement_joins_the_ticket_and_is_not_answered(
    acknowledged: Office, receive: Receive, clock: Clock
) -> None:
    (ticket,) = receive(raw_mail()).change.tickets
    ours = queued(acknowledged)[0]["Message-ID"]
    clock.pass_s(2 * DAY_S)
    receive(raw_mail(2, subject="Re: Printer", In_Reply_To=str(ours)))
    assert len(details.messages_of(acknowledged.replica, ticket)) == 3
    assert len(queued(acknowledged)) == 1


def test_an_answer_that_came_within_the_second_of_ours_stands_below_it(
    acknowledged: Office, receive: Receive, clock: Clock
) -> None:
    clock.pass_s(0.4)
    (ticket,) = receive(raw_mail()).change.tickets
    ours = queued(acknowledged)[0]["Message-ID"]
    at_the_second = clock.now_ms // 1000 * 1000  # as servers tell it
    take_in(acknowledged, BOX, [Incoming(raw_mail(2, In_Reply_To=str(ours)), at_the_second)])
    shown = details.messages_of(acknowledged.replica, ticket)
    assert [message.direction for message in shown] == [Direction.IN, Direction.OUT, Direction.IN]


@pytest.mark.parametrize(
    ("sender", "heads"),
    [
        ("news@list.example", {"List-Id": "<news.list.example>"}),
        ("news@list.example", {"Precedence": "bulk"}),
        ("maria@customer.example", {"Auto-Submitted": "auto-generated"}),
        ("maria@customer.example", {"Return-Path": "<>"}),
        ("maria@customer.example", {"X-Auto-Response-Suppress": "DR, OOF, AutoReply"}),
        ("maria@customer.example", {"X-Loop": "somewhere"}),
        ("MAILER-DAEMON@customer.example", {}),
        ("noreply@customer.example", {}),
        ("maria@customer.example", {"Reply-To": "no-reply@customer.example"}),
        ("maria@customer.example", {"Reply-To": "support@desk.example"}),
        ("support@desk.example", {}),
        ("anna@desk.example", {}),
    ],
)
def test_machines_lists_and_ourselves_are_never_answered(
    acknowledged: Office, receive: Receive, sender: str, heads: dict[str, str]
) -> None:
    receive(raw_mail(sender=sender, **{name.replace("-", "_"): value for name, value in heads.items()}))
    assert queued(acknowledged) == []


def test_history_files_old_mail_spam_and_forwards_are_never_answered(
    acknowledged: Office, receive: Receive, clock: Clock
) -> None:
    receive(raw_mail(1), is_history=True)
    take_in(acknowledged, BOX, [Incoming(raw_mail(2, sender="old@customer.example"), clock.now_ms - DAY_S * 1001)])
    receive(raw_mail(5, sender="file@customer.example", subject="From a file"), is_imported=True)
    noise.block(acknowledged, ["casino.example"])
    receive(raw_mail(3, sender="win@casino.example"))
    text = "---------- Forwarded message ---------\nFrom: Ivan <ivan@customer.example>\nSubject: Hi\n\nAnswer me\n"
    receive(raw_mail(4, sender="anna@desk.example", subject="Fwd: Hi", text=text))
    assert queued(acknowledged) == []


def test_what_a_moved_mailbox_hands_out_as_new_is_not_answered(acknowledged: Office, receive: Receive) -> None:
    receive(raw_mail().replace(b"Mon, 23 Nov 2026", b"Mon, 15 Jun 2026"))
    assert queued(acknowledged) == []


def test_a_sender_has_one_answer_a_day(acknowledged: Office, receive: Receive, clock: Clock) -> None:
    receive(raw_mail(1), raw_mail(2, subject="Another"))
    clock.pass_s(DAY_S - 60)
    receive(raw_mail(3, subject="A third"))
    assert len(queued(acknowledged)) == 1
    clock.pass_s(120)
    receive(raw_mail(4, subject="Tomorrow"))
    assert len(queued(acknowledged)) == 2


def test_a_domain_has_five_answers_an_hour(acknowledged: Office, receive: Receive, clock: Clock) -> None:
    receive(*(raw_mail(n, sender=f"p{n}@customer.example", subject=f"S{n}") for n in range(10)))
    assert len(queued(acknowledged)) == PER_DOMAIN_AN_HOUR
    clock.pass_s(3700)
    receive(raw_mail(20, sender="later@customer.example"))
    assert len(queued(acknowledged)) == PER_DOMAIN_AN_HOUR + 1


def test_after_thirty_in_an_hour_it_stops_until_somebody_switches_it_on_again(
    acknowledged: Office, receive: Receive, clock: Clock
) -> None:
    receive(*(raw_mail(n, sender=f"p@c{n}.example", subject=f"S{n}") for n in range(40)))
    assert len(queued(acknowledged)) == IN_ALL_AN_HOUR
    box = accounts.find(acknowledged, "support@desk.example")
    assert box.acknowledging_stopped_ms > 0
    clock.pass_s(2 * 3600)
    receive(raw_mail(50, sender="p@new.example"))
    assert len(queued(acknowledged)) == IN_ALL_AN_HOUR
    acknowledging.switch_on(acknowledged, box, CANNED)
    receive(raw_mail(51, sender="p@newer.example"))
    assert len(queued(acknowledged)) == IN_ALL_AN_HOUR + 1


def test_the_customers_language_is_spoken_where_there_is_a_reply_in_it(acknowledged: Office, receive: Receive) -> None:
    catalog.save(acknowledged, CannedReply("d" * 32, "We have it", language="ru", text="Мы получили ваше письмо."))
    receive(raw_mail(1, sender="ivan@customer.example", subject="Печать", text="Принтер не печатает, помогите."))
    assert "Мы получили" in queued(acknowledged)[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_a_reply_that_asks_something_cannot_be_chosen(office: Office) -> None:
    asking = replace(CANNED, text="Tell us {?Order number}")
    catalog.save(office, asking)
    with pytest.raises(DeskTrouble):
        acknowledging.switch_on(office, BOX, asking)


def test_it_does_not_leave_once_an_agent_has_answered_or_it_is_spam(acknowledged: Office, receive: Receive) -> None:
    first = next(iter(receive(raw_mail(1)).change.tickets))
    sending.send(acknowledged, replace(writing.start(acknowledged, first, "reply"), text="Hello"), send_now=True)
    second = next(iter(receive(raw_mail(2, sender="eve@other.example", subject="Eve")).change.tickets))
    desk.set_status(acknowledged, [second], Status.SPAM)
    automatic = [row for row in outbox.due(acknowledged) if not row.envelope_from]
    assert len(automatic) == 2
    assert [outbox.begin(acknowledged, row.message) for row in automatic] == [None, None]
    assert queued(acknowledged) == []


def test_news_of_the_customer_does_not_hold_it(acknowledged: Office, receive: Receive) -> None:
    receive(raw_mail(1))
    receive(raw_mail(2, subject="Re: Printer", References="<q1@customer.example>"))
    (row,) = outbox.due(acknowledged)
    assert outbox.begin(acknowledged, row.message) is not None


@pytest.mark.parametrize(
    "result",
    [
        SendResult(Outcome.UNCERTAIN, trouble=NetworkTrouble("The connection broke.")),
        SendResult(Outcome.REFUSED, Reply(550, "no such user")),
    ],
)
def test_nobody_is_asked_about_one_that_did_not_arrive(
    acknowledged: Office, receive: Receive, result: SendResult
) -> None:
    (ticket,) = receive(raw_mail(1)).change.tickets
    (row,) = outbox.due(acknowledged)
    outbox.begin(acknowledged, row.message)
    assert outbox.finish(acknowledged, row.message, result) is Delivery.DROPPED
    assert outbox_list.listed(acknowledged) == ()
    assert not details.ticket_detail(acknowledged.replica, ticket).summary.has_failed_delivery
    assert details.ticket_detail(acknowledged.replica, ticket).summary.status is Status.NEW


@pytest.mark.parametrize("answer", ["", "550 5.7.1 no empty senders here"])
def test_a_server_that_wants_a_sender_gets_one(
    acknowledged: Office, receive: Receive, smtp_server: SmtpServer, answer: str
) -> None:
    smtp_server.deliver = False
    if answer:
        smtp_server.fail_next("MAIL", answer)
    receive(raw_mail(1))
    box = replace(
        accounts.find(acknowledged, "support@desk.example"),
        smtp=f"smtps://support@127.0.0.1:{smtp_server.tls_port}",
        ca_file=str(smtp_server.ca_file),
    )
    done = sync.Round()
    sync.send_due(lambda fn, *args: fn(acknowledged, *args), box, "secret-support", done)
    assert done.sent == 1
    (mail,) = smtp_server.mails
    assert mail.sender == ("support@desk.example" if answer else "<>")


def test_two_clients_that_took_in_one_mail_write_one_answer(acknowledged: Office, clock: Clock, tmp_path: Path) -> None:
    with Office.open(open_profile(tmp_path / "other"), clock=clock) as other:
        other.replica.team_key = acknowledged.replica.team_key
        other.replica.apply(acknowledged.replica.events(), acknowledged.replica.replica_id)
        for one in (acknowledged, other):
            take_in(one, BOX, [Incoming(raw_mail(1), clock.now_ms)])
        ours, theirs = outbox.due(acknowledged), outbox.due(other)
        assert [(row.message, row.header_id) for row in ours] == [(row.message, row.header_id) for row in theirs]
        assert len(ours) == 1


def test_two_desks_that_acknowledge_each_other_for_a_day_send_two_mails_at_most(
    acknowledged: Office, clock: Clock, tmp_path: Path
) -> None:
    far_box = Mailbox(mailbox_id("help@far.example"), "Far", "help@far.example")
    with Office.open(open_profile(tmp_path / "far"), clock=clock) as far:
        catalog.save(far, far_box, Agent("f" * 32, "Fred", "fred@far.example"), CANNED)
        acknowledging.switch_on(far, far_box, CANNED)
        take_in(acknowledged, BOX, [Incoming(raw_mail(1, sender="Far <help@far.example>"), clock.now_ms)])
        sides, sent = {"far.example": (far, far_box), "desk.example": (acknowledged, BOX)}, 0
        for _ in range(24 * 60):
            clock.pass_s(60)
            for office, _box in list(sides.values()):
                for row in outbox.due(office):
                    if outbox.begin(office, row.message) is None:
                        continue
                    outbox.finish(office, row.message, SendResult(Outcome.ACCEPTED, Reply(250, "ok")))
                    sent += 1
                    other, other_box = sides[row.recipients[0].rpartition("@")[2]]
                    raw = outbox.raw_of_blob(office, row.raw_blob)
                    # The worst carrier there is: it loses what says that the mail is automatic.
                    plain = b"\r\n".join(line for line in raw.split(b"\r\n") if not line.startswith((b"Auto-", b"X-")))
                    take_in(other, other_box, [Incoming(plain, clock.now_ms)])
    assert 1 <= sent <= 2
