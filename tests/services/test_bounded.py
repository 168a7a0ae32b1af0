"""What is kept for the next time, by number and by bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.services import intake, reading
from deskhelp.services.bounded import Bounded
from deskhelp.services.incoming import Incoming
from deskhelp.services.office import Office
from deskhelp.services.shown import ShownBody

from .conftest import BOX


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60))), st.integers(1, 4), st.integers(1, 100))
def test_it_never_keeps_more_than_it_may_and_always_answers_right(
    asked: list[tuple[int, int]], most: int, most_bytes: int
) -> None:
    kept = Bounded[bytes](most, most_bytes, len)
    sizes: dict[int, int] = {}
    for key, size in asked:
        size = sizes.setdefault(key, size)
        assert kept.get(key, lambda key=key, size=size: bytes([key]) * size) == bytes([key]) * size
        assert len(kept) <= most
        assert kept.bytes <= most_bytes


def test_what_was_used_last_stays() -> None:
    kept = Bounded[str](10, 3, len)
    made: list[str] = []

    def get(key: str) -> str:
        return kept.get(key, lambda: made.append(key) or key)  # type: ignore[func-returns-value]

    for key in "abcadab":
        get(key)
    assert made == ["a", "b", "c", "d", "b"]
    get("too long")
    get("too long")
    assert made[-2:] == ["too long", "too long"]


def test_bodies_with_large_pictures_are_not_all_kept(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Bounded[ShownBody](reading.KEPT, 100_000, reading._size_of)
    monkeypatch.setattr(reading, "_kept", kept)
    for number in range(10):
        head = f"From: c{number}@x.example\r\nSubject: S\r\nMessage-ID: <{number}@x.example>\r\nMIME-Version: 1.0\r\n"
        html = f'<b>{number}</b><img src="data:image/png;base64,{"iVBORw0KGgo" + "A" * 28_000}">'
        raw = f"{head}Content-Type: text/html\r\n\r\n{html}".encode()
        intake.take_in(office, BOX, [Incoming(raw, 1_790_000_000_000 + number)])
        (row,) = office.replica.database.execute_sql("SELECT ticket FROM message ORDER BY n DESC LIMIT 1").fetchall()
        (body,) = reading.opened(office, row[0]).bodies.values()
        assert len(next(iter(body.embedded.values()))) > 20_000

    assert 80_000 < kept.bytes <= 100_000
    assert len(kept) == 4
