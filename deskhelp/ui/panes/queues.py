"""What the sidebar lists: the queues every desk has, then its tags, saved views and mailboxes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from deskhelp.domain.entities import Mailbox, Tag
from deskhelp.ui.facts import Facts
from deskhelp.ui.models.sidebar_model import Entry

QUIET_KEYS = frozenset({"queue:done", "queue:lists", "queue:spam"})
"""Queues whose number tells nobody what to do; it is not shown."""
FIRST_KEY = "queue:active"


def sidebar_entries(facts: Facts) -> list[Entry]:
    """All rows in order; sections without entries are left out."""
    translate = QCoreApplication.translate
    sections = (
        ("", _queues(has_colleagues=len(facts.live_agents) > 1)),
        (translate("Sidebar", "Tags"), [_tag_entry(tag) for tag in facts.live_tags]),
        (translate("Sidebar", "Views"), [Entry(f"view:{v.id}", v.name, v.query, "view") for v in facts.live_views]),
        (translate("Sidebar", "Mailboxes"), [_mailbox_entry(mailbox) for mailbox in facts.live_mailboxes]),
    )
    rows: list[Entry] = []
    for title, entries in sections:
        if entries:
            rows += [Entry("", title)] if title else []
            rows += entries
    return rows


def _queues(*, has_colleagues: bool) -> list[Entry]:
    translate = QCoreApplication.translate
    entries = [
        Entry("queue:mine", translate("Sidebar", "Mine"), "is:active is:mine", "user"),
        Entry("queue:unassigned", translate("Sidebar", "Unassigned"), "is:active is:unassigned", "user-unassigned"),
        Entry("queue:escalated", translate("Sidebar", "Escalated"), "is:escalated", "escalate", is_alarming=True),
        Entry("queue:overdue", translate("Sidebar", "Overdue"), "is:overdue", "overdue", is_alarming=True),
        Entry(FIRST_KEY, translate("Sidebar", "All open"), "is:active", "inbox"),
        Entry("queue:snoozed", translate("Sidebar", "Snoozed"), "is:snoozed", "snooze"),
        Entry("queue:waiting", translate("Sidebar", "Waiting"), "is:waiting", "waiting"),
        Entry("queue:drafts", translate("Sidebar", "Drafts"), "is:draft", "drafts"),
        Entry("queue:failed", translate("Sidebar", "Not delivered"), "is:failed", "outbox", is_alarming=True),
        Entry("queue:done", translate("Sidebar", "Solved and closed"), "is:done", "task-done"),
        Entry("queue:lists", translate("Sidebar", "Mailing lists"), "is:list", "users"),
        Entry("queue:spam", translate("Sidebar", "Spam"), "status:spam", "spam"),
    ]
    if has_colleagues:
        # Below those that Ctrl and a number go to: the numbers stay theirs.
        entries.insert(9, Entry("queue:mentioned", translate("Sidebar", "Notes for me"), "is:mentioned", "note"))
    return entries


def _tag_entry(tag: Tag) -> Entry:
    return Entry(f"tag:{tag.id}", tag.name, f"is:active tag:{quoted(tag.name)}", color=tag.color or "quiet")


def _mailbox_entry(mailbox: Mailbox) -> Entry:
    return Entry(
        f"mailbox:{mailbox.id}", mailbox.name or mailbox.address, f"is:active mailbox:{mailbox.address}", "mailbox"
    )


def quoted(value: str) -> str:
    """A value as the query language takes it: in quotation marks if it has spaces."""
    return '"' + value.replace('"', " ") + '"' if " " in value or '"' in value else value
