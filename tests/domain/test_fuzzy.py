from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.fuzzy import best_matches, fuzzy_score


def test_a_start_of_a_word_beats_the_middle_of_one() -> None:
    names = ["Reset sprint", "Printer: restart"]
    assert best_matches("print", names, str) == ["Printer: restart", "Reset sprint"]


def test_letters_in_order_are_enough_and_out_of_order_are_not() -> None:
    assert fuzzy_score("vpnd", "VPN drops") is not None
    assert fuzzy_score("dvpn", "VPN drops") is None


def test_words_may_stand_in_any_order() -> None:
    assert fuzzy_score("принтер сброс", "Сброс принтера") is not None


def test_yo_is_ye() -> None:
    assert fuzzy_score("счет", "Счёт на оплату") is not None


@given(st.text(min_size=1))
def test_a_name_fits_itself(name: str) -> None:
    assert fuzzy_score(name, name) is not None
