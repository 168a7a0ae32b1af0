"""Mails made to take long: each is read within two seconds, says what was left out, and shows the rest."""

from __future__ import annotations

import time

import pytest

from deskhelp.mail.reader import ReadMail, read_mail

HEAD = b"From: a@b.example\r\nSubject: Long\r\nMessage-ID: <1@b.example>\r\nMIME-Version: 1.0\r\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
CUT = "so many fields, parts or lines that its end was not read"
REPORT = b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
ALTERNATIVES = b"--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n"
LONG = {
    "flowing lines": HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"a \r\n" * 800_000,
    "a calendar": HEAD + b"Content-Type: text/calendar; charset=utf-8\r\n\r\n" + b"SUMMARY:x\r\n" * 3_000_000,
    "letters of no alphabet": HEAD + b"\r\n" + bytes(range(128, 256)) * 200_000,
    "pages beside a text": MIXED
    + b"--b\r\n\r\nThe text.\r\n"
    + (b"--b\r\nContent-Type: text/html\r\n\r\n" + b"<p>Hello <b>world</b></p>" * 4_000 + b"\r\n") * 100
    + b"--b--\r\n",
    "alternatives": MIXED.replace(b"mixed", b"alternative")
    + b"".join(b"--b\r\n\r\n" + b"w%d x " % number * 1_000 + b"\r\n" for number in range(1_900))
    + b"--b--\r\n",
    "a report of fields": MIXED
    + b"--b\r\n\r\nThe text.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    + b"a: b\n" * 300_000
    + b"--b--\r\n",
    "broken Chinese": HEAD + b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + b"\xc4\xe3\x80\xff" * 5_000_000,
}
MANY = {
    "fields": HEAD + b"X-A: b\r\n" * 1_500_000 + b"\r\nThe text.",
    "senders": b"From: nobody\r\n" * 800_000 + HEAD + b"\r\nThe text.",
    "parts": MIXED + b"--b\r\n\r\nThe text.\r\n" * 400_000 + b"--b--\r\n",
    "parts of parts": MIXED + b"--b\r\n\r\nThe text.\r\n" + ALTERNATIVES * 100_000 + b"--b--\r\n",
    "parts with damaged heads": MIXED + b"--b\r\n\r\nThe text.\r\n" + b"--b\r\nno field\r\n\r\nx\r\n" * 300_000,
    "mails": MIXED
    + b"--b\r\n\r\nThe text.\r\n"
    + b"--b\r\nContent-Type: message/rfc822\r\n\r\nA: b\r\n\r\nx\r\n" * 100_000,
    "recipients of a bounce": MIXED
    + b"--b\r\n\r\nThe text.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    + REPORT * 100_000
    + b"--b--\r\n",
}


def read_in_time(raw: bytes) -> ReadMail:
    begun = time.process_time()
    read = read_mail(raw)
    assert time.process_time() - begun < 2
    return read


@pytest.mark.parametrize("kind", LONG)
def test_a_mail_that_goes_on_and_on_is_read_in_time(kind: str) -> None:
    read = read_in_time(LONG[kind])
    assert read.subject == "Long"
    assert 0 < len(read.text) <= 2_000_000


@pytest.mark.parametrize("kind", MANY)
def test_of_more_than_anybody_sends_only_the_first_is_read_and_that_is_said(kind: str) -> None:
    read = read_in_time(MANY[kind])
    assert CUT in read.problems
    assert "The text." in read.text


def test_a_text_that_is_cut_stays_in_its_charset() -> None:
    line = "Привет, мир!\n".encode()
    read = read_in_time(HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + line * 600_000)
    assert read.text.startswith("Привет, мир!\nПривет") and "\ufffd" not in read.text
    assert read.problems == ()


def test_a_head_of_ten_thousand_fields_is_not_too_long() -> None:
    read = read_in_time(b"X-A: b\r\n" * 9_990 + HEAD + b"\r\nThe text.")
    assert (read.subject, read.problems) == ("Long", ())
