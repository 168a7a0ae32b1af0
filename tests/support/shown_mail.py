"""A mail with HTML as the window shows it, without a replica below."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage

from deskhelp.domain.conversation import MessageView
from deskhelp.domain.status import Channel, Delivery, Direction
from deskhelp.domain.threads import Reason
from deskhelp.domain.views import Person
from deskhelp.services import reading
from deskhelp.services.shown import ShownBody
from deskhelp.settings import Settings
from deskhelp.ui.facts import NO_FACTS
from deskhelp.ui.panes.message_card import MessageCard

SENDER = Person("Maria Ivanova", "maria@customer.example")
PLAIN = "The same as text."


def mail_of(page: str, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """A mail of two alternatives; `pictures` lie beside the page by their Content-IDs."""
    mail = EmailMessage()
    mail["From"] = "Maria Ivanova <maria@customer.example>"
    mail["Message-ID"] = "<1@customer.example>"
    mail.set_content(PLAIN)
    mail.add_alternative(page.encode("utf-8", "surrogatepass"), maintype="text", subtype="html", cte="base64")
    for name, data in (pictures or {}).items():
        mail.get_payload()[1].add_related(data, "image", "png", cid=f"<{name}>")  # type: ignore[union-attr, index]
    return mail.as_bytes()


def body_of(mail: bytes) -> ShownBody:
    """What a card shows of a mail, read anew."""
    return reading._from_mail("1", mail, "")


def card_of(body: ShownBody, settings: Settings | None = None) -> MessageCard:
    """The card of a customer's message with this body."""
    view = MessageView(
        id=body.message, ticket="", direction=Direction.IN, kind="", channel=Channel.MAIL, at_ms=1, sent_at_ms=1,
        sender=SENDER, to=(), cc=(), bcc=(), reply_to=(), agent="", subject="", text=PLAIN, header_id="",
        references=(), reason=Reason.STARTED, attachments=(), delivery=Delivery.NONE, delivery_text="",
        is_automatic=False, is_hidden=False, language="", has_raw=True, problems=(),
    )  # fmt: skip
    return MessageCard(view, body, NO_FACTS, 2, None, settings or Settings())
