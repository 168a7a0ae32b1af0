"""A hub in a folder of the mailbox itself, for whoever has nothing else that all can reach (decision 0018).

One message for each item, in parts where it is large. There are no locks in IMAP, but numbers that only grow: of two
messages of one name the one with the lower UID counts, and whoever put the other one takes it away again.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from deskhelp.domain.presence import LONGEST_NOTE
from deskhelp.domain.segments import BrokenItem, HubBusy, HubTrouble, MissingItem, is_item_name, may_stay, unseal

from .hub_ahead import Ahead
from .hub_items import PART_BYTES, Index, Label, note_name, parts_of, read, replica_of, written
from .imap_folders import TEAM_FOLDER
from .imap_store import StoringSession, is_full
from .troubles import FolderTrouble, MailTrouble, ThrottledTrouble

_PUTS: Final = 2  # a part that was there already may prove broken once all are
_NOTE_LIMIT: Final = 16 * LONGEST_NOTE
TURN_S: Final = 8.0


class ImapHub:
    """Items as messages of the folder `TEAM_FOLDER`. `connect` logs in, again after the connection broke.

    `index` may be one of an earlier hub at the same place: then only news are asked for. A connection is kept for
    `turn_s` seconds, then another one is made: servers allow few at once, and a colleague may wait for one.
    """

    def __init__(
        self,
        connect: Callable[[], StoringSession],
        index: Index | None = None,
        part_bytes: int = PART_BYTES,
        turn_s: float = TURN_S,
    ) -> None:
        self._connect = connect
        self._turn_s, self._turn_over_s = turn_s, 0.0
        self._ahead = Ahead()
        self._index = Index() if index is None else index
        self._part_bytes = part_bytes
        self._session: StoringSession | None = None
        self._folder = ""
        self._is_fresh = False
        self._said: tuple[int | None, int] = (None, 0)
        self.skew_ms: int | None = None
        """How far the server's clock was ahead of ours when our note came there."""
        with self._entered():
            pass

    # -- items ---------------------------------------------------------------------------------

    def put(self, name: str, data: bytes) -> None:
        with self._entered() as session:
            self._look_once(session)
            for _ in range(_PUTS):
                if self._stands(session, name, data) or self._is_put(session, name, data):
                    return
            if self._stands(session, name, data):
                return
        raise BrokenItem(
            "The mailbox does not keep what is put there as it is.",
            advice="No team can meet in it: let the server's administrator know, or choose another place.",
        )

    def _is_put(self, session: StoringSession, name: str, data: bytes) -> bool:
        """Append what is missing of an item; whether it is clear at once that this is the item now."""
        known, parts = self._index.parts(name), parts_of(name, data, self._part_bytes)
        ours = {self._append(session, label, parts[label]) for label in parts if label not in known}
        self._look_for(session, ours)
        copies = self._index.copies(name)  # who came first is seen only now
        return len(copies) == 1 and ours >= set(copies[0])

    def _stands(self, session: StoringSession, name: str, data: bytes) -> bool:
        """Whether the item is there, and after this once; broken ones are removed. Raises Occupied."""
        for copy in self._index.copies(name):
            found = self._read(session, copy)
            if _is_sound(name, found):
                self._remove(session, set(self._index.uids_of(name)) - set(copy))
                return may_stay(name, found, data)
            self._remove(session, copy)
        return False

    def get(self, name: str) -> bytes:
        with self._entered() as session:
            self._look_once(session)
            data = self._get(session, name)
            if data is None:  # put in the meantime, or put anew
                self._look(session)
                data = self._get(session, name)
        if data is None:
            raise MissingItem("{name} is not in the team's place.", name=name)
        unseal(data, name)
        return data

    def _get(self, session: StoringSession, name: str) -> bytes | None:
        """The first sound item of this name, else a broken one, None if there is none."""
        broken = None
        for copy in self._index.copies(name):
            found = self._read(session, copy)
            if _is_sound(name, found):
                return found
            if self._index.unknown(copy):
                continue  # deleted meanwhile
            broken = found
        return broken

    def expect(self, names: Sequence[str]) -> None:
        """What lies side by side is brought along in any case."""

    def names(self, prefix: str) -> list[str]:
        with self._entered() as session:
            self._look(session)
            begun = [name for name in self._index.names() if name.startswith(prefix) and is_item_name(name)]
            return sorted(name for name in begun if self._index.copies(name))

    def withdraw(self, name: str) -> None:
        with self._entered() as session:
            self._look(session)
            self._remove(session, self._index.uids_of(name))

    def replace(self, name: str, data: bytes) -> None:
        parts = parts_of(name, data, self._part_bytes)
        with self._entered() as session:
            self._look(session)
            before = self._index.uids_of(name)
            self._look_for(session, {self._append(session, label, piece) for label, piece in parts.items()})
            self._remove(session, before)  # only now: whoever reads in between must find something

    def remove(self, names: Collection[str]) -> None:
        with self._entered() as session:
            self._look(session)
            self._remove(session, [uid for name in names for uid in self._index.uids_of(name)])

    # -- notes ---------------------------------------------------------------------------------

    def say(self, replica: str, note: bytes) -> None:
        name = note_name(replica)
        with self._entered() as session:
            self._look_once(session)
            before = self._index.uids_of(name)
            now_ms = time.time_ns() // 1_000_000
            uid = self._append(session, Label(name), note)
            self._said = (uid, now_ms)
            self._look_for(session, {uid})
            self._remove(session, before)

    def heard(self) -> dict[str, bytes]:
        with self._entered() as session:
            self._look(session)
            newest = {name: self._index.uids_of(name)[-1] for name in self._index.names() if replica_of(name)}
            new = [uid for uid in newest.values() if uid not in self._index.notes]
            for mail in session.fetch(new, size_limit=_NOTE_LIMIT):
                _, self._index.notes[mail.uid] = read(mail.raw or b"")
                if mail.uid == self._said[0] and mail.internal_date_ms:
                    self.skew_ms = mail.internal_date_ms - self._said[1]
        return {replica_of(name): self._index.notes[uid] for name, uid in newest.items() if self._index.notes.get(uid)}

    def close(self) -> None:
        self._let_go()

    def _let_go(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    # -- the folder ----------------------------------------------------------------------------

    @contextlib.contextmanager
    def _entered(self) -> Iterator[StoringSession]:
        """The session with the folder open; what goes wrong in it ends it, and comes out as HubTrouble."""
        if self._session is not None and time.monotonic() > self._turn_over_s:
            self._let_go()
            time.sleep(self._turn_s / 8)  # or nobody else would find the place free
        try:
            session = self._session or self._enter()
            yield session
        except MailTrouble as trouble:
            self._let_go()
            raise _told(trouble, self._folder) from trouble

    def _enter(self) -> StoringSession:
        self._session = session = self._connect()
        self._turn_over_s = time.monotonic() + self._turn_s
        self._folder = session.own_folder(TEAM_FOLDER)
        state = session.enter(self._folder)
        self._index.begin(state.uidvalidity, state.uidnext)
        self._is_fresh = False
        self._ahead = Ahead()
        return session

    def _look_once(self, session: StoringSession) -> None:
        """Know what is there, as of this connection."""
        if not self._is_fresh:
            self._look(session)

    def _look(self, session: StoringSession) -> None:
        """Know what is there now."""
        session.refresh()
        there = session.uids()
        self._index.keep(there)
        is_first = not self._index.last
        new = self._index.unknown(there)
        self._index.add(session.subjects(new))
        if not is_first:
            self._ahead.expect(uid for uid in new if self._index.is_change(uid))
        self._is_fresh = True

    def _look_for(self, session: StoringSession, ours: set[int | None]) -> None:
        """Know these messages, and so all that came before them."""
        is_told = None not in ours
        for _ in range(2):
            if is_told:
                self._index.add(session.subjects_after(self._index.last))
                if not self._index.unknown(uid for uid in ours if uid is not None):
                    return
            session.refresh()
            is_told = True

    def _append(self, session: StoringSession, label: Label, data: bytes) -> int | None:
        """Its UID, None if the server does not tell."""
        return session.append(self._folder, written(label, data, secrets.token_hex(16)))

    def _read(self, session: StoringSession, copy: tuple[int, ...]) -> bytes:
        """The item in these messages; those that are gone by now are forgotten, and it is broken without them."""
        if (known := self._ahead.take(copy)) is not None:
            return known
        pieces: dict[int, bytes] = {}
        for mail in session.fetch([*copy, *self._ahead.beside(copy, self._index)]):
            label, piece = read(mail.raw or b"")
            if label != self._index.label(mail.uid) and mail.raw is not None:
                continue
            if mail.uid in copy:
                pieces[mail.uid] = piece
            elif not self._ahead.keep(mail.uid, piece, self._index) and len(pieces) == len(copy):
                break
        self._index.drop(set(copy) - pieces.keys())
        return b"".join(pieces.get(uid, b"") for uid in copy)

    def _remove(self, session: StoringSession, uids: Collection[int]) -> None:
        session.remove(uids)
        self._index.drop(uids)


def _is_sound(name: str, data: bytes) -> bool:
    try:
        unseal(data, name)
    except BrokenItem:
        return False
    return True


def _told(trouble: MailTrouble, folder: str) -> HubTrouble:
    """The same for whoever waits for the team."""
    fields = {"folder": folder} | trouble.fields
    if is_full(trouble):
        return HubTrouble(
            "The mailbox on {host} is full: the team's changes cannot be put there.",
            advice="Nothing is lost. Make room in it, or have it made larger; DeskHelp tries again.",
            detail=trouble.detail,
            **fields,
        )
    if isinstance(trouble, FolderTrouble):
        return HubTrouble(
            "The team's folder {folder} on {host} is gone, or cannot be used.",
            advice="DeskHelp makes it anew if the server allows it, and fills it from this computer. Nothing is lost.",
            detail=trouble.detail,
            **fields,
        )
    kind = HubBusy if isinstance(trouble, ThrottledTrouble) else HubTrouble
    return kind(trouble.template, advice=trouble.advice_template, detail=trouble.detail, **trouble.fields)
