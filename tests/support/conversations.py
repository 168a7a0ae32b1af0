"""Two thousand conversations of a support desk as raw mails, and which mails belong together.

The mail programs are those that customers have: they refer by References or In-Reply-To, rewrite them, leave only the
subject, the ticket's code or Outlook's conversation; colleagues answer from Cc, lists send a mail twice, strangers
write foreign codes, machines bear one Message-ID for ever.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from random import Random

from deskhelp.domain.codes import ticket_code, with_code
from deskhelp.domain.identity import mailbox_id, own_header_id, ticket_id_of
from deskhelp.mail.reader import read_mail
from deskhelp.services.mail_events import keys_of

DESK = "support@office.example"
MAILBOX = mailbox_id(DESK)
TEAM_KEY = b"conversations".ljust(32, b"\0")
START_MS = 1_700_000_000_000
HOUR_MS = 3_600_000
ANSWERS = ("Re: ", "RE: ", "AW: ", "Отв: ", "Ответ: ", "Odp: ", "SV: ", "R: ", "RES: ", "回复：")
MACHINES = ("Automatic reply: ", "Автоответ: ", "Abwesenheitsnotiz: ", "Réponse automatique : ", "自動返信: ")
TROUBLES = (
    "Printer {} is out of toner", "VPN drops at gate {}", "Счёт {} не открывается", "Не печатает накладная {}",
    "Drucker {} druckt nicht", "Facture {} introuvable", "请重置密码 {}", "プリンター{}が動きません",
)  # fmt: skip
WAYS = ("references", "in_reply_to", "rewritten", "code", "subject", "outlook", "colleague", "machine", "twice")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it arrives. `conversation` is what it truly belongs to, `way` how it says so."""

    raw: bytes
    at_ms: int
    conversation: int
    way: str
    is_sent: bool = False


def letters(conversations: int, seed: str) -> Iterator[Letter]:
    """All mails of so many conversations; each requester writes about three things, each of its own subject."""
    for number in range(conversations):
        yield from _Conversation(number, Random(f"{seed}/{number}")).letters()


class _Conversation:
    """One requester's trouble, from the first mail to the last."""

    def __init__(self, number: int, rng: Random) -> None:
        self._number, self._rng = number, rng
        company = f"company{number // 3}.example"
        self._requester, self._colleague = f"ann@{company}", f"bob@{company}"
        self._subject = rng.choice(TROUBLES).format(number)
        self._at_ms = START_MS + rng.randrange(8_000) * HOUR_MS
        self._guid = bytes(rng.randrange(256) for _ in range(16))
        self._ticket = ""
        self._names: list[str] = []
        self._is_known_to_colleague = rng.random() < 0.5

    def letters(self) -> Iterator[Letter]:
        rng = self._rng
        first = self._letter("start", self._mail(self._requester, self._subject, is_first=True))
        self._ticket = ticket_id_of(keys_of(read_mail(first.raw), MAILBOX).message_id)
        yield first
        for _ in range(min(9, int(rng.expovariate(0.5)))):
            self._at_ms += rng.randrange(1, 72) * HOUR_MS // 4
            if rng.random() < 0.45:
                yield self._letter("desk", self._answer_of_desk(), is_sent=True)
                continue
            way = rng.choice(WAYS)
            mail = self._answer_of_customer(way)
            yield self._letter(way, mail)
            if way == "twice":  # by a list and directly
                again = f"Received: from list.example; {format_datetime(self._date())}\r\n".encode() + mail.as_bytes()
                yield Letter(again, self._at_ms + 2000, self._number, way)
        if rng.random() < 0.05:
            yield self._stranger()

    def _letter(self, way: str, mail: EmailMessage, *, is_sent: bool = False) -> Letter:
        self._names.append(mail["Message-ID"])
        return Letter(mail.as_bytes(), self._at_ms, self._number, way, is_sent)

    def _date(self) -> datetime:
        return datetime.fromtimestamp(self._at_ms // 1000, UTC)

    def _mail(self, sender: str, subject: str, *, is_first: bool = False) -> EmailMessage:
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = f"{sender.partition('@')[0].title()} <{sender}>", DESK
        if sender == DESK:
            mail.replace_header("To", self._requester)
        if self._is_known_to_colleague and sender != self._colleague:
            mail["Cc"] = self._colleague
        mail["Subject"], mail["Date"] = subject, self._date()
        mail["Message-ID"] = f"<{self._rng.getrandbits(80):x}@{sender.partition('@')[2]}>"
        if is_first:
            mail["Thread-Index"] = self._index()
        mail.set_content(f"{subject}: {self._rng.random()}")
        return mail

    def _index(self) -> str:
        return base64.b64encode(b"\x01" + self._rng.randbytes(5) + self._guid + self._rng.randbytes(5)).decode()

    def _refer(self, mail: EmailMessage, names: list[str]) -> None:
        mail["References"], mail["In-Reply-To"] = " ".join(names[:1] + names[1:][-8:]), names[-1]

    def _answer_of_desk(self) -> EmailMessage:
        """Half of them written elsewhere, in a mail program that signs nothing and knows no codes."""
        mail = self._mail(DESK, f"Re: {self._subject}")
        self._refer(mail, self._names)
        if self._rng.random() < 0.5:
            name = own_header_id(self._ticket, f"{self._rng.getrandbits(80):x}", TEAM_KEY, "office.example")
            mail.replace_header("Message-ID", f"<{name}>")
            mail.replace_header("Subject", self._with_code(mail["Subject"]))
        return mail

    def _with_code(self, subject: str) -> str:
        return with_code(subject, ticket_code(self._ticket))

    def _answer_of_customer(self, way: str) -> EmailMessage:
        rng = self._rng
        prefix = rng.choice(MACHINES if way == "machine" else ANSWERS)
        sender = self._colleague if way == "colleague" else self._requester
        mail = self._mail(sender, prefix + self._subject)
        if way == "colleague" and not self._is_known_to_colleague:
            mail["Cc"] = self._requester
        if way in ("references", "colleague", "twice"):
            self._refer(mail, self._names)
        elif way == "in_reply_to":
            mail["In-Reply-To"] = rng.choice(self._names)
        elif way == "rewritten":  # an Exchange server names its own, and what it knew
            self._refer(mail, [f"<{rng.getrandbits(60):x}@exchange.example>", self._names[0]])
        elif way == "outlook":
            mail["In-Reply-To"] = f"<{rng.getrandbits(60):x}@lost.example>"
            mail["Thread-Index"] = self._index()
        elif way == "code":  # the code of the ticket, which only the desk could have given
            mail.replace_header("Subject", self._with_code(prefix + self._rng.choice([self._subject, "?"])))
        return mail

    def _stranger(self) -> Letter:
        """Somebody who has nothing to do with it writes a code, and an id that he has seen, into a mail of his own."""
        mail = self._mail(f"eve{self._number}@elsewhere.example", self._with_code(f"Re: {self._subject}"))
        del mail["Cc"]
        self._refer(mail, self._names[:1])
        return Letter(mail.as_bytes(), self._at_ms + HOUR_MS, -1 - self._number, "stranger")
