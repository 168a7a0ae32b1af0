"""A mail as a source hands it over, and the event that it is: pure, so that other processes can work it out ahead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from deskhelp.db.packing import PackedBlob, pack
from deskhelp.db.prepared import Prepared, prepare
from deskhelp.domain.codes import codes_in_subject
from deskhelp.domain.events import EventDraft
from deskhelp.domain.identity import ticket_of_own_references
from deskhelp.mail.forwarded import Forwarded, forwarded
from deskhelp.mail.reader import ReadMail, read_mail

from .mail_events import is_our_answer, received, words_above


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail as a source hands it over. `raw` None means that the source could not; `problem` says why.

    `uid` is 0 for a source without UIDs. `is_imported` marks what was not sent to us just now but brought in by
    somebody: it is work like any other mail, but nobody waits to hear that it has come. `packed` and `understood` are
    set where the mail has been packed and understood ahead (in a worker process).
    """

    raw: bytes | None
    arrived_at_ms: int = 0
    uid: int = 0
    flags: tuple[str, ...] = ()
    problem: str = ""
    is_sent: bool = False
    is_history: bool = False
    is_imported: bool = False
    packed: PackedBlob | None = None
    understood: Understood | None = None


@dataclass(frozen=True, slots=True)
class Inbox:
    """What understanding a mail needs to know of where it came to: the same for many mails.

    `own` are the desk's addresses, `insiders` those and the agents'. `now_ms` is when a mail came of which neither
    its source nor itself says it.
    """

    mailbox: str
    own: frozenset[str]
    insiders: frozenset[str]
    team_key: bytes
    now_ms: int = field(compare=False)


NOWHERE: Final = Inbox("", frozenset(), frozenset(), b"", 0)
"""Where no mail comes to: for work without mails."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a mail is: its event, and what a colleague wrote above it; true of an inbox like this one.

    `out_id` is the message of ours that it says to be a copy of, "" for most. `is_answer` tells whether it refers to
    other mail. `original` is the mail that a colleague forwarded as an attachment.
    """

    draft: EventDraft
    prepared: Prepared
    inbox: Inbox
    is_answer: bool
    out_id: str = ""
    words: EventDraft | None = None
    original: PackedBlob | None = None


def understand(mail: Incoming, name: str, inbox: Inbox) -> Understood:
    """What a mail is; `name` is its blob's. Raises what a reader may raise: then nobody can tell."""
    raw = mail.raw or b""
    read = read_mail(raw)
    forward = None if mail.is_sent else _forwarded(read, raw, inbox)
    original = pack(forward.inner) if forward is not None and forward.inner is not None else None
    draft = received(
        read,
        mailbox=inbox.mailbox,
        raw=original.name if original else name,
        arrived_at_ms=mail.arrived_at_ms or _date_ms(read) or inbox.now_ms,
        own_addresses=inbox.insiders if forward else inbox.own,
        team_key=inbox.team_key,
        is_history=mail.is_history,
        is_sent=mail.is_sent,
        forward=forward,
        carrier=name if original else "",
    )
    return Understood(
        draft,
        prepare(draft.event()),
        inbox,
        is_answer=bool(read.references or read.in_reply_to or codes_in_subject(read.subject)),
        out_id=read.out_id,
        words=words_above(draft, forward) if forward is not None and forward.note else None,
        original=original,
    )


def _date_ms(read: ReadMail) -> int:
    return int(read.date.timestamp() * 1000) if read.date else 0


def _forwarded(read: ReadMail, raw: bytes, inbox: Inbox) -> Forwarded | None:
    """The customer's mail that one of us sent on to the desk; None for all other mail."""
    if read.sender.address.casefold() not in inbox.insiders:
        return None
    if ticket_of_own_references((*read.references, *read.in_reply_to), inbox.team_key):
        return None  # a word in the ticket's own thread
    found = forwarded(read, raw, inbox.insiders)
    if found is None or is_our_answer(read, inbox.own):
        return None
    # What goes to somebody else too is no handing over; a copy to the customer himself is.
    known = inbox.insiders | {found.read.sender.address.casefold()}
    return found if all(one.address.casefold() in known for one in (*read.to, *read.cc)) else None
