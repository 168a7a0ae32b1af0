"""What was done, for the toast."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def done_sentence(what: str, count: int) -> str:
    """`what` as the services name it (`Done.what`), for `count` tickets; empty for what needs no word."""
    translate = QCoreApplication.translate
    several = {
        "status": translate("Done", "%n ticket(s): status changed", "", count),
        "priority": translate("Done", "%n ticket(s): priority changed", "", count),
        "assignee": translate("Done", "%n ticket(s) assigned", "", count),
        "department": translate("Done", "%n ticket(s): department changed", "", count),
        "due_ms": translate("Done", "%n ticket(s): due date changed", "", count),
        "snooze": translate("Done", "%n ticket(s) snoozed", "", count),
        "escalation": translate("Done", "%n ticket(s) escalated", "", count),
        "deescalate": translate("Done", "%n ticket(s): escalation ended", "", count),
        "tag": translate("Done", "%n ticket(s): tags changed", "", count),
        "unread": translate("Done", "%n ticket(s) marked as unread", "", count),
    }
    single = {
        "merge": translate("Done", "Tickets merged"),
        "split": translate("Done", "The message is a ticket of its own now"),
        "hide": translate("Done", "Note removed"),
        "note": translate("Done", "Note saved"),
        "undo": translate("Done", "Taken back"),
        "sent": translate("Done", "The message is on its way"),
        "new": translate("Done", "Ticket created"),
        "taken_back": translate("Done", "Not sent; the draft is back"),
        "dropped": translate("Done", "Not sent"),
        "held": translate("Done", "Held back"),
        "marked_sent": translate("Done", "Marked as sent"),
    }
    return several.get(what) or single.get(what, "")
