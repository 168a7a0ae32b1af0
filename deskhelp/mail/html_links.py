"""The links of an HTML mail: those that may be opened keep their address, the others are only text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from deskhelp.domain.links import MAX_ADDRESS, SCHEMES, Doubt, as_browsers, doubt, target_of

MAX_LINKS: Final = 2_000
MAX_TEXT: Final = 2_000
_ENDS_LINE: Final = frozenset({"br", "div", "p", "td", "th", "tr", "table", "li", "h1", "h2", "h3", "h4"})
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
    for anchor in list(tree.iter("a")):
        address = settled_address(anchor.get("href") or "")
        target = target_of(address) if address and len(found) < MAX_LINKS else None
        if target is None:
            anchor.attrib.pop("href", None)
            anchor.tag = "span"  # it does not look like a link either
            continue
        anchor.set("href", address)
        said = _said(anchor)[:MAX_TEXT]
        found.append(Link(" ".join(said.split())[:500], address, target.host, doubt(said, address)))
    return tuple(found)


def _said(anchor: Any) -> str:
    """The lines of a link as they are read; the names of its pictures where these are all there is."""
    if not len(anchor):
        return " ".join((anchor.text or "").split())
    pieces = []
    for child in anchor.iter():
        if child.tag in _ENDS_LINE:
            pieces.append("\n")
        pieces.append(" ".join(f"|{child.text or ''}|".split())[1:-1])
        if child is not anchor:
            pieces.append("\n" if child.tag in _ENDS_LINE else "")
            pieces.append(" ".join(f"|{child.tail or ''}|".split())[1:-1])
    said = "".join(pieces)
    return said if said.strip() else "\n".join(image.get("alt") or "" for image in anchor.iter("img"))


def settled_address(address: str) -> str:
    """An address as browsers understand it, "" for a kind that is not opened."""
    address = re.sub(r"[\t\r\n\x00]", "", address).strip()
    if address.startswith("//"):
        address = "https:" + address
    elif _BARE_HOST.match(address):
        address = "http://" + address
    scheme = address.partition(":")[0].lower()
    return as_browsers(address) if scheme in SCHEMES and len(address) <= MAX_ADDRESS else ""
