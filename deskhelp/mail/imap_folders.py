"""Folders of an IMAP server: their names, also those that break the rules, and which one is Sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from imapclient.imap_utf7 import decode, encode

_LINE = re.compile(
    rb'\((?P<flags>[^)]*)\) (?P<delimiter>NIL|"(?:[^"\\]|\\.)*") (?P<name>.*)', re.IGNORECASE | re.DOTALL
)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)

TEAM_FOLDER: Final = "DeskHelp-Sync"
"""Where a team may meet (decision 0018): what lies there is not mail."""

# What mail programs call it where the server sets no flag (RFC 6154).
_SENT_NAMES = frozenset(
    name.casefold()
    for name in (
        "Sent", "Sent Items", "Sent Messages", "Sent Mail", "Sent-Mail", "Sent Objects",
        "Отправленные", "Отправленные письма", "Отправленные элементы", "Исходящие",
        "Надіслані", "Gesendet", "Gesendete Objekte", "Gesendete Elemente", "Envoyés",
        "Éléments envoyés", "Messages envoyés", "Enviados", "Elementos enviados", "Inviata", "Posta inviata",
        "Verzonden items", "Wysłane", "Odeslaná pošta",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder: `name` for people, `raw` for the server, `flags` like ``\\Sent`` as the server wrote them."""

    name: str
    raw: bytes
    delimiter: str
    flags: tuple[str, ...]

    @property
    def can_be_opened(self) -> bool:
        return not {"\\noselect", "\\nonexistent"} & {flag.lower() for flag in self.flags}

    def has_flag(self, flag: str) -> bool:
        return flag.lower() in (one.lower() for one in self.flags)

    @property
    def last_part(self) -> str:
        return self.name.rpartition(self.delimiter)[2] if self.delimiter else self.name


def sent_folder(folders: Iterable[Folder]) -> Folder | None:
    """The folder with what was sent: by its flag, else by a name that mail programs give it."""
    usable = [folder for folder in folders if folder.can_be_opened and not is_team_folder(folder.name)]
    flagged = [folder for folder in usable if folder.has_flag("\\Sent")]
    named = [folder for folder in usable if folder.last_part.casefold() in _SENT_NAMES]
    # The shallowest one: a "Sent" inside somebody's archive is not the mailbox's own.
    by_depth = sorted(named, key=lambda folder: (folder.name.count(folder.delimiter or "/"), folder.name))
    return next(iter(flagged or by_depth), None)


def is_team_folder(name: str) -> bool:
    """Whether this is a team's folder, below whatever prefix."""
    return re.split(r"[./\\]", name)[-1] == TEAM_FOLDER


def parse_list(data: Sequence[object]) -> list[Folder]:
    """The folders in imaplib's answer to LIST; lines that make no sense are left out."""
    found = []
    for item in data:
        line, literal = item if isinstance(item, tuple) else (item, None)
        match = _LINE.match(line) if isinstance(line, bytes) else None
        if match:
            found.append(_folder(match, literal))
    return found


def encode_name(name: str) -> bytes:
    """`name` in IMAP's modified UTF-7 (RFC 3501, 5.1.3)."""
    return bytes(encode(name))


def decode_name(raw: bytes) -> str:
    """`raw` for people: modified UTF-7 if it is valid, else whatever it may be; never raises."""
    try:
        return str(decode(raw))
    except (UnicodeError, ValueError):
        return raw.decode("utf-8", "replace")


def quoted(raw: bytes) -> bytes:
    """`raw` as a quoted string for a command."""
    return b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def _folder(match: re.Match[bytes], literal: bytes | None) -> Folder:
    raw = literal if literal is not None else _unquoted(match["name"])
    delimiter = "" if match["delimiter"].upper() == b"NIL" else _unquoted(match["delimiter"]).decode("latin-1")
    flags = tuple(flag.decode("latin-1") for flag in match["flags"].split())
    return Folder(decode_name(raw), raw, delimiter, flags)


def _unquoted(token: bytes) -> bytes:
    token = token.strip()
    if len(token) >= 2 and token[:1] == token[-1:] == b'"':
        return _ESCAPED.sub(rb"\1", token[1:-1])
    return token
