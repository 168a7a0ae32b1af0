"""What programs call charsets, and the codec that reads what they mean by it: mostly more than the name stands for."""

from __future__ import annotations

import codecs
import functools
import re
from typing import Final

_MEANT: Final = {
    "koi8": "koi8-u",
    "koi8r": "koi8-u",
    "koi8-r": "koi8-u",
    "koi8-ru": "koi8-u",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb-2312-80": "gb18030",
    "cn-gb": "gb18030",
    "mac-chinesesimp": "gb18030",
    "euc-kr": "cp949",
    "ksc5601": "cp949",
    "ks-c-5601": "cp949",
    "ks-c-5601-1987": "cp949",
    "ks-c-5601-1989": "cp949",
    "mac-korean": "cp949",
    "big5": "cp950",
    "cn-big5": "cp950",
    "mac-chinesetrad": "cp950",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "mac-japanese": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp",
    "iso-2022-jp-ms": "iso2022_jp",
    "cp50220": "iso2022_jp",
    "cp50221": "iso2022_jp",
    "eucjp-ms": "euc_jp",
    "cp51932": "euc_jp",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "ansi": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "mac": "mac-roman",
    "mac-ce": "mac-latin2",
    "mac-centraleurroman": "mac-latin2",
    "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8",
    "utf8mb4": "utf-8",
    "cp65001": "utf-8",
    "utf-7": "utf-7",
    "utf7": "utf-7",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-2-0-utf-7": "utf-7",
    "unicode": "utf-16",
    "ucs-2": "utf-16",
    "iso-10646-ucs-2": "utf-16",
}
_NO_CHARSETS: Final = (
    "idna",
    "punycode",
    "undefined",
    "unicode-escape",
    "raw-unicode-escape",
    "mbcs",
    "oem",
    "charmap",
)
# Names with something round them: "en_US.UTF-8", "windows-1251; format=flowed", "x-win1251", "dos-866".
_PLAIN: Final = re.compile(r"[\s;,\"']")
_INSIDE: Final = re.compile(
    r"(utf-?8|koi8-?[ru]|gb(?:18030|2312|k)|big5|shift-jis|euc-(?:jp|kr)|iso-?2022-(?:jp|kr)|iso-?8859-?1?\d)"
    r"|(?:windows|win|cp|ansi|ms|dos|ibm|oem)-?(125\d|8[56]\d|874|437|9(?:32|36|49|50))"
)


@functools.lru_cache(maxsize=256)
def codec_of(label: str) -> str | None:
    """The codec for a label as it stands in a mail, None if it names no charset."""
    name = _PLAIN.split(label.strip().strip("\"'").lower())[0].replace("_", "-").removeprefix("x-")
    if not name:
        return None
    found = _MEANT.get(name) or _known(name)
    inside = None if found else _INSIDE.search(name)
    if inside:
        bare = inside[1] or f"cp{inside[2]}"
        found = _MEANT.get(bare) or _known(bare)
    return found


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Codecs that are no character sets (rot13, zip, ...) would raise or worse.
    is_charset = getattr(found, "_is_text_encoding", True) and found.name not in _NO_CHARSETS
    return _MEANT.get(found.name, found.name) if is_charset else None
