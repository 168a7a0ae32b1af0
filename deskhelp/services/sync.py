"""One round with the servers: fetch what is new, send what is due, file copies, settle what is uncertain."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.exchange import Exchanged
from deskhelp.domain.status import Delivery
from deskhelp.mail.imap import ImapSession
from deskhelp.mail.smtp import Outcome, Phase, SendResult, SmtpSender
from deskhelp.mail.tls import client_context
from deskhelp.mail.urls import parse_endpoint

from . import accounts, outbox, sending
from .fetching import Call, fetch_all, sent_name
from .intake import Taken
from .office import Office
from .outbox import Outgoing
from .reading_pool import ReadingPool
from .team_exchange import exchange_with_team
from .team_snapshots import Snapshots

UNCERTAIN_WAIT_S: Final = 600
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Round:
    """What a round came to; `troubles` are what stood in the way, by mailbox address."""

    taken: Taken = field(default_factory=Taken)
    sent: int = 0
    held: int = 0
    failed: int = 0
    troubles: dict[str, DeskTrouble] = field(default_factory=dict)
    team: Exchanged | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "fetched": self.taken.fetched,
            "tickets_new": self.taken.tickets_new,
            "quarantined": self.taken.quarantined,
            "duplicates": self.taken.duplicates,
            "sent": self.sent,
            "held": self.held,
            "failed": self.failed,
            "team": self._team_as_json(),
            "troubles": {address: str(trouble) for address, trouble in self.troubles.items()},
        }

    def _team_as_json(self) -> dict[str, Any] | None:
        """What was exchanged, None without a team or while it cannot be reached."""
        done = self.team
        if done is None:
            return None
        said = [str(trouble) for trouble in done.troubles]
        return {"pushed": done.pushed, "pulled": done.pulled, "refilled": done.refilled, "said": said}


def sync_once(office: Office, tell: Callable[[int], None] = lambda _percent: None) -> Round:
    """A whole round in this thread, for the command line: exchange with the team, fetch, send, exchange what that made.

    The team comes first, so that no answer leaves on an old view of its ticket. `tell` as of `exchange_with_team`.
    """
    done = Round()

    def call(fn: Callable[..., Any], *args: Any) -> Any:
        return fn(office, *args)

    with sending_lock(office), ReadingPool() as pool:
        call(outbox.recover)
        _with_team(call, done, tell)
        if done.team is not None and done.team.pushed and call(outbox.due):
            _with_team(call, done, tell)  # a colleague who answers at this moment had to know of it first
        boxes = remote_mailboxes(office)
        for box in boxes:
            try:
                _one_mailbox(call, box, pool, done)
            except DeskTrouble as trouble:
                done.troubles[box.address] = trouble
        if boxes:
            _with_team(call, done, tell)
    return done


def _with_team(call: Call, done: Round, tell: Callable[[int], None]) -> None:
    try:
        found = exchange_with_team(call, snapshots=Snapshots(at_once=True), tell=tell)
    except DeskTrouble as trouble:
        done.troubles["team"] = trouble
        return
    done.team = found if done.team is None or found is None else done.team + found


def remote_mailboxes(office: Office) -> list[Mailbox]:
    """The mailboxes that have a server."""
    return [box for box in office.mailboxes if box.imap and not box.is_local]


def _one_mailbox(call: Call, box: Mailbox, pool: ReadingPool, done: Round) -> None:
    password = accounts.password_of(box)
    with open_session(box, password) as session:
        done.taken = done.taken + fetch_all(call, box, session, pool)
        send_due(call, box, password, done)
        file_copies(call, box, session)
        settle_doubtful(call, box, session)


def open_session(box: Mailbox, password: str) -> ImapSession:
    """A logged-in connection to the mailbox; MailTrouble in plain words if that fails."""
    return ImapSession.connect(parse_endpoint(box.imap), password, context_of(box))


def context_of(box: Mailbox) -> Any:
    return client_context(Path(box.ca_file) if box.ca_file else None)


def send_due(call: Call, box: Mailbox, password: str, done: Round, only: Collection[str] | None = None) -> None:
    """Hand over what is due from this mailbox, each once; `only` these messages if they are given."""
    waiting: list[Outgoing] = [row for row in call(_due_of, box.id) if only is None or row.message in only]
    if not waiting:
        return
    if not box.smtp:
        raise DeskTrouble(
            "{address} has no server for outgoing mail.",
            advice="Name one in the settings; what is in the outbox waits.",
            address=box.address,
        )
    sender = SmtpSender(parse_endpoint(box.smtp), password, context_of(box))
    for row in waiting:
        claimed = call(outbox.begin, row.message)
        if claimed is None:
            done.held += call(_state_of, row.message) is Delivery.HELD
            continue
        state = outbox.deliver(call, claimed, _handing_over(sender, box))
        if sender.size_limit:
            call(sending.learn_size_limit, box.id, sender.size_limit)
        done.sent += state in (Delivery.SENT, Delivery.PARTLY)
        done.failed += state not in (Delivery.SENT, Delivery.PARTLY)


def _handing_over(sender: SmtpSender, box: Mailbox) -> outbox.Sender:
    def hand_over(row: Outgoing, raw: bytes, mark: Callable[[str], None]) -> SendResult:
        def on_phase(phase: Phase) -> None:
            if phase is Phase.PAYLOAD:
                mark(phase.value)

        result = sender.send(row.envelope_from, row.recipients, raw, on_phase)
        if not row.envelope_from and result.outcome is Outcome.REFUSED:
            # Many servers let nobody send without a sender; what was refused has not left.
            result = sender.send(box.address, row.recipients, raw, on_phase)
        return result

    return hand_over


def _due_of(office: Office, mailbox: str) -> list[Outgoing]:
    return [row for row in outbox.due(office) if row.mailbox == mailbox]


def _state_of(office: Office, message: str) -> Delivery:
    return outbox.find(office, message).state


def file_copies(call: Call, box: Mailbox, session: ImapSession) -> None:
    """Put a copy of what was sent into Sent, unless the provider has done so: look first where that is not known."""
    for row in call(outbox.to_file):
        if row.mailbox != box.id:
            continue
        try:
            folder = box.sent_folder or sent_name(session)
            if box.files_sent != "yes" and folder and not _is_filed(session, folder, row, box):
                session.append(folder, call(outbox.raw_of_blob, row.raw_blob))
        except DeskTrouble as trouble:  # the mail has left; a missing copy is no reason to send it again
            _log.warning("no copy in Sent: %s", trouble.sentence)
            return
        call(outbox.set_filed, row.message)


def _is_filed(session: ImapSession, folder: str, row: Outgoing, box: Mailbox) -> bool:
    since = (datetime.fromtimestamp(row.queued_at_ms / 1000, UTC) - timedelta(days=1)).date()
    return session.find_message_id(folder, [row.header_id, row.message], since) is not None


def settle_doubtful(call: Call, box: Mailbox, session: ImapSession) -> None:
    """Look in Sent for mails of which it is not known whether they left; found means sent, not found proves nothing."""
    for row in call(outbox.doubtful):
        if row.mailbox != box.id:
            continue
        with contextlib.suppress(DeskTrouble):
            folder = box.sent_folder or sent_name(session)
            if folder and _is_filed(session, folder, row, box):
                call(outbox.mark_sent, row.message)
                call(outbox.set_filed, row.message)


@contextlib.contextmanager
def sending_lock(office: Office) -> Iterator[None]:
    """Only one program of a profile may send and fetch; DeskTrouble if another one does."""
    from .locks import exclusive

    with exclusive(office.profile.root / "sync.lock"):
        yield
