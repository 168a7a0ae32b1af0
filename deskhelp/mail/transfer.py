"""The content of a part without its transfer encoding, as far as it can be read; files that were written into texts."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from functools import lru_cache
from itertools import groupby, islice
from typing import Final

import pybase64

from .message import Mail
from .params import content_type

# By their letters alone: blanks, quotes and hyphens are put in and left out.
_TOKEN: Final = re.compile(r"[^a-z0-9]")
_ENCODINGS: Final = {
    "base64": "base64",
    "quotedprintable": "quoted-printable",
    "quotedprintible": "quoted-printable",
    "qp": "quoted-printable",
    "xuuencode": "uuencode",
    "uuencode": "uuencode",
    "xuue": "uuencode",
    "uue": "uuencode",
}
_SOFT_END: Final = re.compile(rb"=[ \t]+(?=\r?\n|\Z)")
_BASE64_SIGNS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n"
_SHORT: Final = 16
_BASE64_LINE: Final = re.compile(rb"[A-Za-z0-9+/]+={0,2}|[A-Za-z0-9+/]{40,}={0,2}(?:[ \t]+[A-Za-z0-9+/]+={0,2})+")
_DIRTY_LINE: Final = re.compile(rb"[\x21-\x7e]{40,}")
_PIECE: Final = re.compile(rb"[^=]+=*")
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]")
_BEGIN: Final = re.compile(r"^begin(?:-base64)? [0-7]{3,4} (\S[^\r\n]*?)[ \t]*\r?$", re.MULTILINE)
_END: Final = re.compile(r"^[`\s]{0,2}\r?\n?^end[ \t]*\r?$\n?", re.MULTILINE)
_FULL_LINE: Final = re.compile(r"(M[\x20-\x60]{56,60})\r?(?:\n|\Z)")
MAX_UUENCODED: Final = 100


def leaf_bytes(part: Mail) -> tuple[bytes, str]:
    """The decoded content of a part, and the problem met on the way ("" if none)."""
    # get_payload() would decode 8-bit text by its label, and lose it where there is none.
    payload = vars(part).get("_payload")
    if not isinstance(payload, str):
        return b"", ""
    data = payload.encode("utf-8", "surrogateescape") if not payload.isascii() else payload.encode("ascii")
    return _decoded_of(part, data)


def without_encoding(part: Mail, data: bytes) -> bytes:
    """The content of a part whose encoded content is `data`."""
    return _decoded_of(part, data)[0]


def _decoded_of(part: Mail, data: bytes) -> tuple[bytes, str]:
    encoding = encoding_of(part)
    if encoding == "quoted-printable":
        return quopri.decodestring(_SOFT_END.sub(b"=", data) if _has_blank_ends(data) else data), ""
    if encoding == "base64":
        return _from_base64_text(data) if content_type(part).startswith("text/") else from_base64(data)
    if encoding == "uuencode":
        return from_uuencode(data)
    return data, ""


def encoding_of(part: Mail) -> str:
    """What a part is encoded with, however it is called; "" if it stands as it is."""
    for value in part.all("content-transfer-encoding"):
        if encoding := _encoding_called(str(value)[:200]):
            return encoding
    return ""


@lru_cache(maxsize=256)
def _encoding_called(value: str) -> str:
    """The encoding that a field names, as few of them as there are."""
    return _ENCODINGS.get(_TOKEN.sub("", value.partition(";")[0].partition("(")[0].lower()), "")


def _has_blank_ends(data: bytes) -> bool:
    return b"= " in data or b"=\t" in data


def from_base64(data: bytes) -> tuple[bytes, str]:
    try:
        return _decoded(data), ""
    except binascii.Error:
        clean = _NOT_BASE64.sub(b"", data)
        clean = clean[: len(clean) - (1 if len(clean) % 4 == 1 else 0)]
        return base64.b64decode(clean + b"=" * (-len(clean) % 4)), "base64 of a wrong length, read as far as it goes"


def _from_base64_text(data: bytes) -> tuple[bytes, str]:
    """As `from_base64`, with what was written before or behind it, or in its place, as it stands."""
    padding = data.find(b"=")
    is_amid = padding >= 0 and bool(data[padding:].strip(b"=\r\n \t"))
    if not is_amid and not data.translate(None, _BASE64_SIGNS):
        return from_base64(data)
    pieces: list[bytes] = []
    plain = 0
    for is_base64, lines in groupby(data.splitlines(keepends=True), key=_is_base64_line):
        run = b"".join(lines)
        is_plain = not is_base64 or (plain > 0 and len(run.strip()) < _SHORT and b"=" not in run)
        plain += bool(run.strip()) and is_plain
        if is_plain and pieces and not pieces[-1].endswith(b"\n"):
            pieces.append(b"\r\n")
        pieces.append(run if is_plain else b"".join(from_base64(piece)[0] for piece in _PIECE.findall(run)))
    if not plain:
        return (b"".join(pieces), "") if is_amid else from_base64(data)
    return b"".join(pieces), "base64 with other text beside it or in its place"


def _is_base64_line(line: bytes) -> bool:
    line = line.strip()
    if not line or _BASE64_LINE.fullmatch(line):
        return True
    return _DIRTY_LINE.fullmatch(line) is not None and len(_NOT_BASE64.sub(b"", line)) * 40 >= 39 * len(line)


def _decoded(data: bytes) -> bytes:
    """What `binascii.a2b_base64` makes of it, at a ninth of its time; raises `binascii.Error` where that does."""
    padding = data.find(b"=")
    if padding < 0 or not data[padding:].strip(b"=\r\n"):  # amid the data it is an end for the one, wrong for the other
        try:
            return pybase64.b64decode(data)
        except binascii.Error:
            pass
    return binascii.a2b_base64(data)


def from_uuencode(data: bytes) -> tuple[bytes, str]:
    """What stands between the lines ``begin`` and ``end``."""
    out: list[bytes] = []
    inside = False
    for line in data.splitlines():
        if line.startswith(b"begin "):
            inside = True
        elif line.strip() == b"end":
            break
        elif inside and line:
            piece = _uu_line(line)
            if piece is None:
                return b"".join(out), "uuencoded part is damaged, read as far as it goes"
            out.append(piece)
    return b"".join(out), ""


def _uu_line(line: bytes) -> bytes | None:
    size = (((line[0] - 32) & 63) * 4 + 5) // 3
    for candidate in (line, line[:size]):
        try:
            return binascii.a2b_uu(candidate)
        except binascii.Error:
            continue
    return None


def begun_name(part: Mail) -> str:
    """The name that a uuencoded part tells where it begins; "" if it is no such part."""
    payload = vars(part).get("_payload")
    begin = _BEGIN.search(payload[:2_000]) if isinstance(payload, str) and encoding_of(part) == "uuencode" else None
    return begin[1] if begin else ""


def without_uuencoded(text: str) -> tuple[str, list[tuple[str, bytes]], str]:
    """A text without the files that are encoded in it, these with their names, and the problem met.

    yEnc is left as it stands.
    """
    if "begin " not in text and "begin-base64 " not in text:
        return text, [], ""
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    at, problem = 0, ""
    for begin in islice(_BEGIN.finditer(text), MAX_UUENCODED):
        if begin.start() < at:
            continue
        found = _base64_file(text, begin) if begin[0].startswith("begin-base64") else _uuencoded_file(text, begin)
        if found is None:
            continue
        data, end, is_whole = found
        problem = problem if is_whole else "a uuencoded file breaks off, read as far as it goes"
        kept.append(text[at : begin.start()])
        files.append((begin[1], data))
        at = end
    return "".join([*kept, text[at:]]), files, problem


def _uuencoded_file(text: str, begin: re.Match[str]) -> tuple[bytes, int, bool] | None:
    """The content of a file, where it ends, and whether all of it is there."""
    end = _END.search(text, begin.end()) if text.find("\nend", begin.end()) >= 0 else None
    if end is not None:
        data, problem = from_uuencode(text[begin.start() : end.end()].encode("utf-8", "surrogateescape"))
        if not problem and data:
            return data, end.end(), True
    pieces, at = [], begin.end() + (text[begin.end() : begin.end() + 1] == "\n")
    while (line := _FULL_LINE.match(text, at)) is not None:
        piece = _uu_line(line[1].encode("ascii"))
        if piece is None:
            break
        pieces.append(piece)
        at = line.end()
    # What is left is the line in which it breaks off; more is no such file, but a text.
    is_cut = len(pieces) > 1 and len(text) - at < 200 and "\n" not in text[at:].strip()
    return (b"".join(pieces), len(text), False) if is_cut else None


def _base64_file(text: str, begin: re.Match[str]) -> tuple[bytes, int, bool] | None:
    end = text.find("\n====", begin.end())
    data, problem = from_base64(text[begin.end() : end].encode("utf-8", "surrogateescape")) if end > 0 else (b"", "")
    return (data, end + 5, True) if data and not problem else None
