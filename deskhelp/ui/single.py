"""One window for each profile: a second start brings the first window to the front."""

from __future__ import annotations

import getpass
import hashlib

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from deskhelp.settings import Profile

WAIT_MS = 1000
RAISE = b"raise\n"


class SingleInstance(QObject):
    """Emits `raised` when somebody starts the program again on this profile."""

    raised = Signal()

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        who = f"{getpass.getuser()}\0{profile.root.resolve()}"
        self._name = "deskhelp-" + hashlib.sha256(who.encode()).hexdigest()[:24]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def is_first(self) -> bool:
        """Take the place of this profile's window; False if one is open, which is brought to the front."""
        if self._call_other():
            return False
        QLocalServer.removeServer(self._name)  # of a program that was killed
        self._server.listen(self._name)
        return True

    def _call_other(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(WAIT_MS):
            return False
        socket.write(RAISE)
        socket.waitForBytesWritten(WAIT_MS)
        socket.disconnectFromServer()
        return True

    def _answer(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()

    def close(self) -> None:
        self._server.close()
