"""Lists and counts of a real replica."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db.lists import count_tickets, list_tickets
from deskhelp.db.replica import Replica
from deskhelp.domain.events import about_entity, about_message, about_ticket
from deskhelp.domain.identity import digest
from deskhelp.domain.query import parse_query
from deskhelp.domain.status import Priority, Status
from deskhelp.domain.ticket import seen_mark
from deskhelp.domain.views import TicketSummary
from tests.db.histories import id_of, mail, ticket_of

NOW_MS = 5_000_000
ME = digest("agent", "me")
OTHER = digest("agent", "other")
VPN = digest("tag", "vpn")
MAILS = {name: mail(n, subject=name) for n, name in enumerate(["new", "mine", "solved", "snoozed", "pending", "spam"])}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Replica]:
    with Replica.open(tmp_path / "desk.sqlite") as replica:
        replica.apply(list(MAILS.values()), "elsewhere")
        for agent, name in ((ME, "Я Сам"), (OTHER, "Ann Other")):
            put(replica, about_entity("agent", agent), "name", name)
        put(replica, about_entity("tag", VPN), "name", "VPN ёлка")
        change(replica, "mine", "assignee", ME)
        change(replica, "mine", "due_ms", NOW_MS - 1)
        change(replica, "solved", "status", "solved")
        change(replica, "snoozed", "snoozed_until_ms", NOW_MS + 1000)
        change(replica, "pending", "status", "pending")
        change(replica, "pending", "assignee", OTHER)
        change(replica, "spam", "status", "spam")
        replica.append([replica.add_draft(about_ticket(ticket("mine")), "tags", VPN, at_ms=1)])
        yield replica


def put(desk: Replica, about: str, name: str, value: Any, seen: tuple[str, ...] = ()) -> None:
    desk.append([desk.field_draft(about, name, value, at_ms=2_000_000, seen=seen)])


def ticket(name: str) -> str:
    return ticket_of(MAILS[name])


def change(desk: Replica, name: str, field: str, value: Any) -> None:
    put(desk, about_ticket(ticket(name)), field, value, (seen_mark(id_of(MAILS[name])),))


def rows(desk: Replica, text: str, **more: Any) -> list[TicketSummary]:
    query = parse_query(text)
    assert not query.words, "a field was taken for words"
    found = list_tickets(desk, query, agent=ME, now_ms=NOW_MS, **more).rows
    assert count_tickets(desk, {"it": query}, agent=ME, now_ms=NOW_MS) == {"it": len(found)}
    return list(found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("is:active", "new mine"),
        ("is:open", "new mine snoozed"),
        ("is:mine", "mine"),
        ("is:unassigned", "new"),
        ("is:overdue", "mine"),
        ("is:snoozed", "snoozed"),
        ("is:waiting", "pending"),
        ("is:done", "solved"),
        ("is:unread", "new mine snoozed"),
        ("is:automatic", ""),
        ("is:escalated", ""),
        ("is:failed", ""),
        ("is:quarantined", ""),
        ("is:draft", ""),
        ("-is:done", "new mine snoozed pending spam"),
        ("status:spam", "spam"),
        ("assignee:me", "mine"),
        ("assignee:none", "new solved snoozed spam"),
        ("assignee:ann", "pending"),
        ("assignee:Nobody", ""),
        ("-assignee:Nobody", "new mine solved snoozed pending spam"),
        ('tag:"vpn елка"', "mine"),
        ("tag:vpn", "mine"),
        ("tag:missing", ""),
        ("-tag:vpn is:active", "new"),
        ("mailbox:box", ""),
        ("department:none status:new", "new mine snoozed"),
        ("priority:normal is:active", "new mine"),
        ("channel:mail is:mine", "mine"),
        ("has:attachment", ""),
        ("after:1971-01-01", ""),
        ("before:1971-01-01", "new mine solved snoozed pending spam"),
    ],
)
def test_what_a_filter_shows(desk: Replica, text: str, names: str) -> None:
    assert sorted(row.subject for row in rows(desk, text)) == sorted(names.split())


def test_an_escalated_quarantined_or_failed_ticket_is_found_until_it_is_done(desk: Replica) -> None:
    change(desk, "mine", "escalation", {"level": 2, "to": OTHER, "reason": "slow"})
    put(desk, about_message(id_of(MAILS["new"])), "delivery", {"state": "refused", "text": "550"})
    (row,) = rows(desk, "is:escalated")
    assert row.escalation is not None and (row.escalation.level, row.escalation.to) == (2, OTHER)
    assert [row.subject for row in rows(desk, "is:failed")] == ["new"]

    change(desk, "mine", "status", "closed")
    assert rows(desk, "is:escalated") == []


def test_a_ticket_is_unread_until_it_was_read_here_after_the_last_mail(desk: Replica) -> None:
    (before,) = [row for row in rows(desk, "is:unread") if row.subject == "new"]
    assert before.is_unread
    with desk.transaction():
        desk.database.execute_sql("INSERT INTO ticket_read VALUES (?, ?)", (ticket("new"), before.last_in_ms))
    assert not next(row for row in rows(desk, "is:active") if row.subject == "new").is_unread
    assert "new" not in {row.subject for row in rows(desk, "is:unread")}

    desk.apply([mail(50, refs=[0], at_ms=before.last_in_ms + 1)], "elsewhere")
    assert "new" in {row.subject for row in rows(desk, "is:unread")}


def test_a_draft_shows_in_its_row_and_its_queue(desk: Replica) -> None:
    with desk.transaction():
        desk.database.execute_sql("INSERT INTO draft VALUES ('d', ?, 1, '{}')", (ticket("pending"),))
    (row,) = rows(desk, "is:draft")
    assert row.subject == "pending" and row.has_draft


def test_a_row_says_what_its_ticket_is(desk: Replica) -> None:
    (row,) = rows(desk, "is:mine")
    assert (row.status, row.priority, row.assignee, row.tags) == (Status.NEW, Priority.NORMAL, ME, (VPN,))
    assert (row.requester_address, row.message_count, row.due_ms) == ("ann@a.example", 1, NOW_MS - 1)
    assert row.snippet == "text 1" and row.updated_at_ms == 2_000_000


@pytest.mark.parametrize("sort", ["updated", "created", "waiting", "due"])
@pytest.mark.parametrize("limit", [1, 2, 6])
def test_pages_by_key_give_every_ticket_once(desk: Replica, sort: str, limit: int) -> None:
    seen: list[TicketSummary] = []
    after = None
    while True:
        page = list_tickets(desk, parse_query(""), agent=ME, now_ms=NOW_MS, after=after, limit=limit, sort=sort)
        assert len(page.rows) <= limit
        seen += page.rows
        after = page.next_key
        if after is None:
            break
    assert sorted(row.subject for row in seen) == sorted(MAILS)
    by_name = [row.subject for row in seen]
    if sort == "created":
        assert by_name == list(reversed(MAILS))
    if sort == "waiting":
        assert [name for name in by_name if name in ("new", "mine", "snoozed")] == ["new", "mine", "snoozed"]
        assert set(by_name[3:]) == {"solved", "pending", "spam"}
    if sort == "due":
        assert by_name[0] == "mine"


def test_a_ticket_that_is_changed_between_pages_shifts_nothing_else(desk: Replica) -> None:
    first = list_tickets(desk, parse_query(""), agent=ME, now_ms=NOW_MS, limit=3, sort="created")
    desk.apply([mail(60)], "elsewhere")
    rest = list_tickets(desk, parse_query(""), agent=ME, now_ms=NOW_MS, limit=9, sort="created", after=first.next_key)
    assert {row.subject for row in (*first.rows, *rest.rows)} == set(MAILS)


def test_many_counts_at_once(desk: Replica) -> None:
    queries = {name: parse_query(name) for name in ("is:active", "is:snoozed", "принтер", "-принтер", "text")}
    counts = count_tickets(desk, queries, agent=ME, now_ms=NOW_MS)
    assert counts == {"is:active": 2, "is:snoozed": 1, "принтер": 0, "-принтер": 6, "text": 6}
