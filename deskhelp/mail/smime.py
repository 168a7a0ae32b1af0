"""What an S/MIME mail holds that is one part (application/pkcs7-mime): signed contents can be read, encrypted not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_SEQUENCE, _OID, _OCTETS, _OCTETS_IN_PIECES, _EXPLICIT = 0x30, 0x06, 0x04, 0x24, 0xA0
# 1.2.840.113549.1.7.2 and so on (RFC 5652), 1.2.840.113549.1.9.16.1.23 (RFC 5083).
_PKCS7: Final = bytes.fromhex("2a864886f70d0107")
_SIGNED: Final = _PKCS7 + b"\x02"
_ENCRYPTED: Final = (_PKCS7 + b"\x03", _PKCS7 + b"\x06", bytes.fromhex("2a864886f70d0109100117"))
MAX_DEPTH: Final = 20
_MAX_PIECES: Final = 100_000


@dataclass(frozen=True, slots=True)
class Opened:
    """`content` is a mail part, None where there is none to be read."""

    content: bytes | None = None
    is_encrypted: bool = False


class _Damaged(Exception):
    """Not what it should be; the part stays a file."""


@dataclass(frozen=True, slots=True)
class _Value:
    tag: int
    start: int
    end: int
    """Where the contents end; without an announced length, where the data end."""
    is_open: bool
    """Without an announced length: two noughts end it (BER)."""


def opened(data: bytes) -> Opened:
    """What is in a ContentInfo (RFC 5652, section 3); nothing of what is none, or damaged."""
    try:
        outer = _value(data, 0, len(data))
        oid = _value(data, _expect(outer, _SEQUENCE).start, outer.end)
        name = data[_expect(oid, _OID).start : oid.end]
        if name in _ENCRYPTED:
            return Opened(is_encrypted=True)
        if name != _SIGNED:
            return Opened()
        inner = _value(data, _expect(_value(data, oid.end, outer.end), _EXPLICIT).start, outer.end)
        return Opened(_encapsulated(data, _expect(inner, _SEQUENCE)))
    except (_Damaged, IndexError):
        return Opened()


def _value(data: bytes, at: int, end: int) -> _Value:
    """The value that begins there (X.690, section 8.1)."""
    tag, first = data[at], data[at + 1]
    start = at + 2
    if first == 0x80:
        return _Value(tag, start, end, True)
    size = first
    if first > 0x80:
        width = first & 0x7F
        if width > 8:
            raise _Damaged
        size = int.from_bytes(data[start : start + width], "big")
        start += width
    if start + size > end:
        raise _Damaged
    return _Value(tag, start, start + size, False)


def _expect(value: _Value, tag: int) -> _Value:
    if value.tag != tag:
        raise _Damaged
    return value


def _encapsulated(data: bytes, signed: _Value) -> bytes:
    """The content of an EncapsulatedContentInfo, which is the sequence that begins with an identifier."""
    at = signed.start
    for _ in range(4):
        value = _value(data, at, signed.end)
        if value.tag == _SEQUENCE and data[value.start] == _OID:
            name = _value(data, value.start, value.end)
            wrapped = _value(data, name.end, value.end)
            if wrapped.tag == _EXPLICIT:
                return _octets(data, _value(data, wrapped.start, wrapped.end))
            if data[name.start : name.end] == _PKCS7 + b"\x01":  # the signature alone: its text is elsewhere
                raise _Damaged
        at = _after(data, value)
    raise _Damaged


def _octets(data: bytes, value: _Value) -> bytes:
    """An octet string, in one piece or (as it is streamed) in many."""
    if value.tag == _OCTETS and not value.is_open:
        return data[value.start : value.end]
    if value.tag != _OCTETS_IN_PIECES:
        raise _Damaged
    pieces, at = [], value.start
    while at < value.end and not (value.is_open and data[at : at + 2] == b"\0\0"):
        piece = _value(data, at, value.end)
        pieces.append(data[_expect(piece, _OCTETS).start : piece.end])
        at = piece.end
    return b"".join(pieces)


def _after(data: bytes, value: _Value, depth: int = 0) -> int:
    """Where the next value begins."""
    if not value.is_open:
        return value.end
    if depth > MAX_DEPTH:
        raise _Damaged
    at = value.start
    for _ in range(_MAX_PIECES):
        if data[at : at + 2] == b"\0\0":
            return at + 2
        at = _after(data, _value(data, at, value.end), depth + 1)
    raise _Damaged
