"""Mail from files, and a ticket archive to files: for moving in, moving out, and for proofs."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble, NotFound
from deskhelp.domain.identity import mailbox_id
from deskhelp.mail.folders import SourceMail, read_source

from . import catalog
from .incoming import Incoming
from .intake import Taken, in_batches, inbox_of, take_in
from .office import Office
from .presenting import ticket_json
from .reading_pool import ReadingPool

IMPORT_ADDRESS = "import@localhost"


def import_paths(office: Office, paths: list[Path], *, is_history: bool = False) -> Taken:
    """Take in ``.eml``, mbox and Maildir, any number of times: what is known is a duplicate."""
    box = _mailbox(office)
    taken = Taken()
    with ReadingPool() as pool:
        for path in paths:
            previous = None
            for batch in in_batches(_incoming(read_source(path), is_history=is_history), growth=pool.growth):
                pending = pool.submit(batch, inbox_of(office, box))
                if previous is not None:
                    taken = taken + take_in(office, box, previous.result())
                previous = pending
            if previous is not None:
                taken = taken + take_in(office, box, previous.result())
    return taken


def _incoming(mails: Iterator[SourceMail], *, is_history: bool) -> Iterator[Incoming]:
    for mail in mails:
        yield Incoming(
            mail.raw,
            mail.arrived_at_ms or 0,
            flags=mail.flags,
            problem=mail.problem,
            is_history=is_history,
            is_imported=True,
        )


def _mailbox(office: Office) -> Mailbox:
    """The mailbox that imported mail belongs to: the first connected one, else one for imports alone."""
    found = next(iter(office.mailboxes), None)
    if found is None:
        found = Mailbox(mailbox_id(IMPORT_ADDRESS), "Import", IMPORT_ADDRESS, is_local=True)
        catalog.save(office, found)
    return found


def export_tickets(office: Office, folder: Path) -> int:
    """Write every ticket as JSON and its raw mails as ``.eml`` into a folder; returns how many tickets."""
    from deskhelp.db import details

    try:
        folder.mkdir(parents=True, exist_ok=True)
        ids = [
            row[0] for row in office.replica.database.execute_sql("SELECT id FROM ticket ORDER BY created_at_ms, id")
        ]
        for ticket in ids:
            detail = details.ticket_detail(office.replica, ticket)
            target = folder / detail.summary.code
            target.mkdir(exist_ok=True)
            text = json.dumps(ticket_json(office, detail), ensure_ascii=False, indent=1)
            (target / "ticket.json").write_text(text, encoding="utf-8")
            for message in detail.messages:
                with contextlib.suppress(NotFound):  # one that has not come to this computer yet
                    if message.has_raw:
                        (target / f"{message.id}.eml").write_bytes(details.raw_of(office.replica, message.id))
    except OSError as error:
        raise DeskTrouble(
            "The export to {folder} was not finished: {why}.", folder=folder, why=error.strerror or error
        ) from error
    return len(ids)
