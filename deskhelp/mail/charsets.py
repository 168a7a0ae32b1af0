"""Turning bytes into text whatever their label says: never a raise, never a lost letter where the bytes can be read."""

from __future__ import annotations

import codecs
import functools
import re
from typing import Final

_ALIASES: Final = {
    "cp-1251": "cp1251",
    "win-1251": "cp1251",
    "windows1251": "cp1251",
    "x-cp1251": "cp1251",
    "koi8r": "koi8-u",
    "koi8-r": "koi8-u",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "big5": "cp950",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "iso-8859-8-i": "iso8859_8",
    "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8",
    "utf8mb4": "utf-8",
    "cp65001": "utf-8",
}
_REFUSED: Final = ("utf-7", "utf7", "unicode-1-1-utf-7")
# What a label "so many bytes to a letter" looks like: these contradict bytes of another charset by failing.
_MULTIBYTE: Final = ("utf", "gb", "big5", "cp95", "cp932", "cp949", "shift", "euc", "johab", "iso2022", "hz")
_CYRILLIC: Final = ("cp1251", "koi8-u")  # KOI8-U is KOI8-R with the Ukrainian letters
_VOWELS: Final = frozenset("аеёиоуыэюяіїє")
_COMMON: Final = frozenset("оеаинтсрвлі")
_WORD: Final = re.compile(r"(?:[A-Za-z]|[^\x00-\x7f«»“”„…–—№\xa0])+")
_CYRILLIC_WORD: Final = re.compile(r"(?:[А-ЯЁЄІЇҐ]?[а-яёєіїґ]+|[А-ЯЁЄІЇҐ]+)\Z")
_WRITTEN: Final = re.compile(r"[а-яёА-ЯЁ]")
_JIS: Final = re.compile(rb"\x1b\$[@B]([^\x1b]*)")
_ESCAPE: Final = re.compile(rb"\x1b\([BJ]")
_SAMPLE: Final = 4_000
_FEW: Final = 10
# What charset-normalizer may find: without bounds it reads short Western texts as charsets of the 1980s.
_GUESSES: Final = ["cp1250", "cp1253", "cp1255", "cp1256", "cp932", "cp949", "big5", "gb18030", "euc_jp"]


def decode(data: bytes, label: str | None) -> tuple[str, str]:
    """The text of `data` and the problem met, "" if there was none.

    The declared charset counts unless the bytes contradict it; then UTF-8, the Cyrillic ones and a guess are tried.
    """
    wanted = (label or "").strip().strip("\"'").lower()
    if data.isascii() and not wanted.startswith(("iso-2022", "hz", "utf-16", "utf-32")) and not _shifts(data):
        return data.decode("ascii"), ""
    codec = _codec(wanted)
    found = _as_labelled(data, codec)
    if found is not None:
        return found, ""
    text, used = _contradicted(data, codec)
    if used == codec and wanted not in ("us-ascii", "ascii"):
        return text, ""
    return text, f"charset {wanted or 'not given'}, read as {used}"


def _as_labelled(data: bytes, codec: str | None) -> str | None:
    """The text, if the label is to be trusted: no single-byte charset fails, so these are looked at twice."""
    if codec is None or codec == "cp1252":
        return None
    if codec.startswith(_MULTIBYTE):
        return _strict(data, codec) if not _shifts(data) or codec.startswith("iso2022") else None
    if _strict(data, "utf-8") is not None or (codec in _CYRILLIC and not _is_cyrillic(data, codec)):
        return None
    return _strict(data, codec)


def _shifts(data: bytes) -> bool:
    """Whether ISO-2022 shifts into another alphabet somewhere; one byte is looked for ten times quicker than two."""
    return b"\x1b" in data and b"\x1b$" in data


def _contradicted(data: bytes, codec: str | None) -> tuple[str, str]:
    if _shifts(data):
        return _windows_jis(data), "iso-2022-jp"
    if codec in ("cp1252", *_CYRILLIC):
        return _western(data)
    if codec is not None and codec.startswith(_MULTIBYTE[1:-2]) and _strict(data, "utf-8") is None:
        damaged = data.decode(codec, "replace")
        if damaged.count("\ufffd") * 20 < len(damaged):
            return damaged, codec
    return guess(data)


def _western(data: bytes) -> tuple[str, str]:
    """Bytes labelled Latin-1 or ASCII, which is also what a program says that knows nothing of charsets."""
    found = _strict(data, "utf-8") or _mostly_utf8(data)
    if found is not None:
        return found, "utf-8"
    high = len(_HIGHS.findall(data))
    looks_asian = high >= _FEW and sum(map(len, _HIGH_RUN.findall(data))) > 0.6 * high
    return _as_cyrillic(data) or (_normalized(data) if looks_asian else None) or _single(data)


def guess(data: bytes, hint: str = "") -> tuple[str, str]:
    """The text of bytes without a trustworthy label, and the charset that read it; `hint` names a likely charset."""
    if _shifts(data):
        return _windows_jis(data), "iso-2022-jp"
    found = _strict(data, "utf-8") or _mostly_utf8(data)
    if found is not None:
        return found, "utf-8"
    likely = _codec(hint.lower())
    if likely is not None and likely not in ("cp1252", "utf-8"):
        found = _strict(data, likely)
        if found is not None:
            return found, likely
    return _as_cyrillic(data) or _normalized(data) or _single(data)


def _single(data: bytes) -> tuple[str, str]:
    """Western, or Central European where Western reading has signs like ¹ and ¿ inside of words."""
    text = _as_cp1252(data)
    if len(_SIGN_IN_WORD.findall(text)) < 2:
        return text, "cp1252"
    readings = [(found, codec) for codec in ("cp1250", "iso8859_2") if (found := _strict(data, codec)) is not None]
    return min(((text, "cp1252"), *readings), key=lambda reading: len(_SIGN_IN_WORD.findall(reading[0])))


def _normalized(data: bytes) -> tuple[str, str] | None:
    """What charset-normalizer makes of it, if there is enough to look at."""
    if len(_HIGHS.findall(data)) < _FEW or not _HIGH_RUN.search(data):
        return None
    from charset_normalizer import from_bytes  # imported here: seldom wanted, and it takes a while

    found = from_bytes(data[:_SAMPLE], cp_isolation=_GUESSES).best()
    text = _strict(data, found.encoding) if found is not None else None
    return (text, found.encoding) if text is not None and found is not None else None


@functools.lru_cache(maxsize=256)
def _codec(label: str) -> str | None:
    if not label or label in _REFUSED:
        return None
    try:
        # Codecs that are no character sets (rot13, zip, ...) would raise or worse.
        found = codecs.lookup(_ALIASES.get(label, label))
        return _ALIASES.get(found.name, found.name) if getattr(found, "_is_text_encoding", True) else None
    except (LookupError, ValueError):
        return None


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


# Each of the two has its small letters where the other one has its capitals.
_SMALL: Final = {"cp1251": bytes(range(0xE0, 0x100)), "koi8-u": bytes(range(0xC0, 0xE0))}
_MIXED: Final = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")
_HIGHS: Final = re.compile(rb"[\x80-\xff]")
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]{2,}")
_SIGN_IN_WORD: Final = re.compile(r"[\x80-\x9f¡¢£¤¥¦§¨©«¬®¯±²³¶·¸¹»¼½¾¿×÷](?<=[^\W\d_].)(?=[^\W\d_])")


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few bytes of something else, or cut in the middle of a letter."""
    clean = data.decode("utf-8", "ignore")
    letters = len(clean) - len(clean.encode("ascii", "ignore"))
    stray = len(data) - len(clean.encode("utf-8"))
    if letters < 2 * stray and not (letters and stray <= 3):
        return None
    is_cyrillic = len(_WRITTEN.findall(clean)) * 2 > letters
    return data.decode("utf-8", "deskhelp.cp1251" if is_cyrillic else "deskhelp.cp1252")


def _stray(codec: str, error: UnicodeError) -> tuple[str, int]:
    """The error handler of `_mostly_utf8`: stray bytes are one letter each, a last letter cut short is left out."""
    assert isinstance(error, UnicodeDecodeError)
    if error.end == len(error.object) and error.reason == "unexpected end of data":
        return "", error.end
    bad = error.object[error.start : error.end]
    return bad.decode(codec, "ignore") if codec == "cp1251" else _as_cp1252(bad), error.end


codecs.register_error("deskhelp.cp1251", functools.partial(_stray, "cp1251"))
codecs.register_error("deskhelp.cp1252", functools.partial(_stray, "cp1252"))


def _as_cp1252(data: bytes) -> str:
    """Every byte is a sign: the five that cp1252 leaves out are what they are in Latin-1."""
    text = data.decode("cp1252", "surrogateescape")
    return text if text.isascii() else text.translate(_UNDEFINED)


_UNDEFINED: Final = {0xDC00 + byte: byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def _is_cyrillic(data: bytes, codec: str) -> bool:
    """Whether bytes labelled with a Cyrillic charset can be read in it, and not better in the other one."""
    sample = data[:_SAMPLE]
    small, other_small = (len(sample) - len(sample.translate(None, _SMALL[name])) for name in _both(codec))
    if small >= 4 * other_small and len(_MIXED.findall(sample)) * 5 <= small:
        return True
    as_said = _likeness(sample.decode(codec, "ignore"))
    if as_said is None:
        return True
    other = _likeness(sample.decode(_both(codec)[1], "ignore"))
    return sum(as_said) >= 0.4 and (other is None or sum(as_said) + 0.2 >= sum(other))


def _both(codec: str) -> tuple[str, str]:
    """A Cyrillic charset and the other one."""
    return (codec, _CYRILLIC[0] if codec == _CYRILLIC[1] else _CYRILLIC[1])


def _as_cyrillic(data: bytes) -> tuple[str, str] | None:
    """Russian or Ukrainian in cp1251 or KOI8, if its words are such words; Western ones mix in letters of ASCII."""
    sample = data[:_SAMPLE]
    if len(_MIXED.findall(sample)) * 2 > len(_HIGHS.findall(sample)):
        return None
    best: tuple[float, str] = (0.0, "")
    for codec in _CYRILLIC:
        likeness = _likeness(sample.decode(codec, "ignore"))
        if likeness is not None and likeness[0] >= 0.6:
            best = max(best, (sum(likeness), codec))
    return (data.decode(best[1], "replace"), best[1]) if best[1] else None


def _likeness(text: str) -> tuple[float, float] | None:
    """Of the words beyond ASCII, how many letters stand in words that look Cyrillic, and how many are common ones.

    None where there is too little to tell.
    """
    good = total = common = small = 0
    for word in _WORD.findall(text):
        if word.isascii() or (len(word) < 3 and _CYRILLIC_WORD.match(word)):
            continue
        total += len(word)
        low = word.lower()
        vowels = sum(sign in _VOWELS for sign in low)
        if _CYRILLIC_WORD.match(word) and 0.8 * len(word) >= vowels >= len(word) / 8:
            good += len(word)
            common += sum(sign in _COMMON for sign in low)
            small += not word.isupper()
    return (good / total, common / total) if total >= (4 if small else 6) else None


def _windows_jis(data: bytes) -> str:
    """ISO-2022-JP with the signs that only Windows has: each JIS pair as Shift_JIS, which is read as cp932."""
    joined = _JIS.sub(lambda match: _shifted(match[1]), data)
    return _ESCAPE.sub(b"", joined).decode("cp932", "replace")


def _shifted(pairs: bytes) -> bytes:
    out = bytearray()
    for first, second in zip(pairs[::2], pairs[1::2], strict=False):
        row, cell = first - 0x21, second - 0x21
        lead, trail = 0x81 + row // 2, 0x40 + cell + (94 if row % 2 else 0)
        out += bytes((min(255, max(0, lead + (0x40 if lead > 0x9F else 0))), min(255, max(0, trail + (trail > 0x7E)))))
    return bytes(out)
