"""The items of a team as messages of a folder: how one is written and read, and which message holds which item."""

from __future__ import annotations

import base64
import email
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.policy import compat32
from email.utils import formatdate
from itertools import islice
from typing import Final

from deskhelp.domain.segments import is_item_name, is_replica_id

PART_BYTES: Final = 8 * 1024 * 1024
_LIVE: Final = "live/"
_CHANGES: Final = ("seg/", "txt/")
_SUBJECT: Final = re.compile(rb"^subject:(.*)", re.IGNORECASE | re.DOTALL)
_LABEL: Final = re.compile(r"(?P<name>\S+)(?: \((?P<number>\d{1,3})/(?P<count>\d{1,3})\) (?P<digest>[0-9a-f]{16}))?")
_TYPE: Final = "application/octet-stream"
_BOUNDARY: Final = "=_deskhelp"  # "_" after "=" is in no base64 and in no quoted-printable
_EXPLANATION: Final = (
    "This message belongs to DeskHelp. It carries changes of a team from one computer to the others.\r\n"
    "Please leave it and its folder as they are.\r\n"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a message holds: part `number` of `count` of the item `name`; `digest` tells the parts of two items."""

    name: str
    number: int = 1
    count: int = 1
    digest: str = ""

    def __str__(self) -> str:
        return self.name if self.count == 1 else f"{self.name} ({self.number}/{self.count}) {self.digest}"


def note_name(replica: str) -> str:
    """Under which the note of a replica lies among the items."""
    return _LIVE + replica


def replica_of(name: str) -> str:
    """Whose note this is, "" for what is none."""
    replica = name.removeprefix(_LIVE)
    return replica if replica != name and is_replica_id(replica) else ""


def label_of(header: bytes) -> Label | None:
    """What a message holds by its subject line; None for one that is not ours."""
    found = _SUBJECT.match(header)
    if found is None:
        return None
    read = _LABEL.fullmatch(" ".join(found[1].decode("latin-1").split()))
    if read is None or not (is_item_name(read["name"]) or replica_of(read["name"])):
        return None
    if read["count"] is None:
        return Label(read["name"])
    number, count = int(read["number"]), int(read["count"])
    return Label(read["name"], number, count, read["digest"]) if 1 <= number <= count > 1 else None


def parts_of(name: str, data: bytes, part_bytes: int) -> dict[Label, bytes]:
    """The pieces of an item that fit into one message each."""
    count = -(-len(data) // part_bytes)
    if count <= 1:
        return {Label(name): data}
    digest = data[-8:].hex()  # of its SHA-256, so whoever puts the same item makes the same parts
    starts = range(0, len(data), part_bytes)
    return {
        Label(name, number, count, digest): data[start : start + part_bytes]
        for number, start in enumerate(starts, start=1)
    }


def written(label: Label, data: bytes, message_id: str) -> bytes:
    """A message that holds this piece, with a line for whoever opens it."""
    head = "\r\n".join(
        (
            "From: DeskHelp <team@deskhelp.invalid>",
            f"Subject: {label}",
            f"Date: {formatdate()}",
            f"Message-ID: <{message_id}@deskhelp.invalid>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            f'Content-Type: multipart/mixed; boundary="{_BOUNDARY}"',
            "",
            f"--{_BOUNDARY}",
            "Content-Type: text/plain; charset=us-ascii",
            "",
            _EXPLANATION,
            f"--{_BOUNDARY}",
            f"Content-Type: {_TYPE}",
            "Content-Transfer-Encoding: base64",
            'Content-Disposition: attachment; filename="changes.bin"',
            "",
            "",
        )
    )
    body = base64.encodebytes(data).replace(b"\n", b"\r\n")
    return head.encode("ascii") + body + f"--{_BOUNDARY}--\r\n".encode()


def read(raw: bytes) -> tuple[Label | None, bytes]:
    """What a message says it holds, and that; nothing where none is found, which is then known as broken."""
    message = email.message_from_bytes(raw, policy=compat32)
    label = label_of(b"Subject:" + str(message.get("Subject", "")).encode("utf-8", "replace"))
    for part in message.walk():
        if part.get_content_type() == _TYPE:
            content = part.get_payload(decode=True)
            return label, content if isinstance(content, bytes) else b""
    return label, b""


def _is_raw(label: Label | None) -> bool:
    return label is not None and label.count == 1 and label.name.startswith("blob/")


@dataclass(slots=True)
class Index:
    """Which message of the folder holds what, as it was last seen; whoever keeps it asks only for news the next time.

    `last` is the highest UID seen so far, `notes` are the contents of notes that were read.
    All of it holds for one `uidvalidity`.
    """

    uidvalidity: int = 0
    last: int = 0
    notes: dict[int, bytes] = field(default_factory=dict)
    _labels: dict[int, Label | None] = field(default_factory=dict)
    _uids: dict[str, list[int]] = field(default_factory=dict)

    def begin(self, uidvalidity: int, uidnext: int) -> None:
        """Forget all if the numbers mean other messages now: in a folder made anew, or put back from a backup."""
        if uidvalidity != self.uidvalidity or 0 < uidnext <= self.last:
            self.uidvalidity, self.last = uidvalidity, 0
            for known in (self.notes, self._labels, self._uids):
                known.clear()

    def unknown(self, uids: Iterable[int]) -> list[int]:
        return [uid for uid in uids if uid not in self._labels]

    def add(self, subjects: Mapping[int, bytes]) -> None:
        """Take in messages by their subject lines."""
        for uid, header in sorted(subjects.items()):
            if uid not in self._labels:
                self.last = max(self.last, uid)
                label = self._labels[uid] = label_of(header)
                if label is not None:
                    self._uids.setdefault(label.name, []).append(uid)

    def keep(self, uids: Iterable[int]) -> None:
        """Forget all messages but these."""
        self.drop(self._labels.keys() - set(uids))

    def drop(self, uids: Iterable[int]) -> None:
        """Forget these messages."""
        for uid in uids:
            label = self._labels.pop(uid, None)
            self.notes.pop(uid, None)
            if label is not None:
                left = self._uids[label.name]
                left.remove(uid)
                if not left:
                    del self._uids[label.name]

    def is_change(self, uid: int) -> bool:
        """Whether a message holds a whole segment, or its texts."""
        label = self._labels.get(uid)
        return label is not None and label.count == 1 and label.name.startswith(_CHANGES)

    def raws_after(self, uid: int, count: int) -> list[int]:
        """The next messages with a whole raw mail each, ascending."""
        after = (one for one in sorted(self._labels) if one > uid)
        return list(islice((one for one in after if _is_raw(self._labels[one])), count))

    def names(self) -> Iterator[str]:
        """All names of which something is there, notes among them."""
        return iter(self._uids)

    def label(self, uid: int) -> Label | None:
        return self._labels.get(uid)

    def uids_of(self, name: str) -> list[int]:
        """All messages of this name, ascending, whole or not."""
        return sorted(self._uids.get(name, ()))

    def parts(self, name: str) -> dict[Label, int]:
        """The oldest message for each part of this name."""
        found: dict[Label, int] = {}
        for uid in self.uids_of(name):
            label = self._labels[uid]
            if label is not None:
                found.setdefault(label, uid)
        return found

    def copies(self, name: str) -> list[tuple[int, ...]]:
        """The messages that make up the item, once for each time that it is there whole; the oldest first."""
        whole: dict[tuple[int, str], dict[int, int]] = {}
        found: list[tuple[int, ...]] = []
        for uid in self.uids_of(name):
            label = self._labels[uid]
            if label is None:
                continue
            if label.count == 1:
                found.append((uid,))
                continue
            group = whole.setdefault((label.count, label.digest), {})
            group.setdefault(label.number, uid)
            if len(group) == label.count:
                found.append(tuple(group[number] for number in sorted(group)))
                whole[label.count, label.digest] = {}
        return sorted(found, key=max)
