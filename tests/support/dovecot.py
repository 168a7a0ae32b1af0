"""A real IMAP server for tests: Debian's Dovecot 2.3 on free ports of the loopback addresses.

127.0.0.1 shows a good certificate, the other loopback addresses show bad ones (`BAD_CERTIFICATES`).
Nothing of the system's configuration is read; root runs it as the user `dovecot`.
"""

from __future__ import annotations

import contextlib
import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from .certificates import Authority, Certificate

HOST = "127.0.0.1"
NAMED_USERS = ("support", "sales", "billing", "empty")
TALKS = "talks"
BAD_CERTIFICATES = {"other_name": "127.0.0.2", "expired": "127.0.0.3", "self_signed": "127.0.0.4"}

CONFIG = """\
base_dir = {run}
state_dir = {run}
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = {account}
default_internal_group = {group}
default_login_user = {account}
default_process_limit = 100
default_client_limit = 400
default_vsz_limit = 2G
shutdown_clients = yes
stats_writer_socket_path =
ssl = {ssl}
ssl_cert = <{cert}
ssl_key = <{key}
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = {plaintext_off}
auth_mechanisms = plain login
auth_failure_delay = 0
auth_cache_size = 0
passdb {{
  driver = static
  args = password=secret-%u
}}
userdb {{
  driver = static
  args = uid={account} gid={group} home={folder}/mail/%u allow_all_users=yes
}}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_fsync = never
mailbox_idle_check_interval = 1 secs
mail_max_userip_connections = {per_user}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Drafts {{
    auto = subscribe
    special_use = \\Drafts
  }}
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
  mailbox Trash {{
    auto = subscribe
    special_use = \\Trash
  }}
}}
protocol imap {{
  mail_max_userip_connections = {per_user}
  imap_idle_notify_interval = 2 mins
  imap_max_line_length = 1M
  rawlog_dir = %h/{talks}
{capability}}}
service imap-login {{
  chroot =
  process_min_avail = 0
  service_count = 0
  inet_listener imap {{
    address = {addresses}
    port = {port}
  }}
  inet_listener imaps {{
    address = {addresses}
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
{bad_certificates}
"""


class Dovecot:
    """One server. `port` speaks STARTTLS, `tls_port` TLS from the first byte; `ca_file` is to be trusted."""

    def __init__(
        self, *, require_tls: bool = True, capability: str = "", per_user: int = 100, settings: str = ""
    ) -> None:
        self.require_tls = require_tls
        self.capability = capability
        self.per_user = per_user
        self.settings = settings
        self.host = HOST
        self.port = self.tls_port = 0
        self.users = {name: f"secret-{name}" for name in NAMED_USERS}
        self._process: subprocess.Popen[bytes] | None = None

    # ---- life

    def __enter__(self) -> Dovecot:
        self.folder = Path(tempfile.mkdtemp(prefix="imap-"))
        # Dovecot's sockets need a short path of their own: a Unix socket's path has 107 bytes at most.
        self._run = Path(tempfile.mkdtemp(prefix="dv-"))
        self._account = _account()
        authority = Authority(self.folder / "tls")
        self.ca_file = authority.ca_file
        self._good = authority.issue("server", f"IP:{HOST},DNS:localhost")
        self._bad = {
            "other_name": authority.issue("other_name", "DNS:mail.other.example"),
            "expired": authority.issue("expired", "IP:127.0.0.3", expired=True),
            "self_signed": authority.issue("self_signed", "IP:127.0.0.4", self_signed=True),
        }
        (self.folder / "mail").mkdir()
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self._run, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start, on the same ports and with the same mail after a stop()."""
        for _ in range(5):
            self.port = self.port or free_port()
            self.tls_port = self.tls_port or free_port()
            self._write_config()
            self._launch()
            if self._greets():
                return
            self._kill()
            self.port = self.tls_port = 0
        raise AssertionError(f"dovecot did not start:\n{self.log()}")

    def stop(self) -> None:
        """Take the server away; mail and ports stay for another start()."""
        self._kill()

    def restart(self) -> None:
        self.stop()
        self.start()

    # ---- what tests do to it

    def add_user(self, name: str) -> str:
        """Use a login `name`, with an empty mailbox at first; returns its password."""
        # The server takes any name with this password: its file of users is read once a second at most.
        self.users[name] = f"secret-{name}"
        return self.users[name]

    def password(self, user: str) -> str:
        return self.users[user]

    def client(self, user: str) -> imaplib.IMAP4_SSL:
        """A plain imaplib connection, logged in, for looking behind our own code's back."""
        context = ssl.create_default_context(cafile=str(self.ca_file))
        client = imaplib.IMAP4_SSL(HOST, self.tls_port, ssl_context=context, timeout=20)
        client.login(user, self.users[user])
        return client

    def append(self, user: str, *mails: bytes, folder: str = "INBOX", flags: str = "", date: str | None = None) -> None:
        """Let mail arrive by IMAP APPEND (so IDLE wakes); `date` like '"20-Jan-2026 10:00:00 +0300"'."""
        with self.client(user) as client:
            for raw in mails:
                status, answer = client.append(f'"{folder}"', flags, date or "", raw)
                assert status == "OK", answer

    def drop_in(self, user: str, *mails: bytes, folder: str = "INBOX") -> None:
        """Put mails as files into the Maildir: the fast way for many, also what other programs do."""
        box = "Maildir" if folder == "INBOX" else f"Maildir/.{folder}"
        new = self.folder / "mail" / user / box / "new"
        for folder in (new, new.parent / "cur", new.parent / "tmp"):
            folder.mkdir(parents=True, exist_ok=True)
        stamp = time.time_ns()
        names = [f"{stamp // 10**9}.M{number:07}P1Q{stamp % 10**9}.test" for number in range(len(mails))]
        for folder in (new, new.parent / "cur", new.parent / "tmp", new.parent, new.parent.parent):
            self._give_one(folder)
        for name, raw in zip(names, mails, strict=True):
            written = new.parent / "tmp" / name  # and then renamed, as the server must not find half a mail
            written.write_bytes(raw)
            self._give_one(written)
            written.rename(new / name)

    def keep_talks(self, user: str) -> None:
        """Keep what is said in this user's sessions from now on, for `talks`."""
        folder = self.folder / "mail" / user / TALKS
        folder.mkdir(parents=True)
        self._give_one(folder)
        self._give_one(folder.parent)

    def talks(self, user: str) -> Iterator[bytes]:
        """What the server has said, session by session."""
        for path in (self.folder / "mail" / user / TALKS).glob("*.out"):
            yield path.read_bytes()

    def expunge(self, user: str, *uids: int, folder: str = "INBOX") -> None:
        self.doveadm("expunge", "-u", user, "mailbox", folder, "uid", ",".join(map(str, uids)))

    def set_uidvalidity(self, user: str, value: int, folder: str = "INBOX") -> None:
        self.doveadm("mailbox", "update", "-u", user, "--uid-validity", str(value), folder)

    def drop_connections(self, user: str) -> None:
        """Cut the user's connections, as a restart of the server would."""
        self.doveadm("kick", user)

    def doveadm(self, *arguments: str) -> str:
        """Run doveadm against this server; its output."""
        done = subprocess.run(
            [find_program("doveadm"), "-c", str(self.folder / "dovecot.conf"), *arguments],
            capture_output=True, text=True, check=False, cwd=self._run, **self._as_account(),
        )  # fmt: skip
        assert done.returncode == 0, f"doveadm {arguments}: {done.stderr}"
        return done.stdout

    def log(self) -> str:
        with contextlib.suppress(FileNotFoundError):
            return (self.folder / "dovecot.log").read_text(errors="replace")[-4000:]
        return ""

    # ---- inside

    def _write_config(self) -> None:
        capability = f"  imap_capability = {self.capability}\n" if self.capability else ""
        bad = "".join(_local_block(BAD_CERTIFICATES[name], made) for name, made in self._bad.items())
        text = CONFIG.format(
            run=self._run,
            folder=self.folder,
            account=self._account.pw_name,
            group=grp.getgrgid(self._account.pw_gid).gr_name,
            ssl="required" if self.require_tls else "yes",
            plaintext_off="yes" if self.require_tls else "no",
            cert=self._good.cert,
            key=self._good.key,
            per_user=self.per_user,
            capability=capability,
            talks=TALKS,
            addresses=" ".join([HOST, *BAD_CERTIFICATES.values()]),
            port=self.port,
            tls_port=self.tls_port,
            bad_certificates=bad + self.settings,
        )
        (self.folder / "dovecot.conf").write_text(text)
        (self.folder / "dovecot.log").touch()
        self._give(self.folder)
        self._give(self._run)

    def _give(self, path: Path) -> None:
        """Let Dovecot's account own `path` and all below, where root makes it for that account."""
        for one in (path, *path.rglob("*")):
            self._give_one(one)

    def _give_one(self, path: Path) -> None:
        if os.geteuid() == 0:
            with contextlib.suppress(FileNotFoundError):  # Dovecot's own short-lived files
                os.chown(path, self._account.pw_uid, self._account.pw_gid)

    def _as_account(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        return {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}

    def _launch(self) -> None:
        with (self.folder / "dovecot.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*dies_with_parent(), find_program("dovecot"), "-F", "-c", str(self.folder / "dovecot.conf")],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self._run, start_new_session=True,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
                **self._as_account(),
            )  # fmt: skip

    def _greets(self) -> bool:
        assert self._process
        end = time.monotonic() + 20
        while time.monotonic() < end and self._process.poll() is None:
            with (
                contextlib.suppress(OSError),
                socket.create_connection((HOST, self.port), timeout=2) as sock,
            ):
                if sock.recv(64).startswith(b"* OK"):
                    return True
            time.sleep(0.02)
        return False

    def _kill(self) -> None:
        process, self._process = self._process, None
        if not process:
            return
        # Its own session, so the group is its children only; SIGTERM to all of them ends in milliseconds,
        # to the master alone it takes seconds.
        for number, patience in ((signal.SIGTERM, 2), (signal.SIGKILL, 10)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)
                return


def find_program(name: str) -> str:
    """Path of a program, also from the sbin folders that ordinary users lack; "" if it is missing."""
    path = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin:/usr/local/sbin"
    return shutil.which(name, path=path) or ""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        number: int = sock.getsockname()[1]
        return number


def _account() -> pwd.struct_passwd:
    """Who runs the server: we, or the Debian package's own user where we are root."""
    return pwd.getpwnam("dovecot") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _local_block(address: str, made: Certificate) -> str:
    return f"local {address} {{\n  ssl_cert = <{made.cert}\n  ssl_key = <{made.key}\n}}\n"


def dies_with_parent(how: str = "TERM") -> list[str]:
    """What to put before a command so that it gets the signal `how` when the test run is killed (Linux)."""
    # Not preexec_fn: newer Pythons warn of it in a process with threads.
    setpriv = find_program("setpriv")
    return [setpriv, "--pdeathsig", how] if setpriv else []
