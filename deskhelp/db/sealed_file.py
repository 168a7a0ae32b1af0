"""A file that only its passphrase opens, written and read piece by piece (decision 0025).

A head (what it is, how the passphrase is stretched, a mark by which a wrong one is known), then pieces of one MiB in
AES-SIV (RFC 5297). Each piece is bound to the head, to its place and to whether it is the last, so that pieces that
were cut off, left out, doubled or exchanged do not open.
"""

from __future__ import annotations

import hashlib
import os
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from deskhelp.domain.errors import DeskTrouble

SHORTEST_PASSPHRASE: Final = 8
_MAGIC: Final = b"DeskHelp sealed backup\n"
_VERSION: Final = 1
_HEAD: Final = struct.Struct(">BBBB16s8s")  # version, log2(n), r, p, salt, mark
_PROOF: Final = 8
_COST: Final = (17, 8, 1)  # 128 MiB and a third of a second
_HIGHEST_COST: Final = (20, 16, 4)
_PIECE: Final = 1024 * 1024
_TAG: Final = 16


class WrongPassphrase(DeskTrouble):
    """The passphrase is wanted, or is another one."""


class DamagedBackup(DeskTrouble):
    """The file is not what was written."""


class _Key(NamedTuple):
    head: bytes
    aead: AESSIV

    def bound_to(self, place: int, *, is_last: bool) -> list[bytes]:
        return [self.head, place.to_bytes(8, "big") + (b"L" if is_last else b"-")]


def is_sealed(file: BinaryIO) -> bool:
    """Whether the file is one of these; it is read from its beginning."""
    file.seek(0)
    return file.read(len(_MAGIC)) == _MAGIC


def require_strong(passphrase: str) -> None:
    """Refuse a passphrase that is guessed in no time."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WrongPassphrase("A passphrase has at least {count} characters.", count=SHORTEST_PASSPHRASE)


def seal_to(file: BinaryIO, pieces: Iterable[bytes], passphrase: str) -> None:
    """Write what `pieces` (of any size) come to; it is never empty."""
    require_strong(passphrase)
    key = _new_key(passphrase)
    file.write(key.head)
    place = 0
    held = b""
    for piece in _even(pieces):
        if held:
            file.write(key.aead.encrypt(held, key.bound_to(place, is_last=False)))
            place += 1
        held = piece
    file.write(key.aead.encrypt(held, key.bound_to(place, is_last=True)))


def _even(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size, the last one shorter."""
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        while len(gathered) >= _PIECE:
            yield bytes(gathered[:_PIECE])
            del gathered[:_PIECE]
    if gathered:
        yield bytes(gathered)


def unsealed(file: BinaryIO, passphrase: str, name: str) -> Iterator[bytes]:
    """What was sealed, piece by piece, of a file that people call `name`.

    WrongPassphrase before the first piece, DamagedBackup at the first that is not what was written: what was read until
    then is to be thrown away.
    """
    file.seek(0)
    key = _key_of(file, passphrase, name)
    place, held = 0, file.read(_PIECE + _TAG)
    while True:
        after = file.read(_PIECE + _TAG)
        try:
            yield key.aead.decrypt(held, key.bound_to(place, is_last=not after))
        except (InvalidTag, ValueError) as error:
            raise damaged(name) from error
        if not after:
            return
        place, held = place + 1, after


# -- the key -------------------------------------------------------------------------------------


def _new_key(passphrase: str) -> _Key:
    salt = os.urandom(16)
    secret = _stretched(passphrase, salt, _COST)
    fixed = _MAGIC + _HEAD.pack(_VERSION, *_COST, salt, _mark(secret))
    return _Key(fixed + _proof(fixed), AESSIV(secret))


def _key_of(file: BinaryIO, passphrase: str, name: str) -> _Key:
    head = file.read(len(_MAGIC) + _HEAD.size + _PROOF)
    fixed, proof = head[:-_PROOF], head[-_PROOF:]
    if len(head) != len(_MAGIC) + _HEAD.size + _PROOF or proof != _proof(fixed):
        raise damaged(name)
    version, *cost, salt, mark = _HEAD.unpack(fixed[len(_MAGIC) :])
    if version > _VERSION or any(asked > most for asked, most in zip(cost, _HIGHEST_COST, strict=True)):
        raise DamagedBackup("{path} was written by a newer DeskHelp.", advice="Install the newer version.", path=name)
    secret = _stretched(passphrase, salt, cost)
    if _mark(secret) != mark:
        raise WrongPassphrase("This is not the passphrase of {path}.", advice="Nothing was changed.", path=name)
    return _Key(head, AESSIV(secret))


def _stretched(passphrase: str, salt: bytes, cost: Iterable[int]) -> bytes:
    """The key; composed letters and their parts are one, as keyboards differ in which they make."""
    log_n, r, p = cost
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Scrypt(salt=salt, length=64, n=1 << log_n, r=r, p=p).derive(typed)


def _mark(secret: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=8, person=b"deskhelp backup").digest()


def _proof(fixed: bytes) -> bytes:
    return hashlib.sha256(fixed).digest()[:_PROOF]


def damaged(name: str) -> DamagedBackup:
    """Of a backup that people call `name`."""
    return DamagedBackup("The backup {path} is damaged or not complete.", advice="Nothing was changed.", path=name)
