"""Why a message stands in its ticket, and what kind of mail it is, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from deskhelp.domain.conversation import MessageView
from deskhelp.domain.status import Direction
from deskhelp.domain.threads import Reason


def reason_name(reason: Reason) -> str:
    """Only where a person might wonder; an answer to a known mail explains itself."""
    translate = QCoreApplication.translate
    return {
        Reason.CODE: translate("Reasons", "joined by the code in the subject"),
        Reason.SUBJECT: translate("Reasons", "joined by subject and sender"),
        Reason.PLACED: translate("Reasons", "put here by hand"),
        Reason.MERGED: translate("Reasons", "from a merged ticket"),
        Reason.VARIANT: translate("Reasons", "another copy of the same mail"),
    }.get(reason, "")


def automatic_name(message: MessageView) -> str:
    """What kind of automatic mail it is; empty for mail of a person."""
    translate = QCoreApplication.translate
    if message.is_automatic and message.direction is Direction.OUT:
        return translate("Reasons", "sent automatically")
    names = {
        "auto_reply": translate("Reasons", "automatic answer"),
        "bounce": translate("Reasons", "delivery report"),
        "mailing_list": translate("Reasons", "mailing list"),
        "calendar": translate("Reasons", "invitation"),
        "report": translate("Reasons", "report"),
    }
    fallback = translate("Reasons", "automatic mail") if message.is_automatic else ""
    return names.get(message.kind, fallback)
