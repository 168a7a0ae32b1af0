"""A conversation with an IMAP server that also writes: into a folder of our own, never into one with mail."""

from __future__ import annotations

import contextlib
import imaplib
from collections.abc import Iterable, Iterator

from .imap import FolderState, ImapSession
from .imap_errors import checked
from .imap_fetch import uid_set
from .imap_folders import quoted
from .troubles import FolderTrouble, MailTrouble, ProtocolTrouble

UIDS_AT_ONCE = 2000


class StoringSession(ImapSession):
    """As `ImapSession`, with its folders opened for writing."""

    _is_reader = False

    def own_folder(self, name: str) -> str:
        """The full name of a folder of the user's own: some servers want them all below INBOX (RFC 2342)."""
        if "NAMESPACE" not in self.capabilities:
            return name
        try:
            with self._translated():
                personal = self._client.namespace().personal
        except (ProtocolTrouble, ValueError, TypeError):  # imapclient's words for an answer that makes no sense
            return name
        prefix, delimiter = personal[0] if personal else ("", "")
        if not isinstance(prefix, str):
            prefix = prefix.decode("ascii", "replace")
        return f"{prefix}{delimiter if prefix and not prefix.endswith(delimiter or '') else ''}{name}"

    def enter(self, folder: str) -> FolderState:
        """Open `folder`, made if it is missing, and then shown by no mail program that shows what is subscribed."""
        try:
            return self.select(folder)
        except FolderTrouble:
            self._make(folder)
        return self.select(folder)

    def refresh(self) -> None:
        """Have the server tell what has come into the open folder."""
        self._hear_news()

    def uids(self) -> list[int]:
        """The UIDs in the open folder but for those marked as deleted, ascending."""
        with self._translated():
            return self._reader.search("UNDELETED", 0)

    def subjects(self, uids: Iterable[int]) -> dict[int, bytes]:
        """The subject line of each of these mails that is still there, as raw bytes."""
        found: dict[int, bytes] = {}
        for some in _pieces(uids):
            found |= self._subjects(uid_set(some))
        return found

    def subjects_after(self, uid: int) -> dict[int, bytes]:
        """As `subjects`, of all mails with a higher UID that the server has told of."""
        found = self._subjects(f"{uid + 1}:*")
        return {one: subject for one, subject in found.items() if one > uid}  # "*" is always the last mail

    def _subjects(self, uids: str) -> dict[int, bytes]:
        with self._translated():
            return {
                answer.uid: answer.body or b""
                for answer in self._reader.subjects(uids)
                if answer.uid and "\\deleted" not in (flag.lower() for flag in answer.flags)
            }

    def remove(self, uids: Iterable[int]) -> None:
        """Delete these and nothing else: without UIDPLUS they are only marked, as EXPUNGE would take others' along."""
        for some in _pieces(uids):
            with self._translated():
                checked(self.endpoint, *self._wire.uid("STORE", uid_set(some), "+FLAGS.SILENT", "(\\Deleted)"))
                if self._client.has_capability("UIDPLUS"):
                    checked(self.endpoint, *self._wire.uid("EXPUNGE", uid_set(some)))

    def _make(self, folder: str) -> None:
        name = quoted(self._raw(folder))
        with self._translated():
            self._wire.create(name)  # type: ignore[arg-type]  # if it is refused, opening it says so
            with contextlib.suppress(imaplib.IMAP4.error):
                self._wire.unsubscribe(name)  # type: ignore[arg-type]


def is_full(trouble: MailTrouble) -> bool:
    """Whether the server refused because there is no room left in the mailbox (RFC 9208, and what servers write)."""
    words = trouble.detail.lower()
    return "overquota" in words or "quota exceeded" in words or "over quota" in words or "mailbox is full" in words


def _pieces(uids: Iterable[int]) -> Iterator[list[int]]:
    ascending = sorted(uids)
    for start in range(0, len(ascending), UIDS_AT_ONCE):
        yield ascending[start : start + UIDS_AT_ONCE]
