"""What a server takes at most is learnt from it, and a mail that is larger stays a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from deskhelp.domain.errors import DeskTrouble
from deskhelp.services import accounts, catalog, drafts, outbox, sending, sync, writing
from deskhelp.services.intake import Taken
from deskhelp.services.office import Office
from tests.services.conftest import BOX
from tests.support.dovecot import Dovecot
from tests.support.smtp_server import SmtpServer

Receive = Callable[..., Taken]


@pytest.fixture
def small_server(imap_server: Dovecot) -> Iterator[SmtpServer]:
    """A server that takes a hundred thousand bytes."""
    with SmtpServer(imap_server, size_limit=100_000) as server:
        server.deliver = False
        yield server


def send_all(office: Office) -> sync.Round:
    done = sync.Round()
    box = accounts.find(office, BOX.address)
    sync.send_due(lambda fn, *args: fn(office, *args), box, "secret-support", done)
    return done


def test_a_mail_larger_than_the_server_takes_stays_a_draft(
    office: Office, ticket: str, small_server: SmtpServer
) -> None:
    catalog.save(
        office,
        replace(
            BOX,
            smtp=f"smtps://support@127.0.0.1:{small_server.tls_port}",
            ca_file=str(small_server.ca_file),
        ),
    )
    draft = replace(writing.start(office, ticket, "reply"), text="See there.")
    sending.send(office, draft, send_now=True)
    assert send_all(office).sent == 1
    assert sending.size_limit(office, BOX.id) == 100_000

    file = drafts.attach(office, "big.bin", "application/octet-stream", b"x" * 100_000)
    large = replace(draft, files=(file,))
    drafts.save_draft(office, large)
    with pytest.raises(DeskTrouble, match=r"0\.1 MB"):
        sending.send(office, large, send_now=True)
    assert drafts.load_draft(office, ticket) is not None
    assert outbox.due(office) == []


def test_nothing_is_refused_before_the_server_has_said_what_it_takes(office: Office, ticket: str) -> None:
    file = drafts.attach(office, "big.bin", "application/octet-stream", b"x" * 1_000_000)
    draft = replace(writing.start(office, ticket, "reply"), text="See there.", files=(file,))
    sending.send(office, draft, send_now=True)
    assert len(outbox.due(office)) == 1
