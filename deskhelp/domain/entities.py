"""What an office sets up: agents, departments, tags, canned replies, mailboxes.

Each is an *entity*: an id and fields, every field a register of its own (domain.merge), so that two people may edit two
fields of one tag at the same time. A deleted entity keeps its name for the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar


class EntityKind(StrEnum):
    AGENT = "agent"
    DEPARTMENT = "department"
    TAG = "tag"
    CANNED = "canned"
    MAILBOX = "mailbox"
    VIEW = "view"
    SENDER = "sender"
    COMPUTER = "computer"


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who works at the desk. `role` is agent, lead or admin; `color` is #RRGGBB or ""; `hours` may be ""."""

    id: str
    name: str = ""
    address: str = ""
    color: str = ""
    signature: str = ""
    role: str = "agent"
    hours: str = ""
    key: str = ""
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Department:
    """Where a ticket may be sent on; `address` is where a forward goes."""

    id: str
    name: str = ""
    address: str = ""
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    id: str
    name: str = ""
    color: str = ""
    description: str = ""
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A reply to insert. `folder` is a path with slashes; `language` "" fits any; `tags` and `status` are applied on
    sending if set (`tags` are tag names separated by commas)."""

    id: str
    name: str = ""
    folder: str = ""
    language: str = ""
    text: str = ""
    keywords: str = ""
    status: str = ""
    tags: str = ""
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A shared mailbox and how to reach it; the password is in the keyring, never here.

    `imap` and `smtp` are URLs as on the command line. `since_ms` is the arrival from which mail is taken in, 0 for all;
    older mail stays on the server. `files_sent` tells whether the provider puts what we send into Sent by itself
    (``yes``, ``no``, ``unknown``). `is_local` marks the demonstration's mailbox, which has no server. `acknowledge` is
    the id of the canned reply by which new tickets are acknowledged, "" for not at all; `acknowledging_stopped_ms` is
    when so many had gone out that it was stopped, 0 while it was not.
    """

    id: str
    name: str = ""
    address: str = ""
    imap: str = ""
    smtp: str = ""
    ca_file: str = ""
    folder: str = "INBOX"
    sent_folder: str = ""
    since_ms: int = 0
    signature: str = ""
    files_sent: str = "unknown"
    aliases: str = ""
    acknowledge: str = ""
    acknowledging_stopped_ms: int = 0
    is_local: bool = False
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A saved search, shown in the sidebar."""

    id: str
    name: str = ""
    query: str = ""
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class SenderRule:
    """What is done with mail of an address, or of a domain and all under it: ``block`` it or ``allow`` it.

    `name` is the address or the bare domain, casefolded.
    """

    id: str
    name: str = ""
    verdict: str = "block"
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Computer:
    """An installation of the team: `id` is that of its replica, `name` what its people call it."""

    id: str
    name: str = ""
    is_deleted: bool = False


Entity = Agent | Department | Tag | CannedReply | Mailbox | View | SenderRule | Computer
ENTITY_TYPES: Mapping[EntityKind, type[Entity]] = {
    EntityKind.AGENT: Agent,
    EntityKind.DEPARTMENT: Department,
    EntityKind.TAG: Tag,
    EntityKind.CANNED: CannedReply,
    EntityKind.MAILBOX: Mailbox,
    EntityKind.VIEW: View,
    EntityKind.SENDER: SenderRule,
    EntityKind.COMPUTER: Computer,
}

_T = TypeVar("_T", Agent, Department, Tag, CannedReply, Mailbox, View, SenderRule, Computer)


def entity_from(kind: type[_T], entity_id: str, data: Mapping[str, Any], *, is_deleted: bool = False) -> _T:
    """The entity that stored fields make; fields of newer versions are passed over."""
    known = {field.name for field in fields(kind)} - {"id", "is_deleted"}
    values = {name: value for name, value in data.items() if name in known}
    return kind(id=entity_id, is_deleted=is_deleted, **values)


def entity_data(entity: Entity) -> dict[str, Any]:
    """The fields of an entity as they are stored."""
    data = asdict(entity)
    del data["id"], data["is_deleted"]
    return data
