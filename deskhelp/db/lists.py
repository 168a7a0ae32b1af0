"""Lists and counts of tickets: queries of the search language as SQL, pages by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from deskhelp.domain.entities import EntityKind
from deskhelp.domain.identity import code_prefix_range, normalise_code, ticket_code
from deskhelp.domain.query import Filter, Query, Words, day_of
from deskhelp.domain.ticket import Channel, Escalation, Priority, Status
from deskhelp.domain.views import Page, TicketSummary
from deskhelp.domain.words import fold, stem, words

from .entities import all_entities
from .log import marks
from .replica import Replica

SORTS: Final = {"updated": "updated_at_ms", "created": "created_at_ms", "waiting": "waiting_since_ms", "due": "due_ms"}
_ACTIVE: Final = "status IN ('new', 'open') AND snoozed_until_ms <= :now"
_COLUMNS: Final = (
    "ticket.id, subject, status, priority, assignee, department, mailbox, channel, requester_name, requester_address, tags, "
    "escalation_level, escalation_to, escalation_reason, escalation_agent, escalation_at_ms, created_at_ms, "
    "updated_at_ms, last_in_ms, waiting_since_ms, due_ms, snoozed_until_ms, snippet, last_author, message_count, "
    "attachment_count, has_failed_delivery, is_quarantined, conflicts"
)
_READ: Final = "COALESCE((SELECT read_at_ms FROM ticket_read WHERE ticket_read.ticket = ticket.id), 0)"
_DRAFT: Final = "EXISTS (SELECT 1 FROM draft WHERE draft.ticket = ticket.id)"
_IS: Final = {
    "active": _ACTIVE,
    "mine": f"assignee = :me AND :me != '' AND {_ACTIVE}",
    "unassigned": f"assignee = '' AND {_ACTIVE}",
    "escalated": "escalation_level > 0 AND status NOT IN ('solved', 'closed', 'spam')",
    "overdue": "due_ms > 0 AND due_ms < :now AND status IN ('new', 'open', 'pending', 'on_hold')",
    "snoozed": "snoozed_until_ms > :now AND status NOT IN ('solved', 'closed', 'spam')",
    "waiting": "status IN ('pending', 'on_hold') AND snoozed_until_ms <= :now",
    "unread": f"last_in_ms > {_READ} AND status IN ('new', 'open')",
    "failed": "has_failed_delivery",
    "quarantined": "is_quarantined",
    "done": "status IN ('solved', 'closed')",
    "draft": _DRAFT,
    "automatic": "NOT EXISTS (SELECT 1 FROM message WHERE message.ticket = ticket.id AND NOT is_automatic)",
}
_SCAN: Final = 400


@dataclass(slots=True)
class _Sql:
    """A condition on the table ticket, with named values."""

    parts: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def value(self, content: Any) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = content
        return f":{name}"

    def add(self, condition: str, *, negated: bool = False) -> None:
        self.parts.append(f"NOT ({condition})" if negated else f"({condition})")

    @property
    def where(self) -> str:
        return " AND ".join(self.parts) or "1"


def list_tickets(
    replica: Replica,
    query: Query,
    *,
    agent: str,
    now_ms: int,
    after: tuple[int, str] | None = None,
    limit: int = 50,
    sort: str = "updated",
) -> Page:
    """A page of the tickets that fit, newest first; `after` is the `next_key` of the page before."""
    column = SORTS.get(sort, "updated_at_ms")
    sql = _condition(replica, query, agent, now_ms)
    if query.words and not any(words.is_negated for words in query.words):
        rows = _search_rows(replica, query, sql, column, after, limit)
    else:
        rows = _rows(replica, sql, column, after, limit)
    summaries = tuple(_summary(row) for row in rows[:limit])
    has_more = len(rows) > limit
    key = (rows[limit - 1][-1], rows[limit - 1][0]) if has_more else None
    return Page(summaries, key)


def _rows(replica: Replica, sql: _Sql, column: str, after: tuple[int, str] | None, limit: int) -> list[Any]:
    return _select(replica, sql, column, after, limit + 1)


def _select(
    replica: Replica, sql: _Sql, column: str, after: tuple[int, str] | None, limit: int, extra: str = ""
) -> list[Any]:
    where = sql.where + extra
    values = dict(sql.values)
    if after is not None:
        where += f" AND ({column}, ticket.id) < (:after_at, :after_id)"
        values |= {"after_at": after[0], "after_id": after[1]}
    query = (
        f"SELECT {_COLUMNS}, last_in_ms > {_READ} AND status IN ('new', 'open'), {_DRAFT}, {column} FROM ticket "
        f"WHERE {where} ORDER BY {column} DESC, ticket.id DESC LIMIT :limit"
    )
    connection = replica.database.connection()
    return list(connection.execute(query, values | {"limit": limit}))


def _search_rows(
    replica: Replica, query: Query, sql: _Sql, column: str, after: tuple[int, str] | None, limit: int
) -> list[Any]:
    """Tickets with a message that has the words: few hits are listed whole, many are met along the newest tickets."""
    match = match_expression(query.words)
    connection = replica.database.connection()
    hits = connection.execute(
        "SELECT rowid FROM message_fts WHERE message_fts MATCH ? ORDER BY rowid DESC LIMIT ?", (match, 5000)
    ).fetchall()
    if len(hits) < 5000:
        tickets = _tickets_of(connection, [row[0] for row in hits])
        found: list[Any] = []
        for part in _parts(tickets, 900):
            names = [sql.value(name) for name in part]
            found += _select(replica, sql, column, after, limit + 1, f" AND ticket.id IN ({', '.join(names)})")
            sql.values = {key: value for key, value in sql.values.items() if f":{key}" not in names}
        found.sort(key=lambda row: (row[-1], row[0]), reverse=True)
        return found[: limit + 1]
    return _walk(replica, sql, column, after, limit, match, _SCAN)


def _walk(
    replica: Replica, sql: _Sql, column: str, after: tuple[int, str] | None, limit: int, match: str, step: int
) -> list[Any]:
    """Go down the newest tickets and keep those that have the words: fast because the words are common."""
    connection = replica.database.connection()
    found: list[Any] = []
    while len(found) <= limit:
        rows = _select(replica, sql, column, after, step)
        for row in rows:
            hit = connection.execute(
                "SELECT 1 FROM message_fts WHERE message_fts MATCH ? AND rowid IN "
                "(SELECT n FROM message WHERE ticket = ?) LIMIT 1",
                (match, row[0]),
            ).fetchone()
            if hit:
                found.append(row)
                if len(found) > limit:
                    break
        if len(rows) < step:
            break
        after = (rows[-1][-1], rows[-1][0])
    return found


def _tickets_of(connection: Any, numbers: list[int]) -> list[str]:
    found: dict[str, None] = {}
    for part in _parts(numbers, 900):
        query = f"SELECT DISTINCT ticket FROM message WHERE n IN ({marks(part)})"
        found.update(dict.fromkeys(row[0] for row in connection.execute(query, part)))
    return list(found)


def _parts(values: list[Any], size: int) -> Iterable[list[Any]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def match_expression(searched: tuple[Words, ...]) -> str:
    """The FTS5 expression for words: stems, the last bare word as a beginning, quoted ones in order."""
    terms = []
    plain = [item for item in searched if not item.is_negated]
    for item in plain:
        stems = [stem(word) for word in words(item.text)]
        if not stems:
            continue
        if item.is_exact:
            terms.append('"' + " ".join(stems) + '"')
            continue
        terms += [f'"{name}"' for name in stems[:-1]]
        last = list(words(item.text))[-1]
        ending = f'("{stems[-1]}" OR "{last}"*)' if item is plain[-1] else f'"{stems[-1]}"'
        terms.append(ending)
    return " AND ".join(terms) or '""'


def count_tickets(replica: Replica, queries: Mapping[str, Query], *, agent: str, now_ms: int) -> dict[str, int]:
    """How many tickets fit each query."""
    connection = replica.database.connection()
    counts = {}
    for name, query in queries.items():
        sql = _condition(replica, query, agent, now_ms)
        row = connection.execute(f"SELECT COUNT(*) FROM ticket WHERE {sql.where}", sql.values).fetchone()
        counts[name] = int(row[0])
    return counts


# -- conditions ------------------------------------------------------------------------------------


def _condition(replica: Replica, query: Query, agent: str, now_ms: int) -> _Sql:
    sql = _Sql(values={"now": now_ms, "me": agent})
    for item in query.filters:
        sql.add(_filter(replica, item, sql), negated=item.is_negated)
    for searched in query.words:
        if searched.is_negated:
            match = sql.value(match_expression((Words(searched.text, searched.is_exact),)))
            sql.add(
                "ticket.id IN (SELECT ticket FROM message WHERE n IN "
                f"(SELECT rowid FROM message_fts WHERE message_fts MATCH {match}))",
                negated=True,
            )
    if query.words and any(words.is_negated for words in query.words) and not all(w.is_negated for w in query.words):
        match = sql.value(match_expression(query.words))
        sql.add(
            "ticket.id IN (SELECT ticket FROM message WHERE n IN "
            f"(SELECT rowid FROM message_fts WHERE message_fts MATCH {match}))"
        )
    return sql


def _filter(replica: Replica, item: Filter, sql: _Sql) -> str:
    name, value = item.field, item.value
    if name == "is":
        return _IS[value]
    if name in ("status", "priority", "channel"):
        return f"{name} = {sql.value(value)}"
    if name == "tag":
        ids = [entity.id for entity in all_entities(replica, EntityKind.TAG) if _named(entity, value)]
        return f"ticket.id IN (SELECT ticket FROM ticket_tag WHERE tag IN ({_list(sql, ids)}))"
    if name == "assignee":
        if value == "me":
            return "assignee = :me AND :me != ''"
        if value in ("none", "никто"):
            return "assignee = ''"
        return f"assignee IN ({_list(sql, _ids(replica, EntityKind.AGENT, value))})"
    if name in ("department", "mailbox"):
        return f"{name} IN ({_list(sql, _ids(replica, EntityKind(name), value))})"
    if name in ("from", "to", "subject"):
        return _people(name, value, sql)
    if name == "has":
        return "attachment_count > 0"
    if name == "code":
        first, last = code_prefix_range(normalise_code(value) or "0")
        low, high = sql.value(first), sql.value(last)
        return f"ticket.id BETWEEN {low} AND {high} OR ticket.id IN (SELECT ticket FROM alias WHERE id BETWEEN {low} AND {high})"
    return _day(name, value, sql)


def _people(name: str, value: str, sql: _Sql) -> str:
    column = {"from": "people", "to": "people", "subject": "subject"}[name]
    terms = " ".join(f'"{stem(word)}"' if name == "subject" else f'"{stem(word)}"*' for word in words(value))
    match = sql.value(f"{column} : ({terms or chr(34) * 2})")
    hit = f"SELECT ticket FROM message WHERE n IN (SELECT rowid FROM message_fts WHERE message_fts MATCH {match})"
    if name == "from":
        return f"ticket.id IN ({hit} AND direction IN ('in', 'call'))"
    return f"ticket.id IN ({hit})"


def _day(name: str, value: str, sql: _Sql) -> str:
    day = day_of(value)
    moment = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000) if day else 0
    return f"updated_at_ms {'<' if name == 'before' else '>='} {sql.value(moment)}"


def _ids(replica: Replica, kind: EntityKind, value: str) -> list[str]:
    return [entity.id for entity in all_entities(replica, kind) if _named(entity, value)]


def _named(entity: Any, value: str) -> bool:
    """By id, key, whole name, address, or the beginning of a name."""
    name = fold(entity.name)
    address = fold(getattr(entity, "address", ""))
    return value in (entity.id, name, address, fold(getattr(entity, "key", ""))) or name.startswith(value)


def _list(sql: _Sql, values: list[str]) -> str:
    return ", ".join(sql.value(value) for value in values) or "NULL"


# -- rows ------------------------------------------------------------------------------------------


def summary_of(replica: Replica, ticket_id: str) -> TicketSummary | None:
    """The summary of one ticket by its canonical id."""
    sql = _Sql(values={"now": 0, "me": ""})
    sql.add(f"ticket.id = {sql.value(ticket_id)}")
    rows = _select(replica, sql, "updated_at_ms", None, 1)
    return _summary(rows[0]) if rows else None


def _summary(row: tuple[Any, ...]) -> TicketSummary:
    escalation = Escalation(row[11], row[12], row[13], row[14], row[15]) if row[11] else None
    return TicketSummary(
        id=row[0],
        code=ticket_code(row[0]),
        subject=row[1],
        status=Status(row[2]),
        priority=Priority(row[3]),
        assignee=row[4],
        department=row[5],
        mailbox=row[6],
        channel=Channel(row[7]),
        requester_name=row[8],
        requester_address=row[9],
        tags=tuple(row[10].split()),
        escalation=escalation,
        created_at_ms=row[16],
        updated_at_ms=row[17],
        last_in_ms=row[18],
        waiting_since_ms=row[19],
        due_ms=row[20],
        snoozed_until_ms=row[21],
        snippet=row[22],
        last_author=row[23],
        message_count=row[24],
        attachment_count=row[25],
        has_failed_delivery=bool(row[26]),
        is_quarantined=bool(row[27]),
        is_unread=bool(row[29]),
        has_draft=bool(row[30]),
        conflicts=tuple(row[28].split()),
    )
