"""What is left of a mail when its quoted history is folded away."""

from __future__ import annotations

import pytest

from deskhelp.mail.quotes import reply_text

QUOTED = "\n\n> Посмотрите журнал.\n>\n> --\n> Тимур\n\n--\nАнтон\nдиспетчер"


@pytest.mark.parametrize(
    "attribution",
    [
        "вс, 22 нояб. 2026 г. в 18:36, Тимур Ахметов <support@desk.example>:",
        "пн, 3 мая 2026 г. в 8:36, Тимур Ахметов <\nsupport@desk.example>:",
        "22.11.2026 18:36, Тимур Ахметов пишет:",
        "On Sun, Nov 22, 2026 at 6:36 PM Timur <support@desk.example> wrote:",
    ],
)
def test_history_below_an_attribution_is_folded(attribution: str) -> None:
    assert reply_text(f"Спасибо, помогло.\n\n{attribution}{QUOTED}") == "Спасибо, помогло."


def test_a_date_in_a_sentence_is_no_attribution() -> None:
    text = "Приезжайте:\nпн, 3 мая 2026 г. в 8:36 буду на месте.\nАнтон"
    assert reply_text(text) == text
