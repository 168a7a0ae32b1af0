"""One window for each profile: a second start brings the first window to the front."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from PySide6.QtCore import QLockFile, QObject, Signal

from deskhelp.settings import Profile

WAIT_MS = 1000
RAISE = b"raise\n"


class SingleInstance(QObject):
    """Emits `raised` when somebody starts the program again on this profile."""

    raised = Signal()

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._profile = profile
        self._lock = QLockFile(str(profile.root / "window.lock"))
        self._lock.setStaleLockTime(0)  # a lock is stale when its process is gone, not after a time
        self._server: Any = None

    @cached_property
    def _name(self) -> str:
        """Under which the first of this user's windows on this profile listens."""
        import getpass
        import hashlib  # here: it loads a library of cryptography, and the first window asks nobody

        who = f"{getpass.getuser()}\0{self._profile.root.resolve()}"
        return "deskhelp-" + hashlib.sha256(who.encode()).hexdigest()[:24]

    def is_first(self) -> bool:
        """Take the place of this profile's window; False if one is open, which is brought to the front."""
        if self._lock.tryLock(0):
            return True
        self._call_other()
        return False

    def listen(self) -> None:
        """Hear of later starts; after the first paint, as it loads what speaks to networks."""
        if self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)  # of a program that was killed
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(self._name)

    def _call_other(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(WAIT_MS):
            socket.write(RAISE)
            socket.waitForBytesWritten(WAIT_MS)
            socket.disconnectFromServer()

    def _answer(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
        self._lock.unlock()
