"""Sending one mail, step by step, so that at any moment it is known whether it can have left the house."""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from .smtp_connect import log_in_smtp, open_smtp, reply_text, translated
from .troubles import MailTrouble, dropped
from .urls import Endpoint, ascii_domain

# RFC 5321, 4.5.3.2.6: a server may think ten minutes about a mail after its final dot.
DOT_TIMEOUT_S = 600.0
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_ADDRESS = re.compile(r"[^\s<>,;\"\x00-\x1f]+@[^\s<>@,;\"\x00-\x1f]+|\"[^\"\x00-\x1f\\]+\"@[^\s<>@,;\"\x00-\x1f]+")
_HEADER_END = re.compile(rb"\r?\n\r?\n")


class Phase(Enum):
    """How far a sending has come; told before the step begins."""

    CONNECTING = "connecting"
    ENVELOPE = "envelope"
    PAYLOAD = "payload"


class Outcome(Enum):
    """What became of a mail."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    DEFERRED = "deferred"
    REFUSED = "refused"
    FAILED_BEFORE_PAYLOAD = "failed before payload"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's reply: code as in RFC 5321, and its words as one line."""

    code: int
    text: str

    @property
    def is_for_now(self) -> bool:
        """True if the same may be accepted later (4xx)."""
        return 400 <= self.code < 500

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of a mail, and why.

    `refused` has the recipients who did not get it, with the server's reply to each: all others got it if
    the outcome is ACCEPTED or PARTLY. `reply` is the reply that decided. `trouble` is there for
    FAILED_BEFORE_PAYLOAD and UNCERTAIN; its `retry_helps` tells about the former, the latter must never be
    sent again without asking.
    """

    outcome: Outcome
    reply: Reply | None = None
    refused: Mapping[str, Reply] = field(default_factory=dict)
    trouble: MailTrouble | None = None


class SmtpSender:
    """Sends mails through one server, a connection for each. Blocking; only `interrupt` is for other threads."""

    def __init__(
        self,
        endpoint: Endpoint,
        password: str,
        context: ssl.SSLContext,
        timeout_s: float = 60.0,
        dot_timeout_s: float = DOT_TIMEOUT_S,
    ) -> None:
        self._endpoint = endpoint
        self._password = password
        self._context = context
        self._timeout_s = timeout_s
        self._dot_timeout_s = dot_timeout_s
        self._smtp: smtplib.SMTP | None = None
        self.size_limit = 0
        """The most bytes of a mail that the server takes, as it said when we last sent; 0 if it has not said."""

    def send(self, sender: str, recipients: Sequence[str], raw: bytes, on_phase: Callable[[Phase], None]) -> SendResult:
        """Hand `raw` over for `recipients`; never raises for the world's troubles.

        `on_phase(PAYLOAD)` returns before the first byte of the mail leaves: what it commits is true.
        Line ends become CRLF, the bytes are not changed otherwise. If `on_phase` raises, nothing was sent.
        """
        try:
            on_phase(Phase.CONNECTING)
            self._smtp = smtp = open_smtp(self._endpoint, self._context, self._timeout_s)
            log_in_smtp(smtp, self._endpoint, self._password, self._timeout_s)
            self.size_limit = size_limit_of(smtp)
            on_phase(Phase.ENVELOPE)
            with translated(self._endpoint, self._timeout_s):
                envelope = _Envelope(smtp, sender, recipients, _wire_form(raw))
                early = envelope.offer()
            result = early or self._hand_over(smtp, envelope, on_phase)
            if result.outcome is not Outcome.UNCERTAIN:
                self._say_goodbye(smtp)
            return result
        except MailTrouble as trouble:
            return SendResult(Outcome.FAILED_BEFORE_PAYLOAD, trouble=trouble)
        finally:
            if self._smtp:
                self._smtp.close()
            self._smtp = None

    def interrupt(self) -> None:
        """From another thread: break the connection; `send` returns soon, with what is then known."""
        smtp = self._smtp
        if smtp and smtp.sock:
            # Not SSLSocket.shutdown: it takes the TLS layer away under the other thread's hands.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(smtp.sock, socket.SHUT_RDWR)

    def _hand_over(self, smtp: smtplib.SMTP, envelope: _Envelope, on_phase: Callable[[Phase], None]) -> SendResult:
        on_phase(Phase.PAYLOAD)
        try:
            with translated(self._endpoint, self._dot_timeout_s):
                smtp.send(envelope.payload)
                if smtp.sock:
                    smtp.sock.settimeout(max(self._dot_timeout_s, self._timeout_s))
                reply = _reply(smtp.getreply())
        except MailTrouble as trouble:
            return SendResult(Outcome.UNCERTAIN, refused=envelope.refused, trouble=trouble)
        if reply.code == -1:  # smtplib's word for a reply without a code
            unclear = dropped(self._endpoint, reply.text)
            return SendResult(Outcome.UNCERTAIN, refused=envelope.refused, trouble=unclear)
        return envelope.settled(reply)

    @staticmethod
    def _say_goodbye(smtp: smtplib.SMTP) -> None:
        """QUIT; what comes of it changes nothing."""
        with contextlib.suppress(OSError):
            if smtp.sock:
                smtp.sock.settimeout(2.0)
            smtp.quit()


class _Envelope:
    """One mail on its way through MAIL, RCPT and DATA."""

    def __init__(self, smtp: smtplib.SMTP, sender: str, recipients: Sequence[str], payload: bytes) -> None:
        self._smtp = smtp
        self._sender = sender
        self._recipients = list(dict.fromkeys(recipients))
        self.payload = payload
        self.refused: dict[str, Reply] = {}

    def offer(self) -> SendResult | None:
        """Everything before the first byte of the mail; a result if the server does not want it."""
        if too_large := self._too_large():
            return SendResult(Outcome.REFUSED, too_large, self._all(too_large))
        sender = self._spelled(self._sender)
        if sender is None:
            return SendResult(Outcome.REFUSED, NOT_AN_ADDRESS, self._all(NOT_AN_ADDRESS))
        reply = _reply(self._smtp.mail(sender, self._options()))
        if reply.code != 250:
            return _declined(reply, self._all(reply))
        for recipient in self._recipients:
            self._offer_recipient(recipient)
        if len(self.refused) == len(self._recipients):
            deciding = next((r for r in self.refused.values() if r.is_for_now), None)
            return _declined(deciding or next(iter(self.refused.values()), NOT_AN_ADDRESS), self.refused)
        reply = _reply(self._smtp.docmd("DATA"))
        return None if reply.code == 354 else _declined(reply, self._all(reply))

    def settled(self, reply: Reply) -> SendResult:
        """The result once the server has replied to the final dot."""
        if not 200 <= reply.code < 300:
            return _declined(reply, self._all(reply))
        return SendResult(Outcome.PARTLY if self.refused else Outcome.ACCEPTED, reply, self.refused)

    def _offer_recipient(self, recipient: str) -> None:
        spelled = self._spelled(recipient)
        if spelled is None:
            self.refused[recipient] = NOT_AN_ADDRESS
            return
        reply = _reply(self._smtp.rcpt(spelled))
        if reply.code == 421:
            raise smtplib.SMTPResponseException(reply.code, reply.text)
        if reply.code not in (250, 251):
            self.refused[recipient] = reply

    def _too_large(self) -> Reply | None:
        limit = size_limit_of(self._smtp)
        if not 0 < limit < len(self.payload):
            return None
        size_mb, limit_mb = len(self.payload) / 1e6, limit / 1e6
        return Reply(552, f"The mail has {size_mb:.1f} MB, the server takes {limit_mb:.1f} MB at most.")

    def _options(self) -> list[str]:
        options = []
        if self._smtp.has_extn("size"):
            options.append(f"size={len(self.payload)}")
        if self._smtp.has_extn("8bitmime") and not self.payload.isascii():
            options.append("BODY=8BITMIME")
        if self._smtp.has_extn("smtputf8") and self._needs_utf8():
            options.append("SMTPUTF8")
            self._smtp.command_encoding = "utf-8"
        return options

    def _needs_utf8(self) -> bool:
        header = _HEADER_END.split(self.payload, maxsplit=1)[0]
        addresses = [self._spelled(one) or "" for one in (self._sender, *self._recipients)]
        return not (header.isascii() and all(one.isascii() for one in addresses))

    def _spelled(self, address: str) -> str | None:
        """`address` as it goes over the wire; None if it is none, or beyond what this server can spell."""
        if not address:  # the empty sender of automatic mail
            return address
        if not _ADDRESS.fullmatch(address):
            return None
        local, _, domain = address.rpartition("@")
        try:
            domain = ascii_domain(domain)
        except ValueError:
            return None
        if not local.isascii() and not self._smtp.has_extn("smtputf8"):
            return None
        return f"{local}@{domain}"

    def _all(self, reply: Reply) -> dict[str, Reply]:
        return dict.fromkeys(self._recipients, reply) | self.refused


def size_limit_of(smtp: smtplib.SMTP) -> int:
    """What the server says of the size of mails (RFC 1870), in bytes; 0 if nothing."""
    said = smtp.esmtp_features.get("size", "").strip()
    return int(said) if said.isdigit() else 0


NOT_AN_ADDRESS = Reply(553, "This is not an address that the server can deliver to.")


def _declined(reply: Reply, refused: Mapping[str, Reply]) -> SendResult:
    return SendResult(Outcome.DEFERRED if reply.is_for_now else Outcome.REFUSED, reply, dict(refused))


def _reply(answer: tuple[int, bytes]) -> Reply:
    return Reply(answer[0], reply_text(answer[1]))


def _wire_form(raw: bytes) -> bytes:
    """`raw` with CRLF line ends and doubled leading dots, closed by the final dot (RFC 5321, 4.5.2).

    Bare CR and LF go too: what two servers read differently there smuggles mail past the first one.
    """
    text = _LINE_END.sub(b"\r\n", raw)
    if not text.endswith(b"\r\n"):
        text += b"\r\n"
    return _LEADING_DOT.sub(b"..", text) + b".\r\n"
