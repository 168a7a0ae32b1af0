"""Names that every client derives alike: messages, tickets, codes, and our own Message-IDs.

No counter and no clock takes part, so two clients that read the same mail name it the same (decision 0002).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .codes import ID_LENGTH


def digest(*parts: str) -> str:
    """32 hexadecimal digits that stand for the parts, in their order."""
    pieces: list[bytes] = []
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        pieces += (len(data).to_bytes(8, "big"), data)
    return hashlib.blake2b(b"".join(pieces), digest_size=ID_LENGTH // 2).hexdigest()


def blob_id(data: bytes) -> str:
    """The name of a blob: 32 hexadecimal digits of its content."""
    return hashlib.blake2b(data, digest_size=ID_LENGTH // 2).hexdigest()


def mailbox_id(address: str) -> str:
    """The id of a shared mailbox, the same on every client that uses this address."""
    return digest("mailbox", address.strip().casefold())


@dataclass(frozen=True, slots=True)
class MailKeys:
    """The two keys of a mail: `coarse` names the mail, `fine` also its content; `message_id` is our id of it."""

    coarse: str
    fine: str

    @property
    def message_id(self) -> str:
        return digest("message", self.coarse, self.fine)


def mail_keys(
    mailbox: str,
    *,
    header_id: str,
    raw_date: str,
    sender: str,
    recipients: str,
    subject: str,
    received: str,
    content: str,
) -> MailKeys:
    """The keys of a mail in `mailbox`; `content` is a digest of its decoded text and attachments.

    A mail without Message-ID is named by all that its sender and our server wrote into it, since
    names of one second's resolution lose mail.
    """
    sender = sender.strip().casefold()
    if header_id:
        coarse = digest("mail", mailbox, header_id, raw_date, sender)
    else:
        coarse = digest(
            "mail-without-id",
            mailbox,
            raw_date,
            sender,
            recipients,
            subject,
            received,
            content,
        )
    return MailKeys(coarse, digest("content", coarse, content))


def ticket_id_of(message_id: str) -> str:
    """The ticket that a message would start."""
    return digest("ticket", message_id)


def human_event_id(replica: str, place: str) -> str:
    """The id of what a person did; `place` is never used twice by a replica."""
    return digest("event", replica, place)


def derived_event_id(kind: str, *inputs: str) -> str:
    return digest("derived", kind, *inputs)


# -- our own Message-IDs -------------------------------------------------------------------------

_OWN: Final = re.compile(r"dh\.([0-9a-f]{32})\.([0-9a-f]{16})\.([0-9a-f]{16})@")


def _signature(ticket_id: str, nonce: str, key: bytes) -> str:
    return hmac.new(key, f"{ticket_id}.{nonce}".encode(), hashlib.sha256).hexdigest()[:16]


def own_header_id(ticket_id: str, message_id: str, key: bytes, domain: str) -> str:
    """The Message-ID header (without angle brackets) of a mail of ours: it names its ticket, signed."""
    nonce = message_id[:16]
    return f"dh.{ticket_id}.{nonce}.{_signature(ticket_id, nonce, key)}@{domain}"


def ticket_of_own_header_id(header_id: str, key: bytes) -> str | None:
    """The ticket that a Message-ID of ours names, or None if it is not ours or not rightly signed."""
    match = _OWN.match(header_id)
    if not match:
        return None
    ticket_id, nonce, signature = match.groups()
    return ticket_id if hmac.compare_digest(signature, _signature(ticket_id, nonce, key)) else None


def ticket_of_own_references(header_ids: Sequence[str], key: bytes) -> str | None:
    """The ticket that the newest rightly signed reference names."""
    found = (ticket_of_own_header_id(header_id, key) for header_id in reversed(header_ids))
    return next((ticket for ticket in found if ticket), None)
