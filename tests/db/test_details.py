"""One ticket whole, its history, and ways to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db.details import (
    full_text,
    message,
    people_suggestions,
    raw_of,
    resolve_ticket,
    ticket_detail,
    tickets_of_customer,
)
from deskhelp.db.replica import Replica
from deskhelp.domain.codes import ticket_code
from deskhelp.domain.conversation import HistoryEntry
from deskhelp.domain.errors import DeskTrouble, NotFound
from deskhelp.domain.events import about_message, about_ticket
from deskhelp.domain.identity import digest
from deskhelp.domain.status import Delivery
from deskhelp.domain.ticket import seen_mark
from deskhelp.domain.views import Person
from tests.db.histories import id_of, mail, ticket_of

FILES = [[2, "Скан.pdf", "application/pdf", 10, "", False, ""], [3, "logo.png", "image/png", 5, "", True, "cid1"]]
FIRST = mail(1, subject="vpn", full_text="text 1\n\n> quoted", attachments=FILES)
SECOND = mail(2, refs=[1], at_ms=4_000_000)
OTHER = mail(3, sender="bob@b.example", people={"to": [["Мария Иванова", "maria@c.example"], ["Desk", "d@o.example"]]})
TAG = digest("tag", "vpn")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Replica]:
    with Replica.open(tmp_path / "desk.sqlite") as replica:
        replica.apply([FIRST, OTHER], "elsewhere")
        yield replica


def change(desk: Replica, about: str, field: str, value: Any, at_ms: int, seen: tuple[str, ...] = ()) -> None:
    desk.append([desk.field_draft(about, field, value, at_ms=at_ms, agent="me", seen=seen)])


def told(desk: Replica) -> list[HistoryEntry]:
    return [e for e in ticket_detail(desk, ticket_of(FIRST)).history if e.what not in ("received", "written")]


def test_a_ticket_with_its_messages_and_files(desk: Replica) -> None:
    desk.apply([SECOND], "elsewhere")
    detail = ticket_detail(desk, ticket_of(FIRST))
    assert [view.id for view in detail.messages] == [id_of(FIRST), id_of(SECOND)]
    first = detail.messages[0]
    assert first.to == (Person("Desk", "desk@office.example"),) and first.text == "text 1"
    assert [(file.part, file.name, file.inline) for file in first.attachments] == [
        (2, "Скан.pdf", False),
        (3, "logo.png", True),
    ]
    assert message(desk, id_of(FIRST)) == first
    assert detail.summary.attachment_count == 1


def test_the_whole_text_and_the_raw_mail(desk: Replica) -> None:
    assert full_text(desk, id_of(FIRST)) == "text 1\n\n> quoted"
    assert full_text(desk, id_of(OTHER)) == "text 3"
    with pytest.raises(NotFound):
        raw_of(desk, id_of(FIRST))
    with pytest.raises(NotFound):
        full_text(desk, "nothing")


def test_a_ticket_is_found_by_id_code_and_what_it_was_before_merging(desk: Replica) -> None:
    one, other = ticket_of(FIRST), ticket_of(OTHER)
    code = ticket_code(other)
    assert {resolve_ticket(desk, text) for text in (other, code, f" #{code.lower()} ", ticket_code(other, 10))} == {
        other
    }

    change(desk, about_ticket(other), "merged_into", one, 3_000_000)

    assert resolve_ticket(desk, code) == resolve_ticket(desk, other) == one
    assert ticket_detail(desk, one).aliases == (code,)
    with pytest.raises(NotFound):
        ticket_detail(desk, other)
    (entry,) = told(desk)
    assert (entry.what, entry.agent, entry.values["ticket"]) == ("merged", "me", other)


@pytest.mark.parametrize("text", ["", "?", "ZZZ-ZZZZ", "принтер", "0" * 32])
def test_no_ticket_of_this_name_is_told(desk: Replica, text: str) -> None:
    with pytest.raises(NotFound):
        resolve_ticket(desk, text)


def test_a_code_of_two_tickets_is_told_with_longer_codes(desk: Replica) -> None:
    ids = ("0123456789" + "0" * 22, "0123456788" + "0" * 22)
    with desk.transaction():
        for ticket in ids:
            desk.database.execute_sql("INSERT INTO alias VALUES (?, ?)", (ticket, ticket))
    with pytest.raises(DeskTrouble, match=ticket_code(ids[0], 10)):
        resolve_ticket(desk, ticket_code(ids[0]))
    assert resolve_ticket(desk, ticket_code(ids[0], 10)) == ids[0]


def test_history_tells_old_and_new_values_tags_and_who_did_it(desk: Replica) -> None:
    about = about_ticket(ticket_of(FIRST))
    change(desk, about, "status", "pending", 2_000_000, (seen_mark(id_of(FIRST)),))
    change(desk, about, "status", "open", 2_100_000)
    desk.append([desk.add_draft(about, "tags", TAG, at_ms=2_200_000, agent="me")])
    removal = desk.remove_draft(about, "tags", TAG, at_ms=2_300_000, agent="you")
    assert removal is not None
    desk.append([removal])
    change(desk, about, "escalation", {"level": 1, "to": "lead", "reason": "slow"}, 2_400_000)

    entries = told(desk)

    assert [(e.what, e.agent, e.at_ms) for e in entries] == [
        ("field", "me", 2_000_000),
        ("field", "me", 2_100_000),
        ("tag_added", "me", 2_200_000),
        ("tag_removed", "you", 2_300_000),
        ("field", "me", 2_400_000),
    ]
    assert entries[1].values == {"name": "status", "value": "open", "before": "pending"}
    assert entries[2].values == {"tag": TAG}
    assert entries[4].values["value"] == {"level": 1, "to": "lead", "reason": "slow"}


def test_history_tells_which_mail_reopened_a_ticket_and_only_an_unseen_one(desk: Replica) -> None:
    change(desk, about_ticket(ticket_of(FIRST)), "status", "solved", 2_000_000, (seen_mark(id_of(FIRST)),))
    assert [entry.what for entry in told(desk)] == ["field"]

    desk.apply([SECOND], "elsewhere")

    assert [(e.what, e.values.get("message")) for e in told(desk)] == [("field", None), ("reopened", id_of(SECOND))]


def test_what_happened_in_one_moment_is_told_in_the_order_of_doing(desk: Replica) -> None:
    about = about_ticket(ticket_of(FIRST))
    wanted = ["high", "low", "urgent", "normal", "high", "low"]
    for value in wanted:
        change(desk, about, "priority", value, at_ms=9_000_000)
    assert [entry.values["value"] for entry in told(desk)] == wanted


def test_history_tells_delivery_and_hiding(desk: Replica) -> None:
    about = about_message(id_of(FIRST))
    change(desk, about, "delivery", {"state": "refused", "text": "550 no such user"}, 2_000_000)
    change(desk, about, "hidden", True, 2_100_000)
    change(desk, about, "hidden", False, 2_200_000)
    assert [entry.what for entry in told(desk)] == ["delivery", "hidden", "shown"]
    assert ticket_detail(desk, ticket_of(FIRST)).messages[0].delivery is Delivery.REFUSED


def test_history_tells_what_was_split_off(desk: Replica) -> None:
    desk.apply([SECOND], "elsewhere")
    change(desk, about_message(id_of(SECOND)), "placed_in", digest("ticket", "split"), 5_000_000)
    detail = ticket_detail(desk, digest("ticket", "split"))
    assert [entry.what for entry in detail.history] == ["received", "split"]
    assert [view.id for view in ticket_detail(desk, ticket_of(FIRST)).messages] == [id_of(FIRST)]


def test_the_tickets_of_a_customer_newest_first(desk: Replica) -> None:
    later = mail(7, at_ms=3_000_000)
    desk.apply([later], "elsewhere")
    rows = tickets_of_customer(desk, "Ann@a.example")
    assert [row.id for row in rows] == [ticket_of(later), ticket_of(FIRST)]
    assert tickets_of_customer(desk, "nobody@a.example") == ()


def test_people_are_suggested_by_any_beginning_but_never_the_desk_itself(desk: Replica) -> None:
    to = {"to": [["Мария Иванова", "maria@c.example"], ["Desk", "d@o.example"]]}
    both = ["ivan@c.example", "maria@c.example"]
    desk.apply([mail(8, sender=both[0], participants=both, people=to)], "elsewhere")
    maria = Person("Мария Иванова", "maria@c.example")
    for typed in ("мар", "Иванов", "иванова мария", "maria", "maria@c"):
        assert people_suggestions(desk, typed) == (maria,)
    assert {person.address for person in people_suggestions(desk, "c.ex")} == {"ivan@c.example", "maria@c.example"}
    assert people_suggestions(desk, "desk") == people_suggestions(desk, "") == people_suggestions(desk, "xyz") == ()
