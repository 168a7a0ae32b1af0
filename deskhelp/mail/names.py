"""Attachment names that can be written to any disk, and which files no one should open (RELIABILITY section 4)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_NAME: Final = 120
_RESERVED: Final = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
)
_FORBIDDEN: Final = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_DANGEROUS: Final = frozenset(
    """
    ade adp app appx bat chm cmd com cpl desktop dll exe gadget hlp hta img inf ins iso isp jar js jse lnk mde msc
    msi msp mst one pif ps1 psm1 reg scf scr sct sh shb sys url vb vbe vbs vhd vxd wsc wsf wsh xll
    """.split()
)


def safe_name(name: str, fallback: str = "attachment") -> str:
    """The last part of a path without control, direction and reserved characters or names, at most 120 long."""
    last = re.split(r"[\\/]", name.replace("\x00", ""))[-1]
    last = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co"))
    last = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", last)).strip().rstrip(". ").lstrip(". ")
    if not last:
        return fallback
    stem, dot, end = last.rpartition(".")
    if (stem or end).split(".")[0].casefold() in _RESERVED:
        last = f"_{last}"
    if len(last) > MAX_NAME:
        tail = f"{dot}{end}" if dot and len(end) <= 16 else ""
        last = last[: MAX_NAME - len(tail)] + tail
    return last


def is_dangerous(name: str) -> bool:
    """Whether a file of this name could run on being opened: it may only be saved, with a warning."""
    return name.rpartition(".")[2].casefold().rstrip(". ") in _DANGEROUS
