"""The files of a log: the newest and four older ones, readable to this user only."""

from __future__ import annotations

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from deskhelp.settings import FILE_MODE, FOLDER_MODE

OLDER: Final = 4


class LogFile(RotatingFileHandler):
    """Folder and file appear with the first record."""

    def __init__(self, path: Path, max_bytes: int) -> None:
        super().__init__(path, maxBytes=max_bytes, backupCount=OLDER, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        stream = open(  # noqa: SIM115 - the handler closes it
            self.baseFilename,
            self.mode,
            encoding="utf-8",
            opener=lambda path, flags: os.open(path, flags, FILE_MODE),
        )
        assert isinstance(stream, TextIOWrapper)
        return stream

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk or a read-only profile must not stop the work, nor print tracebacks over it."""
