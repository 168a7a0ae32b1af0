"""One ticket whole: its messages, what happened to it, and how it is found by any spelling of its code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from deskhelp.domain.codes import code_prefix_range, normalise_code, ticket_code
from deskhelp.domain.conversation import AttachmentView, MessageView, TicketDetail
from deskhelp.domain.errors import DeskTrouble, NotFound
from deskhelp.domain.status import Channel, Delivery, Direction
from deskhelp.domain.threads import Reason
from deskhelp.domain.views import Person, TicketSummary
from deskhelp.domain.words import words

from . import raws
from .asking import chunks, marks
from .conditions import has_words
from .history import history_of
from .log import read_events
from .matching import field_match
from .replica import Replica
from .summaries import summaries, summary_of

_COLUMNS: Final = (
    "id, ticket, direction, kind, channel, at_ms, sent_at_ms, sender_name, sender_address, people, agent, "
    "subject, text, header_id, header_refs, reason, delivery, delivery_text, is_automatic, is_hidden, language, "
    "raw_blob, problems"
)
_SUGGESTED_FROM: Final = 400


def resolve_ticket(replica: Replica, reference: str) -> str:
    """The ticket that a code in any spelling or an id means; NotFound, or DeskTrouble if it means several."""
    wanted = reference.strip()
    if len(wanted) == 32:
        found = _by_id(replica, wanted)
        if found:
            return found
    bare = normalise_code(wanted)
    tickets = _by_code(replica, bare) if bare else []
    if not tickets:
        raise NotFound("There is no ticket {code}.", code=wanted)
    if len(tickets) > 1:
        raise DeskTrouble(
            "{code} could be several tickets: {codes}.",
            code=wanted,
            codes=", ".join(ticket_code(ticket, 10) for ticket in tickets),
        )
    return tickets[0]


def _by_id(replica: Replica, ticket_id: str) -> str:
    query = "SELECT id FROM ticket WHERE id = ? UNION SELECT ticket FROM alias WHERE id = ?"
    row = replica.database.execute_sql(query, (ticket_id, ticket_id)).fetchone()
    return str(row[0]) if row else ""


def _by_code(replica: Replica, bare: str) -> list[str]:
    first, last = code_prefix_range(bare)
    query = "SELECT id FROM ticket WHERE id BETWEEN ? AND ? UNION SELECT ticket FROM alias WHERE id BETWEEN ? AND ?"
    return [row[0] for row in replica.database.execute_sql(query, (first, last, first, last))]


def ticket_detail(replica: Replica, ticket_id: str) -> TicketDetail:
    """A ticket by its canonical id, messages oldest first; NotFound if it is not (or no longer) there."""
    summary = summary_of(replica, ticket_id)
    if summary is None:
        raise NotFound("There is no ticket {code}.", code=ticket_code(ticket_id))
    messages = messages_of(replica, ticket_id)
    return TicketDetail(summary, messages, history_of(replica, ticket_id, messages), aliases_of(replica, ticket_id))


def aliases_of(replica: Replica, ticket_id: str) -> tuple[str, ...]:
    rows = replica.database.execute_sql("SELECT id FROM alias WHERE ticket = ? ORDER BY id", (ticket_id,))
    return tuple(ticket_code(row[0]) for row in rows)


def messages_of(replica: Replica, ticket_id: str) -> tuple[MessageView, ...]:
    """The messages of a ticket, oldest first."""
    query = f"SELECT {_COLUMNS} FROM message WHERE ticket = ? ORDER BY at_ms, direction NOT IN ('in', 'call'), id"
    rows = replica.database.execute_sql(query, (ticket_id,)).fetchall()
    attachments = _attachments(replica, [row[0] for row in rows])
    return tuple(_message(row, attachments.get(row[0], ())) for row in rows)


def message(replica: Replica, message_id: str) -> MessageView:
    """One message; NotFound if there is none of this id."""
    row = replica.database.execute_sql(f"SELECT {_COLUMNS} FROM message WHERE id = ?", (message_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such message.", detail=message_id)
    return _message(row, _attachments(replica, [message_id]).get(message_id, ()))


def _attachments(replica: Replica, messages: Sequence[str]) -> dict[str, tuple[AttachmentView, ...]]:
    found: dict[str, list[AttachmentView]] = {}
    for part in chunks(messages):
        query = (
            "SELECT message, part, name, content_type, size, inline, content_id FROM attachment "
            f"WHERE message IN ({marks(part)}) ORDER BY message, part"
        )
        for row in replica.database.execute_sql(query, part):
            found.setdefault(row[0], []).append(
                AttachmentView(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6])
            )
    return {name: tuple(views) for name, views in found.items()}


def _message(row: tuple[Any, ...], attachments: tuple[AttachmentView, ...]) -> MessageView:
    people = json.loads(row[9])
    return MessageView(
        id=row[0],
        ticket=row[1],
        direction=Direction(row[2]),
        kind=row[3],
        channel=Channel(row[4]),
        at_ms=row[5],
        sent_at_ms=row[6],
        sender=Person(row[7], row[8]),
        to=_people(people.get("to")),
        cc=_people(people.get("cc")),
        bcc=_people(people.get("bcc")),
        reply_to=_people(people.get("reply_to")),
        agent=row[10],
        subject=row[11],
        text=row[12],
        header_id=row[13],
        references=tuple(row[14].split()),
        reason=Reason(row[15]),
        delivery=Delivery(row[16]),
        delivery_text=row[17],
        is_automatic=bool(row[18]),
        is_hidden=bool(row[19]),
        language=row[20],
        has_raw=bool(row[21]),
        problems=tuple(json.loads(row[22])),
        forwarded_by=_people(people.get("forwarded_by")),
        attachments=attachments,
    )


def _people(pairs: Iterable[Sequence[str]] | None) -> tuple[Person, ...]:
    return tuple(Person(pair[0], pair[1]) for pair in pairs or ())


def mailbox_of(replica: Replica, message_id: str) -> str:
    """The mailbox that a message came in by, "" if none."""
    row = replica.database.execute_sql("SELECT mailbox FROM message WHERE id = ?", (message_id,)).fetchone()
    return str(row[0]) if row else ""


def full_text(replica: Replica, message_id: str) -> str:
    """The whole text of a message, quoted history and all."""
    row = replica.database.execute_sql("SELECT text, source_event FROM message WHERE id = ?", (message_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such message.", detail=message_id)
    events = read_events(replica.database, "event.id = ?", (row[1],))
    return str(events[0].text.get("full_text", row[0])) if events else str(row[0])


def raw_of(replica: Replica, message_id: str) -> bytes:
    """The raw mail of a message; NotFound if it has none (a note, a call), it was erased or has not come yet."""
    row = replica.database.execute_sql("SELECT raw_blob FROM message WHERE id = ?", (message_id,)).fetchone()
    if row is None or not row[0]:
        raise NotFound("There is no raw mail for this message.", detail=message_id)
    try:
        return replica.blob(row[0])
    except NotFound as error:
        if not raws.is_looking(replica):
            raise
        raise NotFound(
            "This mail itself has not come to this computer yet, only its text.",
            advice="It comes with one of the next exchanges with the team.",
            detail=message_id,
        ) from error


def tickets_of_customer(replica: Replica, address: str, limit: int = 20) -> tuple[TicketSummary, ...]:
    """The tickets that an address has asked, newest first."""
    query = "SELECT id FROM ticket WHERE requester_address IN (?, ?) ORDER BY updated_at_ms DESC LIMIT ?"
    rows = replica.database.execute_sql(query, (address, address.casefold(), limit))
    return tuple(summaries(replica, [row[0] for row in rows]))


def other_tickets(replica: Replica, ticket: TicketSummary, limit: int = 20) -> tuple[TicketSummary, ...]:
    """The newest other tickets of a ticket's customer; none where nobody knows who that is."""
    if not ticket.requester_address:
        return ()
    found = tickets_of_customer(replica, ticket.requester_address, limit + 1)
    return tuple(other for other in found if other.id != ticket.id)[:limit]


def people_suggestions(replica: Replica, prefix: str, limit: int = 8) -> tuple[Person, ...]:
    """People outside who wrote or were written to, whose name or address has what is typed, the most recent first."""
    if not any(words(prefix)):
        return ()
    query = (
        "SELECT sender_name, sender_address, people, participants FROM message WHERE n IN "
        "(SELECT rowid FROM message_fts WHERE message_fts MATCH ? ORDER BY rowid DESC LIMIT ?) ORDER BY n DESC"
    )
    found: dict[str, Person] = {}
    for name, address, people, participants in replica.database.execute_sql(
        query, (field_match("to", prefix), _SUGGESTED_FROM)
    ):
        others = [pair for group in json.loads(people).values() for pair in group]
        for person in (Person(name, address), *_people(others)):
            if person.address.casefold() in participants.split() and has_words(
                f"{person.name} {person.address}", prefix
            ):
                found.setdefault(person.address.casefold(), person)
        if len(found) >= limit:
            break
    return tuple(found.values())[:limit]
