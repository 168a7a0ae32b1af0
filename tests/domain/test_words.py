"""Words as search sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.words import fold, other_layout, shadow, words


@pytest.mark.parametrize(
    "forms",
    [
        "заявка заявки заявок заявкам",
        "настройка настроек настройки",
        "ошибка ошибок",
        "копейка копеек",
        "отец отца",
        "письмо писем письма",
        "день дней дни",
        "окно окон",
        "счёт счета счетов",
        "пришёл пришла пришли",
        "ПРИНТЕР принтера принтеров",
        "invoice invoices",
        "printing printed",
    ],
)
def test_forms_of_a_word_meet(forms: str) -> None:
    assert len({shadow(form) for form in forms.split()}) == 1


def test_different_words_stay_apart() -> None:
    text = "принтер приём сервер сервис почта поиск пароль printer invoice"
    assert len(set(shadow(text).split())) == len(text.split())


def test_addresses_and_numbers_are_found_in_their_parts_and_numbers_are_not_stemmed() -> None:
    assert list(words("Заказ DH-1042/7, Ivanova@Example.com")) == [
        "заказ",
        "dh",
        "1042",
        "7",
        "ivanova",
        "example",
        "com",
    ]
    assert shadow("v2s 1000s") == "v2s 1000s"


def test_both_ways_to_write_a_letter_are_one() -> None:
    assert fold("Йод ЁЛКА") == fold("\u0418\u0306од \u0415\u0308лка") == "йод елка"


def test_signs_of_chinese_are_words() -> None:
    assert shadow("打印机坏了") == "打 印 机 坏 了"


def test_the_wrong_layout_is_put_right_both_ways() -> None:
    assert other_layout("ghbynth") == "принтер"
    assert other_layout("зкштеук") == "printer"


@given(st.text())
def test_a_shadow_is_folded_words_and_never_raises(text: str) -> None:
    found = shadow(text)
    assert found == " ".join(found.split())
    assert len(found.split()) == len(list(words(text)))


@given(st.text(st.characters(codec="ascii")))
def test_plain_text_has_the_words_that_it_has_beside_others(text: str) -> None:
    assert list(words(f"{text} ж"))[:-1] == list(words(text))
