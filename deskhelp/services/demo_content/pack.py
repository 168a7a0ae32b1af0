"""What the demonstration consists of; the files it comes from are described in `resources/demo/README.md`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from deskhelp.domain.status import Channel, Direction, Priority, Status
from deskhelp.mail.heads import Address

CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class DemoAgent:
    """An agent; conversations name him by `key`. `role` is agent, lead or admin, `color` is #RRGGBB."""

    key: str
    name: str
    address: str
    color: str
    role: str
    signature_ru: str
    signature_en: str

    def signature(self, language: str) -> str:
        return self.signature_ru if language == "ru" else self.signature_en


@dataclass(frozen=True, slots=True)
class DemoDepartment:
    key: str
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class DemoTag:
    name: str
    color: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class DemoCanned:
    """A canned reply; `folder` is a path with slashes, `tags` are tag names, `status` is "" for "leave as it is"."""

    name: str
    folder: str
    language: str
    text: str
    keywords: str = ""
    status: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoMailbox:
    """The shared mailbox; its signature stands under answers of an agent who has none."""

    name: str
    address: str
    company: str = ""
    signature: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class DemoFile:
    """An attachment: its `text`, or a picture or document made on the spot (`generate` is png or pdf)."""

    name: str
    generate: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class DemoEscalation:
    level: int
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class DemoMessage:
    """One entry of a conversation, `age` before the moment at which the demonstration opens.

    `author` is "customer", an agent's key, or "" for somebody else; `sender` is that person in every case. `kind` is ""
    for what a person wrote, else auto_reply, bounce or newsletter; `failed` is the address a bounce speaks of.
    """

    author: str
    sender: Address
    direction: Direction
    age: timedelta
    text: str
    language: str
    html: str = ""
    files: tuple[DemoFile, ...] = ()
    client: str = "gmail"
    kind: str = ""
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str | None = None
    failed: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class DemoConversation:
    """A conversation, oldest message first.

    `status` is None where no agent has set one: the ticket's own rules decide. `due` and `snoozed` count from when the
    conversation is there, a missed date is negative. `is_trickle` marks what comes in while somebody watches; such a
    one may continue an earlier conversation, its `parent`, whose slug is `answers`.
    """

    slug: str
    language: str
    subject: str
    customer: Address
    messages: tuple[DemoMessage, ...]
    status: Status | None = None
    priority: Priority = Priority.NORMAL
    channel: Channel = Channel.MAIL
    assignee: str = ""
    department: str = ""
    tags: tuple[str, ...] = ()
    escalation: DemoEscalation | None = None
    due: timedelta | None = None
    snoozed: timedelta | None = None
    is_trickle: bool = False
    answers: str = ""
    parent: DemoConversation | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DemoPack:
    """All of it; `conversations` are those there at opening, `trickle` those that come in afterwards, both in order."""

    mailbox: DemoMailbox
    agents: tuple[DemoAgent, ...]
    departments: tuple[DemoDepartment, ...]
    tags: tuple[DemoTag, ...]
    canned: tuple[DemoCanned, ...]
    conversations: tuple[DemoConversation, ...]
    trickle: tuple[DemoConversation, ...]
