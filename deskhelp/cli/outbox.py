"""outbox list, retry, hold, drop: what is on its way."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from .context import Commands, Shared, command, office_of
from .output import Output


def register(commands: Commands, shared: Shared) -> None:
    box = commands.add_parser("outbox", help="what is on its way", parents=[shared])
    group = box.add_subparsers(metavar="list|retry|hold|drop|sent", required=True)
    command(group, shared, "list", "everything that has not left", _list)
    for name, text in (
        ("retry", "send it now: you have seen what arrived meanwhile"),
        ("hold", "keep it until somebody sends it"),
        ("drop", "do not send it"),
        ("sent", "an uncertain one was seen to have arrived"),
    ):
        parser = command(group, shared, name, text, _decide)
        parser.add_argument("message", help="its id, from the list")
        parser.set_defaults(decision=name)


def _list(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.domain.codes import ticket_code
    from deskhelp.services import outbox_list
    from deskhelp.services.presenting import moment, person_json

    with office_of(options) as office:
        entries = [
            {
                "message": entry.message,
                "ticket": ticket_code(entry.ticket),
                "subject": entry.subject,
                "to": [person_json(person) for person in entry.to],
                "state": str(entry.state),
                "queued": moment(entry.queued_at_ms),
                "not_before": moment(entry.not_before_ms),
                "attempts": entry.attempts,
                "error": entry.last_error or None,
            }
            for entry in outbox_list.listed(office)
        ]
    output.show(entries, *(f"{e['message']}  {e['state']:9}  {e['ticket']}  {e['subject']}" for e in entries))


def _decide(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import outbox

    actions: dict[str, Callable[..., Any]] = {
        "retry": outbox.send_again,
        "hold": outbox.hold,
        "drop": outbox.drop,
        "sent": outbox.mark_sent,
    }
    with office_of(options) as office:
        actions[options.decision](office, options.message)
    output.show({"message": options.message, "done": options.decision}, "Done.")
