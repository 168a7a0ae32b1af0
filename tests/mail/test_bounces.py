"""Mail that came back: whom it did not reach, why, whether for good, and which mail of ours it was."""

from __future__ import annotations

import time
from base64 import b64encode

import pytest

from deskhelp.mail.kinds import Kind
from deskhelp.mail.reader import ReadMail, part_bytes, read_mail

OURS = "support@desk.example"


def bounce(
    text: str, *, subject: str = "Failure", sender: str = "mailer-daemon@mx.example", head: str = ""
) -> ReadMail:
    fields = f"Return-Path: <>\r\nFrom: {sender}\r\nTo: {OURS}\r\nSubject: {subject}\r\n{head}"
    kind = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
    return read_mail((fields + kind + "\r\n" + text).encode())


def report(fields: str, *, head: str = "", enclosed: str = "", kind: str = "message/delivery-status") -> ReadMail:
    parts = f"--b\n\nSorry.\n--b\nContent-Type: {kind}\n\nReporting-MTA: dns; mx.example\n\n{fields}\n{enclosed}--b--\n"
    fields = f"Return-Path: <>\nFrom: mailer-daemon@mx.example\nTo: {OURS}\nSubject: Failure\n{head}MIME-Version: 1.0\n"
    return read_mail(f"{fields}Content-Type: multipart/report; boundary=b\n\n{parts}".encode())


def missed(mail: ReadMail) -> list[tuple[str, str, bool]]:
    return [(item.address, item.status, item.permanent) for item in mail.bounced]


@pytest.mark.parametrize(
    "words",
    [
        "Сбой доставки сообщения следующим получателям",
        "Не удается доставить",
        "Помилка доставки листа",
        "Falha na entrega a estes destinatários",
        "Niet bestelbaar",
        "Bezorging bij de volgende geadresseerden is mislukt",
        "Det går inte att leverera",
        "Kunne ikke leveres",
        "Votre message n'a pas été délivré",
        "Echec de remise",
        "Recapito non riuscito",
        "Doručení následujícím příjemcům se nezdařilo",
        "Nem kézbesíthető",
        "無法傳遞",
        "次の受信者への配信に失敗しました",
    ],
)
def test_servers_tell_in_their_language(words: str) -> None:
    mail = bounce(f"{words}:\r\n\r\nkim@klient.example\r\n#550 5.1.1 RESOLVER.ADR.RecipNotFound ##\r\n")
    assert mail.kind is Kind.BOUNCE
    assert missed(mail) == [("kim@klient.example", "5.1.1", True)]


@pytest.mark.parametrize(
    "text",
    [
        "A mail that you sent has not yet been delivered to:\r\n\r\n  kim@klient.example\r\n\r\nNo action is"
        " required on your part. Eventually the mail delivery software will give up, and the mail will be returned.",
        "Message 1pXyz-0003 has been frozen. The following address(es) have yet to be delivered:\r\n\r\n"
        "  kim@klient.example: retry timeout exceeded",
        "Delivery incomplete. There was a temporary problem delivering your message to kim@klient.example. You'll be"
        " notified if the delivery fails permanently.",
    ],
)
def test_a_delay_is_no_bounce(text: str) -> None:
    for head in ("", "X-Failed-Recipients: kim@klient.example\r\n"):
        mail = bounce(text, subject="Delivery Status Notification (Delay)" if head else "Warning", head=head)
        assert mail.kind is Kind.REPORT
        assert not mail.bounced


def test_each_recipient_has_a_reason_of_its_own() -> None:
    mail = bounce(
        "This is the mail system.\r\n\r\n<a@x.example>: host mx said: 550 5.1.1 <a@x.example>: unknown\r\n\r\n"
        "<b@x.example>: host mx said: 452 4.2.2 Mailbox full\r\n\r\n<support@y.example>: no answer\r\n"
    )
    assert missed(mail) == [
        ("a@x.example", "5.1.1", True),
        ("b@x.example", "4.2.2", False),
        ("support@y.example", "", True),
    ]


def test_a_reason_below_all_recipients_is_that_of_each() -> None:
    mail = bounce(
        "Could not be delivered to:\r\n\r\n<a@x.example>\r\n<b@x.example>\r\n\r\n554 5.7.1 Message blocked\r\n"
    )
    assert missed(mail) == [("a@x.example", "5.7.1", True), ("b@x.example", "5.7.1", True)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Unknown user: a@x.example\r\nUnknown host: b@y.example", ["a@x.example", "b@y.example"]),
        ("アドレスが見つからないため、a@x.exampleへのメールは配信されませんでした。", ["a@x.example"]),
        ("收件人邮件地址（a@x.example）不存在，邮件无法送达", ["a@x.example"]),
        ("Could not deliver to:\r\n\r\na@x.example am 20.11.2026 10:12\r\nb@x.example", ["a@x.example", "b@x.example"]),
        ("Could not deliver.\r\n\r\nEmpfänger: a@x.example\r\nFragen an: b@x.example", ["a@x.example"]),
    ],
)
def test_where_the_recipients_stand(text: str, found: list[str]) -> None:
    assert [item.address for item in bounce(text, subject="Undeliverable").bounced] == found


def test_what_arrived_is_no_bounce() -> None:
    mail = bounce("The following addresses had successful delivery notifications:\r\n\r\n<a@x.example> (relayed)")
    assert (mail.kind, mail.bounced) == (Kind.REPORT, ())


def test_a_report_that_comes_as_a_file() -> None:
    part = f"Content-Type: text/plain; name=details.txt\n\nReporting-MTA: dns; mx.example\n\n{FAILED}"
    head = f"From: postmaster@x.example\nTo: {OURS}\nSubject: Undeliverable\nMIME-Version: 1.0\n"
    mail = read_mail(f"{head}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSorry.\n--b\n{part}--b--\n".encode())
    assert missed(mail) == [("kim@x.example", "5.1.1", True)]


@pytest.mark.parametrize(
    ("reason", "is_permanent"),
    [
        ("550 No such user", True),
        ("No such user", True),
        ("552 5.2.2 over quota", True),
        ("452 4.2.2 over quota", False),
        ("Mailbox is full", False),
        ("Das Postfach des Empfängers ist voll", False),
        ("Почтовый ящик переполнен", False),
        ("收件人邮箱已满", False),
        ("450 4.2.0 Greylisted", False),
        ("450 4.2.0 Greylisted\r\nI'm not going to try again; this message has been in the queue too long.", True),
        ("mailbox full, retry timeout exceeded", False),
        ("Adresse invalide. OFR204_416 [416]", True),
    ],
)
def test_which_failures_last(reason: str, is_permanent: bool) -> None:
    mail = bounce(f"Your mail could not be delivered.\r\n\r\n<kim@x.example>:\r\n{reason}\r\n")
    assert [item.permanent for item in mail.bounced] == [is_permanent]
    assert [item.is_final for item in mail.bounced] == [True]


@pytest.mark.parametrize(
    ("action", "status", "kind", "is_permanent", "is_final"),
    [
        ("failed", "5.1.1", Kind.BOUNCE, True, True),
        ("failed", "5.2.2", Kind.BOUNCE, True, True),
        ("failed", "4.2.2", Kind.BOUNCE, False, True),
        ("failed", "4.4.7", Kind.BOUNCE, True, True),
        ("delayed", "4.2.2", Kind.REPORT, False, False),
        ("relayed", "2.0.0", Kind.REPORT, False, False),
    ],
)
def test_what_a_report_says(action: str, status: str, kind: Kind, is_permanent: bool, is_final: bool) -> None:
    mail = report(f"Final-Recipient: rfc822; kim@x.example\nAction: {action}\nStatus: {status}\n")
    assert mail.kind is kind
    (item,) = mail.bounced
    assert (item.status, item.permanent, item.is_final) == (status, is_permanent, is_final)


def test_a_report_about_an_international_address() -> None:
    fields = "Final-Recipient: utf-8; jürgen@x.example\nAction: failed\nStatus: 5.1.1\n"
    assert missed(report(fields, kind="message/global-delivery-status")) == [("jürgen@x.example", "5.1.1", True)]
    assert missed(report(fields.replace("ü", r"\x{FC}"))) == [("jürgen@x.example", "5.1.1", True)]


FAILED = "Final-Recipient: rfc822; kim@x.example\nAction: failed\nStatus: 5.1.1\n"


def packed(kind: str, content: str) -> str:
    return f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\n\n{b64encode(content.encode()).decode()}\n"


@pytest.mark.parametrize(
    "recipient",
    ['"Kim" <kim@x.example>', "mailto:kim@x.example", "kim@x.example (Kim Lang)", "<kim@x.example>"],
)
def test_a_recipient_that_is_not_named_as_it_should_be(recipient: str) -> None:
    mail = report(f"Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.1.1\n")
    assert missed(mail) == [("kim@x.example", "5.1.1", True)]


def test_parts_in_an_encoding_that_they_may_not_have() -> None:
    told = packed("message/delivery-status", f"Reporting-MTA: dns; mx.example\n\n{FAILED}")
    ours = packed("message/rfc822", f"From: {OURS}\nMessage-ID: <o@desk>\nSubject: Printer\n\nHello\n")
    head = "Return-Path: <>\nFrom: mailer-daemon@x.example\nSubject: Failure\nMIME-Version: 1.0\n"
    kind = "Content-Type: multipart/report; boundary=b\n\n--b\n\nSorry.\n"
    raw = f"{head}{kind}--b\n{told}--b\n{ours}--b--\n".encode()
    mail = read_mail(raw)
    assert missed(mail) == [("kim@x.example", "5.1.1", True)]
    assert mail.bounced[0].original_message_id == "o@desk"
    enclosed = mail.attachments[-1]
    assert (enclosed.name, part_bytes(raw, enclosed.index).split()[-1]) == ("Printer.eml", b"Hello")


EML = 'Content-Type: application/octet-stream; name="mail.eml"\n\nFrom: support@desk.example\nMessage-ID: <o@desk>\n\n'


@pytest.mark.parametrize(
    "mail",
    [
        report(FAILED, enclosed="--b\nContent-Type: message/rfc822\n\nMessage-ID: <o@desk>\n\nx\n"),
        report(FAILED, enclosed="--b\n" + EML),
        report(FAILED, head="In-Reply-To: <o@desk>\n"),
        bounce("<kim@x.example>: 550 5.1.1 no\r\n", head="References: <a@x> <o@desk>\r\n"),
        bounce("Could not be delivered: kim@x.example 550\r\n\r\n 09:12 *  Message-ID: <o@desk>\r\n"),
        bounce("Could not be delivered: kim@x.example 550\r\n\r\nReceived:from a by b\r\nMessage-ID:<o@desk>\r\n"),
    ],
    ids=["enclosed", "as a file", "answered", "references", "transcript", "head in the text"],
)
def test_which_mail_came_back(mail: ReadMail) -> None:
    assert [item.original_message_id for item in mail.bounced] == ["o@desk"]


ENCLOSED = "\n--b\nContent-Type: message/rfc822\n\nFrom: support@desk.example\nTo: kbauer@uni.example\n\nx\n--b--\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The message was undeliverable to the following:\n\tkbauer (user not found)\n" + ENCLOSED,
            "kbauer@uni.example",
        ),
        (
            "The message was undeliverable to the following:\n\tkbauer (user not found)\n\n--b--\n",
            "kbauer@gw.uni.example",
        ),
        ("Message status - undeliverable\n" + ENCLOSED, "kbauer@uni.example"),
        (
            "Your mail was not delivered to:\n\n -- info@uni.example\n\nAsk support@uni.example.\n\n--b--\n",
            "info@uni.example",
        ),
    ],
)
def test_a_recipient_without_a_whole_address(text: str, found: str) -> None:
    head = f"From: mailer-daemon@gw.uni.example\nTo: {OURS}\nSubject: Undeliverable\nMIME-Version: 1.0\n"
    mail = read_mail(f"{head}Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{text}".encode())
    assert [item.address for item in mail.bounced] == [found]


@pytest.mark.parametrize("subject", ["Delivery Status Notification (Failure)", "failure notice", "Mail System Error"])
def test_a_server_without_any_mark_but_its_subject(subject: str) -> None:
    raw = f"From: postmaster@x.example\nTo: {OURS}\nSubject: {subject}\n\nDelivery failed.\n\n  kim@y.example\n"
    assert missed(read_mail(raw.encode())) == [("kim@y.example", "", True)]


def test_a_postmaster_may_be_a_person() -> None:
    text = "Our users say that mail to you could not be delivered since Monday. Do you block us, bob@desk.example?"
    head = f"From: Karl <postmaster@x.example>\nTo: {OURS}\nSubject: "
    assert read_mail(f"{head}Mail to you\n\n{text}".encode()).kind is Kind.PERSON
    assert read_mail(f"{head}Undeliverable mail\n\n{text}".encode()).kind is Kind.BOUNCE
    assert read_mail(f"{head}Your mail\n\n{text} 550 5.7.1 blocked".encode()).kind is Kind.BOUNCE


@pytest.mark.parametrize("subject", ["What is this file?", "Fwd: Undelivered Mail Returned to Sender"])
def test_a_person_may_attach_the_report_of_a_bounce(subject: str) -> None:
    part = f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n{FAILED}"
    head = f"From: Anna <anna@x.example>\nTo: {OURS}\nSubject: {subject}\nMIME-Version: 1.0\n"
    mail = read_mail(f"{head}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHelp!\n--b\n{part}\n--b--\n".encode())
    assert (mail.kind, mail.bounced, mail.may_auto_reply) == (Kind.PERSON, (), True)


@pytest.mark.parametrize("words", ["a" * 20_000, "a@" * 10_000, "a@b" + ".c" * 10_000, "\t" * 20_000])
def test_words_without_an_end_take_no_time(words: str) -> None:
    started = time.process_time()
    mail = bounce(words, subject="Undeliverable")
    assert mail.kind is Kind.BOUNCE
    assert report(f"Final-Recipient: rfc822; {words}\nAction: failed\n").kind is Kind.BOUNCE
    assert time.process_time() - started < 1
