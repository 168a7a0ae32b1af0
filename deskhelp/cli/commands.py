"""The parser of all commands, and running one of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from deskhelp import __version__
from deskhelp.domain.errors import DeskTrouble

from . import accounts, actions, canned, erasing, mail, maintenance, noise, outbox, team, tickets
from .output import Output

DESCRIPTION = "A helpdesk for a shared mailbox. Without a command the window opens."
GROUPS = (mail, accounts, tickets, actions, noise, outbox, canned, team, erasing, maintenance)


def run(argv: Sequence[str]) -> int:
    commands = parser()
    options = commands.parse_args(argv)
    if options.demo or options.self_check:
        commands.error("--demo and --self-check stand alone, without a command")
    output = Output(options.json)
    try:
        return int(options.run(options, output) or 0)
    except DeskTrouble as trouble:
        print(f"deskhelp: {trouble}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """All commands; --profile and --json may stand before or after the command."""
    shared = _shared(argparse.SUPPRESS, argparse.SUPPRESS)
    # Its own copy with real defaults: parsers that share an action would share its default too.
    top = argparse.ArgumentParser("deskhelp", parents=[_shared(None, False)], description=DESCRIPTION)
    top.add_argument("--version", action="version", version=f"DeskHelp {__version__}")
    top.add_argument("--demo", action="store_true", help="open the window on a demonstration that is thrown away")
    top.add_argument("--self-check", action="store_true", help="say step by step what works on this computer")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in GROUPS:
        group.register(commands, shared)
    return top


def _shared(profile: Path | str | None, as_json: bool | str) -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--profile", type=Path, default=profile, metavar="DIR", help="the installation's folder")
    options.add_argument("--json", action="store_true", default=as_json, help="machine-readable output")
    return options
