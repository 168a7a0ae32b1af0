"""Attachments made on the spot, the same bytes every time: a picture of an error window, a page of PDF."""

from __future__ import annotations

import hashlib
import struct
import zlib
from functools import lru_cache
from itertools import chain
from typing import Final

from .pack import DemoFile

Colour = tuple[int, int, int]
_WIDTH: Final = 480
_HEIGHT: Final = 300
_WALLS: Final[tuple[Colour, ...]] = ((58, 95, 122), (84, 110, 92), (120, 92, 84), (88, 84, 120), (70, 108, 112))
_PAPER: Final[Colour] = (246, 246, 244)
_BAR: Final[Colour] = (208, 212, 218)
_INK: Final[Colour] = (150, 156, 164)
_ALARM: Final[Colour] = (196, 72, 62)
_TYPES: Final = {
    "txt": "text/plain",
    "log": "text/plain",
    "csv": "text/csv",
    "xml": "application/xml",
    "ics": "text/calendar",
    "conf": "application/octet-stream",
    "ovpn": "application/octet-stream",
}


def content_of(file: DemoFile) -> tuple[str, bytes]:
    """Content type and bytes of an attachment. Raises ValueError for a kind that nobody can make."""
    if file.generate == "png":
        return "image/png", picture(file.name)
    if file.generate == "pdf":
        return "application/pdf", page(file.name)
    if file.generate:
        raise ValueError(f"cannot make a {file.generate}")
    suffix = file.name.rpartition(".")[2].lower()
    return _TYPES.get(suffix, "application/octet-stream"), file.text.encode()


@lru_cache(maxsize=64)
def picture(name: str) -> bytes:
    """A PNG of 480 by 300: a window with an error sign on a desk whose colour depends on the name."""
    seed = hashlib.sha256(name.encode()).digest()
    rows = [[_WALLS[seed[0] % len(_WALLS)]] * _WIDTH for _ in range(_HEIGHT)]
    _fill(rows, (40, 40, 440, 260), _PAPER)
    _fill(rows, (40, 40, 440, 64), _BAR)
    _fill(rows, (418, 47, 430, 57), _ALARM)
    _disc(rows, 92, 120, 24, _ALARM)
    _fill(rows, (80, 116, 104, 124), _PAPER)
    for line in range(4):
        _fill(rows, (140, 100 + 22 * line, 220 + seed[line + 1] * 190 // 255, 108 + 22 * line), _INK)
    _fill(rows, (340, 222, 420, 244), _BAR)
    return _png(rows)


def _fill(rows: list[list[Colour]], box: tuple[int, int, int, int], colour: Colour) -> None:
    left, top, right, bottom = box
    for row in rows[top:bottom]:
        row[left:right] = [colour] * (right - left)


def _disc(rows: list[list[Colour]], x: int, y: int, radius: int, colour: Colour) -> None:
    for dy in range(-radius, radius + 1):
        half = int((radius * radius - dy * dy) ** 0.5)
        _fill(rows, (x - half, y + dy, x + half, y + dy + 1), colour)


def _png(rows: list[list[Colour]]) -> bytes:
    """ISO/IEC 15948, colour type 2, every line unfiltered."""
    data = b"".join(b"\0" + bytes(chain.from_iterable(row)) for row in rows)
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(data, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def page(name: str) -> bytes:
    """A PDF of one A4 page with a line of text: its name, less what the standard fonts do not have."""
    words = "".join(sign for sign in name if sign.isascii() and sign not in "()\\") or "document"
    stream = f"BT /F1 18 Tf 72 740 Td ({words}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + head + table + tail
