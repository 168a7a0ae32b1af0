"""Writes of the window, each run in the writing thread; the services are imported there, at the first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskhelp.domain.status import Priority, Status

if TYPE_CHECKING:
    from deskhelp.domain.hints import Hint
    from deskhelp.services.desk import Done, Undo
    from deskhelp.services.office import Office
    from deskhelp.services.shown import Rival

Ids = tuple[str, ...]


def assign(office: Office, ids: Ids, agent: str) -> Done:
    from deskhelp.services import desk

    return desk.assign(office, ids, agent)


def set_department(office: Office, ids: Ids, department: str) -> Done:
    from deskhelp.services import desk

    return desk.set_department(office, ids, department)


def set_status(office: Office, ids: Ids, status: Status) -> Done:
    from deskhelp.services import desk

    return desk.set_status(office, ids, status)


def to_spam(office: Office, ids: Ids) -> Done:
    from deskhelp.services import noise

    return noise.to_spam(office, ids)


def not_spam(office: Office, ids: Ids) -> Done:
    from deskhelp.services import noise

    return noise.not_spam(office, ids)


def block_senders(office: Office, ids: Ids, whole_domain: bool) -> Done:
    from deskhelp.services import noise

    return noise.block_senders(office, ids, whole_domain=whole_domain)


def block(office: Office, name: str) -> Done:
    """Block an address or a domain."""
    from deskhelp.services import noise

    return noise.block(office, [name])


def block_author(office: Office, message: str, whole_domain: bool) -> Done:
    from deskhelp.services import noise

    return noise.block_author(office, message, whole_domain=whole_domain)


def set_priority(office: Office, ids: Ids, priority: Priority) -> Done:
    from deskhelp.services import desk

    return desk.set_priority(office, ids, priority)


def set_due(office: Office, ids: Ids, due_ms: int) -> Done:
    from deskhelp.services import desk

    return desk.set_due(office, ids, due_ms)


def snooze(office: Office, ids: Ids, until_ms: int) -> Done:
    from deskhelp.services import desk

    return desk.snooze(office, ids, until_ms)


def tag(office: Office, ids: Ids, tag_id: str, is_wanted: bool) -> Done:
    from deskhelp.services import desk

    return desk.tag(office, ids, add=(tag_id,) if is_wanted else (), remove=() if is_wanted else (tag_id,))


def tag_by_name(office: Office, ids: Ids, name: str) -> Done:
    """Tag with a tag of this name, made if there is none."""
    from deskhelp.services import catalog, desk

    return desk.tag(office, ids, add=(catalog.tag_named(office, name).id,))


def escalate(office: Office, ids: Ids, level: int, to: str, reason: str) -> Done:
    from deskhelp.services import desk

    return desk.escalate(office, ids, level=level, to=to, reason=reason)


def deescalate(office: Office, ids: Ids) -> Done:
    from deskhelp.services import desk

    return desk.deescalate(office, ids)


def merge(office: Office, ids: Ids, into: str) -> Done:
    from deskhelp.services import desk

    return desk.merge(office, ids, into)


def split(office: Office, messages: Ids) -> Done:
    from deskhelp.services import desk

    return desk.split(office, messages)


def follow_hint(office: Office, ticket: str, hint: Hint) -> Done:
    from deskhelp.services import hinting

    return hinting.follow(office, ticket, hint)


def refuse_hint(office: Office, ticket: str, hint: Hint) -> Done:
    from deskhelp.services import hinting

    return hinting.refuse(office, ticket, hint)


def take_rival(office: Office, ticket: str, rival: Rival) -> Done:
    from deskhelp.services import conflicts

    return conflicts.take(office, ticket, rival)


def keep_ours(office: Office, ticket: str, rival: Rival) -> Done:
    from deskhelp.services import conflicts

    return conflicts.keep(office, ticket, rival)


def hide(office: Office, message: str) -> Done:
    from deskhelp.services import desk

    return desk.hide(office, message)


def mark_read(office: Office, ids: Ids) -> Done:
    from deskhelp.services import desk

    return desk.mark_read(office, ids)


def mark_unread(office: Office, ids: Ids) -> Done:
    from deskhelp.services import desk

    return desk.mark_read(office, ids, is_read=False)


def undo(office: Office, how: Undo) -> Done:
    """Take back what was done: the changes, or a message that still waits to be sent."""
    from deskhelp.services import desk

    return desk.undo(office, how)


def retry(office: Office, message: str) -> Done:
    """Read a quarantined mail once more."""
    from deskhelp.services import desk, intake

    taken = intake.retry(office, message)
    return desk.Done(taken.change, "retry", tuple(taken.change.tickets))
