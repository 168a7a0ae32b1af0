"""The quick way through simple address fields finds what the standard library finds."""

from __future__ import annotations

import time
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.encoded_words import MAX_HEAD
from deskhelp.mail.heads import _SIMPLE, Address, _listed, _odd, addresses

NAMES = st.text(st.sampled_from("aZя '+-_=?!\t\"\\.,:;()<>@[]"), max_size=8)
ADDRESSES = st.text(st.sampled_from("ab1+-_.@ <>,"), max_size=8) | st.just("anna.m+x@desk.example")


def pairs(field: str) -> list[tuple[str, str]]:
    """What is found the quick way, and what is left for the standard library."""
    found, rest = _listed(field)
    return found + _odd(rest)


@given(st.lists(st.tuples(NAMES, ADDRESSES), max_size=4))
def test_a_list_of_people_is_read_as_the_standard_library_reads_it(people: list[tuple[str, str]]) -> None:
    field = ", ".join(f"{name} <{address}>" for name, address in people)

    assert pairs(field) == getaddresses([field]) or not people


@given(NAMES, st.booleans(), ADDRESSES, st.sampled_from(["", " ", "\t"]))
def test_a_field_is_read_as_the_standard_library_reads_it(name: str, quote: bool, address: str, blank: str) -> None:
    field = f'"{name}"{blank}<{address}>' if quote else f"{name}{blank}<{address}>{blank}"

    assert pairs(field) == getaddresses([field])


def test_the_usual_spellings_take_the_quick_way() -> None:
    for field in ('"Petrova, Anna" <anna@desk.example>', "Anna  Petrova <a.p@desk.example>", "<a@desk.example>"):
        assert _SIMPLE.fullmatch(field)
        assert pairs(field) == getaddresses([field])
    assert addresses(['"Petrova, Anna" <anna@desk.example>']) == (Address("Petrova, Anna", "anna@desk.example"),)


def test_a_list_of_five_thousand_people_is_read_whole() -> None:
    people = [Address(f"Person {n}", f"person{n}@client.example") for n in range(5_000)]
    field = ", ".join(f'"{one.name}" <{one.address}>' for one in people)
    assert list(addresses([field])) == people


def test_what_follows_an_odd_person_is_read_too() -> None:
    found = addresses(['Olga <olga@a.example>, staff: "Pe\\"ter" <peter@a.example>, dan@a.example;'])
    assert [one.address for one in found] == ["olga@a.example", "peter@a.example", "dan@a.example"]


ENDLESS = {
    "letters": "a" * MAX_HEAD,
    "comments": "(" * 2_000 + "a" * MAX_HEAD,
    "addresses without blanks": ",".join(f"a{n}@b.example" for n in range(MAX_HEAD // 14)),
    "at signs": "a@" * (MAX_HEAD // 2),
    "blanks": " " * MAX_HEAD,
    "angles": "<a@b> " * (MAX_HEAD // 6),
    "groups": "a:" * (MAX_HEAD // 2),
    "beginnings of encoded words": "=?utf-8?q?" * (MAX_HEAD // 10),
}


@pytest.mark.parametrize("field", ENDLESS.values(), ids=ENDLESS.keys())
def test_no_field_takes_long_however_many_there_are(field: str) -> None:
    begun = time.process_time()
    addresses([field] * 20)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (r'"O\'Neil, \"Bob\"" <b@a.example>'.replace(r"\'", "'"), 'O\'Neil, "Bob"'),
        ("\"'Anna P'\" <b@a.example>", "Anna P"),
        ("'Anna <b@a.example>", "Anna"),
        ("D'Arcy <b@a.example>", "D'Arcy"),
    ],
)
def test_quotes_round_a_name_go_and_those_of_a_name_stay(field: str, name: str) -> None:
    assert addresses([field]) == (Address(name, "b@a.example"),)


ODD = {
    "a comma that is not quoted": ("Doe, John <j@a.example>", [("Doe, John", "j@a.example")]),
    "many of them": (
        "Doe, John <j@a.example>, Smith, Ann <s@a.example>",
        [("Doe, John", "j@a.example"), ("Smith, Ann", "s@a.example")],
    ),
    "a comma in an encoded word": ("=?utf-8?Q?M=C3=BCller, Hans?= <m@a.example>", [("Müller, Hans", "m@a.example")]),
    "a colon in one": ("=?utf-8?Q?Support:_M=C3=BCller?= <m@a.example>", [("Support: Müller", "m@a.example")]),
    "all of it encoded": ("=?utf-8?B?0JjQstCw0L0gPGlAYS5leGFtcGxlPg==?=", [("Иван", "i@a.example")]),
    "semicolons": ("Ann <n@a.example>; b@a.example", [("Ann", "n@a.example"), ("", "b@a.example")]),
    "Outlook's quotes": ("'n@a.example' <n@a.example>, b@a.example", [("", "n@a.example"), ("", "b@a.example")]),
    "a comment in a comment": ("Ann (a (b) c) <n@a.example>", [("Ann", "n@a.example")]),
    "a group": ("Staff: Ann <n@a.example>, b@a.example;", [("Ann", "n@a.example"), ("", "b@a.example")]),
    "an empty group": ("undisclosed-recipients: ;", []),
    "nobody": ("(Recipient list suppressed)", []),
    "brackets in a name": ("Ann [IT] <n@a.example>", [("Ann [IT]", "n@a.example")]),
    "a colon in a name": ("Desk: Ann <n@a.example>", [("Desk: Ann", "n@a.example")]),
    "mailto in brackets": ('"Petrova, Ann" [mailto:n@a.example]', [("Petrova, Ann", "n@a.example")]),
    "name and address changed": ("n@a.example <Ann Petrova>", [("Ann Petrova", "n@a.example")]),
    "angles twice": ("Ann <<n@a.example>>", [("Ann", "n@a.example")]),
    "an angle that does not close": ("Ann <n@a.example", [("Ann", "n@a.example")]),
    "a quote that does not close": ('"Ann <n@a.example>', [("Ann", "n@a.example")]),
    "quotes in quotes": ('"ООО "Ромашка"" <n@a.example>', [('ООО "Ромашка"', "n@a.example")]),
    "the way to it": ("Ann <@relay.example,@b.example:n@a.example>", [("Ann", "n@a.example")]),
    "a blank in an address": ("Ann <n @a.example>", [("Ann", "n@a.example")]),
    "a quoted local part": ('Ann <"n p"@a.example>', [("Ann", '"n p"@a.example')]),
    "an address for a name": ("b@b.example via Desk <n@a.example>", [("b@b.example via Desk", "n@a.example")]),
}


@pytest.mark.parametrize(("field", "people"), ODD.values(), ids=ODD.keys())
def test_people_are_found_however_they_are_written(field: str, people: list[tuple[str, str]]) -> None:
    assert [(one.name, one.address) for one in addresses([field])] == people


@pytest.mark.parametrize("between", [", ", ";\n "])
def test_thousands_of_odd_people_are_all_found(between: str) -> None:
    field = between.join(f"Doe{number}, John <p{number}@a.example>" for number in range(3_000))
    assert len(addresses([field])) == 3_000


def test_names_in_raw_bytes_of_the_far_east_keep_their_commas() -> None:
    raw = "ソフト株式会社, 営業".encode("cp932") + b" <e@a.example>"
    (found,) = addresses([raw.decode("ascii", "surrogateescape")], "shift_jis")
    assert found == Address("ソフト株式会社, 営業", "e@a.example")
