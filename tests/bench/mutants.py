"""Damage done to mails: deterministic by its seed, of the kinds that programs, lines and disks do to them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

_BOUNDARY = re.compile(rb"--[\w'()+,./:=?-]{4,70}")
_CHARSET = re.compile(rb'(?i)charset="?[\w-]+"?')
_ENCODING = re.compile(rb"(?i)Content-Transfer-Encoding: *[\w-]+")
CHARSETS = (b"koi8-r", b"windows-1251", b"utf-8", b"us-ascii", b"gb18030", b"iso-2022-jp", b"utf-7", b"x-nothing", b"")
ENCODINGS = (b"base64", b"quoted-printable", b"8bit", b"binary", b"x-uuencode", b"7bit", b"nothing")
LONGEST = 200_000


def mutant(seeds: Sequence[bytes], number: int) -> bytes:
    """The mutant of that number: a seed that one to four kinds of damage were done to."""
    chance = random.Random(number)
    raw = chance.choice(seeds)[:LONGEST]
    for _ in range(chance.randint(1, 4)):
        raw = chance.choice(DAMAGES)(raw, chance, seeds)[: 2 * LONGEST]
    return raw


def _cut(raw: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    return raw[: chance.randint(0, len(raw))]


def _headless(raw: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    return raw[chance.randint(0, len(raw)) :]


def _flipped(raw: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    changed = bytearray(raw or b"x")
    for _ in range(chance.randint(1, 60)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _lost(raw: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    first = chance.randint(0, len(raw))
    return raw[:first] + raw[first + chance.randint(0, 2_000) :]


def _shuffled(raw: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    lines = raw.split(b"\n")
    for _ in range(chance.randint(1, 12)):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _spliced(raw: bytes, chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    other = chance.choice(seeds)[:LONGEST]
    return raw[: chance.randint(0, len(raw))] + other[chance.randint(0, len(other)) :]


def _repeated(raw: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    first = chance.randint(0, len(raw))
    piece = raw[first : first + chance.randint(1, 3_000)]
    return raw[:first] + piece * chance.randint(2, 40) + raw[first:]


def _other_boundary(raw: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    found = [match.span() for match in _BOUNDARY.finditer(raw)]
    if not found:
        return raw
    first, last = chance.choice(found)
    return raw[:first] + chance.choice((b"", b"--x", raw[first:last] + b"--", raw[first : last - 1])) + raw[last:]


def _other_charset(raw: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    return _CHARSET.sub(lambda _found: b"charset=" + chance.choice(CHARSETS), raw)


def _other_encoding(raw: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    return _ENCODING.sub(lambda _found: b"Content-Transfer-Encoding: " + chance.choice(ENCODINGS), raw)


def _nested(raw: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    for level in range(chance.randint(1, 60)):
        kind = chance.choice((b"message/rfc822", b"multipart/mixed; boundary=b%d" % level))
        raw = b"Content-Type: " + kind + b"\n\n--b%d\n" % level + raw
    return raw


def _other_lines(raw: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    return raw.replace(b"\r\n", b"\n").replace(b"\n", chance.choice((b"\r", b"\r\n", b"\n\n", b"\r\r\n")))


DAMAGES: tuple[Callable[[bytes, random.Random, Sequence[bytes]], bytes], ...] = (
    _cut,
    _headless,
    _flipped,
    _lost,
    _shuffled,
    _spliced,
    _repeated,
    _other_boundary,
    _other_charset,
    _other_encoding,
    _nested,
    _other_lines,
)
