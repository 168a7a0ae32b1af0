"""Whether the window stays smooth while a mailbox is taken in: how long its loop does not turn."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from deskhelp.services import accounts
from deskhelp.services.office import Office
from deskhelp.settings import open_profile
from tests.bench.bench_import import fill
from tests.bench.report import Result, percentile
from tests.bench.testbed import run_json
from tests.support.dovecot import Dovecot

CHILD = "tests.bench.window_child"


def measure(*, quick: bool = False) -> list[Result]:
    count = 1_000 if quick else 10_000
    with Dovecot() as server, tempfile.TemporaryDirectory() as folder:
        fill(server, "support", count)
        prepare(Path(folder), server)
        command = [sys.executable, "-m", CHILD, "stall", folder, str(count * 97 // 100), server.users["support"]]
        found = json.loads(run_json(command, QT_QPA_PLATFORM="offscreen").splitlines()[-1])
    gaps = found["gaps_ms"]
    against = f"{count:,} mails in {found['seconds']:.0f} s, {len(gaps):,} turns, median {percentile(gaps, 0.5):.1f} ms"
    return [
        Result("longest stall of the window during an import", gaps[-1], "ms", 50, False, against),
        Result("stall of the window during an import, p99", percentile(gaps, 0.99), "ms", 16, False, against),
    ]


def prepare(folder: Path, server: Dovecot) -> None:
    """A profile with the mailbox; its password comes with the window, so that the import begins when all is open."""
    with Office.open(open_profile(folder)) as office:
        imap = f"imaps://support@127.0.0.1:{server.tls_port}"
        accounts.add(office, accounts.AccountForm("Support", "support@example.com", imap, ca_file=str(server.ca_file)))
