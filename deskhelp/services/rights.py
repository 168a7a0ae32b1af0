"""What only some may do, in a desk that has said who they are.

This keeps people from accidents, not attackers: whoever has the files can read them.
"""

from __future__ import annotations

from typing import Final

from deskhelp.domain.entities import Agent
from deskhelp.domain.errors import Refused

from . import catalog
from .office import Office

LEAD: Final = "lead"
ADMIN: Final = "admin"
_RANKS: Final = ("agent", LEAD, ADMIN)


def may(office: Office, role: str) -> bool:
    """Whether who works here has at least this role. Where nobody has it, everybody may."""
    wanted = _RANKS.index(role)
    able = [agent for agent in catalog.agents(office) if _rank(agent.role) >= wanted]
    return not able or any(agent.id == office.agent_id for agent in able)


def require(office: Office, role: str) -> None:
    """Refused, with who could do it, unless who works here `may`."""
    if may(office, role):
        return
    wanted = _RANKS.index(role)
    names = ", ".join(agent.name for agent in catalog.agents(office) if _rank(agent.role) >= wanted)
    raise Refused("Your role does not allow this.", advice="Ask {names}.", names=names)


def require_for_agent(office: Office, agent: Agent) -> None:
    """Everybody may change their own name and signature; roles, and what is others', are for who may administer."""
    held = next((one for one in catalog.agents(office) if one.id == agent.id), None)
    is_mine = agent.id == office.agent_id and held is not None and held.role == agent.role
    if not is_mine:
        require(office, ADMIN)


def _rank(role: str) -> int:
    return _RANKS.index(role) if role in _RANKS else 0
