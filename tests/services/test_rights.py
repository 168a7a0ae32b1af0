"""Who may do what, once somebody has been given a role; before, everybody may everything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskhelp.domain.errors import Refused
from deskhelp.services import accounts, catalog, erasing, rights
from deskhelp.services.erasing import Found
from deskhelp.services.office import Office

from .conftest import ANNA, BORIS, BOX

NOTHING = Found("maria@customer.example", (), (), ())


def give_role(office: Office, agent_id: str, role: str) -> None:
    agent = next(one for one in catalog.agents(office) if one.id == agent_id)
    catalog.save(office, replace(agent, role=role))


@pytest.mark.parametrize("role", [rights.LEAD, rights.ADMIN])
def test_where_nobody_has_a_role_everybody_may(office: Office, role: str) -> None:
    assert rights.may(office, role)
    rights.require(office, role)


@pytest.mark.parametrize(
    ("mine", "wanted", "may"),
    [
        ("agent", rights.LEAD, False),
        ("agent", rights.ADMIN, False),
        ("lead", rights.LEAD, True),
        ("lead", rights.ADMIN, False),
        ("admin", rights.LEAD, True),
        ("admin", rights.ADMIN, True),
    ],
)
def test_a_role_holds_what_those_below_it_may(office: Office, mine: str, wanted: str, may: bool) -> None:
    give_role(office, BORIS, "admin")
    give_role(office, ANNA, mine)

    assert rights.may(office, wanted) is may


def test_what_is_refused_is_said_with_who_could_do_it(office: Office) -> None:
    give_role(office, BORIS, "admin")

    with pytest.raises(Refused) as refused:
        erasing.erase(office, NOTHING)
    assert refused.value.advice == "Ask Boris."
    with pytest.raises(Refused):
        accounts.remove(office, BOX)
    assert office.mailboxes == (BOX,)


def test_a_leader_who_left_locks_nobody_out(office: Office) -> None:
    give_role(office, BORIS, "admin")
    catalog.delete(office, next(one for one in catalog.agents(office) if one.id == BORIS))

    assert rights.may(office, rights.ADMIN)


def test_everybody_changes_their_own_name_and_nobody_their_own_role(office: Office) -> None:
    give_role(office, BORIS, "admin")

    rights.require_for_agent(office, replace(office.agent, name="Anna Berg"))
    with pytest.raises(Refused):
        rights.require_for_agent(office, replace(office.agent, role="admin"))
    with pytest.raises(Refused):
        rights.require_for_agent(office, replace(office.agent, id=BORIS, name="Nobody"))
