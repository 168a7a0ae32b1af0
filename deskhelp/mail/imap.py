"""A conversation with an IMAP server that only reads: no flag is set, nothing is moved or deleted.

Blocking, and owned by one thread; only `wake` and `interrupt` may be called from others. After a
NetworkTrouble the session is dead: close it and connect anew.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import TracebackType
from typing import Self

from . import sign_in
from .imap_errors import answer_text, checked, folder_missing, translated
from .imap_fetch import FetchedMail
from .imap_folders import Folder, encode_name, parse_list, quoted
from .imap_idle import Wake, idle
from .imap_read import Reader
from .troubles import NetworkTrouble, ProtocolTrouble, tls_missing
from .urls import Endpoint
from .wire import WireClient

BATCH_BYTES = 8 * 1024 * 1024
BATCH_MAILS = 200
SIZE_LIMIT = 50 * 1024 * 1024
RECENT_HEADERS = 500
REOPEN_S = 600.0
_STATUS = re.compile(rb"(UIDVALIDITY|UIDNEXT|MESSAGES) (\d+)", re.IGNORECASE)
_APPEND_UID = re.compile(rb"\[APPENDUID \d+ (\d+)\]", re.IGNORECASE)
_SENT_IDS = re.compile(rb"^(?:Message-ID|X-DeskHelp-Out):[ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_FOLD = re.compile(rb"\r?\n[ \t]+")


@dataclass(frozen=True, slots=True)
class FolderState:
    """What a folder is now. UIDs hold as long as `uidvalidity` stays; `uidnext` is 0 if the server is silent."""

    uidvalidity: int
    uidnext: int
    exists: int


class ImapSession:
    """One logged-in connection. Make it with `ImapSession.connect`; everything raises MailTrouble."""

    _is_reader = True

    def __init__(self, endpoint: Endpoint, client: WireClient, timeout_s: float) -> None:
        self.endpoint = endpoint
        self._client = client
        self._wire = client.wire
        self._timeout_s = timeout_s
        self._reader = Reader(client)
        self._raw_names: dict[str, bytes] = {}
        self._exists = 0
        self._states: dict[str, FolderState] = {}
        self._open_folder = ""
        self._opened_at = 0.0

    # ---- life

    @classmethod
    def connect(cls, endpoint: Endpoint, password: str, context: ssl.SSLContext, timeout_s: float = 30.0) -> Self:
        """Connect under verified TLS and log in. `timeout_s` holds for every later exchange too."""
        session = cls.open(endpoint, context, timeout_s)
        try:
            session.log_in(password)
        except BaseException:
            session.close()
            raise
        return session

    @classmethod
    def open(cls, endpoint: Endpoint, context: ssl.SSLContext, timeout_s: float = 30.0) -> Self:
        """Connect under verified TLS, without logging in yet."""
        with translated(endpoint, timeout_s, context):
            client = WireClient(endpoint, context, timeout_s)
        session = cls(endpoint, client, timeout_s)
        try:
            session._protect(context)
        except BaseException:
            session.close()
            raise
        return session

    def log_in(self, password: str) -> None:
        """Log in as the endpoint's user; raises AuthTrouble, or ThrottledTrouble if it is only for now."""
        takes_plain = self._client.has_capability("AUTH=PLAIN")
        if not takes_plain and self._client.has_capability("LOGINDISABLED"):
            raise sign_in.no_passwords(self.endpoint)
        with self._translated():
            try:
                # AUTHENTICATE PLAIN first: LOGIN has no way to say letters beyond ASCII.
                if takes_plain or not (self.endpoint.user + password).isascii():
                    self._client.plain_login(self.endpoint.user, password)
                else:
                    self._client.login(self.endpoint.user, password)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as error:
                if isinstance(error.__context__, imaplib.IMAP4.abort):  # imapclient calls that a refusal too
                    raise error.__context__ from None
                raise sign_in.refusal(self.endpoint, _words(error)) from error

    def close(self) -> None:
        """End the connection, politely if it still answers; never raises."""
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            self._wire.sock.settimeout(min(self._timeout_s, 2.0))
            self._client.logout()
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            self._wire.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def wake(self) -> None:
        """From another thread: let `idle` look at its `stop` now. The session stays usable."""
        self._wire.wake()

    def interrupt(self) -> None:
        """From another thread: break the connection, so that a call in progress ends with NetworkTrouble."""
        self._wire.sever()

    # ---- the server

    @property
    def capabilities(self) -> frozenset[str]:
        """What the server says it can do, like "IDLE" or "UIDPLUS"."""
        with self._translated():
            return frozenset(word.decode("ascii", "replace").upper() for word in self._client.capabilities())

    @property
    def can_idle(self) -> bool:
        return "IDLE" in self.capabilities

    @property
    def traffic(self) -> tuple[int, int]:
        """Bytes of IMAP (sent, received) so far."""
        return self._wire.sent, self._wire.received

    def take_alerts(self) -> list[str]:
        """The server's ALERT texts since the last call, to be shown as plain text (RFC 3501, 7.1)."""
        alerts, self._wire.alerts = self._wire.alerts, []
        return alerts

    # ---- folders

    def list_folders(self) -> list[Folder]:
        """All folders, in the server's order; names that break the rules are kept and can be selected."""
        pattern = '"*"'
        if {"LIST-EXTENDED", "SPECIAL-USE"} <= self.capabilities:
            pattern += " RETURN (SPECIAL-USE)"
        with self._translated():
            status, data = self._wire.list('""', pattern)
            checked(self.endpoint, status, data)
        folders = parse_list(data)
        self._raw_names = {folder.name: folder.raw for folder in folders}
        return folders

    def select(self, folder: str) -> FolderState:
        """Open `folder` for reading only (EXAMINE); raises FolderTrouble if it is not there."""
        status, data = self._examine(folder)
        if status != "OK" and folder not in self._raw_names:
            self.list_folders()  # the name may be one that only the server can spell
            if folder in self._raw_names:
                status, data = self._examine(folder)
        if status != "OK":
            raise folder_missing(folder, self.endpoint, answer_text(data))
        uidvalidity = self._number("UIDVALIDITY")
        if not uidvalidity:
            raise ProtocolTrouble(
                "{host} does not number the mails of the folder {folder} reliably.",
                advice="DeskHelp cannot tell there which mail is new. Choose another folder or server.",
                host=self.endpoint.shown_host,
                folder=folder,
            )
        self._exists = self._number("EXISTS")
        self._open_folder, self._opened_at = folder, time.monotonic()
        state = self._states[folder] = FolderState(uidvalidity, self._number("UIDNEXT"), self._exists)
        return state

    def look(self, folder: str) -> FolderState:
        """Like `select`, but a folder that is open is only asked for news, a thousand times cheaper than opening it.

        Every `REOPEN_S` it is opened anew all the same: there are servers that forget to tell. `uidnext` is 0 where
        the folder was only asked.
        """
        if not self._is_open(folder):
            return self.select(folder)
        self._hear_news()
        return replace(self._states[folder], uidnext=0, exists=self._exists)

    def has_news(self, folder: str) -> bool:
        """Whether mail may have come into `folder` since it was last looked into; it is open then, ready for `idle`."""
        if self._is_open(folder):
            return self._hear_news()
        before = self._states.get(folder)
        return self.select(folder) != before

    def is_unchanged(self, folder: str) -> bool:
        """Whether `folder`, read before, is as it was when it was last opened. Another one stays open."""
        before = self._states.get(folder)
        if before is None or folder == self._open_folder:
            return False
        with self._translated():
            status, data = self._wire.status(quoted(self._raw(folder)), "(UIDVALIDITY UIDNEXT MESSAGES)")  # type: ignore[arg-type]
        found = {name.upper(): int(number) for name, number in _STATUS.findall(b" ".join(filter(None, data)))}
        now = FolderState(*(found.get(name, -1) for name in (b"UIDVALIDITY", b"UIDNEXT", b"MESSAGES")))
        return status == "OK" and now == before

    # ---- finding mail in the selected folder

    def new_uids(self, after_uid: int, overlap: int = 200) -> list[int]:
        """UIDs above the mark `after_uid`, and those among the `overlap` numbers up to it; ascending."""
        first = max(after_uid - overlap + 1, 1)
        with self._translated():
            found = self._reader.search(f"UID {first}:*", self._exists)
        return [uid for uid in found if uid >= first]  # "n:*" always holds the last mail, even below n

    def uids_since(self, day: date) -> list[int]:
        """UIDs of mail that arrived on `day` (by the server's calendar) or later; ascending."""
        with self._translated():
            return self._reader.search(f"SINCE {_imap_date(day)}", self._exists)

    def idle(self, stop: threading.Event, max_s: float = 280.0) -> Wake:
        """Wait for mail in the selected folder, at most `max_s` seconds; see `imap_idle.idle`.

        To end it early from another thread set `stop`, then call `wake`.
        """
        with self._translated():
            woke = idle(self._wire, stop, max_s)
            self._notice_count()
        return woke

    # ---- reading mail of the selected folder

    def fetch(
        self,
        uids: Collection[int],
        *,
        batch_bytes: int = BATCH_BYTES,
        batch_mails: int = BATCH_MAILS,
        size_limit: int = SIZE_LIMIT,
    ) -> Iterator[FetchedMail]:
        """The mails of `uids`, ascending; expunged ones are left out, unreadable ones say why.

        Of mails above `size_limit` bytes only the beginning comes. About `batch_bytes` are in memory at a
        time. No other call may be made on this session until the iterator is used up or closed. If the
        connection breaks, NetworkTrouble names the mails that were on their way in `uids`.
        """
        self._wire.literal_limit = 2 * size_limit + BATCH_BYTES
        mails = self._reader.fetch(uids, batch_bytes, batch_mails, size_limit)
        while True:
            try:
                with self._translated():
                    mail = next(mails, None)
            except NetworkTrouble as trouble:
                trouble.uids = self._reader.in_flight
                raise
            if mail is None:
                return
            yield mail

    # ---- sent copies

    def append(self, folder: str, raw: bytes, flags: Sequence[str] = ("\\Seen",)) -> int | None:
        """Put a copy of a sent mail into `folder`; its UID if the server tells (UIDPLUS), else None."""
        with self._translated():
            status, data = self._wire.append(
                quoted(self._raw(folder)),  # type: ignore[arg-type]
                f"({' '.join(flags)})",
                "",
                raw,
            )
        if status != "OK":
            raise folder_missing(folder, self.endpoint, answer_text(data))
        found = next((m for part in data if (m := _APPEND_UID.search(part or b""))), None)
        return int(found[1]) if found else None

    def find_message_id(self, folder: str, ids: Collection[str], since: date) -> str | None:
        """The one of `ids` that a recent mail in `folder` carries as Message-ID or X-DeskHelp-Out, or None.

        Reads headers itself, the newest 500 since `since`: servers' SEARCH HEADER misses existing ids and
        takes seconds. None proves nothing. Selects `folder`.
        """
        self.select(folder)
        wanted = {one.strip().encode("utf-8", "surrogateescape"): one for one in ids}
        recent = self.uids_since(since)[-RECENT_HEADERS:]
        for start in range(0, len(recent), 100):
            with self._translated():
                headers = self._reader.headers(recent[start : start + 100], "MESSAGE-ID X-DESKHELP-OUT")
            for block in headers.values():
                for value in _SENT_IDS.findall(_FOLD.sub(b" ", block).replace(b"\r\n", b"\n")):
                    if value in wanted:
                        return wanted[value]
        return None

    # ---- inside

    def _protect(self, context: ssl.SSLContext) -> None:
        if self._wire.is_protected:
            return
        if not self._client.has_capability("STARTTLS"):
            raise tls_missing(self.endpoint)
        with translated(self.endpoint, self._timeout_s, context):
            self._client.starttls(context)

    def _is_open(self, folder: str) -> bool:
        return folder == self._open_folder and time.monotonic() - self._opened_at < REOPEN_S

    def _hear_news(self) -> bool:
        """Ask for what has happened in the open folder; whether mail has come."""
        with self._translated():
            checked(self.endpoint, *self._wire.noop())
            return self._notice_count()

    def _examine(self, folder: str) -> tuple[str, list[object]]:
        self._open_folder = ""
        with self._translated():
            try:
                name = quoted(self._raw(folder))
                status, data = self._wire.select(name, readonly=self._is_reader)  # type: ignore[arg-type]
            except imaplib.IMAP4.readonly as error:  # not as other aborts: the connection is sound
                self._wire.untagged_responses.pop("READ-ONLY", None)  # or imaplib raises again at every command
                return "NO", [str(error).encode()]
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as error:  # BAD: some servers say it of names they do not like
                return "BAD", [str(error).encode()]
        return status, list(data)

    def _raw(self, folder: str) -> bytes:
        return self._raw_names.get(folder) or encode_name(folder)

    def _number(self, name: str) -> int:
        _, data = self._wire.response(name)
        values = [part for part in data if isinstance(part, bytes) and part.isdigit()]
        return int(values[-1]) if values else 0

    def _notice_count(self) -> bool:
        """Take in what the server has told; whether it was of mail."""
        told = self._number("EXISTS")
        self._exists = told or self._exists
        for name in ("EXPUNGE", "RECENT", "FETCH", "FLAGS"):
            self._wire.response(name)
        return told > 0

    def _translated(self) -> contextlib.AbstractContextManager[None]:
        return translated(self.endpoint, self._timeout_s)


_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _imap_date(day: date) -> str:
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year:04}"


def _words(error: imaplib.IMAP4.error) -> str:
    text = str(error)
    return text[2:-1] if text[:2] in ("b'", 'b"') else text
