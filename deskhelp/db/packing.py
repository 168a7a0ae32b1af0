"""How a blob is stored: named by its content, deflated where that saves something. Needs no database."""

from __future__ import annotations

import zlib
from typing import Final, NamedTuple

from isal import isal_zlib

from deskhelp.domain.identity import blob_id

_PLAIN: Final = b"p"
_DEFLATED: Final = b"z"
_SMALL: Final = 120
_LARGE: Final = 16_384


class PackedBlob(NamedTuple):
    """A content as it is stored: its name, its size, its packed bytes. Made by `pack`, in any process."""

    name: str
    size: int
    data: bytes


def pack(content: bytes) -> PackedBlob:
    """A content named and packed; needs no database, so that another process can do it."""
    return PackedBlob(blob_id(content), len(content), _packed(content))


def light(blob: PackedBlob) -> PackedBlob:
    """A blob for the way between processes: without its bytes where `whole` can make them from the content."""
    return blob._replace(data=b"") if blob.data[:1] == _PLAIN else blob


def whole(blob: PackedBlob, content: bytes) -> PackedBlob:
    """What `light` made light, as it was."""
    return blob if blob.data else blob._replace(data=_PLAIN + content)


def _packed(content: bytes) -> bytes:
    """A mark and the bytes: deflated where that saves something (ISA-L's level 1: an import waits for it)."""
    if len(content) > _SMALL and _is_worth_packing(content):
        packed = isal_zlib.compress(content, 1)
        if len(packed) < len(content):
            return _DEFLATED + packed
    return _PLAIN + content


def _is_worth_packing(content: bytes) -> bool:
    """Mails of attachments are base64, which gives up a quarter at most and takes most of an import's time."""
    if len(content) <= _LARGE:
        return True
    step = len(content) // 5
    sample = b"".join(content[place * step : place * step + 1024] for place in range(1, 5))
    return len(isal_zlib.compress(sample, 1)) < 0.7 * len(sample)


def unpacked(data: bytes) -> bytes:
    """The content of stored bytes."""
    return zlib.decompress(data[1:]) if data[:1] == _DEFLATED else data[1:]
