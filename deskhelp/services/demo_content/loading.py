"""From TOML files to a DemoPack. A mistake in the files is a bug of ours, hence no DeskTrouble."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from deskhelp.domain.status import Channel, Direction, Priority, Status
from deskhelp.mail.heads import Address

from .pack import (
    CUSTOMER,
    DemoAgent,
    DemoCanned,
    DemoConversation,
    DemoDepartment,
    DemoEscalation,
    DemoFile,
    DemoMailbox,
    DemoMessage,
    DemoPack,
    DemoTag,
)

Table = Mapping[str, Any]
_T = TypeVar("_T")
_AGE: Final = re.compile(r"(?:\d+[wdhm](?: |$))+")
_UNITS: Final = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}
_CONVERSATION_KEYS: Final = frozenset(
    [
        "language",
        "subject",
        "customer",
        "status",
        "priority",
        "assignee",
        "department",
        "tags",
        "escalation",
        "due",
        "snoozed",
        "channel",
        "arrives",
        "answers",
        "messages",
    ]
)
_MESSAGE_KEYS: Final = frozenset(
    [
        "from",
        "from_name",
        "from_address",
        "direction",
        "age",
        "text",
        "html",
        "attachments",
        "client",
        "kind",
        "to",
        "cc",
        "subject",
        "failed",
        "language",
    ]
)


class DemoContentError(ValueError):
    """A file of the demonstration is not as `resources/demo/README.md` says."""


def load_demo(folder: Path) -> DemoPack:
    """The demonstration in `folder`. Raises DemoContentError for a wrong file, OSError for a missing one."""
    agents = tuple(_guarded(folder / "agents.toml", lambda table: [_agent(item) for item in table["agents"]]))
    by_key = {agent.key: agent for agent in agents}
    found = [
        _guarded(path, lambda table, slug=path.stem: _conversation(slug, table, by_key))  # type: ignore[misc]
        for path in sorted((folder / "conversations").glob("*.toml"))
    ]
    whole = [_with_parent(conversation, found) for conversation in found]
    return DemoPack(
        mailbox=_guarded(folder / "mailbox.toml", lambda table: DemoMailbox(**table["mailbox"])),
        agents=agents,
        departments=_entries(folder / "departments.toml", "departments", DemoDepartment),
        tags=_entries(folder / "tags.toml", "tags", DemoTag),
        canned=_entries(folder / "canned.toml", "canned", _canned),
        conversations=tuple(one for one in whole if not one.is_trickle),
        trickle=tuple(one for one in whole if one.is_trickle),
    )


def parse_age(text: str) -> timedelta:
    """The length of ``5w 2d 3h 20m``, any of its parts. Raises DemoContentError."""
    if not _AGE.fullmatch(text):
        raise DemoContentError(f"not an age: {text!r}")
    return timedelta(**{_UNITS[part[-1]]: int(part[:-1]) for part in text.split()})


def parse_when(text: str) -> timedelta:
    """How long from now: ``in 2h 30m``, or ``3h ago``, which is negative. Raises DemoContentError."""
    if text.startswith("in "):
        return parse_age(text.removeprefix("in "))
    if text.endswith(" ago"):
        return -parse_age(text.removesuffix(" ago"))
    raise DemoContentError(f"neither in a while nor a while ago: {text!r}")


def _guarded(path: Path, read: Callable[[Table], _T]) -> _T:
    try:
        return read(tomllib.loads(path.read_text("utf-8")))
    except (KeyError, TypeError, ValueError) as error:
        raise DemoContentError(f"{path.name}: {type(error).__name__}: {error}") from error


def _entries(path: Path, key: str, kind: Callable[..., _T]) -> tuple[_T, ...]:
    return tuple(_guarded(path, lambda table: [kind(**item) for item in table[key]]))


def _agent(item: Table) -> DemoAgent:
    signature = item["signature"]
    plain = {name: value for name, value in item.items() if name != "signature"}
    return DemoAgent(**plain, signature_ru=signature["ru"].strip(), signature_en=signature["en"].strip())


def _canned(*, text: str, tags: Sequence[str] = (), **rest: str) -> DemoCanned:
    return DemoCanned(text=text.strip(), tags=tuple(tags), **rest)


def _conversation(slug: str, table: Table, agents: Mapping[str, DemoAgent]) -> DemoConversation:
    _check_keys(table, _CONVERSATION_KEYS)
    customer = Address(**table["customer"])
    language = table["language"]
    escalation = table.get("escalation")
    return DemoConversation(
        slug=slug,
        language=language,
        subject=table["subject"],
        customer=customer,
        messages=tuple(_message(item, language, customer, agents) for item in table["messages"]),
        status=Status(table["status"]) if "status" in table else None,
        priority=Priority(table.get("priority", Priority.NORMAL)),
        channel=Channel(table.get("channel", Channel.MAIL)),
        assignee=table.get("assignee", ""),
        department=table.get("department", ""),
        tags=tuple(table.get("tags", ())),
        escalation=DemoEscalation(**escalation) if escalation else None,
        due=parse_when(table["due"]) if "due" in table else None,
        snoozed=parse_when(table["snoozed"]) if "snoozed" in table else None,
        is_trickle=_one_of(table.get("arrives", "start"), ("start", "trickle")) == "trickle",
        answers=table.get("answers", ""),
    )


def _message(item: Table, language: str, customer: Address, agents: Mapping[str, DemoAgent]) -> DemoMessage:
    _check_keys(item, _MESSAGE_KEYS)
    author = item.get("from", "")
    spoken = item.get("language", language)
    return DemoMessage(
        author=author,
        sender=_sender(item, author, customer, agents),
        direction=Direction(item["direction"]),
        age=parse_age(item["age"]),
        text=item["text"].strip(),
        language=spoken,
        html=item.get("html", "").strip(),
        files=tuple(DemoFile(**file) for file in item.get("attachments", ())),
        client=item.get("client", "gmail"),
        kind=_one_of(item.get("kind", ""), ("", "auto_reply", "bounce", "newsletter")),
        to=tuple(Address(**person) for person in item.get("to", ())),
        cc=tuple(Address(**person) for person in item.get("cc", ())),
        subject=item.get("subject"),
        failed=item.get("failed", ""),
        signature=agents[author].signature(spoken) if author in agents else "",
    )


def _sender(item: Table, author: str, customer: Address, agents: Mapping[str, DemoAgent]) -> Address:
    if author == CUSTOMER:
        return customer
    if author:
        return Address(agents[author].name, agents[author].address)
    return Address(item["from_name"], item["from_address"])


def _with_parent(conversation: DemoConversation, others: Sequence[DemoConversation]) -> DemoConversation:
    if not conversation.answers:
        return conversation
    parent = next((other for other in others if other.slug == conversation.answers), None)
    if parent is None:
        raise DemoContentError(f"{conversation.slug}: answers {conversation.answers!r}, which is not there")
    return replace(conversation, parent=parent)


def _check_keys(table: Table, known: frozenset[str]) -> None:
    if strange := sorted(set(table) - known):
        raise DemoContentError(f"unknown fields: {', '.join(strange)}")


def _one_of(value: str, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise DemoContentError(f"{value!r} is none of {', '.join(allowed)}")
    return value
