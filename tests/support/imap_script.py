"""An IMAP server that says what a test wants, for what a real one cannot be brought to say. TLS only."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType

from .dovecot import Dovecot

Script = Callable[[str], bytes]
CAPABILITIES = b"IMAP4rev1 AUTH=PLAIN"


class ScriptedImap:
    """Answers each command with what `script(command without tag)` returns, its tag put for ``TAG``.

    An empty answer means the usual one; b"HANG UP" ends the connection. Commands are kept in `commands`.
    """

    def __init__(self, certificate_of: Dovecot, script: Script, capabilities: bytes = CAPABILITIES) -> None:
        self._script = script
        self._capabilities = capabilities
        self.commands: list[str] = []
        made = certificate_of.folder / "tls"
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(made / "server.pem", made / "server.key")

    def __enter__(self) -> ScriptedImap:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="scripted-imap", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            plain.settimeout(10)
            with (
                contextlib.suppress(OSError),
                plain,
                self._context.wrap_socket(plain, server_side=True) as sock,
            ):
                self._talk(sock)

    def _talk(self, sock: ssl.SSLSocket) -> None:
        sock.sendall(b"* OK [CAPABILITY " + self._capabilities + b"] ready\r\n")
        with sock.makefile("rb") as lines:
            for line in lines:
                tag, _, command = line.decode("utf-8", "replace").strip().partition(" ")
                if not command:
                    continue
                self.commands.append(command)
                answer = self._script(command) or self._usual(command)
                if answer == b"HANG UP":
                    return
                sock.sendall(answer.replace(b"TAG", tag.encode()))
                if command.startswith("AUTHENTICATE") and answer.startswith(b"+"):
                    lines.readline()
                    said = self._script("PASSWORD") or b"TAG OK in\r\n"
                    sock.sendall(said.replace(b"TAG", tag.encode()))

    def _usual(self, command: str) -> bytes:
        word = command.split()[0].upper()
        if word == "CAPABILITY":
            return b"* CAPABILITY " + self._capabilities + b"\r\nTAG OK done\r\n"
        if word == "AUTHENTICATE":
            return b"+ \r\n"
        if word == "UID" and "SEARCH" in command:
            return b"* SEARCH 1 2 3\r\nTAG OK done\r\n"
        if word == "UID":
            return b"* 1 FETCH (UID 1 RFC822.SIZE 2 BODY[] {2}\r\nhi)\r\nTAG OK done\r\n"
        if word in ("EXAMINE", "SELECT"):
            return b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\nTAG OK [READ-ONLY] done\r\n"
        return b"TAG OK done\r\n"
