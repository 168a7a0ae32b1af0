"""What `sync --watch` says: how mail and the exchange with the team are doing, whenever that changes."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from deskhelp.services.presenting import moment
from deskhelp.services.team_places import shown

from .output import Output

if TYPE_CHECKING:
    from deskhelp.services.runner import MailHealth
    from deskhelp.services.team_link import TeamHealth

_STATES = {None: "starting", True: "online", False: "offline"}


class Teller:
    """Shows each change once, whichever thread tells it. That all is as before is told by no line."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._lock = threading.Lock()
        self._before: MailHealth | None = None
        self._team_line = ""

    def tell(self, health: MailHealth) -> None:
        """Show how things stand, if that is news."""
        if health.is_working:
            return
        with self._lock:
            before, self._before = self._before, health
            if before is not None and _stands(before) == _stands(health) and not _has_moved(before.team, health.team):
                return
            self._output.show(_as_json(health), *self._lines(before, health))

    def _lines(self, before: MailHealth | None, health: MailHealth) -> list[str]:
        lines = []
        if before is None or _stands(replace(before, team=None)) != _stands(replace(health, team=None)):
            lines.append(_mail_line(health))
        if health.team is not None:
            was_reached = before is None or before.team is None or before.team.is_reached
            lines += _team_lines(before.team if before else None, health.team, was_reached=was_reached)
        return lines


def _stands(health: MailHealth) -> Any:
    """A health without what changes all the time: when was looked, how many parcels moved."""
    team = health.team
    still = None if team is None else (team.place, team.is_reached, str(team.trouble or ""))
    return health.is_online, health.outbox, str(health.trouble or ""), health.has_account, still


def _has_moved(before: TeamHealth | None, team: TeamHealth | None) -> bool:
    """Whether the last exchange handed something over or took something in."""
    is_another = team is not None and (before is None or before.exchanged_at_ms != team.exchanged_at_ms)
    return team is not None and is_another and bool(team.pushed or team.pulled)


def _as_json(health: MailHealth) -> dict[str, Any]:
    return {
        "state": _STATES[health.is_online],
        "checked": moment(health.checked_at_ms),
        "outbox": health.outbox,
        "trouble": str(health.trouble) if health.trouble else None,
        "team": _team_as_json(health.team),
    }


def _team_as_json(team: TeamHealth | None) -> dict[str, Any] | None:
    """`pushed` and `pulled` are the parcels of changes of the exchange at `exchanged`."""
    if team is None:
        return None
    return {
        "place": team.place,
        "reached": team.is_reached,
        "exchanged": moment(team.exchanged_at_ms),
        "pushed": team.pushed,
        "pulled": team.pulled,
        "trouble": str(team.trouble) if team.trouble else None,
    }


def _mail_line(health: MailHealth) -> str:
    checked = moment(health.checked_at_ms) or "never"
    line = f"{_STATES[health.is_online]}, mail checked {checked}, {health.outbox} in the outbox."
    return f"{line} {health.trouble or ''}".rstrip()


def _team_lines(before: TeamHealth | None, team: TeamHealth, *, was_reached: bool) -> list[str]:
    where = f"team at {shown(team.place)}" if team.place else "team"
    trouble = str(team.trouble) if team.trouble else ""
    if not team.is_reached:
        return [f"{where}: not reached. {trouble}"]
    lines = []
    if before is None or not was_reached:
        lines.append(f"{where}: reached{'' if before is None else ' again'}.")
    if _has_moved(before, team):
        lines.append(f"{where}: {team.pushed} parcels of changes handed over, {team.pulled} taken in.")
    if trouble and (before is None or trouble != str(before.trouble or "")):
        lines.append(f"{where}: {trouble}")
    return lines
