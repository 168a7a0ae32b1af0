"""Damaged mails: read somehow, fast, and what was damaged is said; nothing raises, nothing vanishes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhelp.mail.reader import part_bytes, read_mail
from tests.bench.bench_mutants import judge, own_mails
from tests.bench.mutants import DAMAGES, mutant
from tests.fuzz.fuzz_mail import one_input

SEEDS = own_mails()[::6]


@given(st.integers(min_value=0, max_value=10**9))
@settings(max_examples=200, deadline=None)
def test_a_damaged_mail_is_read_in_time_and_something_of_it_is_shown(number: int) -> None:
    raw = mutant(SEEDS, number)
    begun = time.process_time()
    read = read_mail(raw)
    assert time.process_time() - begun < 2
    for part in read.attachments:
        assert len(part_bytes(raw, part.index)) == part.size
    assert not raw.strip() or read.text.strip() or read.attachments or read.subject or read.problems or read.sender


@given(st.integers(min_value=0, max_value=10**9))
@settings(max_examples=100, deadline=None)
def test_a_damaged_mail_is_made_ready_to_be_shown(number: int) -> None:
    one_input(mutant(SEEDS, number))


@given(st.binary(max_size=3_000))
def test_any_bytes_are_a_mail(raw: bytes) -> None:
    read_mail(raw)


def test_the_damage_does_damage() -> None:
    numbers = range(300)
    assert len({mutant(SEEDS, number) for number in numbers}) > 280
    assert all(not said for _number, _seconds, said in judge(range(50)))
    assert len(DAMAGES) == 12


def test_an_attached_mail_with_a_field_that_cannot_be_written_is_saved_as_it_stands() -> None:
    inner = (
        b"Received: from a\n (b [IP\n6:2003::a])\n\tby c\nFrom: Olga <o@a.example>\nSubject: Inner\n\nThe text inside\n"
    )
    outer = b'From: p@a.example\nContent-Type: multipart/mixed; boundary="x"\n\n--x\n\nSee below.\n--x\n'
    raw = outer + b"Content-Type: message/rfc822\n\n" + inner + b"\n--x--\n"
    (part,) = read_mail(raw).attachments
    saved = part_bytes(raw, part.index)
    assert b"The text inside" in saved
    assert read_mail(saved).subject == "Inner"


def test_a_mail_that_breaks_off_in_its_sender_says_so() -> None:
    assert "From names no address" in read_mail(b"Message-ID: <a@b.example>\nFrom: Olga <x@\n").problems


@pytest.mark.parametrize("depth", [10, 60, 3_000])
def test_a_mail_in_a_mail_in_a_mail(depth: int) -> None:
    raw = b"Content-Type: message/rfc822\n\n" * depth + b"Subject: Deep\n\nAt the bottom\n"
    begun = time.process_time()
    read = read_mail(b"From: a@b.example\n" + raw)
    assert time.process_time() - begun < 2
    assert read.attachments or read.problems


HEAD = b"From: Olga <o@a.example>\r\nTo: desk@b.example\r\nSubject: Fire\r\nMessage-ID: <1@a.example>\r\n"
BODY = b"Good day, it burns.\r\n\r\nOlga\r\n"
HEADS = {
    "no blank line below it": HEAD + BODY,
    "a blank line that is not empty": HEAD + b"  \r\n" + BODY,
    "a line of another program in front": b"* 1 FETCH (RFC822 {99}\r\n" + HEAD + b"\r\n" + BODY,
    "a mark and blank lines in front": b"\xef\xbb\xbf\r\n" + HEAD + b"\r\n" + BODY,
    "a line amid it": HEAD.replace(b"Subject", b"no field\r\nSubject") + b"\r\n" + BODY,
    "blanks before the colons": HEAD.replace(b":", b" :", 1) + b"\r\n" + BODY,
    "a blank line amid it": b"Received: from a by b\r\nX-Scanned: yes\r\n\r\n" + HEAD + b"\r\n" + BODY,
    "line ends converted twice": (HEAD + b"\r\n" + BODY).replace(b"\r\n", b"\r\r\n"),
    "carriage returns only": (HEAD + b"\r\n" + BODY).replace(b"\r\n", b"\r"),
    "a carriage return in a field": HEAD.replace(b"desk@", b"\rdesk@") + b"\r\n" + BODY,
    "saved in UTF-16": (HEAD + b"\r\n" + BODY).decode().encode("utf-16"),
    "an empty field before the real one": HEAD.replace(b"Subject", b"Subject:\r\nSubject") + b"\r\n" + BODY,
    "folded with an empty line": HEAD.replace(b"Fire", b"\r\n \r\n Fire") + b"\r\n" + BODY,
}


@pytest.mark.parametrize("raw", HEADS.values(), ids=HEADS.keys())
def test_a_damaged_head_costs_nothing_of_the_mail(raw: bytes) -> None:
    read = read_mail(raw)
    assert (read.sender.address, read.subject) == ("o@a.example", "Fire")
    assert read.text.split() == BODY.decode().split()


@pytest.mark.parametrize(
    "raw",
    [
        b"Return-Path: <@relay.example:o@a.example>\n\nx",
        b"From o@a.example Tue Jan 14 11:11:32 2025\nSubject: x\n\nx",
        b"Reply-To: o@a.example\nFrom: root\n\nx",
    ],
)
def test_whoever_sent_a_mail_without_a_sender_is_found(raw: bytes) -> None:
    assert read_mail(raw).sender.address == "o@a.example"
