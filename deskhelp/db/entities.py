"""Agents, tags, canned replies and the like, read from their folded rows."""

from __future__ import annotations

import json
from typing import Any

from deskhelp.domain.entities import ENTITY_TYPES, Entity, EntityKind, entity_from
from deskhelp.domain.errors import NotFound

from .asking import Readable


def all_entities(replica: Readable, kind: EntityKind) -> tuple[Entity, ...]:
    """All of a kind, the deleted ones too (the history names them), by name."""
    rows = replica.database.execute_sql("SELECT id, data, is_deleted FROM entity WHERE kind = ?", (str(kind),))
    found = [_entity(kind, *row) for row in rows]
    found.sort(key=lambda entity: (getattr(entity, "name", "").casefold(), entity.id))
    return tuple(found)


def entity(replica: Readable, kind: EntityKind, entity_id: str) -> Entity:
    """One entity; NotFound if there is none of this id."""
    query = "SELECT id, data, is_deleted FROM entity WHERE kind = ? AND id = ?"
    row = replica.database.execute_sql(query, (str(kind), entity_id)).fetchone()
    if row is None:
        raise NotFound("There is no such {kind}.", kind=str(kind), detail=entity_id)
    return _entity(kind, *row)


def _entity(kind: EntityKind, entity_id: str, data: str, is_deleted: Any) -> Entity:
    kind_type: Any = ENTITY_TYPES[kind]
    found: Entity = entity_from(kind_type, entity_id, json.loads(data), is_deleted=bool(is_deleted))
    return found
