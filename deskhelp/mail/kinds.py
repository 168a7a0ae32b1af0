"""Who wrote a mail: a person, or which kind of machine; by headers first (RFC 3834, 3464, 2919), then by words."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from .bounces import Bounced, original_id, reported, tells_of_delay, tells_of_failure, told
from .encoded_words import raw_text
from .heads import Address
from .message import Mail
from .params import content_type, raw_field
from .parts import Contents
from .wording import is_automatic_subject, is_automatic_text, speaks_of_absence

__all__ = ["Bounced", "Kind", "is_unanswerable", "kind_of", "may_auto_reply", "original_id"]


class Kind(StrEnum):
    PERSON = "person"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    MAILING_LIST = "mailing_list"
    CALENDAR = "calendar"
    REPORT = "report"


_DAEMON: Final = re.compile(
    r"^(mailer-?daemon|postmaster|mail-?daemon|mdaemon|microsoftexchange\w*|mail[._-]?delivery|bounce[sd]?([+._-].*)?)@"
    r"|^(mailer-?daemon|postmaster)$",
    re.IGNORECASE,
)
_DAEMON_NAME: Final = re.compile(
    r"^(mail (delivery|administrator|system)|mailer[ -]daemon|postmaster$|system administrator$"
    r"|microsoft (outlook|exchange)|internet mail delivery|служба доставки)",
    re.IGNORECASE,
)
_NO_REPLY: Final = re.compile(
    r"(no|do-?not|don-?t)[._-]?reply|notifications?@|notify@|robot@|auto[._-]?(reply|mail)@", re.IGNORECASE
)
_REPORTS: Final = re.compile(r"^(\[[^\]]*\] *)?Report domain: \S+", re.IGNORECASE)
_AUTO_FIELDS: Final = re.compile(
    r"(x-)?(auto-?(reply|respond|responder|generated|submitted)|mail-?autoreply|autoreply-from|vacation|fc-machinegenerated)$",
    re.IGNORECASE,
)
_MEANS_NO: Final = ("", "no", "none", "false", "0")
_CALLS_ITSELF_BULK: Final = ("bulk", "list", "junk", "auto_reply")


def kind_of(
    mail: Mail, contents: Contents, sender: Address, subject: str, text: str
) -> tuple[Kind, tuple[Bounced, ...]]:
    """The kind of a mail, and whom it did not reach if it is a bounce; `text` is its readable text."""
    bounced = reported(contents) if contents.reports else None
    if bounced is not None:
        failed = any(item.permanent for item in bounced)
        return (Kind.BOUNCE if failed else Kind.REPORT), tuple(bounced)
    fields = _Fields(mail)
    report = fields.report_type()
    if report and report != "delivery-status":
        return Kind.REPORT, ()
    if report or fields.is_from_machine(sender):
        kind = _kind_of_delivery(mail, subject, text, bool(report))
        if kind is not None:
            return kind, told(mail, contents, sender, text) if kind is Kind.BOUNCE else ()
    if _REPORTS.match(subject):
        return Kind.REPORT, ()
    if fields.is_automatic() or _is_worded_automatic(fields, subject, text):
        return Kind.AUTO_REPLY, ()
    if contents.calendars or content_type(mail) == "text/calendar":
        return Kind.CALENDAR, ()
    if fields.is_list:
        return Kind.MAILING_LIST, ()
    return Kind.PERSON, ()


def _kind_of_delivery(mail: Mail, subject: str, text: str, is_report: bool) -> Kind | None:
    """Whether a machine tells of a mail that did not arrive, or not yet."""
    if mail.raw("x-failed-recipients"):
        return Kind.BOUNCE
    if tells_of_delay(subject, text):
        return Kind.REPORT
    if tells_of_failure(subject, text):
        return Kind.BOUNCE
    return Kind.REPORT if is_report else None


def _is_worded_automatic(fields: _Fields, subject: str, text: str) -> bool:
    if is_automatic_subject(subject):
        return True
    if fields.is_list:
        return False
    return is_automatic_text(text) or (fields.is_unanswerable() and speaks_of_absence(text))


def is_unanswerable(address: str) -> bool:
    """Whether nobody reads what is sent to an address: a mail server's, or one that says so by its name."""
    return bool(_DAEMON.match(address) or _NO_REPLY.search(address))


def may_auto_reply(mail: Mail, kind: Kind, sender: Address, return_path: str | None) -> bool:
    """Whether an automatic answer may go to this mail (RFC 3834 section 2)."""
    suppress = raw_field(mail, "x-auto-response-suppress").lower()
    return not (
        kind is not Kind.PERSON
        or return_path == ""
        or not sender.address
        or is_unanswerable(sender.address)
        or any(word in suppress for word in ("all", "autoreply", "oof"))
        or mail.raw("x-loop")
        or mail.raw("feedback-id")
    )


@lru_cache(maxsize=1_000)
def _says_automatic(field: str) -> bool:
    return _AUTO_FIELDS.match(field) is not None


class _Fields:
    """What the fields of a mail say of the machine that sent it."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail
        submitted = raw_field(mail, "auto-submitted").partition(";")[0].partition("(")[0].strip().lower()
        self._is_auto_submitted = submitted not in ("", "no")
        self._precedence = raw_field(mail, "precedence").strip().lower()
        self._return_path = raw_field(mail, "return-path").strip()
        self._is_of_list = bool(mail.raw("list-id") or mail.raw("list-unsubscribe"))
        self.is_list = self._is_of_list or self._precedence in ("bulk", "list", "junk")

    def report_type(self) -> str:
        """The kind of report that a multipart/report says it is, ``unknown`` if it does not say; "" for other mails."""
        kind = content_type(self._mail)
        if kind != "multipart/report":
            return "disposition-notification" if kind == _RECEIPT else ""
        field = raw_field(self._mail, "content-type").lower()
        return next((kind for kind in _REPORT_TYPES if kind in field), "unknown")

    def is_from_machine(self, sender: Address) -> bool:
        """From a mail server, or with the empty return path that only machines use, or marked as automatic."""
        return bool(
            _DAEMON.match(sender.address)
            or _DAEMON_NAME.match(sender.name)
            or self._return_path == "<>"
            or self._mail.raw("x-failed-recipients")
            or self._is_auto_submitted
        )

    def is_automatic(self) -> bool:
        if self._is_auto_submitted or self._precedence == "auto_reply":
            return True
        for name, values in self._mail.fields.items():
            if _says_automatic(name) and any(raw_text(value).strip().lower() not in _MEANS_NO for value in values):
                return True
        # Nobody is to answer, but it is no bounce, nor a list's: somebody's program wrote in his name.
        return self._return_path == "<>" and not self._is_of_list

    def is_unanswerable(self) -> bool:
        return self._precedence in _CALLS_ITSELF_BULK or bool(self._mail.raw("x-auto-response-suppress"))


_RECEIPT: Final = "message/disposition-notification"
_REPORT_TYPES: Final = ("delivery-status", "disposition-notification", "feedback-report", "tlsrpt")
