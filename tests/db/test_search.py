"""Searching real messages in a real file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhelp.db import hits
from deskhelp.db.lists import count_tickets, list_tickets
from deskhelp.db.replica import Replica
from deskhelp.domain.codes import ticket_code
from deskhelp.domain.events import Event, about_ticket
from deskhelp.domain.query import parse_query
from tests.db.histories import mail, ticket_of

NOW_MS = 9_000_000
MAILS = {
    "printer": mail(1, subject="Принтер", text="Заявка: принтер дымит, счёт DH-1042/7", sender="maria@client.example"),
    "vpn": mail(2, subject="VPN down", text="The printers are fine, no vpn", sender="john@client.example"),
    "cyrillic": mail(3, subject="Вопрос", text="Сколько у нас открытых заявок?", sender="ivanov@other.example"),
    "twice": mail(4, subject="Ответ", text="не работает", people={"to": [["Мария Иванова", "maria@client.example"]]}),
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Replica]:
    with Replica.open(tmp_path / "desk.sqlite") as replica:
        replica.apply(list(MAILS.values()), "elsewhere")
        yield replica


def found(desk: Replica, text: str, mails: Sequence[tuple[str, Event]] = tuple(MAILS.items())) -> set[str]:
    """The names of the mails whose tickets a search shows; the count must agree with the list."""
    query = parse_query(text)
    rows = list_tickets(desk, query, agent="me", now_ms=NOW_MS).rows
    assert count_tickets(desk, {"q": query}, agent="me", now_ms=NOW_MS) == {"q": len(rows)}
    return {name for name, event in mails if ticket_of(event) in {row.id for row in rows}}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("заявка", {"printer", "cyrillic"}),
        ("заявок", {"printer", "cyrillic"}),
        ("принтера", {"printer"}),
        ("прин", {"printer"}),
        ("printer", {"vpn"}),
        ("СЧЕТ", {"printer"}),
        ("счёт дымит", {"printer"}),
        ("счёт vpn", set()),
        ("DH-1042/7", {"printer"}),
        ("1042", {"printer"}),
        ("DH-1043", set()),
        ("maria@client.example", {"printer", "twice"}),
        ("client.example", {"printer", "vpn", "twice"}),
        ('"не работает"', {"twice"}),
        ('"работает не"', set()),
        ("-заявка", {"vpn", "twice"}),
        ("printer -vpn", set()),
        ("from:maria", {"printer"}),
        ("to:maria", {"twice"}),
        ("to:иванова", {"twice"}),
        ("-from:maria", {"vpn", "cyrillic", "twice"}),
        ("-to:desk", {"twice"}),
        ("subject:принт", {"printer"}),
        ("subject:заявка", set()),
        ("-subject:vpn", {"printer", "cyrillic", "twice"}),
        ("from:client.example printer", {"vpn"}),
        ("from:maria -from:john", {"printer"}),
        ("-заявка -vpn", {"twice"}),
        ("заявка -сколько", {"printer"}),
        ("п", set(MAILS)),
        ("дымит п", {"printer"}),
        ("", set(MAILS)),
        ('... "', set(MAILS)),
        ("\"'*^:(){}", set(MAILS)),
        ("NEAR AND OR", set()),
    ],
)
def test_what_a_search_finds(desk: Replica, text: str, names: set[str]) -> None:
    assert found(desk, text) == names


@given(
    st.lists(st.sampled_from([*'"*-:()^+{}', "from:", "to:", "subject:", " ", "NOT ", "принтер", "vpn"]) | st.text())
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_can_be_typed_is_an_error(desk: Replica, pieces: list[str]) -> None:
    found(desk, "".join(pieces))


def test_a_code_in_any_spelling_finds_its_ticket(desk: Replica) -> None:
    code = ticket_code(ticket_of(MAILS["vpn"]))
    for spelling in (code, code.lower(), f"#{code}", code.replace("-", " "), code.replace("-", ""), f"code:{code}"):
        rows = list_tickets(desk, parse_query(spelling), agent="", now_ms=NOW_MS).rows
        assert [row.code for row in rows] == [code]
    assert found(desk, f"-code:{code}") == set(MAILS) - {"vpn"}


def test_the_snippet_is_the_place_of_the_hit_in_the_message_that_has_it(desk: Replica) -> None:
    desk.apply(
        [mail(5, refs=[1], text="спасибо " * 40 + "картридж заменили", sender="maria@client.example")], "elsewhere"
    )
    (row,) = list_tickets(desk, parse_query("картриджи"), agent="", now_ms=NOW_MS).rows
    assert row.snippet.startswith("…спасибо") and row.snippet.endswith("картридж заменили")
    (row,) = list_tickets(desk, parse_query("дымит"), agent="", now_ms=NOW_MS).rows
    assert row.snippet.startswith("Заявка: принтер дымит")


def test_a_mail_read_better_later_is_found_by_its_new_words_only(desk: Replica) -> None:
    old = MAILS["vpn"]
    desk.apply(
        [Event(**{**_fields(old), "body": {**old.body, "parser": 2}, "text": {**old.text, "text": "сканер"}})], "x"
    )
    assert found(desk, "сканер") == {"vpn"}
    assert found(desk, "printers") == set()


def _fields(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in ("id", "kind", "about", "at_ms", "agent", "body", "text", "version")}


@pytest.mark.parametrize("at_first", [1, 7, 1000])
@pytest.mark.parametrize("few", [0, 1500])
def test_pages_of_a_search_are_whole_whichever_way_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, at_first: int
) -> None:
    monkeypatch.setattr("deskhelp.db.lists._FEW", few)
    monkeypatch.setattr("deskhelp.db.lists._STEP", 3)
    monkeypatch.setattr(hits, "_AT_FIRST", at_first)
    mails = [mail(n, text="принтер" if n % 3 else "сканер") for n in range(40)]
    answers = [mail(100 + n, refs=[n], text="спасибо", sender="ann@a.example") for n in range(0, 40, 4)]
    with Replica.open(tmp_path / "desk.sqlite") as desk:
        desk.apply([*reversed(mails), *answers], "elsewhere")
        for number in (4, 5):
            desk.append([desk.field_draft(about_ticket(ticket_of(mails[number])), "priority", "urgent", at_ms=1)])

        wanted = {ticket_of(event) for n, event in enumerate(mails) if n % 3}
        rows = all_pages(desk, "принтер", 4)
        assert [row.id for row in rows] == [row.id for row in all_pages(desk, "", 50) if row.id in wanted]
        assert {row.id for row in all_pages(desk, "принтер priority:urgent", 4)} == {
            ticket_of(mails[n]) for n in (4, 5)
        }


def all_pages(desk: Replica, text: str, limit: int) -> list[object]:
    rows, after = [], None
    while True:
        page = list_tickets(desk, parse_query(text), agent="", now_ms=NOW_MS, after=after, limit=limit)
        rows += page.rows
        after = page.next_key
        if after is None:
            return rows
