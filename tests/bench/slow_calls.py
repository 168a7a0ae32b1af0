"""Delaying a thread's file calls, as a share behind a VPN does: `strace` holds each up before the kernel sees it.

Only the thread that speaks to the team's place is held up, so the local database stays what it is; what is measured is
the program as it is delivered, and SQLite's own calls are slow as Python's are.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskhelp.domain.errors import DeskTrouble

CALLS = (
    "open,openat,close,read,pread64,write,pwrite64,stat,lstat,fstat,newfstatat,statx,access,getdents64,rename,renameat,"
    "renameat2,unlink,unlinkat,mkdir,fsync,fdatasync,fcntl,ftruncate,lseek"
)


@contextmanager
def slow_calls(thread: int, delay_ms: int, log: Path) -> Iterator[None]:
    """Let every file call of a thread of Linux take `delay_ms` longer; `log` counts them afterwards."""
    strace = shutil.which("strace")
    if strace is None:
        raise DeskTrouble("strace is needed to slow file calls: apt-get install strace.")
    delay = f"inject={CALLS}:delay_enter={delay_ms * 1000}"
    command = [strace, "-q", "-o", str(log), "-p", str(thread), "-e", f"trace={CALLS}", "-e", delay]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)
