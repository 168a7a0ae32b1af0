"""Turning bytes into text whatever their label says: never a raise, never a lost letter where the bytes can be read."""

from __future__ import annotations

import codecs
from typing import Final

from charset_normalizer import from_bytes

_ALIASES: Final = {
    "cp-1251": "cp1251",
    "win-1251": "cp1251",
    "windows1251": "cp1251",
    "x-cp1251": "cp1251",
    "koi8r": "koi8_r",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-8-i": "iso8859_8",
    "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8",
    "cp65001": "utf-8",
}
_REFUSED: Final = ("utf-7", "utf7", "unicode-1-1-utf-7")
_COMMON_RUSSIAN: Final = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфё ")
_SAMPLE: Final = 20_000


def decode(data: bytes, label: str | None) -> tuple[str, str]:
    """The text of `data` and the problem met, "" if there was none.

    The declared charset counts unless the bytes contradict it; then UTF-8, the Cyrillic ones and a guess are tried.
    """
    wanted = (label or "").strip().strip("\"'").lower()
    if data.isascii() and not wanted.startswith(("iso-2022", "hz", "utf-16", "utf-32")):
        return data.decode("ascii"), ""
    codec = _codec(wanted)
    if codec is not None and codec != "cp1252":
        try:
            return data.decode(codec), ""
        except (UnicodeDecodeError, LookupError):
            pass
    text, used = guess(data)
    if codec == "cp1252" and used in ("cp1252", "utf-8") and wanted not in ("us-ascii", "ascii"):
        return text, ""
    return text, f"charset {wanted or 'not given'}, read as {used}"


def guess(data: bytes) -> tuple[str, str]:
    """The text of bytes without a trustworthy label, and the charset that read it."""
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.start > 0 and error.end >= len(data) - 3 and error.reason == "unexpected end of data":
            return data.decode("utf-8", "replace"), "utf-8"
    cyrillic = _best_cyrillic(data)
    if cyrillic is not None:
        return cyrillic
    found = from_bytes(data[:_SAMPLE]).best()
    if found is not None:
        try:
            return data.decode(found.encoding), found.encoding
        except (UnicodeDecodeError, LookupError):
            pass
    return data.decode("cp1252", "replace") if b"\x81" not in data else data.decode("latin-1"), "cp1252"


def _codec(label: str) -> str | None:
    if not label or label in _REFUSED:
        return None
    try:
        name = _ALIASES.get(label) or codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    # Codecs that are no character sets (rot13, zip, ...) would raise or worse.
    return name if getattr(codecs.lookup(name), "_is_text_encoding", True) else None


def _best_cyrillic(data: bytes) -> tuple[str, str] | None:
    """cp1251 or KOI8-R, whichever makes more common Russian letters; None if neither looks like Russian."""
    sample = data[:_SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    best: tuple[float, str] | None = None
    for codec in ("cp1251", "koi8_r"):
        text = sample.decode(codec, "replace")
        common = sum(sign in _COMMON_RUSSIAN for sign in text if sign > "\x7f")
        capitals = sum(sign.isupper() for sign in text if sign > "\x7f")
        score = (common - 0.2 * capitals) / max(1, high)
        if best is None or score > best[0]:
            best = (score, codec)
    if best is None or best[0] < 0.55 or high < 3:
        return None
    return data.decode(best[1], "replace"), best[1]
