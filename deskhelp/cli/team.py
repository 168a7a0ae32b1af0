"""team create, join, status, leave: exchanging changes with colleagues."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from typing import TYPE_CHECKING

from .context import Commands, Shared, command, office_of
from .output import Output

if TYPE_CHECKING:
    from deskhelp.services.team import Team


def register(commands: Commands, shared: Shared) -> None:
    team = commands.add_parser("team", help="exchange changes with colleagues", parents=[shared])
    group = team.add_subparsers(metavar="create|join|status|leave", required=True)
    for name, text, run in (
        ("create", "found a team in a folder, database file or database that all can reach", _create),
        ("join", "join the team there, with all that is here", _join),
    ):
        made = command(group, shared, name, text, run)
        made.add_argument("url", metavar="URL", help="folder:///PATH, sqlite:///PATH, postgresql://USER@HOST/DATABASE")
        made.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    command(group, shared, "status", "how the exchange stands", _status)
    command(group, shared, "leave", "exchange no more; everything stays here", _leave)


def _given_password(options: argparse.Namespace) -> str | None:
    return sys.stdin.readline().rstrip("\r\n") if options.password_stdin else None


def _create(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import team

    with office_of(options) as office:
        made = team.create(office, options.url, _given_password(options))
    _tell(output, made, f"The team is founded at {made.url}. Others join it there.")


def _join(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import team

    with office_of(options) as office:
        joined = team.join(office, options.url, _given_password(options))
    _tell(output, joined, f"Joined the team at {joined.url}. The next sync exchanges.")


def _tell(output: Output, team: Team, said: str) -> None:
    from deskhelp.services import passwords, team_passwords

    value: dict[str, object] = {"team": team.id, "url": team.url}
    lines = [said]
    if team_passwords.has_password(team.url):
        is_kept = passwords.is_remembered(team.url)
        where = f"in the keyring ({passwords.backend_name()})" if is_kept else "nowhere: give it with each run"
        value["password_kept"] = is_kept
        lines.append(f"The password of its database is kept {where}.")
    output.show(value, *lines)


def _status(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import team
    from deskhelp.services.presenting import moment

    with office_of(options) as office:
        found = team.status(office)
    exchanged = moment(found.exchanged_at_ms)
    value = {**dataclasses.asdict(found), "exchanged_at": exchanged}
    value.pop("exchanged_at_ms")
    output.show(
        value,
        f"Team at {found.url}; {len(found.replicas)} computers known; "
        f"{found.waiting} of {found.segments} parcels of changes wait; exchanged {exchanged or 'never'}.",
    )


def _leave(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import team

    with office_of(options) as office:
        team.leave(office)
    output.show({"left": True}, "Left the team; everything stays here.")
