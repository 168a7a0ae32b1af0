"""Proving that the team's place holds what it should: every item read, nothing written."""

from __future__ import annotations

import contextlib
import logging
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from deskhelp.db import packing, packs, segments
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.identity import blob_id
from deskhelp.domain.keeper import Held
from deskhelp.domain.packs import Piece, Span, decode_pack, pack_name, span_of, widest_first
from deskhelp.domain.segments import (
    ABOUT,
    ERASED_ITEM,
    BrokenItem,
    Hub,
    MissingItem,
    NewerItem,
    Segment,
    blob_name,
    broken,
    decode,
    decode_texts,
    hash_of,
    place_of,
    texts_name,
    unseal,
)
from deskhelp.domain.snapshots import PREFIX, Snapshot, by_snapshot, decode_list, whole_ones

from .office import Office
from .team import team_of
from .team_about import Team, key_of, needed_secret, read_about, sealed_by
from .team_places import meeting_place

_KNOWN: Final = frozenset({ABOUT, "seg", "txt", "pack", "ptxt", "blob", "snap"})
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class PlaceReport:
    """How the place of a team stands, as seen from here. `items` are counts by the first part of their names.

    `trouble` is why it was not `reached`. `problems` are sentences; of the rest each heals with the next exchange:
    `waiting` were never handed over, `missing` had been there and are gone, `untaken` are there and not here yet.
    """

    url: str
    reached: bool = False
    trouble: DeskTrouble | None = None
    items: Counter[str] = field(default_factory=Counter)
    proven: int = 0
    problems: list[str] = field(default_factory=list)
    waiting: int = 0
    missing: list[str] = field(default_factory=list)
    untaken: int = 0


def check_place(office: Office) -> PlaceReport | None:
    """Read all that lies in the team's place and prove it, one item at a time; None where there is no team."""
    team = team_of(office)
    if team is None:
        return None
    report = PlaceReport(team.url)
    try:
        with contextlib.closing(meeting_place(office, team.url).open()) as carrier:
            hub = _entered(carrier, team, report)
            report.reached = True
            if hub is not None:
                _Proof(office, hub, report).run()
    except DeskTrouble as trouble:
        report.reached, report.trouble = False, trouble
    return report


def _entered(carrier: Hub, team: Team, report: PlaceReport) -> Hub | None:
    """The hub as the team sees it, None where it is not this team's. CodeWanted if its code is not known."""
    try:
        about = read_about(carrier, team.url)
    except NewerItem:
        raise
    except BrokenItem as trouble:
        report.problems.append(trouble.sentence)
        about = None
    if about is not None and (about.team != team.id or about.is_sealed != team.is_sealed):
        report.problems.append("Another team meets there now.")
        return None
    secret = needed_secret(team) if team.is_sealed else None
    if about is not None:
        key_of(about, secret, team.url)
    elif not report.problems:
        report.problems.append("The place does not say whose it is; the next exchange fills it again.")
    return carrier if secret is None else sealed_by(carrier, secret)


class _Unit(NamedTuple):
    """What lies under one name: a pack, or a segment as if it were a pack of one."""

    name: str
    span: Span


def _span(name: str) -> _Unit:
    return _Unit(name, span_of(pack_name(place_of(name)[1], name) if name.startswith("seg/") else name))


def _outermost(names: Iterable[str]) -> dict[str, _Unit]:
    """The packs that lie in no other: what a wider one replaces is removed after a while."""
    found: dict[str, _Unit] = {}
    for name in widest_first(list(names)):
        unit = _span(name)
        if not any(wider.span.contains(unit.span) for wider in found.values()):
            found[name] = unit
    return found


def _lies_in(segment: str, outer: Mapping[str, _Unit]) -> bool:
    return any(unit.span.has(*place_of(segment)) for unit in outer.values())


class _Proof:
    def __init__(self, office: Office, hub: Hub, report: PlaceReport) -> None:
        self._replica, self._hub, self._report = office.replica, hub, report
        self._here: Held = segments.held(office.replica)
        self._raws: set[str] = set()

    def run(self) -> None:
        there = self._hub.names("")
        self._report.items = Counter(name.partition("/")[0] for name in there)
        singles = {name for name in there if name.startswith("seg/")}
        outer = _outermost(name for name in there if name.startswith("pack/"))
        self._compare(singles, outer)
        loose = {name for name in singles if not _lies_in(name, outer)}
        self._prove_chains(sorted([*map(_span, loose), *outer.values()], key=lambda one: (one.span, one.name)))
        for name in sorted(singles - loose):
            with self._noted(name):
                decode(self._hub.get(name), name)
        for snapshot in whole_ones(by_snapshot(name for name in there if name.startswith(PREFIX))):
            with self._noted(snapshot.list_name):
                self._prove_snapshot(snapshot)

    def _compare(self, singles: set[str], outer: Mapping[str, _Unit]) -> None:
        gone = set(self._here.pushed)
        for name in self._here.packs - outer.keys():
            gone.update(packs.members(self._replica, name))
        self._report.missing = sorted(name for name in gone - singles if not _lies_in(name, outer))
        self._report.waiting = len(self._here.unpushed - singles)
        self._report.untaken = len(singles - set(segments.holding(self._replica, singles)))
        for name in outer.keys() - self._here.packs:
            if not packs.pieces(self._replica, name):
                self._report.untaken += outer[name].span.size
        if self._report.missing and not self._has_unknown:
            self._report.problems.append(f"{len(self._report.missing)} parcels of changes that were there are gone.")

    @property
    def _has_unknown(self) -> bool:
        """Whether a newer program has put other kinds of things there, which may hold what seems to be missing."""
        return bool(set(self._report.items) - _KNOWN)

    # -- segments ------------------------------------------------------------------------------

    def _prove_chains(self, units: Iterable[_Unit]) -> None:
        """Each segment names the one before it; clones that have not met may have written two of one number."""
        replica, reached = "", 0
        ends: dict[int, set[str]] = {}
        for name, span in units:
            if span.replica != replica:
                replica, reached, ends = span.replica, 0, {0: {""}}
            if span.first > reached + 1 and not self._has_unknown:
                self._report.problems.append(
                    f"Of {replica} the parcels {reached + 1} to {span.first - 1} are not there."
                )
            reached = max(reached, span.last)
            with self._noted(name):
                pieces = self._pieces(name)
                known = ends.get(span.first - 1)
                if known and pieces[0].segment.before not in known:
                    self._report.problems.append(f"{name} does not continue what its author wrote before.")
                ends.setdefault(span.last, set()).add(hash_of(pieces[-1].data))
                self._report.proven += 1
                self._prove_named(name, [piece.segment for piece in pieces])

    def _pieces(self, name: str) -> list[Piece]:
        data = self._hub.get(name)
        return decode_pack(data, name) if name.startswith("pack/") else [Piece(name, data, decode(data, name))]

    def _prove_named(self, name: str, named: Sequence[Segment]) -> None:
        """The texts and raw mails that a segment, or those of a pack, name."""
        wanted = {blob for segment in named for blob in segment.text_blobs}
        erased = [segments.erased_blobs(self._replica, segment) for segment in named]
        if wanted:
            with self._noted(texts_name(name)):
                found = decode_texts(self._hub.get(texts_name(name)), texts_name(name))
                gone = frozenset[str]().union(*(texts for texts, _ in erased))
                lost = segments.stored_blobs(self._replica, wanted - set(found) - gone)
                if lost:
                    self._report.problems.append(f"{texts_name(name)} lacks {len(lost)} texts that are here.")
                self._report.proven += 1
        for segment, (_, raws) in zip(named, erased, strict=True):
            self._prove_raws(set(segment.raw_blobs) - raws - self._raws)

    def _prove_raws(self, digests: set[str]) -> None:
        self._raws |= digests
        for digest in sorted(digests):
            with self._noted(blob_name(digest)):
                self._prove_raw(digest)

    def _prove_raw(self, digest: str) -> None:
        data = self._hub.get(blob_name(digest))
        if data == ERASED_ITEM:
            return
        try:
            content = packing.unpacked(unseal(data, blob_name(digest)))
        except zlib.error:
            content = b""
        if blob_id(content) != digest:
            raise broken(blob_name(digest))
        self._report.proven += 1

    def _prove_snapshot(self, snapshot: Snapshot) -> None:
        contents = decode_list(self._hub.get(snapshot.list_name), snapshot.list_name)
        for number, wanted in enumerate(contents.parts, start=1):
            with self._noted(snapshot.part_name(number)):
                if hash_of(self._hub.get(snapshot.part_name(number))) != wanted:
                    raise broken(snapshot.part_name(number))
                self._report.proven += 1
        self._report.proven += 1

    @contextlib.contextmanager
    def _noted(self, name: str) -> Iterator[None]:
        """What is wrong with one item is a problem and stops nothing else."""
        try:
            yield
        except NewerItem:
            self._report.items["newer"] += 1
        except (BrokenItem, MissingItem) as trouble:
            _log.info("%s: %s", name, trouble)
            self._report.problems.append(trouble.sentence)
