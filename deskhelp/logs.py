"""The log of a profile: five files of a megabyte, without message text, without secrets.

Message text stays out because nobody logs it: the loggers of libraries that would (IMAP dialogues, SQL with
its values) are held at warnings. Secrets are also taken out of whatever is written, tracebacks included.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Final

from deskhelp.settings import Profile

LOG_NAME: Final = "deskhelp.log"
MEGABYTE: Final = 1_000_000
FORM: Final = "%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s"
TALKATIVE: Final = ("imapclient", "peewee", "mail.log", "asyncio", "qasync", "keyring", "markdown_it")

_SECRETS: Final = (
    # IMAP and SMTP dialogues: everything after the mechanism or the user is a secret.
    (re.compile(r"\b(AUTH(?:ENTICATE)?\s+[\w-]+)\s+\S.*"), r"\1 [hidden]"),
    (re.compile(r"\b(LOGIN\s+(?:\"[^\"]*\"|\S+))\s+(?:\"(?:[^\"\\]|\\.)*\"|\S+)"), r"\1 [hidden]"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.+/=~-]{6,}"), r"\1 [hidden]"),
    # password=..., 'token': '...', Secret: "..."
    (
        re.compile(
            r"(?i)([\"']?\b\w*(?:passw(?:or)?d|passwd|secret|token|api_?key)\w*[\"']?\s*[=:]\s*)"
            r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[^\s,;)}\]]+)"
        ),
        r"\1[hidden]",
    ),
    # scheme://user:password@host
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s/:@]+):[^\s/@]+@"), r"\1:[hidden]@"),
)


def redacted(text: str) -> str:
    """`text` without passwords, tokens and the arguments of AUTH and LOGIN."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


class RedactingFormatter(logging.Formatter):
    """Takes secrets out of the finished record, so that tracebacks and arguments are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


class ProfileLog(logging.Handler):
    """Writes below a profile; what that takes is loaded, and folder and file appear, with the first record."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._profile = profile
        self._file: logging.Handler | None = None
        self.max_bytes = MEGABYTE

    @property
    def path(self) -> Path:
        return self._profile.log_dir / LOG_NAME

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from deskhelp.log_file import LogFile

            self._file = LogFile(self.path, self.max_bytes)
            self._file.setFormatter(RedactingFormatter(FORM))
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def start_log(profile: Profile, level: int = logging.INFO) -> ProfileLog:
    """Send everything from `level` up to the profile's log; nothing touches the disk before the first record.

    A second call replaces the handler of the first, so that one process has one log.
    """
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, ProfileLog)]:
        root.removeHandler(old)
        old.close()
    handler = ProfileLog(profile)
    root.addHandler(handler)
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    return handler
