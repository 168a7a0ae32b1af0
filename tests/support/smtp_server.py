"""A real SMTP server for tests: aiosmtpd with AUTH, STARTTLS and TLS, keeping every mail it accepts."""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from .dovecot import HOST, Dovecot, free_port

logging.getLogger("mail.log").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A mail that the server took responsibility for."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    user: str
    tls: bool
    options: tuple[str, ...]


BREAKS_OFF = "…"


def break_off(transport: Any, answer: str) -> None:
    """Say the beginning of an answer, and hang up."""
    transport.write(answer.removesuffix(BREAKS_OFF).encode())
    transport.close()


class _Server(SMTP):
    """aiosmtpd's protocol, giving the answers that a test planned."""

    def __init__(self, sink: SmtpServer, *, implicit_tls: bool, **options: Any) -> None:
        super().__init__(sink, auth_required=True, auth_require_tls=True, **options)
        self._sink = sink
        # aiosmtpd does not count TLS from the first byte as TLS, and would not offer AUTH there.
        self._auth_require_tls = not implicit_tls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._sink.note_session(self, is_open=True)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._sink.note_session(self, is_open=False)

    async def smtp_MAIL(self, arg: str) -> None:
        if not await self._planned("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:
        if not await self._planned("RCPT", arg):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if not await self._planned("DATA"):
            await super().smtp_DATA(arg)

    async def _planned(self, command: str, arg: str = "") -> bool:
        answer = self._sink.take_plan(command, arg)
        if answer == "drop":
            self.transport.abort()
        elif answer.endswith(BREAKS_OFF):
            break_off(self.transport, answer)
        elif answer:
            await self.push(answer)
        return bool(answer)


class SmtpServer:
    """`port` speaks STARTTLS, `tls_port` TLS from the first byte. Mail to ``user@...`` of the IMAP server's
    users lands in that user's INBOX. Accepted mails are in `mails`, oldest first.
    """

    def __init__(self, imap: Dovecot, *, size_limit: int = 60_000_000, smtputf8: bool = True) -> None:
        self.imap = imap
        self.host = HOST
        self.size_limit = size_limit
        self.smtputf8 = smtputf8
        self.mails: list[Delivered] = []
        self.connections = 0
        self.deliver = True
        self._plans: dict[str, list[str]] = defaultdict(list)
        self._refused: dict[str, str] = {}
        self._arrived = threading.Condition()
        self._sessions: set[SMTP] = set()
        self._controllers: list[Controller] = []

    @property
    def ca_file(self) -> Path:
        return self.imap.ca_file

    @property
    def users(self) -> dict[str, str]:
        return self.imap.users

    # ---- life

    def __enter__(self) -> SmtpServer:
        made = self.imap.folder / "tls"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(made / "server.pem", made / "server.key")
        self._controllers = [_controller(self, context, implicit=implicit) for implicit in (False, True)]
        for controller in self._controllers:
            controller.start()
        self.port, self.tls_port = (controller.port for controller in self._controllers)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for controller in self._controllers:
            controller.stop()

    def reset(self) -> None:
        """Forget mails and plans."""
        self.mails.clear()
        self._plans.clear()
        self._refused.clear()
        self.deliver = True

    # ---- what tests do to it

    def fail_next(self, step: str, answer: str, times: int = 1) -> None:
        """Answer the next `step` (MAIL, RCPT, DATA, or DOT: after the final dot) with `answer`.

        "drop" cuts the line instead, "25…" says so much of an answer first; "keep+drop" and "keep+25…" at DOT accept
        the mail before.
        """
        self._plans[step].extend([answer] * times)

    def refuse_recipient(self, address: str, answer: str = "550 5.1.1 no such user") -> None:
        """Always answer RCPT for `address` so."""
        self._refused[address.lower()] = answer

    def take_plan(self, step: str, arg: str = "") -> str:
        for address, answer in self._refused.items():
            if step == "RCPT" and address in arg.lower():
                return answer
        plans = self._plans[step]
        return plans.pop(0) if plans else ""

    def wait(self, count: int = 1, timeout_s: float = 10.0) -> list[Delivered]:
        """The mails once there are `count` of them."""
        with self._arrived:
            came = self._arrived.wait_for(lambda: len(self.mails) >= count, timeout_s)
            assert came, f"{len(self.mails)} of {count} mails came"
            return list(self.mails)

    def wait_until_idle(self, timeout_s: float = 10.0) -> list[Delivered]:
        """The mails once nobody is connected any more."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: not self._sessions, timeout_s), "somebody is still connected"
            return list(self.mails)

    def note_session(self, session: SMTP, *, is_open: bool) -> None:
        with self._arrived:
            (self._sessions.add if is_open else self._sessions.discard)(session)
            self._arrived.notify_all()

    # ---- aiosmtpd's hooks

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        name, password = data.login.decode(), data.password.decode()
        return AuthResult(success=self.users.get(name) == password, handled=False, auth_data=name)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.take_plan("DOT")
        if answer == "" or answer.startswith("keep+"):
            await self._accept(server, session, envelope)
        answer = answer.removeprefix("keep+")
        if answer == "drop":
            server.transport.abort()
        if answer.endswith(BREAKS_OFF):
            break_off(server.transport, answer)
        return answer or "250 2.0.0 kept"

    async def _accept(self, server: SMTP, session: Session, envelope: Envelope) -> None:
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        tls = isinstance(server.transport.get_extra_info("ssl_object"), ssl.SSLObject)
        user = session.auth_data if session.authenticated else ""
        recipients = tuple(envelope.rcpt_tos)
        mail = Delivered(envelope.mail_from or "", recipients, raw, user, tls, tuple(envelope.mail_options))
        for recipient in recipients if self.deliver else ():
            local = recipient.partition("@")[0].partition("+")[0]
            if local in self.users:
                await asyncio.to_thread(self.imap.append, local, raw)
        with self._arrived:
            self.mails.append(mail)
            self._arrived.notify_all()


def _controller(sink: SmtpServer, context: ssl.SSLContext, *, implicit: bool) -> Controller:
    class _Controller(Controller):
        def factory(self) -> SMTP:
            sink.connections += 1
            return _Server(
                sink,
                hostname="localhost",
                authenticator=sink.authenticate,
                implicit_tls=implicit,
                require_starttls=not implicit,
                tls_context=None if implicit else context,
                data_size_limit=sink.size_limit,
                enable_SMTPUTF8=sink.smtputf8,
            )

    return _Controller(sink, hostname=HOST, port=free_port(), ssl_context=context if implicit else None)
