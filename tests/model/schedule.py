"""What happens in a schedule, drawn from a seed: changes at several desks, exchanges, and all that goes wrong.

A step is numbers only. What they mean is found by what a desk knows when its turn comes, so that the same schedule runs
over replicas in memory and in files, and so that steps can be left out when a failure is made smaller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random
from typing import Final

from deskhelp.domain.events import Event
from deskhelp.domain.identity import blob_id
from deskhelp.domain.packs import USUAL, Sizes
from tests.db.histories import PEOPLE, SUBJECTS, code_of, mail, ticket_of

CHANGES: Final = (
    "mail", "mail", "mail", "written", "status", "status", "field", "tag", "untag", "merge",
    "split",
)  # fmt: skip
FAULTS: Final = (
    "delete", "delete", "delete_kind", "damage", "keep_hub", "old_hub", "clone", "keep", "restore", "restore",
    "destroy",
)  # fmt: skip
WHOLE: Final = "whole"
CARRIES: Final = (WHOLE, WHOLE, WHOLE, WHOLE, "cut_off", "half", "unanswered", "unlisted", "late")
DAY_MS: Final = 86_400_000
MAILS: Final = 12
MOST_DESKS: Final = 6
_NUMBER: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: what, at which desk (modulo their number), and numbers that decide the rest."""

    what: str
    desk: int
    one: int
    two: int
    how: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """`skews_ms` has the error of each desk's clock; there are as many desks at first. Steps are `pace_ms` apart."""

    seed: int
    skews_ms: tuple[int, ...]
    steps: tuple[Step, ...]
    sizes: Sizes = USUAL
    pace_ms: int = 60_000


def with_erasures(schedule: Schedule) -> Schedule:
    """The same schedule, in which somebody is erased now and then; only replicas in files can do that."""
    random = Random(-1 - schedule.seed)
    steps = list(schedule.steps)
    for _ in range(1 + random.randrange(3)):
        erase = Step("erase", random.randrange(60), random.randrange(_NUMBER), random.randrange(_NUMBER))
        steps.insert(random.randrange(len(steps) + 1), erase)
    return replace(schedule, steps=tuple(steps))


def schedule_of(seed: int) -> Schedule:
    """The schedule that a seed stands for. Every third one is of few desks that write much, so that they pack more."""
    random = Random(seed)
    draw = random.random
    is_busy = seed % 3 == 2
    skews = tuple(int((draw() - 0.5) * 60 * DAY_MS) for _ in range(2 + int(draw() * (1 if is_busy else 5))))
    steps = tuple(_step(draw) for _ in range(20 + int(draw() * 31) if is_busy else 5 + int(draw() * 21)))
    sizes = Sizes(newest=int(draw() * 3), base=2, levels=3, most_bytes=int(draw() * 4000) if draw() < 0.3 else 1 << 20)
    if seed % 3 == 0 or seed % 9 == 5:  # the others are what they were before: some of them have failed once
        steps = tuple(_full_or_hasty(step) for step in steps)
    return Schedule(seed, skews, steps, sizes, int(draw() * 300_000))


def _full_or_hasty(step: Step) -> Step:
    """The same, or an exchange with a place in which nothing can be put just now, or one that ends early."""
    return replace(step, how=(WHOLE, "full", "hasty")[step.one % 3]) if step.how == WHOLE else step


def _step(draw: Callable[[], float]) -> Step:
    kind, desk, one, two = draw(), int(draw() * 60), int(draw() * _NUMBER), int(draw() * _NUMBER)
    if kind < 0.5:
        return Step(CHANGES[one % len(CHANGES)], desk, one // 16, two)
    if kind < 0.82:
        return Step("exchange", desk, one, two, CARRIES[two % len(CARRIES)])
    return Step(FAULTS[one % len(FAULTS)], desk, one // 16, two)


@lru_cache(1)
def pool() -> tuple[tuple[Event, bytes], ...]:
    """The mails of the shared mailbox with their raw bytes; the last third are better readings of the first ones."""
    random, made = Random(7), []
    for number in range(MAILS):
        made.append(_pooled(random, number, made))
    better = [_read_better(event) for event, _ in made[:: MAILS // 4]]
    return (*made, *((event, _raw_of(number * (MAILS // 4))) for number, event in enumerate(better)))


def _pooled(random: Random, number: int, before: list[tuple[Event, bytes]]) -> tuple[Event, bytes]:
    more: dict[str, object] = {"conversation": random.choice(["", "", "outlook"]), "sent_at_ms": number % 3}
    if before and random.random() < 0.2:
        more["codes"] = [code_of(ticket_of(random.choice(before)[0]))]
    event = mail(
        number,
        refs=random.sample(range(MAILS), random.randrange(2)),
        sender=random.choice(PEOPLE),
        subject=random.choice(SUBJECTS),
        reply=random.random() < 0.5,
        at_ms=random.randrange(4) * 11 * DAY_MS + number,
        **more,
    )
    raw = _raw_of(number)
    return _with_body(event, raw=blob_id(raw)), raw


def _raw_of(number: int) -> bytes:
    return b"raw mail %d" % number


def _read_better(event: Event) -> Event:
    text = {**event.text, "base_subject": "vpn", "references": []}
    return Event(event.id, event.kind, event.about, event.at_ms, body={**event.body, "parser": 2}, text=text)


def _with_body(event: Event, **more: object) -> Event:
    return Event(event.id, event.kind, event.about, event.at_ms, body={**event.body, **more}, text=event.text)
