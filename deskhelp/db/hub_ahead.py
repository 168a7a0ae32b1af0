"""Reading several items of a database with one question, where it is known that they will be asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

PORTION_BYTES: Final = 4 * 1024 * 1024
_AT_ONCE: Final = 128
Read = Callable[[str, Sequence[str]], Mapping[str, Any]]
"""What this expression gives of each of these items that is there."""


class Ahead:
    """Items that came along with others; each is handed out once."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._expected: list[str] = []
        self._found: dict[str, bytes] = {}

    def expect(self, names: Sequence[str]) -> None:
        """These will be asked for, about in this order; what was expected before is not any more."""
        self._expected = list(names)
        self._found = {}

    def take(self, name: str) -> bytes | None:
        """An item that was expected and is there; None says nothing about it."""
        if name not in self._found and name in self._expected:
            del self._expected[: self._expected.index(name)]
            found = self._read("data", self._portion())
            self._found = {name: bytes(data) for name, data in found.items()}
        return self._found.pop(name, None)

    def _portion(self) -> Sequence[str]:
        """The next ones, as many as there is room for in the memory, but one at least."""
        names = self._expected[:_AT_ONCE]
        sizes = self._read("LENGTH(data)", names)
        count = size = 0
        for name in names:
            size += int(sizes.get(name, 0))
            if count and size > PORTION_BYTES:
                break
            count += 1
        del self._expected[:count]
        return names[:count]
