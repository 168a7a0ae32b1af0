"""What a conversation shows of a ticket and its messages: frozen values, light to import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from deskhelp.domain.views import TicketDetail, TicketSummary


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link of an HTML mail: what it says, where it leads, and whether the two contradict each other."""

    text: str
    target: str
    is_suspicious: bool


@dataclass(frozen=True, slots=True)
class ShownBody:
    """A message ready to be shown.

    `html` is cleaned markup, "" where the plain text says it all; `quoted` and `quoted_html` are the folded history.
    `pictures` are the bytes of inline pictures by Content-ID; `blocked` counts pictures that lie on the network.
    """

    message: str
    quoted: str = ""
    html: str = ""
    quoted_html: str = ""
    links: tuple[ShownLink, ...] = ()
    blocked: int = 0
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket, the bodies of its newest messages by id, and other tickets of the same customer, newest first."""

    detail: TicketDetail
    bodies: Mapping[str, ShownBody]
    others: tuple[TicketSummary, ...] = ()
