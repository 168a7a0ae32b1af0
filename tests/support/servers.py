"""Fixtures with real servers: `imap_server`, `imap_user`, `smtp_server`, `proxy`."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from .dovecot import Dovecot, find_program
from .proxy import Proxy
from .smtp_server import SmtpServer

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class ImapUser:
    """A login of its own for one test, with an empty mailbox."""

    server: Dovecot
    name: str
    password: str

    def append(self, *mails: bytes, folder: str = "INBOX", flags: str = "", date: str | None = None) -> None:
        self.server.append(self.name, *mails, folder=folder, flags=flags, date=date)


def require_dovecot() -> None:
    """Skip where Dovecot is missing, unless this is CI, where it must be there."""
    missing = [name for name in ("dovecot", "doveadm", "openssl") if not find_program(name)]
    if missing and os.environ.get("CI"):
        pytest.fail(f"CI needs dovecot-imapd and openssl; missing: {missing}")
    if missing:
        pytest.skip(f"apt-get install dovecot-imapd openssl; missing: {', '.join(missing)}")


@pytest.fixture(scope="session")
def imap_server() -> Iterator[Dovecot]:
    """Dovecot with TLS and the users support, sales, billing, empty, shared by the whole run.

    A test that reads a mailbox should take `imap_user`; a test that stops the server makes its own.
    """
    require_dovecot()
    with Dovecot() as server:
        yield server


@pytest.fixture
def imap_user(imap_server: Dovecot) -> ImapUser:
    """A fresh login with an empty mailbox on `imap_server`."""
    name = f"user{os.getpid()}n{next(_numbers)}"
    return ImapUser(imap_server, name, imap_server.add_user(name))


@pytest.fixture(scope="session")
def _smtp_server(imap_server: Dovecot) -> Iterator[SmtpServer]:
    with SmtpServer(imap_server) as server:
        yield server


@pytest.fixture
def smtp_server(_smtp_server: SmtpServer) -> SmtpServer:
    """aiosmtpd with the same users and certificate as `imap_server`, without mails and plans at first."""
    _smtp_server.reset()
    return _smtp_server


@pytest.fixture
def proxy() -> Iterator[Callable[[int], Proxy]]:
    """``proxy(port)`` makes a `Proxy` in front of a loopback port; closed after the test."""
    with ExitStack() as stack:
        yield lambda port: stack.enter_context(Proxy(port))
