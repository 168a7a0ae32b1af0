"""Halting a process at each step by which it changes a file or says something to the outside.

The process itself asks the kernel (seccomp, Linux 5.5 and later) to have such system calls told to its parent first.
The parent lets each go on, or kills the process before it happens, or has it fail: with no tool and no rights of its
own, and in one order for all threads.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

# What takes an open file, and what takes names: their numbers by kind of processor.
_FILES: Final = {
    "x86_64": {
        "write": 1, "pwrite64": 18, "writev": 20, "pwritev": 296, "fsync": 74, "fdatasync": 75, "ftruncate": 77,
        "sendto": 44, "sendmsg": 46,
    },
    "aarch64": {
        "write": 64, "pwrite64": 68, "writev": 66, "pwritev": 70, "fsync": 82, "fdatasync": 83, "ftruncate": 46,
        "sendto": 206, "sendmsg": 211,
    },
}  # fmt: skip
_NAMES: Final = {
    "x86_64": {
        "rename": 82, "renameat": 264, "renameat2": 316, "unlink": 87, "unlinkat": 263, "link": 86, "linkat": 265,
        "mkdir": 83, "mkdirat": 258, "rmdir": 84,
    },
    "aarch64": {"renameat": 38, "renameat2": 276, "unlinkat": 35, "linkat": 37, "mkdirat": 34},
}  # fmt: skip
_SECCOMP: Final = {"x86_64": 317, "aarch64": 277}
_WRITES: Final = frozenset({"write", "pwrite64", "writev", "pwritev"})
_NO_NEW_PRIVS, _SET_FILTER, _NEW_LISTENER = 38, 1, 8
_LOAD_NUMBER, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _TELL = 0x7FFF0000, 0x7FC00000
_HANDLE, _PIDFD_GETFD = 250, 438
_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_GO_ON = 1
_NOTICE = struct.Struct("QIIiIQ6Q")
_ANSWER = struct.Struct("QqiI")

Verdict = Callable[[int, str], int]
"""Given the number of a step, from 1 on, and what it is: 0 to let it happen, `KILL`, or an errno to have it fail."""
KILL: Final = -1


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("then", ctypes.c_ubyte), ("else_", ctypes.c_ubyte), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("first", ctypes.POINTER(_Instruction)))


def why_not() -> str:
    """Why steps cannot be told here, "" if they can."""
    if sys.platform != "linux" or platform.machine() not in _SECCOMP:
        return "the numbers of system calls are known for Linux on x86-64 and ARM only"
    asked = f"import os, {__name__} as steps; os._exit(steps.tell_steps())"
    code = subprocess.run([sys.executable, "-c", asked], cwd=Path(__file__).parents[2], check=False).returncode
    return f"seccomp: {os.strerror(code)}" if code else ""


def tell_steps() -> int:
    """Have the steps of this process told from now on, to whoever takes the handle (`handle_of`); 0 or an errno."""
    libc, machine = ctypes.CDLL(None, use_errno=True), platform.machine()
    numbers = [*_FILES[machine].values(), *_NAMES[machine].values()]
    tests = [_Instruction(_JUMP_IF_EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)]
    ends = [_Instruction(_RETURN, 0, 0, _ALLOW), _Instruction(_RETURN, 0, 0, _TELL)]
    whole = [_Instruction(_LOAD_NUMBER, 0, 0, 0), *tests, *ends]
    program = _Program(len(whole), (_Instruction * len(whole))(*whole))
    libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
    handle = libc.syscall(_SECCOMP[machine], _SET_FILTER, _NEW_LISTENER, ctypes.byref(program))
    if handle < 0:
        return ctypes.get_errno()
    os.dup2(handle, _HANDLE, inheritable=False)  # nothing can be sent any more before somebody listens
    os.close(handle)
    return 0


def handle_of(pidfd: int) -> int:
    """The handle of a child that called `tell_steps`, in this process."""
    libc = ctypes.CDLL(None, use_errno=True)
    handle: int = libc.syscall(_PIDFD_GETFD, pidfd, _HANDLE, 0)
    if handle < 0:
        raise OSError(ctypes.get_errno(), "the child tells no steps")
    return handle


class Watcher:
    """Hears the steps of one child and decides on each. `count` are those so far, `last` is the latest."""

    def __init__(self, child: int, verdict: Verdict) -> None:
        self.count, self.last = 0, ""
        self._child, self._verdict = child, verdict
        machine = platform.machine()
        self._files = {number: name for name, number in _FILES[machine].items()}
        self._names = {number: name for name, number in _NAMES[machine].items()}

    def watch(self, handle: int, ended: int, patience_s: float | None) -> bool:
        """Until the process of the pidfd `ended` has ended; False if it had not after `patience_s`."""
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        poll.register(ended, select.POLLIN)
        while ready := dict(poll.poll(None if patience_s is None else 1000 * patience_s)):
            if ended in ready:
                return True
            self._hear(handle)
        return False

    def _hear(self, handle: int) -> None:
        notice = bytearray(_NOTICE.size)
        try:
            fcntl.ioctl(handle, _RECEIVE, notice)
            number, thread, _, call, _, _, *values = _NOTICE.unpack(notice)
            error = self._decided(thread, call, values)
            fcntl.ioctl(handle, _SEND, bytearray(_ANSWER.pack(number, 0, -error, 0 if error else _GO_ON)))
        except OSError as gone:
            if gone.errno not in (errno.ENOENT, errno.EINTR):  # a thread that was killed meanwhile
                raise

    def _decided(self, thread: int, call: int, values: list[int]) -> int:
        what = self._told(thread, call, values)
        if not what:
            return 0
        self.count += 1
        decided = self._verdict(self.count, what)
        if decided:
            self.last = what
        if decided == KILL:
            os.kill(self._child, signal.SIGKILL)
            return errno.EINTR  # nobody hears it
        return decided

    def _told(self, thread: int, call: int, values: list[int]) -> str:
        """A step in words, "" for what is none: what is said to a child process, to the log, to the screen."""
        if not Path(f"/proc/{self._child}/task/{thread}").exists():
            return ""  # a worker's, who writes nothing but its answers
        if call in self._names:
            name = self._names[call]
            return f"{name} {self._text(values['at' in name])}"  # behind the handle of a folder, where one is named
        name = self._files[call]
        try:
            place = str(Path(f"/proc/{self._child}/fd/{values[0]}").readlink())
        except OSError:
            return ""
        is_elsewhere = place.startswith(("pipe:", "anon_inode:", "/dev/", "/memfd:")) or "/logs/" in place
        return "" if is_elsewhere else f"{name} {'socket' if place.startswith('socket:') else Path(place).name}"

    def _text(self, address: int) -> str:
        try:
            with Path(f"/proc/{self._child}/mem").open("rb") as memory:
                memory.seek(address)
                return Path(memory.read(300).partition(b"\0")[0].decode(errors="replace")).name
        except OSError:
            return "?"


def can_fail(what: str, error: int) -> bool:
    """Whether a disk that is full (ENOSPC) or broken (EIO) makes such a step fail so."""
    name, _, place = what.partition(" ")
    if place == "socket":
        return False
    if error == errno.ENOSPC:
        return name in _WRITES or name in ("mkdir", "mkdirat", "link", "linkat")
    return True
