"""A mail as a page for the browser: as its sender meant it, and as silent as it is in the window.

The page can run nothing, send nothing and, unless the agent has asked for the pictures of this mail or trusts its
sender with them, ask nobody on the network for anything.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final
from urllib.parse import unquote, urlsplit

from deskhelp.db import details
from deskhelp.domain.links import encoded

from .office import Office

MAX_PICTURES: Final = 40
MAX_PICTURES_BYTES: Final = 25_000_000
# A page's own refreshing, base address, scripts, and what asks servers for something before it is shown; the policy
# below stops most of it too, but says nothing of refreshing and of names that are looked up early.
_ACTIVE_TAGS: Final = re.compile(
    r"<\s*/?\s*(?:meta|base|link|script|i?frame|frameset|object|embed|applet|portal|form)(?![\w-])[^>]*>?",
    re.IGNORECASE,
)
_REPORTS: Final = re.compile(r"(?<![\w-])(?:ping(?=\s*=)|attributionsrc)", re.IGNORECASE)
_CID: Final = re.compile(r"cid:([^\s\"'<>()&]+)", re.IGNORECASE)
_HOST: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?")
_MAGIC: Final = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"RIFF", "webp"))
_PAGE: Final = (
    '<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
    '<meta http-equiv="x-dns-prefetch-control" content="off">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src {pictures}; '
    "style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; upgrade-insecure-requests\">"
    "<title>{title}</title></head><body>{body}</body></html>"
)


def browser_page(office: Office, message_id: str, *, shows_network: bool = False) -> str:
    """The page of a message, the pictures that came with it inside; NotFound if its mail was erased.

    With `shows_network` pictures are loaded from the hosts from which the window would load them, over TLS.
    """
    from deskhelp.mail.html import clean_html
    from deskhelp.mail.reader import part_bytes, read_mail

    raw = details.raw_of(office.replica, message_id)
    read = read_mail(raw)
    markup = f"<pre>{escape(read.text)}</pre>"
    hosts: list[str] = []
    if read.html:
        named = {unquote(found) for found in _CID.findall(read.html)}
        wanted = [part for part in read.attachments if part.content_id in named][:MAX_PICTURES]
        inside = {part.content_id: part_bytes(raw, part.index) for part in wanted}
        markup = _with_pictures(_REPORTS.sub("data-off", _ACTIVE_TAGS.sub(" ", read.html)), inside)
        hosts = _hosts_of(place.url for place in clean_html(read.html).remote) if shows_network else []
    values = {"{pictures}": " ".join(["data:", *hosts]), "{title}": escape(read.subject), "{body}": markup}
    return re.sub("|".join(map(re.escape, values)), lambda found: values[found[0]], _PAGE)


def _with_pictures(markup: str, inside: Mapping[str, bytes]) -> str:
    """The markup with the pictures that came with the mail in the place of their names."""
    room = MAX_PICTURES_BYTES

    def address(found: re.Match[str]) -> str:
        nonlocal room
        data = inside.get(unquote(found[1]), b"")
        kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
        room -= len(data)
        if not kind or room < 0:
            return found[0]
        return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"

    return _CID.sub(address, markup)


def _hosts_of(urls: Iterable[str]) -> list[str]:
    """The hosts of addresses as a policy names them; what could say more than a host there is left out."""
    found = {}
    for url in urls:
        parts = urlsplit(url)
        host = encoded(parts.hostname or "")
        if parts.scheme == "https" and parts.netloc.rpartition(":")[2].isdigit():
            host = f"{host}:{parts.netloc.rpartition(':')[2]}"
        if _HOST.fullmatch(host):
            found[f"https://{host}"] = True
    return list(found)[:MAX_PICTURES]
