"""A synthetic box from a loopback Dovecot into durable, threaded, searchable tickets, against django-helpdesk.

The peer takes in a tenth of the mails: its rate does not depend on their number, and the whole box would take minutes.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
from pathlib import Path

from tests.bench.report import Result
from tests.bench.testbed import peer_python, run_json, synthetic_mails
from tests.support.dovecot import Dovecot

CHILD = Path(__file__).with_name("import_child.py")
PEER = Path(__file__).with_name("peer_django_helpdesk.py")
PEER_REQUIREMENT = "django-helpdesk==2.6.1"


def measure(*, quick: bool = False) -> list[Result]:
    count = 2_000 if quick else 10_000
    ours = ours_on(count)
    peer = peer_on(max(300, count // 10))
    rate, peer_rate = count / ours["seconds"], peer["mails"] / peer["seconds"]
    against = f"{rate:,.0f} mails/s against django-helpdesk's {peer_rate:,.0f}, same mails"
    return [
        Result("import from IMAP, everything on", rate / peer_rate, "x", 20, True, against),
        Result("memory of the import", ours["rss_mb"], "MB", 400, False, f"{count:,} mails"),
    ]


def ours_on(count: int) -> dict[str, float]:
    """Seconds and memory of our import, in a process of its own."""
    with Dovecot() as server, tempfile.TemporaryDirectory() as folder:
        fill(server, "support", count)
        how = {
            "profile": str(Path(folder) / "desk"),
            "imap": f"imaps://support@127.0.0.1:{server.tls_port}",
            "password": server.users["support"],
            "ca_file": str(server.ca_file),
        }
        out = run_json([sys.executable, str(CHILD), json.dumps(how)], PYTHONPATH=str(Path.cwd()))
    found: dict[str, float] = json.loads(out.splitlines()[-1])
    assert found["fetched"] == count, found
    return found


def peer_on(count: int) -> dict[str, float]:
    """Seconds of the peer's import."""
    python = peer_python("django-helpdesk", PEER_REQUIREMENT)
    with Dovecot(require_tls=False) as server, tempfile.TemporaryDirectory() as folder:
        fill(server, "support", count)
        out = run_json(
            [str(python), str(PEER), "127.0.0.1", str(server.port), "support", server.users["support"], folder]
        )
    found: dict[str, float] = json.loads(out.splitlines()[-1])
    return found


def fill(server: Dovecot, user: str, count: int) -> None:
    """Put the synthetic mails into a mailbox before its first login, some at a time: they are 35 kB on average."""
    mails = (mail.raw for mail in synthetic_mails(count))
    while batch := list(itertools.islice(mails, 500)):
        server.drop_in(user, *batch)
