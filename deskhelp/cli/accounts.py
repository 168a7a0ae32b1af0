"""account add, list, test, remove, acknowledge: the mailboxes of the office."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path

from deskhelp.domain.errors import DeskTrouble

from .context import Commands, Shared, command, office_of
from .output import Output


def register(commands: Commands, shared: Shared) -> None:
    account = commands.add_parser("account", help="mailboxes", parents=[shared])
    group = account.add_subparsers(metavar="add|list|test|remove|acknowledge", required=True)
    add = command(group, shared, "add", "connect a mailbox", _add)
    add.add_argument("name")
    add.add_argument("--address", required=True)
    add.add_argument("--imap", required=True, metavar="URL", help="imaps://user@host:993 or imap+starttls://…")
    add.add_argument("--smtp", default="", metavar="URL", help="smtps://user@host:465 or smtp+starttls://…")
    add.add_argument("--ca-file", default="", metavar="F", help="PEM file of a company's own authority")
    add.add_argument("--since", default="all", metavar="DATE|all", help="from which day on mail comes in")
    add.add_argument("--signature", default="")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    command(group, shared, "list", "all mailboxes", _list)
    test = command(group, shared, "test", "try a mailbox step by step", _test)
    test.add_argument("name")
    test.add_argument("--password-stdin", action="store_true")
    remove = command(group, shared, "remove", "stop reading a mailbox; its tickets stay", _remove)
    remove.add_argument("name")
    receipt = command(group, shared, "acknowledge", "say by itself that a new request has come", _acknowledge)
    receipt.add_argument("name")
    how = receipt.add_mutually_exclusive_group()
    how.add_argument("--with", dest="canned", metavar="CANNED", help="the canned reply to say it with; also goes on")
    how.add_argument("--off", action="store_true", help="say nothing")


def _given_password(options: argparse.Namespace) -> str | None:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return os.environ.get("DESKHELP_PASSWORD") or None


def _since(text: str) -> datetime | None:
    if text == "all":
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise DeskTrouble("“{text}” is no date; write it as 2026-01-31, or “all”.", text=text) from error


def _add(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import accounts, passwords

    form = accounts.AccountForm(
        options.name,
        options.address,
        options.imap,
        options.smtp,
        options.ca_file,
        _since(options.since),
        options.signature,
    )
    if options.ca_file and not Path(options.ca_file).is_file():
        raise DeskTrouble("There is no file {path}.", path=options.ca_file)
    with office_of(options) as office:
        box = accounts.add(office, form)
    password = _given_password(options)
    is_kept = passwords.keep(box.id, password) if options.password_stdin and password else False
    where = f"the keyring ({passwords.backend_name()})" if is_kept else "nowhere: give it with each run"
    output.show(
        {"id": box.id, "name": box.name, "address": box.address, "password_kept": is_kept},
        f"{box.address} is connected. Its password is kept in {where}.",
    )


def _list(options: argparse.Namespace, output: Output) -> None:
    with office_of(options) as office:
        boxes = [
            {"id": b.id, "name": b.name, "address": b.address, "imap": b.imap, "smtp": b.smtp} for b in office.mailboxes
        ]
    output.show(boxes, *(f"{box['name']}  {box['address']}  {box['imap']}" for box in boxes))


def _test(options: argparse.Namespace, output: Output) -> int:
    from deskhelp.services import accounts

    with office_of(options) as office:
        box = accounts.find(office, options.name)
    password = _given_password(options) or accounts.password_of(box)
    steps = list(accounts.test(box, password))
    marks = {True: "ok  ", False: "FAIL", None: "-   "}
    output.show(
        [{"step": s.name, "ok": s.ok, "sentence": s.sentence, "advice": s.advice, "detail": s.detail} for s in steps],
        *(f"{marks[step.ok]} {step.sentence} {step.advice}".rstrip() for step in steps),
    )
    return 1 if any(step.ok is False for step in steps) else 0


def _remove(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import accounts

    with office_of(options) as office:
        box = accounts.find(office, options.name)
        accounts.remove(office, box)
    output.show({"removed": box.address}, f"{box.address} is not read any more; its tickets stay.")


def _acknowledge(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import accounts, acknowledging, catalog

    with office_of(options) as office:
        box = accounts.find(office, options.name)
        if options.off:
            acknowledging.switch_off(office, box)
        elif options.canned is not None:
            acknowledging.switch_on(office, box, catalog.find_canned(office, options.canned))
        box = accounts.find(office, options.name)
        names = {reply.id: reply.name for reply in catalog.canned_replies(office)}
    canned = names.get(box.acknowledge)
    is_on = canned is not None and not box.acknowledging_stopped_ms
    said = f"New requests to {box.address} are acknowledged with “{canned}”."
    if canned is None:
        said = f"New requests to {box.address} are not acknowledged."
    elif not is_on:
        said = f"Acknowledging for {box.address} has stopped: too many went out within an hour. Use --with to go on."
    output.show({"address": box.address, "with": canned, "on": is_on}, said)
