"""Which snapshots are worth the making, and which may go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.segments import BrokenItem, NewerItem, is_item_name, seal
from deskhelp.domain.snapshots import (
    FEW_EVENTS,
    KEPT,
    Contents,
    Snapshot,
    by_snapshot,
    chance,
    decode_list,
    encode_list,
    erased_mark,
    is_wanted,
    items_of,
    outdated,
    snapshot_of,
    superfluous,
    whole_ones,
)

NOW, BEFORE = erased_mark(["one", "two"]), erased_mark(["one"])
MANY = 10 * FEW_EVENTS


def snapshot(events: int, letter: str = "a", erased: str = NOW) -> Snapshot:
    return Snapshot(events, letter * 32, erased)


def items(one: Snapshot, *, is_whole: bool = True) -> set[str]:
    return {one.part_name(1), one.part_name(2)} | ({one.list_name} if is_whole else set())


SNAPSHOTS = st.builds(
    Snapshot,
    st.integers(1, 10**6),
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.sampled_from([NOW, BEFORE]),
)


@given(SNAPSHOTS)
def test_names_say_what_they_are_of(one: Snapshot) -> None:
    for name in items(one):
        assert is_item_name(name)
        assert snapshot_of(name) == one


def test_a_small_team_needs_none_and_a_large_one_another_when_much_was_added() -> None:
    assert not is_wanted(FEW_EVENTS - 1, [])
    assert is_wanted(FEW_EVENTS, [])
    assert not is_wanted(MANY, [snapshot(MANY * 8 // 10)])
    assert is_wanted(MANY + 100, [snapshot(MANY * 8 // 10)])


def test_who_is_alone_makes_it_and_of_many_seldom_two() -> None:
    assert chance(1) == 1.0
    assert 20 * chance(20) < 0.1


def test_the_newest_stay_and_one_that_is_being_put() -> None:
    whole = [snapshot(events, letter) for events, letter in ((100, "a"), (200, "b"), (300, "c"))]
    half_old, half_new = snapshot(50, "d"), snapshot(400, "e")
    there = {one: items(one) for one in whole}
    there |= {one: items(one, is_whole=False) for one in (half_old, half_new)}

    gone = {snapshot_of(name) for name in superfluous(there, NOW)}

    assert whole_ones(there) == whole[::-1]
    assert gone == {whole[0], half_old}


@given(st.dictionaries(SNAPSHOTS, st.booleans(), max_size=12))
def test_what_goes_is_never_among_the_newest_whole_ones_that_know_all_erasures(known: dict[Snapshot, bool]) -> None:
    there = {one: items(one, is_whole=is_whole) for one, is_whole in known.items()}
    gone = superfluous(there, NOW)
    ours = [one for one in whole_ones(there) if one.erased == NOW]

    assert not {snapshot_of(name) for name in gone} & set(ours[:KEPT])
    assert all(snapshot_of(name).erased == NOW for name in gone)
    assert set(outdated(there, NOW)) == {one for one in there if one.erased == BEFORE}
    left = by_snapshot(name for names in there.values() for name in names if name not in gone)
    assert superfluous(left, NOW) == []


def test_lists_go_first() -> None:
    one, two = snapshot(1), snapshot(2)
    names = items_of({one: items(one), two: items(two)}, [two, one])
    assert names[:2] == sorted([one.list_name, two.list_name])


def test_what_was_erased_says_itself_in_any_order() -> None:
    assert erased_mark(["two", "one"]) == NOW != BEFORE


def test_a_list_says_what_was_put_into_it() -> None:
    contents = Contents(("a" * 64, "b" * 64), 12_345, 4)
    assert decode_list(encode_list(contents), "list") == contents


def test_a_list_of_a_newer_program_is_left_to_newer_ones() -> None:
    with pytest.raises(NewerItem):
        decode_list(seal(b'{"version":2,"what":"nobody knows yet"}'), "list")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"version":1,"parts":3,"size":1,"schema":1}', b"\xff"])
def test_what_is_no_list_is_broken(content: bytes) -> None:
    with pytest.raises(BrokenItem):
        decode_list(seal(content), "list")
