"""winmail.dat: the files that Outlook hides in a part of its own form, TNEF (MS-OXTNEF, MS-OXCDATA)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .charsets import decode
from .rtf import unpacked, words

_SIGNATURE: Final = 0x223E9F78
_BEGINS_FILE, _TITLE, _DATA, _FILE_PROPERTIES, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005, 0x9003
_CODEPAGE: Final = 0x9007
_LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _OBJECT = 0x3707, 0x3704, 0x3001, 0x3701
_CONTENT_ID, _HTML, _BODY, _RTF = 0x3712, 0x1013, 0x1000, 0x1009
_OLD_BODY: Final = 0x800C
# Bytes that a value of a fixed size takes, filled up to four.
_FIXED: Final = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_STRING, _UNICODE, _OBJECT_TYPE, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_SEVERAL: Final = 0x1000
MAX_FILES: Final = 1_000
MAX_PROPERTIES: Final = 5_000


@dataclass(slots=True)
class HiddenFile:
    name: str = ""
    data: bytes = b""
    content_id: str = ""


@dataclass(slots=True)
class Unpacked:
    """What a winmail.dat holds; `html` and `text` are the message, "" where it is only given as packed `rtf`."""

    files: list[HiddenFile]
    html: str = ""
    text: str = ""
    rtf: bytes = b""

    def take_rtf(self) -> None:
        """Read the message where it is given as RTF only; this takes a while."""
        if self.rtf and not self.html and not self.text.strip():
            text, is_html = words(unpacked(self.rtf))
            self.html, self.text = (text, "") if is_html else ("", text)


def unpack(data: bytes) -> Unpacked:
    """As far as it can be read; nothing of data that is no TNEF."""
    found = Unpacked([])
    codepage = "cp1252"
    for name, value in _attributes(data):
        if name == _CODEPAGE and len(value) >= 4:
            codepage = f"cp{struct.unpack_from('<I', value)[0]}"
        elif name == _BEGINS_FILE:
            if len(found.files) >= MAX_FILES:
                break
            found.files.append(HiddenFile())
        elif name == _OLD_BODY:
            found.text = found.text or _text(value, _STRING, codepage)
        elif name == _PROPERTIES:
            _take_message(found, value, codepage)
        elif found.files:
            _take_file(found.files[-1], name, value, codepage)
    return found


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        return
    at = 6
    while at + 9 <= len(data) and data[at] in (1, 2):
        name, _, size = struct.unpack_from("<HHI", data, at + 1)
        if at + 9 + size > len(data):
            return
        yield name, data[at + 9 : at + 9 + size]
        at += 9 + size + 2


def _take_message(found: Unpacked, value: bytes, codepage: str) -> None:
    for name, kind, content in _properties(value):
        if name == _HTML:
            found.html = _text(content, kind, codepage)
        elif name == _BODY:
            found.text = _text(content, kind, codepage)
        elif name == _RTF:
            found.rtf = content


def _take_file(file: HiddenFile, name: int, value: bytes, codepage: str) -> None:
    if name == _DATA:
        file.data = value
    elif name == _TITLE:
        file.name = file.name or _text(value, _STRING, codepage)
    elif name == _FILE_PROPERTIES:
        names = {}
        for prop, kind, content in _properties(value):
            if prop in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME):
                names[prop] = _text(content, kind, codepage)
            elif prop == _CONTENT_ID:
                file.content_id = _text(content, kind, codepage).strip("<>")
            elif prop == _OBJECT and len(content) > len(file.data):  # beside it stands a stand-in, or nothing
                file.data = content
        file.name = names.get(_LONG_NAME) or file.name or names.get(_SHORT_NAME) or names.get(_SHOWN_NAME) or ""


def _text(value: bytes, kind: int, codepage: str) -> str:
    text = value.decode("utf-16-le", "ignore") if kind == _UNICODE else decode(value, codepage)[0]
    return text.partition("\x00")[0] if kind != _BINARY else text


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """MAPI properties with a value each: number, type, content; stops where they are damaged."""
    try:
        count, at = struct.unpack_from("<I", data)[0], 4
        for _ in range(min(count, MAX_PROPERTIES)):
            kind, name = struct.unpack_from("<HH", data, at)
            at = _after_name(data, at + 4) if name >= 0x8000 else at + 4
            values = 1
            is_long = kind & ~_SEVERAL in (_STRING, _UNICODE, _OBJECT_TYPE, _BINARY)
            if kind & _SEVERAL or is_long:
                values, at = struct.unpack_from("<I", data, at)[0], at + 4
            for _ in range(min(values, MAX_PROPERTIES)):
                if is_long:
                    size, at = struct.unpack_from("<I", data, at)[0], at + 4
                else:
                    size = _FIXED[kind & ~_SEVERAL]
                if at + size > len(data):
                    return
                yield name, kind & ~_SEVERAL, data[at : at + size]
                at += size + -size % 4
    except (struct.error, KeyError):
        return


def _after_name(data: bytes, at: int) -> int:
    """Past the GUID and the number or name of a property that has one."""
    has_text = struct.unpack_from("<I", data, at + 16)[0]
    if not has_text:
        return at + 24
    size = struct.unpack_from("<I", data, at + 20)[0]
    return at + 24 + int(size) + -int(size) % 4
