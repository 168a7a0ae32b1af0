"""A small crowd on one mailbox and one place, as real processes; `python -m tests.bench crowd` is the large one."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.crowd import Crowd, Place, crowd
from tests.support.dovecot import Dovecot
from tests.support.servers import require_dovecot
from tests.support.smtp_server import SmtpServer

CLIENTS, MAILS, PATIENCE_S = 3, 60, 60.0


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Crowd]:
    """Three installations that meet in a database file, and a server that allows three connections."""
    require_dovecot()
    with Dovecot(per_user=CLIENTS) as server, SmtpServer(server) as smtp:
        server.add_user("crowd")
        place = Place(f"sqlite://{tmp_path}/team.sqlite")
        with crowd(tmp_path, CLIENTS, place, server, "crowd", smtp) as found:
            for client in found.clients:
                client.start()
            found.until(lambda: all(client.is_in_touch for client in found.clients), PATIENCE_S)
            yield found


@pytest.mark.long
def test_every_mail_is_one_ticket_everywhere_and_every_answer_leaves_once(desks: Crowd) -> None:
    desks.until(lambda: len(desks.fetchers()) == 1, PATIENCE_S)
    desks.mail(MAILS)
    desks.until(lambda: desks.has_all_mail, PATIENCE_S, acts_a_s=2)
    desks.line.plan.delay_s = 0.02
    desks.go_on(4, acts_a_s=3, mails_a_s=1)
    desks.line.cut_all()
    ticket = next(one for one in desks.clients[0].tickets() if one not in desks.answered)
    for client in desks.clients[:2]:
        desks.answer(client, ticket)
    desks.until(lambda: desks.is_calm, PATIENCE_S)
    assert desks.bodies() == desks.mails  # the line that broke made nobody else fetch
    assert max(desks.take_seen()) < 10

    (gone,) = desks.fetchers()
    gone.end(signal.SIGKILL)
    gone.ended()
    desks.mail()
    others = [client for client in desks.clients if client is not gone]
    desks.until(lambda: all(client.count("message WHERE direction = 'in'") == desks.mails for client in others), 40)
    gone.start()
    desks.until(lambda: desks.is_calm, PATIENCE_S)
    for client in desks.clients:
        client.end()
    assert [client.ended() for client in desks.clients] == [0] * CLIENTS

    left = Counter(mail.raw.partition(b"Message-ID: ")[2].partition(b"\r\n")[0] for mail in desks.smtp.mails)
    held = sum(client.count("outbox WHERE state = 'held'") for client in desks.clients)
    assert set(left.values()) == {1}
    assert len(left) == len(desks.replies) - held
    assert held in (1, 2)
    reports = [client.check() for client in desks.clients]
    assert [report.problems for report in reports] == [()] * CLIENTS
    assert len({report.state_hash for report in reports}) == 1
    query = "SELECT COUNT(*), COUNT(DISTINCT ticket) FROM message WHERE direction = 'in'"
    assert [client.ask(query) for client in desks.clients] == [[(desks.mails, desks.mails)]] * CLIENTS
    assert not [text for text in desks.troubles() if "later" in text]
