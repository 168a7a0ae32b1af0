"""The pictures of an HTML mail: those that came with it are shown, those on the network wait until they are asked for,
those that only tell the sender that somebody reads are taken out."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlsplit

MAX_REMOTE: Final = 60
MAX_EMBEDDED: Final = 20
MAX_EMBEDDED_BYTES: Final = 8_000_000
MAX_SIDE: Final = 2_000
TRACKING_SIDE: Final = 3
CID, EMBEDDED, REMOTE = "cid", "embedded", "remote"
"""Schemes that a shown picture may have: of a part, of a ``data:`` address taken out, of a place on the network."""
_DATA: Final = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp)(?:;[\w=-]{1,30})?;base64,(?P<data>[A-Za-z0-9+/=%\s]{16,})", re.IGNORECASE
)
_STYLE_SIZE: Final = re.compile(
    r"(?:^|;)\s*(?P<side>(?:max-)?(?:width|height))\s*:\s*(?P<size>\d{1,5})(?:\.\d+)?\s*(?:px)?\s*(?=!|;|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RemotePicture:
    """A picture on the network. `width` and `height` are what the mail says in pixels, 0 where it does not."""

    url: str
    alt: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a page shows: Content-IDs of parts, bytes that stood in its source by number, places on the network."""

    cids: frozenset[str] = frozenset()
    embedded: Mapping[str, bytes] = field(default_factory=dict)
    remote: tuple[RemotePicture, ...] = ()


def take_embedded(html: str) -> tuple[str, dict[str, bytes]]:
    """The source with numbers for its ``data:`` pictures, and their bytes: a screenshot is longer than all the rest."""
    if "base64," not in html:
        return html, {}
    found: dict[str, bytes] = {}
    total = 0

    def taken(match: re.Match[str]) -> str:
        nonlocal total
        data = _decoded(match["data"]) if len(found) < MAX_EMBEDDED and total < MAX_EMBEDDED_BYTES else b""
        total += len(data)
        if not data:
            return "data:,"
        found[str(len(found))] = data
        return f"{EMBEDDED}:{len(found) - 1}"

    return _DATA.sub(taken, html), found


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(re.sub(r"\s+", "", unquote(text)) + "==")[:MAX_EMBEDDED_BYTES]
    except (binascii.Error, ValueError):
        return b""


def settle_pictures(tree: Any, embedded: Mapping[str, bytes], *, keeps_places: bool) -> Pictures:
    """Make every ``img`` one that can be shown or nothing at all; with `keeps_places` those of the network keep their
    place by number, else their words stand there."""
    cids: set[str] = set()
    shown: dict[str, bytes] = {}
    remote: list[RemotePicture] = []
    for image in list(tree.iter("img")):
        source = re.sub(r"[\x00-\x20]", "", image.get("src") or "")
        scheme, _, name = source.partition(":")
        width, height = _size(image, "width"), _size(image, "height")
        if scheme.lower() == CID and name:
            cids.add(unquote(name))
            _keep(image, f"{CID}:{unquote(name)}", width)
        elif scheme == EMBEDDED and name in embedded:
            shown[name] = embedded[name]
            _keep(image, source, width)
        elif (url := _remote_url(source)) and not is_tracking(width, height):
            remote.append(RemotePicture(url, _alt(image), width or 0, height or 0))
            if keeps_places and len(remote) <= MAX_REMOTE:
                _keep(image, f"{REMOTE}:{len(remote) - 1}", width)
            else:
                _leave_words(image)
        else:
            _leave_words(image)
    return Pictures(frozenset(cids), shown, tuple(remote))


def _remote_url(source: str) -> str:
    """The address of a picture on the network, "" for all else; nameless hosts and paths of files are nothing."""
    if source.startswith("//"):
        source = "https:" + source
    try:
        parts = urlsplit(source)
        is_one = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and "\\" not in source
    except ValueError:
        return ""
    return source if is_one and len(source) <= MAX_SIDE else ""


def is_tracking(width: int | None, height: int | None) -> bool:
    """A picture that nobody can see is there to report that the mail was opened."""
    return any(side is not None and side <= TRACKING_SIDE for side in (width, height)) and not _is_rule(width, height)


def _is_rule(width: int | None, height: int | None) -> bool:
    """A line across the page is thin one way and long the other."""
    return max(width or 0, height or 0) >= 40


def _size(image: Any, side: str) -> int | None:
    """A side as the mail gives it in pixels, in the style or as an attribute; None where it does not."""
    sizes = {found["side"].lower(): int(found["size"]) for found in _STYLE_SIZE.finditer(image.get("style") or "")}
    for known in (sizes.get(side), _pixels(image.get(side)), sizes.get(f"max-{side}")):
        if known is not None:
            return min(known, MAX_SIDE)
    return None


def _pixels(value: str | None) -> int | None:
    found = re.match(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$", value or "")
    return int(found[1]) if found else None


def _alt(image: Any) -> str:
    return " ".join((image.get("alt") or "").split())[:200]


def _keep(image: Any, source: str, width: int | None) -> None:
    """The height follows from the width, which is no wider than the page: nothing is stretched."""
    for name in ("srcset", "height", "width", "style", "background", "title"):
        image.attrib.pop(name, None)
    image.set("src", source)
    if width:
        image.set("width", str(width))


def _leave_words(image: Any) -> None:
    """The words of a picture in its place; text is not joined to the text before it, which costs more with each."""
    alt = _alt(image)
    if not alt and not image.tail:
        image.getparent().remove(image)
        return
    image.tag = "span"
    image.attrib.clear()
    image.text = f"[{alt}]" if alt else None
