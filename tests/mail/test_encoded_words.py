"""Encoded words as programs write and cut them, and raw bytes where words should be."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.encoded_words import decode_text


def word(data: bytes, charset: str = "utf-8") -> str:
    return f"=?{charset}?B?{base64.b64encode(data).decode()}?="


PROBE = "Проба".encode()
WORDS = {
    "cut inside of a letter": (f"{word(PROBE[:3])}\n {word(PROBE[3:])}", "Проба"),
    "under two names of one charset": (f"{word(PROBE[:3], 'UTF8')}\n\t{word(PROBE[3:])}", "Проба"),
    "nothing between": (word(PROBE) + word(PROBE), "ПробаПроба"),
    "two charsets": (f"{word('Заявка'.encode('koi8-r'), 'koi8-r')} {word(' № 5'.encode())}", "Заявка № 5"),
    "in brackets, with text behind": (f"[{word(PROBE)}] hello (2)", "[Проба] hello (2)"),
    "cut off": (f"Re: {word(PROBE)[:-5]}", "Re: Проб"),
    "cut off, quoted-printable": ("Fwd: =?utf-8?Q?R=C3=A9ponse_=C3=A0_vot", "Fwd: Réponse à vot"),
    "half of its end": (word(PROBE)[:-1], "Проба"),
    "no charset": (word(PROBE, ""), "Проба"),
    "a language": (word(PROBE, "utf-8*ru"), "Проба"),
    "encoded twice": (word(word(PROBE).encode()), "Проба"),
    "blanks in it": ("=?iso-8859-1?Q?R=E9ponse automatique?=", "Réponse automatique"),
    "folded in base64": ("=?utf-8?B?0J/R\n gNC+0LHQsA==?=", "Проба"),
    "folded with a soft line end": ("=?koi8-r?Q?=F0=D2=CF=\n =C2=C1?=", "Проба"),
    "base64 as in addresses of the web": ("=?utf-8?B?0J_RgNC-0LHQsA?=", "Проба"),
    "a line end in it": ("=?utf-8?Q?a=0D=0A_b?=", "a b"),
    "a question mark": ("=?utf-8?Q?O=C3=B9 est-il??=", "Où est-il?"),
    "UTF-7": ("=?utf-7?Q?Gr+APwA3w-e?=", "Grüße"),
    "raw ISO-2022-JP": ("プリンターの件".encode("iso-2022-jp").decode(), "プリンターの件"),
    "no encoded word at all": ("=? what =?", "=? what =?"),
}


@pytest.mark.parametrize(("field", "text"), WORDS.values(), ids=WORDS.keys())
def test_a_field_is_read_as_people_read_it(field: str, text: str) -> None:
    assert decode_text(field) == text


@given(st.lists(st.sampled_from(["=?", "?=", "utf-8", "?B?", "?q?", "=D0", "0J8=", " ", "\n ", "x", "?"]), max_size=20))
def test_any_pieces_of_words_are_some_text(pieces: list[str]) -> None:
    decode_text("".join(pieces))
