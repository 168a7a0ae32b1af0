"""parse, import, sync: mail as it is understood, brought in, and exchanged with the servers."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from deskhelp.domain.errors import DeskTrouble

from .context import Commands, Shared, command, office_of
from .output import Output

if TYPE_CHECKING:
    from deskhelp.services.runner import MailHealth
    from deskhelp.services.sync import Round


def register(commands: Commands, shared: Shared) -> None:
    parse = command(commands, shared, "parse", "show how mails are understood, one JSON object a line", _parse)
    parse.add_argument("files", nargs="+", metavar="FILE|DIR|-")
    bring = command(commands, shared, "import", "take in .eml files, mboxes and Maildirs", _import)
    bring.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    bring.add_argument("--history", action="store_true", help="as closed history")
    sync = command(commands, shared, "sync", "fetch mail and send the outbox", _sync)
    ways = sync.add_mutually_exclusive_group()
    ways.add_argument("--once", action="store_true", help="one round (the default)")
    ways.add_argument("--watch", action="store_true", help="until stopped")


def _parse(options: argparse.Namespace, _output: Output) -> int:
    from deskhelp.mail.html import clean_html
    from deskhelp.mail.reader import read_mail, to_json

    failed = 0
    for name, raw in _sources(options.files):
        if raw is None:
            print(f"deskhelp: {name} cannot be read.", file=sys.stderr)
            failed = 1
            continue
        read = read_mail(raw)
        html = clean_html(read.html) if read.html else None
        shown = html.html + html.quoted if html else None
        sys.stdout.write(json.dumps(to_json(read, name, shown), ensure_ascii=False) + "\n")
    return failed


def _sources(names: list[str]) -> Iterator[tuple[str, bytes | None]]:
    from deskhelp.mail.folders import read_source

    for name in names:
        if name == "-":
            yield "-", sys.stdin.buffer.read()
            continue
        path = Path(name)
        if path.is_file():
            yield name, path.read_bytes()
            continue
        if not path.exists():
            raise DeskTrouble("There is no file or folder {path}.", path=name)
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            if file.suffix.lower() in (".mbox", ".mbx"):
                yield from ((str(path / mail.name), mail.raw) for mail in read_source(file))
            else:
                yield str(file), file.read_bytes()


def _import(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services.transfer import import_paths

    with office_of(options) as office:
        taken = import_paths(office, options.paths, is_history=options.history)
    counts = {
        "fetched": taken.fetched,
        "tickets_new": taken.tickets_new,
        "quarantined": taken.quarantined,
        "duplicates": taken.duplicates,
        "ignored": taken.ignored,
        "sent": 0,
        "held": 0,
        "failed": 0,
    }
    output.show(
        counts,
        f"{taken.fetched} mails read, {taken.tickets_new} new tickets, {taken.duplicates} known already, "
        f"{taken.quarantined} set aside.",
    )


def _sync(options: argparse.Namespace, output: Output) -> int:
    from deskhelp.services.sync import sync_once

    if options.watch:
        return _watch(options, output)
    with office_of(options) as office:
        return _report(sync_once(office, _getting(options)), output)


def _getting(options: argparse.Namespace) -> Callable[[int], None]:
    """Says every tenth of what a new computer gets of its team's data, to people."""
    said = -10

    def tell(percent: int) -> None:
        nonlocal said
        if not options.json and percent >= said + 10:
            said = percent
            print(f"Getting the team's data: {percent} %", file=sys.stderr, flush=True)

    return tell


def _watch(options: argparse.Namespace, output: Output) -> int:
    """Fetch, send and exchange as the window does, until a signal; what changes is a line."""
    from deskhelp.services.runner import MailRunner
    from deskhelp.services.workers import Workers
    from deskhelp.settings import open_profile

    from .watching import Teller

    stop = threading.Event()
    tell_getting = _getting(options)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    teller = Teller(output)

    def tell(health: MailHealth) -> None:
        if health.team is not None and health.team.getting is not None:
            tell_getting(health.team.getting)
        else:
            teller.tell(health)

    workers = Workers(open_profile(options.profile))
    workers.open()
    try:
        runner = MailRunner(workers, tell)
        runner.start()
        stop.wait()
        runner.stop()
    finally:
        workers.close()
    return 0


def _report(done: Round, output: Output) -> int:
    counts = done.as_json()
    output.show(
        counts,
        f"{counts['fetched']} mails fetched, {counts['tickets_new']} new tickets, {counts['sent']} sent, "
        f"{counts['held']} held, {counts['failed']} failed.",
        *_team_lines(done),
    )
    for address, trouble in done.troubles.items():
        print(f"deskhelp: {address}: {trouble}", file=sys.stderr)
    return 1 if done.troubles else 0


def _team_lines(done: Round) -> list[str]:
    """What the exchange with the team came to, where there is a team that was reached."""
    if done.team is None:
        return []
    handed_over = done.team.pushed + done.team.refilled
    first = f"Exchanged with the team: {handed_over} parcels of changes handed over, {done.team.pulled} taken in."
    return [first, *(str(trouble) for trouble in done.team.troubles)]
