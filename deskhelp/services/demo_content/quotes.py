"""How mail programs quote what they answer, and the HTML they write; seen in mails of each of them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from deskhelp.mail.heads import Address

_WEEKDAYS_RU: Final = ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"]
_SHORT_WEEKDAYS_RU: Final = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]
_MONTHS_RU: Final = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
_SHORT_MONTHS_RU: Final = [
    "янв.",
    "февр.",
    "мар.",
    "апр.",
    "мая",
    "июн.",
    "июл.",
    "авг.",
    "сент.",
    "окт.",
    "нояб.",
    "дек.",
]
_DAYS_EN: Final = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS_EN: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_HEAD_WORDS: Final = {
    "ru": ("От", "Отправлено", "Кому", "Тема"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "en": ("From", "Sent", "To", "Subject"),
}
_MOBILE_LINES: Final = {
    "ru": "Отправлено с iPhone",
    "de": "Von meinem iPhone gesendet",
    "en": "Sent from my iPhone",
}
_GMAIL_QUOTE: Final = "margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"


@dataclass(frozen=True, slots=True)
class Quoted:
    """The mail that is answered; `at` is in the time zone of the one who answers."""

    author: Address
    to: Address
    subject: str
    at: datetime
    text: str


def answer_text(client: str, language: str, text: str, quoted: Quoted | None) -> str:
    """The plain text of an answer as `client` sends it: what was typed, then the quotation in its manner."""
    parts = [text]
    if client == "mobile":
        parts.append(_MOBILE_LINES.get(language, _MOBILE_LINES["en"]))
    if quoted:
        parts.append(quotation(client, language, quoted))
    return "\n\n".join(parts) + "\n"


def quotation(client: str, language: str, quoted: Quoted) -> str:
    """The quotation alone."""
    if client == "outlook":
        lines = [f"{name}: {value}" for name, value in _outlook_head(language, quoted)]
        return "\n".join(["_" * 32, *lines, "", quoted.text])
    lead = attribution(client, language, quoted)
    if client in ("apple", "mobile"):
        return f"> {lead}\n>\n{_prefixed(quoted.text)}"
    gap = "\n\n" if client == "gmail" else "\n"
    return f"{lead}{gap}{_prefixed(quoted.text)}"


def attribution(client: str, language: str, quoted: Quoted) -> str:
    """The line above a quotation: who wrote, and when."""
    spoken = language if language in ("ru", "de") else "en"
    return _ATTRIBUTIONS[client][spoken](quoted)


def answer_html(client: str, language: str, text: str, own_html: str, quoted: Quoted | None) -> str:
    """The HTML of an answer, "" where `client` sends plain text; `own_html` is a page to use instead."""
    if own_html:
        tail = _html_quotation(client, language, quoted) if quoted else ""
        return re.sub(r"(</body>|$)", lambda match: tail + match[0], own_html, count=1)
    if client not in ("gmail", "outlook"):
        return ""
    tail = _html_quotation(client, language, quoted) if quoted else ""
    return _gmail_page(text, tail) if client == "gmail" else _outlook_page(text, tail)


def _prefixed(text: str) -> str:
    return "\n".join((">" if line.startswith(">") else "> ") + line if line else ">" for line in text.splitlines())


def _who(person: Address) -> str:
    return f"{person.name} <{person.address}>" if person.name else f"<{person.address}>"


def _time(at: datetime) -> str:
    return f"{at:%H:%M}"


def _gmail_ru(quoted: Quoted) -> str:
    at = quoted.at
    day = f"{_SHORT_WEEKDAYS_RU[at.weekday()]}, {at.day} {_SHORT_MONTHS_RU[at.month - 1]} {at.year} г."
    return f"{day} в {_time(at)}, {_who(quoted.author)}:"


def _gmail_en(quoted: Quoted) -> str:
    at = quoted.at
    day = f"{_DAYS_EN[at.weekday()][:3]}, {at.day} {_MONTHS_EN[at.month - 1][:3]} {at.year}"
    return f"On {day} at {_time(at)}, {_who(quoted.author)}\nwrote:"


def _gmail_de(quoted: Quoted) -> str:
    return f"Am {quoted.at:%d.%m.%Y} um {_time(quoted.at)} Uhr schrieb {_who(quoted.author)}:"


def _apple_ru(quoted: Quoted) -> str:
    at = quoted.at
    day = f"{at.day} {_MONTHS_RU[at.month - 1]} {at.year} г."
    return f"{day}, в {_time(at)}, {_who(quoted.author)} написал(а):"


def _apple_en(quoted: Quoted) -> str:
    at = quoted.at
    return f"On {at.day} {_MONTHS_EN[at.month - 1][:3]} {at.year}, at {_time(at)}, {_who(quoted.author)} wrote:"


def _apple_de(quoted: Quoted) -> str:
    return f"Am {quoted.at:%d.%m.%Y} um {_time(quoted.at)} schrieb {_who(quoted.author)}:"


def _thunderbird_ru(quoted: Quoted) -> str:
    return f"{quoted.at:%d.%m.%Y %H:%M}, {quoted.author.name or quoted.author.address} пишет:"


def _thunderbird_en(quoted: Quoted) -> str:
    return f"On {quoted.at:%d/%m/%Y %H:%M}, {quoted.author.name or quoted.author.address} wrote:"


def _thunderbird_de(quoted: Quoted) -> str:
    return f"Am {quoted.at:%d.%m.%y} um {_time(quoted.at)} schrieb {quoted.author.name or quoted.author.address}:"


def _yandex(quoted: Quoted) -> str:
    return f'{quoted.at:%d.%m.%Y, %H:%M}, "{quoted.author.name}" <{quoted.author.address}>:'


def _mailru(quoted: Quoted) -> str:
    at = quoted.at
    day = f"{_WEEKDAYS_RU[at.weekday()].capitalize()}, {at.day} {_MONTHS_RU[at.month - 1]} {at.year}"
    return f"{day}, {_time(at)} +03:00 от {_who(quoted.author)}:"


_APPLE: Final = {"ru": _apple_ru, "en": _apple_en, "de": _apple_de}
_ATTRIBUTIONS: Final[Mapping[str, Mapping[str, Callable[[Quoted], str]]]] = {
    "gmail": {"ru": _gmail_ru, "en": _gmail_en, "de": _gmail_de},
    "apple": _APPLE,
    "mobile": _APPLE,
    "thunderbird": {"ru": _thunderbird_ru, "en": _thunderbird_en, "de": _thunderbird_de},
    "yandex": dict.fromkeys(("ru", "en", "de"), _yandex),
    "mailru": dict.fromkeys(("ru", "en", "de"), _mailru),
}
CLIENTS: Final = frozenset({*_ATTRIBUTIONS, "outlook"})


def _outlook_head(language: str, quoted: Quoted) -> list[tuple[str, str]]:
    at = quoted.at
    if language == "ru":
        when = f"{at.day} {_MONTHS_RU[at.month - 1]} {at.year} г. {_time(at)}"
    elif language == "de":
        when = f"{at:%d.%m.%Y} {_time(at)}"
    else:
        when = f"{_DAYS_EN[at.weekday()]}, {_MONTHS_EN[at.month - 1]} {at.day}, {at.year} {_time(at)}"
    words = _HEAD_WORDS.get(language, _HEAD_WORDS["en"])
    return list(zip(words, (_who(quoted.author), when, _who(quoted.to), quoted.subject), strict=True))


def _lines(text: str) -> list[str]:
    return [html.escape(line, quote=False) for line in text.splitlines()]


def _gmail_page(text: str, tail: str) -> str:
    body = "".join(f"<div>{line or '<br>'}</div>" for line in _lines(text))
    return f'<div dir="ltr">{body}</div>{tail}\n'


def _outlook_page(text: str, tail: str) -> str:
    body = "\n".join(f"<p class=MsoNormal>{line or '&nbsp;'}<o:p></o:p></p>" for line in _lines(text))
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office">\n'
        '<head><meta name=Generator content="Microsoft Word 15">\n<style><!--\n'
        'p.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;}\n--></style></head>\n'
        f'<body lang=RU link="#0563C1"><div class=WordSection1>\n{body}\n{tail}</div></body></html>\n'
    )


def _html_quotation(client: str, language: str, quoted: Quoted) -> str:
    text = "<br>\n".join(_lines(quoted.text))
    if client == "outlook":
        head = "<br>\n".join(
            f"<b>{name}:</b> {html.escape(value, quote=False)}" for name, value in _outlook_head(language, quoted)
        )
        return (
            "<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n"
            "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
            f"<p class=MsoNormal>{head}<o:p></o:p></p></div>\n<p class=MsoNormal>{text}<o:p></o:p></p>\n"
        )
    lead = html.escape(attribution(client, language, quoted), quote=False)
    return (
        f'<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{lead}<br></div>'
        f'<blockquote class="gmail_quote" style="{_GMAIL_QUOTE}">{text}</blockquote></div>'
    )
