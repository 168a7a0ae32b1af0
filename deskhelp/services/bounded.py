"""What was made with some effort and may be asked for again: kept while there is room, by number and by bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Bounded(Generic[T]):
    """The things used last, at most `most` of them and `most_bytes` by what `size_of` says; for several threads."""

    def __init__(self, most: int, most_bytes: int, size_of: Callable[[T], int]) -> None:
        self._most, self._most_bytes, self._size_of = most, most_bytes, size_of
        self._kept: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = threading.Lock()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under a key, else what `make` makes; one that is larger than all the room is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        made = make()
        self._keep(key, made, self._size_of(made))
        return made

    def _keep(self, key: Hashable, made: T, size: int) -> None:
        with self._lock:
            if size > self._most_bytes or key in self._kept:
                return
            self._kept[key] = (made, size)
            self.bytes += size
            while len(self._kept) > self._most or self.bytes > self._most_bytes:
                _, (_, gone) = self._kept.popitem(last=False)
                self.bytes -= gone
