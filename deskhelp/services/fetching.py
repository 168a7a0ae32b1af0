"""Fetching a mailbox: what is new by UID, batch by batch, each with its mark in one transaction."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from deskhelp.db import intake_store
from deskhelp.db.intake_store import Cursor
from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.lease import NEAR
from deskhelp.mail.imap import FolderState, ImapSession
from deskhelp.mail.imap_fetch import FetchedMail
from deskhelp.mail.imap_folders import is_team_folder, sent_folder

from .incoming import Inbox, Incoming
from .intake import FolderMark, Taken, in_batches, inbox_of, take_in
from .office import Office
from .reading_pool import PendingBatch, ReadingPool

OVERLAP: Final = NEAR
AHEAD: Final = 2
Call = Callable[..., Any]
"""Runs ``fn(office, *args)`` in the replica's thread and waits for the answer."""


def fetch_all(call: Call, box: Mailbox, session: ImapSession, pool: ReadingPool) -> Taken:
    """Read the inbox and the Sent folder up to now."""
    taken = fetch_folder(call, box, session, pool, box.folder, is_sent=False)
    sent = box.sent_folder or sent_name(session)
    if sent and not session.is_unchanged(sent):
        taken = taken + fetch_folder(call, box, session, pool, sent, is_sent=True)
    return taken


def sent_name(session: ImapSession) -> str:
    """The Sent folder as the server marks it, or as such folders are called; "" if there is none."""
    found = sent_folder(session.list_folders())
    return found.name if found is not None else ""


def fetch_folder(
    call: Call, box: Mailbox, session: ImapSession, pool: ReadingPool, folder: str, *, is_sent: bool
) -> Taken:
    """Take in what is new in a folder."""
    if is_team_folder(folder):
        raise DeskTrouble(
            "The folder {folder} holds the changes of a team, no mail.",
            advice="Choose another folder in the account's settings.",
            folder=folder,
        )
    state = session.look(folder)
    cursor: Cursor | None = call(_cursor, box.id, folder)
    if cursor and _goes_backwards(cursor, state):
        call(_forget_numbers, box.id, folder)
        cursor = None
    uids = _new_uids(call, box, session, state, cursor, folder)
    highest = max([cursor.uid if cursor and cursor.uidvalidity == state.uidvalidity else 0, *uids])
    if not uids:
        call(_touch, box, FolderMark(folder, state.uidvalidity, highest, box.since_ms))
        return Taken()
    taken = Taken()
    pending: deque[PendingBatch] = deque()
    pool.expect(len(uids))
    mails = _incoming(session.fetch(uids), is_sent=is_sent)
    for batch in _ahead(in_batches(mails, growth=pool.growth, count=len(uids))):
        pending.append(pool.submit(batch, call(_inbox, box)))
        if len(pending) > AHEAD:
            taken = taken + _take(call, box, folder, state, pending.popleft(), cursor)
    while pending:
        taken = taken + _take(call, box, folder, state, pending.popleft(), cursor)
    call(_touch, box, FolderMark(folder, state.uidvalidity, highest, box.since_ms))
    return taken


def _goes_backwards(cursor: Cursor, state: FolderState) -> bool:
    """Whether a number that was read is yet to be given: the server was restored, and its numbers mean other mails."""
    return cursor.uidvalidity == state.uidvalidity and 0 < state.uidnext <= cursor.uid


def _ahead(batches: Iterator[list[Incoming]]) -> Iterator[list[Incoming]]:
    """The batches, the next one coming over the line while the one before is understood and stored."""
    with ThreadPoolExecutor(1, thread_name_prefix="fetch") as line:
        pending = line.submit(next, batches, None)
        while (batch := pending.result()) is not None:
            pending = line.submit(next, batches, None)
            yield batch


def _take(
    call: Call, box: Mailbox, folder: str, state: FolderState, pending: PendingBatch, cursor: Cursor | None
) -> Taken:
    batch = pending.result()
    floor = cursor.uid if cursor and cursor.uidvalidity == state.uidvalidity else 0
    mark = FolderMark(folder, state.uidvalidity, max([floor, *(mail.uid for mail in batch)]), box.since_ms)
    taken: Taken = call(take_in, box, batch, mark)
    return taken


def _new_uids(
    call: Call, box: Mailbox, session: ImapSession, state: FolderState, cursor: Cursor | None, folder: str
) -> Sequence[int]:
    """The UIDs to fetch: all since the chosen day at first and after UIDVALIDITY changed, else those above."""
    if cursor is None or cursor.uidvalidity != state.uidvalidity:
        if not state.exists:
            return []
        return session.uids_since(_day_of(box.since_ms)) if box.since_ms else session.new_uids(0, overlap=0)
    candidates = session.new_uids(cursor.uid, overlap=OVERLAP)
    known: set[int] = call(_known, box.id, folder, state.uidvalidity, candidates)
    floor: int = call(_first_known, box.id, folder, state.uidvalidity) if box.since_ms else 0
    return [uid for uid in candidates if uid not in known and uid >= floor]


def _day_of(since_ms: int) -> Any:
    """The day of a moment, one earlier: servers compare days in their own time zone."""
    return (datetime.fromtimestamp(since_ms / 1000, UTC) - timedelta(days=1)).date()


def _incoming(mails: Iterator[FetchedMail], *, is_sent: bool) -> Iterator[Incoming]:
    for mail in mails:
        problem = mail.problem
        if mail.raw is not None and not mail.is_complete:
            problem = (
                f"This mail is too large to be fetched whole ({mail.size // 1_000_000} MB); its beginning is shown."
            )
        yield Incoming(mail.raw, mail.internal_date_ms, mail.uid, mail.flags, problem=problem, is_sent=is_sent)


def _cursor(office: Office, mailbox: str, folder: str) -> Cursor | None:
    return intake_store.cursor(office.replica, mailbox, folder)


def _forget_numbers(office: Office, mailbox: str, folder: str) -> None:
    intake_store.forget_numbers(office.replica, mailbox, folder)


def _inbox(office: Office, box: Mailbox) -> Inbox:
    """Where the next mails come to. Drafts and answers get the last of the disk, not the mailbox."""
    if not office.replica.has_room():
        raise DeskTrouble(
            "The disk is nearly full: mail is left on the server for now.",
            advice="Make room on it; answering and saving still work.",
        )
    return inbox_of(office, box)


def _known(office: Office, mailbox: str, folder: str, uidvalidity: int, uids: Sequence[int]) -> set[int]:
    return intake_store.known_uids(office.replica, mailbox, folder, uidvalidity, uids)


def _first_known(office: Office, mailbox: str, folder: str, uidvalidity: int) -> int:
    """The lowest UID ever dealt with: older mail lies before the chosen day."""
    return intake_store.first_uid(office.replica, mailbox, folder, uidvalidity)


def _touch(office: Office, box: Mailbox, mark: FolderMark) -> None:
    """Note that the folder was looked into, in the transaction that may move its mark."""
    with office.replica.transaction():
        intake_store.set_cursor(
            office.replica, box.id, mark.folder, mark.uidvalidity, mark.uid, mark.since_ms, office.now()
        )
