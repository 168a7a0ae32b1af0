"""Items of a database that are read with one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.db import hub_ahead
from deskhelp.db.hub_ahead import Ahead

_names = st.lists(st.text("abc", min_size=1, max_size=2), unique=True, max_size=8)


class Table:
    """Items that are asked for; `asked` are the names of each question for their data."""

    def __init__(self, items: Mapping[str, bytes]) -> None:
        self._items = items
        self.asked: list[Sequence[str]] = []

    def read(self, what: str, names: Sequence[str]) -> Mapping[str, Any]:
        if what == "data":
            self.asked.append(names)
        found = {name: self._items[name] for name in names if name in self._items}
        return found if what == "data" else {name: len(data) for name, data in found.items()}


@given(_names, _names, st.lists(st.text("abc", min_size=1, max_size=2), max_size=12))
def test_whatever_is_expected_and_asked_for_what_comes_is_right(
    there: list[str], expected: list[str], asked: list[str]
) -> None:
    items = {name: name.encode() for name in there}
    ahead = Ahead(Table(items).read)
    ahead.expect(expected)

    for name in asked:
        assert ahead.take(name) in (items.get(name), None)


def test_what_is_asked_for_in_order_comes_with_one_question() -> None:
    names = [f"n{number}" for number in range(20)]
    table = Table(dict.fromkeys(names, b"x"))
    ahead = Ahead(table.read)
    ahead.expect(names)

    assert [ahead.take(name) for name in names] == [b"x"] * 20
    assert len(table.asked) == 1


def test_only_so_much_is_in_the_memory_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_ahead, "PORTION_BYTES", 10)
    table = Table({"a": b"1234", "b": b"12345", "c": b"1" * 30, "d": b"1", "e": b"2"})
    ahead = Ahead(table.read)
    ahead.expect("abcde")

    assert [len(ahead.take(name) or b"") for name in "abcde"] == [4, 5, 30, 1, 1]
    assert [list(names) for names in table.asked] == [["a", "b"], ["c"], ["d", "e"]]


def test_what_is_expected_next_lets_go_of_what_was_before() -> None:
    table = Table({"a": b"1", "b": b"2", "c": b"3"})
    ahead = Ahead(table.read)
    ahead.expect("ab")
    assert ahead.take("a") == b"1"

    ahead.expect("c")

    assert ahead.take("b") is None
    assert ahead.take("c") == b"3"
