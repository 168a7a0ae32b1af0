"""Who fetches: never nobody for long, two only while they have not heard each other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.lease import NEAR, Fetching, Other, Place, claims_from, held_by
from deskhelp.domain.presence import LONGEST_NOTE, NOWHERE, Hearing, claims_of, note_of

BOX = "m" * 32
COULD, DOES = {BOX: Fetching()}, {BOX: Fetching(holds=True)}


def decides(me: str, *, holds: bool = False, **others: Other) -> bool:
    return BOX in held_by(me, [BOX], frozenset([BOX] if holds else []), others)


@pytest.mark.parametrize(
    ("others", "is_mine"),
    [
        ({}, True),
        ({"a": Other(COULD, True)}, False),
        ({"a": Other(COULD, None)}, False),
        ({"a": Other(COULD, False)}, True),
        ({"a": Other({}, True)}, True),
        ({"c": Other(COULD, True)}, True),
        ({"c": Other(DOES, True)}, False),
        ({"c": Other(DOES, None)}, False),
    ],
)
def test_who_does_not_fetch_begins_where_nobody_does_and_no_lower_one_could(
    others: dict[str, Other], is_mine: bool
) -> None:
    assert decides("b", **others) is is_mine


@pytest.mark.parametrize(
    ("others", "is_mine"),
    [
        ({}, True),
        ({"a": Other(COULD, True)}, True),
        ({"a": Other(DOES, True)}, False),
        ({"c": Other(DOES, True)}, True),
    ],
)
def test_who_fetches_goes_on_unless_a_lower_one_does_too(others: dict[str, Other], is_mine: bool) -> None:
    assert decides("b", holds=True, **others) is is_mine


def test_a_mailbox_that_is_not_reached_from_here_is_not_fetched() -> None:
    assert held_by("b", [], frozenset([BOX]), {}) == frozenset()


@given(st.lists(st.booleans(), min_size=1, max_size=6), st.lists(st.integers(0, 5), max_size=40))
def test_one_fetches_once_all_have_heard_each_other(holding: list[bool], order: list[int]) -> None:
    holds = {f"{number}": is_held for number, is_held in enumerate(holding)}
    everybody = list(holds)

    def hear(me: str) -> None:
        others = {name: Other({BOX: Fetching(holds=holds[name])}, True) for name in everybody if name != me}
        holds[me] = decides(me, holds=holds[me], **others)

    for step in order:
        hear(everybody[step % len(everybody)])
    for _ in everybody:
        for me in everybody:
            hear(me)
    assert sum(holds.values()) == 1


UIDS = st.integers(0, 2**32)
PLACES = st.dictionaries(st.text(max_size=20), st.builds(Place, UIDS, UIDS, UIDS, st.integers(0, 2**NEAR)), max_size=2)
CLAIMS = st.dictionaries(
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.builds(Fetching, st.booleans(), st.booleans(), PLACES),
    max_size=3,
)


@given(CLAIMS, st.integers(0, 9))
def test_claims_come_out_of_a_note_as_they_went_in(claims: dict[str, Fetching], turn: int) -> None:
    note = note_of(NOWHERE, turn, claims)

    assert claims_of(note) == (claims if len(note) <= LONGEST_NOTE else {})


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(VALUES)
def test_whatever_else_a_note_claims_is_nothing_or_well_formed(value: Any) -> None:
    for fetching in claims_from(value).values():
        for place in fetching.places.values():
            assert len(place.dealt_with()) <= NEAR + 1


@given(st.integers(1, 2**32), st.integers(0, 50), st.sets(st.integers(1, 3 * NEAR)))
def test_a_place_tells_which_of_the_last_numbers_were_dealt_with(uid: int, first: int, back: set[int]) -> None:
    dealt_with = {uid - n for n in back if n < uid}

    place = Place.of(7, uid, first, dealt_with | {uid})

    near = {one for one in dealt_with if one > uid - NEAR}
    assert set(place.dealt_with()) == near | {uid} | ({first} - {0})


def test_a_place_of_an_older_program_tells_the_mark_only() -> None:
    (fetching,) = claims_from({"box": {"holds": True, "places": {"INBOX": [7, 40, 3]}}}).values()
    assert fetching.places["INBOX"].dealt_with() == [3]


def test_an_old_note_may_be_of_somebody_alive_until_it_has_stood_still_long_enough() -> None:
    hearing, notes = Hearing(30), {"a": note_of(NOWHERE, 1, DOES)}
    hearing.hear(notes, 0)
    assert hearing.others(notes, 10)["a"] == Other(DOES, None)
    assert hearing.others(notes, 31) == {}
    notes = {"a": note_of(NOWHERE, 2, DOES)}
    hearing.hear(notes, 32)
    assert hearing.others(notes, 40)["a"] == Other(DOES, True)
    assert hearing.others(notes, 63) == {}
