"""A hub that its keeper cannot read: every item encrypted before it is put, by a key that only the team has.

AES-SIV (RFC 5297): the same item gives the same bytes, so that putting it again is nothing, as a hub wants. What stays
to be seen is how much there is, when it came, and which replica it is of. Blobs have names made with the key, as their
plain ones would tell who has which mail.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from deskhelp.domain.segments import BrokenItem, Hub, seal, unseal

_BLOB: Final = "blob/"


class Sealer:
    """Encrypts and decrypts by a secret; what is sealed under one name does not open under another."""

    def __init__(self, secret: bytes) -> None:
        self._aead = AESSIV(hashlib.blake2b(secret, digest_size=64, person=b"deskhelp hub").digest())
        self._names = hashlib.blake2b(secret, digest_size=32, person=b"deskhelp names").digest()

    def seal(self, name: str, data: bytes) -> bytes:
        return self._aead.encrypt(data, [name.encode()])

    def open(self, name: str, data: bytes) -> bytes:
        """What was sealed; BrokenItem for anything else, or if it was sealed by another secret."""
        try:
            return self._aead.decrypt(data, [name.encode()])
        except (InvalidTag, ValueError) as error:
            raise BrokenItem("{name} in the team's place cannot be decrypted.", name=name) from error

    def name_of(self, name: str) -> str:
        """The name under which an item lies in the hub."""
        if not name.startswith(_BLOB):
            return name
        return _BLOB + hashlib.blake2b(name.encode(), digest_size=16, key=self._names).hexdigest()


class SealedHub:
    """Another hub, seen through a `Sealer`. Blobs are listed by the names they have there."""

    def __init__(self, hub: Hub, sealer: Sealer) -> None:
        self._hub, self._sealer = hub, sealer

    def put(self, name: str, data: bytes) -> None:
        self._hub.put(self._sealer.name_of(name), seal(self._sealer.seal(name, data)))

    def get(self, name: str) -> bytes:
        there = self._sealer.name_of(name)
        data = self._sealer.open(name, unseal(self._hub.get(there), there))
        unseal(data, name)
        return data

    def expect(self, names: Sequence[str]) -> None:
        self._hub.expect([self._sealer.name_of(name) for name in names])

    def names(self, prefix: str) -> list[str]:
        return self._hub.names(prefix)

    def replace(self, name: str, data: bytes) -> None:
        self._hub.replace(self._sealer.name_of(name), seal(self._sealer.seal(name, data)))

    def withdraw(self, name: str) -> None:
        self._hub.withdraw(self._sealer.name_of(name))

    def remove(self, names: Collection[str]) -> None:
        self._hub.remove([self._sealer.name_of(name) for name in names])

    def say(self, replica: str, note: bytes) -> None:
        self._hub.say(replica, self._sealer.seal(_note_name(replica), note))

    def heard(self) -> dict[str, bytes]:
        found = {}
        for replica, note in self._hub.heard().items():
            try:
                found[replica] = self._sealer.open(_note_name(replica), note)
            except BrokenItem:
                continue  # of another program, or half written: it says nothing
        return found

    def close(self) -> None:
        self._hub.close()


def _note_name(replica: str) -> str:
    return f"note/{replica}"
