"""What mail alone cannot decide: whether two tickets are one matter, and whether a ticket has become another matter.

Such a thing is never done by itself. It is a hint to the agent, who joins, splits, or says that it is not so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .conversation import MessageView
from .status import DONE_STATUSES, Direction, Status
from .subjects import base_subject
from .threads import Reason
from .views import TicketSummary
from .words import stem, words

DAY_MS: Final = 86_400_000
NEAR_MS: Final = 14 * DAY_MS
SAME_SUBJECT_MS: Final = 3 * DAY_MS
LONG_SILENCE_MS: Final = 30 * DAY_MS
ENOUGH_ALIKE: Final = 0.6
HARDLY_ALIKE: Final = 0.2
ENOUGH_WORDS: Final = 8
MOST_HINTS: Final = 2
_SHORTEST: Final = 3
_JOINED_BY_MAIL: Final = frozenset({Reason.OWN_REFERENCE, Reason.REFERENCE, Reason.CODE, Reason.SUBJECT})


class HintKind(StrEnum):
    SAME_MATTER = "same_matter"
    NEW_MATTER = "new_matter"


@dataclass(frozen=True, slots=True)
class Hint:
    """`about` is what an agent who says no names: the other ticket, or the first message of the new matter.

    `subject` is that one's. `messages` would make the new ticket. `days` of silence were before them, 0 for few.
    """

    kind: HintKind
    about: str
    subject: str
    code: str = ""
    messages: tuple[str, ...] = ()
    days: int = 0


def hints(
    ticket: TicketSummary,
    messages: Sequence[MessageView],
    others: Iterable[TicketSummary],
    refused: Collection[str] = (),
) -> tuple[Hint, ...]:
    """What to ask the agent of a ticket. `others` are its customer's other tickets, `refused` what was said no to."""
    if ticket.status is Status.SPAM or ticket.is_quarantined:
        return ()
    new = _new_matter(messages)
    found = [new] if new else []
    found += [_same_matter(other) for other in others if _may_be_same(ticket, other)]
    return tuple(hint for hint in found if hint.about not in refused)[:MOST_HINTS]


# -- the same matter -------------------------------------------------------------------------------


def _same_matter(other: TicketSummary) -> Hint:
    return Hint(HintKind.SAME_MATTER, other.id, other.subject, other.code)


def _may_be_same(ticket: TicketSummary, other: TicketSummary) -> bool:
    if other.id == ticket.id or other.status is Status.SPAM or other.is_quarantined:
        return False
    if ticket.status in DONE_STATUSES and other.status in DONE_STATUSES:
        return False  # nobody has any work left with them
    apart = abs(ticket.created_at_ms - other.created_at_ms)
    mine, its = _telling(ticket.subject), _telling(other.subject)
    common = mine & its
    if not common or apart > NEAR_MS:
        return False
    if mine == its:
        return len(common) > 1 or apart <= SAME_SUBJECT_MS
    return len(common) > 1 and len(common) / min(len(mine), len(its)) >= ENOUGH_ALIKE


def _telling(text: str) -> frozenset[str]:
    """The stems that tell what a subject is about; numbers count, particles do not."""
    found = words(base_subject(text)[0])
    return frozenset(stem(word) for word in found if len(word) >= _SHORTEST or word.isdigit() or not word.isascii())


# -- a new matter ----------------------------------------------------------------------------------


def _new_matter(messages: Sequence[MessageView]) -> Hint | None:
    """Where the newest matter of a ticket begins, if it seems to be another one than the ticket's first."""
    shown = [message for message in messages if not message.is_hidden]
    first = _telling(shown[0].subject) if shown else frozenset()
    for at in range(len(shown) - 1, 0, -1):
        message = shown[at]
        if not _is_mail_that_joined(message):
            continue
        silence = message.at_ms - shown[at - 1].at_ms
        subject = _telling(message.subject)
        is_renamed = bool(subject and first) and not subject & first
        if is_renamed or (silence >= LONG_SILENCE_MS and _speaks_of_something_else(message, shown[:at])):
            rest = tuple(one.id for one in shown[at:])
            days = silence // DAY_MS if silence >= LONG_SILENCE_MS else 0
            return Hint(HintKind.NEW_MATTER, message.id, message.subject, "", rest, days)
    return None


def _is_mail_that_joined(message: MessageView) -> bool:
    is_of_person = message.direction is Direction.IN and not message.is_automatic
    return is_of_person and message.reason in _JOINED_BY_MAIL


def _speaks_of_something_else(message: MessageView, before: Sequence[MessageView]) -> bool:
    """Whether hardly a word of it was said before; a short "thank you" speaks of nothing."""
    said = {stem(word) for one in before for word in words(one.text) if len(word) > _SHORTEST}
    its = {stem(word) for word in words(message.text) if len(word) > _SHORTEST}
    return len(its) >= ENOUGH_WORDS and len(its & said) / len(its) <= HARDLY_ALIKE
