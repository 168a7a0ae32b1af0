"""Mail that a colleague sends on to the desk is the customer's: his ticket, his words, the colleague's as a note."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

from deskhelp.db import details
from deskhelp.domain.status import Direction
from deskhelp.services import reading
from deskhelp.services.intake import Taken
from deskhelp.services.office import Office
from deskhelp.services.sending import send
from deskhelp.services.writing import start
from tests.services.conftest import raw_mail

Receive = Callable[..., Taken]
ANNA = "Anna <anna@desk.example>"
FORWARD = """Please call her, she is in a hurry.

---------- Forwarded message ---------
From: Maria Ivanova <maria@customer.example>
Date: Mon, 23 Nov 2026 at 09:00
Subject: Printer
To: <anna@desk.example>

It does not print.
"""


def test_a_forward_of_an_agent_is_the_ticket_of_the_customer(office: Office, receive: Receive) -> None:
    (ticket,) = receive(raw_mail(sender=ANNA, subject="Fwd: Printer", text=FORWARD)).change.tickets
    detail = details.ticket_detail(office.replica, ticket)
    summary = detail.summary
    assert (summary.requester_name, summary.requester_address) == ("Maria Ivanova", "maria@customer.example")
    assert summary.subject == "Printer"
    mail, note = detail.messages
    assert mail.direction is Direction.IN
    assert mail.text == "It does not print."
    assert [person.address for person in mail.forwarded_by] == ["anna@desk.example"]
    assert (note.direction, note.text, note.sender.name) == (
        Direction.NOTE,
        "Please call her, she is in a hurry.",
        "Anna",
    )


def test_the_words_of_the_colleague_never_reach_the_customer(office: Office, receive: Receive) -> None:
    (ticket,) = receive(raw_mail(sender=ANNA, subject="Fwd: Printer", text=FORWARD)).change.tickets
    draft = start(office, ticket, "reply")
    assert [person.address for person in (*draft.to, *draft.cc)] == ["maria@customer.example"]
    assert "hurry" not in draft.quoted
    assert "It does not print." in draft.quoted


def test_a_mail_like_that_from_a_stranger_stays_his(office: Office, receive: Receive) -> None:
    (ticket,) = receive(raw_mail(sender="eve@evil.example", subject="Fwd: Printer", text=FORWARD)).change.tickets
    detail = details.ticket_detail(office.replica, ticket)
    assert detail.summary.requester_address == "eve@evil.example"
    assert len(detail.messages) == 1


def attached(original: bytes, subject: str = "FW: Printer", text: str = "See the picture.") -> bytes:
    from email import message_from_bytes, policy

    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = ANNA, "support@desk.example", subject
    mail["Message-ID"], mail["Date"] = "<carrier@desk.example>", "Mon, 23 Nov 2026 10:00:00 +0300"
    mail.set_content(text)
    mail.add_attachment(message_from_bytes(original, policy=policy.default))
    return mail.as_bytes()


def test_an_attached_mail_is_taken_whole_with_its_files(office: Office, receive: Receive) -> None:
    original = EmailMessage(policy=SMTP)
    original["From"], original["To"] = "Мария <maria@customer.example>", ANNA
    original["Subject"], original["Message-ID"] = "Принтер", "<first@customer.example>"
    original.set_content("Не печатает.")
    original.add_alternative("<p>Не <b>печатает</b>.</p><ul><li>a</li></ul>", subtype="html")
    original.add_attachment(b"%PDF-1", maintype="application", subtype="pdf", filename="снимок.pdf")
    (ticket,) = receive(attached(original.as_bytes())).change.tickets
    detail = details.ticket_detail(office.replica, ticket)
    mail, note = detail.messages
    assert (mail.sender.address, mail.subject, mail.text) == ("maria@customer.example", "Принтер", "Не печатает.")
    assert mail.header_id == "first@customer.example"
    (file,) = mail.attachments
    assert file.name == "снимок.pdf"
    assert reading.attachment(office, file) == b"%PDF-1"
    assert "<b>" in reading.body(office, mail).html
    assert note.text == "See the picture."


def test_a_page_that_a_forward_quotes_is_shown_without_the_colleagues_words(office: Office, receive: Receive) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = ANNA, "support@desk.example", "Fwd: Printer"
    mail.set_content(FORWARD)
    mail.add_alternative(f"<b>Please call her, she is in a hurry.</b><ul><li>{FORWARD}</ul>", subtype="html")
    (ticket,) = receive(mail.as_bytes()).change.tickets
    shown = reading.body(office, details.messages_of(office.replica, ticket)[0])
    assert "hurry" not in shown.html + shown.quoted


def test_the_same_forward_comes_once(office: Office, receive: Receive) -> None:
    raw = attached(raw_mail(7, to=ANNA))
    receive(raw)
    again = receive(raw)
    assert (again.duplicates, again.tickets_new) == (1, 0)


def test_a_customer_who_answers_the_original_comes_to_the_forwarded_ticket(office: Office, receive: Receive) -> None:
    (ticket,) = receive(attached(raw_mail(7, to=ANNA))).change.tickets
    more = raw_mail(8, subject="Re: Printer", text="One thing more.", In_Reply_To="<q7@customer.example>")
    receive(more)
    texts = [m.text for m in details.messages_of(office.replica, ticket) if m.direction is Direction.IN]
    assert texts == ["It does not print.", "One thing more."]


def test_a_forward_joins_the_ticket_that_the_original_is_in(office: Office, receive: Receive, ticket: str) -> None:
    forward = raw_mail(9, sender=ANNA, subject="Fwd: Printer", text=FORWARD, References="<q1@customer.example>")
    receive(forward)
    assert len(details.messages_of(office.replica, ticket)) == 3  # the mail, its copy, and the note


def test_an_answer_of_an_agent_with_history_is_no_forward(office: Office, receive: Receive) -> None:
    history = "No idea.\n\n-----Original Message-----\nFrom: Maria <maria@customer.example>\nSent: Monday 2026\n"
    history += "To: Anna\nSubject: Printer\n\nIt does not print.\n"
    (ticket,) = receive(raw_mail(sender=ANNA, subject="RE: Printer", text=history)).change.tickets
    assert details.ticket_detail(office.replica, ticket).summary.requester_address == "anna@desk.example"


def test_a_forward_within_a_thread_of_ours_stays_the_agents(office: Office, receive: Receive, ticket: str) -> None:
    draft = start(office, ticket, "reply")
    from dataclasses import replace

    sent = send(office, replace(draft, text="Try again."), send_now=True)
    ours = details.message(office.replica, sent.message).header_id
    receive(raw_mail(9, sender=ANNA, subject="Fwd: Printer", text=FORWARD, In_Reply_To=f"<{ours}>"))
    last = details.messages_of(office.replica, ticket)[-1]
    assert last.sender.address == "anna@desk.example"


def test_a_copy_to_the_customer_is_a_handing_over(office: Office, receive: Receive) -> None:
    raw = raw_mail(sender=ANNA, subject="Fwd: Printer", text=FORWARD, Cc="maria@customer.example")
    (ticket,) = receive(raw).change.tickets
    assert details.ticket_detail(office.replica, ticket).summary.requester_address == "maria@customer.example"


def test_a_forward_to_somebody_else_with_a_copy_here_is_the_agents(office: Office, receive: Receive) -> None:
    raw = raw_mail(
        sender=ANNA, to="plumber@other.example", subject="Fwd: Printer", text=FORWARD, Cc="support@desk.example"
    )
    (ticket,) = receive(raw).change.tickets
    assert details.ticket_detail(office.replica, ticket).summary.requester_address == "anna@desk.example"


def test_what_the_mailbox_itself_sent_on_with_a_copy_here_is_our_own_mail(
    office: Office, receive: Receive, ticket: str
) -> None:
    raw = raw_mail(
        9,
        sender="support@desk.example",
        to="maria@customer.example, support@desk.example",
        subject="Fwd: Printer",
        text=FORWARD,
        In_Reply_To="<q1@customer.example>",
    )
    receive(raw)
    last = details.messages_of(office.replica, ticket)[-1]
    assert (last.direction, last.sender.address) == (Direction.OUT, "support@desk.example")
