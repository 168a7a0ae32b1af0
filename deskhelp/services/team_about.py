"""What says whose team a hub is: its id, and the key that signs Message-IDs, encrypted where the team is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.events import canonical_json
from deskhelp.domain.pairing import secret_of
from deskhelp.domain.segments import ABOUT, BrokenItem, Hub, HubTrouble, MissingItem, NewerItem, seal, unseal

from . import passwords

PLAIN: Final = 1
SEALED: Final = 2
VARIABLE: Final = "DESKHELP_TEAM_CODE"


class CodeWanted(HubTrouble):
    """The team is encrypted, and its pairing code is not known here, or another one was given."""


@dataclass(frozen=True, slots=True)
class Team:
    """The team of an installation: its id and key, which sign our Message-IDs, and where it meets.

    `mark` tells the secret of an encrypted team from others; it is "" for a team that is not encrypted.
    """

    id: str
    key: str
    url: str
    mark: str = ""

    @property
    def is_sealed(self) -> bool:
        """Whether the keeper of the place cannot read what lies there."""
        return bool(self.mark)


@dataclass(frozen=True, slots=True)
class About:
    """What a hub says of its team; `key` is still sealed where `is_sealed`."""

    team: str
    key: str
    is_sealed: bool


def write_about(hub: Hub, team: Team, secret: bytes | None) -> None:
    value: dict[str, Any] = {"version": PLAIN, "team": team.id, "key": team.key}
    if team.is_sealed and secret is not None:
        value |= {"version": SEALED, "key": _sealer(secret).seal(_name_of_key(team.id), bytes.fromhex(team.key)).hex()}
    hub.put(ABOUT, seal(canonical_json(value).encode()))


def read_about(hub: Hub, url: str) -> About | None:
    """What stands there, None where there is no team; BrokenItem, NewerItem."""
    try:
        value = json.loads(unseal(hub.get(ABOUT), ABOUT))
        version = int(value["version"])
        found = About(str(value["team"]), bytes.fromhex(value["key"]).hex(), version == SEALED)
    except MissingItem:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenItem("The team at {url} cannot be read.", url=url) from error
    if version > SEALED:
        raise NewerItem("The team at {url} was made by a newer DeskHelp.", advice="Update DeskHelp here.", url=url)
    return found


def key_of(about: About, secret: bytes | None, url: str) -> str:
    """The team's key; CodeWanted if the team is encrypted and this is not its secret."""
    if not about.is_sealed:
        return about.key
    if secret is None:
        raise CodeWanted(
            "The team at {url} is encrypted.", advice="Give its pairing code: whoever is in it can show it.", url=url
        )
    try:
        opened: bytes = _sealer(secret).open(_name_of_key(about.team), bytes.fromhex(about.key))
        return opened.hex()
    except BrokenItem as error:
        raise CodeWanted(
            "The pairing code is not that of the team at {url}.", advice="Ask a colleague to show it.", url=url
        ) from error


def sealed_by(hub: Hub, secret: bytes) -> Hub:
    """The hub as those see it who have the secret."""
    from deskhelp.db.hub_sealed import SealedHub

    return SealedHub(hub, _sealer(secret))


def _sealer(secret: bytes) -> Any:
    from deskhelp.db.hub_sealed import Sealer

    return Sealer(secret)


def _name_of_key(team: str) -> str:
    return f"key/{team}"


# -- where the code is kept ----------------------------------------------------------------------


def needed_secret(team: Team) -> bytes:
    """The secret of an encrypted team; CodeWanted if it is not known here."""
    secret = secret_of_team(team)
    if secret is None:
        raise CodeWanted(
            "The pairing code of the team is not known on this computer.",
            advice="Give it in the settings of the team, or in DESKHELP_TEAM_CODE; a colleague can show it.",
        )
    return secret


def code_known(team: str) -> str | None:
    """The pairing code of a team: of this run, of the environment, or of the keyring."""
    return passwords.find(_place(team), VARIABLE)


def keep_code(team: str, code: str) -> bool:
    """Keep it; True if the keyring has it for the next run."""
    return passwords.keep(_place(team), code)


def forget_code(team: str) -> None:
    passwords.forget(_place(team))


def mark_of(secret: bytes | None) -> str:
    """By which a secret is known again, and from which it cannot be found."""
    return "" if secret is None else hashlib.blake2b(secret, digest_size=8, person=b"deskhelp mark").hexdigest()


def secret_known(team: str) -> bytes | None:
    """The secret that the known code says; None if there is none, or what stands there is no code."""
    code = code_known(team)
    try:
        return secret_of(code) if code else None
    except DeskTrouble:
        return None


def secret_of_team(team: Team) -> bytes | None:
    """The secret of an encrypted team; None if no code is known here, or that of another team."""
    secret = secret_known(team.id)
    return secret if mark_of(secret) == team.mark else None


def _place(team: str) -> str:
    return f"team {team}"
