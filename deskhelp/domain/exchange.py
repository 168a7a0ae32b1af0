"""One exchange between a replica and a hub: put what the hub lacks, take what the replica lacks.

Names say all: each side's names are compared, so a hub that was lost or put back from an old backup is filled again by
the same step that pushes new changes, and an exchange that was cut off goes on where it stopped. What is decided here
and in `packer` is all there is to decide; a `Keeper` and a `Hub` only store.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from .carrying import Carrying
from .errors import DeskTrouble
from .keeper import Held, Keeper, Parcel
from .packer import Packer
from .packs import USUAL, Sizes, Span
from .segments import BrokenItem, Hub, HubTrouble, MissingItem, NewerItem, Occupied, newer, place_of, texts_name

FEW: Final = 4
"""So many segments of one replica are people's changes, not a flood of mail."""
TOGETHER_BYTES: Final = 256 * 1024
"""How much is taken at once of those who wrote few segments: it is in the memory, and everything else waits."""
Came = Callable[[int, int], None]
IsEnough = Callable[[], bool]
_log = logging.getLogger(__name__)


def _never() -> bool:
    return False


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Pace:
    """When an exchange leaves the rest for the next one, so that what is done meanwhile need not wait for all of it.

    `found` is called when it is known what there is. `gave_enough` is asked before each segment that is handed over,
    `took_enough` before each that is taken of those who wrote much: one is in any case. Of the others, who wrote at
    most `few`, all are taken first. `is_over` ends taking at all.
    """

    found: Callable[[], None] = _nothing
    gave_enough: IsEnough = _never
    took_enough: IsEnough = _never
    is_over: IsEnough = _never
    few: int = FEW


UNHURRIED: Final = Pace()


@dataclass(slots=True)
class Exchanged:
    """What an exchange came to, in segments. `refilled` had been in the hub before and were missing there.

    `awaited` are there without all that they name; `lacking` are missing there and are for others to put again, who
    have their raw mails. `waiting` were left to be taken by the next exchange, `untold` to be handed over; before that
    nothing is packed or cleaned.
    `is_swept` says that the hub was cleaned of what was erased, `has_more` that there is more to put or to get, and the
    next exchange should be soon. `packed` packs were made, and `removed` items that lie in packs by now.
    """

    pushed: int = 0
    pulled: int = 0
    refilled: int = 0
    awaited: int = 0
    lacking: int = 0
    waiting: int = 0
    untold: int = 0
    has_forked: bool = False
    is_swept: bool = False
    has_more: bool = False
    packed: int = 0
    removed: int = 0
    troubles: list[DeskTrouble] = field(default_factory=list)

    @property
    def is_cut_short(self) -> bool:
        """Whether something was left for the next exchange."""
        return bool(self.waiting or self.untold)

    def __add__(self, other: Exchanged) -> Exchanged:
        return Exchanged(
            self.pushed + other.pushed,
            self.pulled + other.pulled,
            self.refilled + other.refilled,
            self.awaited + other.awaited,
            other.lacking,
            other.waiting,
            other.untold,
            self.has_forked or other.has_forked,
            self.is_swept or other.is_swept,
            other.has_more,
            self.packed + other.packed,
            self.removed + other.removed,
            self.troubles + other.troubles,
        )


def exchange(
    keeper: Keeper,
    hub: Hub,
    sizes: Sizes = USUAL,
    came: Came = lambda _number, _count: None,
    pace: Pace = UNHURRIED,
) -> Exchanged:
    """Exchange once. `came` gets how many segments have been looked at, and of how many that are new here.

    What is new goes before what is older, and people's changes before a flood of mail, as far as `pace` lets some wait.

    Raises HubTrouble if the hub cannot be used; a damaged item is a trouble in the result and stops nothing else.
    """
    return _Exchange(keeper, hub, sizes, came, pace).run()


class _Exchange:
    def __init__(self, keeper: Keeper, hub: Hub, sizes: Sizes, came: Came, pace: Pace) -> None:
        self._keeper, self._hub, self._came, self._pace = keeper, hub, came, pace
        self._done = Exchanged()
        self._carrying = Carrying(keeper, hub)
        self._packer = Packer(keeper, hub, self._carrying, sizes, self._done.troubles)
        self._there: set[str] = set()
        self._goes_on = False  # with what there is much of
        self._looked_at = self._coming = 0

    def run(self) -> Exchanged:
        here = self._look()
        self._pace.found()
        try:
            here = self._put(here, self._pace.gave_enough)
        except HubTrouble:  # the place is full, or may not be written: what the others did can be had all the same
            self._pull(here)
            raise
        missed = self._pull(here)
        if self._done.is_cut_short:
            self._done.awaited, self._done.has_more = len(missed), True
            return self._done
        replaced = self._packer.replaced(here.replica, self._there)
        overdue = set(self._keeper.overdue([*missed, *replaced]))
        self._give_up({name: trouble for name, trouble in missed.items() if name in overdue})
        self._done.awaited = len(missed.keys() - overdue)
        self._erase()
        for pack in replaced.keys() & overdue:
            self._done.removed += self._packer.remove(pack, replaced[pack])
        self._done.packed = self._packer.pack_one(self._there)
        return self._done

    # -- push ----------------------------------------------------------------------------------

    def _look(self) -> Held:
        """See what is there; what is held is told, under a new id if ours is somebody else's too."""
        self._keeper.cut()
        # In this order: of a segment that is removed in between, the pack is seen.
        self._there = set(self._hub.names("seg/"))
        here = self._packer.look(self._keeper.held())
        return self._own_under_a_free_id(here)

    def _put(self, here: Held, is_enough: IsEnough = _never) -> Held:
        """Put what the hub lacks; what is held then is told."""
        refilled, lacking, here = self._packer.put_back(here, self._there)
        self._done.refilled += refilled
        self._done.lacking += lacking
        self._push(here, is_enough)
        return here

    def _push(self, here: Held, is_enough: IsEnough) -> None:
        try:
            self._put_missing(here, is_enough)
        finally:
            # At once: each time this waits for what else is written here, as mail that is coming in.
            known = sorted(here.unpushed & self._there)
            if known:
                self._keeper.mark_pushed(known)

    def _put_missing(self, here: Held, is_enough: IsEnough) -> None:
        has_put = False
        for name in sorted(here.names - self._there, key=_newest_first):
            if name in here.pushed and self._packer.may_have(name):
                continue  # it is seen when that pack has been taken
            if self._done.untold or (is_enough() and has_put):
                self._done.untold += 1
                continue
            if name in here.pushed and self._carrying.lacks_raws(name):
                self._done.lacking += 1
                continue
            try:
                self._carrying.put_segment(name)
            except Occupied as trouble:  # only by what no program of ours put there
                self._done.troubles.append(trouble)
                continue
            self._done.pushed += name in here.unpushed
            self._done.refilled += name in here.pushed
            self._there.add(name)
            has_put = True

    # -- clones and restored backups -----------------------------------------------------------

    def _own_under_a_free_id(self, here: Held) -> Held:
        """What we hold, after a new id was taken if somebody else, or we before a restore, wrote under ours."""
        own = {name for name in self._there - here.names if place_of(name)[0] == here.replica}
        if not (self._packer.wants_of(here.replica) or self._not_held(own)):
            return here
        self._keeper.fork()
        self._done.has_forked = True
        self._keeper.cut()
        return self._keeper.held()

    def _not_held(self, names: set[str]) -> set[str]:
        return names - set(self._keeper.holding(names)) if names else names

    # -- pull ----------------------------------------------------------------------------------

    def _pull(self, here: Held) -> dict[str, MissingItem]:
        """Take what is not held; returns what came before all that it names.

        A folder that several computers keep alike may show a segment so, and so may one that is just being removed.
        """
        missed: dict[str, MissingItem] = {}
        put_off = here.put_off & self._packer.wanted.keys()
        self._done.troubles += [newer() for _ in put_off]
        singles = self._packer.one_by_one(self._not_held(self._there - here.names))
        waiting = [name for name in self._packer.wanted if name not in put_off]
        self._coming = len(singles) + sum(self._packer.wanted[name].size for name in waiting)
        few, many = _few_and_many(singles, self._pace.few)
        self._pull_few(few, missed)
        for name in many:
            self._unless_enough(self._pull_segment, name, missed)
        later = put_off | {name for name in waiting if self._unless_enough(self._pull_pack, name, missed)}
        if later != here.put_off and not self._done.waiting:
            self._keeper.put_off(later)
        for name in self._keeper.holding(missed):
            del missed[name]
        return missed

    def _pull_few(self, names: Sequence[str], missed: dict[str, MissingItem]) -> None:
        """Take these together: what each costs, as being on the disk when it is taken, is more than what they are."""
        parcels: list[Parcel] = []

        def get(name: str) -> None:
            self._look_at_next()
            parcels.append(self._carrying.parcel(name))

        self._hub.expect([item for name in names for item in (name, texts_name(name))])
        try:
            for name in names:
                if not self._waits(self._pace.is_over):
                    self._try(get, name, missed)
                if sum(parcel.size for parcel in parcels) > TOGETHER_BYTES:
                    self._take(parcels)
        finally:  # also where the line breaks: it need not come again
            self._take(parcels)

    def _take(self, parcels: list[Parcel]) -> None:
        """Take these, and let go of them."""
        if parcels:
            self._keeper.take(parcels)
            self._done.pulled += len(parcels)
        parcels.clear()

    def _waits(self, is_enough: IsEnough) -> bool:
        """Whether what is next waits for the next exchange: it is enough, or something waits already."""
        if self._done.waiting or is_enough():
            self._done.waiting += 1
        return self._done.waiting > 0

    def _unless_enough(self, pull: Callable[[str], None], name: str, missed: dict[str, MissingItem]) -> bool:
        """As `_try`; once it is enough, this waits. What cannot be taken would else be all that is ever tried."""
        return not self._waits(self._took_enough) and self._try(pull, name, missed)

    def _took_enough(self) -> bool:
        return self._pace.is_over() or (self._pace.took_enough() and self._goes_on)

    def _try(self, pull: Callable[[str], None], name: str, missed: dict[str, MissingItem]) -> bool:
        """Whether only a newer program can take this."""
        try:
            pull(name)
        except NewerItem as trouble:
            self._done.troubles.append(trouble)
            return True
        except MissingItem as trouble:
            missed[name] = trouble
        except BrokenItem as trouble:
            self._set_aside(name, trouble)
        return False

    def _pull_segment(self, name: str) -> None:
        self._look_at_next()
        self._take([self._carrying.parcel(name)])
        self._goes_on = True

    def _pull_pack(self, name: str) -> None:
        if self._keeper.adopt(name):  # by what has just been taken
            return
        for _ in self._carrying.take_pack(name):
            self._look_at_next()
            self._goes_on = True
            self._done.pulled += 1
        self._keeper.adopt(name)

    def _look_at_next(self) -> None:
        self._came(self._looked_at, self._coming)
        self._looked_at += 1

    def _give_up(self, missed: Mapping[str, MissingItem]) -> None:
        for name, trouble in sorted(missed.items()):
            self._set_aside(name, trouble)
            for single in sorted(self._untaken_of(name) - missed.keys()):
                self._take_or_set_aside(single)

    def _take_or_set_aside(self, name: str) -> None:
        """Take what also lies in a pack that cannot be taken: it may be whole, and nobody else may have it."""
        untaken: dict[str, MissingItem] = {}
        self._try(self._pull_segment, name, untaken)
        for trouble in untaken.values():
            self._set_aside(name, trouble)

    def _untaken_of(self, name: str) -> set[str]:
        """What lies there singly too of a pack, and is not held: as long as it does, nobody misses what it lacks."""
        span = self._packer.wanted.get(name)
        return self._not_held({one for one in self._there if span is not None and span.has(*place_of(one))})

    def _set_aside(self, name: str, trouble: HubTrouble) -> None:
        """Its holders see then that it is missing and put it again, with what it names."""
        _log.warning("%s was set aside: %s", name, trouble)
        self._done.troubles.append(trouble)
        if name in self._packer.wanted:
            self._put_singly(self._packer.wanted[name])
        self._hub.withdraw(name)

    def _put_singly(self, span: Span) -> None:
        """Put what is held of a pack that goes: nobody else may have what could still be taken from it."""
        for name in sorted(self._keeper.held().names - self._there):
            if span.has(*place_of(name)):
                self._carrying.put_segment(name)
                self._there.add(name)

    # -- what was erased -----------------------------------------------------------------------

    def _erase(self) -> None:
        """Take out of the hub what was erased, after it can be known there that it was."""
        if self._done.refilled:  # by a place that was lost or is an old one again: it may be back
            self._keeper.want_sweep()
        if not self._keeper.is_sweep_due():
            return
        self._put(self._look())
        self._keeper.sweep(self._hub)
        self._done.is_swept = True


def _newest_first(name: str) -> tuple[int, str]:
    replica, number = place_of(name)
    return -number, replica


def _few_and_many(names: Sequence[str], most: int) -> tuple[list[str], list[str]]:
    """The segments of those of whom there are at most so many, and of the others."""
    count = Counter(place_of(name)[0] for name in names)
    ordered = sorted(names, key=_newest_first)
    few = [name for name in ordered if count[place_of(name)[0]] <= most]
    return few, [name for name in ordered if count[place_of(name)[0]] > most]
