"""Parameters of Content-Type and Content-Disposition, as RFC 2231 has them and as programs really write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

from .charsets import decode
from .heads import decode_text, raw_text
from .message import Mail

MAX_PARAMETERS: Final = 1_000
_MAX_COMMON: Final = 60
_PARAMETER: Final = re.compile(r';\s*([^\s=;"*]+)(\*\d+)?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|\Z)|([^;]*))', re.DOTALL)
_ESCAPED: Final = re.compile(r'\\(["\\])')
_PERCENT: Final = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f]){2}")
_ENCODED_NAME: Final = re.compile(r"=\?[^?\s]+\?[bqBQ]\?")
_CONTINUED: Final = re.compile(r"\?=\s*\Z")


def raw_field(part: Mail, name: str) -> str:
    """The first field of that name (in small letters), unfolded, its stray bytes as surrogates; "" if there is none."""
    value = part.raw(name)
    return raw_text(value) if value else ""


def parameters(value: str) -> Mapping[str, str]:
    """Parameters of a field by their small-letter names; the first of a name counts, its pieces are joined.

    A plain value goes before an encoded one of the same name if it is more than ASCII itself: some programs write both.
    """
    if ";" not in value:
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
        text = _ESCAPED.sub(r"\1", match[4]) if match[4] is not None else match[5].strip()
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
    data = b"".join(_bytes(text, is_encoded) for text, is_encoded in [(first, True), *texts[1:]])
    return decode(data, charset or "utf-8")[0]


def _bytes(text: str, is_encoded: bool) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    return unquote_to_bytes(data) if is_encoded else data


def file_name(part: Mail) -> str:
    """The name a part was given, however it is written; "" if it has none."""
    for field, names in (("content-disposition", ("filename", "name")), ("content-type", ("name", "filename"))):
        value = raw_field(part, field)
        if "name" not in value.lower():
            continue
        found = parameters(value)
        text = next((found[name] for name in names if found.get(name)), "")
        if text:
            return _readable(text)
    return ""


def _readable(text: str) -> str:
    if _PERCENT.search(text):
        text = _unquoted(text)
    return decode_text(text)


def _unquoted(text: str) -> str:
    try:
        return unquote_to_bytes(text.encode("ascii")).decode("utf-8")
    except UnicodeError:
        return text
