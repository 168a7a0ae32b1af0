"""What machines write in people's names: out-of-office notes, acknowledgements, challenges, receipts.

Only what stands above the history of a mail counts: who answers or forwards an automatic mail quotes its words.
"""

from __future__ import annotations

import re
from typing import Final

from deskhelp.domain.subjects import AUTOMATIC, is_passed_on

from .machine_words import (
    ABSENCE_ROOTS,
    ABSENT,
    ANSWERED,
    BY_FORM,
    CHALLENGE,
    CHALLENGE_ROOTS,
    NO_ANSWER,
    NOTED,
    RECEIPT_SUBJECT,
    RECEIPT_TEXT,
    RECEIVED,
    ROOTS,
    SENT_BY_MACHINE,
    THANKS,
    UNANSWERED_ROOTS,
    URGENT,
)
from .quote_marks import FORWARD
from .quotes import history_at

_START: Final = 1_500
_END: Final = 500
_LONGEST_NOTE: Final = 4_000
_LONGEST_RECEIPT: Final = 1_000
_CITED: Final = re.compile(r'"[^"]{1,300}"|[“„«][^“”„«»]{1,300}[”“»]')
# What needs no word in the text: "Automatic reply: ...", "[Auto-Reply] ...". "Auto: ..." may be about a car.
_CLEAR: Final = re.compile(
    rf"^\s*(?:(?!auto\s*[:：]){AUTOMATIC}\s*[:：]|[\[(【]{AUTOMATIC}[\])】]|\[request received\]|yahoo! auto response)"
    r"|^\W*i(?:'m| am) (?:currently )?(?:out of (?:the )?office|on (?:vacation|leave|holiday))\W*$",
    re.IGNORECASE,
)
# What people write too: "Out of office message" (how to set one), "Re: Automatic reply: ...", "Bob is on vacation".
_UNCLEAR: Final = re.compile(
    rf"^\s*(?:re|aw|r|sv|antw|odp|ynt|отв)\s?: ?[\[(]?{AUTOMATIC}"
    rf"|^\s*{AUTOMATIC}\s*(?:[:：!.\-–—]|re:|aw:|$)"
    rf"|[\[(]\s?{AUTOMATIC}\s?[\])]\s*$|[-–—:] {AUTOMATIC}\s*$"
    r"|^\W*(?:ooo|ooto|i am|i'm|on vacation|absente?|in ferie|de vacaciones|de férias|na urlopie)\b"
    r"|^\W*(?:på semester|na dovolené)\b|\bist (?:außer haus|abwesend|nicht im büro)"
    r"|\bis (?:currently )?(?:out of (?:the )?office|on (?:\w+ )?(?:vacation|leave|holiday))",
    re.IGNORECASE,
)


def is_automatic_subject(subject: str) -> bool:
    """Whether a subject alone says that no person writes."""
    return bool(_CLEAR.match(subject))


def is_worded_automatic(subject: str, text: str) -> bool:
    """Whether a mail without any telling field says, by its subject or its text, that a machine wrote it."""
    if is_passed_on(subject):
        return False
    if is_automatic_subject(subject) or is_automatic_text(text):
        return True
    return _is_note(text) or (bool(_UNCLEAR.search(subject)) and speaks_of_absence(text))


def is_automatic_text(text: str) -> bool:
    """Whether a mail says that it is an automatic answer, an acknowledgement that wants no answer, or a challenge."""
    begun = text[:_START] if len(text) <= _START + _END else f"{text[:_START]}\n{text[-_END:]}"
    lower = begun.lower().replace("\u0307", "")  # the dot of a small "İ", which the patterns take for an "i"
    has_roots = _has_any(lower, ROOTS)
    has_answers = _has_any(lower, UNANSWERED_ROOTS)
    has_challenge = _has_any(lower, CHALLENGE_ROOTS)
    if not (has_roots or has_answers or has_challenge):
        return False  # as nearly all mails
    words = " ".join(_above_history(text).replace("\u0307", "").split())
    if len(words) > _START + _END:
        words = f"{words[:_START]} {words[-_END:]}"
    if has_roots and _says(ANSWERED, words):
        return True
    if has_challenge and CHALLENGE.search(words):
        return True
    is_unanswered = has_answers and _says(NO_ANSWER, words)
    is_sent = has_roots and _says(SENT_BY_MACHINE, words)
    acknowledges = (is_unanswered and is_sent) or (
        (is_unanswered or is_sent) and bool(RECEIVED.search(words) or (is_sent and THANKS.search(words)))
    )
    return acknowledges and not BY_FORM.search(words)


def speaks_of_absence(text: str) -> bool:
    return bool(ABSENT.search(" ".join(_above_history(text[:4_000])[:600].split())))


def _is_note(text: str) -> bool:
    """Whether a text speaks of its author's absence as notes to whoever writes do, not as one writes to somebody."""
    if not _has_any(text[:_LONGEST_NOTE].lower(), ABSENCE_ROOTS):
        return False
    words = " ".join(_above_history(text[:_LONGEST_NOTE]).split())
    if len(words) > _LONGEST_NOTE // 2 or "?" in words or not ABSENT.search(_CITED.sub(" ", words)):
        return False
    return bool(NOTED.search(words) or (THANKS.search(words) and URGENT.search(words)))


def is_receipt(subject: str, text: str) -> bool:
    """Whether a mail that is no report says that another one was read, as old programs do."""
    if not RECEIPT_SUBJECT.match(subject):
        return False
    return len(text) <= _LONGEST_RECEIPT and bool(RECEIPT_TEXT.search(" ".join(text.split())))


def _has_any(text: str, words: tuple[str, ...]) -> bool:
    return any(map(text.__contains__, words))


def _says(phrase: re.Pattern[str], words: str) -> bool:
    """Whether the phrase stands there, and not in quotation marks only."""
    return bool(phrase.search(words) and phrase.search(_CITED.sub(" ", words)))


def _above_history(text: str) -> str:
    """The text without what it quotes or forwards."""
    lines = text.replace("\r\n", "\n").split("\n")
    passed_on = next((at for at, line in enumerate(lines) if FORWARD.match(line)), None)
    end = passed_on if passed_on is not None else history_at(lines)
    return "\n".join(line for line in lines[:end] if not line.lstrip().startswith(">"))
