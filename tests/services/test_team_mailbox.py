"""A team that meets in a mailbox of this installation: which one it is, its password, and when it is gone."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble, Refused
from deskhelp.domain.identity import mailbox_id
from deskhelp.domain.segments import HubBusy, HubTrouble, seal
from deskhelp.mail.imap_store import StoringSession
from deskhelp.services import accounts, catalog, passwords, team, team_exchange, team_mailbox, team_places
from deskhelp.services.office import Office
from deskhelp.services.team_mailbox import open_mailbox
from deskhelp.settings import open_profile
from tests.support.dovecot import Dovecot
from tests.support.hubs import messages
from tests.support.servers import ImapUser

ONE = "seg/00000000000000aa/0000000001-dddddddddddddddddddddddddddddddd"


@pytest.fixture
def box(office: Office, imap_user: ImapUser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A mailbox that is connected, its password known for this run."""
    monkeypatch.setattr(passwords, "_backend", lambda: None)
    monkeypatch.setattr(passwords, "_session", {})
    imap = f"imaps://{imap_user.name}@127.0.0.1:{imap_user.server.tls_port}"
    form = accounts.AccountForm("Support", "support@real.example", imap, "", str(imap_user.server.ca_file))
    made = accounts.add(office, form)
    passwords.keep(made.id, imap_user.password)
    yield made
    team_mailbox.try_again()


@pytest.mark.parametrize("name", ["imap:support", "imap:Support@Real.example", " imap:Support "])
def test_the_team_stays_in_the_mailbox_whatever_it_is_called_later(name: str, office: Office, box: Mailbox) -> None:
    assert team.create(office, name).url == "imap:support@real.example"
    catalog.save(office, dataclasses.replace(box, name="Helpdesk"))

    done = team_exchange.exchange_with_team(lambda fn, *args: fn(office, *args))

    assert done is not None
    assert team_places.shown(team.status(office).url) == "support@real.example"


def test_who_joins_needs_the_mailbox_and_whoever_removes_it_is_told(
    office: Office, box: Mailbox, tmp_path: Path
) -> None:
    team.create(office, "imap:support")
    with Office.open(open_profile(tmp_path / "boris")) as other, pytest.raises(Refused) as caught:
        team.join(other, "imap:support@real.example")
    assert "not connected on this computer" in caught.value.sentence
    assert "account add" in caught.value.advice

    accounts.remove(office, box)
    with pytest.raises(Refused, match="not connected"):
        team_exchange.exchange_with_team(lambda fn, *args: fn(office, *args))


def test_a_mailbox_without_a_server_or_a_password_is_no_place(office: Office, box: Mailbox) -> None:
    local = Mailbox(mailbox_id("demo@desk.example"), "Demo", "demo@desk.example", is_local=True)
    catalog.save(office, local)
    with pytest.raises(Refused, match="no server"):
        team.create(office, "imap:Demo")
    passwords.forget(box.id)
    with pytest.raises(DeskTrouble, match="not known on this computer"):
        team.create(office, "imap:Support")
    assert team.team_of(office) is None


def test_who_is_refused_as_too_many_are_connected_waits_for_a_colleague_to_leave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Dovecot(per_user=1) as server:
        password = server.add_user("busy")
        box = Mailbox(
            mailbox_id("busy@desk.example"),
            "Busy",
            "busy@desk.example",
            imap=f"imaps://busy@127.0.0.1:{server.tls_port}",
            ca_file=str(server.ca_file),
        )
        colleagues = [server.client("busy")]
        monkeypatch.setattr(team_mailbox, "sleep", lambda seconds: colleagues and colleagues.pop().logout())
        with contextlib.closing(open_mailbox(box, password)) as hub:
            assert hub.names("seg/") == []

        monkeypatch.setattr(team_mailbox, "TURN_PATIENCE_S", 0.0)
        with server.client("busy"), pytest.raises(HubBusy):
            open_mailbox(box, password)


def test_an_encrypted_team_meets_in_a_mailbox(office: Office, box: Mailbox, imap_user: ImapUser) -> None:
    team.create(office, "imap:support", encrypt=True)
    team_exchange.exchange_with_team(lambda fn, *args: fn(office, *args))

    found = messages(imap_user)
    assert any(b"Subject: seg/" in raw for raw in found.values())
    assert team.status(office).waiting == 0


def test_a_refused_password_is_not_tried_again_and_again(
    box: Mailbox, imap_user: ImapUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accounts get locked; whoever asks to look at once has it tried once more, and a new one is tried anyway."""
    tries: list[str] = []
    real = StoringSession.log_in

    def counted(session: StoringSession, password: str) -> None:
        tries.append(password)
        real(session, password)

    monkeypatch.setattr(StoringSession, "log_in", counted)
    for _ in range(5):
        with pytest.raises(HubTrouble, match="refused the password"):
            open_mailbox(box, "wrong")
    assert tries == ["wrong", "wrong"]
    open_mailbox(box, None).close()
    team_places.try_again()
    with pytest.raises(HubTrouble, match="refused the password"):
        open_mailbox(box, "wrong")
    assert tries == ["wrong", "wrong", imap_user.password, "wrong"]


def test_the_next_exchange_asks_only_for_what_is_new(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = open_mailbox(box, None)
    hub.put(ONE, seal(b"one"))
    hub.close()
    monkeypatch.setattr(StoringSession, "subjects", lambda session, uids: {} if not uids else pytest.fail("asked"))

    again = open_mailbox(box, None)

    assert again.names("") == [ONE]
    again.close()
