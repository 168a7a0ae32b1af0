"""The quick way through simple address fields finds what the standard library finds."""

from __future__ import annotations

from email.utils import getaddresses

from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.heads import _SIMPLE, Address, _pairs, addresses

NAMES = st.text(st.sampled_from("aZя '+-_=?!\t\"\\.,:;()<>@[]"), max_size=8)
ADDRESSES = st.text(st.sampled_from("ab1+-_.@ <>,"), max_size=8) | st.just("anna.m+x@desk.example")


@given(NAMES, st.booleans(), ADDRESSES, st.sampled_from(["", " ", "\t"]))
def test_a_field_is_read_as_the_standard_library_reads_it(name: str, quote: bool, address: str, blank: str) -> None:
    field = f'"{name}"{blank}<{address}>' if quote else f"{name}{blank}<{address}>{blank}"

    assert _pairs(field) == getaddresses([field])


def test_the_usual_spellings_take_the_quick_way() -> None:
    for field in ('"Petrova, Anna" <anna@desk.example>', "Anna  Petrova <a.p@desk.example>", "<a@desk.example>"):
        assert _SIMPLE.fullmatch(field)
        assert _pairs(field) == getaddresses([field])
    assert addresses(['"Petrova, Anna" <anna@desk.example>']) == (Address("Petrova, Anna", "anna@desk.example"),)
