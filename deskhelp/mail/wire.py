"""The bytes under an IMAP session: imaplib's protocol on a socket and a buffer of our own.

Ours, because imaplib's stops at lines of 1,000,000 bytes, cannot wait for IDLE without losing its place,
takes any literal a server announces, and is not woken safely from another thread.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import selectors
import socket
import ssl
from typing import TYPE_CHECKING, Any

from imapclient import IMAPClient

from .urls import Endpoint

if TYPE_CHECKING:
    from typing_extensions import Buffer

LINE_LIMIT = 16 * 1024 * 1024
_CHUNK = 64 * 1024
_ALERT = re.compile(rb"\S+ (?:OK|NO|BAD|BYE|PREAUTH) \[ALERT\] ?(?P<text>.*)", re.IGNORECASE)
_KEEPALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}


class Wire(imaplib.IMAP4):
    """One IMAP connection. `alerts` are the server's [ALERT] texts said under TLS, oldest first.

    `received` and `sent` count bytes of IMAP, without TLS. `literal_limit` bounds what a server may
    announce; beyond it the connection is given up with imaplib's abort.
    """

    def __init__(self, endpoint: Endpoint, context: ssl.SSLContext, timeout_s: float) -> None:
        self._context = context
        self._implicit_tls = endpoint.security == "tls"
        self._buffer = bytearray()
        self._chunk = memoryview(bytearray(_CHUNK))  # used again and again: fresh memory costs more than reading
        self._waker, self._wake_reader = socket.socketpair()
        self.alerts: list[str] = []
        self.received = self.sent = 0
        self.literal_limit = 128 * 1024 * 1024
        try:
            super().__init__(endpoint.host, endpoint.port, timeout_s)
        except BaseException:
            self._close_waker()
            raise

    # ---- imaplib's hooks

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        self.host, self.port = host, port
        plain = socket.create_connection((host, port), timeout=timeout)
        try:
            _keep_alive(plain)
            # A literal's end goes out on its own: it would wait for the server to acknowledge the literal, 40 ms.
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.sock = self._wrapped(plain) if self._implicit_tls else plain
        except BaseException:
            plain.close()
            raise

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> Any:
        """STARTTLS with the context given at the start; words said ahead of TLS are not believed."""
        status, answer = self._simple_command("STARTTLS")
        if status != "OK":
            raise self.error("STARTTLS refused")
        if self._buffer:  # CVE-2011-0411: somebody in between added commands of his own
            raise self.abort("data before TLS began")
        self.sock = self._wrapped(self.sock)
        self._tls_established = True
        self._get_capabilities()
        return status, answer

    def read(self, size: int) -> bytes:
        if size > self.literal_limit:
            raise self.abort(f"literal of {size} bytes announced")
        while len(self._buffer) < size:
            self._fill()
        return self._take(size)

    def readline(self) -> bytes:
        start = 0
        while (end := self._buffer.find(b"\n", start)) < 0:
            start = len(self._buffer)
            if start > LINE_LIMIT:
                raise self.abort(f"line of more than {LINE_LIMIT} bytes")
            self._fill()
        line = self._take(end + 1)
        if b"[ALERT]" in line[:40].upper() and (alert := _ALERT.match(line)) and self.is_protected:
            self.alerts.append(alert["text"].decode("utf-8", "replace").strip())
        return line

    def send(self, data: Buffer) -> None:
        self.sock.sendall(data)
        self.sent += memoryview(data).nbytes

    def shutdown(self) -> None:
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()
        self._close_waker()

    # ---- ours

    @property
    def is_protected(self) -> bool:
        return isinstance(self.sock, ssl.SSLSocket)

    def wait(self, timeout_s: float) -> bool:
        """True once the server has said something; False after `timeout_s` seconds or a `wake`."""
        if self._buffer or (isinstance(self.sock, ssl.SSLSocket) and self.sock.pending()):
            return True
        with selectors.DefaultSelector() as selector:
            selector.register(self.sock, selectors.EVENT_READ)
            selector.register(self._wake_reader, selectors.EVENT_READ)
            ready = {key.fileobj for key, _ in selector.select(timeout_s)}
        if self._wake_reader in ready:
            self._wake_reader.recv(64)
        return self.sock in ready

    def wake(self) -> None:
        """End a `wait` of another thread; the connection stays usable."""
        with contextlib.suppress(OSError):
            self._waker.send(b"!")

    def sever(self) -> None:
        """End the connection from another thread: whoever reads or writes gets an error at once."""
        # Not SSLSocket.shutdown: it takes the TLS layer away under the other thread's hands.
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
        self.wake()

    def _wrapped(self, plain: socket.socket) -> ssl.SSLSocket:
        return self._context.wrap_socket(plain, server_hostname=self.host)

    def _fill(self) -> None:
        size = self.sock.recv_into(self._chunk)
        if not size:
            raise self.abort("the server closed the connection")
        self.received += size
        self._buffer += self._chunk[:size]

    def _take(self, size: int) -> bytes:
        with memoryview(self._buffer) as view:
            data = bytes(view[:size])
        del self._buffer[:size]
        return data

    def _close_waker(self) -> None:
        self._waker.close()
        self._wake_reader.close()


class WireClient(IMAPClient):  # type: ignore[misc,unused-ignore]
    """imapclient's commands on a `Wire`."""

    def __init__(self, endpoint: Endpoint, context: ssl.SSLContext, timeout_s: float) -> None:
        self._endpoint = endpoint
        self._wire_timeout_s = timeout_s
        super().__init__(
            endpoint.host,
            endpoint.port,
            ssl=endpoint.security == "tls",
            ssl_context=context,
            timeout=timeout_s,
        )
        # imapclient sets 5, which writes every literal's repr to a logger: 4 times slower, and it leaks mail.
        self.wire.debug = 0
        self.folder_encode = False  # names are encoded by us, see imap_folders

    @property
    def wire(self) -> Wire:
        wire: Wire = self._imap
        return wire

    def _create_IMAP4(self) -> Wire:
        return Wire(self._endpoint, self.ssl_context, self._wire_timeout_s)


def _keep_alive(sock: socket.socket) -> None:
    """Let the system notice a dead peer within two minutes, where it can be told so."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEPALIVE.items():
        if hasattr(socket, name):
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
