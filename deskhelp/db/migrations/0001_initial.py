"""The first schema. Frozen: a later one is a later file, this one never changes."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE alias (
        id TEXT NOT NULL PRIMARY KEY,
        ticket TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX alias_ticket ON alias (ticket)",
    """CREATE TABLE attachment (
        message TEXT NOT NULL,
        part INTEGER NOT NULL,
        name TEXT NOT NULL,
        content_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        inline INTEGER NOT NULL,
        content_id TEXT NOT NULL,
        PRIMARY KEY (message, part)
    ) WITHOUT ROWID""",
    """CREATE TABLE blob (
        id TEXT NOT NULL PRIMARY KEY,
        size INTEGER NOT NULL,
        data BLOB NOT NULL
    )""",
    """CREATE TABLE code (
        code TEXT NOT NULL,
        message TEXT NOT NULL,
        PRIMARY KEY (code, message)
    ) WITHOUT ROWID""",
    """CREATE TABLE cursor (
        mailbox TEXT NOT NULL,
        folder TEXT NOT NULL,
        uidvalidity INTEGER NOT NULL,
        uid INTEGER NOT NULL,
        since_ms INTEGER NOT NULL,
        checked_at_ms INTEGER NOT NULL,
        PRIMARY KEY (mailbox, folder)
    ) WITHOUT ROWID""",
    """CREATE TABLE draft (
        id TEXT NOT NULL PRIMARY KEY,
        ticket TEXT NOT NULL,
        updated_at_ms INTEGER NOT NULL,
        data TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX draft_ticket ON draft (ticket)",
    """CREATE TABLE entity (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        data TEXT NOT NULL,
        is_deleted INTEGER NOT NULL,
        PRIMARY KEY (kind, id)
    ) WITHOUT ROWID""",
    """CREATE TABLE event (
        n INTEGER NOT NULL PRIMARY KEY,
        id TEXT NOT NULL,
        origin TEXT NOT NULL,
        seq INTEGER NOT NULL,
        kind TEXT NOT NULL,
        version INTEGER NOT NULL,
        about TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        agent TEXT NOT NULL,
        body TEXT NOT NULL,
        blob TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX event_id ON event (id)",
    "CREATE INDEX event_about ON event (about)",
    "CREATE UNIQUE INDEX event_origin_seq ON event (origin, seq)",
    """CREATE TABLE `merge` (
        ticket TEXT NOT NULL PRIMARY KEY,
        `into` TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX merge_into ON `merge` (`into`)",
    """CREATE TABLE message (
        n INTEGER NOT NULL PRIMARY KEY,
        id TEXT NOT NULL,
        ticket TEXT NOT NULL,
        home TEXT NOT NULL,
        direction TEXT NOT NULL,
        kind TEXT NOT NULL,
        channel TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        sent_at_ms INTEGER NOT NULL,
        mailbox TEXT NOT NULL,
        agent TEXT NOT NULL,
        sender_name TEXT NOT NULL,
        sender_address TEXT NOT NULL,
        people TEXT NOT NULL,
        subject TEXT NOT NULL,
        text TEXT NOT NULL,
        snippet TEXT NOT NULL,
        language TEXT NOT NULL,
        header_id TEXT NOT NULL,
        header_refs TEXT NOT NULL,
        participants TEXT NOT NULL,
        signed_ticket TEXT NOT NULL,
        codes TEXT NOT NULL,
        base_subject TEXT NOT NULL,
        is_reply INTEGER NOT NULL,
        coarse_key TEXT NOT NULL,
        reason TEXT NOT NULL,
        placed_in TEXT NOT NULL,
        raw_blob TEXT NOT NULL,
        source_event TEXT NOT NULL,
        attachments INTEGER NOT NULL,
        delivery TEXT NOT NULL,
        delivery_text TEXT NOT NULL,
        is_hidden INTEGER NOT NULL,
        is_history INTEGER NOT NULL,
        is_automatic INTEGER NOT NULL,
        problems TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX message_id ON message (id)",
    "CREATE INDEX message_home ON message (home)",
    "CREATE INDEX message_header_id ON message (header_id)",
    "CREATE INDEX message_coarse_key ON message (coarse_key)",
    "CREATE INDEX message_ticket_at_ms ON message (ticket, at_ms)",
    "CREATE INDEX message_base_subject_at_ms ON message (base_subject, at_ms)",
    """CREATE INDEX message_weak ON message (base_subject, at_ms)
        WHERE is_reply AND header_refs = '' AND codes = '' AND signed_ticket = ''""",
    "CREATE INDEX message_placed_in ON message (placed_in) WHERE placed_in != ''",
    "CREATE INDEX message_own_automatic ON message (at_ms) WHERE direction = 'out' AND is_automatic",
    """CREATE TABLE meta (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    )""",
    """CREATE TABLE outbox (
        message TEXT NOT NULL PRIMARY KEY,
        mailbox TEXT NOT NULL,
        state TEXT NOT NULL,
        raw_blob TEXT NOT NULL,
        header_id TEXT NOT NULL,
        envelope_from TEXT NOT NULL,
        recipients TEXT NOT NULL,
        queued_at_ms INTEGER NOT NULL,
        not_before_ms INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        phase TEXT NOT NULL,
        last_error TEXT NOT NULL,
        attempted_at_ms INTEGER NOT NULL,
        is_filed INTEGER NOT NULL,
        seen TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX outbox_state ON outbox (state)",
    """CREATE TABLE raw_seen (
        raw_blob TEXT NOT NULL,
        mailbox TEXT NOT NULL,
        message TEXT NOT NULL,
        PRIMARY KEY (raw_blob, mailbox)
    ) WITHOUT ROWID""",
    """CREATE TABLE reference (
        header_id TEXT NOT NULL,
        message TEXT NOT NULL,
        PRIMARY KEY (header_id, message)
    ) WITHOUT ROWID""",
    """CREATE TABLE seen_uid (
        mailbox TEXT NOT NULL,
        folder TEXT NOT NULL,
        uidvalidity INTEGER NOT NULL,
        uid INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        PRIMARY KEY (mailbox, folder, uidvalidity, uid)
    ) WITHOUT ROWID""",
    """CREATE TABLE ticket_read (
        ticket TEXT NOT NULL PRIMARY KEY,
        read_at_ms INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE segment (
        origin TEXT NOT NULL,
        seq INTEGER NOT NULL,
        last_event INTEGER NOT NULL,
        is_pushed INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (origin, seq)
    )""",
    """CREATE TABLE ticket (
        id TEXT NOT NULL PRIMARY KEY,
        subject TEXT NOT NULL,
        status TEXT NOT NULL,
        priority TEXT NOT NULL,
        assignee TEXT NOT NULL,
        department TEXT NOT NULL,
        mailbox TEXT NOT NULL,
        channel TEXT NOT NULL,
        requester_name TEXT NOT NULL,
        requester_address TEXT NOT NULL,
        tags TEXT NOT NULL,
        escalation_level INTEGER NOT NULL,
        escalation_to TEXT NOT NULL,
        escalation_reason TEXT NOT NULL,
        escalation_agent TEXT NOT NULL,
        escalation_at_ms INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL,
        updated_at_ms INTEGER NOT NULL,
        last_in_ms INTEGER NOT NULL,
        last_out_ms INTEGER NOT NULL,
        waiting_since_ms INTEGER NOT NULL,
        due_ms INTEGER NOT NULL,
        snoozed_until_ms INTEGER NOT NULL,
        snippet TEXT NOT NULL,
        last_author TEXT NOT NULL,
        message_count INTEGER NOT NULL,
        attachment_count INTEGER NOT NULL,
        has_failed_delivery INTEGER NOT NULL,
        is_quarantined INTEGER NOT NULL,
        is_list INTEGER NOT NULL,
        conflicts TEXT NOT NULL
    )""",
    "CREATE INDEX ticket_status_updated_at_ms_id ON ticket (status, updated_at_ms, id)",
    "CREATE INDEX ticket_updated_at_ms_id ON ticket (updated_at_ms, id)",
    "CREATE INDEX ticket_assignee_status_updated_at_ms ON ticket (assignee, status, updated_at_ms)",
    "CREATE INDEX ticket_requester_address_updated_at_ms ON ticket (requester_address, updated_at_ms)",
    "CREATE INDEX ticket_failed ON ticket (updated_at_ms, id) WHERE has_failed_delivery",
    "CREATE INDEX ticket_quarantined ON ticket (updated_at_ms, id) WHERE is_quarantined",
    "CREATE INDEX ticket_list ON ticket (updated_at_ms, id) WHERE is_list",
    "CREATE INDEX ticket_escalated ON ticket (updated_at_ms, id) WHERE escalation_level > 0",
    "CREATE INDEX ticket_due ON ticket (due_ms) WHERE due_ms > 0",
    "CREATE INDEX ticket_snoozed ON ticket (snoozed_until_ms) WHERE snoozed_until_ms > 0",
    """CREATE TABLE ticket_tag (
        tag TEXT NOT NULL,
        ticket TEXT NOT NULL,
        PRIMARY KEY (tag, ticket)
    ) WITHOUT ROWID""",
    "CREATE INDEX ticket_tag_ticket ON ticket_tag (ticket)",
    """CREATE VIRTUAL TABLE message_fts USING fts5(
        subject, text, people, files,
        content='', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
    )""",
    # A batch of mails becomes one segment, and segments are merged later: a third less work in an import.
    "INSERT INTO message_fts (message_fts, rank) VALUES ('hashsize', 8388608)",
    "INSERT INTO message_fts (message_fts, rank) VALUES ('automerge', 8)",
)


def up(_migrator: Any, database: Any) -> None:
    for statement in STATEMENTS:
        database.execute_sql(statement)
