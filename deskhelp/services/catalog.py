"""What an office sets up: agents, departments, tags, canned replies, saved views; each field a register of its own."""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from deskhelp.db.entities import all_entities
from deskhelp.domain.entities import (
    ENTITY_TYPES,
    Agent,
    CannedReply,
    Department,
    Entity,
    EntityKind,
    Mailbox,
    Tag,
    View,
    entity_data,
)
from deskhelp.domain.errors import DeskTrouble, NotFound
from deskhelp.domain.events import EventDraft, about_entity
from deskhelp.domain.identity import digest
from deskhelp.domain.views import Change
from deskhelp.domain.words import fold

from .office import Office

CALM_COLORS = (
    "#3B7DB8", "#3F8F5F", "#C9743A", "#7D5BB5", "#C2504A", "#2E8C8C", "#B38A1E", "#5566C3", "#A8518F", "#6E8B3D",
    "#8A6A52", "#6B7480",
)  # fmt: skip


def new_id() -> str:
    return secrets.token_hex(16)


def kind_of(entity: Entity) -> EntityKind:
    return next(kind for kind, type_ in ENTITY_TYPES.items() if isinstance(entity, type_))


def save(office: Office, *entities: Entity) -> Change:
    """Write the fields that differ from what is stored; new entities are made."""
    drafts: list[EventDraft] = []
    for entity in entities:
        drafts += _drafts(office, entity)
    return office.announce(office.replica.append(drafts)) if drafts else Change()


def _drafts(office: Office, entity: Entity) -> list[EventDraft]:
    about = about_entity(str(kind_of(entity)), entity.id)
    held = office.replica.fields(about)
    wanted: dict[str, Any] = {**entity_data(entity), "deleted": entity.is_deleted}
    default = {**entity_data(type(entity)(entity.id)), "deleted": False}
    now, agent = office.now(), office.agent_id
    return [
        office.replica.field_draft(about, name, value, at_ms=now, agent=agent, personal=name != "deleted")
        for name, value in wanted.items()
        if value != held.get(name, default[name] if held.registers or name != "name" else None)
    ]


def delete(office: Office, entity: Entity) -> Change:
    """Take an entity out of use; its name stays for the history."""
    return save(office, replace(entity, is_deleted=True))


def restore(office: Office, entity: Entity) -> Change:
    return save(office, replace(entity, is_deleted=False))


def entities(office: Office, kind: EntityKind) -> tuple[Entity, ...]:
    """Those in use, by name."""
    return tuple(entity for entity in all_entities(office.replica, kind) if not entity.is_deleted)


def agents(office: Office) -> tuple[Agent, ...]:
    return tuple(e for e in entities(office, EntityKind.AGENT) if isinstance(e, Agent))


def departments(office: Office) -> tuple[Department, ...]:
    return tuple(e for e in entities(office, EntityKind.DEPARTMENT) if isinstance(e, Department))


def tags(office: Office) -> tuple[Tag, ...]:
    return tuple(e for e in entities(office, EntityKind.TAG) if isinstance(e, Tag))


def canned_replies(office: Office) -> tuple[CannedReply, ...]:
    return tuple(e for e in entities(office, EntityKind.CANNED) if isinstance(e, CannedReply))


def views(office: Office) -> tuple[View, ...]:
    return tuple(e for e in entities(office, EntityKind.VIEW) if isinstance(e, View))


def mailboxes(office: Office) -> tuple[Mailbox, ...]:
    return tuple(e for e in entities(office, EntityKind.MAILBOX) if isinstance(e, Mailbox))


def set_agent(office: Office, agent_id: str) -> None:
    """Say who works at this installation."""
    office.replica.set_meta("agent", agent_id)
    office.announce(Change(entities=frozenset({agent_id})))


def find_agent(office: Office, reference: str) -> Agent:
    """An agent by id, key, address or (the beginning of a) name; DeskTrouble if none or several fit."""
    found: Agent = _find(agents(office), reference, "agent")
    return found


def find_canned(office: Office, reference: str) -> CannedReply:
    found: CannedReply = _find(canned_replies(office), reference, "canned reply")
    return found


def find_department(office: Office, reference: str) -> Department:
    found: Department = _find(departments(office), reference, "department")
    return found


def _find(candidates: Sequence[Any], reference: str, what: str) -> Any:
    wanted = fold(reference.strip())
    names = ("id", "key", "address", "name")
    exact = [item for item in candidates if wanted in {fold(str(getattr(item, name, ""))) for name in names}]
    found = exact or [item for item in candidates if fold(item.name).startswith(wanted)]
    if not found or not wanted:
        raise NotFound("There is no {what} “{name}”.", what=what, name=reference)
    if len(found) > 1:
        raise DeskTrouble("“{name}” could be several: {names}.", name=reference, names=", ".join(f.name for f in found))
    return found[0]


# -- tags ------------------------------------------------------------------------------------------


def tag_id(name: str) -> str:
    """The id that a tag of this name is made with, the same on every client."""
    return digest("tag", " ".join(fold(name).split()))


def tag_named(office: Office, name: str, color: str = "") -> Tag:
    """The tag of this name, made if there is none (or taken out of the bin)."""
    wanted = " ".join(fold(name).split())
    if not wanted:
        raise DeskTrouble("A tag needs a name.")
    known = all_entities(office.replica, EntityKind.TAG)
    for tag in known:
        if isinstance(tag, Tag) and " ".join(fold(tag.name).split()) == wanted:
            if tag.is_deleted:
                restore(office, tag)
            return replace(tag, is_deleted=False)
    fresh = Tag(tag_id(name), " ".join(name.split()), color or CALM_COLORS[len(known) % len(CALM_COLORS)])
    save(office, fresh)
    return fresh


# -- canned replies in files -------------------------------------------------------------------------


def import_canned(office: Office, path: Path) -> int:
    """Bring in canned replies of a TOML file (``[[canned]]`` tables); those of the same folder and name are replaced.

    Returns how many; DeskTrouble names the line of a broken file.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("canned", [])
    except (OSError, UnicodeDecodeError) as error:
        raise DeskTrouble("The file {path} cannot be read: {why}.", path=path, why=error) from error
    except tomllib.TOMLDecodeError as error:
        raise DeskTrouble("The file {path} is not a list of canned replies: {why}.", path=path, why=error) from error
    known = {(fold(reply.folder), fold(reply.name)): reply for reply in canned_replies(office)}
    found = []
    for table in tables:
        name, text = str(table.get("name", "")).strip(), str(table.get("text", ""))
        if not name or not text:
            raise DeskTrouble("A canned reply in {path} has no name or no text.", path=path)
        folder = str(table.get("folder", "")).strip()
        before = known.get((fold(folder), fold(name)), CannedReply(new_id()))
        fields: dict[str, Any] = {key: str(table.get(key, "")) for key in ("language", "keywords", "status", "tags")}
        found.append(replace(before, name=name, folder=folder, text=text, **fields))
    save(office, *found)
    return len(found)


def export_canned(office: Office, path: Path) -> int:
    """Write all canned replies to a TOML file; returns how many."""
    import tomlkit

    document = tomlkit.document()
    tables = tomlkit.aot()
    for reply in canned_replies(office):
        table = tomlkit.table()
        for name, value in entity_data(reply).items():
            if value:
                table[name] = tomlkit.string(value, multiline="\n" in value) if isinstance(value, str) else value
        tables.append(table)
    document["canned"] = tables
    try:
        path.write_text(tomlkit.dumps(document), encoding="utf-8")
    except OSError as error:
        raise DeskTrouble("The file {path} cannot be written: {why}.", path=path, why=error.strerror) from error
    return len(tables)
