"""A flood of mail from one sender becomes one ticket: a machine that goes wild must not bury what people ask.

Over twenty mails within ten minutes, or of automatic ones within an hour, are folded into the oldest ticket among them
that nobody has begun to work on. It is tagged, so that everybody sees it and finds it, and grows as long as the flood
goes on. Mails that stand for different people (answers to be sent to different addresses) are no flood, nor are those
that were sent at different times: a mailbox that was moved to another server hands out all its mails as new.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from deskhelp.db import details
from deskhelp.db.asking import chunks, marks
from deskhelp.db.entities import all_entities
from deskhelp.domain.entities import EntityKind, Tag
from deskhelp.domain.events import EventDraft, about_ticket
from deskhelp.domain.status import Direction
from deskhelp.domain.views import Change

from . import catalog
from .mail_events import believed_ms, sent_ms
from .office import Office

MOST_MAILS: Final = 20
WINDOW_MS: Final = 600_000
AUTOMATIC_WINDOW_MS: Final = 3_600_000
# What came long ago is history that is taken in at once, and no flood.
MOST_AGE_MS: Final = 7 * 86_400_000
TAG_ID: Final = catalog.tag_id("mail flood")
TAG: Final = Tag(TAG_ID, "mail flood", "#C9743A")
_RECENT: Final = (
    "SELECT message.ticket, message.at_ms, message.people, message.is_automatic, ticket.created_at_ms, ticket.status, "
    "ticket.assignee, ticket.tags, message.sent_at_ms FROM ticket JOIN message ON message.ticket = ticket.id "
    "WHERE ticket.requester_address = ? AND ticket.updated_at_ms > ? AND message.direction = 'in' "
    "AND message.sender_address = ? AND message.at_ms BETWEEN ? AND ? AND NOT message.is_history"
)


_MANY: Final = (
    "SELECT ticket.requester_address FROM ticket JOIN message ON message.ticket = ticket.id "
    "WHERE ticket.requester_address IN ({}) AND ticket.updated_at_ms > ? GROUP BY ticket.requester_address "
    "HAVING COUNT(*) > ?"
)


@dataclass(frozen=True, slots=True)
class _Mail:
    """A recent mail of a sender, and the ticket it stands in."""

    ticket: str
    at_ms: int
    reply_to: tuple[str, ...]
    is_automatic: bool
    created_at_ms: int
    status: str
    assignee: str
    tags: str
    sent_at_ms: int

    def came_with(self, sent_at_ms: int, at_ms: int) -> bool:
        """Whether it was sent, and came, at about these moments."""
        window = AUTOMATIC_WINDOW_MS if self.is_automatic else WINDOW_MS
        return abs(believed_ms(self.at_ms, self.sent_at_ms) - sent_at_ms) < window and at_ms - self.at_ms < window

    @property
    def is_untouched(self) -> bool:
        return self.status == "new" and not self.assignee

    @property
    def is_of_flood(self) -> bool:
        return TAG_ID in self.tags.split()


def fold_floods(office: Office, mails: Iterable[EventDraft]) -> Change:
    """Fold what these mails make a flood; called in the transaction that takes them in."""
    newest: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = {}
    for mail in mails:
        sender = str((*mail.text.get("sender", ("", "")), "")[1])
        at_ms = int(mail.body["at_ms"])
        is_new = not mail.body.get("is_history") and at_ms > office.now() - MOST_AGE_MS
        if mail.body.get("direction") == Direction.IN and sender and is_new:
            key = sender, _addresses(mail.text.get("people", {}))
            newest[key] = max(newest.get(key, (0, 0)), (sent_ms(mail), at_ms))
    earliest = min((at_ms for _, at_ms in newest.values()), default=0)
    many = _who_wrote_much(office, {sender for sender, _ in newest}, earliest - AUTOMATIC_WINDOW_MS)
    change = Change()
    for (sender, reply_to), (sent_at_ms, at_ms) in newest.items():
        if sender in many:
            change |= _fold_one(office, sender, reply_to, sent_at_ms, at_ms)
    return change


def _who_wrote_much(office: Office, senders: set[str], since_ms: int) -> set[str]:
    """Those of these senders whose recent tickets hold so many messages that there may be a flood: hardly anybody."""
    found: set[str] = set()
    for part in chunks(sorted(senders)):
        rows = office.replica.database.execute_sql(_MANY.format(marks(part)), [*part, since_ms, MOST_MAILS])
        found.update(row[0] for row in rows)
    return found


def _addresses(people: dict[str, Sequence[Sequence[str]]]) -> tuple[str, ...]:
    return tuple(sorted(person[1].casefold() for person in people.get("reply_to", ())))


def _fold_one(office: Office, sender: str, reply_to: tuple[str, ...], sent_at_ms: int, at_ms: int) -> Change:
    since = at_ms - AUTOMATIC_WINDOW_MS
    rows = office.replica.database.execute_sql(_RECENT, (sender, since, sender, since, at_ms)).fetchall()
    if len(rows) <= MOST_MAILS:
        return Change()
    found = [_Mail(row[0], row[1], _addresses(json.loads(row[2])), bool(row[3]), *row[4:]) for row in rows]
    kin = [mail for mail in found if mail.reply_to == reply_to]
    lately = [mail for mail in kin if mail.came_with(sent_at_ms, at_ms)]
    if len(lately) <= MOST_MAILS:
        return Change()
    floods = [mail for mail in kin if mail.is_of_flood]
    fresh = [mail for mail in lately if mail.is_untouched]
    first = min(floods or fresh, key=lambda mail: (mail.created_at_ms, mail.ticket), default=None)
    return Change() if first is None else _merge(office, first, fresh)


def _merge(office: Office, first: _Mail, fresh: Sequence[_Mail]) -> Change:
    others = sorted({mail.ticket for mail in fresh} - {first.ticket})
    if not others:
        return Change()
    now = office.now()
    drafts = [office.replica.field_draft(about_ticket(one), "merged_into", first.ticket, at_ms=now) for one in others]
    change = office.replica.append(drafts)
    if not first.is_of_flood:
        change |= _mark(office, details.resolve_ticket(office.replica, first.ticket))
    return change


def _mark(office: Office, ticket: str) -> Change:
    """Tag the ticket; an office that threw the tag away does not get it back, one that renamed it keeps its name."""
    known = next((tag for tag in all_entities(office.replica, EntityKind.TAG) if tag.id == TAG_ID), None)
    change = catalog.save(office, TAG) if known is None else Change()
    return change | office.replica.append(
        [office.replica.add_draft(about_ticket(ticket), "tags", TAG_ID, at_ms=office.now())]
    )
