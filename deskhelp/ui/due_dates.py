"""Dates one may choose as due."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from deskhelp.ui.pickers.choices import Choice

END_OF_DAY = time(18)


def choices(now: datetime) -> list[Choice]:
    """None, the end of this and the next days, in a week; values are UTC milliseconds, 0 for no date."""
    translate = QCoreApplication.translate
    today = now.date()
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    days = [
        (translate("Due", "Today, end of the day"), today),
        (translate("Due", "Tomorrow"), today + timedelta(days=1)),
        (translate("Due", "In two days"), today + timedelta(days=2)),
        (translate("Due", "Friday"), friday),
        (translate("Due", "In a week"), today + timedelta(days=7)),
        (translate("Due", "In a month"), today + timedelta(days=30)),
    ]
    found = [
        Choice(translate("Due", "In two hours"), _ms(now + timedelta(hours=2)), hint=_shown(now + timedelta(hours=2)))
    ]
    for label, day in days:
        at = datetime.combine(day, END_OF_DAY).astimezone(now.tzinfo)
        if at > now:
            found.append(Choice(label, _ms(at), hint=_shown(at)))
    return [*found, Choice(translate("Due", "No due date"), 0)]


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _shown(at: datetime) -> str:
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(_ms(at)), "ddd d MMM HH:mm")
