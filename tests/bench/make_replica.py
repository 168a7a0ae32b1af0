"""A replica of a busy office of some years, made of real events and kept between runs: for measuring, not for tests.

The proportions: two and a half messages to a ticket, two thirds Russian, 1.5 kB of UTF-8 a mail, words by Zipf's law,
most tickets long done, some hundreds open, some snoozed, escalated, overdue, tagged.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from deskhelp.db.file import SCHEMA_VERSION
from deskhelp.db.replica import FOLD_VERSION, Replica
from deskhelp.domain.events import (
    FIELD_SET,
    ITEM_ADDED,
    MAIL_RECEIVED,
    Event,
    about_entity,
    about_message,
    about_ticket,
)
from deskhelp.domain.identity import derived_event_id, digest, mail_keys, mailbox_id, ticket_id_of
from deskhelp.domain.ticket import seen_mark
from tests.bench.testbed import CACHE

NOW_MS: Final = 1_790_000_000_000
"""The moment at which the made office stands; queries are asked with it."""
AGENT: Final = digest("agent", "0")
_MAKING: Final = 1
"""Raised when what is made changes, so that no older cached file is taken."""
_STEP_MS: Final = 11 * 60_000
_BATCH: Final = 2000
_MAILBOXES: Final = ("support@office.example", "sales@office.example")
_TAGS: Final = ("принтер", "vpn", "счёт", "возврат", "access", "hardware", "срочно", "1C")
_OFFICE_RU: Final = [
    "принтер",
    "заявка",
    "заявок",
    "оплата",
    "счёт",
    "доступ",
    "пароль",
    "почта",
    "сервер",
    "ошибка",
    "заказ",
    "возврат",
    "доставка",
    "договор",
    "отчёт",
    "пожалуйста",
    "спасибо",
    "здравствуйте",
    "не",
    "работает",
    "компьютер",
    "монитор",
    "обновление",
    "ссылка",
    "письмо",
    "телефон",
    "отдел",
    "сегодня",
]
_OFFICE_EN: Final = [
    "printer",
    "invoice",
    "order",
    "refund",
    "password",
    "access",
    "vpn",
    "error",
    "server",
    "please",
    "thanks",
    "hello",
    "not",
    "working",
    "update",
    "link",
    "delivery",
    "account",
    "login",
    "screen",
    "monitor",
    "phone",
    "today",
    "office",
    "meeting",
    "license",
    "contract",
    "report",
]
_FIRST: Final = ("Мария", "Иван", "Ольга", "Пётр", "Anna", "John", "Елена", "Сергей", "Kate", "Дмитрий")
_LAST: Final = ("Иванова", "Петров", "Сидорова", "Кузнецов", "Smith", "Brown", "Смирнова", "Попов", "Müller", "Орлов")


def replica_of(messages: int = 100_000) -> Path:
    """The database of a replica with so many messages; made once, then taken from the cache.

    It lies alone in its folder under the name that a profile gives it, so that the folder is a profile.
    """
    folder = CACHE / f"replica-{messages}-{_MAKING}.{SCHEMA_VERSION}.{FOLD_VERSION}"
    done = folder / "made"
    path = folder / "desk.sqlite"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        _make(path, messages)
        done.touch()
    return path


def _make(path: Path, messages: int) -> None:
    with Replica.open(path) as replica:
        replica.database.execute_sql("PRAGMA synchronous = OFF")
        replica.append([_draft_of(event) for event in _entities()])
        batch: list[Event] = []
        for event in Office(random.Random(messages), messages).events():
            batch.append(event)
            if len(batch) >= _BATCH:
                replica.apply(batch, "bench")
                batch = []
        replica.apply(batch, "bench")
        replica.database.execute_sql("INSERT INTO message_fts (message_fts) VALUES ('optimize')")
        replica.database.execute_sql("PRAGMA optimize")
        replica.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _draft_of(event: Event) -> Any:
    from deskhelp.domain.events import EventDraft

    return EventDraft(event.kind, event.about, event.at_ms, event.agent, event.body, event.text, event.id)


def _entities() -> Iterator[Event]:
    for number, name in enumerate(("Я Агент", "Ann Colleague", "Борис Коллега", "Lead Person")):
        yield from _entity("agent", digest("agent", str(number)), name=name, address=f"agent{number}@office.example")
    for name in _TAGS:
        yield from _entity("tag", digest("tag", name.replace("ё", "е").casefold()), name=name, color="#4070a0")
    for address in _MAILBOXES:
        yield from _entity("mailbox", mailbox_id(address), name=address.partition("@")[0], address=address)


def _entity(kind: str, entity_id: str, **fields: str) -> Iterator[Event]:
    for name, value in fields.items():
        body = {"field": name, "value": value, "replaces": [], "version": 1}
        yield Event(digest("make", kind, entity_id, name), FIELD_SET, about_entity(kind, entity_id), 1, "", body)


class Office:
    """The life of an office as a stream of events, oldest first, the same for the same numbers."""

    def __init__(self, rng: random.Random, messages: int) -> None:
        self._rng = rng
        self._messages = messages
        self._russian = self._vocabulary("оаеинтсрвлкмдпуяыьгзбчйхжшюцщэф", _OFFICE_RU, 24_000)
        self._english = self._vocabulary("etaoinshrdlcumwfgypbvk", _OFFICE_EN, 12_000)
        self._made = 0

    def _vocabulary(self, letters: str, known: Sequence[str], size: int) -> tuple[list[str], list[float]]:
        made = ["".join(self._rng.choices(letters, k=self._rng.randint(3, 11))) for _ in range(size - len(known))]
        places = list(range(len(known)))
        words = made
        for place in places:  # office words among the hundred or so most used, not in front of all
            words.insert(4 * place + 8, known[place])
        total, weights = 0.0, []
        for rank in range(size):
            total += (rank + 6) ** -1.08
            weights.append(total)
        return words, weights

    def events(self) -> Iterator[Event]:
        number = 0
        while self._made < self._messages:
            yield from self._ticket(number)
            number += 1

    def _ticket(self, number: int) -> Iterator[Event]:
        rng = self._rng
        at_ms = NOW_MS - (self._messages - self._made) * _STEP_MS
        age = (self._messages - self._made) / self._messages
        person = rng.randrange(max(10, self._messages // 12))
        count = min(1 + int(rng.expovariate(1 / 1.55)), 30, self._messages - self._made)
        mails = list(self._conversation(number, person, at_ms, count))
        yield from mails
        ticket = ticket_id_of(mails[0].about.partition(":")[2])
        yield from self._changes(ticket, mails, age)

    def _conversation(self, number: int, person: int, at_ms: int, count: int) -> Iterator[Event]:
        rng = self._rng
        words, weights = self._russian if rng.random() < 0.66 else self._english
        subject = " ".join(rng.choices(words, cum_weights=weights, k=rng.randint(2, 7))).capitalize()
        name = f"{_FIRST[person % 10]} {_LAST[person // 10 % 10]}"
        headers: list[str] = []
        for place in range(count):
            is_out = place % 2 == 1
            text = " ".join(rng.choices(words, cum_weights=weights, k=int(rng.lognormvariate(4.4, 0.7)) + 8))
            header = f"{number}.{place}@mail.example"
            yield self._mail(header, headers[-3:], name, person, subject, text, at_ms + place * 3_000_000, is_out)
            headers.append(header)
            self._made += 1

    def _mail(
        self,
        header: str,
        references: list[str],
        name: str,
        person: int,
        subject: str,
        text: str,
        at_ms: int,
        is_out: bool,
    ) -> Event:
        rng = self._rng
        address, box = f"person{person}@client{person % 97}.example", _MAILBOXES[person % 5 == 0]
        inside, outside = ["Support", box], [name, address]
        keys = mail_keys(
            box, header_id=header, raw_date="", sender="", recipients="", subject="", received="", content=header
        )
        files = [[2, f"Скан {rng.randrange(999)}.pdf", "application/pdf", 90_000, "", False, ""]]
        body = {
            "mailbox": mailbox_id(box),
            "direction": "out" if is_out else "in",
            "coarse": keys.coarse,
            "raw": "",
            "kind": "person",
            "at_ms": at_ms,
            "parser": 1,
        }
        content = {
            "header_id": header,
            "references": references,
            "sender": inside if is_out else outside,
            "people": {"to": [outside if is_out else inside]},
            "participants": [address],
            "subject": f"Re: {subject}" if references else subject,
            "base_subject": subject.casefold(),
            "is_reply": bool(references),
            "text": text,
            "sent_at_ms": at_ms,
            "attachments": files if rng.random() < 0.15 else [],
        }
        event_id = derived_event_id(MAIL_RECEIVED, keys.message_id)
        return Event(event_id, MAIL_RECEIVED, about_message(keys.message_id), at_ms, "", body, content)

    def _changes(self, ticket: str, mails: Sequence[Event], age: float) -> Iterator[Event]:
        rng = self._rng
        at_ms = mails[-1].at_ms + 600_000
        agent = digest("agent", str(rng.randrange(4)))
        marks = [seen_mark(mail.about.partition(":")[2]) for mail in mails]
        if rng.random() < 0.8:
            yield _set(ticket, "assignee", agent, at_ms, agent)
        if age > 0.03 or rng.random() < 0.5:
            status = rng.choices(("solved", "closed", "spam", "pending", "on_hold"), (30, 60, 4, 2, 1))[0]
            yield _set(ticket, "status", status, at_ms, agent, marks)
        elif rng.random() < 0.1:
            yield _set(ticket, "snoozed_until_ms", NOW_MS + 86_400_000, at_ms, agent, marks)
        if rng.random() < 0.3:
            tag = digest("tag", rng.choice(_TAGS).replace("ё", "е").casefold())
            body = {"set": "tags", "item": tag}
            yield Event(digest("tagged", ticket), ITEM_ADDED, about_ticket(ticket), at_ms, agent, body)
        if rng.random() < 0.01:
            value = {"level": 1, "to": agent, "reason": "waits too long"}
            yield _set(ticket, "escalation", value, at_ms, agent)
        if rng.random() < 0.05:
            yield _set(ticket, "due_ms", at_ms + 4 * 86_400_000, at_ms, agent)
        if rng.random() < 0.1:
            yield _set(ticket, "priority", rng.choice(("low", "high", "urgent")), at_ms, agent)


def _set(ticket: str, name: str, value: Any, at_ms: int, agent: str, seen: Sequence[str] = ()) -> Event:
    body = {"field": name, "value": value, "replaces": [], "version": 1, "seen": list(seen)}
    return Event(digest("changed", ticket, name), FIELD_SET, about_ticket(ticket), at_ms, agent, body)
