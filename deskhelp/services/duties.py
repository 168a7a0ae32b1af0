"""What is done about mails that were just taken in, in their transaction: each duty writes events of its own."""

from __future__ import annotations

from collections.abc import Sequence

from deskhelp.domain.events import EventDraft
from deskhelp.domain.views import Change

from . import acknowledging, floods, noise
from .bounces import mark_returned
from .office import Office


def after_intake(office: Office, mails: Sequence[EventDraft], awaited: Sequence[EventDraft]) -> Change:
    """Do what these ``mail_received`` events ask for; of `awaited` ones the senders want to know that they came."""
    change = mark_returned(office, mails)
    change |= noise.sort_out(office, mails)
    change |= floods.fold_floods(office, mails)
    change |= acknowledging.acknowledge(office, awaited)
    return change
