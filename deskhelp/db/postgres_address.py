"""Where a team's PostgreSQL is and how it is spoken to: ``postgresql://USER@HOST:PORT/DATABASE?sslmode=…``."""

from __future__ import annotations

import atexit
import contextlib
import functools
import ipaddress
import os
import ssl
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from deskhelp.domain.errors import DeskTrouble

PORT: Final = 5432
# Whatever else libpq takes could send the connection elsewhere or carry a secret.
_KEYS: Final = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey"})
_MODES: Final = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
_LASTING: Final = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "DeskHelp",
    "gssencmode": "disable",  # it would come before TLS, and past what sslmode demands
}


# Empty, not missing: else PGHOSTADDR or PGPASSWORD would send us, or a password, elsewhere.
_NOT_FROM_OUTSIDE: Final = {"hostaddr": "", "password": ""}
_USUAL_ROOTS: Final = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


@dataclass(frozen=True, slots=True)
class Address:
    """A database, without any password. `host` is "" for the socket of this computer, `user` for the system's name."""

    host: str
    port: int
    database: str
    user: str
    tls: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.database} at {self.host or 'localhost'}:{self.port}"

    @property
    def is_local(self) -> bool:
        """Whether nothing leaves this computer."""
        with contextlib.suppress(ValueError):
            return ipaddress.ip_address(self.host).is_loopback
        return self.host in ("", "localhost")

    def parameters(self) -> dict[str, Any]:
        """What libpq is told, except the password. Another computer must prove by its certificate who it is."""
        tls = {"sslmode": "prefer" if self.is_local else "verify-full", **dict(self.tls)}
        if tls["sslmode"].startswith("verify"):
            tls.setdefault("sslrootcert", _trusted_roots())
        told = {"port": self.port, "user": self.user, **tls}
        return (
            _LASTING | _NOT_FROM_OUTSIDE | {"host": self.host} | {name: value for name, value in told.items() if value}
        )


def address_of(url: str) -> Address:
    """The parts of a ``postgresql://`` address; DeskTrouble if it has others. A password in it is passed over."""
    found = _split(url.strip())
    if found is None:  # raised here, not where it was noticed: Python's words may show what was meant as a password
        raise DeskTrouble(
            "The address of the team's database cannot be read.",
            advice="It is written postgresql://USER@HOST:PORT/DATABASE; signs like @ / ? # in a password are written "
            "%40 %2F %3F %23.",
        )
    for name, value in found.tls:
        if name not in _KEYS or (name == "sslmode" and value not in _MODES):
            raise DeskTrouble(
                "“{name}” in the address of the team's database is not understood.",
                advice="After the question mark may stand: {known}.",
                name=name,
                known=", ".join(sorted(_KEYS)),
            )
    return found


def _split(url: str) -> Address | None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORT
        host.encode("idna")
        tls = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        return None
    database = unquote(parts.path).strip("/")
    if parts.scheme != "postgresql" or not database or set("/@") & set(database) or parts.fragment:
        return None
    return Address(host, port, database, unquote(parts.username or ""), tuple(tls))


@functools.cache
def _trusted_roots() -> str:
    """The file of the authorities that this computer trusts: the libpq that comes with psycopg does not know it."""
    # A packaged Python looks for them where they were when it was built.
    known = (ssl.get_default_verify_paths().cafile, *_USUAL_ROOTS)
    for place in known:
        if place and Path(place).is_file():
            return place
    certificates = ssl.create_default_context().get_ca_certs(binary_form=True)  # Windows: those of its own store
    if not certificates:
        return "system"
    handle, name = tempfile.mkstemp(prefix="deskhelp-", suffix=".pem")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.writelines(map(ssl.DER_cert_to_PEM_cert, certificates))
    atexit.register(Path(name).unlink, missing_ok=True)
    return name
