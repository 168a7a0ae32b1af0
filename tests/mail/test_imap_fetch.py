"""FETCH answers in all the shapes servers give them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.imap_fetch import batches, parse_answers, parse_uid_set, uid_set
from deskhelp.mail.imap_folders import Folder, decode_name, parse_list, sent_folder

WHOLE = b'1 (UID 7 RFC822.SIZE 5 INTERNALDATE " 1-Feb-2026 10:00:00 +0300" FLAGS (\\Seen $MDNSent) BODY[] {5}'


def test_an_ordinary_answer() -> None:
    (answer,) = parse_answers([(WHOLE, b"hello"), b")"])
    assert (answer.uid, answer.size, answer.body) == (7, 5, b"hello")
    assert answer.flags == ("\\Seen", "$MDNSent")
    assert answer.internal_date_ms == 1_769_929_200_000


def test_items_after_the_literal_and_in_small_letters() -> None:
    (answer,) = parse_answers([(b"1 (body[] {2}", b"hi"), b" uid 9 rfc822.size 2)"])
    assert (answer.uid, answer.size, answer.body) == (9, 2, b"hi")


def test_a_quoted_body_and_a_partial_one() -> None:
    quoted, partial = parse_answers([b'1 (UID 1 BODY[] "a \\"b\\" UID 5")', (b"2 (UID 2 BODY[]<0> {1}", b"x"), b")"])
    assert (quoted.uid, quoted.body) == (1, b'a "b" UID 5')
    assert (partial.uid, partial.body) == (2, b"x")


def test_gone_unsolicited_and_without_uid() -> None:
    gone, flags, nameless = parse_answers(
        [b"1 (UID 3 BODY[] NIL)", b"2 (UID 4 FLAGS (\\Seen))", (b"3 (BODY[] {1}", b"x"), b")"]
    )
    assert gone.is_gone and gone.body is None
    assert not flags.is_gone and flags.body is None
    assert nameless.uid == 0 and nameless.body == b"x"


def test_a_keyword_called_uid_and_a_senseless_date_mislead_nobody() -> None:
    (answer,) = parse_answers([b'1 (FLAGS (UID 99) UID 5 INTERNALDATE "99-Foo-0000 00:00:00 +0000")'])
    assert (answer.uid, answer.internal_date_ms) == (5, 0)


@given(st.sets(st.integers(1, 10_000)))
def test_sets_are_read_back(uids: set[int]) -> None:
    if uids:
        assert parse_uid_set(uid_set(sorted(uids)).encode()) == sorted(uids)


@given(st.lists(st.integers(0, 50), max_size=40), st.integers(1, 60), st.integers(1, 7))
def test_batches_keep_order_lose_nothing_and_stay_bounded(sizes: list[int], most_bytes: int, most_mails: int) -> None:
    by_uid = dict(enumerate(sizes, start=1))
    made = list(batches(list(by_uid), by_uid, most_bytes, most_mails))
    assert [uid for batch in made for uid in batch] == list(by_uid)
    for batch in made:
        assert len(batch) <= most_mails
        assert len(batch) == 1 or sum(by_uid[uid] for uid in batch) <= most_bytes


def test_names_that_break_the_rules_are_kept() -> None:
    lines = [
        b'(\\HasNoChildren) "/" "R&D"',
        b'(\\HasNoChildren) "/" &broken',
        (b'(\\HasNoChildren) "/" {5}', b'a "b"'),
        b"",
        b'(\\Noselect) NIL "&BCcENQRABD0EPgQyBDgEOgQ4-"',
        b'() "." 007',
    ]
    folders = parse_list(lines)
    assert [folder.raw for folder in folders] == [
        b"R&D", b"&broken", b'a "b"', b"&BCcENQRABD0EPgQyBDgEOgQ4-", b"007",
    ]  # fmt: skip
    assert folders[3].name == "Черновики"
    assert not folders[3].can_be_opened and folders[3].delimiter == ""


@given(st.binary(max_size=30))
def test_no_name_is_too_broken_to_show(raw: bytes) -> None:
    assert isinstance(decode_name(raw), str)


def _folder(name: str, *flags: str) -> Folder:
    return Folder(name, name.encode(), "/", flags)


def test_sent_is_found_by_flag_then_by_name() -> None:
    gmail = [_folder("Sent"), _folder("[Gmail]/Отправленные", "\\HasNoChildren", "\\Sent")]
    assert sent_folder(gmail) == gmail[1]
    russian = [_folder("INBOX"), _folder("Архив/Отправленные"), _folder("Отправленные")]
    assert sent_folder(russian) == russian[2]
    assert sent_folder([_folder("INBOX"), _folder("Sent", "\\Noselect")]) is None
