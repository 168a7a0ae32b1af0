"""Fetching from a real server: what is new, once, whatever the numbers do; and when the disk is nearly full."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from deskhelp.db import intake_store, room
from deskhelp.domain.errors import DeskTrouble
from deskhelp.services import accounts
from deskhelp.services.accounts import AccountForm
from deskhelp.services.fetching import fetch_all, fetch_folder
from deskhelp.services.intake import Taken
from deskhelp.services.office import Office
from deskhelp.services.reading_pool import ReadingPool
from deskhelp.services.sync import open_session
from tests.support.servers import ImapUser

from .conftest import raw_mail

Fetch = Callable[[], Taken]


@pytest.fixture
def fetch(office: Office, imap_user: ImapUser) -> Iterator[Fetch]:
    """Looks into the inbox once, on a connection of its own."""
    form = AccountForm(
        "Support",
        "support@real.example",
        f"imaps://{imap_user.name}@127.0.0.1:{imap_user.server.tls_port}",
        "",
        str(imap_user.server.ca_file),
    )
    box = accounts.add(office, form)

    def call(fn: Callable[..., Any], *args: Any) -> Any:
        return fn(office, *args)

    with ReadingPool(1) as pool:

        def fetch() -> Taken:
            with open_session(box, imap_user.password) as session:
                return fetch_folder(call, box, session, pool, "INBOX", is_sent=False)

        yield fetch


def mailbox(office: Office) -> str:
    return next(box.id for box in office.mailboxes if box.imap)


def test_numbers_that_are_given_again_mean_other_mails(office: Office, imap_user: ImapUser, fetch: Fetch) -> None:
    """A server restored from a backup of the day before goes on with numbers that were read already."""
    imap_user.append(raw_mail(1))
    imap_user.append(raw_mail(2))
    assert fetch().fetched == 2
    found = intake_store.cursor(office.replica, mailbox(office), "INBOX")
    assert found is not None
    with office.replica.transaction():  # as if mails 3 to 9 had been read before the restore
        outcomes = dict.fromkeys(range(3, 10), "ignored")
        intake_store.remember_uids(office.replica, mailbox(office), "INBOX", found.uidvalidity, outcomes)
        intake_store.set_cursor(office.replica, mailbox(office), "INBOX", found.uidvalidity, 9, 0, office.now())
    imap_user.append(raw_mail(3))

    taken = fetch()

    assert (taken.tickets_new, taken.duplicates) == (1, 2)
    assert fetch().fetched == 0


def test_mail_stays_on_the_server_while_the_disk_is_nearly_full(
    imap_user: ImapUser, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    imap_user.append(raw_mail(1))
    with monkeypatch.context() as small:
        small.setattr(room, "has_room", lambda path: False)
        with pytest.raises(DeskTrouble, match="nearly full"):
            fetch()

    assert fetch().tickets_new == 1


def test_more_mails_than_a_batch_come_in_once_and_in_order(office: Office, imap_user: ImapUser, fetch: Fetch) -> None:
    imap_user.server.drop_in(
        imap_user.name, *(raw_mail(n, subject=f"Subject {n}", sender=f"p{n}@customer.example") for n in range(450))
    )

    taken = fetch()

    assert (taken.fetched, taken.tickets_new, taken.duplicates) == (450, 450, 0)
    subjects = office.replica.database.execute_sql("SELECT subject FROM message ORDER BY n").fetchall()
    assert [row[0] for row in subjects] == [f"Subject {n}" for n in range(450)]
    assert fetch().fetched == 0


def test_the_folder_of_a_team_is_never_read_as_mail(office: Office, imap_user: ImapUser) -> None:
    """Whoever chose it as that of the mailbox is told."""
    with imap_user.server.client(imap_user.name) as client:
        client.create("DeskHelp-Sync")
    imap_user.append(raw_mail(1), folder="DeskHelp-Sync")
    imap = f"imaps://{imap_user.name}@127.0.0.1:{imap_user.server.tls_port}"
    form = AccountForm("", "team@real.example", imap, "", str(imap_user.server.ca_file), folder="DeskHelp-Sync")
    box = accounts.add(office, form)

    with (
        ReadingPool(1) as pool,
        open_session(box, imap_user.password) as session,
        pytest.raises(DeskTrouble, match="no mail"),
    ):
        fetch_all(lambda fn, *args: fn(office, *args), box, session, pool)
