"""Words and times as they are shown: statuses, priorities, channels, deliveries, ages, sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from deskhelp.domain.status import Channel, Delivery, Priority, Status
from deskhelp.domain.views import Person, TicketSummary
from deskhelp.ui import quarantine_words

MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000
KIB = 1024
LONGEST_NAME, LONGEST_SUBJECT = 200, 300


def presence(names: Sequence[str], *, is_answering: bool) -> str:
    """Who else is at a ticket: "Peter is answering", "Peter and 2 more are looking at it"; "" for nobody."""
    if not names:
        return ""
    translate = QCoreApplication.translate
    if is_answering:
        alone, several = translate("Words", "%1 is answering"), translate("Words", "%1 and %2 more are answering")
    else:
        alone, several = translate("Words", "%1 is looking"), translate("Words", "%1 and %2 more are looking")
    text = alone if len(names) == 1 else several
    return text.replace("%1", names[0]).replace("%2", str(len(names) - 1))


def requester(row: TicketSummary) -> str:
    """Whose ticket it is, as it is shown."""
    unknown = QCoreApplication.translate("Words", "Unknown sender")
    return (row.requester_name or row.requester_address or unknown)[:LONGEST_NAME]


def subject(row: TicketSummary) -> str:
    """What a ticket is about, as it is shown; one that fills pages would be laid out again for each frame."""
    text = quarantine_words.said(row.subject) if row.is_quarantined else row.subject
    return text if len(text) <= LONGEST_SUBJECT else text[: LONGEST_SUBJECT - 1] + "…"


def snippet(row: TicketSummary) -> str:
    """The beginning of a ticket's last message, as it is shown."""
    return quarantine_words.said(row.snippet) if row.is_quarantined else row.snippet


def getting(percent: int) -> str:
    """How much of the team's data has come to a new computer."""
    return QCoreApplication.translate("Words", "Getting the team's data: %1 %").replace("%1", str(percent))


def delivery_said(text: str) -> str:
    """Why a message has not left, as the service says it: its own sentences in our language, a server's as they are."""
    translate = QCoreApplication.translate
    ours = {
        "Something arrived that its author had not seen.": translate(
            "Words", "Something arrived that its author had not seen."
        ),
        "Held by an agent.": translate("Words", "Held by an agent."),
        "It may have left already: this desk is a copy, or was put back from a backup.": translate(
            "Words", "It may have left already: this desk is a copy, or was put back from a backup."
        ),
        "DeskHelp was stopped while this was being sent.": translate(
            "Words", "DeskHelp was stopped while this was being sent."
        ),
    }
    return ours.get(text, text)


def status_name(status: Status) -> str:
    translate = QCoreApplication.translate
    names: Mapping[Status, str] = {
        Status.NEW: translate("Words", "New"),
        Status.OPEN: translate("Words", "Open"),
        Status.PENDING: translate("Words", "Waiting for the customer"),
        Status.ON_HOLD: translate("Words", "On hold"),
        Status.SOLVED: translate("Words", "Solved"),
        Status.CLOSED: translate("Words", "Closed"),
        Status.SPAM: translate("Words", "Spam"),
    }
    return names[status]


def status_color(status: Status) -> str:
    """The theme's colour that goes with a status."""
    colors = {Status.NEW: "accent", Status.OPEN: "accent", Status.PENDING: "warn", Status.ON_HOLD: "warn"}
    return colors.get(status, "good" if status in (Status.SOLVED, Status.CLOSED) else "quiet")


def priority_name(priority: Priority) -> str:
    translate = QCoreApplication.translate
    names: Mapping[Priority, str] = {
        Priority.LOW: translate("Words", "Low"),
        Priority.NORMAL: translate("Words", "Normal"),
        Priority.HIGH: translate("Words", "High"),
        Priority.URGENT: translate("Words", "Urgent"),
    }
    return names[priority]


def channel_name(channel: Channel) -> str:
    translate = QCoreApplication.translate
    names: Mapping[Channel, str] = {
        Channel.MAIL: translate("Words", "Mail"),
        Channel.PHONE: translate("Words", "Phone call"),
        Channel.CHAT: translate("Words", "Chat"),
        Channel.VISIT: translate("Words", "Visit"),
    }
    return names[channel]


def delivery_name(delivery: Delivery) -> str:
    """How far a message has come, in two words; empty for what does not travel."""
    translate = QCoreApplication.translate
    names: Mapping[Delivery, str] = {
        Delivery.NONE: "",
        Delivery.QUEUED: translate("Words", "Will be sent"),
        Delivery.SENDING: translate("Words", "Being sent"),
        Delivery.SENT: translate("Words", "Sent"),
        Delivery.DEFERRED: translate("Words", "Will be tried again"),
        Delivery.REFUSED: translate("Words", "Refused by the server"),
        Delivery.PARTLY: translate("Words", "Refused for some recipients"),
        Delivery.UNCERTAIN: translate("Words", "Not known whether it was sent"),
        Delivery.HELD: translate("Words", "Held back: something new came in"),
        Delivery.DROPPED: translate("Words", "Not sent"),
        Delivery.BOUNCED: translate("Words", "Came back"),
    }
    return names[delivery]


def delivery_color(delivery: Delivery) -> str:
    if delivery in (Delivery.SENT, Delivery.QUEUED, Delivery.SENDING):
        return "muted"
    return "warn" if delivery in (Delivery.DEFERRED, Delivery.HELD, Delivery.UNCERTAIN) else "danger"


def qt_time(at_ms: int) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(at_ms)


def short_time(at_ms: int, now_ms: int) -> str:
    """A list's time: 13:40 today, yesterday, a weekday this week, 3 Mar this year, then the date.

    What a clock that is wrong puts into the future has its date.
    """
    if not at_ms:
        return ""
    locale, at, today = QLocale(), qt_time(at_ms), qt_time(now_ms).date()
    days = at.date().daysTo(today)
    if days == 0:
        return locale.toString(at.time(), QLocale.FormatType.ShortFormat)
    if days == 1:
        return QCoreApplication.translate("Words", "yesterday")
    if 0 < days < 7:
        return locale.toString(at.date(), "ddd")
    if at.date().year() == today.year():
        return locale.toString(at.date(), "d MMM").rstrip(".")
    return locale.toString(at.date(), QLocale.FormatType.ShortFormat)


def card_time(at_ms: int, now_ms: int) -> str:
    """A message's time: with the day unless it is today."""
    locale, at = QLocale(), qt_time(at_ms)
    clock = locale.toString(at.time(), QLocale.FormatType.ShortFormat)
    if at.date() == qt_time(now_ms).date():
        return clock
    return f"{short_date(at_ms, now_ms)}, {clock}"


def short_date(at_ms: int, now_ms: int) -> str:
    """A day without its time; the year only if it is another one."""
    locale, day = QLocale(), qt_time(at_ms).date()
    same_year = day.year() == qt_time(now_ms).date().year()
    return locale.toString(day, "d MMM" if same_year else "d MMM yyyy")


def long_time(at_ms: int) -> str:
    """All of it, for a tooltip or a fact."""
    return QLocale().toString(qt_time(at_ms), QLocale.FormatType.LongFormat)


def span(ms: int) -> str:
    """A length of time in its two largest units: 12 min, 1 h 40 min, 3 d."""
    translate = QCoreApplication.translate
    minutes = max(0, ms) // MINUTE_MS
    if minutes < 60:
        return translate("Words", "%1 min").replace("%1", str(minutes))
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        text = translate("Words", "%1 h").replace("%1", str(hours))
        return f"{text} {span(rest * MINUTE_MS)}" if rest and hours < 10 else text
    return translate("Words", "%1 d").replace("%1", str(hours // 24))


def due_badge(summary: TicketSummary, now_ms: int) -> tuple[str, str]:
    """What the due date says in words, and its colour; empty for tickets without one or that wait for nobody."""
    if not summary.due_ms or summary.status not in (Status.NEW, Status.OPEN):
        return "", ""
    left = summary.due_ms - now_ms
    if left < 0:
        return QCoreApplication.translate("Words", "overdue %1").replace("%1", span(-left)), "danger"
    if left > 2 * DAY_MS:
        return "", ""
    return ("! " + span(left), "danger") if left < HOUR_MS else (span(left), "warn")


def size(count: int) -> str:
    """A number of bytes; Qt's own words for single bytes have no Russian plural."""
    if count < KIB:
        return QCoreApplication.translate("Words", "%1 B").replace("%1", str(count))
    return QLocale().formattedDataSize(
        count, 0 if count < KIB * KIB else 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat
    )


def people(persons: tuple[Person, ...]) -> str:
    return ", ".join(person.shown for person in persons)


def full_person(person: Person) -> str:
    return f"{person.name} <{person.address}>" if person.name and person.address else person.shown


def local_ms(day: QDate, time: QTime | None = None) -> int:
    """UTC milliseconds of a local day at `time`, 18:00 without."""
    return QDateTime(day, time or QTime(18, 0)).toMSecsSinceEpoch()


def local_now(now_ms: int) -> datetime:
    return datetime.fromtimestamp(now_ms / 1000).astimezone()
