"""Placeholders of canned replies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.placeholders import (
    KNOWN_NAMES,
    Filled,
    Placeholder,
    fill,
    first_name,
    questions_in,
    unresolved_in,
)

VALUES = {"customer.first_name": "Мария", "ticket.code": "7K3-QF2M", "agent.name": ""}


def test_values_fallbacks_and_the_cursor() -> None:
    text = "{customer.first_name|коллега}, {agent.name|мы} о {Ticket.Code}: {cursor}\n{{x}}"
    assert fill(text, VALUES) == Filled("Мария, мы о 7K3-QF2M: \n{x}", (), 22)


def test_what_is_empty_without_fallback_stays_and_is_reported_where_it_stands() -> None:
    filled = fill("{ticket.code} {agent.name}!", VALUES)
    assert filled.text == "7K3-QF2M {agent.name}!"
    assert filled.unresolved == (Placeholder("agent.name", 9, 21),)
    assert filled.text[9:21] == "{agent.name}"


def test_an_empty_fallback_leaves_nothing() -> None:
    assert fill("a{agent.name|}b", VALUES).text == "ab"


def test_questions_are_asked_once_and_one_without_answer_stays_open() -> None:
    asked: list[str] = []

    def ask(question: str) -> str | None:
        asked.append(question)
        return "A-17" if question == "Order" else None

    filled = fill("{?Order} {? Order } {?Colour}", {}, ask=ask)
    assert filled.text == "A-17 A-17 {?Colour}"
    assert [place.name for place in filled.unresolved] == ["?Colour"]
    assert asked == ["Order", "Colour"]
    assert questions_in("{?Order} {? Order } {?Colour}") == ("Order", "Colour")


def test_a_mistyped_name_of_ours_is_open_and_program_code_is_not() -> None:
    assert [place.name for place in unresolved_in("Hello {customer.nmae} {DATE}")] == ["customer.nmae", "date"]
    code = 'if (a) {b} {"customer": {"name": 1}} ${HOME} {0} {x.y} f"{value}" {} { date }'
    assert unresolved_in(code) == ()


@given(st.dictionaries(st.sampled_from(KNOWN_NAMES), st.text(alphabet="{}|?.abdet{customer.name}")), st.text())
def test_values_are_never_looked_through_again(values: dict[str, str], around: str) -> None:
    around = around.replace("{", "").replace("}", "")
    names = [name for name in KNOWN_NAMES if name != "cursor"]
    filled = fill(around + "".join(f"{{{name}|}}" for name in names), values)
    assert filled.text == around + "".join(values.get(name, "") for name in names)
    assert filled.unresolved == ()


@given(st.text(alphabet="{}|?. customer.name\nticket.code"), st.dictionaries(st.sampled_from(KNOWN_NAMES), st.text()))
def test_open_places_are_where_they_are_said_to_be(text: str, values: dict[str, str]) -> None:
    filled = fill(text, values)
    for place in filled.unresolved:
        assert filled.text[place.start] == "{" and filled.text[place.end - 1] == "}"
    assert filled.cursor is None or 0 <= filled.cursor <= len(filled.text)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Мария Иванова", "Мария"),
        ("Иванова Мария", "Мария"),
        ("Иванова Мария Петровна", "Мария Петровна"),
        ("Мария Петровна Иванова", "Мария Петровна"),
        ("Мария Петровна", "Мария Петровна"),
        ("Иванов, Пётр", "Пётр"),
        ("Smith, John", "John"),
        ("John Smith", "John"),
        ("Сергей Иванович", "Сергей Иванович"),
        ("Попович Иван", "Иван"),
        ("мария", "мария"),
        ("ann@example.com", ""),
        ("Отдел 7", ""),
        ("", ""),
    ],
)
def test_how_to_address_somebody(name: str, first: str) -> None:
    assert first_name(name) == first


@given(st.text())
def test_addressing_never_raises(name: str) -> None:
    assert isinstance(first_name(name), str)
