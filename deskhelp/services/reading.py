"""What the window asks of an opened office. Plain reads, made for the reading thread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from deskhelp.db import details, raws
from deskhelp.domain.conversation import AttachmentView, MessageView
from deskhelp.domain.errors import NotFound
from deskhelp.domain.identity import blob_id
from deskhelp.domain.status import Direction

from .bounded import Bounded
from .conflicts import rivals_of
from .hinting import hints_of
from .office import Office
from .shown import Opened, RemotePicture, ShownBody, ShownLink

if TYPE_CHECKING:
    from deskhelp.mail.html import CleanHtml

BODIES_AT_ONCE: Final = 3
MAX_SOURCE: Final = 400_000
MAX_PICTURES: Final = 40
KEPT: Final = 200
KEPT_BYTES: Final = 48_000_000
OVERHEAD: Final = 2_000
# Markup that says more than its text does: without any of it the plain text reads better.
_TELLING: Final = re.compile(
    r"<(?:table|img|ul|ol|h[1-6]|strong|b|em|i|u|hr|pre|code|s)\b|background|(?<![-\w])color\s*:", re.IGNORECASE
)

# Families of type, and the sizes that mean "ordinary text" in one program or another.
_BODY_TYPE: Final = re.compile(
    r"font-family\s*:(?P<family>(?:&quot;|[^;\"])*);?"
    r"|font-size\s*:\s*(?:1[0-3](?:\.\d+)?pt|1[2-7](?:\.\d+)?px|small|medium)\s*;?",
    re.IGNORECASE,
)
_TYPEWRITER: Final = re.compile(r"mono|courier|consolas|menlo|monaco", re.IGNORECASE)


def _size_of(body: ShownBody) -> int:
    """About how much memory a body takes; the text that is folded away is in the key too."""
    texts = 2 * len(body.quoted) + len(body.html) + len(body.quoted_html)
    addresses = sum(len(link.text) + len(link.target) for link in body.links) + sum(len(p.url) for p in body.remote)
    pictures = sum(len(data) for found in (body.pictures, body.embedded) for data in found.values())
    return OVERHEAD + 2 * (texts + addresses) + pictures  # Cyrillic takes two bytes a letter


_kept: Final = Bounded[ShownBody](KEPT, KEPT_BYTES, _size_of)


def opened(office: Office, reference: str) -> Opened:
    """A ticket as the window shows it, with the bodies of its newest messages, as many as are in sight at first.

    NotFound if there is none.
    """
    ticket = details.resolve_ticket(office.replica, reference)
    detail = details.ticket_detail(office.replica, ticket)
    shown = [message for message in detail.messages if not message.is_hidden]
    others = details.other_tickets(office.replica, detail.summary)
    return Opened(
        detail,
        bodies(office, shown[-BODIES_AT_ONCE:]),
        others,
        hints_of(office, detail, others),
        rivals_of(office, ticket) if detail.summary.conflicts else (),
    )


def load_reader() -> None:
    """Load what reads mail, before the first mail is opened."""
    from deskhelp.mail import html, reader  # noqa: F401


def bodies(office: Office, messages: Sequence[MessageView]) -> dict[str, ShownBody]:
    """What the cards of these messages show."""
    return {message.id: body(office, message) for message in messages}


def body(office: Office, message: MessageView) -> ShownBody:
    """What the card of one message shows; its plain text alone where the mail cannot be read again."""
    quoted = _quoted(message.text, details.full_text(office.replica, message.id))
    if not message.has_raw or message.direction is not Direction.IN:
        return ShownBody(message.id, quoted)
    try:
        raw = details.raw_of(office.replica, message.id)
    except NotFound:
        return ShownBody(message.id, quoted, is_awaited=raws.is_looking(office.replica))
    if message.forwarded_by and not _is_written_by(raw, message.sender.address):
        return ShownBody(message.id, quoted)  # the customer's words inside a colleague's mail: its page has both
    # By a digest of the mail and not by the mail, which would be kept with it.
    return _kept.get((message.id, blob_id(raw), quoted), lambda: _from_mail(message.id, raw, quoted))


def _is_written_by(raw: bytes, address: str) -> bool:
    from deskhelp.mail.reader import read_mail

    return read_mail(raw).sender.address.casefold() == address.casefold()


def _from_mail(message_id: str, raw: bytes, quoted: str) -> ShownBody:
    from deskhelp.mail.html import clean_html
    from deskhelp.mail.reader import part_bytes, read_mail

    if b"text/html" not in raw.lower():
        return ShownBody(message_id, quoted)
    read = read_mail(raw)
    if not read.html:
        return ShownBody(message_id, quoted)
    clean = clean_html(read.html, keeps_places=True)
    keeps_quote = bool(quoted) and not clean.quoted  # its history could not be told apart: the plain text's can
    if keeps_quote or not (_TELLING.search(clean.html) or _has_links(clean, read.text)):
        return ShownBody(message_id, quoted)
    wanted = [part for part in read.attachments if part.content_id in clean.cids][:MAX_PICTURES]
    return ShownBody(
        message_id,
        "" if clean.quoted else quoted,
        _in_our_type(clean.html),
        _in_our_type(clean.quoted),
        tuple(ShownLink(link.text, link.target, link.doubt) for link in clean.links),
        {part.content_id: part_bytes(raw, part.index) for part in wanted},
        clean.embedded,
        tuple(RemotePicture(place.url, place.alt, place.width, place.height) for place in clean.remote),
        clean.is_cut,
    )


def _has_links(clean: CleanHtml, text: str) -> bool:
    """Whether markup leads somewhere where the plain text does not: ``see here`` without its address."""
    for link in clean.links:
        address = link.target.removeprefix("mailto:").rstrip("/")
        if address not in text and link.text and f'href="{escape(link.target)}"' in clean.html:
            return True
    return False


def _in_our_type(markup: str) -> str:
    """Markup in the window's own type: the sender's sizes stay where they mean something (headings, small print)."""
    return _BODY_TYPE.sub(_ours, markup)


def _ours(found: re.Match[str]) -> str:
    return "font-family: monospace;" if _TYPEWRITER.search(found["family"] or "") else ""


def _quoted(reply: str, full: str) -> str:
    """What of the full text the reply text leaves out; all of it where they do not fit together."""
    head, rest = reply.strip(), full.strip()
    if head == rest:
        return ""
    return rest[len(head) :].strip() if head and rest.startswith(head) else rest


def attachment(office: Office, view: AttachmentView) -> bytes:
    """The bytes of an attachment; NotFound if its mail was erased."""
    from deskhelp.mail.reader import part_bytes

    return part_bytes(details.raw_of(office.replica, view.message), view.part)


def source(office: Office, message_id: str) -> str:
    """The raw mail for people to look at, cut where it is very long."""
    raw = details.raw_of(office.replica, message_id)
    return raw[:MAX_SOURCE].decode("utf-8", "replace") + ("\n[…]" if len(raw) > MAX_SOURCE else "")
