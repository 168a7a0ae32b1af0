"""Opening the profile that a command works on."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from deskhelp.services.office import Office
from deskhelp.settings import open_profile


def office_of(options: argparse.Namespace) -> Office:
    """The office of ``--profile``, made if it is new."""
    return Office.open(open_profile(options.profile))


Commands = Any
Shared = argparse.ArgumentParser


def command(
    commands: Commands, shared: Shared, name: str, help_text: str, run: Callable[..., int | None]
) -> argparse.ArgumentParser:
    """A command's parser; `run(options, output)` does it."""
    parser: argparse.ArgumentParser = commands.add_parser(name, parents=[shared], help=help_text, description=help_text)
    parser.set_defaults(run=run)
    return parser
