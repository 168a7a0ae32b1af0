"""Fixtures with real servers: `imap_server`, `imap_user`, `smtp_server`, `postgres`, `team_database`, `proxy`."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from .dovecot import Dovecot, find_program
from .proxy import Proxy
from .smtp_server import SmtpServer

if TYPE_CHECKING:
    from .postgres import Postgres  # it loads the driver, which few tests need

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class ImapUser:
    """A login of its own for one test, with an empty mailbox."""

    server: Dovecot
    name: str
    password: str

    def append(self, *mails: bytes, folder: str = "INBOX", flags: str = "", date: str | None = None) -> None:
        self.server.append(self.name, *mails, folder=folder, flags=flags, date=date)


@dataclass(frozen=True, slots=True)
class TeamDatabase:
    """A database of its own for one test; `url` without the password."""

    server: Postgres
    name: str
    url: str
    password: str

    def run(self, command: str, *values: object) -> Any:
        """Run one command there as the superuser; its first row."""
        return self.server.admin(command, self.name, values)


def require_dovecot() -> None:
    """Skip where Dovecot is missing, unless this is CI, where it must be there."""
    missing = [name for name in ("dovecot", "doveadm", "openssl") if not find_program(name)]
    if missing and os.environ.get("CI"):
        pytest.fail(f"CI needs dovecot-imapd and openssl; missing: {missing}")
    if missing:
        pytest.skip(f"apt-get install dovecot-imapd openssl; missing: {', '.join(missing)}")


def require_postgres() -> None:
    """Skip where PostgreSQL's server is missing, unless this is CI, where it must be there."""
    from .postgres import find_server

    missing = [name for name in ("initdb", "postgres") if not find_server(name)]
    missing += [] if find_program("openssl") else ["openssl"]
    if missing and os.environ.get("CI"):
        pytest.fail(f"CI needs postgresql and openssl; missing: {missing}")
    if missing:
        pytest.skip(f"apt-get install postgresql openssl; missing: {', '.join(missing)}")


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


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """PostgreSQL with the user desk, shared by the whole run; a test that stops the server makes its own."""
    require_postgres()
    from .postgres import Postgres

    with Postgres() as server:
        server.add_user("desk")
        yield server


@pytest.fixture
def team_database(postgres: Postgres) -> TeamDatabase:
    """An empty database that `desk` owns."""
    name = f"team{os.getpid()}n{next(_numbers)}"
    return TeamDatabase(postgres, name, postgres.add_database(name, "desk"), postgres.password("desk"))


@pytest.fixture
def proxy() -> Iterator[Callable[[int], Proxy]]:
    """``proxy(port)`` makes a `Proxy` in front of a loopback port; closed after the test."""
    with ExitStack() as stack:
        yield lambda port: stack.enter_context(Proxy(port))
