"""The password of a team's database: apart from the address, in the keyring, gone with the team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend

from deskhelp.domain.segments import HubTrouble
from deskhelp.services import passwords, team, team_passwords
from deskhelp.services.office import Office
from tests.support.servers import TeamDatabase


class SystemBackend(KeyringBackend):
    """A keyring that is trusted."""

    priority = 1
    kept: ClassVar[dict[str, str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop(username, None)


SystemBackend.__module__ = "keyring.backends.SecretService"


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """What the keyring holds; nothing is known from runs before."""
    for name in ("DESKHELP_PASSWORD", team_passwords.VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(passwords, "_session", {})
    before = keyring.get_keyring()
    keyring.set_keyring(SystemBackend())
    yield SystemBackend.kept
    SystemBackend.kept.clear()
    keyring.set_keyring(before)


@pytest.mark.parametrize(
    ("url", "place", "password"),
    [
        ("postgresql://desk:p%40s%3a@h:5432/team?sslcert=/c", "postgresql://desk@h:5432/team?sslcert=/c", "p@s:"),
        ("postgresql://desk:a@b:c[@h/team", "postgresql://desk@h/team", "a@b:c["),
        ("postgresql://desk:@h/team", "postgresql://desk@h/team", None),
        ("postgresql://desk@h:5432/team", "postgresql://desk@h:5432/team", None),
        ("postgresql://h:5432/team?sslrootcert=/a@b", "postgresql://h:5432/team?sslrootcert=/a@b", None),
        ("postgresq://desk:p@h/team", "postgresq://desk@h/team", "p"),
        ("folder://server@SSL/share", "folder://server@SSL/share", None),
        (" sqlite:///C:/team@home.sqlite ", "sqlite:///C:/team@home.sqlite", None),
    ],
)  # fmt: skip
def test_a_password_is_taken_out_of_an_address(url: str, place: str, password: str | None) -> None:
    assert team_passwords.taken_out(url) == (place, password)


def test_a_team_is_founded_with_the_password_in_its_address_which_goes_when_the_team_is_left(
    office: Office, team_database: TeamDatabase, kept: dict[str, str]
) -> None:
    made = team.create(office, team_database.url.replace("desk@", f"desk:{team_database.password}@"))

    assert made.url == team_database.url == office.replica.meta("team_url")
    assert kept == {team_database.url: team_database.password}
    passwords._session.clear()
    assert team_passwords.find(made.url) == team_database.password
    team.leave(office)
    assert kept == {}
    assert team_passwords.find(made.url) is None


def test_a_password_that_was_refused_is_not_kept(
    office: Office, team_database: TeamDatabase, kept: dict[str, str]
) -> None:
    with pytest.raises(HubTrouble, match="refuses desk"):
        team.create(office, team_database.url, "wrong")

    assert kept == {}
    assert team_passwords.find(team_database.url) is None
    assert team.team_of(office) is None


def test_the_password_of_a_mailbox_is_never_shown_to_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHELP_PASSWORD", "that of a mailbox")

    assert team_passwords.find("postgresql://desk@h/team") is None
    monkeypatch.setenv(team_passwords.VARIABLE, "that of the team")
    assert team_passwords.find("postgresql://desk@h/team") == "that of the team"
    assert team_passwords.find("sqlite:///team.sqlite") is None
