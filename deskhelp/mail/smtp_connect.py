"""Reaching a mail server for sending: verified TLS first, then the password."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator
from typing import IO, Any

from . import sign_in
from .troubles import (
    AuthTrouble,
    MailTrouble,
    ProtocolTrouble,
    asks_to_come_later,
    dropped,
    network_trouble,
    throttled,
    tls_missing,
    unprintable_removed,
)
from .urls import Endpoint


def open_smtp(endpoint: Endpoint, context: ssl.SSLContext, timeout_s: float) -> smtplib.SMTP:
    """A greeted connection under verified TLS, not logged in; raises MailTrouble."""
    with translated(endpoint, timeout_s, context):
        # A name is given so that smtplib does not ask DNS for ours; `_say_hello` says the address instead.
        if endpoint.security == "tls":
            smtp: smtplib.SMTP = _TlsSmtp(endpoint.host, endpoint.port, "localhost", timeout=timeout_s, context=context)
        else:
            smtp = _Smtp(endpoint.host, endpoint.port, "localhost", timeout=timeout_s)
    try:
        with translated(endpoint, timeout_s, context):
            _say_hello(smtp)
            _protect(smtp, endpoint, context)
    except BaseException:
        smtp.close()
        raise
    return smtp


def log_in_smtp(smtp: smtplib.SMTP, endpoint: Endpoint, password: str, timeout_s: float) -> None:
    """Log in as the endpoint's user, if it names one; raises AuthTrouble, or ThrottledTrouble for "later"."""
    if not endpoint.user:
        return
    if not isinstance(smtp.sock, ssl.SSLSocket):
        raise tls_missing(endpoint)
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    with translated(endpoint, timeout_s):
        if "PLAIN" in offered:
            code, answer = _auth_plain(smtp, endpoint.user, password)
        elif "LOGIN" in offered:
            code, answer = _auth_login(smtp, endpoint.user, password)
        else:
            raise sign_in.no_passwords(endpoint)
    if code not in (235, 503):  # 503: already logged in
        raise _login_refused(endpoint, code, reply_text(answer))


@contextlib.contextmanager
def translated(endpoint: Endpoint, timeout_s: float, context: ssl.SSLContext | None = None) -> Iterator[None]:
    """Around every exchange: smtplib's and the system's errors come out as MailTrouble."""
    try:
        yield
    except smtplib.SMTPServerDisconnected as error:
        # smtplib hides a time-out behind it.
        cause = error.__context__
        if isinstance(cause, TimeoutError):
            raise network_trouble(cause, endpoint, context, timeout_s) from error
        raise dropped(endpoint, str(error)) from error
    except smtplib.SMTPResponseException as error:
        answer = f"{error.smtp_code} {reply_text(error.smtp_error)}"
        raise refused(endpoint, error.smtp_code, answer) from error
    except smtplib.SMTPException as error:
        raise refused(endpoint, 0, str(error)) from error
    except OSError as error:
        raise network_trouble(error, endpoint, context, timeout_s) from error


def refused(endpoint: Endpoint, code: int, answer: str) -> MailTrouble:
    """The server refused something that it normally allows."""
    if 400 <= code < 500 or asks_to_come_later(answer):
        return throttled(endpoint, answer)
    return ProtocolTrouble(
        "{host} refused to take mail from this computer: {answer}",
        advice="Ask the server's administrator.",
        detail=answer,
        host=endpoint.shown_host,
        answer=answer,
    )


def reply_text(answer: bytes | str) -> str:
    """A reply's words as one line of plain text."""
    return unprintable_removed(answer)


class _WholeLines:
    """What a server says, by lines; one that breaks off within a line has said nothing."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readline(self, limit: int) -> bytes:
        line = self._file.readline(limit)
        return line if line.endswith(b"\n") or len(line) >= limit else b""

    def close(self) -> None:
        self._file.close()


class _Smtp(smtplib.SMTP):
    """smtplib takes a line that was cut for a whole one: "25" of "250 kept" for a refusal, "250 SIZE 1" for a limit."""

    file: Any

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _WholeLines(self.sock.makefile("rb"))
        return super().getreply()


class _TlsSmtp(_Smtp, smtplib.SMTP_SSL):
    """The same under TLS from the first byte."""


def _say_hello(smtp: smtplib.SMTP) -> None:
    """EHLO with our address as a literal (RFC 5321, 4.1.3): the machine's name is nobody's business."""
    address = smtp.sock.getsockname()[0] if smtp.sock else "127.0.0.1"
    smtp.local_hostname = f"[IPv6:{address}]" if ":" in address else f"[{address}]"
    smtp.ehlo_or_helo_if_needed()


def _protect(smtp: smtplib.SMTP, endpoint: Endpoint, context: ssl.SSLContext) -> None:
    if endpoint.security == "tls":
        return
    if not smtp.has_extn("starttls"):
        raise tls_missing(endpoint)
    code, answer = smtp.starttls(context=context)
    if code != 220:
        raise refused(endpoint, code, f"{code} {reply_text(answer)}")
    smtp.ehlo()


def _auth_plain(smtp: smtplib.SMTP, user: str, password: str) -> tuple[int, bytes]:
    # Not smtplib's login: it cannot say letters beyond ASCII.
    blob = b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    return smtp.docmd("AUTH", f"PLAIN {blob}")


def _auth_login(smtp: smtplib.SMTP, user: str, password: str) -> tuple[int, bytes]:
    code, answer = smtp.docmd("AUTH", "LOGIN")
    for secret in (user, password):
        if code != 334:
            break
        code, answer = smtp.docmd(b64encode(secret.encode()).decode("ascii"))
    return code, answer


def _login_refused(endpoint: Endpoint, code: int, answer: str) -> MailTrouble:
    if 400 <= code < 500:
        return throttled(endpoint, f"{code} {answer}")
    trouble = sign_in.refusal(endpoint, f"{code} {answer}")
    return trouble if isinstance(trouble, AuthTrouble) else throttled(endpoint, answer)
