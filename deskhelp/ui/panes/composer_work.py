"""What the composer asks of the services, each call in the thread that owns the replica."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from deskhelp.domain.conversation import TicketDetail
from deskhelp.domain.entities import CannedReply
from deskhelp.domain.placeholders import Filled, fill
from deskhelp.domain.views import Person
from deskhelp.ui.panes.composer_files import DraftFile
from deskhelp.ui.panes.composer_questions import questions_left

if TYPE_CHECKING:
    from deskhelp.services.desk import Done
    from deskhelp.services.drafts import Draft
    from deskhelp.services.office import Office


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the composer. `canned` are replies that were inserted; their tags and status are applied."""

    mode: str
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    bcc: tuple[Person, ...] = ()
    subject: str = ""
    text: str = ""
    quoted: str = ""
    signature: str = ""
    files: tuple[DraftFile, ...] = ()

    def with_text_of(self, other: Written, *, without: tuple[DraftFile, ...] = ()) -> Written:
        """This kind of message with the text and files of another, but not with those that came with its kind."""
        own = tuple(file for file in other.files if file not in without and file not in self.files)
        return replace(self, text=other.text, files=(*self.files, *own))


class ComposerWork:
    """Loads, fills, saves and sends; remembers which canned replies went into the message."""

    def __init__(self, desk: Any) -> None:
        self._desk = desk
        self._values: dict[str, dict[str, str]] = {}
        self._used: list[CannedReply] = []

    async def load(self, ticket: str) -> Written | None:
        """The draft of a ticket, None if there is none; also what its placeholders mean."""
        written, self._values[ticket] = await self._desk.read(_load, ticket)
        self._used = []
        found: Written | None = written
        return found

    async def start(self, detail: TicketDetail, mode: str) -> Written:
        written: Written = await self._desk.read(_start, detail.summary.id, str(mode))
        return written

    async def files_of(self, detail: TicketDetail, mode: str) -> tuple[DraftFile, ...]:
        """The files that come with a kind of message by themselves."""
        return (await self.start(detail, mode)).files if mode == "forward" else ()

    async def save(self, ticket: str, written: Written) -> None:
        await self._desk.write(_save, ticket, written)

    async def drop(self, ticket: str) -> None:
        await self._desk.write(_drop, ticket)

    async def send(self, detail: TicketDetail, written: Written, then: str) -> Done:
        done: Done = await self._desk.write(_send, detail.summary.id, written, then, tuple(self._used))
        self._used = []
        return done

    def fill(self, detail: TicketDetail, text: str) -> Filled:
        """A canned text as it is inserted into this ticket; what it asks stays open, also where it has a fallback."""
        return fill(text, self._values.get(detail.summary.id, {}) | questions_left(text))

    def remember(self, reply: CannedReply) -> None:
        self._used.append(reply)

    @staticmethod
    def language_of(detail: TicketDetail) -> str:
        return next((m.language for m in reversed(detail.messages) if m.language), "")


def _load(office: Office, ticket: str) -> tuple[Written | None, dict[str, str]]:
    from deskhelp.services import drafts, writing

    values = writing.placeholder_values(office, ticket)
    draft = drafts.load_draft(office, ticket)
    return (_written(office, draft) if draft is not None else None), values


def _start(office: Office, ticket: str, mode: str) -> Written:
    from deskhelp.services import writing

    started = _written(office, writing.start(office, ticket, mode))
    if mode != "forward":
        return started
    return replace(started, files=tuple(DraftFile(*file) for file in writing.forwarded_files(office, ticket)))


def _written(office: Office, draft: Draft) -> Written:
    files = tuple(DraftFile(f.name, f.content_type, office.replica.blob(f.blob)) for f in draft.files)
    return Written(
        draft.mode, draft.to, draft.cc, draft.bcc, draft.subject, draft.text, draft.quoted, draft.signature, files
    )


def _draft(office: Office, ticket: str, written: Written) -> Draft:
    from deskhelp.services import drafts

    files = tuple(drafts.attach(office, f.name, f.content_type, f.data) for f in written.files)
    return drafts.Draft(
        ticket,
        written.mode,
        written.to,
        written.cc,
        written.bcc,
        written.subject,
        written.text,
        written.quoted,
        written.signature,
        files,
    )


def _save(office: Office, ticket: str, written: Written) -> None:
    from deskhelp.services import drafts

    drafts.save_draft(office, _draft(office, ticket, written))


def _drop(office: Office, ticket: str) -> None:
    from deskhelp.services import drafts

    drafts.drop_draft(office, ticket)


def _send(office: Office, ticket: str, written: Written, then: str, used: tuple[CannedReply, ...]) -> Done:
    from deskhelp.domain.status import Status
    from deskhelp.services import sending, writing

    status = then or next((reply.status for reply in reversed(used) if reply.status), "")
    done = sending.send(office, _draft(office, ticket, written), then=Status(status) if status else None)
    for reply in used:
        if reply.tags and written.mode != "note":
            writing.apply_tags(office, ticket, reply.tags)
    return done
