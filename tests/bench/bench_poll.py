"""Looking for mail where there is none, in a large mailbox: time and bytes of a round on an open connection."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from deskhelp.db import intake_store
from deskhelp.mail.imap import ImapSession
from deskhelp.services import accounts
from deskhelp.services.fetching import fetch_folder
from deskhelp.services.office import Office
from deskhelp.services.reading_pool import ReadingPool
from deskhelp.services.sync import open_session
from deskhelp.settings import open_profile
from tests.bench.report import Result, median
from tests.support.dovecot import Dovecot

ROUNDS = 11
SMALL = (
    b"From: Person <person%d@client.example>\r\nTo: support@example.com\r\nSubject: Request %d\r\n"
    b"Message-ID: <poll.%d@client.example>\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\n\r\nText %d\r\n"
)


def measure(*, quick: bool = False) -> list[Result]:
    count = 5_000 if quick else 100_000
    with Dovecot() as server, tempfile.TemporaryDirectory() as folder:
        server.drop_in("support", *(SMALL % (n, n, n, n) for n in range(count)))
        with Office.open(open_profile(Path(folder) / "desk")) as office:
            return _rounds(office, server, count)


def _rounds(office: Office, server: Dovecot, count: int) -> list[Result]:
    imap = f"imaps://support@127.0.0.1:{server.tls_port}"
    form = accounts.AccountForm("Support", "support@example.com", imap, ca_file=str(server.ca_file))
    box = accounts.add(office, form)

    def call(fn: Any, *args: Any) -> Any:
        return fn(office, *args)

    with open_session(box, server.users["support"]) as session, ReadingPool() as pool:
        _mark_read(office, box.id, session, count)
        before, taken = session.traffic, []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            assert not fetch_folder(call, box, session, pool, "INBOX", is_sent=False).fetched
            taken.append(1000 * (time.perf_counter() - begun))
        sent, received = ((now - then) / ROUNDS for now, then in zip(session.traffic, before, strict=True))
    against = f"{count:,} mails, {ROUNDS} rounds"
    return [
        Result("a round with nothing new", median(taken), "ms", 100, False, against, tuple(taken)),
        Result("received in it", received, "bytes", 2_000, False, against),
        Result("sent in it", sent, "bytes", 2_000, False, against),
    ]


def _mark_read(office: Office, mailbox: str, session: ImapSession, count: int) -> None:
    """As if all of it had been taken in before, which would take minutes."""
    state = session.select("INBOX")
    assert state.exists == count
    with office.replica.transaction():
        outcomes = dict.fromkeys(range(1, state.uidnext), "ignored")
        intake_store.remember_uids(office.replica, mailbox, "INBOX", state.uidvalidity, outcomes)
        intake_store.set_cursor(office.replica, mailbox, "INBOX", state.uidvalidity, state.uidnext - 1, 0, office.now())
