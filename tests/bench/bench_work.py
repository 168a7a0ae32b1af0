"""What an agent does all day in a window on a large replica: tickets opened, views changed, searches typed."""

from __future__ import annotations

import json
import sys
from email.message import EmailMessage
from pathlib import Path

from deskhelp.db.replica import Replica
from deskhelp.domain.entities import Mailbox
from deskhelp.domain.identity import mailbox_id
from deskhelp.services.incoming import Incoming
from deskhelp.services.intake import take_in
from deskhelp.services.office import Office
from deskhelp.settings import open_profile
from tests.bench.make_replica import NOW_MS, replica_of
from tests.bench.report import Result, median, percentile
from tests.bench.testbed import run_json

CHILD = "tests.bench.window_child"
LONG, TICKETS = 20, 20
GOAL_MS = 100
BOX = Mailbox(mailbox_id("support@office.example"), "support", "support@office.example", is_local=True)


def measure(*, quick: bool = False) -> list[Result]:
    folder = replica_of(10_000 if quick else 100_000).parent
    out = run_json(
        [sys.executable, "-m", CHILD, "work", str(folder), *long_tickets(folder)], QT_QPA_PLATFORM="offscreen"
    )
    found = json.loads(out.splitlines()[-1])
    return [
        result(f"opening a ticket of {LONG} HTML messages, p95", found["open_ms"]),
        result("changing a view, p95", found["view_ms"]),
        result("key to painted results, p95", found["key_ms"]),
    ]


def result(what: str, taken: list[float]) -> Result:
    against = f"median {median(taken):.0f} ms, {len(taken)} readings"
    return Result(what, percentile(taken, 0.95), "ms", GOAL_MS, False, against, tuple(taken))


def long_tickets(folder: Path) -> list[str]:
    """Tickets of twenty mails with HTML and quotations, taken in by the usual way; known ones are not doubled."""
    with Office.open(open_profile(folder)) as office:
        for ticket in range(TICKETS):
            take_in(office, BOX, [Incoming(html_mail(ticket, place), NOW_MS + place * 60_000) for place in range(LONG)])
        return tickets_of(office.replica)


def tickets_of(replica: Replica) -> list[str]:
    query = "SELECT ticket, COUNT(*) FROM message WHERE subject LIKE '%Umzug of the long ticket %' GROUP BY ticket"
    found = replica.database.execute_sql(query).fetchall()
    assert [count for _, count in found] == [LONG] * TICKETS
    return [str(ticket) for ticket, _ in found]


def html_mail(ticket: int, place: int) -> bytes:
    """The mail at a place of a conversation, which quotes the two before it."""
    mail = EmailMessage()
    mail["From"] = "Vera Long <vera@long.example>"
    mail["To"] = "support@office.example"
    mail["Subject"] = ("Re: " if place else "") + f"Umzug of the long ticket {ticket}"
    mail["Message-ID"] = f"<long.{ticket}.{place}@long.example>"
    if place:
        mail["In-Reply-To"] = mail["References"] = f"<long.{ticket}.{place - 1}@long.example>"
    words = f"This is part {place} of the long conversation {ticket} about moving an office. Это часть {place}. " * 6
    history = "".join(f"<blockquote><p>{words[: 300 * near]}</p></blockquote>" for near in (2, 1) if place >= near)
    rows = "".join(f"<tr><td>room {row}</td><td><b>desk {row * 3}</b></td></tr>" for row in range(8))
    mail.set_content(words)
    markup = f"<html><body><p>{words}</p><table border=1>{rows}</table>{history}<p>Vera</p></body></html>"
    mail.add_alternative(markup, subtype="html")
    return mail.as_bytes()
