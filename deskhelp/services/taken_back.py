"""A message that did not leave becomes a draft again."""

from __future__ import annotations

from deskhelp.db import details

from . import drafts
from .drafts import Draft, DraftFile
from .office import Office


def bring_back(office: Office, message_id: str) -> None:
    """Bring a message back as the draft of its ticket, unless something else is being written there."""
    from deskhelp.mail.reader import part_bytes

    message = details.message(office.replica, message_id)
    if drafts.load_draft(office, message.ticket) is not None:
        return
    raw = details.raw_of(office.replica, message_id)
    files: list[DraftFile] = [
        drafts.attach(office, part.name, part.content_type, part_bytes(raw, part.part)) for part in message.attachments
    ]
    whole = details.full_text(office.replica, message_id)
    quoted = whole.partition(message.text)[2].strip()
    lead, mark, rest = quoted.partition("\n\n")
    signature = lead.removeprefix("-- \n") if lead.startswith("-- \n") else ""
    drafts.save_draft(
        office,
        Draft(
            message.ticket,
            "reply",
            message.to,
            message.cc,
            message.bcc,
            message.subject,
            message.text,
            (rest if mark else "") if signature else quoted,
            signature,
            tuple(files),
        ),
    )
