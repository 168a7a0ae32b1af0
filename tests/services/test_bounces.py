"""A mail that came back is told on the message that did not arrive."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskhelp.db import details
from deskhelp.db.lists import list_tickets
from deskhelp.domain.query import parse_query
from deskhelp.domain.status import Delivery
from deskhelp.mail.smtp import Outcome, SendResult
from deskhelp.services import outbox
from deskhelp.services.intake import Taken
from deskhelp.services.office import Office

from .test_outbox import answer, hand_over, state_of

Receive = Callable[..., Taken]

REPORT = """\
From: MAILER-DAEMON@mx.customer.example
To: support@desk.example
Subject: {subject}
Message-ID: <report.{action}@mx.customer.example>
Date: Mon, 23 Nov 2026 10:00:00 +0300
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

About your mail.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.customer.example

Final-Recipient: rfc822; maria@customer.example
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: <{header_id}>
Subject: Re: Printer

--b--
"""


def report(header_id: str, action: str, status: str) -> bytes:
    text = REPORT.format(header_id=header_id, action=action, status=status, subject="Delivery status")
    return text.replace("\n", "\r\n").encode()


@pytest.fixture
def sent(office: Office, ticket: str) -> str:
    """An answer that the server has accepted."""
    message = answer(office, ticket, send_now=True).message
    hand_over(office, message, SendResult(Outcome.ACCEPTED))
    return message


def header_id(office: Office, message: str) -> str:
    return outbox.find(office, message).header_id


@pytest.mark.parametrize("status", ["5.1.1", "4.2.2", "4.4.7"])
def test_a_message_that_came_back_is_red_on_its_ticket(
    office: Office, ticket: str, sent: str, receive: Receive, status: str
) -> None:
    """Also if it would be of use to send it again later: nobody does by himself."""
    taken = receive(report(header_id(office, sent), "failed", status))

    assert state_of(office, sent) is Delivery.BOUNCED
    assert details.message(office.replica, sent).delivery_text == f"maria@customer.example ({status})"
    assert {ticket} <= taken.change.tickets
    assert "outbox" in taken.change.kinds
    failed = list_tickets(office.replica, parse_query("is:failed"), agent=office.agent_id, now_ms=office.now())
    assert [row.id for row in failed.rows] == [ticket]


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0")])
def test_a_delay_or_a_success_changes_nothing(
    office: Office, sent: str, receive: Receive, action: str, status: str
) -> None:
    receive(report(header_id(office, sent), action, status))

    assert state_of(office, sent) is Delivery.SENT


def test_a_report_about_a_customers_own_mail_marks_nothing(office: Office, ticket: str, receive: Receive) -> None:
    """Anybody can send such a report; only what left from here can come back."""
    receive(report("q1@customer.example", "failed", "5.1.1"))

    states = {message.delivery for message in details.messages_of(office.replica, ticket)}
    assert Delivery.BOUNCED not in states
