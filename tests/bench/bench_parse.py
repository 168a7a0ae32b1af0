"""``deskhelp parse`` over a folder of mails: how many a second, its start counted in, and what a large mail takes."""

from __future__ import annotations

import base64
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.report import Result
from tests.bench.testbed import PROJECT, testbed_module

SMALL_BYTES = 20_000
LARGE_MB = 50


def measure(*, quick: bool = False) -> list[Result]:
    count = 500 if quick else 5_000
    with tempfile.TemporaryDirectory() as folder:
        box, large = Path(folder) / "box", Path(folder) / "large.eml"
        box.mkdir()
        small = (mail.raw for mail in testbed_module("make_mailbox").generate(2 * count, 1, attachments=0))
        for number, raw in enumerate(itertools.islice((raw for raw in small if len(raw) < SMALL_BYTES), count)):
            (box / f"{number:06}.eml").write_bytes(raw)
        large.write_bytes(large_mail())
        seconds, _ = parsed(box, count)
        took, memory = parsed(large, 1)
        _, empty = parsed(box / "000000.eml", 1)
    return [
        Result("deskhelp parse", count / seconds, "mails/s", 300, True, f"{count:,} small mails, one process"),
        Result(f"a mail of {LARGE_MB} MB", took, "s", 2, False, "start of the program counted in"),
        Result(
            f"its memory, of a mail of {LARGE_MB} MB", (memory - empty) / LARGE_MB, "x", 6, False, "the mail's size"
        ),
    ]


def large_mail() -> bytes:
    """A mail whose one attachment makes it `LARGE_MB` large."""
    head = (
        b"From: Maria <maria@customer.example>\r\nTo: help@desk.example\r\nSubject: Scan\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the scan.\r\n'
        b'--b\r\nContent-Type: application/pdf; name="scan.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    content = os.urandom(LARGE_MB * 1_000_000 * 57 // 78)
    return head + base64.encodebytes(content).replace(b"\n", b"\r\n") + b"--b--\r\n"


def parsed(path: Path, count: int) -> tuple[float, float]:
    """Seconds and megabytes that one run over a file or folder takes."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        command = [sys.executable, "-c", CHILD, "parse", str(path), "--json"]
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, cwd=PROJECT, env=environment, check=True)
        seconds = time.perf_counter() - started
        out.seek(0)
        lines = out.read().splitlines()
    assert len(lines) == count, len(lines)
    assert all(json.loads(line)["subject"] is not None for line in lines)
    return seconds, float(done.stderr.split()[-1])


# Linux counts what the parent took into ru_maxrss of a child; VmHWM begins anew.
CHILD = """
import sys
from pathlib import Path
from deskhelp.__main__ import main
try:
    code = main()
finally:
    status = Path("/proc/self/status").read_text()
    print(int(status.partition("VmHWM:")[2].split()[0]) / 1024, file=sys.stderr)
sys.exit(code)
"""
