"""A real PostgreSQL for tests, on a free loopback port, with TLS and passwords by SCRAM.

Nothing of the system's clusters is read; root runs it as the user `postgres`, as initdb refuses root.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg
from psycopg import sql

from .certificates import Authority
from .dovecot import HOST, dies_with_parent, find_program, free_port

ADMIN = "postgres"
CONFIG = """\
listen_addresses = '{host}'
port = {port}
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
ssl = on
ssl_cert_file = '{cert}'
ssl_key_file = '{key}'
ssl_min_protocol_version = 'TLSv1.2'
max_connections = 60
shared_buffers = '16MB'
fsync = off
full_page_writes = off
synchronous_commit = off
autovacuum = off
log_min_messages = fatal
"""
DOORS = "host all all 127.0.0.1/32 scram-sha-256\n"


class Postgres:
    """One server. Its users have the password ``secret-NAME``; `ca_file` is to be trusted."""

    def __init__(self) -> None:
        self.host, self.port = HOST, 0
        self._process: subprocess.Popen[bytes] | None = None

    # ---- life

    def __enter__(self) -> Postgres:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._account = _account()
        authority = Authority(self.folder / "tls")
        self.ca_file = authority.ca_file
        self._certificate = authority.issue("server", f"IP:{HOST},DNS:localhost")
        (self.folder / "password").write_text(self.password(ADMIN))
        self._give()
        self._make_cluster()
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start, on the same port and with the same data after a stop()."""
        for _ in range(5):
            self.port = self.port or free_port()
            self._launch()
            if self._answers():
                return
            self.stop()
            self.port = 0
        raise AssertionError(f"postgres did not start:\n{self.log()}")

    def stop(self) -> None:
        """Take the server away, with all connections; data and port stay for another start()."""
        process, self._process = self._process, None
        if not process:
            return
        for number, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)
                return

    # ---- what tests do to it

    def password(self, user: str) -> str:
        return f"secret-{user}"

    def add_user(self, name: str) -> str:
        """Add a role that may log in and no more; returns its password."""
        self.admin(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(name), self.password(name)))
        return self.password(name)

    def add_database(self, name: str, owner: str, options: str = "") -> str:
        """Add a database; its address for `owner`, without the password."""
        self.admin(
            sql.SQL("CREATE DATABASE {} OWNER {} " + options).format(sql.Identifier(name), sql.Identifier(owner))
        )
        return self.url(owner, name)

    def url(self, user: str, database: str) -> str:
        return f"postgresql://{user}@{self.host}:{self.port}/{database}"

    def admin(self, command: str | sql.Composed, database: str = ADMIN, values: tuple[Any, ...] = ()) -> Any:
        """Run one command as the superuser; the first row, None if there is none."""
        with psycopg.connect(
            host=HOST, port=self.port, user=ADMIN, password=self.password(ADMIN), dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(command, values or None)  # type: ignore[arg-type]
            return cursor.fetchone() if cursor.description else None

    def log(self) -> str:
        with contextlib.suppress(FileNotFoundError):
            return (self.folder / "postgres.log").read_text(errors="replace")[-4000:]
        return ""

    # ---- inside

    def _make_cluster(self) -> None:
        done = subprocess.run(
            [find_server("initdb"), "-D", str(self.folder / "data"), "-U", ADMIN, "-E", "UTF8", "--locale=C",
             "--auth=scram-sha-256", f"--pwfile={self.folder / 'password'}", "--no-sync"],
            capture_output=True, text=True, check=False, cwd=self.folder, **self._as_account(),
        )  # fmt: skip
        assert done.returncode == 0, f"initdb: {done.stderr}"
        (self.folder / "data/pg_hba.conf").write_text(DOORS)

    def _launch(self) -> None:
        config = CONFIG.format(
            host=HOST, port=self.port, cert=self._certificate.cert, key=self._certificate.key
        )  # fmt: skip
        (self.folder / "data/postgresql.conf").write_text(config)
        with (self.folder / "postgres.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*dies_with_parent("INT"), find_server("postgres"), "-D", str(self.folder / "data")],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, start_new_session=True,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
                **self._as_account(),
            )  # fmt: skip

    def _answers(self) -> bool:
        assert self._process
        end = time.monotonic() + 20
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(psycopg.OperationalError):
                self.admin("SELECT 1")
                return True
            time.sleep(0.02)
        return False

    def _give(self) -> None:
        """Let the server's account own its folder, where root makes it for that account."""
        if os.geteuid() == 0:
            for one in (self.folder, *self.folder.rglob("*")):
                os.chown(one, self._account.pw_uid, self._account.pw_gid)

    def _as_account(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        return {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}


def find_server(name: str) -> str:
    """Path of a program of the server, which Debian keeps off the path; "" if it is missing."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: one.parent.name.zfill(3))
    kept = shutil.which(name, path=os.pathsep.join(str(folder) for folder in reversed(folders)))
    return find_program(name) or kept or ""


def _account() -> pwd.struct_passwd:
    """Who runs the server: we, or the Debian package's own user where we are root."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
