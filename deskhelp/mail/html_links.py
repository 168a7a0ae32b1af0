"""The links of an HTML mail: those that may be opened keep their address, the others are only text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from deskhelp.domain.links import MAX_ADDRESS, SCHEMES, Doubt, doubt, target_of

MAX_LINKS: Final = 2_000
_BARE_HOST: Final = re.compile(r"www\.[\w-]+\.[\w.-]+(?:[/?#]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a mail. `host` is where it really leads, for people; `doubt` why not to follow it unasked."""

    text: str
    target: str
    host: str
    doubt: Doubt

    @property
    def is_suspicious(self) -> bool:
        return self.doubt is not Doubt.NONE


def settle_links(tree: Any) -> tuple[Link, ...]:
    """Give every ``a`` an address that may be opened, or none; in the order of the page."""
    found: list[Link] = []
    for anchor in tree.iter("a"):
        address = settled_address(anchor.get("href") or "")
        target = target_of(address) if address and len(found) < MAX_LINKS else None
        if target is None:
            anchor.attrib.pop("href", None)
            continue
        anchor.set("href", address)
        text = " ".join(anchor.text_content().split())[:500]
        found.append(Link(text, address, target.host, doubt(text, address)))
    return tuple(found)


def settled_address(address: str) -> str:
    """An address as browsers understand it, "" for a kind that is not opened."""
    address = re.sub(r"[\t\r\n\x00]", "", address).strip()
    if address.startswith("//"):
        address = "https:" + address
    elif _BARE_HOST.match(address):
        address = "http://" + address
    scheme = address.partition(":")[0].lower()
    return address if scheme in SCHEMES and len(address) <= MAX_ADDRESS else ""
