"""The tables that belong to this installation alone, and what all tables are made from."""

from __future__ import annotations

from peewee import BooleanField, CharField, CompositeKey, IntegerField, Model, TextField
from playhouse.shortcuts import ThreadSafeDatabaseMetadata


class Table(Model):  # type: ignore[misc, unused-ignore]
    """Bound once inside each thread that owns a connection (decision 0004)."""

    class Meta:
        model_metadata_class = ThreadSafeDatabaseMetadata
        legacy_table_names = False


class CursorRow(Table):
    """How far a folder of a mailbox has been read: everything up to `uid` within `uidvalidity`."""

    mailbox = CharField()
    folder = TextField()
    uidvalidity = IntegerField()
    uid = IntegerField()
    since_ms = IntegerField(default=0)
    checked_at_ms = IntegerField(default=0)

    class Meta:
        table_name = "cursor"
        primary_key = CompositeKey("mailbox", "folder")
        without_rowid = True


class SeenUidRow(Table):
    """What became of every UID: a message id, or a word (``ignored``, ``gone``); the proof that nothing is lost."""

    mailbox = CharField()
    folder = TextField()
    uidvalidity = IntegerField()
    uid = IntegerField()
    outcome = CharField()

    class Meta:
        table_name = "seen_uid"
        primary_key = CompositeKey("mailbox", "folder", "uidvalidity", "uid")
        without_rowid = True


class RawSeenRow(Table):
    """Digest of the raw bytes of every mail taken in, and its message: the same bytes are not read twice."""

    raw_blob = CharField()
    mailbox = CharField()
    message = CharField()

    class Meta:
        table_name = "raw_seen"
        primary_key = CompositeKey("raw_blob", "mailbox")
        without_rowid = True


class OutboxRow(Table):
    """A message of ours on its way: `raw_blob` names its final bytes, `phase` is committed before they go out."""

    message = CharField(primary_key=True)
    mailbox = CharField()
    state = CharField(index=True)
    raw_blob = CharField()
    header_id = TextField()
    envelope_from = TextField()
    recipients = TextField()
    """JSON list of addresses still to be served."""
    queued_at_ms = IntegerField()
    not_before_ms = IntegerField(default=0)
    attempts = IntegerField(default=0)
    phase = CharField(default="")
    last_error = TextField(default="")
    attempted_at_ms = IntegerField(default=0)
    is_filed = BooleanField(default=False)
    """Whether a copy is in the Sent folder (ours or the provider's)."""
    seen = TextField(default="[]")
    """JSON list of message ids that the author had seen, for the send guard."""

    class Meta:
        table_name = "outbox"
        without_rowid = True


class DraftRow(Table):
    """What an agent is typing, saved as they type; `data` is JSON (see services.drafts)."""

    id = CharField(primary_key=True)
    ticket = CharField(index=True)
    updated_at_ms = IntegerField()
    data = TextField()

    class Meta:
        table_name = "draft"
        without_rowid = True


class TicketReadRow(Table):
    """Up to when this agent has read a ticket here."""

    ticket = CharField(primary_key=True)
    read_at_ms = IntegerField()

    class Meta:
        table_name = "ticket_read"
        without_rowid = True
