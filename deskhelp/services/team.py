"""A team: several installations that exchange their changes through a hub, which only stores."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from deskhelp.db import segments
from deskhelp.db.exchange import exchange
from deskhelp.domain.errors import Refused
from deskhelp.domain.exchange import Exchanged
from deskhelp.domain.pairing import code_of, new_secret, secret_of
from deskhelp.domain.segments import ABOUT, BrokenItem, Hub, HubTrouble, PasswordWanted
from deskhelp.domain.views import Change

from . import computers, erasing, outbox, team_about, team_joining, team_mounts, team_passwords, team_raws
from .office import Office
from .team_about import CodeWanted, Team, key_of, mark_of, read_about, sealed_by, write_about
from .team_places import meeting_place, snapshot_bytes
from .team_snapshots import Snapshots

MANY_SEGMENTS: Final = 20
Call = Callable[..., Any]
CLOCKS_APART_MS: Final = 30 * 60_000
_SKEW: Final = "team_skew_ms"


@dataclass(frozen=True, slots=True)
class TeamStatus:
    """How the exchange stands; `replicas` are those whose changes this one holds, `exchanged_at_ms` 0 for never.

    `is_code_wanted` says that the pairing code of an encrypted team is not known here, and nothing is exchanged.
    """

    url: str
    team: str
    replica: str
    replicas: tuple[str, ...]
    segments: int
    waiting: int
    exchanged_at_ms: int
    is_encrypted: bool
    is_code_wanted: bool


def team_of(office: Office) -> Team | None:
    """The team that this installation belongs to, None for a single one."""
    meta = office.replica.meta
    if not meta("team_url"):
        return None
    return Team(meta("team"), meta("team_key"), meta("team_url"), meta("team_mark"))


# -- belonging -----------------------------------------------------------------------------------


def create(office: Office, url: str, password: str | None = None, *, encrypt: bool = False) -> Team:
    """Found a team at `url` with what is here; Refused if one is there already, or this is in one.

    The password of a database may stand in `url`; it is kept, but never in the profile. With `encrypt` the keeper of
    the place cannot read what lies there, and a pairing code is made, which `pairing_code` tells.
    """
    return create_by(_calling(office), url, password, encrypt=encrypt)


def create_by(call: Call, url: str, password: str | None = None, *, encrypt: bool = False) -> Team:
    """As `create`, for a thread that waits for the hub in place of the one that owns the office."""
    call(_refuse_second)
    url, password = team_passwords.taken_out(url, password)
    secret = new_secret() if encrypt else None
    place = call(meeting_place, url)
    url = place.url
    with contextlib.closing(place.open(password)) as hub:
        team = Team(secrets.token_hex(8), call(_own_key), url, mark_of(secret))
        if read_about(hub, url) is not None:
            raise Refused("There is a team at {url} already.", advice="Join it instead.", url=url)
        if secret is not None:  # first: nobody could ever join a team whose code was lost with a killed program
            team_about.keep_code(team.id, code_of(secret))
        write_about(hub, team, secret)
    call(_remember, team)
    team_passwords.keep(url, password)
    return team


def join(office: Office, url: str, password: str | None = None, code: str = "") -> Team:
    """Join the team at `url`, as `create` takes it; what is here is taken along.

    Refused if there is none, CodeWanted if it is encrypted and `code` is not its pairing code.
    """
    return join_by(_calling(office), url, password, code)


def join_by(call: Call, url: str, password: str | None = None, code: str = "") -> Team:
    """As `join`, for a thread that waits for the hub in place of the one that owns the office."""
    call(_refuse_second)
    url, password = team_passwords.taken_out(url, password)
    place = call(meeting_place, url)
    url = place.url
    with contextlib.closing(place.open(password)) as hub:
        about = read_about(hub, url)
    if about is None:
        raise Refused("There is no team at {url} yet.", advice="Found one there, or look for the right place.", url=url)
    secret = secret_of(code) if code else team_about.secret_known(about.team)
    if not about.is_sealed:
        secret = None
    team = Team(about.team, key_of(about, secret, url), url, mark_of(secret))
    call(_remember, team)
    team_passwords.keep(url, password)
    if secret is not None:
        team_about.keep_code(team.id, code_of(secret))
    return team


def pairing_code(office: Office) -> str:
    """The code by which others join an encrypted team; Refused where it is not encrypted, CodeWanted if not known."""
    return code_of(team_about.needed_secret(_sealed_team(office)))


def give_code(office: Office, code: str) -> bool:
    """Give the pairing code where it is not known any more; True if the keyring has it for the next run.

    DeskTrouble if it is none, CodeWanted if it is not this team's.
    """
    team, secret = _sealed_team(office), secret_of(code)
    if mark_of(secret) != team.mark:
        raise CodeWanted("This is the pairing code of another team.", advice="Ask a colleague to show yours.")
    return team_about.keep_code(team.id, code_of(secret))


def _sealed_team(office: Office) -> Team:
    team = team_of(office)
    if team is None:
        raise _alone()
    if not team.is_sealed:
        raise Refused("This team is not encrypted: others join it without a code.")
    return team


def _calling(office: Office) -> Call:
    return lambda fn, *args: fn(office, *args)


def _own_key(office: Office) -> str:
    return office.replica.meta("team_key")


def give_password(office: Office, password: str) -> bool:
    """Give the new password of the team's database; True if the keyring has it for the next run.

    It is tried first: PasswordWanted if it is refused, and then the one before stays. Refused where none is wanted.
    """
    return give_password_by(_calling(office), password)


def give_password_by(call: Call, password: str) -> bool:
    """As `give_password`, for a thread that waits for the hub in place of the one that owns the office."""
    team: Team | None = call(team_of)
    if team is None:
        raise _alone()
    if not team_passwords.has_password(team.url):
        raise Refused("The place of this team asks for no password of its own.")
    if not password:
        raise PasswordWanted("A password is wanted.")
    call(meeting_place, team.url).open(password).close()
    return team_passwords.keep(team.url, password)


def leave(office: Office) -> None:
    """Exchange no more; everything that is here stays, but the password of the team's place goes."""
    team = team_of(office)
    if team is None:
        raise _alone()
    with office.replica.transaction():
        office.replica.set_meta("team_url", "")
        office.replica.set_meta("team_mount", "")
        office.replica.set_meta(_SKEW, "")
        office.replica.set_meta("team_exchanged_at_ms", "")
        segments.forget_pushed(office.replica)
    team_passwords.forget(team.url)
    team_about.forget_code(team.id)
    team_joining.forget(office.profile)


def status(office: Office) -> TeamStatus:
    """How the exchange stands, by what is known here; Refused where there is no team."""
    team = team_of(office)
    if team is None:
        raise _alone()
    held = segments.count(office.replica)
    meta = office.replica.meta
    return TeamStatus(
        team.url,
        team.id,
        office.replica.replica_id,
        tuple(sorted(held.replicas | {office.replica.replica_id})),
        held.all,
        held.unpushed,
        int(meta("team_exchanged_at_ms") or 0),
        team.is_sealed,
        team.is_sealed and team_about.secret_of_team(team) is None,
    )


def _refuse_second(office: Office) -> None:
    from .demo import is_filled  # here: the demonstration brings the reader of mails along

    if is_filled(office):
        raise Refused("The demonstration is in no team: its invented tickets would reach the colleagues.")
    team = team_of(office)
    if team is not None:
        raise Refused("This installation is in the team at {url}.", advice="Leave that one first.", url=team.url)


def _alone() -> Refused:
    return Refused("This installation is in no team.", advice="Join one with: deskhelp team join.")


def _remember(office: Office, team: Team) -> None:
    with office.replica.transaction():
        for name, value in (
            ("team", team.id),
            ("team_key", team.key),
            ("team_url", team.url),
            ("team_mark", team.mark),
        ):
            office.replica.set_meta(name, value)
    office.replica.team_key = bytes.fromhex(team.key)
    computers.introduce(office)


# -- exchanging ----------------------------------------------------------------------------------


def exchange_with_team(
    call: Call,
    meet: Callable[[Hub], None] | None = None,
    beat: Callable[[Hub], None] | None = None,
    *,
    snapshots: Snapshots | None = None,
    tell: Callable[[int], None] = lambda _percent: None,
) -> Exchanged | None:
    """Exchange once with the hub, None where there is no team; `meet` is called with the hub while it is open.

    `beat` is called with it again and again while the exchange goes on, however long it takes.

    ``call(fn, *args)`` runs ``fn(office, *args)`` where the office lives; the hub is spoken to in this thread. Who is
    new begins with a snapshot; `tell` gets how much of that has come, or of many changes, in per cent; `snapshots`
    keeps those of the team. Raises HubTrouble.
    """
    team: Team | None = call(team_of)
    if team is None:
        return None

    heard: set[str] = set()
    secret = team_about.needed_secret(team) if team.is_sealed else None
    team_mounts.require_mounted(team.url, call(_mount))
    with contextlib.closing(call(meeting_place, team.url).open()) as carrier:
        is_new = _make_sure_of(carrier, team, secret)
        call(_note_mount, team_mounts.mount_of(team.url))
        hub = carrier if secret is None else sealed_by(carrier, secret)

        def on_replica(fn: Callable[..., Any], *args: Any) -> Any:
            if beat is not None:
                beat(hub)  # here, between two items
            if fn is segments.take:
                heard.add(args[0].replica)
            return call(_on_replica, fn, args)

        team_joining.take(call, hub, tell)
        call(computers.introduce)
        done = exchange(on_replica, hub, came=_telling(tell))
        if meet is not None:
            meet(hub)
        if not (done.lacking or (snapshots is not None and snapshots.is_stopped)):
            done.has_more = team_raws.fetch(on_replica, hub)
        if snapshots is not None and not (done.lacking or done.awaited or done.troubles):
            done.has_more |= snapshots.tend(call, hub, snapshot_bytes(team.url))
        skew_ms = call(_skew_of, getattr(carrier, "skew_ms", None))
    _compare_clocks(skew_ms, done)
    call(_note, done, heard)
    return _as_new(done) if is_new else done


def _mount(office: Office) -> str:
    return office.replica.meta("team_mount")


def _note_mount(office: Office, mount: str) -> None:
    if mount != _mount(office):
        office.replica.set_meta("team_mount", mount)


def _skew_of(office: Office, measured_ms: int | None) -> int:
    """How far the place's clock is ahead of ours, by the last time that it could be seen."""
    known_ms = int(office.replica.meta(_SKEW) or 0)
    if measured_ms is None:
        return known_ms
    if abs(measured_ms - known_ms) >= CLOCKS_APART_MS // 2:
        office.replica.set_meta(_SKEW, str(measured_ms))
    return measured_ms


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


def _telling(tell: Callable[[int], None]) -> Callable[[int, int], None]:
    """Tells in per cent how much has come, where that takes long."""

    def came(number: int, count: int) -> None:
        if count >= MANY_SEGMENTS:
            tell(100 * number // count)

    return came


def _on_replica(office: Office, fn: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    result = fn(office.replica, *args)
    if fn is segments.fork:
        computers.introduce(office)
    if isinstance(result, Change):
        office.announce(result)
    return result


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
    office.replica.set_meta("team_exchanged_at_ms", str(office.now()))
    if done.is_swept:
        erasing.place_is_clean(office)
    erasing.settle(office)
    if done.has_forked:
        _hold_answers(office)
        done.troubles.append(
            HubTrouble(
                "This installation is a copy of another one, or was put back from a backup.",
                advice="It goes on under a name of its own; answers that were waiting are held until somebody looks.",
            )
        )


def _hold_answers(office: Office) -> None:
    """The other copy may have sent them already."""
    for row in outbox.due(office):
        outbox.hold(office, row.message)
