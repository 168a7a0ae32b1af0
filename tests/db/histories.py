"""Histories of a small desk for property tests: mails that may tie to each other in every way, and what agents do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from deskhelp.domain.codes import normalise_code, ticket_code
from deskhelp.domain.events import (
    FIELD_SET,
    ITEM_ADDED,
    ITEM_REMOVED,
    MAIL_QUARANTINED,
    MAIL_RECEIVED,
    MESSAGE_WRITTEN,
    Event,
    about_entity,
    about_message,
    about_ticket,
)
from deskhelp.domain.identity import derived_event_id, digest, mail_keys, ticket_id_of
from deskhelp.domain.ticket import seen_mark

DAY_MS = 86_400_000
PEOPLE = ("ann@a.example", "bob@b.example", "Eve@E.example")
SUBJECTS = ("", "vpn", "printer")


def mail(
    number: int,
    *,
    refs: Sequence[int] = (),
    sender: str = PEOPLE[0],
    subject: str | None = None,
    reply: bool = False,
    at_ms: int | None = None,
    content: str | None = None,
    header: str = "",
    **more: Any,
) -> Event:
    """A mail as intake writes it down; `more` are further entries of the body (``signed_ticket``) or text."""
    header = header or f"{number}@mail.example"
    keys = mail_keys(
        "box",
        header_id=header,
        raw_date=str(more.get("sent_at_ms", "")),
        sender=sender,
        recipients="",
        subject="",
        received="",
        content=str(number) if content is None else content,
    )
    at_ms = 1_000_000 + number * 1000 if at_ms is None else at_ms
    subject = f"subject {number}" if subject is None else subject
    body: dict[str, Any] = {"mailbox": "box", "direction": "in", "coarse": keys.coarse, "kind": "person", "parser": 1}
    body |= {"at_ms": at_ms, "signed_ticket": more.pop("signed_ticket", "")}
    text = {
        "header_id": header,
        "references": [f"{ref}@mail.example" for ref in refs],
        "sender": ["", sender],
        "people": {"to": [["Desk", "desk@office.example"]]},
        "participants": [sender.casefold()],
        "subject": subject,
        "base_subject": subject,
        "is_reply": reply,
        "text": f"text {number}",
        **more,
    }
    about = about_message(keys.message_id)
    return Event(derived_event_id(MAIL_RECEIVED, keys.message_id), MAIL_RECEIVED, about, at_ms, body=body, text=text)


def id_of(event: Event) -> str:
    return event.about.partition(":")[2]


def ticket_of(event: Event) -> str:
    return ticket_id_of(id_of(event))


def code_of(ticket: str) -> str:
    return normalise_code(ticket_code(ticket)) or ""


def written(name: str, ticket: str, direction: str = "out", **text: Any) -> Event:
    body = {"ticket": ticket, "direction": direction, "channel": "mail"}
    words = {"subject": "answer", "text": name, "participants": [PEOPLE[0]], **text}
    about = about_message(digest("written", name))
    return Event(digest("w", name), MESSAGE_WRITTEN, about, 2_000_000, "me", body, words)


@st.composite
def mails(draw: st.DrawFn) -> list[Event]:
    """Mails with references, codes, signed references and subjects in common; some come in variants and re-read."""
    made: list[Event] = []
    for number in range(draw(st.integers(2, 6))):
        more: dict[str, Any] = {}
        if made and draw(st.integers(0, 4)) == 0:
            more["codes"] = [code_of(ticket_of(draw(st.sampled_from(made))))]
        if made and draw(st.integers(0, 5)) == 0:
            more["signed_ticket"] = ticket_of(draw(st.sampled_from(made)))
        if made and draw(st.integers(0, 4)) == 0:  # a machine has one Message-ID for all that it sends
            more["header"] = draw(st.sampled_from(made)).text["header_id"]
        more["sent_at_ms"] = draw(st.integers(0, 2))
        more["conversation"] = draw(st.sampled_from(["", "", "outlook"]))
        event = mail(
            number,
            refs=draw(st.lists(st.integers(0, 5), max_size=2)),
            sender=draw(st.sampled_from(PEOPLE)),
            subject=draw(st.sampled_from(SUBJECTS)),
            reply=draw(st.booleans()),
            at_ms=draw(st.integers(0, 3)) * 11 * DAY_MS + number,
            **more,
        )
        made.append(event)
        again = draw(st.integers(0, 5))
        if again == 0:
            same = {"header": event.text["header_id"], "sent_at_ms": event.text["sent_at_ms"], "at_ms": event.at_ms}
            made.append(mail(number, sender=event.text["sender"][1], content="another", **same))
        elif again == 1:  # a newer parser reads the same bytes better
            better = {**event.body, "parser": 2}
            made.append(replace(event, body=better, text={**event.text, "base_subject": "vpn", "references": []}))
    return made


@dataclass
class _Desk:
    """What has been written so far, so that a later write may say what it replaces."""

    events: list[Event]
    heads: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def change(self, about: str, name: str, value: Any, replaces: Sequence[str], seen: Sequence[str]) -> None:
        made = digest("change", str(len(self.events)))
        body = {"field": name, "value": value, "replaces": list(replaces), "version": len(replaces) + 1}
        body["seen"] = list(seen)
        self.events.append(Event(made, FIELD_SET, about, 3_000_000 + len(self.events), "me", body))
        self.heads.setdefault((about, name), []).append(made)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """A set of events of every kind, in the order in which they might have been made."""
    received = draw(mails())
    desk = _Desk(list(received))
    tickets = [ticket_of(event) for event in received]
    desk.events.append(written("first", draw(st.sampled_from(tickets)), header_id="own@desk.example"))
    desk.events.append(written("call", digest("ticket", digest("written", "call")), "call", sender=["", PEOPLE[1]]))
    desk.events.append(_quarantine())
    tickets += [digest("ticket", digest("written", "call")), digest("nowhere")]
    messages = [event for event in desk.events if event.about.startswith("message:")]
    for number in range(draw(st.integers(0, 8))):
        if draw(st.integers(0, 4)) == 0:
            _tag(draw, desk, draw(st.sampled_from(tickets)), number)
            continue
        about, name, value = draw(_changes(tickets, [id_of(event) for event in messages]))
        known = desk.heads.get((about, name), [])
        replaces = draw(st.lists(st.sampled_from(known), max_size=2, unique=True)) if known else []
        seen = [seen_mark(id_of(event)) for event in draw(st.lists(st.sampled_from(received), max_size=3))]
        desk.change(about, name, value, replaces, seen)
    return desk.events


def _quarantine() -> Event:
    body = {"mailbox": "box", "raw": "", "at_ms": 5, "direction": "in", "problem": "unreadable"}
    return Event(digest("q"), MAIL_QUARANTINED, about_message(digest("broken")), 5, body=body, text={"subject": "?"})


def _changes(tickets: list[str], messages: list[str]) -> st.SearchStrategy[tuple[str, str, Any]]:
    ticket, message = st.sampled_from(tickets), st.sampled_from(messages)
    deliveries = st.sampled_from([{"state": "sent", "text": ""}, {"state": "refused", "text": "no"}])
    return st.one_of(
        st.tuples(ticket.map(about_ticket), st.just("status"), st.sampled_from(["solved", "open", "pending"])),
        st.tuples(ticket.map(about_ticket), st.just("assignee"), st.sampled_from(["one", "two"])),
        st.tuples(ticket.map(about_ticket), st.just("merged_into"), st.sampled_from(["", *tickets])),
        st.tuples(message.map(about_message), st.just("placed_in"), st.sampled_from(["", digest("split"), *tickets])),
        st.tuples(message.map(about_message), st.just("hidden"), st.booleans()),
        st.tuples(message.map(about_message), st.just("delivery"), deliveries),
        st.tuples(st.just(about_entity("tag", "t")), st.just("name"), st.sampled_from(["red", "blue"])),
    )


def _tag(draw: st.DrawFn, desk: _Desk, ticket: str, number: int) -> None:
    added = digest("add", str(number))
    desk.events.append(Event(added, ITEM_ADDED, about_ticket(ticket), 3_000_000, "me", {"set": "tags", "item": "t"}))
    if draw(st.booleans()):
        gone = {"set": "tags", "item": "t", "adds": [added]}
        removed = Event(digest("remove", str(number)), ITEM_REMOVED, about_ticket(ticket), 3_000_000, "me", gone)
        desk.events.append(removed)
