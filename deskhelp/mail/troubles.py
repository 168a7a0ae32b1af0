"""What goes wrong between us and a mail server, in plain words; libraries' errors end here."""

from __future__ import annotations

import re
import socket
import ssl
from enum import Enum

from deskhelp.domain.errors import DeskTrouble

from .tls import peer_certificate
from .urls import Endpoint


class Kind(Enum):
    """What sort of trouble; `retry_helps` on MailTrouble says whether waiting can cure it."""

    AUTH = "auth"
    NETWORK = "network"
    TLS = "tls"
    FOLDER = "folder"
    THROTTLED = "throttled"
    PROTOCOL = "protocol"


class MailTrouble(DeskTrouble):
    """A mail server is in the way. Catch this, and ask `kind` and `retry_helps`."""

    kind: Kind = Kind.PROTOCOL

    @property
    def retry_helps(self) -> bool:
        """True if the same may work later without anybody doing something."""
        return self.kind in (Kind.NETWORK, Kind.THROTTLED, Kind.PROTOCOL)


class AuthTrouble(MailTrouble):
    """The server refuses this user or password; trying again risks a lock-out."""

    kind = Kind.AUTH


class NetworkTrouble(MailTrouble):
    """The server cannot be reached, or the connection ended.

    `uids` are the mails that were being fetched at that moment: a single one that does it again and again
    is to be set aside.
    """

    kind = Kind.NETWORK
    uids: tuple[int, ...] = ()


class TlsTrouble(MailTrouble):
    """The connection cannot be trusted; nothing secret was sent."""

    kind = Kind.TLS


class FolderTrouble(MailTrouble):
    """The folder is not there, or may not be opened."""

    kind = Kind.FOLDER


class ThrottledTrouble(MailTrouble):
    """The server wants us to come back later: too many connections, quota, maintenance."""

    kind = Kind.THROTTLED


class ProtocolTrouble(MailTrouble):
    """The server said something that we cannot use."""

    kind = Kind.PROTOCOL


RETRIES = "DeskHelp tries again by itself."
_LATER = re.compile(
    r"\[(LIMIT|UNAVAILABLE|INUSE|OVERQUOTA|SERVERBUG|SYS/TEMP|THROTTLED)|too many|maximum number of conn|"
    r"temporar|try again|rate limit|bandwidth|exceeded|throttl",
    re.IGNORECASE,
)
_NAME_MISMATCH = frozenset((62, 64))  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH
_EXPIRED, _NOT_YET_VALID = 10, 9
_SELF_SIGNED = frozenset((18, 19))


def asks_to_come_later(answer: str) -> bool:
    """True if a server's refusal is about now, not about us (RFC 5530 codes and what servers write)."""
    return bool(_LATER.search(answer))


def unprintable_removed(answer: bytes | str) -> str:
    """A server's words as one line of plain text."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:500]


def network_trouble(
    error: OSError, endpoint: Endpoint, context: ssl.SSLContext | None, timeout_s: float
) -> MailTrouble:
    """The trouble behind an operating system's error while connecting or talking to `endpoint`."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate_trouble(error, endpoint, context)
    if isinstance(error, ssl.SSLError) and not isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return TlsTrouble(
            "{host} and DeskHelp could not agree on a protected connection on port {port}.",
            advice="Check port and kind of protection: TLS usually is on port {tls_port}.",
            detail=str(error),
            host=endpoint.shown_host,
            port=endpoint.port,
            tls_port=993 if endpoint.protocol == "imap" else 465,
        )
    if isinstance(error, (socket.gaierror, UnicodeError)):
        return NetworkTrouble(
            "The server name {host} was not found.",
            advice="Check its spelling, and whether this computer is online. " + RETRIES,
            detail=str(error),
            host=endpoint.shown_host,
        )
    return _connection_trouble(error, endpoint, timeout_s)


def _connection_trouble(error: OSError, endpoint: Endpoint, timeout_s: float) -> MailTrouble:
    fields: dict[str, object] = {"host": endpoint.shown_host, "port": endpoint.port}
    if isinstance(error, ConnectionRefusedError):
        return NetworkTrouble(
            "{host} takes no connections on port {port}.",
            advice="Check the port; or the server is just down. " + RETRIES,
            detail=str(error),
            **fields,
        )
    if isinstance(error, TimeoutError):
        return NetworkTrouble(
            "{host} did not answer on port {port} within {seconds} seconds.",
            advice="A firewall may be in between, or the network is slow. " + RETRIES,
            detail=str(error),
            seconds=f"{timeout_s:g}",
            **fields,
        )
    if isinstance(error, (ConnectionError, ssl.SSLError)):
        return dropped(endpoint, str(error))
    return NetworkTrouble(
        "{host} cannot be reached on port {port}.",
        advice="Check whether this computer is online. " + RETRIES,
        detail=str(error),
        **fields,
    )


def dropped(endpoint: Endpoint, detail: str) -> NetworkTrouble:
    """The server, or something between, ended the connection."""
    return NetworkTrouble(
        "The connection to {host} broke off.",
        advice=RETRIES + " Nothing is lost.",
        detail=unprintable_removed(detail),
        host=endpoint.shown_host,
    )


def throttled(endpoint: Endpoint, answer: str) -> ThrottledTrouble:
    """The server asked for a pause; its words are the detail."""
    return ThrottledTrouble(
        "{host} asks to come back later: {answer}",
        advice="DeskHelp waits and tries again by itself.",
        detail=answer,
        host=endpoint.shown_host,
        answer=answer,
    )


def tls_missing(endpoint: Endpoint) -> TlsTrouble:
    """The server offers no STARTTLS."""
    return TlsTrouble(
        "{host} offers no protected connection on port {port}, so the password was not sent.",
        advice="Try TLS from the start on port {tls_port}, or ask the server's administrator.",
        host=endpoint.shown_host,
        port=endpoint.port,
        tls_port=993 if endpoint.protocol == "imap" else 465,
    )


def _certificate_trouble(
    error: ssl.SSLCertVerificationError, endpoint: Endpoint, context: ssl.SSLContext | None
) -> TlsTrouble:
    code = getattr(error, "verify_code", 0)
    message = getattr(error, "verify_message", "") or str(error)
    host = endpoint.shown_host
    if code in _NAME_MISMATCH:
        return _wrong_name(endpoint, context, message)
    if code == _EXPIRED:
        return TlsTrouble(
            "The certificate of {host} has expired.",
            advice="Check this computer's date and time; if they are right, tell the server's administrator.",
            detail=message,
            host=host,
        )
    if code == _NOT_YET_VALID:
        return TlsTrouble(
            "The certificate of {host} is not valid yet.",
            advice="Check this computer's date and time.",
            detail=message,
            host=host,
        )
    if code in _SELF_SIGNED:
        return TlsTrouble(
            "{host} shows a certificate that it signed itself, so nobody vouches for it.",
            advice="If it is your own server, give its certificate as the CA file of this account.",
            detail=message,
            host=host,
        )
    return TlsTrouble(
        "The certificate of {host} cannot be trusted.",
        advice="If your organisation has an authority of its own, give its certificate as the CA file.",
        detail=message,
        host=host,
    )


def _wrong_name(endpoint: Endpoint, context: ssl.SSLContext | None, message: str) -> TlsTrouble:
    found = peer_certificate(endpoint, context) if context else None
    names = ", ".join(found.names[:5]) if found else ""
    detail = f"issuer: {found.issuer}; SHA-256: {found.sha256}" if found else message
    return TlsTrouble(
        "The server {host} shows a certificate for another name: {names}.",
        advice="Use the name in the certificate if it is the same server; else somebody may be listening in.",
        detail=detail,
        host=endpoint.shown_host,
        names=names or "?",
    )
