"""The moment that a Date field means, in any of the forms in which programs write one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

from .encoded_words import decode_text, raw_text

_MAX_FIELD: Final = 200
_SOUND: Final = re.compile(
    r"(?:[A-Z][a-z]{2}, *)?\d{1,2} [A-Z][a-z]{2} \d{4} (?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
    r" (?:[+-]\d{4}|GMT)(?: \([^()]*\))?"
)
_COMMENT: Final = re.compile(r"\([^()]*\)|\"")
_TIME: Final = re.compile(r"(?<!\d)(\d{1,2})[:.] ?(\d{1,2})(?:[:.] ?(\d{1,2})(?:[.,]\d+)?)?(?!\.?\d) *([ap]\.?m\b)?")
_COLON_TIME: Final = re.compile(r"(?<!\d)(\d{1,2}): ?(\d{1,2})(?:: ?(\d{1,2})(?:[.,]\d+)?)? *([ap]\.?m\b)?")
_YEAR_FIRST: Final = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS: Final = re.compile(r"\b(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)\b")
_DAY_MONTH: Final = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?[\s.,/-]+(?:de )?([^\W\d_]{3,})")
_MONTH_DAY: Final = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})\b")
_YEAR: Final = re.compile(r"(?<![\d+:])(?<! -)(\d{4}|\d{2,3})\b(?!:)")
_ZONE: Final = re.compile(r"([+-])(\d{1,2}):?(\d\d)?(?!\d)")
_LETTERS: Final = re.compile(r"[a-z]+")
_WORDS: Final = re.compile(r"[^\W\d_]{3,}")
# The beginnings of months in the languages in which programs that translate them do so; from January on.
_MONTHS: Final = {
    word: number
    for number, words in enumerate(
        (
            "jan jän янв ene gen sty oca січ",
            "feb фев fév fev lut şub лют",
            "mar мар mär mrz mrt бер",
            "apr апр avr abr kwi nis кві",
            "may май мая mai mag maj mei тра",
            "jun июн juin giu cze haz чер",
            "jul июл juil lug lip tem лип",
            "aug авг aoû aou ago sie ağu сер",
            "sep сен set wrz eyl вер",
            "oct окт okt ott out paź eki жов",
            "nov ноя lis kas лис",
            "dec дек dez déc dic gru ara гру",
        ),
        1,
    )
    for word in words.split()
}
_MINUTES: Final = {
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "msk": 180, "msd": 240, "cet": 60, "mez": 60, "met": 60, "cest": 120, "mesz": 120, "mest": 120, "eet": 120,
    "eest": 180, "bst": 60, "west": 60, "ist": 330, "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "aest": 600,
    "aedt": 660, "nzst": 720, "nzdt": 780, "yekt": 300, "brt": -180,
}  # fmt: skip


def date_of(value: object, hint: str = "") -> datetime | None:
    """The moment that a Date header means, with its offset; None if it means none."""
    text = raw_text(value).strip()
    try:
        if _SOUND.fullmatch(text):
            found = parsedate_to_datetime(text)
        else:
            found = _odd(decode_text(text[:_MAX_FIELD], hint).lower())
        found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, LookupError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _odd(text: str) -> datetime:
    """Raises `ValueError` where no date is found."""
    text = " ".join(_COMMENT.sub(" ", text).split())
    date = _YEAR_FIRST.search(text)
    if date is None and not any(map(_month, _WORDS.findall(text))):
        date = _NUMBERS.search(text)
    rest = text[: date.start()] + " " + text[date.end() :].removeprefix("t") if date else text
    time = _COLON_TIME.search(rest) or _TIME.search(rest)
    if time is None:
        raise ValueError(text)
    after = rest[time.end() :]
    year, month, day = _numbers(date, bool(time[4])) if date else _worded(f"{rest[: time.start()]} ; {after}")
    hour, minute, second = int(time[1]), int(time[2]), min(59, int(time[3] or 0))
    if time[4]:
        hour = hour % 12 + (12 if time[4].startswith("p") else 0)
    days, hour = divmod(hour, 24) if (hour, minute) == (24, 0) else (0, hour)
    zone = timezone(timedelta(minutes=_offset(after)))
    return datetime(year, month, day, hour, minute, second, tzinfo=zone) + timedelta(days=days)


def _numbers(date: re.Match[str], is_twelve_hours: bool) -> tuple[int, int, int]:
    if date.re is _YEAR_FIRST:
        return int(date[1]), int(date[2]), int(date[3])
    first, second = int(date[1]), int(date[3])
    is_american = second > 12 or (first <= 12 and date[2] == "/" and is_twelve_hours)
    day, month = (second, first) if is_american else (first, second)
    return _full_year(date[4]), month, day


def _worded(text: str) -> tuple[int, int, int]:
    """The date with a month that has a name, out of what is left beside the time."""
    for match in _DAY_MONTH.finditer(text):
        month = _month(match[2])
        if month:
            year = _YEAR.search(text, match.end())
            return _full_year(year[1] if year else ""), month, int(match[1])
    for match in _MONTH_DAY.finditer(text):
        month = _month(match[1])
        if month:
            year = _YEAR.search(text, match.end())
            return _full_year(year[1] if year else ""), month, int(match[2])
    raise ValueError(text)


def _month(word: str) -> int | None:
    return _MONTHS.get(word[:4]) or _MONTHS.get(word[:3])


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 69 else 1900)
    return year + 1900 if year < 1000 else year  # counted from 1900, as C does


def _offset(after: str) -> int:
    """How many minutes the zone that stands behind the time is ahead of Greenwich; 0 where it says none."""
    said = _ZONE.search(after)
    if said:
        minutes = int(said[2]) * 60 + int(said[3] or 0)
        return minutes if said[1] == "+" else -minutes
    return next((_MINUTES[word] for word in _LETTERS.findall(after) if word in _MINUTES), 0)
