"""TLS for IMAP and SMTP: always verified, TLS 1.2 or newer."""

from __future__ import annotations

import hashlib
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import truststore

from deskhelp.domain.errors import DeskTrouble

from .urls import Endpoint


class VerifiedContext(truststore.SSLContext):
    """The system's trust store plus `ca_file`; remembers the file, which OpenSSL cannot tell again."""

    ca_file: Path | None = None


def client_context(ca_file: Path | None = None) -> ssl.SSLContext:
    """A context that verifies chain and name against the system's trust store, plus `ca_file` if given.

    There is no way to get an unverified one. Raises DeskTrouble if `ca_file` cannot be read or holds no
    certificate.
    """
    context = VerifiedContext(ssl.PROTOCOL_TLS_CLIENT)
    context.ca_file = ca_file
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(ca_file))
        except (OSError, ssl.SSLError) as error:
            raise DeskTrouble(
                "The certificate file {file} could not be used.",
                advice="It must hold the certificate of your authority in PEM form.",
                detail=str(error),
                file=ca_file,
            ) from error
    return context


@dataclass(frozen=True, slots=True)
class PeerCertificate:
    """What a server's certificate says of itself."""

    names: tuple[str, ...]
    issuer: str
    sha256: str


def peer_certificate(endpoint: Endpoint, context: ssl.SSLContext, timeout_s: float = 10.0) -> PeerCertificate | None:
    """The certificate of a server whose name did not match, for telling a person; None if it cannot be had.

    The chain is still verified, only the name is not; nothing is said on this connection.
    """
    inquiry = client_context(context.ca_file if isinstance(context, VerifiedContext) else None)
    inquiry.check_hostname = False
    try:
        with (
            _ready_for_tls(endpoint, timeout_s) as plain,
            inquiry.wrap_socket(plain, server_hostname=endpoint.host) as sock,
        ):
            return _described(sock)
    except (OSError, ssl.SSLError, ValueError):
        return None


def _described(sock: ssl.SSLSocket) -> PeerCertificate:
    # getpeercert's documented shapes are finer than its type: pairs, and tuples of tuples of pairs.
    facts: dict[str, Any] = dict(sock.getpeercert() or {})
    names = tuple(str(value) for _, value in facts.get("subjectAltName", ()))
    issuer = ", ".join(str(value) for part in facts.get("issuer", ()) for _, value in part)
    digest = hashlib.sha256(sock.getpeercert(binary_form=True) or b"").hexdigest()
    return PeerCertificate(names, issuer, digest)


def _ready_for_tls(endpoint: Endpoint, timeout_s: float) -> socket.socket:
    sock = socket.create_connection((endpoint.host, endpoint.port), timeout=timeout_s)
    if endpoint.security == "starttls":
        try:
            _ask_for_tls(sock, endpoint)
        except BaseException:
            sock.close()
            raise
    return sock


def _ask_for_tls(sock: socket.socket, endpoint: Endpoint) -> None:
    commands = (b"a STARTTLS",) if endpoint.protocol == "imap" else (b"EHLO localhost", b"STARTTLS")
    sock.recv(4096)
    for command in commands:
        sock.sendall(command + b"\r\n")
        sock.recv(4096)
