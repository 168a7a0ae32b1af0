"""Parameters of Content-Type and Content-Disposition, as RFC 2231 has them and as programs really write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from itertools import groupby
from operator import itemgetter
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

from .charsets import decode
from .encoded_words import decode_text, raw_text, recovered
from .message import Mail

MAX_PARAMETERS: Final = 1_000
_MAX_COMMON: Final = 60
_MAX_PLACE: Final = 500
# A value ends at a semicolon, or before the next known parameter where that was forgotten; quotes may hold quotes.
_NEXT: Final = r"\s+(?:file-?name|name|charset|boundary|format|delsp|size|type|method|protocol)\*?\d*\*?\s*="
_PARAMETER: Final = re.compile(
    r"""(?:^|[;,\s])\s*([^\s=;,"*]+)(\*\d+)?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.)*)"(?=\s*(?:[;,(]|\Z)|"""
    rf"{_NEXT}"
    r""")|"(.{0,500}?)"(?=\s*(?:;|\Z))|"([^"]*)\Z|([^;\s]*+(?:(?!"""
    rf"{_NEXT}"
    r""")\s+[^;\s]*+)*+))""",
    re.DOTALL | re.IGNORECASE,
)
_ESCAPED: Final = re.compile(r'\\(["\\])')
_PERCENT: Final = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f]){2}")
_ENCODED_NAME: Final = re.compile(r"=\?[^?\s]+\?[bqBQ]\?")
_SOUND_KIND: Final = re.compile(r"[\w.+-]+/[\w.+-]+")
_KIND: Final = re.compile(r"[\s\"']*([\w.+-]+/[\w.+-]+)")
_IS_FILE: Final = re.compile(r"[^\\/:]{1,200}\.[A-Za-z0-9]{2,5}\Z")
_ID_OF_FILE: Final = re.compile(r"<?([\w.-]{1,80}\.(?:png|jpe?g|gif|bmp|tiff?|webp|svg|emz|wmz))@", re.IGNORECASE)


def raw_field(part: Mail, name: str) -> str:
    """The first field of that name (in small letters), unfolded, its stray bytes as surrogates; "" if there is none."""
    value = part.raw(name)
    return raw_text(value) if value else ""


def content_type(part: Mail) -> str:
    """The type of a part in small letters; of one that is not written as it should be, what is meant."""
    try:
        kind = part.get_content_type()
    except (TypeError, ValueError, AttributeError, IndexError):
        return "application/octet-stream"
    if kind != "text/plain" and _SOUND_KIND.fullmatch(kind):
        return kind
    field = part.raw("content-type")  # which is plain text for the standard library where it does not understand it
    if not field or (kind == "text/plain" and str(field)[:10].lower() == kind):
        return kind
    return _meant_kind(raw_text(field).lower())


def _meant_kind(field: str) -> str:
    found = _KIND.match(field)
    if found:
        return found[1]
    return "text/html" if field.strip() == "html" else "text/plain"


def parameters(value: str) -> Mapping[str, str]:
    """Parameters of a field by their small-letter names; the first of a name counts, its pieces are joined.

    A plain value goes before an encoded one of the same name if it is more than ASCII itself: some programs write both.
    """
    if "=" not in value:
        return {}
    return _known_parameters(value) if len(value) <= _MAX_COMMON else _parameters(value)


@lru_cache(maxsize=200)
def _known_parameters(value: str) -> Mapping[str, str]:
    """As `_parameters`: nearly all texts are labelled in one of a few ways."""
    return _parameters(value)


def _parameters(value: str) -> dict[str, str]:
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for number, match in enumerate(_PARAMETER.finditer(value)):
        if number >= MAX_PARAMETERS:
            break
        name = match[1].lower()
        quoted = next((match[group] for group in (4, 5, 6) if match[group] is not None), None)
        text = _ESCAPED.sub(r"\1", quoted) if quoted is not None else match[7].strip()
        if match[2] is None and match[3] is None:
            plain.setdefault(name, text)
        else:
            piece = int(match[2][1:5]) if match[2] else 0
            pieces.setdefault(name, {}).setdefault(piece, (text, match[3] is not None))
    joined = {name: _joined(found) for name, found in pieces.items()}
    return joined | {name: text for name, text in plain.items() if name not in joined or not _is_fallback(text)}


def _is_fallback(text: str) -> bool:
    return text.isascii() and not _ENCODED_NAME.search(text)


def _joined(pieces: dict[int, tuple[str, bool]]) -> str:
    """The pieces of a value in order (RFC 2231, section 4.1), as text."""
    texts = [pieces[at] for at in sorted(pieces)]
    if not texts[0][1] or texts[0][0].count("'") < 2:
        return "".join(text for text, _ in texts)
    charset, _, first = texts[0][0].split("'", 2)
    data = b""
    for is_encoded, run in groupby([(first, True), *texts[1:]], key=itemgetter(1)):  # a sign may be cut in two
        piece = "".join(text for text, _ in run).encode("utf-8", "surrogateescape")
        data += unquote_to_bytes(piece) if is_encoded else piece
    return decode(data, charset or "utf-8")[0]


def file_name(part: Mail, hint: str = "") -> str:
    """As `given_name`, and of what has none the name by which other fields call it."""
    return given_name(part, hint) or _name_without_a_name(part)


def given_name(part: Mail, hint: str = "") -> str:
    """The name a part was given, however it is written; "" if it has none. `hint` is a likely charset of raw bytes."""
    worse = ""
    for field, names in (("content-disposition", ("filename", "name")), ("content-type", ("name", "filename"))):
        value = raw_field(part, field)
        if "name" not in value.lower():
            continue
        found = parameters(recovered(value, hint))
        text = next((found[name] for name in names if found.get(name)), "")
        if "??" in text:  # letters that a gateway did not know
            worse = worse or text
        elif text:
            return _readable(text)
    return worse


def _name_without_a_name(part: Mail) -> str:
    """What other fields call a file that has no name: where it lay, what it is, or what Outlook made its id of."""
    place = raw_field(part, "content-location")
    location = _IS_FILE.search(unquote(place.strip().partition("?")[0][-_MAX_PLACE:]))
    if location:
        return location[0]
    description = decode_text(raw_field(part, "content-description"))
    if _IS_FILE.fullmatch(description):
        return description
    made = _ID_OF_FILE.match(raw_field(part, "content-id").strip())
    return made[1] if made else ""


def _readable(text: str) -> str:
    if _PERCENT.search(text) or ("%20" in text and " " not in text):
        text = _unquoted(text)
    if "&#" in text:
        text = unescape(text)
    if text[:1] == text[-1:] == "'" and len(text) > 2:
        text = text[1:-1]
    return decode_text(text)


def _unquoted(text: str) -> str:
    try:
        return unquote_to_bytes(text.encode("ascii")).decode("utf-8")
    except UnicodeError:
        return text
