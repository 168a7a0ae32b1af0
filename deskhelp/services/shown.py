"""What a conversation shows of a ticket and its messages: frozen values, light to import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhelp.domain.conversation import TicketDetail
from deskhelp.domain.hints import Hint
from deskhelp.domain.links import Doubt
from deskhelp.domain.views import TicketSummary


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link of an HTML mail: what it says, where it leads, and why it should not be followed unasked."""

    text: str
    target: str
    doubt: Doubt = Doubt.NONE

    @property
    def is_suspicious(self) -> bool:
        return self.doubt is not Doubt.NONE


@dataclass(frozen=True, slots=True)
class RemotePicture:
    """A picture that lies on the network; `width` and `height` in pixels, 0 where the mail does not say."""

    url: str
    alt: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class ShownBody:
    """A message ready to be shown.

    `html` is cleaned markup, "" where the plain text says it all; `quoted` and `quoted_html` are the folded history.
    `pictures` are the bytes of inline pictures by Content-ID, `embedded` of those that stood in the markup, by number;
    `remote` are those of the network, by their place. `is_cut` tells that the text says more than the markup,
    `is_awaited` that the mail itself has yet to come to this computer.
    """

    message: str
    quoted: str = ""
    html: str = ""
    quoted_html: str = ""
    links: tuple[ShownLink, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    embedded: Mapping[str, bytes] = field(default_factory=dict)
    remote: tuple[RemotePicture, ...] = ()
    is_cut: bool = False
    is_awaited: bool = False

    @property
    def blocked(self) -> int:
        """How many pictures of the network were not loaded."""
        return len(self.remote)


@dataclass(frozen=True, slots=True)
class Rival:
    """A value that somebody set without knowing of the one that counts; `event` is its write."""

    field: str
    value: Any
    agent: str
    at_ms: int
    event: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket, the bodies of its newest messages by id, and other tickets of the same customer, newest first.

    `hints` are what to ask the agent about it, `rivals` what others set of it at the same time.
    """

    detail: TicketDetail
    bodies: Mapping[str, ShownBody]
    others: tuple[TicketSummary, ...] = ()
    hints: tuple[Hint, ...] = ()
    rivals: tuple[Rival, ...] = ()
