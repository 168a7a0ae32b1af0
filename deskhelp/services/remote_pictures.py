"""Pictures of the network for a mail whose reader asked for them: over HTTPS alone, from public addresses alone, and
nothing is told of who asks (no cookie, no referrer, no name of this program or its version)."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from deskhelp.domain.links import encoded

MAX_BYTES: Final = 5_000_000
MAX_ALL_BYTES: Final = 25_000_000
MAX_PICTURES: Final = 60
MAX_REDIRECTS: Final = 4
TIMEOUT_S: Final = 10.0
ALL_S: Final = 30.0
AT_ONCE: Final = 4
_MAGIC: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
# Addresses of IPv6 that carry one of IPv4 in their end: translated (RFC 6052), and compatible (RFC 4291, 2.5.5.1).
_CARRIERS: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_of_thread = threading.local()
Resolve = Callable[[str, int], list[str]]


class _NotTaken(Exception):
    """A picture that is not fetched or not taken; why is for the log of a developer only."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """How pictures are fetched. `new_context` makes a TLS context for each thread (one shared would let a server that
    says nothing hold up all others); `resolve` gives the addresses of a host, `is_allowed` which may be asked."""

    new_context: Callable[[], ssl.SSLContext]
    resolve: Resolve
    is_allowed: Callable[[str], bool]

    def fetch(self, urls: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The pictures that could be had, each as it comes; the others are passed over."""
        deadline = time.monotonic() + ALL_S
        wanted = list(dict.fromkeys(urls))[:MAX_PICTURES]
        room = MAX_ALL_BYTES
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pictures") as pool:
            asked = {pool.submit(self._one, url, deadline): url for url in wanted}
            for done in as_completed(asked):
                try:
                    data = done.result()
                except (_NotTaken, OSError, http.client.HTTPException, ValueError):
                    continue
                room -= len(data)
                if room >= 0:
                    yield asked[done], data

    def _one(self, url: str, deadline: float) -> bytes:
        for _ in range(MAX_REDIRECTS):
            if time.monotonic() > deadline:
                raise _NotTaken("no time left")
            status, headers, data = self._ask(url, deadline)
            if status not in _MOVED:
                break
            url = urljoin(url, headers.get("Location", ""))
        if status != http.client.OK or not is_picture(data):
            raise _NotTaken("no picture")
        return data

    def _ask(self, url: str, deadline: float) -> tuple[int, http.client.HTTPMessage, bytes]:
        """One request; a plain address is asked for over TLS instead, or not at all."""
        parts = urlsplit(url)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username:
            raise _NotTaken("not an address of the web")
        host = encoded(parts.hostname)
        port = parts.port if parts.scheme.lower() == "https" and parts.port else 443
        patience = min(TIMEOUT_S, max(0.1, deadline - time.monotonic()))
        connection = _Pinned(host, port, self._address(host, port), self._context(), patience)
        try:
            path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
                f"?{_query(parts.query)}" if parts.query else ""
            )
            connection.request("GET", path, headers={"Accept": "image/png,image/jpeg,image/gif,image/webp"})
            with closing(connection.getresponse()) as response:
                return response.status, response.headers, _read(response, deadline)
        finally:
            connection.close()

    def _context(self) -> ssl.SSLContext:
        if getattr(_of_thread, "maker", None) is not self.new_context:
            _of_thread.maker, _of_thread.context = self.new_context, self.new_context()
        found: ssl.SSLContext = _of_thread.context
        return found

    def _address(self, host: str, port: int) -> str:
        """The address to connect to; all of a host's must be allowed, so that none is slipped in between."""
        found = self.resolve(host, port)
        if not found or not all(self.is_allowed(address) for address in found):
            raise _NotTaken("an address inside a network")
        return found[0]


def _query(text: str) -> str:
    return quote(text, safe="/%:@!$&'()*+,;=~-._?")


def _read(response: http.client.HTTPResponse, deadline: float) -> bytes:
    pieces, size = [], 0
    while piece := response.read1(65_536):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_BYTES or time.monotonic() > deadline:
            raise _NotTaken("too large or too slow")
    return b"".join(pieces)


class _Pinned(http.client.HTTPSConnection):
    """A connection to an address that was looked at: the name is not resolved once more."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext, patience_s: float) -> None:
        super().__init__(host, port, timeout=patience_s, context=context)
        self._address, self._tls = address, context

    def connect(self) -> None:
        """Connect and verify the certificate for the name."""
        raw = socket.create_connection((self._address, self.port), self.timeout)
        try:
            self.sock = self._tls.wrap_socket(raw, server_hostname=self.host)
        except BaseException:
            raw.close()
            raise


def fetcher() -> Fetcher:
    """The fetcher of the program: the system's trust store and resolver, public addresses."""
    from deskhelp.mail.tls import client_context

    return Fetcher(client_context, resolved, is_public)


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an address is one of the public network: a mail must not reach into the office's own."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if any(found in network for network in _CARRIERS):
        inner = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)


def is_picture(data: bytes) -> bool:
    """Whether bytes begin as a picture of a kind that is shown."""
    return data.startswith(_MAGIC) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
