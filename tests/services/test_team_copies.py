"""A copied installation: what waited to leave is held in the copy, whatever else goes wrong when it notices."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db.hub_folder import FolderHub
from deskhelp.domain.segments import HubTrouble
from deskhelp.domain.status import Delivery
from deskhelp.services import catalog, sending, team, writing
from deskhelp.services.office import Office
from deskhelp.services.team_exchange import exchange_with_team
from deskhelp.settings import open_profile
from tests.support.running_desk import answer, state_of

from .conftest import Clock


@pytest.fixture
def copy(office: Office, ticket: str, tmp_path: Path, clock: Clock) -> Iterator[tuple[Office, list[str]]]:
    """What a copy of an installation with two waiting answers is, one due and one that can be taken back yet; and they.

    The one that was copied has written something since, so that the copy finds it under its own id.
    """
    (tmp_path / "place").mkdir()
    team.create(office, f"folder://{tmp_path / 'place'}")
    exchange(office)
    draft = replace(writing.start(office, ticket, "reply"), text="Have you tried another cable?")
    answers = [answer(office, ticket, "Please restart it."), sending.send(office, draft).message]
    shutil.copytree(tmp_path / "desk", tmp_path / "copy")
    sending.add_note(office, ticket, "Maria has called.")
    exchange(office)
    with Office.open(open_profile(tmp_path / "copy"), clock=clock) as opened:
        catalog.set_agent(opened, office.agent_id)
        yield opened, answers


def exchange(office: Office) -> Any:
    def call(fn: Callable[..., Any], *args: Any) -> Any:
        office.replica.bind()
        return fn(office, *args)

    return exchange_with_team(call)


def test_all_answers_that_wait_are_held_in_the_copy(copy: tuple[Office, list[str]]) -> None:
    office, answers = copy

    assert exchange(office).has_forked
    assert [state_of(office, message) for message in answers] == [Delivery.HELD, Delivery.HELD]


def test_they_are_held_too_where_the_exchange_breaks_off_right_then(
    copy: tuple[Office, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(*_: object) -> None:
        raise HubTrouble("The line is dead.")

    office, answers = copy
    before = office.replica.replica_id
    monkeypatch.setattr(FolderHub, "put", dead)

    with pytest.raises(HubTrouble):
        exchange(office)
    assert office.replica.replica_id != before
    assert [state_of(office, message) for message in answers] == [Delivery.HELD, Delivery.HELD]
