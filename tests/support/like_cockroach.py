"""PostgreSQL as CockroachDB would answer it: what it has not is refused, every other transaction is to be run again.

After its documentation: it names its version when one connects, knows no LISTEN and NOTIFY, no advisory locks and no
collation "C", and aborts a transaction that meets another one with SQLSTATE 40001 as late as its COMMIT. The engine
itself cannot be used by these tests, as its licence is no open one.
"""

from __future__ import annotations

import re
import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Final

_NO_ENCRYPTION: Final = (80877103, 80877104)  # SSLRequest, GSSENCRequest
_MISSING: Final = re.compile(rb"\b(?:un)?listen\b|\bnotify\b|pg_notify|pg_advisory|collate", re.IGNORECASE)
_COMMIT: Final = re.compile(rb"\s*commit\b", re.IGNORECASE)
_RAISED: Final = b"DO $$ BEGIN RAISE EXCEPTION '%s' USING ERRCODE = '%s'; END $$"
_UNIMPLEMENTED: Final = _RAISED % (b"unimplemented in this version", b"0A000")
_RESTART: Final = _RAISED % (b"restart transaction", b"40001")
_VERSION: Final = b"crdb_version\0CockroachDB CCL v25.2.0\0"


class LikeCockroach:
    """Listens on 127.0.0.1:`port` and passes on what is said to the server at `target_port`.

    `refused` are the statements that were not known, `aborted` counts the commits that were refused.
    """

    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.refused: list[bytes] = []
        self.aborted = 0
        self._lines: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> LikeCockroach:
        self._go(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for line in (self._listener, *self._lines):
            _end(line)
        for thread in self._threads:
            thread.join(10)
        for line in (self._listener, *self._lines):
            line.close()

    def _go(self, work: Callable[..., None], *arguments: socket.socket) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target_port))
            except OSError:
                return
            for line in (near, far):
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._lines.append(line)
            self._go(self._up, near, far)
            self._go(self._down, far, near)

    # ---- what the client says

    def _up(self, near: socket.socket, far: socket.socket) -> None:
        try:
            far.sendall(_opening(near))
            is_abort_due = False
            while True:
                kind, body = _message(near)
                at = body.index(b"\0") + 1 if kind == b"P" else 0  # after the name of what is prepared
                if kind in b"PQ":
                    end = body.index(b"\0", at)
                    said = body[at:end]
                    if _MISSING.search(said):
                        self.refused.append(said)
                        said = _UNIMPLEMENTED
                    elif _COMMIT.match(said):
                        is_abort_due = not is_abort_due
                        if is_abort_due:
                            self.aborted += 1
                            said = _RESTART
                    body = body[:at] + said + body[end:]
                far.sendall(kind + _counted(body))
        except OSError:
            _end(far)

    # ---- what the server says

    def _down(self, far: socket.socket, near: socket.socket) -> None:
        try:
            while True:
                kind, body = _message(far)
                near.sendall(kind + _counted(body))
                if kind == b"R" and body == b"\0\0\0\0":  # signed in
                    near.sendall(b"S" + _counted(_VERSION))
        except OSError:
            _end(near)


def _opening(line: socket.socket) -> bytes:
    """The first message of a client that does not encrypt."""
    while True:
        body = _exactly(line, struct.unpack("!I", _exactly(line, 4))[0] - 4)
        if struct.unpack("!I", body[:4])[0] not in _NO_ENCRYPTION:
            return _counted(body)
        line.sendall(b"N")


def _message(line: socket.socket) -> tuple[bytes, bytes]:
    kind = _exactly(line, 1)
    return kind, _exactly(line, struct.unpack("!I", _exactly(line, 4))[0] - 4)


def _counted(body: bytes) -> bytes:
    return struct.pack("!I", len(body) + 4) + body


def _exactly(line: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = line.recv(size - len(data))
        if not piece:
            raise ConnectionError
        data += piece
    return bytes(data)


def _end(line: socket.socket) -> None:
    """Whoever reads or writes there gets an error or the end."""
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        line.close()
