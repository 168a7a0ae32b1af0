"""tickets, ticket: what is in the desk."""

from __future__ import annotations

import argparse

from .context import Commands, Shared, command, office_of
from .output import Output


def register(commands: Commands, shared: Shared) -> None:
    many = command(commands, shared, "tickets", "tickets that fit a search", _tickets)
    many.add_argument("query", nargs="*", metavar="QUERY", help="as in the window's search box")
    many.add_argument("--limit", type=int, default=50, metavar="N")
    many.add_argument("--sort", choices=["updated", "created", "waiting", "due"], default="updated")
    one = command(commands, shared, "ticket", "one ticket with its messages and history", _ticket)
    one.add_argument("ref", metavar="REF", help="its code in any spelling, or its id")


def _tickets(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.db import details, lists
    from deskhelp.domain.query import parse_query
    from deskhelp.services.presenting import Names, summary_json

    with office_of(options) as office:
        page = lists.list_tickets(
            office.replica,
            parse_query(" ".join(options.query)),
            agent=office.agent_id,
            now_ms=office.now(),
            limit=options.limit,
            sort=options.sort,
        )
        names = Names(office)
        found = []
        for row in page.rows:
            messages = details.messages_of(office.replica, row.id)
            ids = [message.header_id for message in messages if message.header_id and not message.is_hidden]
            found.append(summary_json(row, names) | {"message_ids": ids})
    output.show(found, *(f"{t['code']}  {t['status']:8}  {t['requester']['address']}  {t['subject']}" for t in found))


def _ticket(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.db import details
    from deskhelp.services.presenting import ticket_json

    with office_of(options) as office:
        detail = details.ticket_detail(office.replica, details.resolve_ticket(office.replica, options.ref))
        value = ticket_json(office, detail)
    lines = [f"{value['code']}  {value['subject']}  ({value['status']}, {value['priority']})"]
    for message in value["messages"]:
        sender = message["from"]["name"] or message["from"]["address"]
        lines += ["", f"[{message['direction']}] {sender}, {message['at']}", message["text"]]
    output.show(value, *lines)
