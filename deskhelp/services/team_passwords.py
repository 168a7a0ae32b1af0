"""The password of a team's database: taken out of the address, kept apart under the address without it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from . import passwords

VARIABLE: Final = "DESKHELP_TEAM_PASSWORD"
# Not by urlsplit, which stumbles over signs that people have in passwords.
_WITH_PASSWORD: Final = re.compile(r"(?P<before>\w+://[^:/?#@]*):(?P<password>[^/?#]*)@(?P<after>.*)", re.DOTALL)


def has_password(url: str) -> bool:
    """Whether a place of this kind asks for a password."""
    return url.strip().lower().startswith("postgresql:")


def taken_out(url: str, given: str | None = None) -> tuple[str, str | None]:
    """An address without its password, and the password that was `given`, else that one."""
    found = _WITH_PASSWORD.match(url.strip())
    if found is None:
        return url.strip(), given
    return f"{found['before']}@{found['after']}", given or unquote(found["password"]) or None


def find(url: str) -> str | None:
    """The password for the team at `url`; never that of a mailbox, whose variable is another."""
    return passwords.find(url, VARIABLE) if has_password(url) else None


def keep(url: str, password: str | None) -> bool:
    """Keep what was given; True if the keyring has it for the next run."""
    return bool(password) and has_password(url) and passwords.keep(url, password or "")


def forget(url: str) -> None:
    """Remove what was kept."""
    if has_password(url):
        passwords.forget(url)
