"""The search language."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from deskhelp.domain.highlight import hits_in, snippet_around
from deskhelp.domain.query import FIELDS, IS_WORDS, Filter, Query, Words, format_query, parse_query

FIELD_PIECES = [*(f"{name}:" for name in FIELDS), *(f"is:{word}" for word in IS_WORDS), "status:open", "x:"]
OTHER_PIECES = [
    "before:2026-03-01",
    '"',
    "-",
    " ",
    ":",
    "a",
    "принтер",
    "ё",
    "Я",
    "\u3000",
    "7K3-QF2M",
    "http://a.b/c?d=1",
]
PIECES = st.sampled_from([*FIELD_PIECES, *OTHER_PIECES])


@given(st.lists(PIECES).map("".join) | st.text())
@example('-"two words" tag:"vpn box" note:"a b" -x:y')
def test_what_is_written_back_means_the_same(text: str) -> None:
    query = parse_query(text)
    assert parse_query(format_query(query)) == query


def test_fields_words_sequences_and_minus() -> None:
    query = parse_query('status:open -tag:"VPN Ёж" from:Ivanova принтер "не работает" -сканер')

    assert query.filters == (Filter("status", "open"), Filter("tag", "vpn еж", True), Filter("from", "ivanova"))
    assert query.words == (Words("принтер"), Words("не работает", True), Words("сканер", False, True))


def test_russian_names_of_fields() -> None:
    assert parse_query("статус:new Метка:vpn").filters == (Filter("status", "new"), Filter("tag", "vpn"))


def test_what_is_no_field_or_no_value_of_it_is_words() -> None:
    texts = "http://a.example is:nonsense status:broken before:31.02.2026 priority:p1 code:no has:money tag:"
    assert [item.text for item in parse_query(texts).words] == texts.split()
    assert parse_query(texts).filters == ()


def test_days_in_both_orders() -> None:
    assert parse_query("after:2026-03-01 before:1.4.2026").filters == (
        Filter("after", "2026-03-01"),
        Filter("before", "1.4.2026"),
    )


def test_nothing_but_signs_finds_everything() -> None:
    assert parse_query(' - "" ... "') == Query()


def test_hits_are_marked_in_every_form_and_the_last_word_as_a_beginning() -> None:
    text = "Заявки на принтеры: заявок две, принтер один, счёт 1042."
    marked = [text[start:end] for start, end in hits_in(text, parse_query("заявка принт").words)]
    assert marked == ["Заявки", "принтеры", "заявок", "принтер"]
    assert hits_in(text, parse_query("-счёт").words) == ()


def test_a_snippet_shows_the_first_hit_on_one_line() -> None:
    text = "слово\n" * 200 + "здесь принтер дымит\nочень " + "хвост " * 200
    snippet = snippet_around(text, parse_query("принтер").words)
    assert "здесь принтер дымит очень" in snippet
    assert snippet.startswith("…слово") and len(snippet) <= 161
    assert snippet_around(text, parse_query("сканер").words) == ""


@given(st.text(), st.text(max_size=20))
def test_marking_never_raises_and_stays_in_the_text(text: str, typed: str) -> None:
    for start, end in hits_in(text, parse_query(typed).words):
        assert 0 <= start < end <= len(text)
    assert "\n" not in snippet_around(text, parse_query(typed).words)
