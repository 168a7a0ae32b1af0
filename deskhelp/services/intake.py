"""Taking mail in: raw bytes first, understood second, all of a batch in one transaction with the folder's mark."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from deskhelp.db import intake_store
from deskhelp.db.log import EventDraft
from deskhelp.domain.entities import Mailbox
from deskhelp.domain.identity import blob_id
from deskhelp.domain.views import Change
from deskhelp.mail.reader import ReadMail, read_mail

from .mail_events import quarantined, received
from .office import Office

BATCH: Final = 200
IGNORED: Final = "ignored"
UNREADABLE_SUBJECT: Final = "Unreadable mail"
NO_CHANGE: Final = Change()
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail as a source hands it over. `raw` None means that the source could not; `problem` says why.

    `uid` is 0 for a source without UIDs. `read` is set where the mail has been understood elsewhere (a worker process).
    """

    raw: bytes | None
    arrived_at_ms: int = 0
    uid: int = 0
    flags: tuple[str, ...] = ()
    problem: str = ""
    is_sent: bool = False
    is_history: bool = False
    read: ReadMail | None = None


@dataclass(frozen=True, slots=True)
class FolderMark:
    """Where a folder was read: the mark moves in the transaction of the mails. `uid` is the highest dealt with."""

    folder: str
    uidvalidity: int
    uid: int
    since_ms: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """Counts of what a batch came to, and the change to tell."""

    fetched: int = 0
    tickets_new: int = 0
    quarantined: int = 0
    duplicates: int = 0
    ignored: int = 0
    change: Change = NO_CHANGE

    def __add__(self, other: Taken) -> Taken:
        return Taken(
            self.fetched + other.fetched,
            self.tickets_new + other.tickets_new,
            self.quarantined + other.quarantined,
            self.duplicates + other.duplicates,
            self.ignored + other.ignored,
            self.change | other.change,
        )


def take_in(office: Office, mailbox: Mailbox, mails: Sequence[Incoming], mark: FolderMark | None = None) -> Taken:
    """Take a batch in, whole or not at all. Mails that are known by their bytes or keys are counted as duplicates."""
    replica = office.replica
    wanted = [mail for mail in mails if "\\Deleted" not in mail.flags]
    names = [blob_id(mail.raw) if mail.raw is not None else "" for mail in wanted]
    known = intake_store.messages_by_raw(replica, mailbox.id, [name for name in names if name])
    outcomes: dict[int, str] = {mail.uid: IGNORED for mail in mails if "\\Deleted" in mail.flags and mail.uid}
    drafts: dict[str, EventDraft] = {}
    raws: list[bytes] = []
    duplicates = broken = 0
    for mail, name in zip(wanted, names, strict=True):
        message = known.get(name, "")
        if message:
            duplicates += 1
        else:
            draft, is_broken = _draft(office, mailbox, mail, name)
            message = draft.about.partition(":")[2]
            is_known = message in drafts or intake_store.has_message(replica, message)
            duplicates += is_known
            broken += is_broken and not is_known
            drafts.setdefault(message, draft)
            if name:
                known[name] = message
            if mail.raw is not None and not is_known:
                raws.append(mail.raw)
        if mail.uid:
            outcomes[mail.uid] = message
    return _store(
        office,
        mailbox,
        mark,
        drafts,
        raws,
        known,
        outcomes,
        Taken(fetched=len(mails), quarantined=broken, duplicates=duplicates, ignored=len(mails) - len(wanted)),
    )


def _store(
    office: Office,
    mailbox: Mailbox,
    mark: FolderMark | None,
    drafts: Mapping[str, EventDraft],
    raws: Sequence[bytes],
    known: Mapping[str, str],
    outcomes: Mapping[int, str],
    counts: Taken,
) -> Taken:
    replica = office.replica
    with replica.transaction():
        before = intake_store.count_tickets(replica)
        replica.put_blobs(raws)
        change = replica.append(list(drafts.values()))
        intake_store.remember_raw(replica, mailbox.id, known)
        if mark is not None:
            intake_store.remember_uids(replica, mailbox.id, mark.folder, mark.uidvalidity, outcomes)
            intake_store.set_cursor(
                replica, mailbox.id, mark.folder, mark.uidvalidity, mark.uid, mark.since_ms, office.now()
            )
        made = max(0, intake_store.count_tickets(replica) - before)
    office.announce(change)
    return counts + Taken(tickets_new=made, change=change)


def _draft(office: Office, mailbox: Mailbox, mail: Incoming, raw: str) -> tuple[EventDraft, bool]:
    """The event of a mail, and whether it is one of quarantine."""
    arrived = mail.arrived_at_ms
    if mail.raw is None:
        problem = mail.problem or "The server could not hand this mail over."
        subject = f"{UNREADABLE_SUBJECT} ({mail.uid})" if mail.uid else UNREADABLE_SUBJECT
        return quarantined(
            mailbox=mailbox.id, raw="", arrived_at_ms=arrived or office.now(), problem=problem, subject=subject
        ), True
    try:
        read = mail.read or read_mail(mail.raw)
    except Exception as error:  # one mail must never stop the others: it becomes a ticket of its own
        _log.exception("a mail could not be read")
        problem = f"This mail could not be read ({type(error).__name__}). It is kept as it came."
        return (
            quarantined(
                mailbox=mailbox.id,
                raw=raw,
                arrived_at_ms=arrived or office.now(),
                problem=problem,
                subject=UNREADABLE_SUBJECT,
            ),
            True,
        )
    if not arrived:
        arrived = int(read.date.timestamp() * 1000) if read.date else office.now()
    draft = received(
        read,
        mailbox=mailbox.id,
        raw=raw,
        arrived_at_ms=arrived,
        own_addresses=office.own_addresses,
        team_key=office.replica.team_key,
        is_history=mail.is_history,
        is_sent=mail.is_sent,
    )
    return draft, False


def in_batches(mails: Iterable[Incoming], size: int = BATCH, max_bytes: int = 16_000_000) -> Iterable[list[Incoming]]:
    """The mails in batches bounded by number and bytes, so that memory is bounded whatever comes."""
    batch: list[Incoming] = []
    held = 0
    for mail in mails:
        batch.append(mail)
        held += len(mail.raw or b"")
        if len(batch) >= size or held >= max_bytes:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
