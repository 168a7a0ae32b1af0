"""Turning bytes into text whatever their label says: never a raise, never a lost letter where the bytes can be read."""

from __future__ import annotations

import codecs
import functools
import re
from typing import Final

from .charset_looks import (
    CYRILLIC,
    OTHER_CYRILLIC,
    SAMPLE,
    as_cyrillic,
    as_eastern,
    as_hebrew,
    as_thai,
    eastern,
    is_cyrillic,
    latin_codec,
    strict,
)
from .charset_names import codec_of

# What a label "so many bytes to a letter" looks like: these contradict bytes of another charset by failing.
_MULTIBYTE: Final = ("utf", "gb", "big5", "cp95", "cp932", "cp949", "shift", "euc", "johab", "iso2022", "hz")
_SHIFTED: Final = ("iso2022", "hz", "utf-16", "utf-32", "utf-7")
_EASTERN: Final = ("gb18030", "cp950", "cp949", "cp932", "euc_jp")
_ALL_CYRILLIC: Final = (*CYRILLIC, *OTHER_CYRILLIC, "mac-cyrillic")
# Where a charset fails or shows control characters, the wider one of the same letters.
_WIDER: Final = {
    "iso8859-2": "cp1250",
    "iso8859-4": "cp1257",
    "iso8859-6": "cp1256",
    "iso8859-7": "cp1253",
    "iso8859-8": "cp1255",
    "iso8859-13": "cp1257",
    "iso8859-14": "cp1252",
    "iso8859-15": "cp1252",
    "cp950": "big5hkscs",
    "euc_jp": "euc_jis_2004",
    "cp932": "shift_jis_2004",
    "cp949": "johab",
}
_LATIN: Final = (
    "cp1250",
    "cp1254",
    "cp1257",
    "iso8859-2",
    "iso8859-3",
    "iso8859-4",
    "iso8859-10",
    "iso8859-13",
    "iso8859-14",
    "iso8859-15",
    "iso8859-16",
    "mac-roman",
    "mac-latin2",
    "cp850",
    "cp437",
    "cp852",
)
_CONTROLS: Final = re.compile("[\x80-\x9f]")
_WRITTEN: Final = re.compile(r"[а-яёА-ЯЁ]")
_JIS: Final = re.compile(rb"\x1b\$[@B]([^\x1b]*)")
_ESCAPE: Final = re.compile(rb"\x1b\([BJ]")
_HIGHS: Final = re.compile(rb"[\x80-\xff]")
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]{2,}")
_ACCENTED_GREEK: Final = re.compile("¶(?=[α-ω])")  # which is Ά in the other Greek charset
_SIGN_IN_WORD: Final = re.compile(r"[¡¢£¤¥¦§¨©«¬®¯±²³¶·¸¹»¼½¾¿×÷Ľľ](?<=[^\W\d_].)(?=[^\W\d_])")
_UTF_7: Final = re.compile(rb"\+([A-Za-z0-9+/]*)-?")
_FEW: Final = 10
# What charset-normalizer may find: without bounds it reads short Western texts as charsets of the 1980s.
_GUESSES: Final = ["cp1250", "cp1253", "cp1255", "cp1256", "cp932", "cp949", "big5", "gb18030", "euc_jp"]


def decode(data: bytes, label: str | None) -> tuple[str, str]:
    """The text of `data` and the problem met, "" if there was none.

    The declared charset counts unless the bytes contradict it; then UTF-8, the Cyrillic ones and a guess are tried.
    """
    text, _, problem = decode_as(data, label)
    return text, problem


def decode_as(data: bytes, label: str | None) -> tuple[str, str, str]:
    """As `decode`, with the charset that read it between the two."""
    wanted = (label or "").strip().strip("\"'").lower()
    codec = codec_of(wanted)
    if data.isascii() and not (codec or "").startswith(_SHIFTED) and not shifts(data):
        return data.decode("ascii"), codec or "ascii", ""
    found = _as_labelled(data, codec)
    if found is not None:
        return found[0].removeprefix("\ufeff"), found[1], ""
    text, used = _contradicted(data, codec)
    text = text.removeprefix("\ufeff")
    if used == codec and wanted not in ("us-ascii", "ascii"):
        return text, used, ""
    return text, used, f"charset {wanted or 'not given'}, read as {used}"


def _as_labelled(data: bytes, codec: str | None) -> tuple[str, str] | None:
    """The text, if the label is to be trusted: no single-byte charset fails, so these are looked at twice."""
    if codec is None or codec == "cp1252":
        return None
    if codec == "utf-7":
        return (_UTF_7.sub(_unshifted, data).decode("utf-8", "replace"), codec) if data.isascii() else None
    if codec.startswith(("utf-16", "utf-32")):
        return _as_utf_16(data, codec)
    if codec.startswith(_MULTIBYTE):
        return _as_multibyte(data, codec) if not shifts(data) or codec.startswith("iso2022") else None
    if strict(data, "utf-8") is not None or _looks_cyrillic_otherwise(data, codec):
        return None
    text, wider = strict(data, codec), _WIDER.get(codec)
    if text is not None and codec == "cp1250" and _SIGN_IN_WORD.search(text) and latin_codec(data) == "iso8859-2":
        return data.decode("iso8859-2"), codec
    if wider and (text is None or _CONTROLS.search(text)):
        found = strict(data, wider)
        return (found, codec) if found is not None else None
    return (text, codec) if text is not None else None


def _looks_cyrillic_otherwise(data: bytes, codec: str) -> bool:
    """Whether the letters of a single-byte charset are rather Cyrillic ones of another one."""
    if codec in _ALL_CYRILLIC:
        return not is_cyrillic(data, codec)
    return codec in _LATIN and as_cyrillic(data) is not None


def _as_multibyte(data: bytes, codec: str) -> tuple[str, str] | None:
    text = strict(data, codec)
    if text is None and codec in _WIDER:
        text = strict(data, _WIDER[codec])
    if text is None:
        return None
    if codec in _EASTERN and (score := eastern(data, codec)) < 1.2:
        other = as_eastern(data)
        if other is not None and eastern(data, other[1]) > score + 0.4:
            return None
    return text, codec


def _as_utf_16(data: bytes, codec: str) -> tuple[str, str] | None:
    """UTF-16 or UTF-32; which byte comes first is seen where no mark says it. None where the bytes are neither."""
    if b"\x00" not in data and strict(data, "utf-8") is not None:
        return None
    if codec == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        first, second = data[: SAMPLE * 2 : 2], data[1 : SAMPLE * 2 : 2]
        # Blanks, line ends and signs have a nought for their high byte in any language.
        codec = "utf-16-be" if first.count(0) > second.count(0) else "utf-16-le"
    width = 4 if "32" in codec else 2
    text = strict(data[: len(data) // width * width], codec)
    return (text, codec) if text is not None else None


def _unshifted(match: re.Match[bytes]) -> bytes:
    """What UTF-7 has shifted, as UTF-7 of Python's own; markup that hides so stays as it stands."""
    if not match[1]:
        return b"+" if match[0] == b"+-" else match[0]
    text = strict(match[0], "utf-7")
    return match[0] if text is None or set("<>") & set(text) else text.encode("utf-8", "surrogatepass")


def shifts(data: bytes) -> bool:
    """Whether ISO-2022 shifts into another alphabet somewhere; one byte is looked for ten times quicker than two."""
    return b"\x1b" in data and b"\x1b$" in data


def _contradicted(data: bytes, codec: str | None) -> tuple[str, str]:
    if shifts(data):
        return _windows_jis(data), "iso-2022-jp"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in data and (found := _as_utf_16(data, "utf-16")):
        return found
    if codec is not None and codec.startswith(_MULTIBYTE[1:-2]) and strict(data, "utf-8") is None:
        other = as_eastern(data)
        if other is not None:
            return other
        damaged = data.decode(codec, "replace")
        if damaged.count("\ufffd") * 20 < len(damaged):
            return damaged, codec
    return guess(data)


def guess(data: bytes, hint: str = "") -> tuple[str, str]:
    """The text of bytes without a trustworthy label, and the charset that read it; `hint` names a likely charset."""
    if shifts(data):
        return _windows_jis(data), "iso-2022-jp"
    found = strict(data, "utf-8")
    if found is not None:
        return found, "utf-8"
    likely = codec_of(hint)
    if likely is not None and likely not in ("cp1252", "utf-8") and not likely.startswith(_SHIFTED):
        as_hinted = _as_labelled(data, likely)
        if as_hinted is not None:
            return as_hinted
    return _by_looks(data)


def _by_looks(data: bytes) -> tuple[str, str]:
    """What the letters look like: UTF-8 with some damage, another alphabet, or Latin."""
    found = _mostly_utf8(data, 2)
    if found is not None:
        return found, "utf-8"
    known = as_hebrew(data) or as_cyrillic(data) or as_thai(data) or as_eastern(data)
    latin = latin_codec(data) if known is None else ""
    if latin == "cp1252":
        known = _normalized(data)
    if known is not None:
        return known
    found = _mostly_utf8(data, 0)
    return (found, "utf-8") if found is not None else _latin(data, latin)


def _latin(data: bytes, codec: str) -> tuple[str, str]:
    """Western, or what else makes letters of one language of it."""
    found = None if codec == "cp1252" else strict(data, codec)
    return (_as_cp1252(data), "cp1252") if found is None else (found, codec)


def _normalized(data: bytes) -> tuple[str, str] | None:
    """What charset-normalizer makes of it, if there is enough to look at."""
    high = len(_HIGHS.findall(data))
    if high < _FEW or sum(map(len, _HIGH_RUN.findall(data))) <= 0.6 * high:
        return None
    from charset_normalizer import from_bytes  # imported here: seldom wanted, and it takes a while

    found = from_bytes(data[:SAMPLE], cp_isolation=_GUESSES).best()
    if found is None:
        return None
    text, codec = strict(data, found.encoding), found.encoding
    if text is not None and codec == "cp1253" and _ACCENTED_GREEK.search(text):
        text, codec = strict(data, "iso8859-7"), "iso8859-7"
    return (text, codec) if text is not None else None


def _mostly_utf8(data: bytes, share: int) -> str | None:
    """UTF-8 with a few bytes of something else, or cut in the middle of a letter.

    There are `share` letters to each stray byte at least; with none some letters and three strays at most.
    """
    if _SURROGATES.search(data):
        data = _SURROGATES.sub(_paired, data)
    clean = data.decode("utf-8", "ignore")
    letters = len(clean) - len(clean.encode("ascii", "ignore"))
    stray = len(data) - len(clean.encode("utf-8"))
    if not letters or letters < share * stray or (not share and stray > 3):
        return None
    is_cyrillic = len(_WRITTEN.findall(clean)) * 2 > letters
    return data.decode("utf-8", "deskhelp.cp1251" if is_cyrillic else "deskhelp.cp1252")


# What Java and MySQL write for signs beyond the first plane: the halves of UTF-16, each as if it were a letter.
_SURROGATES: Final = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


def _paired(match: re.Match[bytes]) -> bytes:
    halves = match[0].decode("utf-8", "surrogatepass")
    return halves.encode("utf-16", "surrogatepass").decode("utf-16").encode()


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
