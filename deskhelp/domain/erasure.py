"""Erasure: a person's data goes from everywhere and stays away, without anything being written down that names them.

One erasure is several events of the kind ``erased``. Those about ``ticket:ID`` and ``message:ID`` say what goes, with
everything that was ever written about it, now or when it arrives later. The one about ``entity:erasure:ID`` says whose
it was, as keyed hashes of the addresses, so that a mail which another computer has already fetched goes too.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from typing import Any, Final

from .events import FACT_KINDS, Event, about_ticket
from .identity import ticket_id_of
from .status import Direction

KIND: Final = "erasure"
DONE: Final = "done"
"""The set of the replicas that have erased what they held."""
PLACE: Final = "place"
"""The set of the replicas that have erased it from the team's place."""


def person_hash(address: str, key: bytes) -> str:
    """What stands for an address; it cannot be turned back without the team's key."""
    return hmac.new(key, b"erased\0" + address.strip().casefold().encode("utf-8", "replace"), "sha256").hexdigest()[:32]


def about_erasure(erasure: str) -> str:
    return f"entity:{KIND}:{erasure}"


def home_of(fact: Event) -> str:
    """The ticket to which a message belongs by itself, wherever somebody has put it later."""
    return home_by(fact.about, fact.body)


def home_by(about: str, body: Mapping[str, Any]) -> str:
    """As `home_of`, by parts of the event."""
    return str(body.get("ticket") or ticket_id_of(about.partition(":")[2]))


def is_theirs(fact: Event, persons: Mapping[str, int], key: bytes) -> bool:
    """Whether a message is from or to one of these persons (hash to UTC ms), and not younger than their erasure."""
    return any(fact.at_ms <= persons.get(person_hash(one, key), -1) for one in correspondents(fact))


def correspondents(fact: Event) -> set[str]:
    """With whom the desk corresponds in a message: who sent it, or to whom the desk did."""
    if fact.body.get("direction") != Direction.OUT:
        return _addresses([fact.text.get("sender")])
    people = fact.text.get("people")
    return _addresses((people if isinstance(people, dict) else {}).get("to", ()))


def _addresses(pairs: Iterable[Any]) -> set[str]:
    return {str(pair[1]) for pair in pairs if isinstance(pair, list | tuple) and len(pair) > 1 and pair[1]}


def covered(facts: Iterable[Event], abouts: frozenset[str], persons: Mapping[str, int], key: bytes) -> set[str]:
    """What of these messages is erased by its ticket (`abouts` of erased ones) or by whose it is."""
    return {
        fact.about
        for fact in facts
        if fact.kind in FACT_KINDS and (about_ticket(home_of(fact)) in abouts or is_theirs(fact, persons, key))
    }
