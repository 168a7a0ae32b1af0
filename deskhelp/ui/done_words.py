"""What was done, for the toast."""

from __future__ import annotations

from PySide6.QtCore import QObject


class DoneWords(QObject):
    """A class only because Qt's collector of strings knows plurals in methods alone."""

    def sentence(self, what: str, count: int) -> str:
        """`what` as the services name it (`Done.what`), for `count` tickets; empty for what needs no word."""
        return self._of_many(what, count) or self._of_one(what)

    def _of_many(self, what: str, count: int) -> str:
        return {
            "status": self.tr("%n ticket(s): status changed", "", count),
            "priority": self.tr("%n ticket(s): priority changed", "", count),
            "assignee": self.tr("%n ticket(s) assigned", "", count),
            "department": self.tr("%n ticket(s): department changed", "", count),
            "due_ms": self.tr("%n ticket(s): due date changed", "", count),
            "snooze": self.tr("%n ticket(s) snoozed", "", count),
            "escalation": self.tr("%n ticket(s) escalated", "", count),
            "deescalate": self.tr("%n ticket(s): escalation ended", "", count),
            "tag": self.tr("%n ticket(s): tags changed", "", count),
            "spam": self.tr("%n ticket(s) moved to spam", "", count),
            "not_spam": self.tr("%n ticket(s): not spam", "", count),
            "block": self.tr("Blocked; %n ticket(s) moved to spam", "", count) if count else self.tr("Blocked"),
            "unread": self.tr("%n ticket(s) marked as unread", "", count),
        }.get(what, "")

    def _of_one(self, what: str) -> str:
        return {
            "merge": self.tr("Tickets merged"),
            "retry": self.tr("The mail was read"),
            "split": self.tr("The message is a ticket of its own now"),
            "refuse_hint": self.tr("Not asked again"),
            "hide": self.tr("Note removed"),
            "note": self.tr("Note saved"),
            "undo": self.tr("Taken back"),
            "sent": self.tr("The message is on its way"),
            "new": self.tr("Ticket created"),
            "taken_back": self.tr("Not sent; the draft is back"),
            "dropped": self.tr("Not sent"),
            "held": self.tr("Held back"),
            "erased": self.tr("Erased"),
            "marked_sent": self.tr("Marked as sent"),
        }.get(what, "")
