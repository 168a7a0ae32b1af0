"""export, backup, restore, check, doctor: keeping the data safe, and saying how things stand."""

from __future__ import annotations

import argparse
import dataclasses
import getpass
import os
import platform
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from deskhelp import __version__
from deskhelp.settings import open_profile

from .context import Commands, Shared, command, office_of
from .output import Output

if TYPE_CHECKING:
    from deskhelp.services.team_check import PlaceReport


def register(commands: Commands, shared: Shared) -> None:
    command(commands, shared, "export", "every ticket as JSON and .eml", _export).add_argument("folder", type=Path)
    made = command(commands, shared, "backup", "copy the database while it is in use, and read the copy again", _backup)
    made.add_argument("--encrypt", action="store_true", help="so that nobody can read it without a passphrase")
    back = command(commands, shared, "restore", "put a backup in the database's place", _restore)
    for parser in (made, back):
        parser.add_argument("file", type=Path)
        parser.add_argument("--passphrase-stdin", action="store_true", help="read the passphrase from standard input")
    check = command(commands, shared, "check", "prove that nothing is lost or damaged", _check)
    check.add_argument("--rebuild", action="store_true", help="make the tables anew from the log and compare")
    check.add_argument("--no-hub", action="store_true", help="only what is on this computer, not the team's place")
    command(commands, shared, "doctor", "how this installation stands", _doctor)


def _export(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services.transfer import export_tickets

    with office_of(options) as office:
        count = export_tickets(office, options.folder)
    output.show({"tickets": count}, f"{count} tickets were written to {options.folder}.")


def _backup(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services.maintenance import back_up

    passphrase = None
    if options.encrypt or options.passphrase_stdin:
        passphrase = _given_passphrase(options) or _typed("Passphrase: ", "And again: ")
    with office_of(options) as office:  # opened, so that an older database is brought up to date first
        held = back_up(office.profile, options.file, passphrase)
    value = {"file": str(options.file), "encrypted": passphrase is not None, **dataclasses.asdict(held)}
    counts = f"{held.tickets} tickets, {held.messages} messages, {held.events} events"
    output.show(value, f"The backup is {options.file}; it was read again and holds {counts}.")


def _restore(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services.maintenance import is_encrypted, restore

    passphrase = None
    if is_encrypted(options.file):
        passphrase = _given_passphrase(options) or _typed("Passphrase: ")
    aside = restore(open_profile(options.profile), options.file, passphrase)
    output.show({"restored": str(options.file), "before": str(aside) if aside else None}, "The backup is in place.")


def _given_passphrase(options: argparse.Namespace) -> str | None:
    """What standard input or the environment says, None for neither."""
    from deskhelp.services.maintenance import PASSPHRASE

    if options.passphrase_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return os.environ.get(PASSPHRASE)


def _typed(*prompts: str) -> str:
    """What somebody at a terminal types, the same at each prompt; DeskTrouble where nobody is there."""
    from deskhelp.domain.errors import DeskTrouble

    if not sys.stdin.isatty():
        raise DeskTrouble(
            "A passphrase is wanted.", advice="Give it with --passphrase-stdin or in DESKHELP_BACKUP_PASSPHRASE."
        )
    typed = {getpass.getpass(prompt) for prompt in prompts}
    if len(typed) > 1:
        raise DeskTrouble("The two passphrases differ.", advice="Nothing was written.")
    return typed.pop()


def _check(options: argparse.Namespace, output: Output) -> int:
    """Status 1 for damage here, or in the team's place; a place that cannot be reached is said and is no failure."""
    from deskhelp.services.maintenance import check
    from deskhelp.services.team_check import check_place

    with office_of(options) as office:
        report = check(office, rebuild=options.rebuild)
        place = None if options.no_hub else check_place(office)
    value = {
        "ok": report.ok,
        "problems": list(report.problems),
        "tickets": report.tickets,
        "messages": report.messages,
        "events": report.events,
        "state_hash": report.state_hash,
        "hub": None if place is None else _place_values(place),
    }
    counts = f"{report.tickets} tickets, {report.messages} messages, {report.events} events"
    lines = [*(report.problems or (f"All is well: {counts}.",)), *([] if place is None else _place_lines(place))]
    output.show(value, *lines)
    return 0 if report.ok and not (place and place.problems) else 1


def _place_values(place: PlaceReport) -> dict[str, object]:
    return {
        "url": place.url,
        "reached": place.reached,
        "trouble": str(place.trouble) if place.trouble else None,
        "items": dict(place.items),
        "proven": place.proven,
        "problems": place.problems,
        "waiting": place.waiting,
        "missing": place.missing,
        "untaken": place.untaken,
    }


def _place_lines(place: PlaceReport) -> list[str]:
    if not place.reached:
        return [f"The team's place was not looked at: {place.trouble}"]
    lines = list(place.problems) or [f"The team's place is well: {place.proven} items were read and are whole."]
    if place.waiting:
        lines.append(f"{place.waiting} parcels of changes from here are not there yet.")
    if place.untaken:
        lines.append(f"{place.untaken} parcels of changes there are not here yet.")
    return lines


def _doctor(options: argparse.Namespace, output: Output) -> int:
    from deskhelp.db.check import check
    from deskhelp.db.intake_store import last_checked
    from deskhelp.services import outbox, passwords
    from deskhelp.services.presenting import moment

    with office_of(options) as office:
        report = check(office.replica, deep=False)
        value = {
            "version": __version__,
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "profile": str(office.profile.root),
            "database_bytes": office.profile.database.stat().st_size,
            "keyring": passwords.backend_name() or None,
            "mailboxes": [
                {"address": box.address, "checked": moment(last_checked(office.replica, box.id))}
                for box in office.mailboxes
            ],
            "outbox": outbox.count_waiting(office),
            "problems": list(report.problems),
        }
    output.show(value, *(f"{name}: {shown}" for name, shown in value.items()))
    return 0 if report.ok else 1
