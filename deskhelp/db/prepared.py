"""What storing an event needs and follows from the event alone: worked out in any process, needs no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from deskhelp.domain.events import Event
from deskhelp.domain.payloads import text_bytes

from .packing import PackedBlob, pack
from .rows import IndexWords, index_words, message_values

NO_TEXT: Final = PackedBlob("", 0, b"")


class Prepared(NamedTuple):
    """Of a message's fact: its text as a blob, the row of its message, and the words by which search finds it."""

    text: PackedBlob
    row: dict[str, Any]
    words: IndexWords


def prepare(event: Event) -> Prepared:
    """Work out what a fact will need."""
    row = message_values(event)
    return Prepared(packed_text(event), row, index_words(event, row))


def packed_text(event: Event) -> PackedBlob:
    """The erasable part as a blob; NO_TEXT if there is none."""
    content = text_bytes(event)
    return pack(content) if content else NO_TEXT


class Preparations:
    """What was worked out of the events of a batch before; what was not is worked out when it is asked for.

    `prepared` is by the events' ids, each of which names one payload: an id that is in a batch twice has none taken.
    """

    def __init__(self, events: Sequence[Event] = (), prepared: Mapping[str, Prepared] | None = None) -> None:
        known = prepared or {}
        times = Counter(event.id for event in events if event.id in known)
        self._known = {id(event): (event, known[event.id]) for event in events if times[event.id] == 1}

    def text_of(self, event: Event) -> PackedBlob:
        found = self._of(event)
        return found.text if found else packed_text(event)

    def row_of(self, event: Event) -> dict[str, Any]:
        """The row of its message, before threading and before changes to it; the caller's own."""
        found = self._of(event)
        return dict(found.row) if found else message_values(event)

    def words_of(self, event: Event, row: Mapping[str, Any]) -> IndexWords:
        found = self._of(event)
        return found.words if found else index_words(event, row)

    def _of(self, event: Event) -> Prepared | None:
        """By the very object: one of the log with another payload under its id has nothing in common with it."""
        found = self._known.get(id(event))
        return found[1] if found else None
