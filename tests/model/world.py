"""Running a schedule over desks of any kind and a hub of any kind, and what must be true in the end."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from random import Random
from typing import Any, Final, Protocol

from deskhelp.domain.erasure import about_erasure, person_hash
from deskhelp.domain.events import (
    ERASED,
    ITEM_ADDED,
    ITEM_REMOVED,
    MESSAGE_WRITTEN,
    Event,
    EventDraft,
    about_message,
    about_ticket,
)
from deskhelp.domain.exchange import FEW, UNHURRIED, Exchanged, IsEnough, Pace
from deskhelp.domain.identity import digest, ticket_id_of
from deskhelp.domain.keeper import PATIENCE_MS
from deskhelp.domain.packs import decode_pack
from deskhelp.domain.segments import (
    BrokenItem,
    Hub,
    HubTrouble,
    Segment,
    blob_name,
    decode,
    decode_texts,
    texts_name,
    with_texts,
)
from deskhelp.domain.ticket import seen_mark

from .faulty import BadLine, Copy, copy_of, damage, put_back
from .schedule import MOST_DESKS, WHOLE, Schedule, Step, pool

Known = dict[str, Event]
NewDesk = Callable[[Callable[[], int]], "Desk"]
"""A new desk, by its clock."""
TEAM_KEY: Final = bytes(32)
START_MS: Final = 1_700_000_000_000
STATUSES: Final = ("solved", "open", "pending", "closed")
FIELDS: Final = ("assignee", "priority", "snoozed_until_ms", "subject")
VALUES: Final[Mapping[str, tuple[Any, ...]]] = {
    "assignee": ("one", "two", ""),
    "priority": ("high", "low"),
    "snoozed_until_ms": (0, 5),
    "subject": ("a", "b"),
}
KINDS: Final = ("seg/", "txt/", "blob/", "pack/", "ptxt/")
MOST_ROUNDS: Final = 24


class Desk(Protocol):
    """A replica as a schedule drives it."""

    def append(self, drafts: Sequence[EventDraft], raws: Sequence[bytes] = ()) -> None:
        """Write events, and keep raw mails."""

    def field_draft(self, about: str, name: str, value: Any, *, at_ms: int, seen: Sequence[str] = ()) -> EventDraft:
        """A write that replaces all heads this desk knows."""

    def adds(self, about: str, name: str) -> Mapping[str, Collection[str]]:
        """The items of a set, each with the additions that hold it there."""

    def facts(self) -> Sequence[Event]:
        """The messages that are known here, in an order that the schedule decides."""

    def all_events(self) -> Collection[Event]:
        """The log."""

    def count(self) -> int:
        """How many events are in the log."""

    def exchange(self, hub: Hub, pace: Pace = ...) -> Exchanged:
        """Exchange once."""

    def copied(self) -> Desk:
        """What a copy of its file opens as."""

    def close(self) -> None:
        """Go away."""


class Failure(AssertionError):
    """Something that must be true is not."""


def hurried(count: int, few: int = FEW) -> Pace:
    """The pace of who has enough after so many segments each way, or one."""
    return Pace(gave_enough=_enough_after(count), took_enough=_enough_after(count), few=few)


def _enough_after(count: int) -> IsEnough:
    """Says that it is enough after having been asked so many times."""
    asked = itertools.count()
    return lambda: next(asked) >= count


class World:
    """The desks, the hub and the copies that were kept of them, as a schedule goes on."""

    def __init__(self, schedule: Schedule, new_desk: NewDesk, hub: Hub) -> None:
        self.schedule, self.hub = schedule, hub
        self._at_ms = START_MS
        self._new_desk = new_desk
        self.desks = [new_desk(lambda: self._at_ms) for _ in schedule.skews_ms]
        self._skews = list(schedule.skews_ms)
        self._kept: list[Desk] = []
        self._hub_copies: list[Copy] = []
        self._made = 0
        self._taken_off: Known = {}
        self._since: dict[str, int] = {}

    def close(self) -> None:
        for desk in (*self.desks, *self._kept):
            desk.close()

    # -- running -----------------------------------------------------------------------------------

    def run(self) -> None:
        for number, step in enumerate(self.schedule.steps):
            self._at_ms = START_MS + number * self.schedule.pace_ms
            getattr(self, f"_{step.what}")(step, step.desk % len(self.desks))

    def settle(self) -> Known:
        """All exchange over a good line until nothing moves; what they know then. Raises Failure.

        Then somebody joins, to whom the hub must give it all: what nobody had looked at may be damaged, and is healed.
        """
        known = self._come_to_rest(self._survivors())
        self.desks.append(self._new_desk(lambda: self._at_ms))
        self._skews.append(0)
        if self._come_to_rest(known) != known:
            raise Failure("that somebody joined has changed something")
        return known

    def _come_to_rest(self, survivors: Known) -> Known:
        quiet = 0
        for _ in range(MOST_ROUNDS):
            self._at_ms += PATIENCE_MS
            done = [self._meet(desk, self.hub) for desk in self.desks]
            quiet = 0 if any(map(_moved, done)) else quiet + 1
            if quiet == 2:  # what lies in packs is removed a while after these have been seen
                return self._checked(survivors)
        raise Failure("the exchanges do not come to rest")

    def _meet(self, desk: Desk, hub: Hub, pace: Pace = UNHURRIED) -> Exchanged:
        before = desk.count()
        try:
            done = desk.exchange(hub, pace)
        finally:
            for name in self.hub.names(""):
                self._since.setdefault(name, self._at_ms)
        if desk.count() < before:
            raise Failure("an exchange took events out of a log")
        return done

    def _checked(self, survivors: Known) -> Known:
        known = [{event.id: event for event in desk.all_events()} for desk in self.desks]
        if any(one != known[0] for one in known):
            raise Failure("the replicas differ in their events")
        if lost := [event for event in survivors.values() if not _has(known[0], event)]:
            raise Failure(f"{len(lost)} events are lost")
        made = [event.body["made"] for event in known[0].values() if "made" in event.body]
        if len(made) != len(set(made)):
            raise Failure("something that was done once is there twice")
        return known[0]

    def _survivors(self) -> Known:
        """What somebody still has: every desk, the hub, and what was whole when the program took it out of there."""
        survivors: Known = dict(self._taken_off)
        for found in (*(desk.all_events() for desk in self.desks), readable(self.hub)):
            _add(survivors, found)
        return survivors

    # -- what people do ----------------------------------------------------------------------------

    def _write(self, desk: int, draft: EventDraft | None) -> None:
        if draft is None:
            return
        self._made += 1
        body = {**draft.body, "made": self._made}
        self.desks[desk].append([EventDraft(draft.kind, draft.about, draft.at_ms, f"agent{desk}", body, draft.text)])

    def _now(self, desk: int) -> int:
        return self._at_ms + self._skews[desk]

    def _ticket(self, desk: int, number: int) -> str:
        """One of the tickets that this desk knows, "" if it knows none."""
        facts = self.desks[desk].facts()
        return _home(facts[number % len(facts)]) if facts else ""

    def _mail(self, step: Step, desk: int) -> None:
        event, raw = pool()[step.one % len(pool())]
        draft = EventDraft(event.kind, event.about, event.at_ms, "", event.body, event.text, event.id)
        self.desks[desk].append([draft], [raw])

    def _written(self, step: Step, desk: int) -> None:
        message = digest("written", str(self.schedule.seed), str(self._made))
        ticket = self._ticket(desk, step.one) or ticket_id_of(message)
        direction = ("out", "note", "call")[step.two % 3]
        text = {"subject": "answer", "text": "words", "participants": ["ann@a.example"]}
        body = {"ticket": ticket, "direction": direction, "channel": "mail"}
        self._write(desk, EventDraft(MESSAGE_WRITTEN, about_message(message), self._now(desk), "", body, text))

    def _status(self, step: Step, desk: int) -> None:
        """A status that covers what its author has seen of the ticket."""
        if ticket := self._ticket(desk, step.one):
            seen = [seen_mark(_id(fact)) for fact in self.desks[desk].facts() if _home(fact) == ticket]
            self._set(desk, about_ticket(ticket), "status", STATUSES[step.two % len(STATUSES)], seen)

    def _field(self, step: Step, desk: int) -> None:
        if ticket := self._ticket(desk, step.one):
            name = FIELDS[step.two % len(FIELDS)]
            values = VALUES[name]
            self._set(desk, about_ticket(ticket), name, values[step.two // 8 % len(values)])

    def _merge(self, step: Step, desk: int) -> None:
        ticket, into = self._ticket(desk, step.one), self._ticket(desk, step.two)
        if ticket:
            self._set(desk, about_ticket(ticket), "merged_into", into if into != ticket else "")

    def _split(self, step: Step, desk: int) -> None:
        facts = self.desks[desk].facts()
        if facts:
            places = ("", digest("split", str(step.two % 3)), self._ticket(desk, step.two))
            self._set(desk, facts[step.one % len(facts)].about, "placed_in", places[step.two % 3])

    def _set(self, desk: int, about: str, name: str, value: Any, seen: Sequence[str] = ()) -> None:
        self._write(desk, self.desks[desk].field_draft(about, name, value, at_ms=self._now(desk), seen=seen))

    def _tag(self, step: Step, desk: int) -> None:
        if ticket := self._ticket(desk, step.one):
            body = {"set": "tags", "item": f"tag{step.two % 2}"}
            self._write(desk, EventDraft(ITEM_ADDED, about_ticket(ticket), self._now(desk), "", body))

    def _untag(self, step: Step, desk: int) -> None:
        if ticket := self._ticket(desk, step.one):
            for item, adds in self.desks[desk].adds(about_ticket(ticket), "tags").items():
                body = {"set": "tags", "item": item, "adds": sorted(adds)}
                self._write(desk, EventDraft(ITEM_REMOVED, about_ticket(ticket), self._now(desk), "", body))
                return

    def _erase(self, step: Step, desk: int) -> None:
        """Erase whoever sent a message: who it was, and what is known of them here; or that message alone."""
        facts = [fact for fact in self.desks[desk].facts() if fact.text.get("sender")]
        if not facts:
            return
        chosen = facts[step.one % len(facts)]
        sender = chosen.text["sender"][1]
        theirs = [fact for fact in facts if fact.text["sender"][1] == sender] if step.two % 3 else [chosen]
        abouts = [fact.about for fact in theirs] + (
            [about_ticket(_home(fact)) for fact in theirs] if step.two % 3 == 2 else []
        )
        drafts = [EventDraft(ERASED, about, self._now(desk)) for about in abouts]
        if step.two % 3:
            order = {"persons": [person_hash(sender, TEAM_KEY)]}
            drafts.append(EventDraft(ERASED, about_erasure(digest(str(step.two))), self._now(desk), "", order))
        self.desks[desk].append(drafts)

    # -- what happens to them ----------------------------------------------------------------------

    def _exchange(self, step: Step, desk: int) -> None:
        if step.how in (WHOLE, "hasty"):
            pace = hurried(1 + step.two % 3, few=step.one % 2) if step.how == "hasty" else UNHURRIED
            self._meet(self.desks[desk], self.hub, pace)
            return
        young = {name for name, at_ms in self._since.items() if self._at_ms - at_ms < PATIENCE_MS}
        line = BadLine(self.hub, step.how, Random(step.one), young)
        before = copy_of(self.hub) if step.how == "late" else {}
        with contextlib.suppress(HubTrouble):
            self._meet(self.desks[desk], line)
        for name in line.withdrawn:
            _add(self._taken_off, _readable(before, name))

    def _delete(self, step: Step, desk: int) -> None:
        names = self.hub.names("")
        if names:
            self.hub.withdraw(names[step.one % len(names)])

    def _delete_kind(self, step: Step, desk: int) -> None:
        """All items of a kind are gone."""
        for name in self.hub.names(KINDS[step.one % len(KINDS)]):
            self.hub.withdraw(name)

    def _damage(self, step: Step, desk: int) -> None:
        names = self.hub.names("")
        if names:
            damage(self.hub, names[step.one % len(names)])

    def _keep_hub(self, step: Step, desk: int) -> None:
        self._hub_copies.append(copy_of(self.hub))

    def _old_hub(self, step: Step, desk: int) -> None:
        """The hub is put back from a copy; there is always the one of when it was empty."""
        copies = [{}, *self._hub_copies]  # type: list[Copy]
        put_back(self.hub, copies[step.one % len(copies)])
        self._taken_off.clear()  # whatever lay there may be gone now, and nobody promised to keep it

    def _clone(self, step: Step, desk: int) -> None:
        if len(self.desks) < MOST_DESKS:
            self.desks.append(self.desks[desk].copied())
            self._skews.append(self._skews[desk])

    def _keep(self, step: Step, desk: int) -> None:
        self._kept.append(self.desks[desk].copied())

    def _restore(self, step: Step, desk: int) -> None:
        """A desk goes on from a copy that was kept, of itself or of another one: a laptop set up from an image."""
        if self._kept:
            self.desks[desk].close()
            self.desks[desk] = self._kept[step.one % len(self._kept)].copied()

    def _destroy(self, step: Step, desk: int) -> None:
        if len(self.desks) > 2:
            self.desks.pop(desk).close()
            self._skews.pop(desk)


def _moved(done: Exchanged) -> bool:
    """Whether anything happened in an exchange."""
    counts = (done.pushed, done.pulled, done.refilled, done.awaited, done.packed, done.removed)
    return any(counts) or done.has_forked or bool(done.troubles)


def _id(fact: Event) -> str:
    return fact.about.partition(":")[2]


def _home(fact: Event) -> str:
    return str(fact.body.get("ticket") or ticket_id_of(_id(fact)))


def _add(known: Known, events: Collection[Event]) -> None:
    for event in events:
        if not _has(known, event):
            known[event.id] = event


def _has(known: Known, event: Event) -> bool:
    """Whether this event is known as it is here or as a better parser reads it; its text may be erased."""
    other = known.get(event.id)
    return other is not None and other.body.get("parser", 0) >= event.body.get("parser", 0)


def readable(hub: Hub) -> list[Event]:
    """The events that lie in a hub whole, with all that they name."""
    items = copy_of(hub)
    return [event for name in items for event in _readable(items, name)]


def _readable(items: Copy, name: str) -> list[Event]:
    """What can be read of a segment or a pack."""
    try:
        if name.startswith("pack/"):
            segments = [piece.segment for piece in decode_pack(items[name], name)]
        else:
            segments = [decode(items[name], name)] if name.startswith("seg/") else []
        texts = decode_texts(items[there], name) if (there := texts_name(name)) in items else {}
    except (BrokenItem, KeyError):
        return []
    return [event for segment in segments for event in _events_of(items, segment, texts)]


def _events_of(items: Copy, segment: Segment, texts: Mapping[str, bytes]) -> list[Event]:
    is_whole = set(segment.text_blobs) <= set(texts) and all(blob_name(blob) in items for blob in segment.raw_blobs)
    return with_texts(segment.entries, texts) if is_whole else []
