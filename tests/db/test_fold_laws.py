"""The law of the replica: equal sets of events give equal states, in whatever order and however often they come."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhelp.db.check import check, rebuild, state_hash
from deskhelp.db.replica import Replica
from deskhelp.domain.events import (
    FIELD_SET,
    ITEM_ADDED,
    ITEM_REMOVED,
    MAIL_RECEIVED,
    MESSAGE_WRITTEN,
    Event,
    about_message,
    about_ticket,
)
from deskhelp.domain.identity import derived_event_id, digest, mail_keys, ticket_id_of
from deskhelp.domain.ticket import seen_mark

PEOPLE = ("ann@a.example", "bob@b.example")


def mail(
    number: int, *, refs: Sequence[int] = (), sender: str = PEOPLE[0], subject: str = "", reply: bool = False
) -> Event:
    header = f"{number}@mail.example"
    keys = mail_keys(
        "box", header_id=header, raw_date="", sender=sender, recipients="", subject="", received="", content=str(number)
    )
    body: dict[str, Any] = {"mailbox": "box", "direction": "in", "coarse": keys.coarse, "kind": "person", "parser": 1}
    body["at_ms"] = 1_000_000 + number * 1000
    text = {
        "header_id": header,
        "references": [f"{ref}@mail.example" for ref in refs],
        "sender": ["", sender],
        "participants": [sender],
        "subject": subject or f"subject {number}",
        "base_subject": subject or f"subject {number}",
        "is_reply": reply,
        "text": f"text {number}",
    }
    return Event(
        derived_event_id(MAIL_RECEIVED, keys.message_id),
        MAIL_RECEIVED,
        about_message(keys.message_id),
        body["at_ms"],
        body=body,
        text=text,
    )


def ticket_of(event: Event) -> str:
    return ticket_id_of(event.about.partition(":")[2])


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Some mails that refer to each other, an answer of ours, and changes that agents made in different places."""
    count = draw(st.integers(2, 7))
    numbers = st.integers(0, count - 1)
    mails = [
        mail(
            n,
            refs=draw(st.lists(numbers, max_size=2)),
            sender=draw(st.sampled_from(PEOPLE)),
            subject=draw(st.sampled_from(["", "vpn", "printer"])),
            reply=draw(st.booleans()),
        )
        for n in range(count)
    ]
    events = list(mails)
    events.append(
        Event(
            digest("w"),
            MESSAGE_WRITTEN,
            about_message(digest("written")),
            2_000_000,
            "me",
            {"ticket": ticket_of(mails[0]), "direction": "out"},
            {"subject": "answer", "text": "done", "header_id": "own@desk.example", "participants": [PEOPLE[0]]},
        )
    )
    heads: list[str] = []
    for n in range(draw(st.integers(0, 6))):
        target = ticket_of(mails[draw(numbers)])
        name = draw(st.sampled_from(["status", "assignee", "merged_into"]))
        value = {
            "status": draw(st.sampled_from(["solved", "open", "pending"])),
            "assignee": f"agent{n % 2}",
            "merged_into": ticket_of(mails[draw(numbers)]),
        }[name]
        replaces = draw(st.lists(st.sampled_from(heads), max_size=1)) if heads else []
        body = {"field": name, "value": value, "replaces": replaces, "version": len(replaces) + 1}
        body["seen"] = [seen_mark(m.about.partition(":")[2]) for m in mails[: draw(numbers)]]
        events.append(Event(digest("f", str(n)), FIELD_SET, about_ticket(target), 3_000_000 + n, "me", body))
        heads.append(digest("f", str(n)))
        events.append(
            Event(digest("a", str(n)), ITEM_ADDED, about_ticket(target), 3_000_000, "me", {"set": "tags", "item": "t"})
        )
        if draw(st.booleans()):
            gone = {"set": "tags", "item": "t", "adds": [digest("a", str(n))]}
            events.append(Event(digest("r", str(n)), ITEM_REMOVED, about_ticket(target), 3_000_000, "me", gone))
    return events


def state_after(batches: Sequence[Sequence[Event]]) -> str:
    with tempfile.TemporaryDirectory() as folder, Replica.open(Path(folder) / "desk.sqlite") as replica:
        for batch in batches:
            replica.apply(batch, "elsewhere")
        state = state_hash(replica)
        rebuild(replica)
        assert state_hash(replica) == state, "the rebuilt state differs"
        assert check(replica).problems == ()
        return state


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.randoms(use_true_random=False))
def test_order_repetition_and_batches_make_no_difference(events: list[Event], random: Any) -> None:
    shuffled = [*events, *random.sample(events, len(events) // 2)]
    random.shuffle(shuffled)
    cut = random.randrange(len(shuffled))

    assert state_after([shuffled[:cut], shuffled[cut:]]) == state_after([events])


def test_a_customers_unseen_mail_keeps_a_ticket_open_and_a_seen_one_does_not(tmp_path: Path) -> None:
    first, second = mail(1), mail(2, refs=[1])
    with Replica.open(tmp_path / "desk.sqlite") as replica:
        replica.apply([first], "elsewhere")
        ticket = ticket_of(first)
        seen = [seen_mark(first.about.partition(":")[2])]
        replica.append([replica.field_draft(about_ticket(ticket), "status", "solved", at_ms=5_000_000, seen=seen)])
        assert status_of(replica, ticket) == "solved"

        replica.apply([second], "elsewhere")

        assert status_of(replica, ticket) == "open"


def status_of(replica: Replica, ticket: str) -> str:
    return str(replica.database.execute_sql("SELECT status FROM ticket WHERE id = ?", (ticket,)).fetchone()[0])
