"""Server addresses as one line of text: ``imaps://user@host:993``, ``smtp+starttls://user@host:587``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from deskhelp.domain.errors import DeskTrouble

Protocol = Literal["imap", "smtp"]
Security = Literal["tls", "starttls"]

_SCHEMES: dict[str, tuple[Protocol, Security, int]] = {
    "imaps": ("imap", "tls", 993),
    "imap+starttls": ("imap", "starttls", 143),
    "smtps": ("smtp", "tls", 465),
    "smtp+starttls": ("smtp", "starttls", 587),
}
_WITHOUT_TLS = {"imap": "imap+starttls", "smtp": "smtp+starttls"}
_BARE_USER = re.compile(r"(?P<scheme>[a-z+]+://)(?P<user>[^/]*)@(?P<rest>[^/@]*/?)")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a mail server is and as whom to log in; `host` is in its ASCII (IDNA) form."""

    protocol: Protocol
    security: Security
    host: str
    port: int
    user: str

    @property
    def shown_host(self) -> str:
        """The host as people write it, with non-ASCII letters."""
        return readable_domain(self.host)

    def __str__(self) -> str:
        return format_endpoint(self)


def parse_endpoint(text: str) -> Endpoint:
    """The endpoint that `text` names; raises DeskTrouble with a sentence for the person who typed it.

    A plain ``imap://`` or ``smtp://`` is refused: no password leaves without TLS. A user that is an
    address may be written with its ``@`` or percent-encoded; a password in the line is refused too.
    """
    cleaned = _encode_user(text.strip())
    scheme, _, _ = cleaned.partition("://")
    protocol, security, standard_port = _known_scheme(scheme.lower(), text)
    try:
        parts = urlsplit(cleaned)
        port = parts.port or standard_port
        host = ascii_host(parts.hostname or "")
    except ValueError as error:
        raise _malformed(text, str(error)) from error
    if not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise _malformed(text, "host missing, or something after it")
    if parts.password is not None:
        raise DeskTrouble(
            "The address of the server must not contain the password.",
            advice="Leave it out; DeskHelp asks for it and keeps it in the system's keyring.",
        )
    return Endpoint(protocol, security, host, port, unquote(parts.username or ""))


def format_endpoint(endpoint: Endpoint) -> str:
    """The line that `parse_endpoint` reads back to an equal endpoint; the port is always written."""
    scheme = next(s for s, (p, t, _) in _SCHEMES.items() if (p, t) == (endpoint.protocol, endpoint.security))
    user = quote(endpoint.user, safe="") + "@" if endpoint.user else ""
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    return f"{scheme}://{user}{host}:{endpoint.port}"


def standard_port(protocol: Protocol, security: Security) -> int:
    """The registered port (RFC 8314, RFC 9051, RFC 6409)."""
    return next(port for p, s, port in _SCHEMES.values() if (p, s) == (protocol, security))


def ascii_host(host: str) -> str:
    """`host` in the form that DNS and certificates use; ValueError if it cannot be a host name."""
    host = host.strip().rstrip(".").lower()
    if re.search(r"[\s/@<>\"]", host):
        raise ValueError(f"not a host name: {host}")
    return ascii_domain(host)


def ascii_domain(domain: str) -> str:
    """A domain in its ASCII form as browsers and registries have it (IDNA 2008); ValueError if it has none.

    The standard library still follows IDNA 2003, for which straße.de is strasse.de: somebody else's domain.
    """
    if domain.isascii():
        return domain
    import idna  # its tables take longer to load than most programs need them

    return str(idna.encode(domain, uts46=True).decode("ascii"))


def readable_domain(domain: str) -> str:
    """A domain as people write it; as it is where that cannot be told."""
    if "xn--" not in domain.lower():
        return domain
    import idna

    try:
        return str(idna.decode(domain))
    except UnicodeError:
        return domain


def _encode_user(text: str) -> str:
    """`text` with a bare ``@`` inside its user part percent-encoded, as people type their address there."""
    match = _BARE_USER.fullmatch(text)
    if not match or "@" not in match["user"]:
        return text
    return match["scheme"] + match["user"].replace("@", "%40") + "@" + match["rest"]


def _known_scheme(scheme: str, text: str) -> tuple[Protocol, Security, int]:
    if scheme in _WITHOUT_TLS:
        raise DeskTrouble(
            "{url} would send the password unprotected, which DeskHelp never does.",
            advice="Write {safe}:// (TLS after connecting) or {tls}:// (TLS from the start).",
            url=text,
            safe=_WITHOUT_TLS[scheme],
            tls=scheme + "s",
        )
    if scheme not in _SCHEMES:
        raise _malformed(text, f"unknown scheme {scheme!r}")
    return _SCHEMES[scheme]


def _malformed(text: str, detail: str) -> DeskTrouble:
    return DeskTrouble(
        "{url} is not an address of a mail server.",
        advice="Write it like imaps://name@mail.example.org:993 or smtp+starttls://name@mail.example.org:587.",
        detail=detail,
        url=unquote(text),  # as it was typed: forms put it together percent-encoded
    )
