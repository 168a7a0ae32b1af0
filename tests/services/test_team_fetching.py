"""One installation of a team fetches the mail, the others have it from the team; who fetches can change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from deskhelp.domain.events import MAIL_RECEIVED
from deskhelp.domain.lease import Place
from deskhelp.mail.imap import ImapSession
from deskhelp.mail.imap_fetch import FetchedMail
from deskhelp.services import reading_places, team, team_link
from deskhelp.services.office import Office
from tests.support.running_desk import Watched, answer, running, tickets_of
from tests.support.servers import ImapUser
from tests.support.smtp_server import SmtpServer

from .conftest import raw_mail

MANY = 40


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite://{tmp_path}/team.sqlite"


@pytest.fixture
def first(tmp_path: Path, url: str, imap_user: ImapUser, smtp_server: SmtpServer) -> Iterator[Watched]:
    """Anna's installation, which founded the team and has read a full mailbox."""
    imap_user.append(*(mail(number) for number in range(MANY)))
    with running(tmp_path / "a", imap_user, smtp_server) as desk:
        desk.until(lambda: len(desk.tickets()) == MANY)
        desk.workers.write_now(team.create, url)
        desk.runner.check_now()
        desk.until(lambda: desk.health.team is not None)
        yield desk


def mail(number: int) -> bytes:
    return raw_mail(number, sender=f"c{number}@customer.example", subject=f"Matter {number}")


def fetched_here(office: Office) -> int:
    """How many mails this installation has read from the mailbox itself."""
    query = "SELECT COUNT(*) FROM event WHERE kind = ? AND origin = ?"
    found = office.replica.database.execute_sql(query, (MAIL_RECEIVED, office.replica.replica_id))
    return int(found.fetchone()[0])


def join_before_start(root: Path, url: str) -> None:
    """A new laptop: it joins, and is then switched on."""
    from deskhelp.settings import open_profile

    with Office.open(open_profile(root / "desk")) as office:
        team.join(office, url)


def test_who_comes_later_has_all_mail_from_the_team_and_fetches_when_the_other_is_gone(
    first: Watched,
    tmp_path: Path,
    url: str,
    imap_user: ImapUser,
    smtp_server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    join_before_start(tmp_path / "b", url)
    with running(tmp_path / "b", imap_user, smtp_server) as second:
        second.until(lambda: len(second.tickets()) == MANY)
        imap_user.append(mail(MANY))
        second.until(lambda: len(second.tickets()) == MANY + 1)
        assert second.workers.read_now(fetched_here) == 0

        fetched = fetched_from_now_on(monkeypatch)
        first.runner.stop()
        imap_user.append(mail(MANY + 1))
        second.until(lambda: len(second.tickets()) == MANY + 2)
        assert second.workers.read_now(fetched_here) == 1
        assert fetched == [MANY + 2]


def fetched_from_now_on(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The UIDs of the mails that come over the line, as they are asked for."""
    uids: list[int] = []
    fetch = ImapSession.fetch

    def noted(session: ImapSession, wanted: Sequence[int], **more: Any) -> Iterator[FetchedMail]:
        uids.extend(wanted)
        return fetch(session, wanted, **more)

    monkeypatch.setattr(ImapSession, "fetch", noted)
    return uids


def test_who_does_not_fetch_sends_and_files_all_the_same(
    first: Watched, tmp_path: Path, url: str, imap_user: ImapUser, smtp_server: SmtpServer
) -> None:
    join_before_start(tmp_path / "b", url)
    with running(tmp_path / "b", imap_user, smtp_server) as second:
        second.until(lambda: len(second.tickets()) == MANY)
        (ticket, *_) = second.tickets()
        second.workers.write_now(answer, ticket, "It is done.")
        smtp_server.wait(1)
        second.until(lambda: second.workers.read_now(is_filed))
        assert second.workers.read_now(fetched_here) == 0


def is_filed(office: Office) -> bool:
    rows = office.replica.database.execute_sql("SELECT is_filed FROM outbox").fetchall()
    return bool(rows) and all(row[0] for row in rows)


def test_a_team_that_is_long_out_of_reach_stops_nobody_from_fetching(
    first: Watched,
    tmp_path: Path,
    url: str,
    imap_user: ImapUser,
    smtp_server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    join_before_start(tmp_path / "b", url)
    with running(tmp_path / "b", imap_user, smtp_server) as second:
        second.until(lambda: len(second.tickets()) == MANY)
        monkeypatch.setattr(team_link, "FETCH_ALONE_S", 0.1)
        (tmp_path / "team.sqlite").unlink()
        (tmp_path / "team.sqlite").mkdir()
        for desk in (first, second):
            desk.runner.check_now()
        imap_user.append(mail(MANY))
        second.until(lambda: len(second.tickets()) == MANY + 1)
        assert second.workers.read_now(fetched_here) >= 1


def test_how_far_somebody_else_has_read_only_moves_on(office: Office) -> None:
    (box,) = (box.id for box in office.mailboxes)

    def after(*places: tuple[str, Place]) -> Place:
        reading_places.go_on_from(office, [(name, "INBOX", place) for name, place in places])
        return reading_places.places_of(office, [box])[box]["INBOX"]

    begun = Place.of(7, 40, 3, [3, 39, 40])
    assert after((box, begun)) == begun
    assert after((box, Place.of(7, 30, 1, [1, 30]))) == begun
    assert after((box, Place.of(8, 90, 1, [1, 90]))) == begun
    assert after((box, Place.of(7, 50, 3, [50])), ("another", Place(7, 60, 3))) == Place.of(7, 50, 3, [3, 39, 40, 50])
    assert tickets_of(office) == []
