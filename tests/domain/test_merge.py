"""The laws of merging without a server: registers and sets are folds of a set of events."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.events import FIELD_SET, ITEM_ADDED, ITEM_REMOVED, Event
from deskhelp.domain.merge import Register, Write, fold_fields, fold_register

TICKET = "ticket:t"


@st.composite
def writings(draw: st.DrawFn) -> list[Write]:
    """Writes of replicas that each saw some of the earlier ones; their clocks are wrong in any way."""
    made: list[Write] = []
    for number in range(draw(st.integers(1, 7))):
        seen = fold_register(draw(st.lists(st.sampled_from(made), unique_by=lambda w: w.id))) if made else None
        made.append(write(f"w{number}", seen, at_ms=draw(st.integers(-5, 5))))
    return made


def write(name: str, after: Register | None, at_ms: int = 0) -> Write:
    replaces = frozenset(after.head_ids) if after else frozenset()
    return Write(name, f"value of {name}", after.next_version if after else 1, at_ms, "me", replaces)


@given(writings(), st.randoms(use_true_random=False))
def test_order_and_repetition_make_no_difference(writes: list[Write], random: Any) -> None:
    shuffled = [*writes, *random.sample(writes, len(writes) // 2)]
    random.shuffle(shuffled)
    assert fold_register(shuffled) == fold_register(writes)


@given(writings(), st.integers(-100, 100))
def test_an_edit_after_seeing_beats_everything_seen_whatever_the_clock(writes: list[Write], at_ms: int) -> None:
    last = write("last", fold_register(writes), at_ms)
    assert fold_register([*writes, last]) == Register(last)


@given(writings())
def test_no_write_that_nobody_replaced_is_swallowed(writes: list[Write]) -> None:
    register = fold_register(writes)
    assert register is not None
    replaced = {name for one in writes for name in one.replaces}
    assert set(register.head_ids) == {one.id for one in writes} - replaced


@given(writings(), st.data())
def test_what_is_missing_can_come_later(writes: list[Write], data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(writes), unique_by=lambda w: w.id))
    fold_register(some)  # a gap is no error
    assert fold_register([*some, *writes]) == fold_register(writes)


def test_writes_that_replace_each_other_in_a_ring_still_have_a_value() -> None:
    one = Write("a", 1, 1, 0, "x", frozenset({"b"}))
    other = Write("b", 2, 1, 0, "y", frozenset({"a"}))
    assert fold_register([one, other]) == fold_register([other, one])


def test_nothing_written_is_no_register() -> None:
    assert fold_register([]) is None
    assert fold_fields([]).get("status", "new") == "new"


def test_concurrent_writes_to_one_thing_are_contested_and_those_to_merged_ones_are_not() -> None:
    one, other = Write("a", 1, 1, 0, "x", about="ticket:t"), Write("b", 2, 1, 0, "y", about="ticket:t")
    assert Register(one, (other,)).is_contested
    assert not Register(one, (replace(other, about="ticket:u"),)).is_contested
    assert not Register(one).is_contested


@given(st.integers(-9, 9), st.integers(-9, 9))
def test_of_two_who_took_a_ticket_at_once_the_earlier_one_has_it_and_elsewhere_the_later_one(
    one: int, two: int
) -> None:
    events = [
        Event(f"{name}{at}", FIELD_SET, TICKET, at, name, {"field": field, "value": name, "version": 1}, {}, 1)
        for field in ("assignee", "priority")
        for name, at in (("ann", one), ("bob", two))
    ]
    fields = fold_fields([replace(event, id=f"{number}{event.id}") for number, event in enumerate(events)])

    if one != two:
        first, last = ("ann", "bob") if one < two else ("bob", "ann")
        assert fields.get("assignee") == first
        assert fields.get("priority") == last
    assert fields.registers["assignee"].is_contested


# -- sets ------------------------------------------------------------------------------------------


def added(name: str, item: str) -> Event:
    return Event(name, ITEM_ADDED, TICKET, 0, "me", {"set": "tags", "item": item})


def removed(name: str, *adds: str) -> Event:
    return Event(name, ITEM_REMOVED, TICKET, 0, "me", {"set": "tags", "adds": list(adds)})


def test_an_addition_that_the_remover_had_not_seen_stays() -> None:
    assert fold_fields([added("1", "vpn"), removed("2", "1")]).items("tags") == ()
    assert fold_fields([added("1", "vpn"), removed("2", "1"), added("3", "vpn")]).items("tags") == ("vpn",)


def test_a_removal_that_comes_first_still_removes() -> None:
    assert fold_fields([removed("2", "1"), added("1", "vpn")]).items("tags") == ()


EVENTS = st.lists(
    st.one_of(
        st.builds(added, st.sampled_from("abc"), st.just("vpn")),
        st.builds(added, st.sampled_from("def"), st.just("printer")),
        st.builds(removed, st.sampled_from("xyz"), st.sampled_from("abcdef")),
        st.builds(
            lambda name, value: Event(name, FIELD_SET, TICKET, 0, "me", {"field": "status", "value": value}),
            st.sampled_from("stu"),
            st.just("open"),
        ),
    ),
    unique_by=lambda event: event.id,
)


@given(EVENTS, st.randoms(use_true_random=False))
def test_fields_are_a_fold_of_the_set_of_events(events: list[Event], random: Any) -> None:
    shuffled = [*events, *events]
    random.shuffle(shuffled)
    assert fold_fields(shuffled) == fold_fields(events)


@given(EVENTS)
def test_an_item_is_there_if_an_addition_of_it_was_not_removed(events: list[Event]) -> None:
    gone = {name for event in events if event.kind == ITEM_REMOVED for name in event.body["adds"]}
    there = {event.body["item"] for event in events if event.kind == ITEM_ADDED and event.id not in gone}
    assert set(fold_fields(events).items("tags")) == there


def test_events_of_a_newer_program_are_passed_over() -> None:
    newer = Event("n", FIELD_SET, TICKET, 0, "me", {"field": "status", "value": "x"}, version=99)
    assert fold_fields([newer]).get("status") is None


def test_personal_values_stand_in_the_erasable_text() -> None:
    event = Event("n", FIELD_SET, TICKET, 0, "me", {"field": "subject"}, {"value": "Ann's printer"})
    assert fold_fields([event]).get("subject") == "Ann's printer"
