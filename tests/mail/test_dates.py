"""Dates as programs write them that do not keep to RFC 5322."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.dates import date_of

MOSCOW = "2025-01-14T11:11:30+03:00"
GREENWICH = "2025-01-14T11:11:30+00:00"
DATES = [
    ("Tue, 14 Jan 2025 11:11:30 +0300", MOSCOW),
    ("Tue, 14 Jan 25 11:11:30 +0300", MOSCOW),
    ("Tue, 14 Jan 125 11:11:30 +0300", MOSCOW),
    ("Tue(day), 14 Jan 2025 (x) 11:11:30 +0300 (MSK)", MOSCOW),
    ("Tue, 14 Jan 2025 11:11:30 MSK", MOSCOW),
    ("Tue, 14 Jan 2025 11:11:30 GMT+03:00", MOSCOW),
    ("Tue, 14 Jan 2025 11:11:30 UTC+3", MOSCOW),
    ("Tue, 14 Jan 2025 11.11.30 +0300", MOSCOW),
    ("14-Jan-2025 11:11:30 +0300", MOSCOW),
    ("Tue Jan 14 11:11:30 +0300 2025", MOSCOW),
    ("Tue Jan 14 11:11:30 MSK 2025", MOSCOW),
    ("2025-01-14T11:11:30.5+03:00", MOSCOW),
    ("2025-01-14 11:11:30 +0300", MOSCOW),
    ("=?utf-8?B?0JLRgiwgMTQg0Y/QvdCyIDIwMjUgMTE6MTE6MzAgKzAzMDA=?=", MOSCOW),
    ("Вт, 14 января 2025 г. 11:11:30 +0300", MOSCOW),
    ("mar, 14 ene 2025 11:11:30 +0300", MOSCOW),
    ("mar., 14 févr. 2025 11:11:30 +0300", "2025-02-14T11:11:30+03:00"),
    ("Mi, 24 Dez 2025 11:11:30 +0100", "2025-12-24T11:11:30+01:00"),
    ("Tue, 14 Jan 2025 11:11:30", GREENWICH),
    ("Tue, 14 Jan 2025 11:11:30 Z", GREENWICH),
    ("Tue, 14 Jan 2025 11:11:30 A", GREENWICH),
    ("14.01.2025 11:11:30", GREENWICH),
    ("14/01/2025 11:11:30", GREENWICH),
    ("01/14/2025 11:11:30 AM", GREENWICH),
    ("Jan 14, 2025 1:11:30 PM", "2025-01-14T13:11:30+00:00"),
    ("Tue, 31 Dec 2024 23:59:60 +0000", "2024-12-31T23:59:59+00:00"),
    ("Tue, 14 Jan 2025 24:00:00 +0000", "2025-01-15T00:00:00+00:00"),
    ("yesterday", None),
    ("", None),
    ("Mon, 31 Feb 2025 11:11:30 +0000", None),
    ("Tue, 14 Jan 2025 11:11:30 +9999", None),
]


@pytest.mark.parametrize(("field", "moment"), DATES)
def test_a_date_is_read_however_it_is_written(field: str, moment: str | None) -> None:
    found = date_of(field)
    assert (found.isoformat() if found else None) == moment


@given(st.text('0123456789:.-/+ ,JanFebamp()"я', max_size=60))
def test_any_field_is_some_date_or_none(text: str) -> None:
    date_of(text)
