"""Names that every client derives alike, and codes that survive being said, typed and pasted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.codes import code_prefix_range, codes_in_subject, normalise_code, ticket_code, with_code
from deskhelp.domain.identity import (
    blob_id,
    digest,
    mail_keys,
    mailbox_id,
    own_header_id,
    ticket_of_own_header_id,
    ticket_of_own_references,
)

IDS = st.binary(min_size=16, max_size=16).map(bytes.hex)
KEY = b"k" * 32
TYPED = str.maketrans("ABCEHKMPTXY0", "АВСЕНКМРТХУО")
READ_WRONG = str.maketrans("01", "OI")


@given(IDS, st.sampled_from(["{}", "#{}", "[#{}]", " {} "]), st.sampled_from(["-", " ", "", "–"]), st.integers(0, 3))
def test_a_code_is_known_in_any_spelling(ticket: str, frame: str, gap: str, how: int) -> None:
    code = ticket_code(ticket).replace("-", gap)
    spelling = (code, code.lower(), code.translate(TYPED), code.translate(READ_WRONG).lower())[how]
    bare = normalise_code(frame.format(spelling))
    assert bare is not None
    first, last = code_prefix_range(bare)
    assert first <= ticket <= last


@given(IDS, st.integers(7, 26))
def test_a_longer_code_narrows_the_range_and_still_holds_its_ticket(ticket: str, length: int) -> None:
    first, last = code_prefix_range(normalise_code(ticket_code(ticket, length)) or "")
    assert first <= ticket <= last
    assert int(last, 16) - int(first, 16) == max(0, (1 << max(0, 128 - 5 * length)) - 1)


@given(IDS, st.text(max_size=60))
def test_a_subject_bears_its_code_once_and_gives_it_back(ticket: str, subject: str) -> None:
    code = ticket_code(ticket)
    once = with_code(subject, code)
    assert normalise_code(code) in codes_in_subject(once)
    assert with_code(once, code) == once
    assert with_code(f"Re: {once}", code) == f"Re: {once}"


@pytest.mark.parametrize("text", ["", "hello", "12345", "7K3-QF2", "7K3-QFUM", "U" * 9])
def test_what_is_no_code_is_none(text: str) -> None:
    assert normalise_code(text) is None


@pytest.mark.parametrize("subject", ["[#1234] Help", "order #7K3-QF2M", "[7K3-QF2M]", "[JIRA-12345678]"])
def test_numbers_of_others_are_no_codes_of_ours(subject: str) -> None:
    assert codes_in_subject(subject) == ()


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_a_digest_stands_for_its_parts_and_their_borders(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_names_do_not_change_between_versions() -> None:
    """These names stand in logs and in mails that have been sent; a change would double every ticket."""
    assert digest("a", "b") == "4fc56058b4df0ca122be9a2e429541d6"
    assert blob_id(b"mail") == "8351d93feeca0f16f11b09d31f7ec396"
    assert mailbox_id(" Help@Office.example ") == mailbox_id("help@office.example")
    assert mailbox_id("help@office.example") == "89b576b1fd55bb0af05987f3e0fe7b66"
    assert keys().message_id == "f1fd0532deac80a0422fd118b5ee37df"
    assert ticket_code("0123456789abcdef0123456789abcdef") == "04H-MASW"
    assert own_header_id("a" * 32, "b" * 32, KEY, "d.example") == (
        "dh.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb.ef2af7846ef2e693@d.example"
    )


def keys(**changes: str) -> Any:
    facts = {
        "header_id": "1@mail",
        "raw_date": "Mon, 1 Jan 2024 00:00:00 +0000",
        "sender": "ann@a.example",
        "recipients": "help@office.example",
        "subject": "Help",
        "received": "from x",
        "content": "c",
    }
    return mail_keys(changes.pop("mailbox", "box"), **{**facts, **changes})


def test_the_same_message_id_alone_does_not_make_the_same_mail() -> None:
    one = keys()
    assert keys(sender=" ANN@a.example ") == one
    assert keys(received="from y", subject="Re: Help", recipients="") == one, "servers may touch these"
    assert keys(content="other").coarse == one.coarse
    assert keys(content="other").message_id != one.message_id
    for changes in ({"sender": "bob@b.example"}, {"raw_date": "later"}, {"mailbox": "other"}, {"header_id": "2@mail"}):
        assert keys(**changes).coarse != one.coarse


def test_without_a_message_id_all_that_was_written_into_a_mail_names_it() -> None:
    one = keys(header_id="")
    for name in ("sender", "raw_date", "recipients", "subject", "received", "content"):
        assert keys(header_id="", **{name: "other"}).coarse != one.coarse


@given(IDS, IDS, st.binary(min_size=1, max_size=40))
def test_our_message_ids_name_their_ticket_only_under_our_key(ticket: str, message: str, other: bytes) -> None:
    header = own_header_id(ticket, message, KEY, "desk.example")
    assert ticket_of_own_header_id(header, KEY) == ticket
    assert ticket_of_own_references(["x@y", header, "z@y"], KEY) == ticket
    if other != KEY:
        assert ticket_of_own_header_id(header, other) is None


@given(IDS, IDS, IDS)
def test_a_ticket_put_into_somebody_elses_signature_is_not_believed(ticket: str, message: str, victim: str) -> None:
    header = own_header_id(ticket, message, KEY, "desk.example")
    forged = header.replace(ticket, victim)
    assert ticket_of_own_header_id(forged, KEY) == (ticket if ticket == victim else None)
