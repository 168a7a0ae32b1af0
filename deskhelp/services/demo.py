"""The demonstration: a throw-away profile filled through the same intake and outbox as an office's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from deskhelp.db.log import EventDraft
from deskhelp.domain.entities import Agent, CannedReply, Department, Mailbox, Tag
from deskhelp.domain.events import MESSAGE_WRITTEN, about_message, about_ticket
from deskhelp.domain.identity import digest, mailbox_id, ticket_id_of
from deskhelp.domain.ticket import Direction, Priority, Status
from deskhelp.settings import Profile, resource_path

from . import catalog, desk
from .demo_content import (
    DemoConversation,
    DemoPack,
    header_id,
    load_demo,
    raw_mail,
    travels,
    written_at,
)
from .intake import Incoming, in_batches, take_in
from .office import Office
from .workers import Workers

TRICKLE_EVERY_S: Final = 25.0
FIRST_TRICKLE_S: Final = 8.0


def content() -> DemoPack:
    return load_demo(resource_path("demo"))


def is_demo(profile: Profile) -> bool:
    return (profile.root / "demonstration").exists()


def mark_as_demo(root: Path) -> None:
    (root / "demonstration").touch()


@dataclass(frozen=True, slots=True)
class _Ids:
    """The entities of the demonstration by the keys that its files use."""

    agents: dict[str, str]
    departments: dict[str, str]
    tags: dict[str, str]


def fill(office: Office, pack: DemoPack | None = None) -> None:
    """Fill an empty profile: people, tags, replies, then all conversations, oldest first."""
    pack = pack or content()
    now = datetime.fromtimestamp(office.now() / 1000, UTC)
    box = _mailbox(pack)
    ids = _set_up(office, pack, box)
    mails = sorted(_mails(pack.conversations, now, pack), key=lambda mail: mail.arrived_at_ms)
    for batch in in_batches(mails):
        take_in(office, box, batch)
    drafts: list[EventDraft] = []
    for conversation in pack.conversations:
        drafts += _handwritten(office, conversation, now, ids, box)
    office.replica.append(drafts)
    drafts = []
    for conversation in pack.conversations:
        drafts += _changes(office, conversation, now, ids)
    office.announce(office.replica.append(drafts))
    _mark_read(office)


def _mailbox(pack: DemoPack) -> Mailbox:
    box = pack.mailbox
    return Mailbox(mailbox_id(box.address), box.name, box.address, signature=box.signature, is_local=True)


def _set_up(office: Office, pack: DemoPack, box: Mailbox) -> _Ids:
    agents = {a.key: digest("demo agent", a.key) for a in pack.agents}
    departments = {d.key: digest("demo department", d.key) for d in pack.departments}
    tags = {t.name: catalog.tag_id(t.name) for t in pack.tags}
    catalog.save(
        office,
        box,
        *(Agent(agents[a.key], a.name, a.address, a.color, a.signature_ru, a.role, a.key) for a in pack.agents),
        *(Department(departments[d.key], d.name, d.address) for d in pack.departments),
        *(Tag(tags[t.name], t.name, t.color, t.description) for t in pack.tags),
        *(
            CannedReply(
                digest("demo canned", c.folder, c.name),
                c.name,
                c.folder,
                c.language,
                c.text,
                c.keywords,
                c.status,
                ",".join(c.tags),
            )
            for c in pack.canned
        ),
    )
    if pack.agents:
        catalog.set_agent(office, agents[pack.agents[0].key])
    return _Ids(agents, departments, tags)


def _mails(conversations: tuple[DemoConversation, ...], now: datetime, pack: DemoPack) -> Iterator[Incoming]:
    for conversation in conversations:
        for index, message in enumerate(conversation.messages):
            if travels(message):
                at = int(written_at(message, now).timestamp() * 1000)
                raw = raw_mail(conversation, index, now, pack.mailbox)
                yield Incoming(raw, at, is_sent=message.direction is Direction.OUT)


def _home(office: Office, conversation: DemoConversation) -> str:
    """The ticket of a conversation: of its first mail, or of its first entry made by hand."""
    root = conversation
    for index, message in enumerate(root.messages):
        if travels(message):
            query = "SELECT ticket FROM message WHERE header_id = ?"
            row = office.replica.database.execute_sql(query, (header_id(root, index),)).fetchone()
            if row is not None:
                return str(row[0])
    return ticket_id_of(_message_id(conversation, 0))


def _message_id(conversation: DemoConversation, index: int) -> str:
    return digest("demo message", conversation.slug, str(index))


def _handwritten(
    office: Office, conversation: DemoConversation, now: datetime, ids: _Ids, box: Mailbox
) -> Iterator[EventDraft]:
    """Notes and calls, which nobody mailed."""
    home = _home(office, conversation)
    for index, message in enumerate(conversation.messages):
        if travels(message):
            continue
        at = int(written_at(message, now).timestamp() * 1000)
        is_call = message.direction is Direction.CALL
        yield EventDraft(
            MESSAGE_WRITTEN,
            about_message(_message_id(conversation, index)),
            at,
            ids.agents.get(message.author, ""),
            {
                "ticket": home,
                "direction": str(message.direction),
                "channel": str(conversation.channel) if is_call else "mail",
                "mailbox": box.id if is_call else "",
                "at_ms": at,
                "language": message.language,
            },
            {
                "sender": [message.sender.name, message.sender.address],
                "subject": conversation.subject if is_call else "",
                "text": message.text.strip(),
                "participants": [message.sender.address.casefold()] if is_call else [],
            },
        )


def _changes(office: Office, conversation: DemoConversation, now: datetime, ids: _Ids) -> Iterator[EventDraft]:
    """What agents have done to a ticket, shortly after its last message."""
    home = _home(office, conversation)
    about = about_ticket(home)
    last = max(int(written_at(message, now).timestamp() * 1000) for message in conversation.messages)
    at = min(last + 60_000, office.now() - 1000)
    who = ids.agents.get(conversation.assignee) or next(iter(ids.agents.values()), "")
    replica = office.replica
    if conversation.assignee:
        yield replica.field_draft(about, "assignee", ids.agents[conversation.assignee], at_ms=at, agent=who)
    if conversation.department:
        yield replica.field_draft(about, "department", ids.departments[conversation.department], at_ms=at, agent=who)
    if conversation.priority is not Priority.NORMAL:
        yield replica.field_draft(about, "priority", str(conversation.priority), at_ms=at, agent=who)
    for name in conversation.tags:
        yield replica.add_draft(about, "tags", ids.tags.get(name) or catalog.tag_id(name), at_ms=at, agent=who)
    if conversation.escalation is not None:
        value = {
            "level": conversation.escalation.level,
            "to": conversation.escalation.to,
            "reason": conversation.escalation.reason,
        }
        yield replica.field_draft(about, "escalation", value, at_ms=at, agent=who, personal=True)
    if conversation.status not in (None, Status.NEW):
        seen = desk.seen_by(office, home)
        yield replica.field_draft(about, "status", str(conversation.status), at_ms=at, agent=who, seen=seen)


def _mark_read(office: Office) -> None:
    """All but the newest have been read: a desk in the middle of its day."""
    rows = office.replica.database.execute_sql(
        "SELECT id, last_in_ms FROM ticket WHERE last_out_ms >= last_in_ms OR last_in_ms < ?",
        (office.now() - 12 * 3_600_000,),
    ).fetchall()
    with office.replica.transaction():
        office.replica.database.connection().executemany(
            "INSERT OR REPLACE INTO ticket_read (ticket, read_at_ms) VALUES (?, ?)", rows
        )


class Trickle:
    """New mail that comes in while somebody watches, one by one, through the same intake."""

    def __init__(self, workers: Workers, every_s: float = TRICKLE_EVERY_S, first_s: float = FIRST_TRICKLE_S) -> None:
        self._workers = workers
        self._every_s, self._first_s = every_s, first_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="demonstration", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(2.0)

    def _run(self) -> None:
        pack = content()
        pause_s = self._first_s
        for conversation in pack.trickle:
            if self._stopped.wait(pause_s):
                return
            pause_s = self._every_s
            self._workers.write_now(arrive, pack, conversation)


def arrive(office: Office, pack: DemoPack, conversation: DemoConversation) -> None:
    """Let the mails of a conversation come in now."""
    now = datetime.fromtimestamp(office.now() / 1000, UTC)
    mails = [
        Incoming(raw_mail(conversation, index, now, pack.mailbox), office.now())
        for index, message in enumerate(conversation.messages)
        if travels(message) and message.direction is Direction.IN
    ]
    take_in(office, _mailbox(pack), mails)
