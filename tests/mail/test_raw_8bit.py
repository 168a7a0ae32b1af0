"""Bodies as raw 8-bit text, as Russian mail programs still send them."""

from __future__ import annotations

import pytest

from deskhelp.mail.reader import read_mail

TEXT = "Добрый день! Принтеры на втором этаже молчат."


@pytest.mark.parametrize("labelled", [True, False])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
def test_an_8_bit_body_is_read_in_its_charset(charset: str, labelled: bool) -> None:
    label = f"; charset={charset}" if labelled else ""
    head = f"From: m@customer.example\nSubject: x\nContent-Type: text/plain{label}\nContent-Transfer-Encoding: 8bit\n\n"
    assert read_mail(head.encode() + TEXT.encode(charset)).text.strip() == TEXT
