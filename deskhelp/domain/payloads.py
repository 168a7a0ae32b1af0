"""Which payload of an event counts where several came under one id: a choice that every replica makes alike."""

from __future__ import annotations

from collections.abc import Iterable

from .events import Event, canonical_json
from .identity import blob_id, digest

Rank = tuple[int, str]


def text_bytes(event: Event) -> bytes:
    """The erasable part as bytes; empty if there is none."""
    return canonical_json(event.text).encode("utf-8", "surrogatepass") if event.text else b""


def text_name(content: bytes) -> str:
    """The name of an event's text; "" for none."""
    return blob_id(content) if content else ""


def payload_rank(event: Event, blob: str) -> Rank:
    """Of two payloads under one event id the one with the greater rank wins on every client: newest parser first."""
    about = (event.kind, event.about, str(event.at_ms), event.agent, str(event.version))
    return int(event.body.get("parser", 0)), digest(*about, canonical_json(event.body), blob)


def best_payloads(events: Iterable[Event]) -> list[Event]:
    """The events of a batch, each id once; one that stands there twice has its greatest payload."""
    best: dict[str, Event] = {}
    for event in events:
        other = best.get(event.id)
        if other is None or _rank(event) > _rank(other):
            best[event.id] = event
    return list(best.values())


def _rank(event: Event) -> Rank:
    return payload_rank(event, text_name(text_bytes(event)))
