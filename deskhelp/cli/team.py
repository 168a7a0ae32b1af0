"""team create, join, status, leave: exchanging changes with colleagues."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from typing import TYPE_CHECKING

from .context import Commands, Shared, command, office_of
from .output import Output

if TYPE_CHECKING:
    from deskhelp.services.computers import ComputerState
    from deskhelp.services.team_about import Team

_PLACES = "folder:///PATH, sqlite:///PATH, postgresql://USER@HOST/DATABASE, imap:MAILBOX (one that is connected here)"


def register(commands: Commands, shared: Shared) -> None:
    team = commands.add_parser("team", help="exchange changes with colleagues", parents=[shared])
    group = team.add_subparsers(metavar="create|join|status|name|password|code|leave", required=True)
    for name, text, run in (
        ("create", "found a team in a folder, database or mailbox that all can reach", _create),
        ("join", "join the team there, with all that is here", _join),
    ):
        made = command(group, shared, name, text, run)
        made.add_argument("url", metavar="URL", help=_PLACES)
        made.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        if run is _create:
            made.add_argument("--encrypt", action="store_true", help="so that the keeper of the place cannot read it")
        else:
            made.add_argument("--code-stdin", action="store_true", help="read the pairing code, after the password")
    command(group, shared, "status", "how the exchange stands", _status)
    called = command(group, shared, "name", "what this computer is called in the histories of tickets", _name)
    called.add_argument("name", metavar="NAME", nargs="?", help="call it so from now on")
    password = command(group, shared, "password", "give the new password of the team's database", _password)
    password.add_argument("--password-stdin", action="store_true", required=True, help="read it from standard input")
    code = command(group, shared, "code", "show the pairing code by which others join an encrypted team", _code)
    code.add_argument("--code-stdin", action="store_true", help="give it here, where it is not known any more")
    command(group, shared, "leave", "exchange no more; everything stays here", _leave)


def _given_password(options: argparse.Namespace) -> str | None:
    return sys.stdin.readline().rstrip("\r\n") if options.password_stdin else None


def _create(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import team

    with office_of(options) as office:
        made = team.create(office, options.url, _given_password(options), encrypt=options.encrypt)
        code = team.pairing_code(office) if made.is_sealed else None
    _tell(output, made, f"The team is founded at {made.url}. Others join it there.", code)


def _join(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import team

    with office_of(options) as office:
        password = _given_password(options)
        code = sys.stdin.readline().strip() if options.code_stdin else ""
        joined = team.join(office, options.url, password, code)
    _tell(output, joined, f"Joined the team at {joined.url}. The next sync exchanges.")


def _code(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import team

    with office_of(options) as office:
        if options.code_stdin:
            team.give_code(office, sys.stdin.readline().strip())
        code = team.pairing_code(office)
    output.show({"code": code}, code)


def _tell(output: Output, team: Team, said: str, code: str | None = None) -> None:
    from deskhelp.services import passwords, team_passwords

    value: dict[str, object] = {"team": team.id, "url": team.url, "encrypted": team.is_sealed}
    lines = [said]
    if code is not None:
        value["code"] = code
        lines.append(f"They need this pairing code, which nobody else should see: {code}")
    if team_passwords.has_password(team.url):
        is_kept = passwords.is_remembered(team.url)
        where = f"in the keyring ({passwords.backend_name()})" if is_kept else "nowhere: give it with each run"
        value["password_kept"] = is_kept
        lines.append(f"The password of its database is kept {where}.")
    output.show(value, *lines)


def _status(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import computers, team
    from deskhelp.services.presenting import moment

    with office_of(options) as office:
        found = team.status(office)
        known = computers.listed(office)
    exchanged = moment(found.exchanged_at_ms)
    value = {**dataclasses.asdict(found), "exchanged_at": exchanged}
    value.pop("exchanged_at_ms")
    value["computers"] = [
        {"replica": one.replica, "name": one.name, "is_self": one.is_self, "heard_at": moment(one.heard_at_ms)}
        for one in known
    ]
    output.show(
        value,
        f"Team at {found.url}; {len(found.replicas)} computers known; "
        f"{found.waiting} of {found.segments} parcels of changes wait; exchanged {exchanged or 'never'}.",
        *(_computer_line(one, moment(one.heard_at_ms)) for one in known),
        *(["It is encrypted."] if found.is_encrypted else []),
        *(["Its pairing code is not known here: give it with: deskhelp team code"] if found.is_code_wanted else []),
    )


def _computer_line(one: ComputerState, heard: str | None) -> str:
    return f"  {one.name} ({'this computer' if one.is_self else f'last heard {heard}' if heard else one.replica})"


def _name(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import computers

    with office_of(options) as office:
        if options.name is not None:
            computers.rename(office, options.name)
        name = computers.own_name(office)
    output.show({"name": name}, name)


def _password(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import passwords, team

    with office_of(options) as office:
        is_kept = team.give_password(office, _given_password(options) or "")
    where = f"kept in the keyring ({passwords.backend_name()})" if is_kept else "kept nowhere: give it with each run"
    output.show({"password_kept": is_kept}, f"The team's place takes the password; it is {where}.")


def _leave(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import team

    with office_of(options) as office:
        team.leave(office)
    output.show({"left": True}, "Left the team; everything stays here.")
