"""Pairing codes: a team's secret as people read it out, type it and carry it to another computer."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from .codes import DIGITS, bare_digits
from .errors import DeskTrouble

SECRET_BYTES: Final = 16
_LETTERS: Final = 26  # of five bits each, which hold 128 bits
_CHECKS: Final = 2
_GROUP: Final = 4


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def code_of(secret: bytes) -> str:
    """The secret in letters that are not mistaken for each other, in groups of four; the last two tell slips."""
    number = int.from_bytes(secret, "big")
    letters = "".join(DIGITS[number >> 5 * place & 31] for place in reversed(range(_LETTERS)))
    whole = letters + _checks(letters)
    return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def secret_of(code: str) -> bytes:
    """The secret that a code says, however it was typed; DeskTrouble where a letter is wrong, missing or too many."""
    letters = bare_digits(code)
    body, checks = letters[:_LETTERS], letters[_LETTERS:]
    number = 0
    for letter in body:
        number = number << 5 | max(0, DIGITS.find(letter))
    if len(letters) != _LETTERS + _CHECKS or checks != _checks(body) or number >> 8 * SECRET_BYTES:
        raise DeskTrouble(
            "This is no pairing code.", advice="Look at it once more: it has seven groups of four letters and digits."
        )
    return number.to_bytes(SECRET_BYTES, "big")


def _checks(letters: str) -> str:
    number = int.from_bytes(hashlib.blake2b(letters.encode(), digest_size=2).digest(), "big")
    return DIGITS[number >> 5 & 31] + DIGITS[number & 31]
