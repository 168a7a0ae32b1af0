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

_START: Final = 2_000
_END: Final = 500
_NEAR: Final = 100
_BEGINNING: Final = 600
_READ: Final = 20_000
_NEAR_START: Final = 120
_LONGEST_NOTE: Final = 2_000
_LONGEST_RECEIPT: Final = 1_000
# What stands in quotation marks is somebody else's.
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
    rf"|^\s*{AUTOMATIC}\s*(?:[:：!.\-–—]|.{{0,30}}\b(?:re|aw):|$)"
    rf"|[\[(]\s?{AUTOMATIC}\s?[\])]\s*$|[-–—:] {AUTOMATIC}\s*$"
    r"|^\W*(?:ooo|ooto|on vacation|absente?|in ferie|de vacaciones|de férias|na urlopie|på semester|na dovolené)\b"
    r"\s*(?:[:：!\])]|re:|$)|^i(?:'m| am) (?:\w+ )?(?:out of|away|on (?:leave|vacation|holiday))\b"
    r"|^\W*(?:ausente|assente|nicht im büro|нет на месте|ikke til stede|poissa|házon kívül)\s*:"
    r"|^\W*(?:urlaub|ferien|отпуск|absence|vacances|ferie|vacaciones|férias|urlop)\s*:\s*(?:re|aw|sv|odp)\b"
    r"|\bist (?:außer haus|abwesend|nicht im büro)"
    r"|\bis (?:currently )?(?:out of (?:the )?office|on (?:\w+ )?(?:vacation|leave|holiday))",
    re.IGNORECASE,
)


def is_automatic_subject(subject: str) -> bool:
    """Whether a subject alone says that no person writes."""
    return bool(_CLEAR.match(subject))


def is_worded_automatic(subject: str, text: str) -> bool:
    """Whether a mail without any telling field says, by its subject or its text, that a machine wrote it."""
    says_so = (
        is_automatic_subject(subject)
        or is_automatic_text(text)
        or (speaks_of_absence(text) and bool(_UNCLEAR.search(subject) or _is_note(text)))
    )
    return says_so and not is_passed_on(subject)


def is_automatic_text(text: str) -> bool:
    """Whether a mail says that it is an automatic answer, an acknowledgement that wants no answer, or a challenge."""
    return _claims_to_be_automatic(_ends(text)) and _claims_to_be_automatic(_ends(_above_history(text)))


def _ends(text: str) -> str:
    return text if len(text) <= _START + _END else f"{text[:_START]}\n{text[-_END:]}"


def _claims_to_be_automatic(text: str) -> bool:
    lower = text.lower().replace("\u0307", "")  # the dot of a small "İ", which the patterns take for an "i"
    has_roots = _has_any(lower, ROOTS)
    has_answers = _has_any(lower, UNANSWERED_ROOTS)
    has_challenge = _has_any(lower, CHALLENGE_ROOTS)
    if not (has_roots or has_answers or has_challenge):
        return False  # as nearly all mails
    words = _CITED.sub(" ", " ".join(lower.split()))
    near = _near(words, ROOTS) if has_roots else ""
    if ANSWERED.search(near) or (has_challenge and CHALLENGE.search(words)):
        return True
    is_unanswered = has_answers and bool(NO_ANSWER.search(_near(words, UNANSWERED_ROOTS)))
    is_sent = bool(SENT_BY_MACHINE.search(near))
    if not (is_unanswered or is_sent) or BY_FORM.search(words):
        return False
    return (is_unanswered and is_sent) or bool(RECEIVED.search(words) or (is_sent and THANKS.search(words)))


def _near(words: str, roots: tuple[str, ...]) -> str:
    """What stands near the roots: to look for phrases everywhere would take as long as the rest of the reading."""
    spans: list[tuple[int, int]] = []
    for place in sorted({match.start() for root in roots for match in re.finditer(re.escape(root), words)}):
        start, end = max(0, place - _NEAR), place + _NEAR
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return "\n".join(words[start:end] for start, end in spans)


def speaks_of_absence(text: str) -> bool:
    return _is_absence(text[:_BEGINNING]) and _is_absence(_above_history(text)[:_BEGINNING])


def _is_absence(text: str) -> bool:
    return _has_any(text.lower(), ABSENCE_ROOTS) and bool(ABSENT.search(" ".join(text.split())))


def _is_note(text: str) -> bool:
    """Whether a text that speaks of its author's absence is for whoever writes, and not to somebody."""
    words = " ".join(_above_history(text).split())
    absence = ABSENT.search(_CITED.sub(" ", words))
    if absence is None or absence.start() > _NEAR_START or len(words) > _LONGEST_NOTE or "?" in words:
        return False
    return bool(NOTED.search(words) or (THANKS.search(words) and URGENT.search(words)))


def is_receipt(subject: str, text: str) -> bool:
    """Whether a mail that is no report says that another one was read, as old programs do."""
    if not RECEIPT_SUBJECT.match(subject):
        return False
    return len(text) <= _LONGEST_RECEIPT and bool(RECEIPT_TEXT.search(" ".join(text.split())))


def _has_any(text: str, words: tuple[str, ...]) -> bool:
    return any(map(text.__contains__, words))


def _above_history(text: str) -> str:
    """The text without what it quotes or forwards."""
    lines = text[:_READ].replace("\r\n", "\n").split("\n")
    passed_on = next((at for at, line in enumerate(lines) if FORWARD.match(line)), None)
    end = passed_on if passed_on is not None else history_at(lines)
    return "\n".join(line for line in lines[:end] if not line.lstrip().startswith(">"))
