"""A mail that came back: what it says becomes the state of the message that did not arrive, on its ticket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from deskhelp.db import intake_store
from deskhelp.domain.events import EventDraft, about_message
from deskhelp.domain.status import Delivery
from deskhelp.domain.views import Change

from .office import Office

Bounced = Sequence[Any]
"""Address, status code, whether it is final, Message-ID of the mail that came back; as an event's text has it."""


def mark_returned(office: Office, drafts: Iterable[EventDraft]) -> Change:
    """Mark what bounces among these events say did not arrive; a delay or a success changes nothing."""
    said: dict[str, list[str]] = {}
    for draft in drafts:
        for address, status, is_final, original in draft.text.get("bounced", ()):
            if is_final and original:
                said.setdefault(original, []).append(f"{address} ({status})" if status else address)
    found = intake_store.sent_messages(office.replica, list(said))
    events = [_returned(office, message, said[header_id]) for message, header_id in found.items()]
    return office.replica.append(events) | Change(kinds=frozenset({"outbox"})) if events else Change()


def _returned(office: Office, message: str, recipients: Sequence[str]) -> EventDraft:
    value = {"state": str(Delivery.BOUNCED), "text": ", ".join(recipients)}
    return office.replica.field_draft(about_message(message), "delivery", value, at_ms=office.now())
