"""A ticket's state as a fold of its messages and of what agents changed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.events import FIELD_SET, ITEM_ADDED, Event
from deskhelp.domain.identity import digest
from deskhelp.domain.merge import Fields, fold_fields
from deskhelp.domain.status import Delivery, Direction, Priority, Status
from deskhelp.domain.ticket import MessageFacts, fold_message, fold_ticket, seen_mark

ABOUT = "ticket:t"


def message(name: str, at_ms: int = 0, direction: Direction = Direction.IN, **more: Any) -> MessageFacts:
    sender = {"sender_address": "ann@a.example"} if direction is Direction.IN else {}
    return MessageFacts(digest(name), at_ms, direction, **{**sender, "subject": name, "snippet": name, **more})


def fields(*changes: tuple[str, Any], seen: tuple[MessageFacts, ...] = ()) -> Fields:
    """Changes made one after the other by somebody who had seen some messages."""
    events: list[Event] = []
    for number, (name, value) in enumerate(changes):
        register = fold_fields(events).registers.get(name)
        body: dict[str, Any] = {"field": name, "value": value, "version": number + 1}
        body["replaces"] = list(register.head_ids) if register else []
        body["seen"] = [seen_mark(one.id) for one in seen]
        events.append(Event(f"e{number}", FIELD_SET, ABOUT, 100 + number, "me", body))
    return fold_fields(events)


def test_a_mail_makes_a_new_ticket_and_an_answer_opens_it() -> None:
    asked = message("help", 5, sender_name="Ann")
    state = fold_ticket("t", [asked], fields())
    assert (state.status, state.subject, state.requester_name, state.waiting_since_ms) == (Status.NEW, "help", "Ann", 5)
    answered = fold_ticket("t", [asked, message("done", 9, Direction.OUT)], fields())
    assert (answered.status, answered.waiting_since_ms, answered.last_out_ms) == (Status.OPEN, 0, 9)


@given(st.permutations(range(5)))
def test_the_order_of_messages_makes_no_difference(order: list[int]) -> None:
    made = [message(str(number), number % 3, list(Direction)[number % 4]) for number in range(5)]
    assert fold_ticket("t", [made[place] for place in order], fields()) == fold_ticket("t", made, fields())


@pytest.mark.parametrize("status", ["solved", "closed", "pending", "on_hold"])
def test_a_status_covers_only_what_its_author_had_seen(status: str) -> None:
    seen, unseen = message("one"), message("two", 5)
    change = fields(("status", status), seen=(seen,))
    assert fold_ticket("t", [seen], change).status == status
    assert fold_ticket("t", [seen, unseen], change).status is Status.OPEN


@pytest.mark.parametrize("more", [{"is_automatic": True}, {"is_history": True}, {"is_hidden": True}])
def test_what_is_not_a_person_asking_reopens_nothing(more: dict[str, bool]) -> None:
    seen = message("one")
    change = fields(("status", "solved"), seen=(seen,))
    assert fold_ticket("t", [seen, message("two", 5, **more)], change).status is Status.SOLVED
    assert fold_ticket("t", [seen, message("note", 5, Direction.NOTE)], change).status is Status.SOLVED


def test_spam_stays_spam() -> None:
    change = fields(("status", "spam"))
    assert fold_ticket("t", [message("one"), message("two", 5)], change).status is Status.SPAM


def test_a_snooze_ends_with_an_answer() -> None:
    seen = message("one")
    change = fields(("snoozed_until_ms", 5000), seen=(seen,))
    assert fold_ticket("t", [seen], change).snoozed_until_ms == 5000
    assert fold_ticket("t", [seen, message("two", 5)], change).snoozed_until_ms == 0


def test_mail_from_before_the_starting_date_is_closed_and_keeps_its_age() -> None:
    old = [message("one", 1, is_history=True), message("two", 2, is_history=True)]
    state = fold_ticket("t", old, fields(("priority", "low")))
    assert (state.status, state.updated_at_ms, state.priority) == (Status.CLOSED, 2, Priority.LOW)
    assert fold_ticket("t", [*old, message("three", 3)], fields()).status is Status.NEW


def test_waiting_counts_from_the_oldest_unanswered_mail() -> None:
    made = [message("a", 1), message("x", 2, Direction.OUT), message("b", 3), message("c", 4)]
    assert fold_ticket("t", made, fields()).waiting_since_ms == 3
    dropped = message("y", 5, Direction.OUT, delivery=Delivery.DROPPED)
    assert fold_ticket("t", [*made, dropped], fields()).waiting_since_ms == 3


def test_an_answer_in_the_same_instant_comes_after_its_question() -> None:
    question = message("q", 7)
    for name in "abcdefgh":  # ids decide nothing here
        assert fold_ticket("t", [message(name, 7, Direction.OUT), question], fields()).waiting_since_ms == 0


def test_a_machine_is_the_requester_only_if_nobody_else_is() -> None:
    robot = message("robot", 1, sender_address="robot@a.example", is_automatic=True)
    assert fold_ticket("t", [robot], fields()).requester_address == "robot@a.example"
    assert fold_ticket("t", [robot, message("person", 2)], fields()).requester_address == "ann@a.example"
    assert fold_ticket("t", [robot], fields(("requester", ["Bob", "b@b"]))).requester_name == "Bob"


def test_hidden_messages_do_not_show_unless_all_are() -> None:
    shown, hidden = message("shown", 1), message("hidden", 2, is_hidden=True, attachments=3)
    state = fold_ticket("t", [shown, hidden], fields())
    assert (state.message_count, state.attachment_count, state.snippet) == (1, 0, "shown")
    assert fold_ticket("t", [hidden], fields()).message_count == 1


def test_an_escalation_is_in_force_until_it_is_taken_back() -> None:
    value = {"level": 2, "to": "boss", "reason": "angry"}
    state = fold_ticket("t", [message("a")], fields(("escalation", value)))
    assert state.escalation is not None
    assert (state.escalation.level, state.escalation.to, state.escalation.agent) == (2, "boss", "me")
    assert fold_ticket("t", [message("a")], fields(("escalation", value), ("escalation", None))).escalation is None


def test_values_that_this_version_does_not_know_fall_back() -> None:
    state = fold_ticket("t", [message("a")], fields(("status", "dreaming"), ("priority", "cosmic")))
    assert (state.status, state.priority) == (Status.OPEN, Priority.NORMAL)


def test_tags_and_failed_deliveries() -> None:
    tag = Event("a", ITEM_ADDED, ABOUT, 0, "me", {"set": "tags", "item": "vpn"})
    bounced = message("out", 2, Direction.OUT, delivery=Delivery.BOUNCED)
    state = fold_ticket("t", [message("a"), bounced], fold_fields([tag]))
    assert (state.tags, state.has_failed_delivery) == (("vpn",), True)


def test_what_changes_about_a_message() -> None:
    changed = fold_message(fields(("delivery", {"state": "deferred", "text": "busy"}), ("hidden", True)))
    assert (changed.delivery, changed.delivery_text, changed.is_hidden) == (Delivery.DEFERRED, "busy", True)
    assert fold_message(fields(("delivery", {"state": "teleported"}))).delivery is Delivery.NONE
