"""export, backup, restore, check, doctor: keeping the data safe, and saying how things stand."""

from __future__ import annotations

import argparse
import platform
import sqlite3
from pathlib import Path

from deskhelp import __version__
from deskhelp.settings import open_profile

from .context import Commands, Shared, command, office_of
from .output import Output


def register(commands: Commands, shared: Shared) -> None:
    command(commands, shared, "export", "every ticket as JSON and .eml", _export).add_argument("folder", type=Path)
    command(commands, shared, "backup", "copy the database while it is in use", _backup).add_argument("file", type=Path)
    back = command(commands, shared, "restore", "put a backup in the database's place", _restore)
    back.add_argument("file", type=Path)
    check = command(commands, shared, "check", "prove that nothing is lost or damaged", _check)
    check.add_argument("--rebuild", action="store_true", help="make the tables anew from the log and compare")
    command(commands, shared, "doctor", "how this installation stands", _doctor)


def _export(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services.transfer import export_tickets

    with office_of(options) as office:
        count = export_tickets(office, options.folder)
    output.show({"tickets": count}, f"{count} tickets were written to {options.folder}.")


def _backup(options: argparse.Namespace, output: Output) -> None:
    with office_of(options) as office:
        office.replica.backup(options.file)
    output.show({"file": str(options.file)}, f"The backup is {options.file}.")


def _restore(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services.maintenance import restore

    aside = restore(open_profile(options.profile), options.file)
    output.show({"restored": str(options.file), "before": str(aside) if aside else None}, "The backup is in place.")


def _check(options: argparse.Namespace, output: Output) -> int:
    from deskhelp.services.maintenance import check

    with office_of(options) as office:
        report = check(office, rebuild=options.rebuild)
    value = {
        "ok": report.ok,
        "problems": list(report.problems),
        "tickets": report.tickets,
        "messages": report.messages,
        "events": report.events,
        "state_hash": report.state_hash,
    }
    counts = f"{report.tickets} tickets, {report.messages} messages, {report.events} events"
    output.show(value, *(report.problems or (f"All is well: {counts}.",)))
    return 0 if report.ok else 1


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
