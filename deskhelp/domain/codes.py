"""The codes by which people name tickets: said on the phone, written in subjects, typed in either alphabet."""

from __future__ import annotations

import re
from typing import Final

ID_LENGTH: Final = 32
CODE_LENGTH: Final = 7
DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CONFUSED: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
# Letters of the Russian keyboard that look like ours, as a customer would type a code read from paper.
_CYRILLIC_TWINS: Final = str.maketrans("АВСЕНКМОРТХУавсенкмортху", "ABCEHKM0PTXYABCEHKM0PTXY")


def ticket_code(ticket_id: str, length: int = CODE_LENGTH) -> str:
    """The sayable code of a ticket: Crockford base 32 of its id, grouped: ``7K3-QF2M``."""
    spare = 4 * ID_LENGTH - 5 * length
    number = int(ticket_id, 16) >> spare if spare >= 0 else int(ticket_id, 16) << -spare
    digits = "".join(DIGITS[(number >> 5 * place) & 31] for place in reversed(range(length)))
    return f"{digits[:3]}-{digits[3:7]}" + (f"-{digits[7:]}" if length > CODE_LENGTH else "")


def bare_digits(text: str) -> str:
    """A code without what groups it, its letters as they were meant."""
    return re.sub(r"[\s\-–—#\[\]]", "", text).upper().translate(_CYRILLIC_TWINS).translate(_CONFUSED)


def normalise_code(text: str) -> str | None:
    """The bare digits of a code in any spelling (``#7k3 qf2m``, ``7КЗ-QF2M``), or None if it is none."""
    bare = bare_digits(text)
    if len(bare) < CODE_LENGTH or len(bare) > 26 or any(sign not in DIGITS for sign in bare):
        return None
    return bare


def code_prefix_range(bare: str) -> tuple[str, str]:
    """The range of ticket ids (first, last, both inclusive) that a bare code of any length stands for."""
    number = 0
    for sign in bare:
        number = number << 5 | DIGITS.index(sign)
    spare = 4 * ID_LENGTH - 5 * len(bare)
    if spare < 0:
        number, spare = number >> -spare, 0
    return f"{number << spare:032x}", f"{(number + 1 << spare) - 1:032x}"


# Not compiled yet: a list of tickets names codes and reads no subjects, and is painted first.
_SUBJECT_CODE: Final = r"\[#\s*([0-9A-Za-z]{3}[-–\s]?[0-9A-Za-z]{4}(?:-[0-9A-Za-z]{1,19})?)\s*\]"


def codes_in_subject(subject: str) -> tuple[str, ...]:
    """The bare codes that a subject carries as ``[#7K3-QF2M]``."""
    found = (normalise_code(match) for match in re.findall(_SUBJECT_CODE, subject))
    return tuple(code for code in found if code)


def with_code(subject: str, code: str) -> str:
    """The subject with its code, once."""
    if normalise_code(code) in codes_in_subject(subject):
        return subject
    return f"{subject} [#{code}]".strip()
