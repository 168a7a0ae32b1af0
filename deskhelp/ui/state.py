"""What the window remembers between two runs, in the profile: sizes, sorting, the last queue and ticket."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

from deskhelp.settings import Profile

FILE = "window.ini"


class WindowState:
    """A small ini file; a lost or broken one only costs the arrangement."""

    def __init__(self, profile: Profile) -> None:
        self._file = QSettings(str(profile.root / FILE), QSettings.Format.IniFormat)

    def bytes(self, name: str) -> QByteArray:
        value = self._file.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def text(self, name: str, default: str = "") -> str:
        value = self._file.value(name, default)
        return value if isinstance(value, str) else default

    def flag(self, name: str, default: bool) -> bool:
        return self.text(name, "yes" if default else "no") == "yes"

    def set_bytes(self, name: str, value: QByteArray) -> None:
        self._file.setValue(name, value)

    def set_text(self, name: str, value: str) -> None:
        self._file.setValue(name, value)

    def set_flag(self, name: str, value: bool) -> None:
        self._file.setValue(name, "yes" if value else "no")

    def save(self) -> None:
        self._file.sync()
