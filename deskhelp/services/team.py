"""A team: several installations that exchange their changes through a hub, which only stores."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from deskhelp.db import segments
from deskhelp.domain.errors import Refused
from deskhelp.domain.pairing import code_of, new_secret, secret_of
from deskhelp.domain.segments import PasswordWanted

from . import computers, team_about, team_joining, team_passwords
from .office import Office
from .team_about import CodeWanted, Team, key_of, mark_of, read_about, write_about
from .team_places import meeting_place

Call = Callable[..., Any]
_OF_THE_PLACE: Final = ("team_url", "team_mount", "team_skew_ms", "team_exchanged_at_ms")
"""What is noted about the place where the team meets."""


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
        for name in _OF_THE_PLACE:
            office.replica.set_meta(name, "")
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
