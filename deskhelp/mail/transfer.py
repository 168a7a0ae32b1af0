"""The content of a part without its transfer encoding, as far as it can be read; files that were written into texts."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from typing import Final

import pybase64

from .message import Mail
from .params import raw_field

_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]")
_BEGIN: Final = re.compile(r"^begin [0-7]{3,4} (\S[^\r\n]*?)[ \t]*\r?$", re.MULTILINE)
_END: Final = re.compile(r"^[`\s]{0,2}\r?\n?^end[ \t]*\r?$\n?", re.MULTILINE)
MAX_UUENCODED: Final = 100


def leaf_bytes(part: Mail) -> tuple[bytes, str]:
    """The decoded content of a part, and the problem met on the way ("" if none)."""
    # get_payload() would decode 8-bit text by its label, and lose it where there is none.
    payload = vars(part).get("_payload")
    if not isinstance(payload, str):
        return b"", ""
    data = payload.encode("utf-8", "surrogateescape") if not payload.isascii() else payload.encode("ascii")
    encoding = raw_field(part, "content-transfer-encoding").partition(";")[0].strip("\"' \t").lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(data), ""
    if encoding == "base64":
        return from_base64(data)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return from_uuencode(data)
    return data, ""


def from_base64(data: bytes) -> tuple[bytes, str]:
    try:
        return _decoded(data), ""
    except binascii.Error:
        clean = _NOT_BASE64.sub(b"", data)
        clean = clean[: len(clean) - (1 if len(clean) % 4 == 1 else 0)]
        return base64.b64decode(clean + b"=" * (-len(clean) % 4)), "base64 of a wrong length, read as far as it goes"


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


def without_uuencoded(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """A text without the files that are uuencoded in it, and these with their names; yEnc is left as it stands."""
    if "begin " not in text or "\nend" not in text:
        return text, []
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    at = 0
    for begin in _BEGIN.finditer(text):
        if begin.start() < at or len(files) >= MAX_UUENCODED:
            continue
        end = _END.search(text, begin.end())
        if end is None:
            break
        data, problem = from_uuencode(text[begin.start() : end.end()].encode("utf-8", "surrogateescape"))
        if problem or not data:
            continue
        kept.append(text[at : begin.start()])
        files.append((begin[1], data))
        at = end.end()
    return "".join([*kept, text[at:]]), files
