from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.mentions import mentioned

NAMES = {"a": "Anna Berg", "b": "Anna Braun", "c": "Пётр Орлов", "d": "Jo", "e": "Joanna", "f": ""}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Anna Berg please look", ("a",)),
        ("@anna braun, @Jo: both?", ("b", "d")),
        ("@Anna", ()),
        ("Спроси @петр.", ("c",)),
        ("(@Пётр Орлов)", ("c",)),
        ("@Joanna knows", ("e",)),
        ("@Jo", ("d",)),
        ("write to jo@Jo.example or a.@Jo", ()),
        ("@", ()),
        ("@ Jo", ()),
        ("@Johannes", ()),
        ("@Jo\n@Jo", ("d",)),
    ],
)  # fmt: skip
def test_who_is_meant_by_a_name_behind_the_sign(text: str, found: tuple[str, ...]) -> None:
    assert mentioned(text, NAMES) == found


@given(st.text(), st.dictionaries(st.text(min_size=1), st.text()))
def test_only_those_who_are_there_are_meant(text: str, names: dict[str, str]) -> None:
    assert set(mentioned(text, names)) <= set(names)
