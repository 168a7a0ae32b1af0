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
_SPOKEN_URL: Final = re.compile(r"(?:\b[a-z]{2,8}://|\bwww\.)([^\s/:?#<>\"'@]+)", re.IGNORECASE)
_SPOKEN_HOST: Final = re.compile(r"(?:[^\s@<>\"']*@)?([\w-]+(?:\.[\w-]+)+)\.?(?:[/:?#]\S*)?")
_INVISIBLE: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_UNSEEN: Final = re.compile(r"[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_TURNED: Final = re.compile(r"[\u202d\u202e]")
_AROUND: Final = re.compile(r"^[^\w/]+|[^\w/]+$")
_CUT_SHORT: Final = "..."
# Endings of files; of those in the second row that are countries too, only a single word before them is a file's name.
_CODE: Final = frozenset({"js", "ts", "cs", "rb", "kt", "gz", "xz", "7z", "conf", "cfg", "ini", "log", "yml", "yaml"})
_CODE_OF_COUNTRIES: Final = frozenset({"py", "sh"})
_SITES_TOO: Final = frozenset({"zip", "mov"})
_COMMON_TOPS: Final = frozenset({"com", "net", "org", "info", "biz", "edu", "gov", "app", "dev", "shop", "online"})
LONGEST_SPOKEN_TOP: Final = 6
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


def as_browsers(address: str) -> str:
    """An address as browsers read it: before its query a backslash is a slash, so that no host is hidden behind one."""
    if "\\" not in address or not address[:6].lower().startswith(("http:", "https:")):
        return address
    end = min((at for sign in "?#" if (at := address.find(sign)) >= 0), default=len(address))
    return address[:end].replace("\\", "/") + address[end:]


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(as_browsers(address[:MAX_ADDRESS].strip()))
    except ValueError:
        return None


def decoded(host: str) -> str:
    """A host name as it is read, its punycode labels decoded, nothing invisible in it."""
    return ".".join(_decoded_label(label) for label in _labels(host)).rstrip(".")


def _labels(host: str) -> list[str]:
    """The labels of a host name, wide and ringed letters as the plain ones that they stand for (RFC 3490, 3.1)."""
    if not host.isascii():
        host = unicodedata.normalize("NFKC", host).replace("\u3002", ".")
    return _INVISIBLE.sub("", host).lower().split(".")


def _decoded_label(label: str) -> str:
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return _INVISIBLE.sub("", label[4:].encode("ascii").decode("punycode")) or label
    except (UnicodeError, ValueError, OverflowError):
        return label


def encoded(host: str) -> str:
    """A host name as the network knows it, in ASCII; what cannot be written so stays as it is."""
    return ".".join(_encoded_label(label) for label in _labels(host)).rstrip(".")


def _encoded_label(label: str) -> str:
    if label.isascii() or len(label) > 63:
        return label
    return "xn--" + label.encode("punycode").decode("ascii")


def doubt(text: str, address: str) -> Doubt:
    """Why a link with this text, of a line or more, should not be followed unasked; `Doubt.NONE` for an honest one."""
    target = target_of(address)
    if target is None or target.scheme == "tel":
        return Doubt.NONE
    if target.scheme != "mailto" and (target.user or _is_odd_number(target.raw_host) or _is_ringed(address)):
        return Doubt.DISGUISED_HOST
    if _TURNED.search(text):
        return Doubt.DISGUISED_HOST
    if is_mixed(target.host):
        return Doubt.MIXED_SCRIPTS
    if looks_latin(target.host):
        return Doubt.LOOKS_LATIN
    is_other = any(not _is_same(spoken, target.host) for line in text.splitlines() if (spoken := spoken_host(line)))
    return Doubt.OTHER_HOST if is_other else Doubt.NONE


def spoken_host(text: str) -> str:
    """The host that the text of a link names, "" if it names none; one that was cut short ends with three dots."""
    text = " ".join(_seen(text).split())[:500]
    if found := _SPOKEN_URL.search(text):
        is_cut = found[1].endswith(_CUT_SHORT) and found.end() == len(text)
        return decoded(_AROUND.sub("", found[1])) + (_CUT_SHORT if is_cut else "")
    text = _AROUND.sub("", text)
    found = _SPOKEN_HOST.fullmatch(text)
    return decoded(found[1]) if found and not _is_file_name(found[1]) and _is_host(found[1]) else ""


def _seen(text: str) -> str:
    """A text as the eye reads it: nothing invisible, wide letters and dots of other kinds as the plain ones."""
    if text.isascii():
        return text
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).replace("\u3002", ".")


def _is_host(name: str) -> bool:
    """A top level is letters: ``3.11`` and ``v2.0`` are numbers; ``Mr.Smith`` and ``java.util.List`` are names."""
    last = name.rpartition(".")[2]
    if len(last) < 2 or not (last.isalpha() or last.lower().startswith("xn--")):
        return False
    if len(last) == 2 or last.lower() in _COMMON_TOPS:
        return True
    return (last.islower() or name.isupper()) and (last.isascii() or len(last) <= LONGEST_SPOKEN_TOP)


def _is_file_name(name: str) -> bool:
    """``report.pdf`` names a file; endings of two letters are countries' first."""
    words, _, ending = name.rpartition(".")
    is_word, ending = "." not in words, ending.lower()
    if ending in _CODE or (is_word and ending in _CODE_OF_COUNTRIES) or (ending == "md" and words.isupper()):
        return True
    return len(ending) > 2 and f".{ending}" in _file_endings() and (is_word or ending not in _SITES_TOO)


@cache
def _file_endings() -> frozenset[str]:
    """Python's own table, which has no ``.com``: what the system adds to it differs."""
    return frozenset(mimetypes.MimeTypes().types_map[True]) | {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".rar"}


def _is_same(spoken: str, host: str) -> bool:
    one, other = spoken.removeprefix("www."), host.removeprefix("www.")
    if one.endswith(_CUT_SHORT):
        return other.startswith(one.rstrip("."))
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _is_odd_number(host: str) -> bool:
    """An address of the network written so that nobody recognises it: decimal, octal or hexadecimal."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(re.fullmatch(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*", host))
    return False


def _is_ringed(address: str) -> bool:
    """Whether the number of a computer is written in digits of another kind."""
    parts = _split(address)
    return parts is not None and not parts.netloc.isascii() and _is_number(encoded(parts.hostname or ""))


def _is_number(host: str) -> bool:
    return bool(re.fullmatch(r"[\d.]+", host))


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
