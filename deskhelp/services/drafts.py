"""What an agent is typing, saved as they type: on this computer only, one draft a ticket."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from deskhelp.db.details import resolve_ticket
from deskhelp.domain.views import Change, Person

from .office import Office


@dataclass(frozen=True, slots=True)
class DraftFile:
    """An attachment of a draft; its bytes are a blob of the replica."""

    name: str
    content_type: str
    size: int
    blob: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A message being written. `mode` is reply, reply_all, forward or note."""

    ticket: str
    mode: str = "reply"
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    bcc: tuple[Person, ...] = ()
    subject: str = ""
    text: str = ""
    quoted: str = ""
    signature: str = ""
    files: tuple[DraftFile, ...] = ()
    saved_at_ms: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.files)


def attach(office: Office, name: str, content_type: str, data: bytes) -> DraftFile:
    """Keep the bytes of an attachment, so that a draft outlives the file it came from."""
    return DraftFile(name, content_type, len(data), office.replica.put_blob(data))


def save_draft(office: Office, draft: Draft) -> None:
    """Save a draft; an empty one is dropped."""
    ticket = resolve_ticket(office.replica, draft.ticket)
    if draft.is_empty:
        drop_draft(office, ticket)
        return
    is_new = load_draft(office, ticket) is None
    data = json.dumps(asdict(replace(draft, ticket=ticket)), ensure_ascii=False)
    with office.replica.transaction():
        office.replica.database.execute_sql(
            "INSERT OR REPLACE INTO draft (id, ticket, updated_at_ms, data) VALUES (?, ?, ?, ?)",
            (ticket, ticket, office.now(), data),
        )
    if is_new:
        office.announce(Change(tickets=frozenset({ticket}), kinds=frozenset({"drafts"})))


def load_draft(office: Office, ticket: str) -> Draft | None:
    """The draft of a ticket; None if nothing is being written."""
    query = "SELECT data, updated_at_ms FROM draft WHERE ticket = ? ORDER BY updated_at_ms DESC LIMIT 1"
    row = office.replica.database.execute_sql(query, (ticket,)).fetchone()
    if row is None:
        return None
    data: dict[str, Any] = json.loads(row[0])
    for name in ("to", "cc", "bcc"):
        data[name] = tuple(Person(**person) for person in data[name])
    data["files"] = tuple(DraftFile(**file) for file in data["files"])
    data["saved_at_ms"] = row[1]
    return Draft(**data)


def drop_draft(office: Office, ticket: str) -> None:
    """Throw a draft away."""
    with office.replica.transaction():
        gone = office.replica.database.execute_sql("DELETE FROM draft WHERE ticket = ?", (ticket,)).rowcount
    if gone:
        office.announce(Change(tickets=frozenset({ticket}), kinds=frozenset({"drafts"})))
