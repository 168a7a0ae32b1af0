"""Finding and reading the mails of the selected folder."""

from __future__ import annotations

import imaplib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from .imap_fetch import Answer, FetchedMail, batches, parse_answers, parse_uid_set, uid_set
from .wire import WireClient

ITEMS = "(UID RFC822.SIZE INTERNALDATE FLAGS BODY.PEEK[])"
HEAD_BYTES = 256 * 1024
SIZES_AT_ONCE = 1000
SEQUENCES_AT_ONCE = 50_000
UNKNOWN_SIZE = 1 << 40
TOO_LARGE = "Only the beginning was loaded: the mail has {size} bytes, the limit is {limit}."
_ESEARCH_ALL = re.compile(rb"\bALL ([0-9:,]+)", re.IGNORECASE)


class Reader:
    """Reads from the folder that `client` has selected; raises imaplib's errors."""

    def __init__(self, client: WireClient) -> None:
        self._client = client
        self._wire = client.wire
        self.in_flight: tuple[int, ...] = ()

    # ---- finding

    def search(self, criteria: str, exists: int) -> list[int]:
        """UIDs that match, ascending. With ESEARCH one short line, else in windows of 50,000 mails."""
        if self._client.has_capability("ESEARCH"):
            return self._extended_search(criteria)
        if not exists:
            return self.plain_search(criteria)
        found: set[int] = set()
        # From the newest down: an EXPUNGE in between moves mails to lower numbers, where we look next.
        for high in range(exists, 0, -SEQUENCES_AT_ONCE):
            low = max(high - SEQUENCES_AT_ONCE + 1, 1)
            found.update(self.plain_search(f"{low}:{high} {criteria}"))
        return sorted(found)

    def plain_search(self, criteria: str) -> list[int]:
        """UIDs of one UID SEARCH, ascending."""
        data = self._uid("SEARCH", criteria)
        return sorted({int(number) for line in data if isinstance(line, bytes) for number in line.split()})

    def _extended_search(self, criteria: str) -> list[int]:
        self._wire.response("ESEARCH")
        self._uid("SEARCH", "RETURN (ALL)", criteria)
        _, lines = self._wire.response("ESEARCH")
        found: set[int] = set()
        for line in lines:
            if isinstance(line, bytes) and (match := _ESEARCH_ALL.search(line)):
                found.update(parse_uid_set(match[1]))
        return sorted(found)

    # ---- reading

    def fetch(self, uids: Collection[int], most_bytes: int, most_mails: int, size_limit: int) -> Iterator[FetchedMail]:
        """The mails of `uids`, ascending; expunged ones are left out."""
        remaining = iter(sorted(set(uids)))
        while group := list(islice(remaining, SIZES_AT_ONCE)):
            sizes = self._sizes(group)
            present = [uid for uid in group if uid in sizes]
            for batch in batches(present, sizes, most_bytes, most_mails):
                yield from self._batch(batch, sizes, size_limit)

    def headers(self, uids: Sequence[int], names: str) -> dict[int, bytes]:
        """The header fields `names` ("MESSAGE-ID REFERENCES") of each mail, as raw lines."""
        data = self._uid("FETCH", uid_set(uids), f"(UID BODY.PEEK[HEADER.FIELDS ({names})])")
        return {answer.uid: answer.body or b"" for answer in parse_answers(data)}

    def subjects(self, uids: str) -> Iterator[Answer]:
        """Flags and the subject line, as the body, of each mail in a set as IMAP writes it."""
        data = self._uid("FETCH", uids, "(UID FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
        return (answer for answer in parse_answers(data) if answer.body is not None)

    def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Sizes in bytes of those mails that are still there; UNKNOWN_SIZE where the server has none."""
        try:
            data = self._uid("FETCH", uid_set(uids), "(UID RFC822.SIZE)")
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            # One mail that the server cannot measure must not hide the others.
            if len(uids) == 1:
                return {uids[0]: UNKNOWN_SIZE}
            half = len(uids) // 2
            return self._sizes(uids[:half]) | self._sizes(uids[half:])
        answers = list(parse_answers(data))
        known = {a.uid: a.size for a in answers if a.size is not None}
        present = {a.uid for a in answers}
        return {uid: known.get(uid, UNKNOWN_SIZE) for uid in uids if uid in present}

    def _batch(self, uids: list[int], sizes: dict[int, int], size_limit: int) -> Iterator[FetchedMail]:
        if len(uids) == 1:
            yield from self._single(uids[0], sizes[uids[0]], size_limit)
            return
        try:
            answers = {a.uid: a for a in self._answers(uids, ITEMS) if a.body is not None or a.is_gone}
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            answers = {}
        missing = [uid for uid in uids if uid not in answers]
        again = {mail.uid: mail for part in _halves(missing) for mail in self._batch(part, sizes, size_limit)}
        for uid in uids:
            if uid in again:
                yield again[uid]
            elif uid in answers and not answers[uid].is_gone:
                yield _mail(answers[uid])

    def _single(self, uid: int, size: int, size_limit: int) -> Iterator[FetchedMail]:
        """One mail on its own: whole, its beginning if it is too large, or the reason why not."""
        is_large = size > size_limit
        items = ITEMS.replace("[]", f"[]<0.{HEAD_BYTES}>") if is_large else ITEMS
        try:
            # Only this mail was asked for, so a body without a UID is its body.
            answers = [replace(a, uid=uid) for a in self._answers([uid], items) if a.uid in (uid, 0)]
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            yield _unreadable(uid, str(error))
            return
        if whole := [a for a in answers if a.body is not None]:
            is_cut = is_large and len(whole[0].body or b"") >= HEAD_BYTES
            yield _mail(whole[0], TOO_LARGE.format(size=size, limit=size_limit) if is_cut else "")
        elif answers and not any(a.is_gone for a in answers):
            yield _unreadable(uid, "the answer holds no mail")

    def _answers(self, uids: Sequence[int], items: str) -> Iterator[Answer]:
        self.in_flight = tuple(uids)
        data = self._uid("FETCH", uid_set(uids), items)
        self.in_flight = ()
        return parse_answers(data)

    def _uid(self, command: str, *arguments: str) -> list[object]:
        """The untagged answers to one UID command; older ones that nobody asked for are dropped."""
        name = "SEARCH" if command == "SEARCH" else "FETCH"
        self._wire.untagged_responses.pop(name, None)
        status, data = self._wire.uid(command, *arguments)
        if status != "OK":
            raise self._wire.error(f"{command}: {data}")
        return list(data)


def _halves(uids: list[int]) -> list[list[int]]:
    half = (len(uids) + 1) // 2
    return [part for part in (uids[:half], uids[half:]) if part]


def _mail(answer: Answer, note: str = "") -> FetchedMail:
    size = answer.size if answer.size is not None else len(answer.body or b"")
    return FetchedMail(answer.uid, answer.internal_date_ms, size, answer.flags, answer.body, note, is_complete=not note)


def _unreadable(uid: int, detail: str) -> FetchedMail:
    problem = f"The server could not hand over this mail: {detail}"[:500]
    return FetchedMail(uid, 0, 0, (), None, problem, is_complete=False)
