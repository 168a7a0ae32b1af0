"""Taking mail in: raw bytes first, understood second, all of a batch in one transaction with the folder's mark."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from deskhelp.db import details, intake_store
from deskhelp.db.packing import PackedBlob, pack
from deskhelp.db.prepared import Prepared
from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.events import MAIL_QUARANTINED, EventDraft, about_message
from deskhelp.domain.identity import blob_id
from deskhelp.domain.views import Change

from . import duties
from .incoming import Inbox, Incoming, Understood, understand
from .mail_events import quarantined
from .office import Office
from .reading_again import read_again

BATCH: Final = 200
BATCH_BYTES: Final = 16_000_000
IGNORED: Final = "ignored"
UNREADABLE_SUBJECT: Final = "Unreadable mail"
NO_CHANGE: Final = Change()
_log = logging.getLogger(__name__)


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


def inbox_of(office: Office, mailbox: Mailbox) -> Inbox:
    """What understanding a mail of this mailbox needs to know."""
    own = office.own_addresses
    return Inbox(mailbox.id, own, own | office.agents_addresses, office.replica.team_key, office.now())


def take_in(office: Office, mailbox: Mailbox, mails: Sequence[Incoming], mark: FolderMark | None = None) -> Taken:
    """Take a batch in, whole or not at all. Mails that are known by their bytes or keys are counted as duplicates."""
    batch = _Batch(office, mailbox)
    batch.add_all(mails)
    return batch.store(mark)


def _name_of(mail: Incoming) -> str:
    """The name of the raw mail's blob, "" if the source had no bytes."""
    if mail.packed is not None:
        return mail.packed.name
    return blob_id(mail.raw) if mail.raw is not None else ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A mail and the event that it is; `understood` is None for one that goes into quarantine."""

    mail: Incoming
    draft: EventDraft
    understood: Understood | None = None

    @property
    def message(self) -> str:
        return self.draft.about.partition(":")[2]


class _Batch:
    """One batch on its way in: what is new, what is known, what became of each UID."""

    def __init__(self, office: Office, mailbox: Mailbox) -> None:
        self._office = office
        self._mailbox = mailbox
        self._inbox = inbox_of(office, mailbox)
        self._found: list[_Found] = []
        self._drafts: dict[str, EventDraft] = {}
        self._prepared: dict[str, Prepared] = {}
        self._words: list[EventDraft] = []
        self._awaited: list[EventDraft] = []
        self._raws: list[PackedBlob] = []
        self._known: dict[str, str] = {}
        self._outcomes: dict[int, str] = {}
        self._counts = Taken()

    def add_all(self, mails: Sequence[Incoming]) -> None:
        """Find out what each mail is, then which of them are new: each is asked of the database at once."""
        named = [(mail, _name_of(mail)) for mail in mails]
        names = list({name for _, name in named if name})
        self._known.update(intake_store.messages_by_raw(self._office.replica, self._mailbox.id, names))
        for mail, name in named:
            outcome = self._outcome(mail, name)
            if mail.uid:
                self._outcomes[mail.uid] = outcome
            if outcome == IGNORED:
                self._counts += Taken(ignored=1)
        self._counts += Taken(fetched=len(named))
        self._keep_new()

    def _outcome(self, mail: Incoming, name: str) -> str:
        """The message that a mail is or becomes, or IGNORED; `name` is its blob's."""
        if "\\Deleted" in mail.flags:
            return IGNORED
        known = self._known.get(name) if name else None
        if known:
            self._counts += Taken(duplicates=1)
            return known
        if mail.raw is None or mail.problem:
            return self._quarantine(mail, name, mail.problem or "The server could not hand this mail over.")
        try:
            understood = self._understood_ahead(mail) or understand(mail, name, self._inbox)
        except Exception as error:  # one mail must never stop the others: it becomes a ticket of its own
            _log.exception("a mail could not be read")
            return self._quarantine(
                mail, name, f"This mail could not be read ({type(error).__name__}). It is kept as it came."
            )
        return self._receive(mail, understood, name)

    def _understood_ahead(self, mail: Incoming) -> Understood | None:
        """None also where addresses or the team's key have changed since."""
        ahead = mail.understood
        return ahead if ahead is not None and ahead.inbox == self._inbox else None

    def _receive(self, mail: Incoming, understood: Understood, name: str) -> str:
        if understood.out_id and intake_store.has_message(self._office.replica, understood.out_id):
            self._counts += Taken(duplicates=1)  # a copy of what we sent ourselves
            return understood.out_id
        if mail.is_sent and not understood.is_answer and not self._mailbox.is_local:
            return IGNORED  # our own mail about something else than a ticket
        return self._find(_Found(mail, understood.draft, understood), name)

    def _quarantine(self, mail: Incoming, name: str, problem: str) -> str:
        subject = f"{UNREADABLE_SUBJECT} ({mail.uid})" if mail.uid else UNREADABLE_SUBJECT
        draft = quarantined(
            mailbox=self._mailbox.id,
            raw=name,
            arrived_at_ms=mail.arrived_at_ms or self._office.now(),
            problem=problem,
            subject=subject,
        )
        return self._find(_Found(mail, draft), name)

    def _find(self, found: _Found, name: str) -> str:
        """Note what a mail is; the message."""
        self._found.append(found)
        if name:
            self._known[name] = found.message
        return found.message

    def _keep_new(self) -> None:
        """Of the mails that were found keep those that are not here yet and were not erased."""
        replica = self._office.replica
        known = intake_store.known_messages(replica, [found.message for found in self._found])
        erased = intake_store.erased_drafts(replica, [found.draft for found in self._found])
        for found in self._found:
            if found.message in known or found.message in self._drafts or found.draft.about in erased:
                self._counts += Taken(duplicates=1)
            else:
                self._keep(found)

    def _keep(self, found: _Found) -> None:
        mail, draft = found.mail, found.draft
        self._drafts[found.message] = draft
        if draft.kind == MAIL_QUARANTINED:
            self._counts += Taken(quarantined=1)
        if found.understood is not None:
            self._keep_understood(found.understood)
        if not mail.is_imported:
            self._awaited.append(draft)
        if mail.raw is not None:
            self._raws.append(mail.packed or pack(mail.raw))

    def _keep_understood(self, understood: Understood) -> None:
        self._prepared[understood.draft.id] = understood.prepared
        if understood.words is not None:
            self._words.append(understood.words)
        if understood.original is not None:  # its parts and pictures are found in it
            self._raws.append(understood.original)

    def store(self, mark: FolderMark | None) -> Taken:
        """Write everything in one transaction and tell what changed."""
        replica, mailbox = self._office.replica, self._mailbox.id
        with replica.transaction():
            before = intake_store.count_tickets(replica)
            replica.put_packed(self._raws)
            change = replica.append([*self._drafts.values(), *self._words], self._prepared)
            change |= duties.after_intake(self._office, list(self._drafts.values()), self._awaited)
            intake_store.remember_raw(replica, mailbox, self._known)
            if mark is not None:
                intake_store.remember_uids(replica, mailbox, mark.folder, mark.uidvalidity, self._outcomes)
                intake_store.set_cursor(
                    replica, mailbox, mark.folder, mark.uidvalidity, mark.uid, mark.since_ms, self._office.now()
                )
            made = max(0, intake_store.count_tickets(replica) - before)
        self._office.announce(change)
        return self._counts + Taken(tickets_new=made, change=change)


def in_batches(
    mails: Iterable[Incoming], size: int = BATCH, max_bytes: int = BATCH_BYTES, *, growth: int = 1, count: int = 0
) -> Iterator[list[Incoming]]:
    """The mails in batches bounded by number and bytes, so that memory is bounded whatever comes.

    With `growth` each is twice as large as the one before, up to so many times the first: the first ones come soon, and
    many mails cost few transactions. Where it is known how many there are (`count`) the last ones are smaller again:
    while those are stored nothing is left to be understood, and a core would be idle.
    """
    batch: list[Incoming] = []
    held, given, times = 0, 0, 1
    for mail in mails:
        batch.append(mail)
        held += len(mail.raw or b"")
        most = size * times
        if count:
            most = min(most, max(size, (count - given) // 2))
        if len(batch) >= most or held >= max_bytes * times:
            yield batch
            given += len(batch)
            batch, held, times = [], 0, min(2 * times, growth)
    if batch:
        yield batch


def retry(office: Office, message_id: str) -> Taken:
    """Try a quarantined mail once more; where it can be read now, the ticket of its quarantine goes out of sight.

    DeskTrouble if it still cannot be read or the server never handed it over.
    """
    raw = details.raw_of(office.replica, message_id)
    message = details.message(office.replica, message_id)
    understood = _understood_apart(office, raw, message.at_ms, details.mailbox_of(office.replica, message_id))
    about, now = about_message(message_id), office.now()
    hidden = office.replica.field_draft(about, "hidden", True, at_ms=now, agent=office.agent_id)
    words = [understood.words] if understood.words else []
    with office.replica.transaction():
        office.replica.put_packed([understood.original] if understood.original else [])
        change = office.replica.append([understood.draft, *words, hidden], {understood.draft.id: understood.prepared})
    return Taken(fetched=1, change=office.announce(change))


def _understood_apart(office: Office, raw: bytes, at_ms: int, mailbox: str) -> Understood:
    """What a mail is that could not be read before: by a process of its own, as it may end whatever reads it."""
    box = next((box for box in office.mailboxes if box.id == mailbox), Mailbox("", "", ""))
    inbox = inbox_of(office, box)
    [[mail]] = read_again([[Incoming(raw, at_ms)]], inbox)
    still = DeskTrouble("This mail still cannot be read.", advice="Its raw text can be looked at.")
    if mail.problem:
        raise still
    try:
        return mail.understood or understand(mail, blob_id(raw), inbox)
    except Exception as error:  # the same guard as on the way in
        _log.exception("a mail still could not be read")
        raise still from error
