"""Who wrote a mail: a person, or which kind of machine; by headers first (RFC 3834, 3464, 2919), then by words."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from deskhelp.domain.subjects import base_subject, is_passed_on

from .bounce_words import subject_tells_of_failure, tells_of_delay, tells_of_failure, tells_of_success
from .bounces import Bounced, reported, told
from .encoded_words import raw_text
from .heads import Address, addresses
from .message import Mail
from .params import content_type, raw_field
from .parts import Contents
from .wording import is_automatic_subject, is_receipt, is_worded_automatic, speaks_of_absence

__all__ = ["Bounced", "Kind", "is_unanswerable", "kind_of", "may_auto_reply"]


class Kind(StrEnum):
    PERSON = "person"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    MAILING_LIST = "mailing_list"
    CALENDAR = "calendar"
    REPORT = "report"


_DAEMON: Final = re.compile(
    r"^(mailer-?daemon|mail-?daemon|mdaemon|microsoftexchange\w*|mail[._-]?delivery([._-]\w+)*|bounce[sd]?([+._-].*)?)@"
    r"|^mailer-?daemon$",
    re.IGNORECASE,
)
_POSTMASTER: Final = re.compile(r"^postmaster(@|$)", re.IGNORECASE)
_DAEMON_NAME: Final = re.compile(
    r"^(mail (delivery|administrator|system)\b|mailer[ -]daemon|postmaster$|system administrator$"
    r"|microsoft (outlook|exchange)|internet mail delivery|служба доставки|почтовая система$"
    r"|системный администратор$|systemadministrator$|administrateur (du )?système$|administrador del sistema$)",
    re.IGNORECASE,
)
_NO_REPLY: Final = re.compile(
    r"(no|do[._-]?not|don-?t)[._-]?reply|(^|[._-])n(e|ao|on|o)[._-]?(pas[._-]?)?(repondre|responda|responder|rispondere)@"
    r"|(nicht|keine|niet)[._-]?antwort(en)?@|neodpovid\w*@|nie[._-]?odpowiada\w*@|notifications?@|notify@|robot@|auto[._-]?(reply|mail)@",
    re.IGNORECASE,
)
_REPORTS: Final = re.compile(
    r"^(\[[^\]]*\] *)?Report domain: \S+|^complaint about message from \d[\d.]+\d$", re.IGNORECASE
)
_AUTO_FIELDS: Final = re.compile(
    r"(x-)?(auto-?(reply|respond|responder|generated|submitted)|mail-?autoreply|autoreply-from|autorespond\w*|vacation|fc-machinegenerated"
    r"|(?:otrs|znuny)-loop|list-administrivia|cron-env)$",
    re.IGNORECASE,
)
_RESPONDERS: Final = re.compile(r"auto-?(?:respon|repl)|\bvacation\b", re.IGNORECASE)
_MEANS_NO: Final = ("", "no", "none", "false", "0")
_LIST_FIELDS: Final = ("list-id", "list-unsubscribe", "list-help", "list-post", "mailing-list", "x-mailing-list")
_CALLS_ITSELF_BULK: Final = ("bulk", "list", "junk", "auto_reply")


def kind_of(
    mail: Mail, contents: Contents, sender: Address, subject: str, text: str
) -> tuple[Kind, tuple[Bounced, ...]]:
    """The kind of a mail, and whom it did not reach if it is a bounce; `text` is its readable text."""
    fields = _Fields(mail)
    report = fields.report_type()
    is_machine = bool(report) or fields.is_from_machine(sender)
    if contents.reports and (is_machine or (subject_tells_of_failure(subject) and not is_passed_on(subject))):
        bounced = reported(mail, contents, text)
        if bounced is not None:
            return (Kind.BOUNCE if any(item.is_final for item in bounced) else Kind.REPORT), tuple(bounced)
    if (report and report != "delivery-status") or _has_complaint(contents, subject):
        return Kind.REPORT, ()
    if is_machine:
        kind = _kind_of_delivery(mail, subject, text, bool(report))
        found = told(mail, contents, sender, text) if kind is Kind.BOUNCE else ()
        if kind is not None and (report or fields.is_from_server(sender) or _is_clear(fields, sender, subject, found)):
            return kind, found
    if _REPORTS.match(subject):
        return Kind.REPORT, ()
    if contents.calendars or fields.is_calendar():
        return Kind.CALENDAR, ()
    if fields.is_automatic() or _is_worded_automatic(fields, sender, subject, text):
        return Kind.AUTO_REPLY, ()
    if is_receipt(subject, text):
        return Kind.REPORT, ()
    if fields.is_list:
        return Kind.MAILING_LIST, ()
    return Kind.PERSON, ()


def _has_complaint(contents: Contents, subject: str) -> bool:
    """Whether a provider's complaint is among the parts (RFC 5965), and not in what somebody forwards."""
    has_one = any(part.content_type == "message/feedback-report" for part in contents.attachments)
    return has_one and not is_passed_on(subject)


def _is_clear(fields: _Fields, sender: Address, subject: str, bounced: tuple[Bounced, ...]) -> bool:
    """Whether what might be a person's mail, or an answer by machine, is about a mail that did not arrive."""
    if is_automatic_subject(subject):
        return False
    if any(item.status for item in bounced):
        return True
    # Parcels are delivered too, and shops tell of them by machine.
    may_be_parcel = not fields.is_named_server(sender) and (not bounced or base_subject(subject)[1])
    return not may_be_parcel and (subject_tells_of_failure(subject) or tells_of_delay(subject, ""))


def _kind_of_delivery(mail: Mail, subject: str, text: str, is_report: bool) -> Kind | None:
    """Whether a machine tells of a mail that did not arrive, or not yet, or did."""
    if mail.raw("x-failed-recipients") and not tells_of_delay(subject, ""):  # Gmail names them in delays, too
        return Kind.BOUNCE
    if tells_of_delay(subject, text) or tells_of_success(text):
        return Kind.REPORT
    if tells_of_failure(subject, text):
        return Kind.BOUNCE
    return Kind.REPORT if is_report else None


def _is_worded_automatic(fields: _Fields, sender: Address, subject: str, text: str) -> bool:
    if is_automatic_subject(subject) or fields.is_of_list:
        return is_automatic_subject(subject)
    if is_worded_automatic(subject, text) or (fields.is_unanswerable() and speaks_of_absence(text)):
        return not fields.is_for_somebody(sender, text)
    return False


def is_unanswerable(address: str) -> bool:
    """Whether nobody reads what is sent to an address: a mail server's, or one that says so by its name."""
    return bool(_DAEMON.match(address) or _POSTMASTER.match(address) or _NO_REPLY.search(address))


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


def _bare(value: str) -> str:
    """The value of a field without its parameters and comments."""
    return value.partition(";")[0].partition("(")[0].strip().lower()


class _Fields:
    """What the fields of a mail say of the machine that sent it."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail
        self._is_auto_submitted = _bare(raw_field(mail, "auto-submitted")) not in ("", "no")
        self._precedence = (raw_field(mail, "x-precedence") or raw_field(mail, "precedence")).strip().lower()
        self._return_path = (raw_field(mail, "return-path") or raw_field(mail, "x-envelope-from")).strip()
        self.is_of_list = any(map(mail.fields.__contains__, _LIST_FIELDS))
        self.is_list = self.is_of_list or self._precedence in ("bulk", "list", "junk")

    def report_type(self) -> str:
        """The kind of report that a multipart/report says it is, ``unknown`` if it does not say; "" for other mails."""
        kind = content_type(self._mail)
        if kind != "multipart/report":
            return next((name for name in _REPORT_TYPES[:2] if kind == f"message/{name}"), "")
        field = raw_field(self._mail, "content-type").lower()
        return next((kind for kind in _REPORT_TYPES if kind in field), "unknown")

    def is_from_machine(self, sender: Address) -> bool:
        """From a mail server, by its address or its name, or from some other program."""
        return self._is_from_program or self.is_named_server(sender) or self._is_daemon(sender)

    def is_from_server(self, sender: Address) -> bool:
        """From the program of a mail server: not from its postmaster, who may write, nor from an autoresponder."""
        is_nameless = not sender.address.strip("@")
        return self._is_daemon(sender) or (self._is_from_program and (is_nameless or self.is_named_server(sender)))

    def _is_daemon(self, sender: Address) -> bool:
        return bool(_DAEMON.match(sender.address) or self._mail.raw("x-failed-recipients"))

    def is_named_server(self, sender: Address) -> bool:
        return bool(_POSTMASTER.match(sender.address) or _DAEMON_NAME.match(sender.name))

    @property
    def _is_from_program(self) -> bool:
        """With the empty return path that only machines use, or marked as automatic."""
        return self._return_path == "<>" or self._is_auto_submitted

    def is_for_somebody(self, sender: Address, text: str) -> bool:
        """Whether answers go to somebody else whom the text names: a page has sent what a customer typed there."""
        home = sender.address.rpartition("@")[2].lower()
        others = (person.address.lower() for person in addresses(self._mail.all("reply-to")))
        return any("@" in other and not other.endswith(f"@{home}") and other in text.lower() for other in others)

    def is_calendar(self) -> bool:
        """Whether the mail is itself an invitation, or the answer to one."""
        return content_type(self._mail) == "text/calendar" or "calendarmessage" in raw_field(
            self._mail, "content-class"
        )

    def is_automatic(self) -> bool:
        if self._is_auto_submitted or self._precedence == "auto_reply" or self._is_out_of_office():
            return True
        for name, values in self._mail.fields.items():
            if _says_automatic(name) and any(_bare(raw_text(value)) not in _MEANS_NO for value in values):
                return True
        if _RESPONDERS.search(raw_field(self._mail, "x-mailer")):
            return True
        # Nobody is to answer, but it is no bounce, nor a list's: somebody's program wrote in his name.
        return self._return_path == "<>" and not self.is_of_list

    def _is_out_of_office(self) -> bool:
        """As Exchange marks what a mailbox answers by itself; what a rule only passes on has but the second field."""
        suppress = raw_field(self._mail, "x-auto-response-suppress").strip().lower()
        return suppress == "all" and bool(self._mail.raw("x-ms-exchange-inbox-rules-loop"))

    def is_unanswerable(self) -> bool:
        return self._precedence in _CALLS_ITSELF_BULK or bool(self._mail.raw("x-auto-response-suppress"))


_REPORT_TYPES: Final = ("delivery-status", "disposition-notification", "feedback-report", "tlsrpt")
