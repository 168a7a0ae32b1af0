"""What is said of a mail that could not be read, in our language: the desk keeps it in English for the whole team."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_CONTEXT: Final = "Quarantine"
_SENTENCES: Final = (
    QT_TRANSLATE_NOOP("Quarantine", "Unreadable mail"),
    QT_TRANSLATE_NOOP("Quarantine", "Unreadable mail (%1)"),
    QT_TRANSLATE_NOOP("Quarantine", "The server could not hand this mail over."),
    QT_TRANSLATE_NOOP("Quarantine", "The server could not hand over this mail: %1"),
    QT_TRANSLATE_NOOP("Quarantine", "This mail could not be read (%1). It is kept as it came."),
    QT_TRANSLATE_NOOP(
        "Quarantine", "The program that reads mails ended while it read this one. It is kept as it came."
    ),
    QT_TRANSLATE_NOOP("Quarantine", "This mail is too large to be fetched whole (%1 MB); its beginning is shown."),
    QT_TRANSLATE_NOOP("Quarantine", "Only the first %1 bytes were read; the mail is larger."),
    QT_TRANSLATE_NOOP("Quarantine", "The file could not be read: %1"),
)


def said(text: str) -> str:
    """A subject or a problem of the quarantine in our language; a server's own words stay as they are."""
    for pattern, sentence in _patterns():
        found = pattern.fullmatch(text)
        if found:
            ours = QCoreApplication.translate(_CONTEXT, sentence)
            return ours.replace("%1", found[1]) if pattern.groups else ours
    return text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    texts = [str(text) for text in _SENTENCES]  # PySide6 types the mark's result as object
    return tuple((re.compile(re.escape(text).replace("%1", "(.+)"), re.DOTALL), text) for text in texts)
