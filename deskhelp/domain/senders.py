"""Whose mail is not wanted: rules for addresses and domains, the closest one decides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from .entities import SenderRule
from .errors import DeskTrouble
from .identity import digest

BLOCK: Final = "block"
ALLOW: Final = "allow"
_DOMAIN: Final = re.compile(r"[^\s@<>,;:\"()\[\]/]+\.[^\s@<>,;:\"()\[\]/.]+")


def rule_name(text: str) -> str:
    """An address, or a domain however it is spelled (``@x.example``, ``*.x.example``), as rules name it."""
    name = text.strip().strip("<>").casefold()
    local, at, domain = name.rpartition("@")
    domain = domain.removeprefix("*.").strip(".")
    if not _DOMAIN.fullmatch(domain) or (local and re.search(r"\s", local)):
        raise DeskTrouble("“{name}” is neither a mail address nor a domain.", name=text.strip())
    return f"{local}@{domain}" if at and local else domain


def rule_id(name: str) -> str:
    """The id of a rule, the same on every client."""
    return digest("sender", name)


class SenderRules:
    """The rules that are in force. An address of its own beats its domain, a domain those above it."""

    def __init__(self, rules: Iterable[SenderRule]) -> None:
        self._verdicts = {rule.name.casefold(): rule.verdict for rule in rules if not rule.is_deleted}

    def __bool__(self) -> bool:
        return BLOCK in self._verdicts.values()

    def deciding(self, address: str) -> str:
        """The name of the rule that decides about an address; "" if none does."""
        name = address.strip().casefold()
        if name in self._verdicts:
            return name
        domain = name.rpartition("@")[2]
        while domain:
            if domain in self._verdicts:
                return domain
            domain = domain.partition(".")[2]
        return ""

    def blocks(self, address: str) -> bool:
        return self._verdicts.get(self.deciding(address)) == BLOCK
