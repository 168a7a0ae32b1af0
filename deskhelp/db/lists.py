"""Lists and counts of tickets for a query: pages by key, searches along the newest tickets that have a hit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from deskhelp.domain.codes import normalise_code
from deskhelp.domain.highlight import snippet_around
from deskhelp.domain.query import Query, Words
from deskhelp.domain.views import Page, TicketSummary

from .asking import Readable, chunks
from .conditions import Condition, by_code, condition_of, tickets_with
from .hits import Hits
from .matching import excluded_matches, match_of
from .summaries import summaries

Key = tuple[int, str]
_NEVER: Final = 1 << 60
SORTS: Final[Mapping[str, str]] = {
    "updated": "updated_at_ms",
    "created": "created_at_ms",
    "waiting": f"-CASE waiting_since_ms WHEN 0 THEN {_NEVER} ELSE waiting_since_ms END",
    "due": f"-CASE due_ms WHEN 0 THEN {_NEVER} ELSE due_ms END",
}
"""What a list is sorted by, greatest first: the newest, or what has waited longest or is due soonest."""
_FEW: Final = 1500
_STEP: Final = 200
_LONGEST_STEP: Final = 4000


def list_tickets(
    replica: Readable,
    query: Query,
    *,
    agent: str,
    now_ms: int,
    after: Key | None = None,
    limit: int = 50,
    sort: str = "updated",
) -> Page:
    """A page of the tickets that fit; `after` is the `next_key` of the page before, `sort` one of SORTS.

    A ticket fits the words if one of its messages has them all; its snippet is then the place of the first hit.
    """
    order = _Order(replica, SORTS.get(sort, SORTS["updated"]), limit + 1)
    condition = condition_of(replica, query, agent, now_ms)
    if match_of(query) or excluded_matches(query):
        keys, numbers = _Search(replica, query, order, condition).keys(after)
    else:
        keys, numbers = order.keys(condition, after), {}
    shown = summaries(replica, [ticket for _, ticket in keys[:limit]])
    shown = _with_snippets(replica, shown, query.words, numbers)
    return Page(tuple(shown), keys[limit - 1] if len(keys) > limit else None)


def count_tickets(replica: Readable, queries: Mapping[str, Query], *, agent: str, now_ms: int) -> dict[str, int]:
    """How many tickets fit each query, under the queries' names."""
    connection = replica.database.connection()
    counts = {}
    for name, query in queries.items():
        condition = _condition_with_words(replica, query, agent, now_ms)
        row = connection.execute(f"SELECT COUNT(*) FROM ticket WHERE {condition.where}", condition.values).fetchone()
        counts[name] = int(row[0])
    return counts


def tickets_among(
    replica: Readable, query: Query, tickets: Sequence[str], *, agent: str, now_ms: int, sort: str = "updated"
) -> tuple[TicketSummary, ...]:
    """Those of these tickets that fit, in the order of the list."""
    order = _Order(replica, SORTS.get(sort, SORTS["updated"]), len(tickets))
    keys = order.keys_among(tickets, _condition_with_words(replica, query, agent, now_ms))
    return tuple(summaries(replica, [ticket for _, ticket in keys]))


def _condition_with_words(replica: Readable, query: Query, agent: str, now_ms: int) -> Condition:
    """All that a query asks, its words as conditions too: for few tickets, and for counting."""
    condition = condition_of(replica, query, agent, now_ms)
    if match := match_of(query):
        condition.add(f"ticket.id IN ({tickets_with(condition.value(match))})")
    for match in excluded_matches(query):
        condition.add(f"ticket.id IN ({tickets_with(condition.value(match))})", negated=True)
    return condition


class _Order:
    """Keys of tickets in the order of a list, some at a time."""

    def __init__(self, replica: Readable, key: str, limit: int) -> None:
        self._connection = replica.database.connection()
        self._key = key
        self.limit = limit

    def keys(self, condition: Condition, after: Key | None, limit: int = 0) -> list[Key]:
        """The keys behind `after`, at most `limit` or a page and one."""
        where, values = condition.where, dict(condition.values)
        if after is not None:
            where += f" AND ({self._key}, ticket.id) < (:after_at, :after_id)"
            values |= {"after_at": after[0], "after_id": after[1]}
        query = f"SELECT {self._key}, ticket.id FROM ticket WHERE {where} ORDER BY 1 DESC, 2 DESC LIMIT :limit"
        return list(self._connection.execute(query, values | {"limit": limit or self.limit}))

    def keys_among(self, tickets: Sequence[str], condition: Condition, after: Key | None = None) -> list[Key]:
        """The keys of those of these tickets that fit."""
        found: list[Key] = []
        for part in chunks(tickets):
            found += self.keys(condition.among(part), after, len(part))
        return sorted(found, reverse=True)


class _Search:
    """Tickets with a message that has the words, and no message that has what is excluded."""

    def __init__(self, replica: Readable, query: Query, order: _Order, condition: Condition) -> None:
        self._order = order
        self._condition = condition
        match = match_of(query)
        self._hits = Hits(replica, match) if match else None
        self._excluded = [Hits(replica, excluded) for excluded in excluded_matches(query)]
        self._code = _code_of(query)

    def keys(self, after: Key | None) -> tuple[list[Key], dict[str, int]]:
        """Keys of a page and one, and the newest hit of each ticket."""
        if self._hits is not None and self._hits.are_few(_FEW):
            return self._of_few(self._hits, after)
        return self._walk(after)

    def _of_few(self, hits: Hits, after: Key | None) -> tuple[list[Key], dict[str, int]]:
        numbers = self._without_excluded(hits.by_ticket())
        meant = [ticket for _, ticket in self._order.keys(_meant(self._code), None)] if self._code else []
        found = self._order.keys_among(list(dict.fromkeys([*numbers, *meant])), self._condition, after)
        return found[: self._order.limit], numbers

    def _walk(self, after: Key | None) -> tuple[list[Key], dict[str, int]]:
        """Go down the list and keep the tickets that fit: soon done, as the words are common."""
        found: list[Key] = []
        numbers: dict[str, int] = {}
        step = _STEP
        while len(found) < self._order.limit:
            keys = self._order.keys(self._condition.cheap(), after, step)
            there = self._fitting([ticket for _, ticket in keys])
            found += [key for key in keys if key[1] in there]
            numbers |= there
            if len(keys) < step:
                break
            after, step = keys[-1], min(2 * step, _LONGEST_STEP)
        return found[: self._order.limit], numbers

    def _fitting(self, tickets: Sequence[str]) -> dict[str, int]:
        """Those of the tickets that fit, with their newest hits (0 where nothing is looked for)."""
        there = self._hits.among(tickets) if self._hits else dict.fromkeys(tickets, 0)
        there = self._without_excluded(there)
        if self._condition.costly:
            fitting = {ticket for _, ticket in self._order.keys_among(list(there), self._condition)}
            there = {ticket: number for ticket, number in there.items() if ticket in fitting}
        return there

    def _without_excluded(self, there: dict[str, int]) -> dict[str, int]:
        for hits in self._excluded:
            gone = hits.among(list(there))
            there = {ticket: number for ticket, number in there.items() if ticket not in gone}
        return there


def _code_of(query: Query) -> str:
    """The bare code of a ticket, if all that is searched for reads as one."""
    if any(item.is_negated or item.is_exact for item in query.words):
        return ""
    return normalise_code(" ".join(item.text for item in query.words)) or ""


def _meant(code: str) -> Condition:
    condition = Condition()
    condition.add(by_code(code, condition))
    return condition


def _with_snippets(
    replica: Readable, shown: list[TicketSummary], searched: Sequence[Words], numbers: Mapping[str, int]
) -> list[TicketSummary]:
    """The summaries with the place of the hit for a snippet, where the hit is in the text."""
    texts = _texts(replica, [numbers[row.id] for row in shown if row.id in numbers])
    found = []
    for row in shown:
        snippet = snippet_around(texts.get(numbers.get(row.id, 0), ""), searched)
        found.append(replace(row, snippet=snippet) if snippet else row)
    return found


def _texts(replica: Readable, numbers: Sequence[int]) -> dict[int, str]:
    connection = replica.database.connection()
    found: list[Any] = []
    for part in chunks(numbers):
        found += connection.execute(f"SELECT n, text FROM message WHERE n IN ({','.join('?' * len(part))})", part)
    return dict(found)
