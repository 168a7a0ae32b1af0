"""Colleagues named in a note: ``@Anna``, ``@Anna Berg``, ``@Анна``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from .words import fold

_SIGN: Final = re.compile(r"(?<![\w.])@(?=\w)")


def mentioned(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of those whose names (by id) stand behind an @, sorted.

    The first name alone is enough where only one bears it; of two names that fit the longer one is meant.
    """
    spoken = _spoken(names)
    folded = fold(text)
    found = {spoken[name] for sign in _SIGN.finditer(folded) if (name := _name_at(folded, sign.end(), spoken))}
    return tuple(sorted(found))


def _spoken(names: Mapping[str, str]) -> dict[str, str]:
    """Whom each name means, full or first; one that could mean two means nobody."""
    bearers: dict[str, set[str]] = {}
    for agent, name in names.items():
        whole = fold(name).strip()
        for spoken in {whole, whole.partition(" ")[0]} - {""}:
            bearers.setdefault(spoken, set()).add(agent)
    return {spoken: next(iter(agents)) for spoken, agents in bearers.items() if len(agents) == 1}


def _name_at(text: str, start: int, spoken: Mapping[str, str]) -> str:
    fitting = [name for name in spoken if text.startswith(name, start) and not text[start + len(name) :][:1].isalnum()]
    return max(fitting, key=len, default="")
