"""The parser of all commands, and running one of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from deskhelp import __version__
from deskhelp.domain.errors import DeskTrouble

from . import accounts, actions, canned, mail, maintenance, outbox, tickets
from .output import Output

GROUPS = (mail, accounts, tickets, actions, outbox, canned, maintenance)


def run(argv: Sequence[str]) -> int:
    options = parser().parse_args(argv)
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
    top = argparse.ArgumentParser("deskhelp", parents=[_shared(None, False)], description=__doc__)
    top.add_argument("--version", action="version", version=f"DeskHelp {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in GROUPS:
        group.register(commands, shared)
    return top


def _shared(profile: Path | str | None, as_json: bool | str) -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--profile", type=Path, default=profile, metavar="DIR", help="the installation's folder")
    options.add_argument("--json", action="store_true", default=as_json, help="machine-readable output")
    return options
