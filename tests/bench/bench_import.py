"""A synthetic box from a loopback Dovecot into durable, threaded, searchable tickets, against two peers.

django-helpdesk takes in a tenth of the mails, mbsync (Debian's isync) a fifth: their rates do not depend on the number,
and the whole box would take minutes. mbsync only copies the mails into a Maildir, each on the disk before the next.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.report import Result
from tests.bench.testbed import peer_python, run_json, synthetic_mails
from tests.support.dovecot import Dovecot, find_program

CHILD = Path(__file__).with_name("import_child.py")
PEER = Path(__file__).with_name("peer_django_helpdesk.py")
PEER_REQUIREMENT = "django-helpdesk==2.6.1"
MBSYNC = """\
FSync yes

IMAPAccount box
Host 127.0.0.1
Port {port}
User support
Pass {password}
SSLType IMAPS
CertificateFile {ca_file}
SystemCertificates no

IMAPStore far
Account box

MaildirStore near
Inbox {folder}/INBOX

Channel all
Far :far:
Near :near:
Sync Pull New
Create Near
SyncState *
"""


def measure(*, quick: bool = False) -> list[Result]:
    count = 2_000 if quick else 10_000
    ours = ours_on(count)
    peer = peer_on(max(300, count // 10))
    rate, peer_rate = count / ours["seconds"], peer["mails"] / peer["seconds"]
    against = f"{rate:,.0f} mails/s against django-helpdesk's {peer_rate:,.0f}, same mails"
    return [
        Result("import from IMAP, everything on", rate / peer_rate, "x", 40, True, against),
        *against_mbsync(rate, max(300, count // 5)),
        Result("memory of the import", ours["rss_mb"], "MB", 400, False, f"{count:,} mails"),
    ]


def against_mbsync(rate: float, count: int) -> list[Result]:
    """Our rate against the copying peer's; nothing where that is not installed."""
    program = find_program("mbsync")
    if not program:
        print("mbsync is not installed (Debian: isync), so the import is not measured against it", file=sys.stderr)
        return []
    copied = count / mbsync_on(program, count)
    against = f"{rate:,.0f} mails/s against {copied:,.0f}, which are only copied (with fsync)"
    return [Result("import from IMAP, everything on, against mbsync", rate / copied, "x", 1, True, against)]


def mbsync_on(program: str, count: int) -> float:
    """Seconds in which mbsync copies the mails over the same TLS, each one on the disk."""
    with Dovecot() as server, tempfile.TemporaryDirectory() as folder:
        fill(server, "support", count)
        config = Path(folder) / "mbsyncrc"
        password = server.users["support"]
        config.write_text(MBSYNC.format(port=server.tls_port, password=password, ca_file=server.ca_file, folder=folder))
        started = time.perf_counter()
        subprocess.run([program, "--config", config, "--quiet", "all"], check=True)
        seconds = time.perf_counter() - started
        copied = sum(1 for part in ("new", "cur") for _ in (Path(folder) / "INBOX" / part).iterdir())
    assert copied == count, copied
    return seconds


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
