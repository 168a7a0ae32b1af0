"""Proving that the team's place holds what it should: every item read, nothing written."""

from __future__ import annotations

import contextlib
import logging
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from deskhelp.db import packing, segments
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.exchange import Held
from deskhelp.domain.identity import blob_id
from deskhelp.domain.segments import (
    ABOUT,
    ERASED_ITEM,
    BrokenItem,
    Hub,
    MissingItem,
    NewerItem,
    Segment,
    blob_name,
    decode,
    decode_texts,
    hash_of,
    place_of,
    texts_name,
    unseal,
)

from .office import Office
from .team import team_of
from .team_about import Team, key_of, needed_secret, read_about, sealed_by
from .team_places import meeting_place

_KNOWN: Final = frozenset({ABOUT, "seg", "txt", "blob"})
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


class _Proof:
    def __init__(self, office: Office, hub: Hub, report: PlaceReport) -> None:
        self._replica, self._hub, self._report = office.replica, hub, report
        self._here: Held = segments.held(office.replica)
        self._raws: set[str] = set()

    def run(self) -> None:
        there = self._hub.names("")
        self._report.items = Counter(name.partition("/")[0] for name in there)
        names = sorted((name for name in there if name.startswith("seg/")), key=place_of)
        self._compare(set(names))
        self._prove_chains(names)

    def _compare(self, there: set[str]) -> None:
        self._report.waiting = len(self._here.unpushed - there)
        self._report.missing = sorted(self._here.pushed - there)
        self._report.untaken = len(there - self._here.names)
        if self._report.missing and not self._has_unknown:
            self._report.problems.append(f"{len(self._report.missing)} parcels of changes that were there are gone.")

    @property
    def _has_unknown(self) -> bool:
        """Whether a newer program has put other kinds of things there, which may hold what seems to be missing."""
        return bool(set(self._report.items) - _KNOWN)

    # -- segments ------------------------------------------------------------------------------

    def _prove_chains(self, names: Iterable[str]) -> None:
        """Each segment names the one before it; clones that have not met may have written two of one number."""
        replica, number = "", 0
        before: set[str] = set()
        here: set[str] = set()
        for name in names:
            origin, seq = place_of(name)
            if origin != replica:
                replica, number, before, here = origin, 0, set(), {""}
            if seq != number:
                if seq > number + 1 and not self._has_unknown:
                    self._report.problems.append(f"Of {replica} the parcels {number + 1} to {seq - 1} are not there.")
                before, here = (here if seq == number + 1 else set()), set()
                number = seq
            with self._noted(name):
                data = self._hub.get(name)
                here.add(hash_of(data))
                segment = decode(data, name)
                if before and segment.before not in before:
                    self._report.problems.append(f"{name} does not continue what its author wrote before.")
                self._report.proven += 1
                self._prove_named(name, segment)

    def _prove_named(self, name: str, segment: Segment) -> None:
        """The texts and raw mails that a segment names."""
        texts, raws = segments.erased_blobs(self._replica, segment)
        if segment.text_blobs:
            with self._noted(texts_name(name)):
                found = decode_texts(self._hub.get(texts_name(name)), texts_name(name))
                lost = segments.stored_blobs(self._replica, set(segment.text_blobs) - set(found) - texts)
                if lost:
                    self._report.problems.append(f"{texts_name(name)} lacks {len(lost)} texts that are here.")
                self._report.proven += 1
        for digest in segment.raw_blobs:
            if digest not in self._raws and digest not in raws:
                self._raws.add(digest)
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
            raise BrokenItem("{name} in the team's place is damaged.", name=blob_name(digest))
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
