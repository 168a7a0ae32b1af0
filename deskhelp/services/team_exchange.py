"""One exchange of this installation with its team's place, and what is to be seen to before and after."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from deskhelp.db import segments
from deskhelp.db.exchange import exchange
from deskhelp.domain.exchange import UNHURRIED, Exchanged, Pace
from deskhelp.domain.segments import ABOUT, BrokenItem, Hub, HubTrouble
from deskhelp.domain.views import Change

from . import computers, erasing, outbox, team_about, team_joining, team_mounts, team_raws
from .office import Office
from .team import team_of
from .team_about import Team, key_of, read_about, sealed_by, write_about
from .team_line import Line
from .team_places import MeetingPlace, meeting_place, snapshot_bytes
from .team_snapshots import Snapshots

MANY_SEGMENTS: Final = 20
CLOCKS_APART_MS: Final = 30 * 60_000
Call = Callable[..., Any]
_SKEW: Final = "team_skew_ms"


def exchange_with_team(
    call: Call,
    meet: Callable[[Hub, Exchanged], None] | None = None,
    beat: Callable[[Hub], None] | None = None,
    *,
    ask: Call | None = None,
    line: Line | None = None,
    snapshots: Snapshots | None = None,
    tell: Callable[[int], None] = lambda _percent: None,
    pace: Pace = UNHURRIED,
    before: int = 0,
) -> Exchanged | None:
    """Exchange once with the hub, None where there is no team; `meet` is called with the hub while it is open,
    and with what came of the exchange.

    `beat` is called with it again and again while the exchange goes on, however long it takes.

    ``call(fn, *args)`` runs ``fn(office, *args)`` where the office lives; `ask` does so with what only looks, where it
    need not wait for other changes (as `call` if it is left out). The hub is spoken to in this thread. Who is new
    begins with a snapshot; `tell` gets how much of that has come, or of many changes, in per cent; `snapshots` keeps
    those of the team. `pace` as of `domain.exchange`: `before` is how many parcels of changes the exchanges before
    took of what is waiting. `line` is held open where something is left for the next exchange. Raises HubTrouble.
    """
    ask, line = ask or call, line or Line()
    here: _Here | None = ask(_here)
    if here is None:
        line.close()
        return None

    heard: set[str] = set()
    team = here.team
    secret = team_about.needed_secret(team) if team.is_sealed else None
    team_mounts.require_mounted(team.url, here.mount)
    with line.open(here.place) as carrier:
        is_new = _make_sure_of(carrier, team, secret)
        if (found := team_mounts.mount_of(team.url)) != here.mount:
            call(_note_mount, found)
        hub = carrier if secret is None else sealed_by(carrier, secret)

        on_replica, look = _beating(call, ask, hub, beat, heard)
        if here.begins:
            team_joining.take(call, hub, tell)
        if here.begins or not here.is_introduced:
            call(computers.introduce)
        done = exchange(on_replica, hub, came=_telling(tell, before), pace=pace, ask=look)
        if meet is not None:
            meet(hub, done)
        if not (done.lacking or done.is_cut_short):
            if snapshots is None or not snapshots.is_stopped:
                done.has_more = team_raws.fetch(on_replica, look, hub)
            if snapshots is not None and not (done.awaited or done.troubles):
                done.has_more |= snapshots.tend(call, hub, snapshot_bytes(team.url), ask=ask)
        skew_ms = _skew_of(carrier, here.skew_ms, call)
        if done.is_cut_short:
            line.go_on()
    _compare_clocks(skew_ms, done)
    call(_note, done, heard)
    return _as_new(done) if is_new else done


@dataclass(frozen=True, slots=True)
class _Here:
    """What is known here before an exchange: asked for at once, as each question may wait for what else is done."""

    team: Team
    place: MeetingPlace
    mount: str
    begins: bool
    is_introduced: bool
    skew_ms: int


def _beating(call: Call, ask: Call, hub: Hub, beat: Callable[[Hub], None] | None, heard: set[str]) -> tuple[Call, Call]:
    """How the exchange writes the replica and looks at it: with a beat each time, between two items.

    `heard` gets whose segments were taken.
    """

    def on_replica(fn: Callable[..., Any], *args: Any) -> Any:
        if beat is not None:
            beat(hub)
        if fn is segments.take:
            heard.update(parcel.segment.replica for parcel in args[0])
        return call(_on_replica, fn, args)

    def look(fn: Callable[..., Any], *args: Any) -> Any:
        if beat is not None:
            beat(hub)
        return ask(_in_replica, fn, args)

    return on_replica, look


def _here(office: Office) -> _Here | None:
    team = team_of(office)
    if team is None:
        return None
    meta = office.replica.meta
    return _Here(
        team,
        meeting_place(office, team.url),
        meta("team_mount"),
        team_joining.is_wanted(office),
        computers.is_introduced(office),
        int(meta(_SKEW) or 0),
    )


def _note_mount(office: Office, mount: str) -> None:
    office.replica.set_meta("team_mount", mount)


def _skew_of(carrier: Hub, known_ms: int, call: Call) -> int:
    """How far the place's clock is ahead of ours, by the last time that it could be seen."""
    measured_ms: int | None = getattr(carrier, "skew_ms", None)
    if measured_ms is None:
        return known_ms
    if abs(measured_ms - known_ms) >= CLOCKS_APART_MS // 2:
        call(_note_skew, measured_ms)
    return measured_ms


def _note_skew(office: Office, skew_ms: int) -> None:
    office.replica.set_meta(_SKEW, str(skew_ms))


def _compare_clocks(skew_ms: int, done: Exchanged) -> None:
    """Say it where the place's clock and ours are far apart: times are written by ours."""
    if abs(skew_ms) < CLOCKS_APART_MS:
        return
    hours = round(abs(skew_ms) / 3_600_000)
    trouble = HubTrouble(
        "This computer's clock is {hours} h behind that of the team's place."
        if skew_ms > 0
        else "This computer's clock is {hours} h ahead of that of the team's place.",
        advice="Set it right if it is the wrong one: colleagues see your changes at the times that it says.",
        hours=max(1, hours),
    )
    done.troubles.append(trouble)


def _telling(tell: Callable[[int], None], before: int) -> Callable[[int, int], None]:
    """Tells in per cent how much has come, where that takes long."""

    def came(number: int, count: int) -> None:
        if before + count >= MANY_SEGMENTS:
            tell(min(100, 100 * (before + number) // (before + count)))

    return came


def _on_replica(office: Office, fn: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    if fn is segments.fork:
        return _fork(office)
    result = fn(office.replica, *args)
    if isinstance(result, Change):
        office.announce(result)
    return result


def _in_replica(office: Office, fn: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    return fn(office.replica, *args)


def _fork(office: Office) -> str:
    """Go on under a new id, as somebody else has ours; returns it."""
    outbox.hold_all(office)  # first: whatever comes in between, no answer leaves from here and from the other copy
    new = segments.fork(office.replica)
    computers.introduce(office)
    return new


def _make_sure_of(hub: Hub, team: Team, secret: bytes | None) -> bool:
    """Stop at another team's hub; put our mark on one that has lost it. True if it had."""
    try:
        found = read_about(hub, team.url)
    except BrokenItem:
        hub.withdraw(ABOUT)
        found = None
    if found is None:
        write_about(hub, team, secret)
        return True
    if found.team != team.id or found.is_sealed != team.is_sealed:
        raise HubTrouble(
            "At {url} there is another team now.",
            advice="Nothing is exchanged. Leave the team and join the other one if that is meant.",
            url=team.url,
        )
    key_of(found, secret, team.url)
    return False


def _as_new(done: Exchanged) -> Exchanged:
    trouble = HubTrouble(
        "The team's place was empty.", advice="It was filled again from this computer; nothing is lost."
    )
    done.troubles.append(trouble)
    return done


def _note(office: Office, done: Exchanged, heard: Collection[str]) -> None:
    if office.replica.meta("team_exchanged_at_ms"):  # else what lay there may be years old
        computers.note_heard(office, heard)
    if not done.is_cut_short:
        office.replica.set_meta("team_exchanged_at_ms", str(office.now()))
    if done.is_swept:
        erasing.place_is_clean(office)
    erasing.settle(office)
    if done.has_forked:
        done.troubles.append(
            HubTrouble(
                "This installation is a copy of another one, or was put back from a backup.",
                advice="It goes on under a name of its own; answers that were waiting are held until somebody looks.",
            )
        )
