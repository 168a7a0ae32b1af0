"""What a link says and where it leads: whether an agent should be asked before it is followed."""

from __future__ import annotations

import ipaddress
import mimetypes
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
"""What a link of a mail may lead to; programs that answer to other schemes can do anything."""
MAX_ADDRESS: Final = 4_000
_SPOKEN_URL: Final = re.compile(r"(?:https?://|www\.)([^\s/:?#<>\"'@]+)", re.IGNORECASE)
_SPOKEN_HOST: Final = re.compile(r"(?:[^\s@<>\"']*@)?([\w-]+(?:\.[\w-]+)+)\.?(?:[/:?#]\S*)?")
_INVISIBLE: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
# Scripts that are written together in one word; any other two in one label are a disguise (Unicode TS 39, 5.2).
_TOGETHER: Final = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA"},
    {"LATIN", "CJK", "BOPOMOFO"},
    {"LATIN", "CJK", "HANGUL"},
)
# Letters of other scripts that are drawn as Latin ones (Unicode TS 39, confusables.txt), as far as they make words.
_LOOK_LATIN: Final = frozenset("аеорсухіјѕһԁԛԝӏԍьԌвкмнтɡαορνικυγτχϲεі")


class Doubt(StrEnum):
    """Why a link should not be followed unasked."""

    NONE = ""
    OTHER_HOST = "other_host"
    MIXED_SCRIPTS = "mixed_scripts"
    LOOKS_LATIN = "looks_latin"
    DISGUISED_HOST = "disguised_host"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads. `host` is for people (IDNs decoded), `raw_host` as the network knows it; both "" for tel:."""

    scheme: str
    host: str
    raw_host: str
    user: str = ""


def target_of(address: str) -> Target | None:
    """The target of a link; None where it is not of a kind that is opened."""
    parts = _split(address)
    if parts is None or parts.scheme.lower() not in SCHEMES:
        return None
    scheme = parts.scheme.lower()
    if scheme == "tel":
        return Target(scheme, "", "")
    if scheme == "mailto":
        host = unquote(parts.path).partition(",")[0].rpartition("@")[2]
        return Target(scheme, decoded(host), encoded(host))
    try:
        host, user = parts.hostname or "", unquote(parts.username or "")
    except ValueError:
        return None
    host = unquote(host)
    return Target(scheme, decoded(host), encoded(host), user) if host else None


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address[:MAX_ADDRESS].strip())
    except ValueError:
        return None


def decoded(host: str) -> str:
    """A host name as it is read, its punycode labels decoded, nothing invisible in it."""
    return ".".join(_decoded_label(label) for label in _INVISIBLE.sub("", host).lower().split(".")).rstrip(".")


def _decoded_label(label: str) -> str:
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return _INVISIBLE.sub("", label[4:].encode("ascii").decode("punycode")) or label
    except (UnicodeError, ValueError, OverflowError):
        return label


def encoded(host: str) -> str:
    """A host name as the network knows it, in ASCII; what cannot be written so stays as it is."""
    return ".".join(_encoded_label(label) for label in _INVISIBLE.sub("", host).lower().split(".")).rstrip(".")


def _encoded_label(label: str) -> str:
    if label.isascii() or len(label) > 63:
        return label
    return "xn--" + unicodedata.normalize("NFKC", label).encode("punycode").decode("ascii")


def doubt(text: str, address: str) -> Doubt:
    """Why a link with this text should not be followed unasked, `Doubt.NONE` for an honest one."""
    target = target_of(address)
    if target is None or target.scheme == "tel":
        return Doubt.NONE
    if target.scheme != "mailto" and (target.user or _is_odd_number(target.raw_host)):
        return Doubt.DISGUISED_HOST
    if is_mixed(target.host):
        return Doubt.MIXED_SCRIPTS
    if looks_latin(target.host):
        return Doubt.LOOKS_LATIN
    spoken = spoken_host(text)
    return Doubt.OTHER_HOST if spoken and not _is_same(spoken, target.host) else Doubt.NONE


def spoken_host(text: str) -> str:
    """The host that the text of a link names, "" if it names none."""
    text = " ".join(text.split())[:500]
    if found := _SPOKEN_URL.search(text):
        return decoded(found[1].rstrip(".,;:!?)]}»"))
    found = _SPOKEN_HOST.fullmatch(text.lower())
    return decoded(found[1]) if found and not _is_file_name(found[1]) and _is_host(found[1]) else ""


def _is_host(name: str) -> bool:
    """A top level is letters: ``3.11`` and ``v2.0`` are numbers."""
    last = name.rpartition(".")[2]
    return len(last) > 1 and (last.isalpha() or last.startswith("xn--"))


def _is_file_name(name: str) -> bool:
    """``report.pdf`` names a file; endings of two letters are countries' first."""
    ending = name.rpartition(".")[2]
    return name.count(".") == 1 and len(ending) > 2 and f".{ending}" in _file_endings()


@cache
def _file_endings() -> frozenset[str]:
    """Python's own table, which has no ``.com``: what the system adds to it differs."""
    return frozenset(mimetypes.MimeTypes().types_map[True]) | {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".rar"}


def _is_same(spoken: str, host: str) -> bool:
    one, other = spoken.removeprefix("www."), host.removeprefix("www.")
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _is_odd_number(host: str) -> bool:
    """An address of the network written so that nobody recognises it: decimal, octal or hexadecimal."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(re.fullmatch(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*", host))
    return False


def is_mixed(host: str) -> bool:
    """Whether a label of a host name is written in scripts that are never written together."""
    return any(not _goes_together(_scripts(label)) for label in host.split("."))


def _goes_together(scripts: set[str]) -> bool:
    return len(scripts) < 2 or any(scripts <= group for group in _TOGETHER)


def _scripts(label: str) -> set[str]:
    return {_script(letter) for letter in label if letter.isalpha()}


@cache
def _script(letter: str) -> str:
    """The first word of a letter's name says it: LATIN SMALL LETTER A, KATAKANA-HIRAGANA PROLONGED SOUND MARK."""
    plain = unicodedata.normalize("NFKC", letter)[0]
    return re.split(r"[ -]", unicodedata.name(plain, "UNKNOWN"))[0]


def looks_latin(host: str) -> bool:
    """Whether a name under a Latin top level is written wholly in letters that only look Latin."""
    *labels, top = host.split(".")
    return top.isascii() and any(not label.isascii() and _all_look_latin(label) for label in labels)


def _all_look_latin(label: str) -> bool:
    letters = {letter for letter in label if letter.isalpha()}
    return letters <= _LOOK_LATIN and not any(letter.isascii() for letter in letters)
