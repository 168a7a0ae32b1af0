"""team create, join, status, leave: exchanging changes with colleagues."""

from __future__ import annotations

import argparse
import dataclasses

from .context import Commands, Shared, command, office_of
from .output import Output


def register(commands: Commands, shared: Shared) -> None:
    team = commands.add_parser("team", help="exchange changes with colleagues", parents=[shared])
    group = team.add_subparsers(metavar="create|join|status|leave", required=True)
    for name, text, run in (
        ("create", "found a team in a folder or database file that all can reach", _create),
        ("join", "join the team there, with all that is here", _join),
    ):
        command(group, shared, name, text, run).add_argument(
            "url", metavar="URL", help="folder:///PATH, sqlite:///PATH"
        )
    command(group, shared, "status", "how the exchange stands", _status)
    command(group, shared, "leave", "exchange no more; everything stays here", _leave)


def _create(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import team

    with office_of(options) as office:
        made = team.create(office, options.url)
    output.show({"team": made.id, "url": made.url}, f"The team is founded at {made.url}. Others join it there.")


def _join(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import team

    with office_of(options) as office:
        joined = team.join(office, options.url)
    output.show({"team": joined.id, "url": joined.url}, f"Joined the team at {joined.url}. The next sync exchanges.")


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
