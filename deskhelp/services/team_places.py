"""Where a team exchanges its changes: the address of a hub, what opening it takes, and opening it."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote, unquote, urlsplit

from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.segments import Hub

from . import team_passwords

if TYPE_CHECKING:
    from .office import Office

_PAUSES_S: Final = {"sqlite": 2.0, "folder": 5.0, "postgresql": 5.0, "imap": 20.0}
_STRETCHES_S: Final = {"imap": 2.0}
_SNAPSHOT_BYTES: Final = {"imap": 128 * 1024 * 1024}
_MAILBOX: Final = "imap:"
_WINDOWS: Final = re.compile(r"[A-Za-z]:[\\/]|\\\\")
_DRIVE: Final = re.compile(r"/[A-Za-z]:[/\\]")


@dataclass(frozen=True, slots=True)
class MeetingPlace:
    """Where a team meets, with what only the office knows of it; it can be opened in any thread.

    `url` is how this installation remembers it, `box` the mailbox if it is a folder of one.
    """

    url: str
    box: Mailbox | None = None

    def open(self, password: str | None = None) -> Hub:
        """The hub there. Without a `password` the one that is kept is used. Raises HubTrouble."""
        if self.box is None:
            return open_hub(self.url, password)
        from .team_mailbox import open_mailbox

        return open_mailbox(self.box, password)


def meeting_place(office: Office, url: str) -> MeetingPlace:
    """What is at `url`, which may be ``imap:NAME`` for a mailbox that is connected here; Refused if it is not."""
    if not _is_mailbox(url):
        return MeetingPlace(url)
    from .team_mailbox import mailbox_named

    box = mailbox_named(office, shown(url))
    return MeetingPlace(url_of("imap", box.address), box)  # by the address, as mailboxes are given other names


def try_again() -> None:
    """Somebody asks for it: let passwords that were refused be tried once more."""
    if (loaded := sys.modules.get(f"{__package__}.team_mailbox")) is not None:
        loaded.try_again()


def _is_mailbox(url: str) -> bool:
    return url.strip().lower().startswith(_MAILBOX) and not url.strip()[len(_MAILBOX) :].startswith("/")


def open_hub(url: str, password: str | None = None) -> Hub:
    """The hub at ``folder:///PATH``, ``sqlite:///PATH`` or ``postgresql://USER@HOST/DATABASE``.

    Without a `password` the one that is kept is used. Raises HubTrouble if the hub cannot be reached.
    """
    if team_passwords.has_password(url):
        from deskhelp.db.hub_postgres import postgres_hub

        return postgres_hub(url, password or team_passwords.find(url))
    scheme, path = _parts(url)
    if scheme == "folder":
        from deskhelp.db.hub_folder import FolderHub

        return FolderHub(path)
    from deskhelp.db.hub_sql import sqlite_hub

    return sqlite_hub(path)


class WakingHub(Hub, Protocol):
    """A hub that tells when somebody put something."""

    def wait(self, timeout_s: float) -> bool:
        """Whether somebody may have put something since the last call, within the time; `close` ends it."""


def waking_hub(url: str) -> WakingHub | None:
    """The hub at `url` for listening alone, None where hubs of its kind tell nothing. Raises HubTrouble."""
    if not team_passwords.has_password(url):
        return None
    from deskhelp.db.hub_postgres import postgres_hub

    return postgres_hub(url, team_passwords.find(url))


def local_path(url: str) -> Path | None:
    """The folder or the file of a place that is one."""
    return _parts(url)[1] if urlsplit(url.strip()).scheme in ("folder", "sqlite") else None


def _parts(url: str) -> tuple[str, Path]:
    parts = urlsplit(url.strip())
    path = unquote(parts.path)
    if parts.scheme not in ("folder", "sqlite") or not path.strip("/"):
        raise DeskTrouble(
            "{url} is no place for a team.",
            advice="It is written folder:///PATH for a folder, sqlite:///PATH for a database file, "
            "postgresql://USER@HOST/DATABASE or imap:MAILBOX for a mailbox that is connected here.",
            url=url,
        )
    if parts.netloc:  # \\server\share
        return parts.scheme, Path(f"//{parts.netloc}{path}")
    return parts.scheme, Path(path[1:] if _DRIVE.match(path) else path)


def url_of(scheme: str, path: str, user: str = "") -> str:
    """The address of what a person names: ``C:\\Team``, ``\\\\server\\share``, ``/mnt/team``, ``server/database``.

    With the scheme ``imap`` it is the name or address of a mailbox.
    """
    plain = path.strip()
    if scheme == "imap":
        return f"{_MAILBOX}{quote(plain, safe='@')}"
    if scheme == "postgresql":
        return f"{scheme}://{quote(user, safe='')}{'@' if user else ''}{plain.removeprefix('postgresql://')}"
    if _WINDOWS.match(plain):
        plain = plain.replace("\\", "/")
    if plain.startswith("//"):
        return f"{scheme}:{quote(plain)}"
    return f"{scheme}:///{quote(plain.lstrip('/'), safe='/:')}"


def shown(url: str) -> str:
    """A place as a person names it: the path of a folder or file, the name of a mailbox, else the address."""
    if _is_mailbox(url):
        return unquote(url.strip()[len(_MAILBOX) :]).strip()
    scheme = urlsplit(url.strip()).scheme
    return str(_parts(url)[1]) if scheme in ("folder", "sqlite") else url


def snapshot_bytes(url: str) -> int | None:
    """How large a snapshot may be there, None for no bound: a mailbox that is full takes no mail any more."""
    return _SNAPSHOT_BYTES.get(urlsplit(url.strip()).scheme)


def note_s(url: str) -> float:
    """How often a note of who is where is put again while it stands, in seconds; it counts for three times as long."""
    return max(10.0, 2 * pause_s(url))


def beat_s(url: str) -> float:
    """How often who fetches mail puts its note again, in seconds: it is missed by all, so it is missed soon."""
    return max(4.0, pause_s(url))


def missed_after_s(url: str) -> float:
    """How long a note of who fetches mail counts, in seconds: others see it late by a pause, or by a slow exchange."""
    return max(15.0, 2.5 * beat_s(url))


def stretch_s(url: str) -> float:
    """How long changes are handed over or taken in at least before what was done meanwhile has its turn, in seconds."""
    return _STRETCHES_S.get(urlsplit(url.strip()).scheme, 0.25)


def pause_s(url: str) -> float:
    """How long to rest between two looks at what the others did, in seconds."""
    return _PAUSES_S.get(urlsplit(url.strip()).scheme, 30.0)
