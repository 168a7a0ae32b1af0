"""Notes of who is where: damaged ones say nothing, and one that stands still is forgotten."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.lease import Fetching
from deskhelp.domain.presence import NOWHERE, Hearing, Presence, note_of, presence_of
from deskhelp.domain.segments import seal

IDS = st.text("0123456789abcdef", max_size=32)
PRESENCES = st.builds(Presence, IDS, IDS, IDS)
ANNA = Presence("anna", looks_at="t1", answers="t1")


@given(PRESENCES, st.integers(0, 2**32))
def test_a_note_says_what_was_put_into_it(presence: Presence, turn: int) -> None:
    assert presence_of(note_of(presence, turn)) == presence


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(seal)))
def test_whatever_else_stands_there_says_nothing(note: bytes) -> None:
    assert presence_of(note) == NOWHERE


def test_fields_of_another_kind_and_a_newer_form_say_nothing() -> None:
    assert presence_of(seal(b'{"version": 1, "agent": 7, "looks_at": ["t"]}')) == NOWHERE
    assert presence_of(seal(b'{"version": 2, "agent": "anna", "looks_at": "t1"}')) == NOWHERE
    assert presence_of(note_of(ANNA, 1) + b" " * 5_000) == NOWHERE


def test_a_note_from_before_is_believed_once_it_changes() -> None:
    hearing = Hearing(30)
    assert hearing.hear({"a": note_of(ANNA, 1)}, 0) == ()
    assert hearing.hear({"a": note_of(ANNA, 1)}, 2) == ()
    assert hearing.hear({"a": note_of(ANNA, 2)}, 4) == (ANNA,)


def test_who_comes_later_is_believed_at_once_until_the_note_stands_still_too_long_or_says_so() -> None:
    hearing = Hearing(30)
    hearing.hear({}, 0)
    note = {"a": note_of(ANNA, 1)}
    assert hearing.hear(note, 2) == (ANNA,)
    assert hearing.hear(note, 32) == (ANNA,)
    assert hearing.hear(note, 33) == ()
    assert hearing.hear({"a": note_of(ANNA, 2)}, 40) == (ANNA,)
    assert hearing.hear({"a": note_of(NOWHERE, 3)}, 42) == ()


def test_who_fetches_mail_and_stops_saying_so_is_missed_sooner() -> None:
    hearing = Hearing(30, 15)
    hearing.hear({}, 0)
    notes = {"a": note_of(ANNA, 1, {"m": Fetching(holds=True)}), "b": note_of(ANNA, 1, {"m": Fetching()})}
    hearing.hear(notes, 2)
    assert list(hearing.others(notes, 17)) == ["a", "b"]
    assert list(hearing.others(notes, 18)) == ["b"]
    assert hearing.hear(notes, 18) == (ANNA, ANNA)


@given(st.lists(st.tuples(st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), max_size=3), st.floats(0, 20))))
def test_nobody_is_there_longer_than_a_note_counts_after_its_last_change(
    steps: list[tuple[dict[str, int], float]],
) -> None:
    hearing, now_s, changed = Hearing(30), 0.0, dict[str, float]()
    last: dict[str, int] = {}
    for turns, pause_s in steps:
        now_s += pause_s
        changed |= {name: now_s for name, turn in turns.items() if last.get(name) != turn}
        last |= turns
        found = hearing.hear({name: note_of(Presence(name, name), turn) for name, turn in turns.items()}, now_s)
        assert all(now_s - changed[one.agent] <= 30 and one.agent in turns for one in found)
