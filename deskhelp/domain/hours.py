"""When somebody works: ``Mo-Fr 9:00-18:00``, ``Пн-Чт 9-18, Пт 9-16``, also over midnight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

_DAYS: Final = {
    name: number
    for names in ("mo tu we th fr sa su", "mon tue wed thu fri sat sun", "пн вт ср чт пт сб вс")
    for number, name in enumerate(names.split())
}
_DAY: Final = "|".join(sorted(_DAYS, key=len, reverse=True))
_TIME: Final = r"(\d{1,2})(?:[:.](\d{2}))?"
_PART: Final = re.compile(rf"(?:({_DAY})(?:\s*[-–—]\s*({_DAY}))?\s+)?{_TIME}\s*[-–—]\s*{_TIME}")


@dataclass(frozen=True, slots=True)
class Span:
    """Hours of some days of the week (Monday is 0); `until` before `since` means that of the day after."""

    days: frozenset[int]
    since: time
    until: time


def parse_hours(text: str) -> tuple[Span, ...]:
    """What a person has typed, () for nothing; ValueError for what cannot be understood."""
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    return tuple(_span(part) for part in parts)


def _span(part: str) -> Span:
    match = _PART.fullmatch(part.casefold())
    if match is None:
        raise ValueError(part)
    first, last, *clock = match.groups()
    return Span(_days(first, last), _time(clock[0], clock[1]), _time(clock[2], clock[3]))


def _days(first: str | None, last: str | None) -> frozenset[int]:
    if first is None:
        return frozenset(range(7))
    start, end = _DAYS[first], _DAYS[last or first]
    return frozenset((start + step) % 7 for step in range((end - start) % 7 + 1))


def _time(hour: str, minute: str | None) -> time:
    """A time of the day; 24:00 is its last moment."""
    if int(hour) == 24 and not int(minute or 0):
        return time.max
    return time(int(hour), int(minute or 0))


def is_at_work(spans: tuple[Span, ...], moment: datetime) -> bool:
    """Whether a moment (of the local clock) lies in the hours; always where none are said."""
    return not spans or any(_holds(span, moment) for span in spans)


def _holds(span: Span, moment: datetime) -> bool:
    day, now = moment.weekday(), moment.time()
    if span.since <= span.until:
        return day in span.days and span.since <= now < span.until
    return (day in span.days and now >= span.since) or ((day - 1) % 7 in span.days and now < span.until)
