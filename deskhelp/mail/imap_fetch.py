"""Mails as a server hands them over: reading FETCH answers, planning what to ask for at once.

imapclient's own reader takes four times as long and gives up a whole batch for one bad answer.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_FLAGS = re.compile(rb"FLAGS \(([^)]*)\)", re.IGNORECASE)
_UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)
_INTERNAL_DATE = re.compile(
    rb'\bINTERNALDATE " ?(\d{1,2})-([A-Z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', re.IGNORECASE
)
_BODY_LITERAL = re.compile(rb"\bBODY\[[^\]]*\](?:<\d+>)? \{\d+\+?\}$", re.IGNORECASE)
_BODY_QUOTED = re.compile(rb'\bBODY\[[^\]]*\](?:<\d+>)? "((?:[^"\\]|\\.)*)"', re.IGNORECASE | re.DOTALL)
_BODY_NIL = re.compile(rb"\bBODY\[[^\]]*\](?:<\d+>)? NIL", re.IGNORECASE)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_MONTHS = {
    name: number for number, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """One mail of a folder.

    `raw` is the mail byte for byte; None if the server could not hand it over, and then `problem` says
    why, for an agent. With `is_complete` False `raw` is only its beginning (it is larger than the limit).
    `internal_date_ms` is UTC, 0 if the server did not say. `size` is what the server claims, in bytes.
    """

    uid: int
    internal_date_ms: int
    size: int
    flags: tuple[str, ...]
    raw: bytes | None
    problem: str = ""
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """One FETCH answer; what the server left out is None, a UID left out is 0.

    `is_gone`: the mail was expunged meanwhile.
    """

    uid: int
    size: int | None
    internal_date_ms: int
    flags: tuple[str, ...]
    body: bytes | None
    is_gone: bool


def parse_answers(data: Iterable[object]) -> Iterator[Answer]:
    """The answers in imaplib's data for FETCH, unsolicited ones (new flags) among them."""
    for text, body in _responses(data):
        yield _answer(text, body)


def batches(uids: Sequence[int], sizes: Mapping[int, int], most_bytes: int, most_mails: int) -> Iterator[list[int]]:
    """`uids` in order, cut so that no batch exceeds `most_bytes` (one mail alone may) or `most_mails`."""
    batch: list[int] = []
    total = 0
    for uid in uids:
        size = sizes[uid]
        if batch and (len(batch) >= most_mails or total + size > most_bytes):
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += size
    if batch:
        yield batch


def uid_set(uids: Iterable[int]) -> str:
    """Ascending `uids` as IMAP writes a set: "1:5,7"."""
    parts: list[str] = []
    first = last = 0
    for uid in [*uids, 0]:
        if last and uid == last + 1:
            last = uid
            continue
        if last:
            parts.append(str(first) if first == last else f"{first}:{last}")
        first = last = uid
    return ",".join(parts)


def parse_uid_set(text: bytes) -> list[int]:
    """The numbers of a set as a server writes it, ascending; "*" does not occur there."""
    found: set[int] = set()
    for part in text.split(b","):
        first, _, last = part.partition(b":")
        low, high = sorted((int(first), int(last or first)))
        found.update(range(low, high + 1))
    return sorted(found)


def _responses(data: Iterable[object]) -> Iterator[tuple[bytes, bytes | None]]:
    """Each FETCH answer's text without literals, and its body's literal if it has one.

    imaplib gives, for each answer, any number of (text before a literal, literal) and then the rest.
    """
    text, body = b"", None
    for item in data:
        if isinstance(item, tuple):
            head, literal = item
            text += head
            if body is None and _BODY_LITERAL.search(head):
                body = literal
        elif isinstance(item, bytes):
            yield text + item, body
            text, body = b"", None


def _answer(text: bytes, body: bytes | None) -> Answer:
    flags = _FLAGS.search(text)
    if flags:  # a keyword may be called anything, "UID" too
        text = text[: flags.start()] + text[flags.end() :]
    if body is None and (quoted := _BODY_QUOTED.search(text)):
        body = _ESCAPED.sub(rb"\1", quoted[1])
        text = text[: quoted.start()] + text[quoted.end() :]
    uid, size = _UID.search(text), _SIZE.search(text)
    return Answer(
        uid=int(uid[1]) if uid else 0,
        size=int(size[1]) if size else None,
        internal_date_ms=_date_ms(text),
        flags=tuple(flag.decode("latin-1") for flag in flags[1].split()) if flags else (),
        body=body,
        is_gone=body is None and _BODY_NIL.search(text) is not None,
    )


def _date_ms(text: bytes) -> int:
    found = _INTERNAL_DATE.search(text)
    month = _MONTHS.get(found[2].lower()) if found else None
    if not found or not month or found[3] == b"0000":
        return 0
    day, year, hour, minute, second = (int(found[n]) for n in (1, 3, 4, 5, 6))
    offset_s = (int(found[8]) * 60 + int(found[9])) * 60 * (-1 if found[7] == b"-" else 1)
    return (timegm((year, month, day, hour, minute, second)) - offset_s) * 1000
