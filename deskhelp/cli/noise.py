"""spam; sender list, block, allow, forget: mail that nobody wants."""

from __future__ import annotations

import argparse

from deskhelp.domain.codes import ticket_code
from deskhelp.services.desk import Done

from .context import Commands, Shared, command, office_of
from .output import Output


def register(commands: Commands, shared: Shared) -> None:
    spam = command(commands, shared, "spam", "put tickets into spam, or take them out with --not", _spam)
    spam.add_argument("refs", nargs="+", metavar="REF")
    how = spam.add_mutually_exclusive_group()
    how.add_argument("--block", choices=["sender", "domain"], help="and block who wrote them")
    how.add_argument("--not", dest="is_wanted", action="store_true", help="back to the queue; the sender is freed")
    sender = commands.add_parser("sender", help="whose mail is not wanted", parents=[shared])
    group = sender.add_subparsers(metavar="list|block|allow|forget", required=True)
    command(group, shared, "list", "all rules for senders", _list)
    for name, text in (
        ("block", "their mail goes to spam and tells nobody"),
        ("allow", "their mail is wanted, whatever is said about the domains above"),
        ("forget", "take back what was said about them"),
    ):
        rule = command(group, shared, name, text, _rule)
        rule.add_argument("names", nargs="+", metavar="ADDRESS|DOMAIN")
        rule.set_defaults(rule=name)


def _spam(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.db.details import resolve_ticket
    from deskhelp.services import noise

    with office_of(options) as office:
        ids = [resolve_ticket(office.replica, ref) for ref in options.refs]
        if options.is_wanted:
            done = noise.not_spam(office, ids)
        elif options.block:
            done = noise.block_senders(office, ids, whole_domain=options.block == "domain")
        else:
            done = noise.to_spam(office, ids)
    _say(output, done, "not spam" if options.is_wanted else "in spam")


def _rule(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import noise

    do = {"block": noise.block, "allow": noise.allow, "forget": noise.forget}[options.rule]
    words = {"block": "blocked", "allow": "allowed", "forget": "forgotten"}[options.rule]
    with office_of(options) as office:
        done = do(office, options.names)
    _say(output, done, f"{words}: {', '.join(options.names)}")


def _say(output: Output, done: Done, words: str) -> None:
    codes = [ticket_code(ticket) for ticket in done.ids]
    output.show({"done": done.what, "codes": codes}, f"{' '.join(codes)} {words}".strip())


def _list(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import noise

    with office_of(options) as office:
        rules = [{"name": rule.name, "verdict": rule.verdict} for rule in noise.listed(office)]
    output.show(rules, *(f"{rule['verdict']:<6} {rule['name']}" for rule in rules))
