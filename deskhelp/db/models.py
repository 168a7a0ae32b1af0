"""The tables of a replica, as they are today; migrations carry frozen copies of their own.

Three families: the *log* (event, blob), which is the truth; the *projection* (message, ticket, entity and what hangs on
them), which `deskhelp check --rebuild` makes anew from the log; and *local* tables (cursor, outbox, draft, ...), which
belong to this installation alone (`models_local`).
"""

from __future__ import annotations

from typing import Any

from peewee import (
    BlobField,
    BooleanField,
    CharField,
    CompositeKey,
    IntegerField,
    TextField,
)

from .models_local import CursorRow, DraftRow, OutboxRow, RawSeenRow, SeenUidRow, Table, TicketReadRow

# -- the log -------------------------------------------------------------------------------------


class MetaRow(Table):
    """Facts about this replica: ``replica``, ``team_key``, ``agent``, ``fold_version``, ..."""

    name = CharField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "meta"


class EventRow(Table):
    """One event. `origin` and `seq` say whose log it came in by; `blob` names its erasable text."""

    n = IntegerField(primary_key=True)
    id = CharField(unique=True)
    origin = CharField()
    seq = IntegerField()
    kind = CharField()
    version = IntegerField()
    about = CharField(index=True)
    at_ms = IntegerField()
    agent = CharField(default="")
    body = TextField()
    blob = CharField(default="")

    class Meta:
        table_name = "event"
        indexes = ((("origin", "seq"), True),)


class BlobRow(Table):
    """Compressed bytes named by their digest: raw mails, events' texts, attachments of drafts."""

    id = CharField(primary_key=True)
    size = IntegerField()
    data = BlobField()

    class Meta:
        table_name = "blob"
        without_rowid = False


class SegmentRow(Table):
    """A piece of a replica's log, word for word as it lies in the hub; `last_event` is the last of ours it holds.

    `pack` is the widest known pack in the hub that it lies in, 0 for none.
    """

    name = CharField(primary_key=True)
    origin = CharField()
    seq = IntegerField()
    last_event = IntegerField(default=0)
    is_pushed = BooleanField(default=False)
    data = BlobField()
    pack = IntegerField(default=0)

    class Meta:
        table_name = "segment"
        indexes = ((("origin", "seq"), False), (("origin", "last_event"), False), (("name", "is_pushed"), False))


class PackRow(Table):
    """A pack that was in the hub when that was last looked at, and of which all is held."""

    id = IntegerField(primary_key=True)
    name = CharField(unique=True)

    class Meta:
        table_name = "pack"


class ErasedRow(Table):
    """A ticket, message or other thing of which nothing is kept but that there was something."""

    about = CharField(primary_key=True)

    class Meta:
        table_name = "erased"
        without_rowid = True


class ErasedPersonRow(Table):
    """The keyed hash of an address whose messages up to `until_ms` are erased, also those that are yet to arrive."""

    person = CharField(primary_key=True)
    until_ms = IntegerField()

    class Meta:
        table_name = "erased_person"
        without_rowid = True


# -- the projection ------------------------------------------------------------------------------


class MessageRow(Table):
    """One message. `home` is the ticket it belongs to by itself, `ticket` the one it is shown in."""

    n = IntegerField(primary_key=True)
    id = CharField(unique=True)
    ticket = CharField()
    home = CharField(index=True)
    direction = CharField()
    kind = CharField(default="")
    channel = CharField(default="mail")
    at_ms = IntegerField()
    sent_at_ms = IntegerField(default=0)
    mailbox = CharField(default="")
    agent = CharField(default="")
    sender_name = TextField(default="")
    sender_address = TextField(default="")
    people = TextField(default="[]")
    """JSON: {"to": [[name, address]], "cc": [...], "bcc": [...], "reply_to": [...]}."""
    subject = TextField(default="")
    text = TextField(default="")
    """What its author wrote: without quoted history and signature."""
    snippet = TextField(default="")
    language = CharField(default="")
    header_id = TextField(default="", index=True)
    header_refs = TextField(default="")
    """Message-IDs referred to, oldest first, separated by blanks."""
    participants = TextField(default="")
    """Casefolded addresses without the desk's own, separated by blanks."""
    signed_ticket = CharField(default="")
    codes = TextField(default="")
    base_subject = TextField(default="")
    is_reply = BooleanField(default=False)
    coarse_key = CharField(default="", index=True)
    reason = CharField(default="started")
    placed_in = CharField(default="")
    raw_blob = CharField(default="")
    """The blob of the raw mail, "" if there is none."""
    source_event = CharField(default="")
    attachments = IntegerField(default=0)
    delivery = CharField(default="")
    delivery_text = TextField(default="")
    is_hidden = BooleanField(default=False)
    is_history = BooleanField(default=False)
    is_automatic = BooleanField(default=False)
    problems = TextField(default="[]")
    conversation = TextField(default="")
    """What Outlook calls the conversation."""
    mentions = TextField(default="")
    """The agents whom a note names, separated by blanks."""

    class Meta:
        table_name = "message"
        indexes = ((("ticket", "at_ms"), False), (("base_subject", "at_ms"), False))
        # and four partial ones, which peewee cannot name here: message_placed_in, message_weak, message_own_automatic,
        # message_mentions


class ReferenceRow(Table):
    """Which messages bear or name a Message-ID: how a mail finds its thread."""

    header_id = TextField()
    message = CharField()

    class Meta:
        table_name = "reference"
        primary_key = CompositeKey("header_id", "message")
        without_rowid = True


class CodeRow(Table):
    """Mails whose subject carries a ticket's code, by its first seven digits."""

    code = CharField()
    message = CharField()

    class Meta:
        table_name = "code"
        primary_key = CompositeKey("code", "message")
        without_rowid = True


class AttachmentRow(Table):
    """A part of a raw mail that can be opened: `part` is its index as the reader counts them."""

    message = CharField()
    part = IntegerField()
    name = TextField()
    content_type = CharField()
    size = IntegerField()
    sha256 = CharField(default="")
    inline = BooleanField(default=False)
    content_id = TextField(default="")

    class Meta:
        table_name = "attachment"
        primary_key = CompositeKey("message", "part")
        without_rowid = True


class AliasRow(Table):
    """Every ticket id that is or was in use, and the ticket it leads to (itself, mostly not listed)."""

    id = CharField(primary_key=True)
    ticket = CharField(index=True)

    class Meta:
        table_name = "alias"
        without_rowid = True


class MergeRow(Table):
    """Which ticket an agent has merged into which, while that holds."""

    ticket = CharField(primary_key=True)
    into = CharField(index=True)

    class Meta:
        table_name = "merge"
        without_rowid = True


class TicketRow(Table):
    """A ticket's state as `domain.ticket.fold_ticket` makes it, one column a field."""

    id = CharField(primary_key=True)
    subject = TextField(default="")
    status = CharField()
    priority = CharField()
    assignee = CharField(default="")
    department = CharField(default="")
    mailbox = CharField(default="")
    channel = CharField(default="mail")
    requester_name = TextField(default="")
    requester_address = TextField(default="")
    tags = TextField(default="")
    """Tag ids, separated by blanks, for drawing a row; ticket_tag is for finding."""
    escalation_level = IntegerField(default=0)
    escalation_to = TextField(default="")
    escalation_reason = TextField(default="")
    escalation_agent = CharField(default="")
    escalation_at_ms = IntegerField(default=0)
    created_at_ms = IntegerField()
    updated_at_ms = IntegerField()
    last_in_ms = IntegerField(default=0)
    last_out_ms = IntegerField(default=0)
    waiting_since_ms = IntegerField(default=0)
    due_ms = IntegerField(default=0)
    snoozed_until_ms = IntegerField(default=0)
    snippet = TextField(default="")
    last_author = TextField(default="")
    message_count = IntegerField(default=0)
    attachment_count = IntegerField(default=0)
    has_failed_delivery = BooleanField(default=False)
    is_quarantined = BooleanField(default=False)
    is_list = BooleanField(default=False)
    conflicts = TextField(default="")

    class Meta:
        table_name = "ticket"
        indexes = (
            (("status", "updated_at_ms", "id"), False),
            (("updated_at_ms", "id"), False),
            (("assignee", "status", "updated_at_ms"), False),
            (("requester_address", "updated_at_ms"), False),
        )


class TicketTagRow(Table):
    tag = CharField()
    ticket = CharField(index=True)

    class Meta:
        table_name = "ticket_tag"
        primary_key = CompositeKey("tag", "ticket")
        without_rowid = True


class EntityRow(Table):
    """An agent, tag, canned reply, department, mailbox or shared view: its fields as one JSON object."""

    kind = CharField()
    id = CharField()
    data = TextField()
    is_deleted = BooleanField(default=False)

    class Meta:
        table_name = "entity"
        primary_key = CompositeKey("kind", "id")
        without_rowid = True


LOG_TABLES: tuple[type[Table], ...] = (MetaRow, EventRow, BlobRow, SegmentRow, PackRow, ErasedRow, ErasedPersonRow)
PROJECTION_TABLES: tuple[type[Table], ...] = (
    MessageRow,
    ReferenceRow,
    CodeRow,
    AttachmentRow,
    AliasRow,
    MergeRow,
    TicketRow,
    TicketTagRow,
    EntityRow,
)
LOCAL_TABLES: tuple[type[Table], ...] = (CursorRow, SeenUidRow, RawSeenRow, OutboxRow, DraftRow, TicketReadRow)
ALL_TABLES = LOG_TABLES + PROJECTION_TABLES + LOCAL_TABLES


def row_values(row: Any) -> dict[str, Any]:
    """The values of a row by column, for moving it about as data."""
    return dict(row.__data__)
