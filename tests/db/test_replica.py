"""What a replica does with single events: statuses that cover what was seen, merges that can be undone, payloads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db import segments
from deskhelp.db.check import check, rebuild, state_hash
from deskhelp.db.replica import Replica
from deskhelp.db.threading_store import WEAK_QUERY
from deskhelp.domain.errors import NotFound
from deskhelp.domain.events import FIELD_SET, Event, EventDraft, about_message, about_ticket
from deskhelp.domain.identity import digest
from deskhelp.domain.ticket import seen_mark

from .histories import PEOPLE, code_of, id_of, mail, ticket_of, written


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    with Replica.open(tmp_path / "desk.sqlite") as opened:
        yield opened


def column(replica: Replica, name: str, ticket: str) -> Any:
    row = replica.database.execute_sql(f"SELECT {name} FROM ticket WHERE id = ?", (ticket,)).fetchone()
    return row[0] if row else None


def homes(replica: Replica) -> dict[str, str]:
    return dict(replica.database.execute_sql("SELECT id, ticket FROM message").fetchall())


def set_field(replica: Replica, about: str, name: str, value: Any, seen: list[Event] | None = None) -> None:
    marks = [seen_mark(id_of(event)) for event in seen or ()]
    replica.append([replica.field_draft(about, name, value, at_ms=5_000_000, agent="me", seen=marks)])


def test_an_unseen_mail_of_a_customer_keeps_a_ticket_open_and_a_seen_one_does_not(replica: Replica) -> None:
    first, second = mail(1), mail(2, refs=[1])
    replica.apply([first], "elsewhere")
    ticket = ticket_of(first)
    set_field(replica, about_ticket(ticket), "status", "solved", seen=[first])
    assert column(replica, "status", ticket) == "solved"

    replica.apply([second], "elsewhere")
    assert column(replica, "status", ticket) == "open"

    set_field(replica, about_ticket(ticket), "status", "solved", seen=[first, second])
    assert column(replica, "status", ticket) == "solved"


def test_an_automatic_mail_does_not_reopen(replica: Replica) -> None:
    first = mail(1)
    automatic = mail(2, refs=[1])
    automatic = replace(automatic, body={**automatic.body, "is_automatic": True, "kind": "auto_reply"})
    replica.apply([first], "elsewhere")
    set_field(replica, about_ticket(ticket_of(first)), "status", "solved", seen=[first])
    replica.apply([automatic], "elsewhere")
    assert column(replica, "status", ticket_of(first)) == "solved"
    assert column(replica, "message_count", ticket_of(first)) == 2


def test_merging_and_undoing_it_is_no_change(replica: Replica) -> None:
    first, second = mail(1), mail(2, sender=PEOPLE[1])
    replica.apply([first, second], "elsewhere")
    set_field(replica, about_ticket(ticket_of(second)), "priority", "high")
    before = state_hash(replica)

    set_field(replica, about_ticket(ticket_of(second)), "merged_into", ticket_of(first))
    assert set(homes(replica).values()) == {ticket_of(first)}
    assert column(replica, "priority", ticket_of(first)) == "high"
    assert column(replica, "id", ticket_of(second)) is None

    set_field(replica, about_ticket(ticket_of(second)), "merged_into", "")
    assert homes(replica) == {id_of(first): ticket_of(first), id_of(second): ticket_of(second)}
    after = {name: column(replica, name, ticket_of(second)) for name in ("priority", "message_count", "status")}
    assert after == {"priority": "high", "message_count": 1, "status": "new"}
    assert state_hash(replica) == before


def test_a_write_to_a_merged_ticket_beats_the_fields_of_both(replica: Replica) -> None:
    first, second = mail(1), mail(2, sender=PEOPLE[1])
    replica.apply([first, second], "elsewhere")
    for value in ("low", "urgent", "high"):  # a high version on the ticket that goes away
        set_field(replica, about_ticket(ticket_of(second)), "priority", value)
    set_field(replica, about_ticket(ticket_of(second)), "merged_into", ticket_of(first))

    set_field(replica, about_ticket(ticket_of(first)), "priority", "low")

    assert column(replica, "priority", ticket_of(first)) == "low"
    assert column(replica, "conflicts", ticket_of(first)) == ""


def test_two_who_did_not_know_of_each_other_are_a_conflict_that_is_named(replica: Replica) -> None:
    first = mail(1)
    replica.apply([first], "elsewhere")
    about = about_ticket(ticket_of(first))
    drafts = [replica.field_draft(about, "assignee", who, at_ms=at, agent=who) for who, at in (("ann", 9), ("bob", 8))]
    replica.append(drafts)
    assert column(replica, "assignee", ticket_of(first)) == "bob"  # who took it first has it
    assert column(replica, "conflicts", ticket_of(first)) == "assignee"

    set_field(replica, about, "assignee", "bob")
    assert column(replica, "conflicts", ticket_of(first)) == ""


def test_splitting_a_message_off_takes_its_ties_and_putting_it_back_restores_them(replica: Replica) -> None:
    one, two, three = mail(1), mail(2, refs=[1]), mail(3, refs=[2])
    replica.apply([one, two, three], "elsewhere")
    assert set(homes(replica).values()) == {ticket_of(one)}

    set_field(replica, about_message(id_of(two)), "placed_in", digest("split"))
    assert homes(replica)[id_of(two)] == digest("split")
    assert homes(replica)[id_of(three)] == ticket_of(three), "three was tied to one by two alone"

    set_field(replica, about_message(id_of(two)), "placed_in", "")
    assert set(homes(replica).values()) == {ticket_of(one)}


def test_the_code_of_a_ticket_that_lost_its_only_message_leads_to_where_that_went(replica: Replica) -> None:
    one = mail(1)
    replica.apply([one], "elsewhere")
    set_field(replica, about_message(id_of(one)), "placed_in", digest("split"))
    aliases = dict(replica.database.execute_sql("SELECT id, ticket FROM alias").fetchall())
    assert aliases == {ticket_of(one): digest("split")}


def test_an_answer_that_came_before_its_question_becomes_an_alias(replica: Replica) -> None:
    question, answer = mail(1), mail(2, refs=[1])
    replica.apply([answer], "elsewhere")
    set_field(replica, about_ticket(ticket_of(answer)), "priority", "high")
    replica.apply([question], "elsewhere")
    assert set(homes(replica).values()) == {ticket_of(question)}
    assert column(replica, "priority", ticket_of(question)) == "high"
    aliases = dict(replica.database.execute_sql("SELECT id, ticket FROM alias").fetchall())
    assert aliases == {ticket_of(answer): ticket_of(question)}


def test_a_foreign_code_joins_nobody_to_another_customers_ticket(replica: Replica) -> None:
    one = mail(1)
    stranger = mail(2, sender=PEOPLE[1], codes=[code_of(ticket_of(one))])
    customer = mail(3, codes=[code_of(ticket_of(one))])
    replica.apply([one, stranger, customer], "elsewhere")
    assert homes(replica)[id_of(stranger)] == ticket_of(stranger)
    assert homes(replica)[id_of(customer)] == ticket_of(one)


def test_a_newer_parser_replaces_what_an_older_one_read_in_any_order(tmp_path: Path) -> None:
    old = mail(1)
    new = replace(old, body={**old.body, "parser": 2}, text={**old.text, "text": "read better"})
    hashes = set()
    for number, order in enumerate(([[old], [new]], [[new], [old]], [[old, new]], [[new, old]])):
        with Replica.open(tmp_path / f"{number}.sqlite") as replica:
            for batch in order:
                replica.apply(batch, "elsewhere")
            assert replica.events()[0].text["text"] == "read better"
            assert check(replica).problems == ()
            hashes.add(state_hash(replica))
    assert len(hashes) == 1


def test_what_a_newer_program_or_nobody_wrote_is_kept_and_not_applied(replica: Replica) -> None:
    one = mail(1)
    replica.apply([one], "elsewhere")
    before = state_hash(replica)
    strange = [
        Event("a", "holograms_seen", about_ticket(ticket_of(one)), 1, body={"x": 1}),
        Event("b", FIELD_SET, about_ticket(ticket_of(one)), 1, body={"field": "status", "value": "spam"}, version=99),
        Event("c", FIELD_SET, about_ticket(ticket_of(one)), 1, body={}),
        Event("d", FIELD_SET, "nonsense", 1, body={"field": "status"}),
        Event("e", FIELD_SET, "entity:tag", 1, body={"field": "name"}),
    ]
    replica.apply(strange, "elsewhere")
    rebuild(replica)
    assert state_hash(replica) == before
    assert {event.id for event in replica.events()} >= {"a", "b", "c", "d", "e"}


def test_a_transaction_that_fails_leaves_nothing_behind(replica: Replica) -> None:
    before = state_hash(replica)
    with pytest.raises(RuntimeError, match="stop"), replica.transaction():
        replica.put_blob(b"x" * 500)
        replica.apply([mail(1)], "elsewhere")
        raise RuntimeError("stop")
    assert state_hash(replica) == before
    assert check(replica).events == 0


def test_blobs_come_back_as_they_were_and_an_erased_one_is_missed_by_name(replica: Replica) -> None:
    contents = [b"", b"short", b"long " * 1000, bytes(range(256)) * 100]
    names = replica.put_blobs(contents)
    assert [replica.blob(name) for name in names] == contents
    replica.database.execute_sql("DELETE FROM blob WHERE id = ?", (names[2],))
    with pytest.raises(NotFound):
        replica.blob(names[2])


def test_blobs_are_handed_over_by_the_portion_whatever_their_sizes(replica: Replica) -> None:
    quarter, whole = segments.PORTION_BYTES // 4, 2 * segments.PORTION_BYTES
    names = replica.put_blobs([os.urandom(size) for size in (quarter, quarter, quarter, quarter, 9, whole, 9)])

    portions = segments.in_portions(replica, ["0" * 32, *names])

    assert portions == [names[:3], names[3:5], names[5:6], names[6:]]


def test_events_of_a_person_have_ids_of_their_own_and_derived_ones_come_once(replica: Replica) -> None:
    one = mail(1)
    draft = EventDraft(one.kind, one.about, one.at_ms, "", one.body, one.text, one.id)
    replica.append([draft])
    assert not replica.append([draft])
    same = replica.field_draft(about_ticket(ticket_of(one)), "priority", "high", at_ms=1)
    replica.append([same, same])
    ids = [event.id for event in replica.events()]
    assert len(ids) == len(set(ids)) == 3


def test_an_answer_of_ours_belongs_to_the_ticket_it_was_written_in(replica: Replica) -> None:
    one = mail(1)
    replica.apply([one, written("answer", ticket_of(one))], "elsewhere")
    assert set(homes(replica).values()) == {ticket_of(one)}
    assert column(replica, "status", ticket_of(one)) == "open"
    assert column(replica, "waiting_since_ms", ticket_of(one)) == 0


def test_many_mails_of_one_subject_are_not_all_looked_at_for_each_new_one(replica: Replica) -> None:
    query = WEAK_QUERY.format("?, ?")
    plan = replica.database.execute_sql(f"EXPLAIN QUERY PLAN {query}", ("", "a", 0, 0)).fetchall()
    assert "message_weak" in plan[0][3]


# -- what a check finds ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("DELETE FROM message WHERE id = :message", "missing from the tickets"),
        ("UPDATE message SET ticket = 'nowhere' WHERE id = :message", "belong to no ticket"),
        ("DELETE FROM blob WHERE id = :raw", "lost their raw mail"),
        ("DELETE FROM blob WHERE id != :raw", "lost their text"),
        ("DELETE FROM message_fts_docsize", "cannot be found by searching"),
        ("INSERT INTO seen_uid VALUES ('box', 'INBOX', 1, 1, :nobody)", "were fetched have no message"),
    ],
)
def test_a_check_names_what_is_wrong(replica: Replica, damage: str, words: str) -> None:
    raw = replica.put_blob(b"raw mail")
    one = mail(1)
    replica.apply([replace(one, body={**one.body, "raw": raw}), mail(2)], "elsewhere")
    assert check(replica).ok
    values = {"message": id_of(one), "raw": raw, "nobody": digest("nobody")}
    replica.database.execute_sql(damage, values)
    report = check(replica)
    assert not report.ok
    assert words in " ".join(report.problems)


def test_what_is_told_can_be_read_already(tmp_path: Path) -> None:
    """A listener that reads with a connection of its own must find what it is told of."""
    path = tmp_path / "replica.db"
    seen: list[str] = []
    with Replica.open(path) as replica, Replica.open(path, readonly=True) as reader:
        with replica.transaction():
            replica.set_meta("agent", "olga")
            replica.when_written(lambda: seen.append(reader.meta("agent")))
            assert seen == []
        assert seen == ["olga"]
        with pytest.raises(ZeroDivisionError), replica.transaction():
            replica.when_written(lambda: seen.append("never"))
            raise ZeroDivisionError
        replica.set_meta("agent", "peter")
        assert seen == ["olga"]
        replica.when_written(lambda: seen.append("at once"))
        assert seen == ["olga", "at once"]
