"""The narrowing part of a search as SQL over the table ticket."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from deskhelp.domain.codes import code_prefix_range, normalise_code
from deskhelp.domain.entities import EntityKind
from deskhelp.domain.query import Filter, Query, day_of
from deskhelp.domain.words import fold, words

from .asking import Readable
from .entities import all_entities
from .matching import field_match

UNREAD: Final = (
    "last_in_ms > COALESCE((SELECT read_at_ms FROM ticket_read WHERE ticket_read.ticket = ticket.id), 0)"
    " AND status IN ('new', 'open') AND NOT is_list"
)
_MENTIONED: Final = (
    "ticket.id IN (SELECT said.ticket FROM message AS said WHERE said.mentions != '' AND :me != ''"
    " AND instr(said.mentions, :me) AND NOT said.is_hidden AND NOT EXISTS (SELECT 1 FROM message AS mine"
    " WHERE mine.ticket = said.ticket AND mine.agent = :me AND mine.at_ms >= said.at_ms AND mine.id != said.id))"
)
HAS_DRAFT: Final = "ticket.id IN (SELECT draft.ticket FROM draft)"
_OPEN: Final = "status IN ('new', 'open')"
_ACTIVE: Final = f"{_OPEN} AND snoozed_until_ms <= :now AND NOT is_list"
_UNDONE: Final = "status IN ('new', 'open', 'pending', 'on_hold')"
_IS: Final[Mapping[str, str]] = {
    "active": _ACTIVE,
    "open": _OPEN,
    "mine": f"assignee = :me AND :me != '' AND {_ACTIVE}",
    "unassigned": f"assignee = '' AND {_ACTIVE}",
    "escalated": f"escalation_level > 0 AND {_UNDONE}",
    "overdue": f"due_ms > 0 AND due_ms < :now AND {_UNDONE}",
    "snoozed": f"snoozed_until_ms > 0 AND snoozed_until_ms > :now AND {_UNDONE}",
    "waiting": "status IN ('pending', 'on_hold') AND snoozed_until_ms <= :now",
    "unread": UNREAD,
    "failed": "has_failed_delivery",
    "quarantined": "is_quarantined",
    "list": "is_list",
    "done": "status IN ('solved', 'closed')",
    "draft": HAS_DRAFT,
    "mentioned": f"{_MENTIONED} AND {_UNDONE}",
    "automatic": "NOT EXISTS (SELECT 1 FROM message WHERE message.ticket = ticket.id AND NOT is_automatic)",
}
_FROM_OUTSIDE: Final = "direction IN ('in', 'call') AND has_words(sender_name || ' ' || sender_address, {value})"
_ADDRESSED: Final = "is_addressed(people, {value})"
_BY_FIELD: Final = {"from": _FROM_OUTSIDE, "to": _ADDRESSED}


@dataclass(slots=True)
class Condition:
    """A condition on the table ticket, with named values; `costly` parts are asked only of tickets with a hit."""

    parts: list[str] = field(default_factory=list)
    costly: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def value(self, content: Any) -> str:
        """The name under which a value is bound."""
        name = f"v{len(self.values)}"
        self.values[name] = content
        return f":{name}"

    def add(self, condition: str, *, negated: bool = False) -> None:
        self.parts.append(f"NOT ({condition})" if negated else f"({condition})")

    @property
    def where(self) -> str:
        return " AND ".join([*self.parts, *self.costly]) or "1"

    def cheap(self) -> Condition:
        """This without its costly parts."""
        return Condition(self.parts, [], self.values)

    def among(self, tickets: Sequence[str]) -> Condition:
        """This, and one of these tickets."""
        narrowed = Condition(list(self.parts), list(self.costly), dict(self.values))
        narrowed.add(f"ticket.id IN ({', '.join([narrowed.value(ticket) for ticket in tickets])})")
        return narrowed


def condition_of(replica: Readable, query: Query, agent: str, now_ms: int) -> Condition:
    """Everything of a query but its words."""
    sql = Condition(values={"now": now_ms, "me": agent})
    _teach(replica, query)
    for item in query.filters:
        if item.field not in ("from", "to", "subject"):
            sql.add(_FILTERS[item.field](replica, item, sql), negated=item.is_negated)
        elif item.is_negated:
            sql.add(_with_match(sql, item), negated=True)
        elif item.field in _BY_FIELD:  # the rest of it is in `matching.match_of`
            exact = _BY_FIELD[item.field].format(value=sql.value(item.value))
            sql.costly.append(f"EXISTS (SELECT 1 FROM message WHERE message.ticket = ticket.id AND {exact})")
    return sql


def _teach(replica: Readable, query: Query) -> None:
    """Give SQLite the two functions by which ``from:`` and ``to:`` tell who wrote from who only stands there."""
    if any(item.field in _BY_FIELD for item in query.filters):
        connection = replica.database.connection()
        connection.create_function("has_words", 2, has_words, deterministic=True)
        connection.create_function("is_addressed", 2, _is_addressed, deterministic=True)


def has_words(text: str, wanted: str) -> bool:
    """Whether each word that is wanted begins a word of the text."""
    there = list(words(text))
    return all(any(word.startswith(begin) for word in there) for begin in words(wanted))


def _is_addressed(people: str, wanted: str) -> bool:
    groups = json.loads(people)
    return any(has_words(" ".join(person), wanted) for name in ("to", "cc", "bcc") for person in groups.get(name, ()))


def tickets_with(match: str) -> str:
    """The subquery for tickets with a message that fits; `match` is the name of a bound value."""
    return f"SELECT ticket FROM message WHERE n IN (SELECT rowid FROM message_fts WHERE message_fts MATCH {match})"


def _with_match(sql: Condition, item: Filter) -> str:
    exact = _BY_FIELD.get(item.field, "1").format(value=sql.value(item.value))
    return f"ticket.id IN ({tickets_with(sql.value(field_match(item.field, item.value)))} AND {exact})"


# -- one filter each -------------------------------------------------------------------------------


def _is(_replica: Readable, item: Filter, _sql: Condition) -> str:
    return _IS[item.value]


def _column(_replica: Readable, item: Filter, sql: Condition) -> str:
    return f"{item.field} = {sql.value(item.value)}"


def _tag(replica: Readable, item: Filter, sql: Condition) -> str:
    ids = _ids(replica, EntityKind.TAG, item.value)
    return f"ticket.id IN (SELECT ticket FROM ticket_tag WHERE {_among('tag', ids, sql)})"


def _assignee(replica: Readable, item: Filter, sql: Condition) -> str:
    if item.value in ("me", "я"):
        return "assignee = :me AND :me != ''"
    if item.value in ("none", "никто"):
        return "assignee = ''"
    return _among("assignee", _ids(replica, EntityKind.AGENT, item.value), sql)


def _entity(replica: Readable, item: Filter, sql: Condition) -> str:
    if item.value in ("none", "нет"):
        return f"{item.field} = ''"
    return _among(item.field, _ids(replica, EntityKind(item.field), item.value), sql)


def _has(_replica: Readable, _item: Filter, _sql: Condition) -> str:
    return "attachment_count > 0"


def _code(_replica: Readable, item: Filter, sql: Condition) -> str:
    return by_code(normalise_code(item.value) or "", sql)


def by_code(bare: str, sql: Condition) -> str:
    """Tickets that a bare code means, by their own id or by one that leads to them."""
    first, last = (sql.value(end) for end in code_prefix_range(bare))
    aliases = f"SELECT alias.ticket FROM alias WHERE alias.id BETWEEN {first} AND {last}"
    return f"ticket.id BETWEEN {first} AND {last} OR ticket.id IN ({aliases})"


def _day(_replica: Readable, item: Filter, sql: Condition) -> str:
    day = day_of(item.value)
    moment = datetime(day.year, day.month, day.day).astimezone() if day else datetime.fromtimestamp(0)
    return f"updated_at_ms {'<' if item.field == 'before' else '>='} {sql.value(int(moment.timestamp() * 1000))}"


_FILTERS: Final[Mapping[str, Callable[[Readable, Filter, Condition], str]]] = {
    "is": _is,
    "status": _column,
    "priority": _column,
    "channel": _column,
    "tag": _tag,
    "assignee": _assignee,
    "department": _entity,
    "mailbox": _entity,
    "has": _has,
    "code": _code,
    "before": _day,
    "after": _day,
}


def _among(column: str, ids: list[str], sql: Condition) -> str:
    return f"{column} IN ({', '.join(sql.value(name) for name in ids)})" if ids else "0"


def _ids(replica: Readable, kind: EntityKind, value: str) -> list[str]:
    """The ids of what is called so; if nothing is, of what begins so."""
    wanted = fold(value)
    entities = all_entities(replica, kind)
    exact = [entity.id for entity in entities if wanted in _names(entity)]
    return exact or [entity.id for entity in entities if any(name.startswith(wanted) for name in _names(entity))]


def _names(entity: Any) -> tuple[str, ...]:
    names = (getattr(entity, name, "") for name in ("id", "name", "address", "key"))
    return tuple(fold(name) for name in names if name)
