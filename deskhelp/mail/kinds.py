"""Who wrote a mail: a person, or which kind of machine; by headers first (RFC 3834, 3464, 2919, 5230)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum
from typing import Final

from .heads import Address, header_ids, raw_text
from .parts import Contents, content_type


class Kind(StrEnum):
    PERSON = "person"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    MAILING_LIST = "mailing_list"
    CALENDAR = "calendar"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Bounced:
    """One recipient that a bounce speaks of; `status` is an enhanced code such as 5.1.1 or ""."""

    address: str
    status: str
    permanent: bool
    original_message_id: str


_DAEMON: Final = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|mdaemon|bounce[sd]?([+._-].*)?)@", re.IGNORECASE)
_NO_REPLY: Final = re.compile(
    r"(no|do-?not|don-?t)[._-]?reply|notifications?@|notify@|robot@|auto[._-]?(reply|mail)@", re.I
)
_OUT_OF_OFFICE: Final = re.compile(
    r"^\s*(auto(matic)?[ -]?(reply|response|antwort)|out of (the )?office|автоответ|автоматический ответ|вне офиса"
    r"|я в отпуске|в отпуске|abwesenheit|automatische antwort|réponse automatique|absence du bureau|respuesta automática"
    r"|risposta automatica|resposta automática|automatisch antwoord|autosvar|automatická odpověď|自动回复|自動返信)",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT: Final = re.compile(
    r"undeliver|delivery (status notification|failure|has failed|failed)|returned mail|mail delivery (failed|subsystem)"
    r"|failure notice|не доставлено|недоставленное|не удалось доставить|ошибка доставки|unzustellbar",
    re.IGNORECASE,
)
_STATUS: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_ORIGINAL_ID: Final = re.compile(r"^Message-ID:\s*<([^<>\s]+)>", re.IGNORECASE | re.MULTILINE)
_FAILED_ADDRESS: Final = re.compile(r"<?([\w.+=-]+@[\w-]+(?:\.[\w-]+)+)>?")


def kind_of(mail: Message, contents: Contents, sender: Address, subject: str) -> tuple[Kind, tuple[Bounced, ...]]:
    """The kind of a mail, and whom it did not reach if it is a bounce."""
    if contents.reports or _is_report_type(mail, "delivery-status"):
        bounced = _from_reports(contents)
        if bounced or contents.reports:
            failed = any(_is_failure(item) for item in bounced)
            return (Kind.BOUNCE if failed else Kind.REPORT), bounced
    if _is_report_type(mail, "feedback-report") or _is_report_type(mail, "disposition-notification"):
        return Kind.REPORT, ()
    if _looks_like_bounce(mail, sender, subject):
        return Kind.BOUNCE, _from_text(contents)
    if _is_auto_reply(mail, subject):
        return Kind.AUTO_REPLY, ()
    if contents.calendars or content_type(mail) == "text/calendar":
        return Kind.CALENDAR, ()
    if mail.get("List-Id") or mail.get("List-Unsubscribe") or _precedence(mail) in ("bulk", "list", "junk"):
        return Kind.MAILING_LIST, ()
    return Kind.PERSON, ()


def may_auto_reply(mail: Message, kind: Kind, sender: Address, return_path: str | None) -> bool:
    """Whether an automatic answer may go to this mail (RFC 3834 section 2)."""
    suppress = raw_text(mail.get("X-Auto-Response-Suppress", "")).lower()
    return not (
        kind is not Kind.PERSON
        or return_path == ""
        or not sender.address
        or _DAEMON.match(sender.address)
        or _NO_REPLY.search(sender.address)
        or any(word in suppress for word in ("all", "autoreply", "oof"))
        or mail.get("X-Loop")
        or mail.get("Feedback-ID")
    )


def _is_auto_reply(mail: Message, subject: str) -> bool:
    submitted = raw_text(mail.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    if submitted not in ("no", ""):
        return True
    if mail.get("X-Autoreply") or mail.get("X-Autorespond") or mail.get("X-Autoresponder"):
        return True
    return _precedence(mail) == "auto_reply" or bool(_OUT_OF_OFFICE.match(subject))


def _precedence(mail: Message) -> str:
    return raw_text(mail.get("Precedence", "")).strip().lower()


def _is_report_type(mail: Message, kind: str) -> bool:
    if content_type(mail) != "multipart/report":
        return False
    return kind in raw_text(mail.get("Content-Type", "")).lower()


def _looks_like_bounce(mail: Message, sender: Address, subject: str) -> bool:
    if mail.get("X-Failed-Recipients"):
        return True
    from_daemon = bool(_DAEMON.match(sender.address)) or raw_text(mail.get("Return-Path", "x")).strip() == "<>"
    return from_daemon and bool(_BOUNCE_SUBJECT.search(subject))


def _is_failure(item: Bounced) -> bool:
    return item.permanent or not item.status.startswith(("2", "4"))


def _from_reports(contents: Contents) -> tuple[Bounced, ...]:
    original = _original_id(contents)
    found = []
    for report in contents.reports:
        payload = report.get_payload()
        for block in payload if isinstance(payload, list) else []:
            if not isinstance(block, Message):
                continue
            recipient = raw_text(block.get("Final-Recipient") or block.get("Original-Recipient") or "")
            if not recipient:
                continue
            status = _STATUS.search(raw_text(block.get("Status", "")))
            action = raw_text(block.get("Action", "")).strip().lower()
            code = status.group() if status else ""
            permanent = action == "failed" and not code.startswith("4")
            found.append(Bounced(recipient.rpartition(";")[2].strip().strip("<>"), code, permanent, original))
    return tuple(found)


def _from_text(contents: Contents) -> tuple[Bounced, ...]:
    text = "\n".join(contents.texts)[:20_000]
    address = _FAILED_ADDRESS.search(text)
    status = _STATUS.search(text)
    code = status.group() if status else ""
    if not address:
        return ()
    return (Bounced(address[1], code, not code.startswith("4"), _original_id(contents)),)


def _original_id(contents: Contents) -> str:
    for inner in contents.embedded:
        ids: Sequence[str] = header_ids(inner.get_all("Message-ID", []))
        if ids:
            return ids[0]
    found = _ORIGINAL_ID.search("\n".join(contents.texts))
    return found[1] if found else ""
